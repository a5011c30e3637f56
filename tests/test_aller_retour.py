"""L'aller-retour : generer → remplir avec un autre que nous → LibreOffice → lire → verifier."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier
from tests.campagne import EST_LONGUE
from tests.commandes.ligne import jouer
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.remplissage import remplir
from tests.tableaux import modele

AU = date(2026, 11, 24)
DONNEES = Path(__file__).resolve().parent.parent / "exemples" / "donnees"
COMMUNES = sorted(chemin.stem for chemin in DONNEES.glob("*.json"))
CONVERTIES = [
    nom for nom in COMMUNES if EST_LONGUE or nom in ("belcombe-2026", "roche-claire-2026")
]
"""À la porte, la plus grande et la plus petite."""

avec_libreoffice = pytest.mark.skipif(SOFFICE is None, reason=RAISON)


@pytest.fixture(scope="module")
def remplis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Le dossier des classeurs vierges remplis par openpyxl, un par commune."""
    dossier = tmp_path_factory.mktemp("remplis")
    vierge = dossier / "vierge.xlsx"
    with petites_tables(45):
        vierge.write_bytes(generer(modele(), Registre(vierge), AU))
    contrat = jouer("modele", "--format", "json").json
    for commune in COMMUNES:
        remplir(vierge, contrat, _donnees(commune), dossier / f"{commune}.xlsx")
    return dossier


@pytest.fixture(scope="module")
def enregistres(remplis: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Les mêmes, ouverts et enregistrés par LibreOffice."""
    dossier = tmp_path_factory.mktemp("enregistres")
    enregistrer((remplis / f"{commune}.xlsx" for commune in CONVERTIES), dossier)
    return dossier


@pytest.mark.parametrize("commune", COMMUNES)
def test_ce_qui_est_rempli_est_lu(remplis: Path, commune: str) -> None:
    lu = lire(remplis / f"{commune}.xlsx", modele())
    voulu, remarques = lire_donnees(_donnees(commune), modele(), Path(commune))
    assert not remarques
    assert _registres(lu) == _registres(voulu)
    assert _fiche(lu).items() >= _fiche(voulu).items()


@avec_libreoffice
@pytest.mark.parametrize("commune", CONVERTIES)
def test_libreoffice_ne_change_aucune_valeur(
    remplis: Path, enregistres: Path, commune: str
) -> None:
    avant, apres = (lire(d / f"{commune}.xlsx", modele()) for d in (remplis, enregistres))
    assert _registres(apres) == _registres(avant)
    assert _fiche(apres) == _fiche(avant)
    assert apres.version == avant.version


@avec_libreoffice
@pytest.mark.parametrize("commune", CONVERTIES)
def test_libreoffice_ne_change_aucun_constat(
    remplis: Path, enregistres: Path, commune: str
) -> None:
    avant, apres = (lire(d / f"{commune}.xlsx", modele()) for d in (remplis, enregistres))
    assert _constats(avant), "ces communes ont toutes un point d'attention"
    assert _constats(apres) == _constats(avant)


def _donnees(commune: str) -> dict[str, Any]:
    donnees: dict[str, Any] = json.loads((DONNEES / f"{commune}.json").read_text("utf-8"))
    return donnees


def _registres(registre: Registre) -> dict[str, list[dict[str, Any]]]:
    assert registre.refus is None, registre.refus
    return {
        feuille.id: [dict(ligne.valeurs) for ligne in registre.lignes(feuille.id)]
        for feuille in modele().registres
    }


def _fiche(registre: Registre) -> dict[str, Any]:
    return dict(registre.commune.valeurs)


def _constats(registre: Registre) -> list[tuple[str, str, str | None, str]]:
    return [
        (constat.regle, constat.lieu.feuille, cellule(constat.lieu), constat.message)
        for constat in verifier(registre, modele(), AU)
    ]
