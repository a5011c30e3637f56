"""Le JSON de ``generer --depuis`` : lu comme un classeur, et rendu tel qu'il fut lu."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.lecture.donnees import DonneesInvalides, lire_donnees
from pilotage_xlsx.registre import Illisible, Motif, Registre
from pilotage_xlsx.registre.donnees import en_donnees
from tests.tableaux import modele

_FICHIER = Path("valmarin.json")


def lire(document: Any) -> Registre:
    return lire_donnees(document, modele(), _FICHIER)[0]


def remarques(document: Any) -> tuple[str, ...]:
    return lire_donnees(document, modele(), _FICHIER)[1]


def test_chaque_valeur_prend_son_genre() -> None:
    lu = lire(
        {
            "commune": {"commune": "Valmarin", "annee": 2026, "contact_transmissible": True},
            "outils": [
                {"nom": "GED", "criticite": "indispensable", "cout_annuel": 1200.5,
                 "echeance": "2027-01-31", "autre_prestataire": ["Alpha", "Bêta"],
                 "prestataire": None},
            ],
            "incidents": [{"constate_le": "2026-03-12T14:30:00"}],
        }
    )  # fmt: skip
    assert lu.annee == 2026
    assert lu.commune["contact_transmissible"] == "Oui"
    assert lu.lignes("outils")[0].valeurs == {
        "nom": "GED",
        "criticite": "Indispensable",
        "cout_annuel": 1200.5,
        "echeance": date(2027, 1, 31),
        "autre_prestataire": ("Alpha", "Bêta"),
    }
    assert lu.lignes("incidents")[0]["constate_le"] == datetime(2026, 3, 12, 14, 30)


def test_plusieurs_noms_s_ecrivent_en_liste_ou_en_texte() -> None:
    en_texte, en_liste = lire(
        {"outils": [{"autre_prestataire": "Alpha; Bêta"}, {"autre_prestataire": ["Alpha", "Bêta"]}]}
    ).lignes("outils")
    assert en_texte.valeurs == en_liste.valeurs


def test_un_texte_qui_commence_par_egal_reste_un_texte() -> None:
    assert lire({"outils": [{"nom": "=A1"}]}).lignes("outils")[0]["nom"] == "=A1"


def test_les_colonnes_propres_voyagent() -> None:
    lu = lire({"outils": [{"nom": "GED", "propres": {"Étage": 2, "Vu le": "2026-01-05"}}]})
    assert lu.lignes("outils")[0].propres == {"Étage": 2, "Vu le": date(2026, 1, 5)}
    assert list(lu.feuilles["outils"].propres) == ["Étage", "Vu le"]


def test_une_valeur_incomprise_se_garde_et_se_dit() -> None:
    document = {"outils": [{"nom": "GED"}, {"domaine": "Zut", "echeance": "bientôt"}]}
    ligne = lire(document).lignes("outils")[1]
    assert ligne["domaine"] == Illisible("Zut", Motif.LISTE)
    assert ligne["echeance"] == Illisible("bientôt", Motif.DATE)
    assert [remarque.split(" : ")[0] for remarque in remarques(document)] == [
        "`outils[1].domaine`",
        "`outils[1].echeance`",
    ]


@pytest.mark.parametrize(
    ("document", "chemin", "proposition"),
    [
        ({"outil": []}, "`outil`", "`outils`"),
        ({"outils": [{}, {"domain": "x"}]}, "`outils[1].domain`", "`domaine`"),
        ({"outils": [{"Coût annuel (CHF)": 3}]}, "`outils[0].Coût annuel (CHF)`", "`cout_annuel`"),
        ({"commune": {"cantn": "VD"}}, "`commune.cantn`", "`canton`"),
    ],
)
def test_une_cle_inconnue_se_nomme_et_se_corrige(
    document: Any, chemin: str, proposition: str
) -> None:
    with pytest.raises(DonneesInvalides) as faute:
        lire(document)
    assert str(faute.value).startswith(chemin)
    assert proposition in str(faute.value)


@pytest.mark.parametrize(
    "document",
    [
        [],
        None,
        {"outils": {}},
        {"commune": []},
        {"outils": ["GED"]},
        {"outils": [{"nom": ["GED"]}]},
        {"outils": [{"nom": {"valeur": "GED"}}]},
        {"outils": [{"autre_prestataire": [1]}]},
        {"outils": [{"propres": ["Étage"]}]},
        {"outils": [{"propres": {"Étage": []}}]},
    ],
)
def test_une_forme_inattendue_se_refuse(document: Any) -> None:
    with pytest.raises(DonneesInvalides):
        lire(document)


def test_le_json_rendu_se_relit_pareil() -> None:
    document = {
        "commune": {"commune": "Valmarin", "annee": 2026},
        "outils": [
            {"nom": "GED", "cout_annuel": 1200, "echeance": "2027-01-31", "domaine": "Zut",
             "autre_prestataire": ["Alpha", "Bêta"], "propres": {"Étage": 2}},
        ],
        "incidents": [{"constate_le": "2026-03-12T14:30:00"}],
    }  # fmt: skip
    assert en_donnees(lire(document), modele()) == document
