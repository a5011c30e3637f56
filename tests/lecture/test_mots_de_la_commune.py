"""Le mot de la commune pour ses organes se lit comme « Exécutif » ou « Organe délibérant », dans sa
commune seulement."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Illisible, Registre
from pilotage_xlsx.socle.entree import EnMemoire
from pilotage_xlsx.verification.reparations import chercher_les_reparations
from tests.campagne import EST_LONGUE
from tests.generation.classeurs import octets
from tests.petites_tables import petites_tables
from tests.tableaux import modele

HORS_LISTE = None
CAS = [
    ("Conseil communal", "Conseil communal", "executif"),
    ("le Conseil communal", "Conseil communal", "executif"),
    ("Conseil communal", "Le conseil communal", HORS_LISTE),
    ("Le Conseil communal", "le conseil communal", "executif"),
    ("Collège communal", "collège communal", "executif"),
    ("Municipalité", "Conseil communal", HORS_LISTE),
    ("", "Conseil municipal", HORS_LISTE),
    ("", "Municipalité", "executif"),
    ("Conseil communal", "Municipalité", "executif"),
    ("Secrétariat", "Secrétariat", "secretariat"),
    ("Conseil communal", "Conseil général", "organe_deliberant"),
]


def _du_json(nom: str, tape: str) -> Registre:
    document = {
        "commune": {"executif_nom": nom},
        "decisions": [{"numero": "D-1", "decide_par": tape}],
    }
    return lire_donnees(document, modele(), Path("essai.json"))[0]


def _du_classeur(nom: str, tape: str) -> Registre:
    """Le même, tapé dans un classeur où la feuille Commune suit les décisions."""
    with petites_tables():
        livre = load_workbook(
            BytesIO(octets({"decisions": [{"numero": "D-1", "decide_par": "Autre"}]}))
        )
    commune, decisions = livre["Commune"], livre["Décisions"]
    (case,) = (
        c for rangee in decisions.iter_rows() for c in rangee if c.value == "Autre organe communal"
    )
    case.value = tape
    (question,) = (c for c in commune["B"] if c.value == modele().fiche.libelle_de("executif_nom"))
    commune.cell(question.row, 3).value = nom or None
    livre.move_sheet("Commune", 8)
    sortie = BytesIO()
    livre.save(sortie)
    return lire(EnMemoire("essai.xlsx", sortie.getvalue()), modele())


_CAS_DU_CLASSEUR = CAS if EST_LONGUE else CAS[::3]
"""À la porte, assez pour que la lecture d'un classeur demande les mots de sa fiche."""


@pytest.mark.parametrize(
    ("recevoir", "nom", "tape", "cle"),
    [
        *((_du_json, *cas) for cas in CAS),
        *((_du_classeur, *cas) for cas in _CAS_DU_CLASSEUR),
    ],
)
def test_le_mot_de_la_commune(recevoir, nom: str, tape: str, cle: str | None) -> None:  # type: ignore[no-untyped-def]
    (decision,) = recevoir(nom, tape).lignes("decisions")
    if cle is None:
        assert isinstance(decision["decide_par"], Illisible)
    else:
        (libelle,) = modele().libelles(Marque("decisions", "decide_par", cle))
        assert decision["decide_par"] == libelle


@pytest.mark.parametrize(
    ("executif", "deliberant", "cle"),
    [
        ("Municipalité", "le Conseil communal", "organe_deliberant"),
        ("Conseil communal", "Conseil général", "executif"),
        ("Conseil communal", "Conseil communal", "executif"),
    ],
)
def test_conseil_communal_est_ce_que_la_commune_en_dit(
    executif: str, deliberant: str, cle: str
) -> None:
    """Dans le canton de Vaud il délibère, à Fribourg il dirige ; dit deux fois, il dirige."""
    document = {
        "commune": {"executif_nom": executif, "deliberant_nom": deliberant},
        "decisions": [{"numero": "D-1", "decide_par": "Conseil communal"}],
    }
    (decision,) = lire_donnees(document, modele(), Path("essai.json"))[0].lignes("decisions")
    (libelle,) = modele().libelles(Marque("decisions", "decide_par", cle))
    assert decision["decide_par"] == libelle


def test_corriger_garde_le_mot_de_la_commune_et_ecrit_le_libelle_d_un_synonyme() -> None:
    assert (
        chercher_les_reparations(_du_json("Conseil communal", "Conseil communal"), modele()) == ()
    )
    (reparation,) = chercher_les_reparations(_du_json("Conseil communal", "Municipalité"), modele())
    assert reparation.valeur == "Exécutif"
    (reparation,) = chercher_les_reparations(
        _du_json("Conseil communal", "conseil communal"), modele()
    )
    assert reparation.valeur == "Conseil communal"
