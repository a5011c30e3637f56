"""Les catalogues : complets, ordonnés, sans code en double ; chaque fiche dit tout."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from pilotage_xlsx import verification
from pilotage_xlsx.verification import Fiche, fiche, fiches
from pilotage_xlsx.verification.catalogue import (
    D_ENSEMBLE,
    D_EVOLUTION,
    DES_ACCEPTATIONS,
    PAR_CLASSEUR,
)
from pilotage_xlsx.verification.regle import Regle
from tests.tableaux import modele

FAMILLES = (
    "FIC",
    "STR",
    "CEL",
    "OUT",
    "PRE",
    "DEC",
    "INC",
    "SIG",
    "ECH",
    "COM",
    "ACC",
    "ENS",
    "EVO",
)
CATALOGUES = (*PAR_CLASSEUR, *DES_ACCEPTATIONS, *D_ENSEMBLE, *D_EVOLUTION)


def _regles_ecrites() -> list[Regle[object]]:
    modules = [
        importlib.import_module(f"{verification.__name__}.{module.name}")
        for module in pkgutil.iter_modules(verification.__path__)
    ]
    objets = [objet for module in modules for objet in vars(module).values()]
    return [objet for objet in objets if isinstance(objet, Regle)]


def test_toute_regle_ecrite_est_dans_un_catalogue() -> None:
    assert {r.fiche.code for r in _regles_ecrites()} == {r.fiche.code for r in CATALOGUES}


def test_un_code_ne_sert_qu_une_fois() -> None:
    codes = [une.code for une in fiches()]
    assert len(codes) == len(set(codes))


def test_les_codes_suivent_leur_famille_dans_l_ordre() -> None:
    for famille in FAMILLES:
        codes = [une.code for une in fiches() if une.code.startswith(famille)]
        assert codes == [f"{famille}-{rang:03}" for rang in range(1, len(codes) + 1)]


def test_les_familles_sont_celles_du_contrat() -> None:
    assert {une.code[:3] for une in fiches()} <= set(FAMILLES)


def test_un_code_remplace_existe() -> None:
    codes = {une.code for une in fiches()}
    assert {code for une in fiches() for code in une.supplante} <= codes


@pytest.mark.parametrize("une", list(fiches()), ids=lambda une: une.code)
def test_la_fiche_dit_tout(une: Fiche) -> None:
    assert re.fullmatch(r"[a-z_]+", une.nom)
    assert une.paragraphe in modele().note.paragraphes
    for texte in (une.message, une.pourquoi, une.corriger):
        assert texte.endswith(".")
        assert texte[0].isupper() or texte.startswith(("«", "…"))
        assert "{" not in texte


def test_une_fiche_se_trouve_par_son_code() -> None:
    trouvee = fiche("out-003")
    assert trouvee is not None
    assert trouvee.nom == "outil_indispensable_sans_sauvegarde"
    assert fiche("OUT-999") is None


@pytest.mark.parametrize("une", list(fiches()), ids=lambda une: une.code)
def test_le_remede_est_un_geste(une: Fiche) -> None:
    debut, condition = une.corriger.split()[:6], une.corriger.startswith(("Si ", "S'il "))
    assert condition or any(re.fullmatch(r"\S*(?:er|ir|re)\b.?", mot) for mot in debut)


@pytest.mark.parametrize("une", list(fiches()), ids=lambda une: une.code)
def test_la_fiche_dit_ce_qui_pourrait_la_faire_mentir_et_pourquoi_elle_ne_ment_pas(
    une: Fiche,
) -> None:
    situation, raison = une.doute
    for texte in (situation, raison):
        assert texte.endswith(".")
        assert texte[0].isupper() or texte.startswith("«")
        assert 15 <= len(texte) <= 260
    assert situation != raison
