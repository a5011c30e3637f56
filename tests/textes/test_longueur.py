"""Aucun texte ne fige le programme : qui prend le texte d'une cellule en prend 32'767 signes.

Les fonctions se trouvent par leurs types. Le temps compté est celui du processeur.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from time import process_time
from types import CodeType
from typing import Any

import pytest

from tests.petites_tables import petites_tables
from tests.textes.fonctions import (
    Fonction,
    appeler,
    contient_un_texte_saisi,
    est_faisable,
    est_un_texte_saisi,
    fonctions,
)
from tests.textes.formes import FORMES

SECONDES, SECONDES_PAR_CLASSEUR = 2, 10


def _passe(fonction: Fonction) -> bool:
    """Vrai si un texte ordinaire y passe : sinon, ses types n'en disent pas assez."""
    try:
        appeler(fonction, ["Un texte ordinaire"])
    except Exception as faute:
        return type(faute).__module__.startswith("pilotage_xlsx.")
    return True


DIRECTES = [f for f in fonctions() if any(map(est_un_texte_saisi, f.types.values()))]
"""Celles qui prennent un texte de cellule, seul ou parmi d'autres."""

PORTEUSES = [
    f
    for f in fonctions()
    if f not in DIRECTES
    and any(map(contient_un_texte_saisi, f.types.values()))
    and not f.nom.startswith("rapport.rendus.")
]
"""Celles qui prennent ce qui en porte : une cellule, une ligne, un registre, des liens. Ce qui se
rend est déjà borné (`rapport.document`), et des cellules pleines s'y éprouvent d'un bout à l'autre
(`test_textes_longs`, `tests/rapport/test_robustesse.py`)."""

JOUEES = [f for f in DIRECTES if est_faisable(f) and _passe(f)]
JOUEES_AUSSI = [f for f in PORTEUSES if est_faisable(f)]

TEXTES = [forme.texte() for forme in FORMES]
LIGNES = [TEXTES[rang::3] for rang in range(3)]
"""Toutes les formes, réparties dans les cellules de trois lignes."""


MARQUES = tuple(f"Le texte n° {rang} d'une cellule" for rang in range(30))
"""Des textes qu'aucun autre que nous n'écrit : qui les reçoit reçoit une cellule, telle quelle."""


def _parametres_tus(fonction: Fonction) -> tuple[str, ...]:
    """Ceux dont le type ne dit pas qu'ils prennent le texte d'une cellule."""
    return tuple(
        nom
        for nom, attendu in fonction.types.items()
        if not contient_un_texte_saisi(attendu) and attendu not in (Any, object)
    )


def _receveurs() -> Iterator[str]:
    """Les paramètres qui ont reçu le texte d'une cellule, et dont le type ne le dit pas."""
    par_code = {f.appel.__code__: (f.nom, tus) for f in fonctions() if (tus := _parametres_tus(f))}

    def espionner(code: CodeType, _: int) -> object:
        if code not in par_code:
            return espion.DISABLE
        appelee, tus = par_code[code]
        recus = sys._getframe(1).f_locals
        for nom in tus:
            if isinstance(recu := recus.get(nom), str) and recu in MARQUES:
                trouves.add(f"{appelee}({nom})")
        return None

    trouves = set[str]()
    espion = sys.monitoring
    espion.use_tool_id(espion.PROFILER_ID, "receveurs")
    espion.register_callback(espion.PROFILER_ID, espion.events.PY_START, espionner)
    espion.set_events(espion.PROFILER_ID, espion.events.PY_START)
    try:
        for fonction in JOUEES_AUSSI:
            with suppress(Exception):
                appeler(fonction, MARQUES)
    finally:
        espion.set_events(espion.PROFILER_ID, espion.events.NO_EVENTS)
        espion.free_tool_id(espion.PROFILER_ID)
    yield from sorted(trouves)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring demande Python 3.12")
def test_qui_recoit_le_texte_d_une_cellule_le_dit() -> None:
    """Sans cela, une fonction qui dit prendre un ``str`` échapperait aux deux essais suivants."""
    with petites_tables():
        assert not [*_receveurs()]


def test_presque_toutes_se_jouent() -> None:
    assert len(DIRECTES) >= 100
    assert len(JOUEES) >= 0.9 * len(DIRECTES)
    assert len(JOUEES_AUSSI) >= 0.9 * len(PORTEUSES)
    noms = {fonction.nom for fonction in (*JOUEES, *JOUEES_AUSSI)}
    assert {
        "socle.confidentiel.masquer",
        "registre.genres.interpreter",
        "verification.verifier",
    } <= noms


@pytest.mark.parametrize("fonction", JOUEES, ids=lambda fonction: fonction.nom)
def test_un_texte_ne_fige_ni_ne_casse_rien(fonction: Fonction) -> None:
    for forme, texte in zip(FORMES, TEXTES, strict=True):
        debut = process_time()
        try:
            appeler(fonction, [texte])
        except Exception as faute:
            est_un_refus = type(faute).__module__.startswith("pilotage_xlsx.")
            assert est_un_refus, (forme.nom, type(faute), str(faute)[:200])
        assert process_time() - debut < SECONDES, forme.nom


@pytest.mark.parametrize("fonction", JOUEES_AUSSI, ids=lambda fonction: fonction.nom)
def test_une_ligne_de_textes_ne_fige_rien(fonction: Fonction) -> None:
    """Une valeur faite d'après son seul type peut ne pas convenir : seul le temps compte."""
    for textes in LIGNES:
        debut = process_time()
        with suppress(Exception), petites_tables():
            appeler(fonction, textes)
        assert process_time() - debut < SECONDES_PAR_CLASSEUR
