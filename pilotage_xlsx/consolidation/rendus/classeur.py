"""Le classeur consolidé : une table filtrable par feuille, ses dates et ses montants natifs."""

from __future__ import annotations

from math import ceil

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.consolidation.colonnes import natives
from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.rendus.pages import Page, paginer
from pilotage_xlsx.modele import PROPRIETE, Modele
from pilotage_xlsx.registre import CONSOLIDATION
from pilotage_xlsx.tableur import (
    BLEU,
    BLEU_MOYEN,
    CLARIFIER,
    CLARIFIER_FOND,
    FAUTE,
    FAUTE_FOND,
    MANQUE,
    MANQUE_FOND,
    TRAIT,
    Classeur,
    ecrire,
    ecrire_tableau,
    mettre_en_page,
)
from pilotage_xlsx.typographie import typographier

_HAUTEUR_ENTETE = 34
_LARGEUR_D_UNE_PAGE = 250
"""Ce qu'une page A4 en paysage tient, en signes, encore lisible : au-delà, une page de plus."""

_AUCUNE = "Aucune ligne."

_TEINTES = {
    "erreur": (FAUTE_FOND, FAUTE),
    "avertissement": (MANQUE_FOND, MANQUE),
    "attention": (CLARIFIER_FOND, CLARIFIER),
    "Refusé": (FAUTE_FOND, FAUTE),
    "Écarté": (CLARIFIER_FOND, CLARIFIER),
}
_TEINTEES = ("gravite", "sort")


def rendre_classeur(consolidation: Consolidation, modele: Modele) -> bytes:
    """Les octets du classeur, les mêmes pour la même consolidation."""
    identite = modele.identite
    classeur = Classeur(identite.date, {"title": f"{identite.libelle} · consolidation"})
    classeur.livre.set_custom_property(PROPRIETE, f"{CONSOLIDATION} {identite.version}")
    for page in paginer(consolidation, modele):
        _ecrire_page(classeur, page)
    return classeur.octets()


def _ecrire_page(classeur: Classeur, page: Page) -> None:
    feuille = classeur.feuille(page.nom, onglet=BLEU if page.est_registre else BLEU_MOYEN)
    entete = _ecrire_tete(classeur, feuille, page)
    feuille.set_row(entete, _HAUTEUR_ENTETE)
    bas = entete + max(len(page.table), 1)
    _teinter(classeur, feuille, page, (entete + 1, bas))
    colonnes = [natives(page.table, colonne) for colonne, *_ in page.entetes]
    ecrire_tableau(
        classeur, feuille, (entete, 0), [(e.titre, e.largeur, e.style) for e in page.entetes],
        list(zip(*colonnes, strict=True)), table=f"Consolidation_{page.nom}",
    )  # fmt: skip
    feuille.freeze_panes(entete + 1, 1)
    _preparer_l_impression(feuille, page, (entete, bas))


def _ecrire_tete(classeur: Classeur, feuille: Worksheet, page: Page) -> int:
    """Écrit le titre et les phrases ; rend la ligne de l'en-tête."""
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, typographier(page.titre), classeur.style("titre", valign="vcenter"))
    phrases = page.phrases if len(page.table) else (*page.phrases, _AUCUNE)
    for rang, phrase in enumerate(phrases, 1):
        ecrire(feuille, rang, 0, typographier(phrase), classeur.style("phrase"))
    return len(phrases) + 2


def _teinter(classeur: Classeur, feuille: Worksheet, page: Page, lignes: tuple[int, int]) -> None:
    """La gravité et le sort en couleur, à côté du mot qui les dit.

    Avant le tableau : LibreOffice ne garde que la première mise en forme vraie.
    """
    haut, bas = lignes
    for rang, entete in enumerate(page.entetes):
        if entete.colonne in _TEINTEES:
            for mot, (fond, encre) in _TEINTES.items():
                style = {"bg_color": fond, "font_color": encre, "bottom": 1, "bottom_color": TRAIT}
                teinte = classeur.livre.add_format(style)
                regle = {"type": "cell", "criteria": "==", "value": f'"{mot}"', "format": teinte}
                feuille.conditional_format(haut, rang, bas, rang, regle)


def _preparer_l_impression(feuille: Worksheet, page: Page, lignes: tuple[int, int]) -> None:
    """Sur plusieurs pages de large, la commune se répète et la tête, qui serait coupée, s'omet."""
    entete, bas = lignes
    mettre_en_page(feuille, "Interne · consolidation", entete=entete)
    largeur = ceil(sum(e.largeur for e in page.entetes) / _LARGEUR_D_UNE_PAGE)
    if largeur > 1:
        feuille.fit_to_pages(largeur, 0)
        feuille.repeat_columns(0)
        feuille.print_area(entete, 0, bas, len(page.entetes) - 1)
