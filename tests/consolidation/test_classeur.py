"""Le classeur consolidé, relu par openpyxl : chaque cellule de chaque ligne y est, à sa place."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.registre import Illisible, Ligne, Valeur
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.paquet.refus import ABIME
from tests.campagne import combien
from tests.consolidation.classeurs import (
    classeur,
    commune,
    feuilles,
    joindre,
    lignes,
    octets,
    refuse,
)
from tests.tableaux import modele

TEXTES = st.sampled_from(
    ["", "", "GED", "=1+1", "31.12.2026", "12.3.26 14:05", "env. 500", "1'200.50", "À clarifier",
     "Indispensable", "Alpha SA; Beta SA", "Pas nécessaire", "+41 21 555 01 01", "756.9217.0769.85",
     "mars 2026", "7"]
)  # fmt: skip
REGISTRES = [feuille.id for feuille in modele().registres]


@st.composite
def registres(tirage: st.DrawFn) -> str:
    """Le texte d'un registre au hasard, avec une colonne propre."""
    feuille = modele().par_id[tirage(st.sampled_from(REGISTRES))]
    colonnes = [colonne.id for colonne in feuille.saisies] + ["Ma colonne"]
    rangees = tirage(st.lists(st.tuples(*[TEXTES] * len(colonnes)), min_size=1, max_size=4))
    return "\n".join([f"{feuille.id} | " + " | ".join(colonnes)] + [
        " | " + " | ".join(rangee) for rangee in rangees
    ])  # fmt: skip


def _attendu(valeur: Valeur | None) -> object:
    match valeur:
        case Illisible(brut=brut):
            return masquer(brut)
        case tuple():
            return masquer("; ".join(valeur))
        case datetime() | int() | float() | None:
            return valeur
        case date():
            return datetime(valeur.year, valeur.month, valeur.day)
        case _:
            return masquer(valeur)


def _verifier_la_ligne(ligne: Ligne, ecrite: dict[str, object]) -> None:
    feuille = modele().par_id[ligne.lieu.registre]
    assert (ecrite["Feuille"], ecrite["Ligne"]) == (ligne.lieu.feuille, ligne.numero)
    debut = 9 if ligne.lieu.registre in ("outils", "prestataires") else 8
    for titre, colonne in zip(list(ecrite)[debut:], feuille.colonnes, strict=False):
        if colonne.est_saisie:
            assert ecrite[titre] == _attendu(ligne[colonne.id]), colonne.id
    for entete, valeur in ligne.propres.items():
        assert ecrite[entete] == _attendu(valeur)


@settings(max_examples=combien(8, 25), deadline=None, phases=(Phase.explicit, Phase.generate))
@given(registres())
def test_chaque_cellule_de_chaque_ligne_se_retrouve(texte: str) -> None:
    examine = classeur(commune("Valmarin") + texte)
    consolidation = joindre(examine)
    pages = feuilles(consolidation)
    etat = Etat(modele(), examine.registre)
    for feuille in modele().registres:
        ecrites = lignes(pages[feuille.libelle])
        for ligne, ecrite in zip(etat.lignes(feuille.id), ecrites, strict=True):
            _verifier_la_ligne(ligne, ecrite)


def test_la_fiche_de_la_commune_y_est_en_entier() -> None:
    texte = (
        "commune | commune | annee | habitants | designe_le\n | Valmarin | 2026 | 854 | 3.2.2026"
    )
    (fiche,) = lignes(feuilles(joindre(classeur(texte)))["Fiches"])
    assert (fiche["Habitants"], fiche["Désigné le"]) == (854, datetime(2026, 2, 3))


def test_un_texte_qui_a_l_air_d_une_formule_reste_un_texte() -> None:
    texte = commune("Valmarin") + "outils | nom | Note\n | GED | '=1+1"
    page = feuilles(joindre(classeur(texte)))["Outils"]
    (cellule,) = (c for c in page[page.max_row] if isinstance(c.value, str) and "1+1" in c.value)
    assert cellule.data_type == "s"


def test_les_feuilles_sont_dans_l_ordre() -> None:
    registres_du_modele = [feuille.libelle for feuille in modele().a_lire[1:]]
    jugements = ["Constats", "Conflits", "Prestataires réunis", "Provenance"]
    attendues = ["Communes", "Chiffres", "Fiches", *registres_du_modele, *jugements]
    assert list(feuilles(joindre(classeur(commune("Valmarin"))))) == attendues


def test_chaque_feuille_a_son_filtre_ses_volets_et_son_a4() -> None:
    pages = feuilles(joindre(classeur(commune("Valmarin"))))
    del pages["Chiffres"]
    for feuille in pages.values():
        (table,) = feuille.tables.values()
        assert table.autoFilter is not None
        assert feuille.freeze_panes == f"B{int(table.ref.split(':')[0][1:]) + 1}"
        assert (feuille.page_setup.orientation, feuille.page_setup.paperSize) == ("landscape", 9)


def test_deux_en_tetes_semblables_font_deux_colonnes() -> None:
    un = classeur(commune("Valmarin") + "outils | nom | Note | note\n | GED | a | b")
    deux = classeur(commune("Belcombe") + "outils | nom | Fichier\n | GED | c", "b.xlsx")
    belcombe, valmarin = lignes(feuilles(joindre(un, deux))["Outils"])
    assert (valmarin["Note"], valmarin["note (2)"]) == ("a", "b")
    assert (belcombe["Fichier"], belcombe["Fichier (2)"]) == ("b.xlsx", "c")


def test_un_fichier_refuse_est_dans_la_provenance() -> None:
    (provenance,) = lignes(feuilles(joindre(refuse("abime.xlsx")))["Provenance"])
    assert (provenance["Fichier"], provenance["Classeur"]) == ("abime.xlsx", "Refusé")
    assert provenance["Raison"] == ABIME.refuser().phrase


@pytest.mark.parametrize("feuille", ["Outils", "Conflits"])
def test_une_feuille_sans_ligne_le_dit(feuille: str) -> None:
    page = feuilles(joindre(classeur(commune("Valmarin"))))[feuille]
    assert "Aucune ligne." in [cellule.value for cellule in page["A"]]


def test_les_octets_sont_les_memes_d_une_fois_a_l_autre() -> None:
    un, deux = (joindre(classeur(commune("Valmarin") + "outils | nom\n | GED")) for _ in range(2))
    assert octets(un) == octets(deux)
