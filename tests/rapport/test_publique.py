"""La page publique : ni nom, ni faiblesse, ni incident ; ce qui en est laissé se liste."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given, settings

from pilotage_xlsx.rapport import publique
from tests.campagne import combien
from tests.rapport.communes import VALMARIN, chargee, demesuree, rapporter
from tests.rapport.fiches import en_texte
from tests.rapport.test_robustesse import communes

SOIGNEE = """
commune | commune | canton | executif_nom | referent_nom | note_adoptee_le | orientations | sensibilisation_le | exercice_le | inventaire_revu_le | annee
        | Orvagne | FR | Conseil communal | Éloïse Guérin | 12.03.2025 | Quitter Alpha SA | 02.02.2026 | 03.03.2025 | 01.01.2027 | 2026
prestataires | nom
        | Alpha SA
outils  | nom | prestataire | mutualisation | cout_annuel | sauvegarde | criticite
        | GED | Alpha SA | Partagé avec d'autres communes | 1200 | Aucune | Indispensable
        | Rôle | Alpha SA | Fourni par le canton | 0 | |
decisions | numero | date | outil | decision | portee | statut | mise_en_oeuvre_le
        | D-2026-001 | 02.03.2026 | GED | Garder | Durable ou significative | Validée | 03.04.2026
        | D-2026-002 | 02.04.2026 | GED | Nettoyer | Courante | Validée |
        | D-2025-001 | 02.04.2025 | GED | Acheter | Durable ou significative | Validée |
incidents | numero | constate_le | nature | outil | service_touche | description
        | I-2026-001 | 12.03.2026 | Panne | GED | Oui | Écran noir
signalements | numero | date | genre | description
        | S-2026-001 | 12.03.2026 | Risque | Clé perdue
"""  # noqa: E501 — un tableau se lit sur ses lignes


def publier(texte: str) -> tuple[str, tuple[str, ...]]:
    """La page, sur une ligne, et ce qui en est laissé."""
    page = publique.composer(rapporter(texte))
    return en_texte(page.fiche), page.laisses


@pytest.mark.parametrize(
    "phrase",
    [
        "Commune d'Orvagne (FR)",
        "La commune tient l'inventaire",
        "Le Conseil communal a adopté le 12.03.2025 une note de pilotage numérique et désigné un "
        "référent numérique.",
        "Le personnel et les élus ont été sensibilisés aux faux messages le 02.02.2026.",
        "- Outils en service : 2",
        "- Partagés avec d'autres communes : 1",
        "- Fournis par le canton : 1",
        "- Décisions inscrites dans l'année : 2, dont 1 pour la durée",
        "- Décisions mises en œuvre : 1",
        "- Coût des outils : CHF 1'200.– par an",
    ],
)
def test_la_page_dit_ce_qui_peut_se_dire(phrase: str) -> None:
    assert phrase in publier(SOIGNEE)[0]


@pytest.mark.parametrize(
    "mot",
    [
        "Éloïse",
        "Guérin",
        "Alpha",
        "GED",
        "Rôle",
        "I-2026",
        "ncident",
        "panne",
        "Écran",
        "Clé",
        "auvegarde",
        "Quitter",
        "03.03.2025",
        "01.01.2027",
        "clarifier",
        "décider",
    ],
)
def test_la_page_tait_noms_faiblesses_et_incidents(mot: str) -> None:
    """Ni un exercice d'une autre année, ni une date à venir."""
    assert mot not in publier(SOIGNEE)[0]


@pytest.mark.parametrize(
    ("texte", "laisse"),
    [
        (SOIGNEE, "les noms : personnes, outils, prestataires"),
        (SOIGNEE, "1 incident de l'année, et son détail"),
        (SOIGNEE, "1 signalement reçu"),
        (SOIGNEE, "les orientations générales, en texte libre : à relire avant de les publier"),
        (VALMARIN, "le coût des outils, connu pour 3 outils sur 5"),
        (VALMARIN, "l'adoption de la note, que rien n'inscrit"),
        ("", "la désignation du référent, que rien n'inscrit"),
    ],
)
def test_ce_qui_est_laisse_se_liste(texte: str, laisse: str) -> None:
    assert laisse in publier(texte)[1]


def test_ce_qui_est_montre_ne_se_dit_pas_laisse() -> None:
    laisses = " ".join(publier(SOIGNEE)[1])
    assert "coût" not in laisses
    assert "note" not in laisses
    assert "référent" not in laisses


def test_un_cout_connu_en_partie_ne_se_publie_pas() -> None:
    assert "Coût" not in publier(VALMARIN)[0]


def test_une_commune_vide_ne_publie_rien_de_faux() -> None:
    texte = publier("")[0]
    assert "Commune de …" in texte
    assert "prépare l'inventaire" in texte
    assert "adopté" not in texte
    assert "En chiffres" not in texte


@pytest.mark.parametrize("texte", [SOIGNEE, VALMARIN, "", chargee(), demesuree()])
def test_la_page_tient_sur_une_demi_page(texte: str) -> None:
    """Relu par un autre que nous : rien de la page sous la moitié d'une feuille, sauf le pied."""
    octets = publique.publier(rapporter(texte), "p", ["pdf"])["p.pdf"]
    (page,) = pypdf.PdfReader(io.BytesIO(octets)).pages
    hauteurs: list[float] = []

    def relever(mot: str, repere: list[float], texte: list[float], *_: object) -> None:
        if mot.strip():
            hauteurs.append(texte[4] * repere[1] + texte[5] * repere[3] + repere[5])

    page.extract_text(visitor_text=relever)
    corps = [y for y in hauteurs if y > 60]
    assert corps
    assert min(corps) > float(page.mediabox.height) / 2


def test_la_page_n_a_pas_de_classeur() -> None:
    assert list(publique.publier(rapporter(SOIGNEE), "p", ["xlsx"])) == ["p.txt"]
    formes = publique.publier(rapporter(SOIGNEE), "p", ["html", "pdf", "txt", "xlsx"])
    assert sorted(formes) == ["p.html", "p.pdf", "p.txt"]


@settings(max_examples=combien(8, 25), deadline=None)
@given(communes())
def test_aucun_classeur_n_arrete_la_page(texte: str) -> None:
    page = publique.publier(rapporter(texte), "p", ["pdf", "html", "txt"])
    assert page["p.pdf"].startswith(b"%PDF")
    assert "n'inscrit" not in page["p.txt"].decode()
