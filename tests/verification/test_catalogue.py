"""Les catalogues : complets, ordonnés, sans code en double ; chaque fiche dit tout."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from pilotage_xlsx.verification import FicheDeRegle, fiche, fiches, regles
from pilotage_xlsx.verification.catalogue import (
    D_ENSEMBLE,
    D_EVOLUTION,
    DES_ACCEPTATIONS,
    PAR_CLASSEUR,
)
from pilotage_xlsx.verification.regle import Regle
from pilotage_xlsx.verification.regles import fic
from tests.tableaux import modele

CATALOGUES = (*PAR_CLASSEUR, *DES_ACCEPTATIONS, *D_ENSEMBLE, *D_EVOLUTION)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "regles"


def _par_fichier() -> dict[str, list[str]]:
    """Les codes de chaque fichier de `regles/`, fiches des refus comprises, dans leur ordre."""
    modules = {
        trouve.name: importlib.import_module(f"{regles.__name__}.{trouve.name}")
        for trouve in pkgutil.iter_modules(regles.__path__)
    }
    codes = {
        nom: [objet.fiche.code for objet in vars(module).values() if isinstance(objet, Regle)]
        for nom, module in modules.items()
    }
    return {**codes, "fic": [une.code for une in fic.FICHES]}


def test_une_regle_est_dans_le_fichier_que_son_code_nomme_et_dans_l_ordre() -> None:
    for nom, codes in _par_fichier().items():
        assert codes == [f"{nom.upper()}-{rang:03}" for rang in range(1, len(codes) + 1)]


def test_une_famille_est_un_fichier() -> None:
    assert {famille.lower() for famille in regles.FAMILLES} == set(_par_fichier())


def test_toute_regle_ecrite_est_dans_un_catalogue_et_un_seul() -> None:
    ecrites = {code for nom, codes in _par_fichier().items() if nom != "fic" for code in codes}
    classees = [regle.fiche.code for regle in CATALOGUES]
    assert sorted(classees) == sorted(ecrites)


def test_une_reparation_est_a_cote_de_sa_regle() -> None:
    reparent = [regle for regle in CATALOGUES if regle.repare is not None]
    assert [r.fiche.code for r in reparent] == [
        "CEL-002",
        "CEL-006",
        "CEL-007",
        "CEL-009",
        "CEL-017",
    ]
    for regle in reparent:
        assert regle.repare is not None
        assert regle.repare.__module__ == regle.fonction.__module__


def test_le_catalogue_a_les_codes_des_pages() -> None:
    assert {une.code for une in fiches()} == {page.stem for page in DOCS.glob("*.md")}


def test_les_regles_se_lisent_famille_par_famille() -> None:
    lues = [une.code[:3] for une in fiches()]
    assert list(dict.fromkeys(lues)) == list(regles.FAMILLES)


def test_un_code_ne_sert_qu_une_fois() -> None:
    codes = [une.code for une in fiches()]
    assert len(codes) == len(set(codes))


def test_un_code_remplace_existe() -> None:
    codes = {une.code for une in fiches()}
    assert {code for une in fiches() for code in une.supplante} <= codes


@pytest.mark.parametrize("une", list(fiches()), ids=lambda une: une.code)
def test_la_fiche_dit_tout(une: FicheDeRegle) -> None:
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
def test_le_remede_est_un_geste(une: FicheDeRegle) -> None:
    debut, condition = une.corriger.split()[:6], une.corriger.startswith(("Si ", "S'il "))
    assert condition or any(re.fullmatch(r"\S*(?:er|ir|re)\b.?", mot) for mot in debut)


@pytest.mark.parametrize("une", list(fiches()), ids=lambda une: une.code)
def test_la_fiche_dit_ce_qui_pourrait_la_faire_mentir_et_pourquoi_elle_ne_ment_pas(
    une: FicheDeRegle,
) -> None:
    situation, raison = une.doute
    for texte in (situation, raison):
        assert texte.endswith(".")
        assert texte[0].isupper() or texte.startswith("«")
        assert 15 <= len(texte) <= 260
    assert situation != raison
