"""La note à adopter : les mots de la commune, la phrase de ce qui reste à faire, deux pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from pilotage_xlsx.rapport import fiches
from pilotage_xlsx.rapport.fiches.communs import POINTILLES
from tests.campagne import combien
from tests.metier.tables import lier
from tests.rapport.fiches import bavarde, en_texte, pages
from tests.rapport.imprimer import imprimable, imprimer
from tests.rapport.test_robustesse import communes
from tests.tableaux import AU

ORVAGNE = """
commune | commune | canton | executif_nom | deliberant_nom | referent_nom | suppleant_nom | annee
        | Orvagne | FR | Conseil communal | le Conseil général | Éloïse Guérin | Jo Bach | 2026
"""
SANS_NOM = "commune | annee\n | 2026"
ADOPTEE = """
commune | commune | executif_nom | referent_nom | suppleant_nom | note_adoptee_le
        | Orvagne | Municipalité | Éloïse Guérin | {suppleant} | 12.03.2025
"""
CAS = [ORVAGNE, SANS_NOM, ADOPTEE.format(suppleant="Jo Bach"), ADOPTEE.format(suppleant="")]


def composer(texte: str) -> fiches.Fiche:
    """La note de la commune que décrit le texte."""
    return fiches.note.composer(lier(texte))


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (ORVAGNE, "« Le Conseil communal adopte la note de pilotage numérique de la commune et "
                  "désigne Éloïse Guérin comme référent numérique et Jo Bach comme suppléant. »"),
        (SANS_NOM, "« L'exécutif adopte la note de pilotage numérique de la commune et désigne "
                   f"{POINTILLES} comme référent numérique et {POINTILLES} comme suppléant. »"),
        (CAS[2], "« La Municipalité, ayant relu la note de pilotage numérique adoptée le "
                 "12.03.2025, la confirme. »"),
        (CAS[3], f"« La Municipalité désigne {POINTILLES} comme suppléant. »"),
        (ORVAGNE, "PROJET À ADOPTER"),
        (CAS[2], "ADOPTÉE LE 12.03.2025"),
        (CAS[2], "- Adoptée le : 12.03.2025 - Révisée le : ……"),
        (SANS_NOM, "Commune de ……"),
        (ORVAGNE, "on le dit au Conseil communal, sous 7 jours"),
        (ORVAGNE, "- Conseil général : garde toutes ses compétences"),
        (SANS_NOM, "- Organe délibérant : garde toutes ses compétences"),
        (ORVAGNE, "[ ] acceptée [ ] refusée [ ] reportée"),
    ],
)  # fmt: skip
def test_la_note_dit_ce_qui_est_a_adopter(texte: str, phrase: str) -> None:
    assert phrase in en_texte(composer(texte))


def test_une_adoption_a_venir_reste_a_adopter() -> None:
    texte = ADOPTEE.format(suppleant="Jo Bach").replace("12.03.2025", "12.03.2027")
    assert "adopte la note" in en_texte(composer(texte))


def test_une_revision_se_dit_et_se_confirme() -> None:
    texte = "commune | commune | referent_nom | suppleant_nom | note_adoptee_le | note_revisee_le\n"
    vu = en_texte(composer(f"{texte} | Orvagne | Ève | Jo | 12.03.2025 | 14.04.2026"))
    assert "- Révisée le : 14.04.2026" in vu
    assert "adoptée le 12.03.2025 et révisée le 14.04.2026, la confirme" in vu


def test_le_mot_de_la_commune_pour_son_executif_est_partout() -> None:
    vu = en_texte(composer(ORVAGNE))
    assert "xécutif" not in vu
    assert vu.count("Conseil communal") >= 7


def test_les_sept_paragraphes_y_sont() -> None:
    titres = [bloc.titre for bloc in composer(ORVAGNE).blocs if bloc.titre[:1].isdigit()]
    assert [titre[:2] for titre in titres] == [f"{n}." for n in range(1, 8)]


@pytest.mark.parametrize("forme", fiches.FORMES)
def test_un_secret_ne_sort_pas_de_la_note(forme: str) -> None:
    texte = "commune | commune | referent_nom | orientations\n"
    secret = "mot de passe : Sesame2026"
    note = composer(f"{texte} | Orvagne | Ève {secret} | Quitter, {secret}")
    assert b"Sesame2026" not in fiches.rendre(note, forme, AU)
    assert "Sesame2026" not in en_texte(note)


def test_les_seuils_de_la_commune_y_sont() -> None:
    assert "sous 1 jour au plus" in en_texte(
        composer("commune | commune | seuil_information\n | Orvagne | 1")
    )


@pytest.mark.parametrize("texte", CAS)
def test_la_note_tient_deux_pages(texte: str) -> None:
    assert pages(fiches.rendre(composer(texte), "pdf", AU)) == 2


@pytest.mark.parametrize("signes", [80, 500, 3000])
def test_une_note_bavarde_tient_deux_pages(signes: int) -> None:
    note = fiches.note.composer(bavarde(signes, outils=1))
    assert pages(fiches.rendre(note, "pdf", AU)) == 2


@imprimable
@pytest.mark.parametrize("texte", [ORVAGNE, SANS_NOM])
def test_la_note_html_s_imprime_sur_deux_pages(texte: str, tmp_path: Path) -> None:
    assert len(imprimer(fiches.rendre(composer(texte), "html", AU), tmp_path)) == 2


@settings(max_examples=combien(5, 15), deadline=None)
@given(communes())
def test_aucun_classeur_n_arrete_la_note(texte: str) -> None:
    note = composer(texte)
    assert pages(fiches.rendre(note, "pdf", AU)) == 2
    fiches.rendre(note, "html", AU)
    fiches.rendre(note, "txt", AU)
