"""Chaque cellule de chaque entrée se retrouve, ou son absence est dite ; les sommes sont justes.

L'oracle est openpyxl : il remplit les entrées d'après le seul JSON de ``modele``, les relit par
leurs en-têtes, et relit la sortie. Rien de notre lecture ne sert à juger.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.commandes.ligne import AU, jouer
from tests.consolidation.classeurs import lignes
from tests.consolidation.exactitude import (
    PROPRE,
    Rangee,
    colonnes,
    est_dite,
    lettre,
    lire,
    registres,
    verifier,
)
from tests.hasard import Donnees, tirer
from tests.petites_tables import petites_tables
from tests.remplissage import remplir
from tests.tableaux import AU as AUJOURD_HUI
from tests.tableaux import modele

MALADRESSES = (
    "env. 500",
    "mars 2026",
    "À clarifier",
    "=1+1",
    "x" * 40_000,
    "<&>",
    "«\u202f»\ndeux lignes",
)


@pytest.fixture(scope="module")
def contrat() -> Donnees:
    """Ce que ``modele --format json`` donne à un programme étranger."""
    document: Donnees = jouer("modele", "--format", "json").json
    return document


@pytest.fixture(scope="module")
def vierge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur à remplir."""
    chemin = tmp_path_factory.mktemp("vierge") / "vierge.xlsx"
    with petites_tables():
        chemin.write_bytes(generer(modele(), Registre(chemin), AUJOURD_HUI))
    return chemin


@pytest.fixture(scope="module", params=range(combien(1, 3)))
def ensemble(
    request: pytest.FixtureRequest, contrat: Donnees, vierge: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[Rangee], Path]:  # fmt: skip
    """Des communes au hasard, une en double, des maladresses ; et leur consolidation."""
    dossier, hasard = tmp_path_factory.mktemp("communes"), Random(request.param)
    for rang, commune in enumerate(("Valmarin", "Belcombe", "Valmarin", "Roche-Claire")):
        donnees = tirer(contrat, hasard, lignes=hasard.randint(3, 6))
        donnees["commune"] |= {"commune": commune, "annee": 2026, "canton": "VD"}
        fichier = dossier / f"{rang}.xlsx"
        remplir(vierge, contrat, donnees, fichier)
        _deranger(fichier, contrat, hasard)
    sortie = dossier.parent / f"consolide-{request.param}.xlsx"
    assert jouer("consolider", dossier, "--sortie", sortie, "--force", *AU).code == 0
    entrees = [r for fichier in sorted(dossier.iterdir()) for r in lire(fichier, contrat)]
    return entrees, sortie


def _deranger(fichier: Path, contrat: Donnees, hasard: Random) -> None:
    """Une colonne propre, une ligne « Total », des réponses que le modèle ne comprend pas."""
    livre = openpyxl.load_workbook(fichier)
    for feuille in registres(contrat):
        page, entete = livre[feuille["libelle"]], feuille["ligne_entete"]
        fin = 1 + max(cellule.column for cellule in page[entete] if cellule.value is not None)
        page.cell(entete, fin, PROPRE)
        for numero in range(entete + 1, entete + 3):
            page.cell(numero, fin, hasard.choice(["B 12", 7, 3.5, date(2026, 5, 1)]))
        maladresse = page.cell(entete + 1, hasard.choice(list(colonnes(page, feuille).values())))
        maladresse.value = hasard.choice(MALADRESSES)
        maladresse.data_type = "s"
    outils = registres(contrat)[0]
    page = livre[outils["libelle"]]
    rangs = colonnes(page, outils)
    dernier = max(c.row for c in page[lettre(page, outils)] if c.value is not None) + 1
    page.cell(dernier, rangs[outils["colonnes"][0]["libelle"]], "Total")
    page.cell(dernier, rangs["Coût annuel (CHF)"], 99_999)
    livre.save(fichier)


def test_chaque_cellule_se_retrouve_ou_son_absence_est_dite(
    ensemble: tuple[list[Rangee], Path],
) -> None:
    verifier(*ensemble)


TEXTES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=12
) | st.sampled_from(MALADRESSES)
LIBRES = (
    TEXTES
    | st.integers(-(10**9), 10**9)
    | st.floats(-1e9, 1e9)
    | st.dates(date(1950, 1, 1), date(2100, 1, 1))
)


@settings(
    max_examples=combien(2, 6), deadline=None, derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(tirage=st.data())
def test_n_importe_quelles_cellules_se_retrouvent(
    contrat: Donnees, vierge: Path, tmp_path_factory: pytest.TempPathFactory, tirage: st.DataObject
) -> None:
    dossier = tmp_path_factory.mktemp("tirees")
    for nom in ("a.xlsx", "b.xlsx"):
        livre = openpyxl.load_workbook(vierge)
        for feuille in registres(contrat):
            _semer(livre[feuille["libelle"]], feuille, tirage)
        livre.save(dossier / nom)
    sortie = dossier.with_suffix(".xlsx")
    assert jouer("consolider", dossier, "--sortie", sortie, *AU).code == 0
    verifier([r for f in sorted(dossier.iterdir()) for r in lire(f, contrat)], sortie)


def _semer(page: Worksheet, feuille: Donnees, tirage: st.DataObject) -> None:
    """Jusqu'à trois lignes de cellules au hasard, et une colonne propre de tout genre."""
    entete = feuille["ligne_entete"]
    rangs = list(colonnes(page, feuille).values())
    propre = 1 + max(cellule.column for cellule in page[entete] if cellule.value is not None)
    page.cell(entete, propre, PROPRE)
    for numero in tirage.draw(st.sets(st.integers(entete + 1, entete + 9), max_size=3)):
        for rang in tirage.draw(st.sets(st.sampled_from(rangs), max_size=5)):
            cellule = page.cell(numero, rang, tirage.draw(TEXTES))
            cellule.data_type = "s"
        page.cell(numero, propre).value = tirage.draw(LIBRES)


def test_les_sommes_sont_celles_d_un_calcul_independant(
    ensemble: tuple[list[Rangee], Path],
) -> None:
    entrees, sortie = ensemble
    livre = openpyxl.load_workbook(sortie)
    provenance = {str(li["Fichier"]): li for li in lignes(livre["Provenance"])}
    for commune in lignes(livre["Communes"]):
        outils = [
            r.cellules
            for r in entrees
            if r.fichier == commune["Fichier"] and r.feuille == "Outils"
            and not est_dite(r, provenance)
            and r.cellules.get("Statut") in (None, "En service", "À remplacer")
        ]  # fmt: skip
        couts = [c for o in outils if isinstance(c := o.get("Coût annuel (CHF)"), int | float)]
        assert commune["Outils en service"] == len(outils)
        assert commune["Coûts connus"] == len(couts)
        assert commune["Coût annuel connu (CHF)"] == (pytest.approx(sum(couts)) if couts else None)
    assert len(lignes(livre["Communes"])) == 3
