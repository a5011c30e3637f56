"""Une ligne à confirmer ne compte nulle part : chaque chiffre est celui du classeur sans elle.

Les lignes proposées le sont ici au pire : celles du kit, puis les mêmes remplies par quelqu'un qui
n'a pas encore confirmé (prestataire, coût, contrat qui échoit, arrêt dans l'année).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

import pilotage_xlsx as px
from pilotage_xlsx.consolidation.chiffres import compter_l_ensemble
from pilotage_xlsx.gestes.comparer import relier
from pilotage_xlsx.gestes.consolider import consolider
from pilotage_xlsx.gestes.kit import preremplir
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.metier.evolution import comparer, raconter
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier_evolution
from tests.commandes.ligne import DONNEES
from tests.petites_tables import petites_tables
from tests.tableaux import modele

AU = date(2026, 11, 24)
REMPLIES = {
    "criticite": "Indispensable",
    "prestataire": "Fiduciaire du Lac SA",
    "donnees_personnelles": "Sensibles",
    "lieu_donnees": "Autre pays",
    "sauvegarde": "Aucune",
    "decision_origine": "Aucune décision trouvée",
    "en_service_depuis": "2026-02-01",
    "arrete_le": "2026-06-30",
    "echeance": "2027-01-31",
    "delai_resiliation": 1,
    "renouvellement": "Tacite",
    "cout_annuel": 9999,
    "mutualisation": "Partagé avec d'autres communes",
    "repli": "À clarifier",
}

Ajout = Callable[[str], Registre]


@lru_cache
def sans(nom: str) -> Registre:
    """Un classeur d'exemple, tel quel."""
    document = json.loads((DONNEES / f"{nom}.json").read_text("utf-8"))
    return lire_donnees(document, modele(), Path(f"{nom}.xlsx"))[0]


def kit(nom: str) -> Registre:
    """Le même, où le kit est proposé."""
    return preremplir(sans(nom), modele()).registre


def kit_rempli(nom: str, statut: str = "À confirmer") -> Registre:
    """Le même, où le kit est proposé et rempli d'avance."""
    registre, proposees = sans(nom), kit(nom).lignes("outils")[len(sans(nom).lignes("outils")) :]
    prestataire = registre.lignes("prestataires")[0].texte("nom")
    pires = [
        {**ligne.valeurs, **REMPLIES, "prestataire": prestataire, "statut": statut}
        for ligne in proposees
    ]
    lues = lire_donnees({"outils": pires}, modele(), registre.fichier)[0].lignes("outils")
    outils = registre.feuilles["outils"]
    suite = (replace(une, numero=neuve.numero) for une, neuve in zip(lues, proposees, strict=True))
    feuille = replace(outils, lignes=(*outils.lignes, *suite))
    return replace(registre, feuilles={**registre.feuilles, "outils": feuille})


def confirme(nom: str) -> Registre:
    """Le même, où tout le kit est confirmé : là, les chiffres changent."""
    return kit_rempli(nom, "En service")


def _constats(avec: Ajout) -> Any:
    return px.verifier(avec("valmarin-2026"), au=AU)


def _completude(avec: Ajout) -> Any:
    return Etat(modele(), avec("valmarin-2026")).completude_totale


def _rapport(avec: Ajout) -> Any:
    precedent = avec("valmarin-2025")
    lu = avec("valmarin-2026")
    return px.rapport(lu, annee=2026, precedent=precedent, formes=("txt", "html"), au=AU)


def _region(avec: Ajout) -> Any:
    lus = [avec("valmarin-2026"), avec("belcombe-2026")]
    return px.rapport(lus, annee=2026, formes=("txt",), au=AU)


def _urgence(avec: Ajout) -> Any:
    return px.fiche("urgence", avec("valmarin-2026"), forme="txt", au=AU).octets


def _evolution(avant: Ajout, apres: Ajout) -> Any:
    lus = relier([avant("valmarin-2025"), apres("valmarin-2026")], modele(), AU)
    evolution = comparer(*lus)
    return [raconter(c) for c in evolution.changements], verifier_evolution(evolution, modele())


def _mutualisation(avec: Ajout) -> Any:
    noms = ("valmarin-2026", "belcombe-2026", "roche-claire-2026")
    return px.mutualiser([avec(nom) for nom in noms], au=AU).octets


def _consolidation(avec: Ajout) -> Any:
    ensemble = consolider([avec("valmarin-2026"), avec("belcombe-2026")], au=AU)
    tables = {**ensemble.registres, **ensemble.jugements}
    del tables["provenance"]
    rangees = {nom: [*table.rangees()] for nom, table in tables.items()}
    communes = [*ensemble.table_des_communes.rangees()]
    return rangees, communes, compter_l_ensemble(ensemble), ensemble.comptes.en_vigueur


def _tableau_de_bord(avec: Ajout) -> Any:
    with petites_tables(pretes=80):
        octets = px.generer(donnees=_en_donnees(avec("valmarin-2026")), au=AU).octets
    page = openpyxl.load_workbook(BytesIO(octets), data_only=True)["Tableau de bord"]
    return [[case.value for case in rangee] for rangee in page.iter_rows()]


def _en_donnees(registre: Registre) -> Any:
    (classeur,) = json.loads(
        px.en_fichiers(consolider([registre], au=AU), "json")["consolidation.json"]
    )["classeurs"]
    return classeur


CHIFFRES = {
    "constats": _constats,
    "completude": _completude,
    "rapport": _rapport,
    "region": _region,
    "urgence": _urgence,
    "evolution, dans le nouveau": lambda avec: _evolution(sans, avec),
    "evolution, dans l'ancien": lambda avec: _evolution(avec, sans),
    "evolution, dans les deux": lambda avec: _evolution(avec, avec),
    "mutualisation": _mutualisation,
    "consolidation": _consolidation,
    "tableau de bord": _tableau_de_bord,
}


@pytest.mark.parametrize("chiffres", CHIFFRES.values(), ids=CHIFFRES)
def test_rien_ne_compte_tant_que_rien_n_est_confirme(chiffres: Callable[[Ajout], Any]) -> None:
    attendu = chiffres(sans)
    assert chiffres(kit) == attendu
    assert chiffres(kit_rempli) == attendu


@pytest.mark.parametrize("chiffres", CHIFFRES.values(), ids=CHIFFRES)
def test_tout_compte_des_la_confirmation(chiffres: Callable[[Ajout], Any]) -> None:
    assert chiffres(confirme) != chiffres(sans)
