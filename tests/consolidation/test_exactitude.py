"""Chaque cellule de chaque entrée se retrouve, ou son absence est dite ; les sommes sont justes.

L'oracle est openpyxl : il remplit les entrées d'après le seul JSON de ``modele``, les relit par
leurs en-têtes, et relit la sortie. Rien de notre lecture ne sert à juger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.registre import Registre
from tests.commandes.ligne import AU, jouer
from tests.consolidation.classeurs import lignes
from tests.hasard import Donnees, tirer
from tests.remplissage import remplir
from tests.tableaux import AU as AUJOURD_HUI
from tests.tableaux import modele

PROPRE = "Salle"
ORIGINE = 8
MALADRESSES = (
    "env. 500",
    "mars 2026",
    "À clarifier",
    "=1+1",
    "x" * 40_000,
    "<&>",
    "«\u202f»\ndeux lignes",
)


@dataclass(frozen=True)
class Rangee:
    """Une ligne d'une entrée, lue par openpyxl : où elle est, et ses cellules par en-tête."""

    fichier: str
    feuille: str
    numero: int
    cellules: dict[str, Any]


@pytest.fixture(scope="module")
def contrat() -> Donnees:
    """Ce que ``modele --format json`` donne à un programme étranger."""
    document: Donnees = jouer("modele", "--format", "json").json
    return document


@pytest.fixture(scope="module")
def vierge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur à remplir."""
    chemin = tmp_path_factory.mktemp("vierge") / "vierge.xlsx"
    chemin.write_bytes(generer(modele(), Registre(chemin), AUJOURD_HUI))
    return chemin


@pytest.fixture(scope="module", params=range(3))
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
    entrees = [r for fichier in sorted(dossier.iterdir()) for r in _lire(fichier, contrat)]
    return entrees, sortie


def _deranger(fichier: Path, contrat: Donnees, hasard: Random) -> None:
    """Une colonne propre, une ligne « Total », des réponses que le modèle ne comprend pas."""
    livre = openpyxl.load_workbook(fichier)
    for feuille in _registres(contrat):
        page, entete = livre[feuille["libelle"]], feuille["ligne_entete"]
        fin = 1 + max(cellule.column for cellule in page[entete] if cellule.value is not None)
        page.cell(entete, fin, PROPRE)
        for numero in range(entete + 1, entete + 3):
            page.cell(numero, fin, hasard.choice(["B 12", 7, 3.5, date(2026, 5, 1)]))
        maladresse = page.cell(entete + 1, hasard.choice(list(_colonnes(page, feuille).values())))
        maladresse.value = hasard.choice(MALADRESSES)
        maladresse.data_type = "s"
    outils = _registres(contrat)[0]
    page = livre[outils["libelle"]]
    rangs = _colonnes(page, outils)
    dernier = max(c.row for c in page[_lettre(page, outils)] if c.value is not None) + 1
    page.cell(dernier, rangs[outils["colonnes"][0]["libelle"]], "Total")
    page.cell(dernier, rangs["Coût annuel (CHF)"], 99_999)
    livre.save(fichier)


def _registres(contrat: Donnees) -> list[Donnees]:
    return [feuille for feuille in contrat["feuilles"] if feuille["forme"] == "registre"]


def _colonnes(page: Worksheet, feuille: Donnees) -> dict[str, int]:
    """Le rang des colonnes saisies, par en-tête, la clé exceptée : une maladresse la perdrait."""
    saisies = {c["libelle"] for c in feuille["colonnes"] if c["genre"] != "calcule"} | {PROPRE}
    return {c.value: c.column for c in page[feuille["ligne_entete"]] if c.value in saisies}


def _lettre(page: Worksheet, feuille: Donnees) -> str:
    rang = _colonnes(page, feuille)[feuille["colonnes"][0]["libelle"]]
    return openpyxl.utils.get_column_letter(rang)


def _lire(fichier: Path, contrat: Donnees) -> Iterator[Rangee]:
    livre = openpyxl.load_workbook(fichier)
    for feuille in _registres(contrat):
        page = livre[feuille["libelle"]]
        rangs = _colonnes(page, feuille)
        for numero in range(feuille["ligne_entete"] + 1, page.max_row + 1):
            cellules = {titre: page.cell(numero, rang).value for titre, rang in rangs.items()}
            remplies = {titre: v for titre, v in cellules.items() if v not in (None, "")}
            if remplies:
                yield Rangee(fichier.name, feuille["libelle"], numero, remplies)


def _comparable(valeur: Any) -> Any:
    if isinstance(valeur, datetime):
        return valeur
    if isinstance(valeur, date):
        return datetime(valeur.year, valeur.month, valeur.day)
    return valeur.strip() if isinstance(valeur, str) else valeur


def _est_dite(rangee: Rangee, provenance: dict[str, dict[str, Any]]) -> bool:
    """Vrai si la provenance dit pourquoi cette ligne n'est pas reprise."""
    dite = provenance[rangee.fichier]
    lieu = f"{rangee.feuille}, ligne {rangee.numero} : «\u202fTotal\u202f»"
    remarques = (
        str(dite["Ce qui n'est pas repris"]).replace("« ", "«\u202f").replace(" »", "\u202f»")
    )
    return dite["Classeur"] == "Écarté" or lieu in remarques


def test_chaque_cellule_se_retrouve_ou_son_absence_est_dite(
    ensemble: tuple[list[Rangee], Path],
) -> None:
    entrees, sortie = ensemble
    livre = openpyxl.load_workbook(sortie)
    provenance = {str(li["Fichier"]): li for li in lignes(livre["Provenance"])}
    ecrites = {
        (li["Fichier"], li["Feuille"], li["Ligne"]): li
        for feuille in {rangee.feuille for rangee in entrees}
        for li in lignes(livre[feuille])
    }
    retrouvees = 0
    for rangee in entrees:
        ecrite = ecrites.pop((rangee.fichier, rangee.feuille, rangee.numero), None)
        if ecrite is None:
            assert _est_dite(rangee, provenance), rangee
            continue
        retrouvees += 1
        propres = dict(list(ecrite.items())[ORIGINE:])
        for titre, valeur in rangee.cellules.items():
            attendue = _comparable(valeur)
            if isinstance(attendue, str) and len(attendue) > 32_767:
                assert "coupé" in str(provenance[rangee.fichier]["Ce qui n'est pas repris"])
                attendue = f"{attendue[:32_700]} […]"
            assert propres[titre] == attendue, (rangee, titre)
    assert not ecrites
    assert retrouvees == sum(int(str(li["En vigueur"])) + int(str(li["Hors vigueur"]))
                             for li in provenance.values())  # fmt: skip
    assert len(entrees) == sum(int(str(li["Lignes lues"])) for li in provenance.values())


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
            and not _est_dite(r, provenance)
            and r.cellules.get("Statut") in (None, "En service", "À remplacer")
        ]  # fmt: skip
        couts = [c for o in outils if isinstance(c := o.get("Coût annuel (CHF)"), int | float)]
        assert commune["Outils en service"] == len(outils)
        assert commune["Coûts connus"] == len(couts)
        assert commune["Coût annuel connu (CHF)"] == (pytest.approx(sum(couts)) if couts else None)
    assert len(lignes(livre["Communes"])) == 3
