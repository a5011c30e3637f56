"""Les fiches papier : une page chacune, dans l'ordre du registre, que la lecture ignore."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.generation.formulaires import FORMULAIRES, nom_du_formulaire, poser
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.socle.typographie import phraser
from tests.generation.classeurs import octets, ouvrir
from tests.tableaux import modele

DECRITES = [modele().par_id[registre] for registre in FORMULAIRES]


@pytest.mark.parametrize("feuille", DECRITES, ids=lambda f: f.id)
def test_les_questions_sont_celles_du_registre_dans_son_ordre(feuille: Feuille) -> None:
    page = ouvrir()[nom_du_formulaire(feuille)]
    ecrites = [str(c.value) for c in page["A"][4:] if c.value and c.data_type == "s"]
    for question, colonne in zip(ecrites, feuille.saisies, strict=False):
        assert question.startswith(phraser(colonne.libelle))


@pytest.mark.parametrize("feuille", DECRITES, ids=lambda f: f.id)
def test_qui_appeler_vient_avant_les_questions(feuille: Feuille) -> None:
    """Le nom et le numéro que dit la fiche de la commune ; sinon, un blanc où écrire."""
    commune = {"referent_nom": "Ana Roh", "referent_telephone": "021 555 00 01"}
    page = ouvrir({"commune": commune}, en_valeurs=True)[nom_du_formulaire(feuille)]
    referent, suppleant, secours, premiere = (str(c.value) for c in page["A"][4:8])
    assert referent == "À appeler d’abord, le référent\u202f: Ana Roh 021 555 00 01"
    assert suppleant.startswith("Sinon, son suppléant\u202f: ………")
    assert secours.startswith("Police 117 · Feu 118 · Secours 144 · L’exécutif\u202f: ………")
    assert premiere.startswith(phraser(feuille.saisies[0].libelle))


@pytest.mark.parametrize("feuille", DECRITES, ids=lambda f: f.id)
def test_tous_les_choix_ont_leur_case(feuille: Feuille) -> None:
    page = ouvrir()[nom_du_formulaire(feuille)]
    texte = " ".join(str(c.value) for c in page["B"] if c.value).replace("\xa0", " ")
    for colonne in feuille.saisies:
        for choix in (*modele().choix(colonne), *colonne.mentions):
            assert f"☐ {phraser(choix)}" in texte


@pytest.mark.parametrize("feuille", DECRITES, ids=lambda f: f.id)
def test_la_fiche_tient_sur_une_page_debout(feuille: Feuille) -> None:
    page = ouvrir()[nom_du_formulaire(feuille)]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("portrait", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight in (None, 1)  # une page, quand rien n'est écrit
    assert 500 < sum(question.hauteur for question in poser(modele(), feuille)) <= 700


def test_la_description_a_le_plus_de_place() -> None:
    for feuille in DECRITES:
        lignes = {q.intitule: q.lignes for q in poser(modele(), feuille)}
        assert lignes["Description"] == max(lignes.values()) > 1


def test_la_lecture_ne_les_prend_ni_pour_un_registre_ni_pour_une_feuille_a_la_commune(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.xlsx").write_bytes(octets())
    lu = lire(tmp_path / "a.xlsx", modele())
    assert (lu.en_double, lu.feuilles_propres) == ((), ())
    assert all(not lu.lignes(feuille.id) for feuille in modele().registres)
