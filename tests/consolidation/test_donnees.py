"""Le JSON consolidé : chaque classeur y est tel que `generer --depuis` l'accepte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.consolidation import Consolidation
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.registre import Illisible, Registre, Valeur
from tests.consolidation.classeurs import (
    ClasseurExamine,
    classeur,
    commune,
    en_json,
    joindre,
    refuse,
)
from tests.tableaux import modele

DONNEES = sorted((Path(__file__).resolve().parents[2] / "exemples" / "donnees").glob("*.json"))
VARIE = (
    commune("Valmarin")
    + """
    outils    | nom | cout_annuel | echeance  | autre_prestataire | Salle
              | GED | env. 500    | 31.12.2026 | Alpha; Beta       | B 12
    incidents | numero | constate_le      | prestataire_contacte_le
              | I-1    | 12.03.2026 08:30 | Pas nécessaire
"""
)


def _document(consolidation: Consolidation) -> Any:
    return json.loads(en_json(consolidation))


def test_le_document_a_sa_forme() -> None:
    document = _document(joindre(classeur(VARIE), refuse("abime.xlsx")))
    assert list(document) == ["format", "classeurs", "provenance"]
    assert document["format"] == 1
    assert [piece["sort"] for piece in document["provenance"]] == ["Retenu", "Refusé"]


def test_les_valeurs_sont_celles_de_depuis() -> None:
    (contenu,) = _document(joindre(classeur(VARIE)))["classeurs"]
    assert contenu["outils"] == [
        {
            "nom": "GED", "cout_annuel": "env. 500", "echeance": "2026-12-31",
            "autre_prestataire": ["Alpha", "Beta"], "propres": {"Salle": "B 12"},
        }
    ]  # fmt: skip
    assert contenu["incidents"][0]["constate_le"] == "2026-03-12T08:30:00"


def _relire(consolidation: Consolidation) -> Registre:
    (contenu,) = _document(consolidation)["classeurs"]
    return lire_donnees(contenu, modele(), Path("relu.xlsx"))[0]


def _contenu(registre: Registre) -> dict[str, list[tuple[dict[str, Valeur], dict[str, Valeur]]]]:
    return {
        feuille.id: [(dict(li.valeurs), dict(li.propres)) for li in registre.lignes(feuille.id)]
        for feuille in modele().feuilles
    }


def test_relu_par_depuis_le_classeur_est_identique() -> None:
    examine = classeur(VARIE)
    relu = _relire(joindre(examine))
    assert _contenu(relu) == _contenu(examine.registre)
    assert isinstance(relu.lignes("outils")[0]["cout_annuel"], Illisible)


def test_un_secret_ne_sort_pas() -> None:
    texte = commune("Valmarin") + "outils | nom | Note\n | GED | mdp : Soleil2026!"
    assert b"Soleil2026!" not in en_json(joindre(classeur(texte)))


def test_un_classeur_ecarte_n_y_est_pas() -> None:
    un, deux = classeur(commune("Valmarin"), "a.xlsx"), classeur(commune("Valmarin"), "b.xlsx")
    assert len(_document(joindre(un, deux))["classeurs"]) == 1


@pytest.mark.parametrize("chemin", DONNEES, ids=lambda chemin: chemin.stem)
def test_les_donnees_des_exemples_font_l_aller_retour(chemin: Path) -> None:
    lu, _ = lire_donnees(json.loads(chemin.read_text("utf-8")), modele(), chemin)
    assert _contenu(_relire(joindre(ClasseurExamine(lu, (), "0" * 64, 0)))) == _contenu(lu)
