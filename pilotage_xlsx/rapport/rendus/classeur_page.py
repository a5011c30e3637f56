"""La feuille « Page 1 » du classeur : la page de vote, ou celle d'une région, sur un A4 debout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pilotage_xlsx.rapport.document import (
    EN_BREF,
    Carte,
    Case,
    Document,
    GenreDeColonne,
    PageRegionale,
    PremierePage,
    Tableau,
    Vote,
)
from pilotage_xlsx.rapport.rendus.cases import ecrire as ecrire_case
from pilotage_xlsx.rapport.rendus.feuillet import Feuillet
from pilotage_xlsx.socle.tableur import (
    BANDE,
    BLEU,
    GRIS,
    MANQUE,
    MANQUE_FOND,
    TRAIT,
    Classeur,
    Contenu,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import typographier

_LARGEURS = (13, 17, 17, 17, 32)
_FIN = len(_LARGEURS) - 1
_HAUTEUR_UTILE, _ECHELLE_MAX = 690, 90
"""Ce qu'une page A4 debout tient, en points, et l'échelle où sa largeur tient, en pour-cent.

Une échelle dite, et non « ajuster à la page » : Excel y ignorerait le saut de page."""

_SOULIGNE: Mapping[str, Any] = {"bottom": 1, "bottom_color": TRAIT}
_AVIS: Mapping[str, Any] = {"bg_color": MANQUE_FOND, "font_color": MANQUE}


def ecrire_page(classeur: Classeur, document: Document) -> None:
    """Écrit la page de vote d'une commune, ou les cinq chiffres d'une région."""
    plume = _Plume(Feuillet(classeur, "Page 1", _LARGEURS))
    page = document.premiere
    _tete(plume, page)
    if isinstance(page, PremierePage):
        _votes(plume, page)
        _phrases(plume, "Ce qui nous expose", page.expose)
        _nouvelles(plume, page)
    if isinstance(page, PageRegionale):
        for phrase in page.phrases:
            plume.bande(phrase, "texte")
    _cartes(plume, page.cartes)
    if isinstance(page, PageRegionale):
        for tableau in page.tableaux:
            _tableau(plume, tableau)
    if isinstance(page, PremierePage):
        plume.titre("Pour le procès-verbal")
        plume.bande(page.pv, "texte")
    hauteur = plume.feuillet.hauteur(plume.ligne)
    feuille = plume.feuillet.feuille
    mettre_en_page(feuille, typographier(document.pied), paysage=False)
    if isinstance(page, PremierePage) and page.suite:
        _suite(plume, page)
        feuille.set_print_scale(min(_ECHELLE_MAX, int(100 * _HAUTEUR_UTILE / hauteur)))
    else:
        feuille.fit_to_pages(1, 1)


def _tableau(plume: _Plume, tableau: Tableau) -> None:
    """Quatre colonnes : la première est large, la dernière aussi."""
    plume.titre(tableau.titre)
    places = ((0, 1), (2, 2), (3, 3), (4, 4))
    titres = (colonne.titre for colonne in tableau.colonnes)
    plume.rangee(*((t, *p) for t, p in zip(titres, places, strict=True)), style="gras")
    for ligne in tableau.lignes:
        cases = zip(ligne, places, strict=True)
        plume.rangee(
            *((_a_lire(case), *place) for case, place in cases), style="texte", **_SOULIGNE
        )


def _a_lire(case: Case) -> str:
    return ecrire_case(case, GenreDeColonne.TEXTE)


def _tete(plume: _Plume, page: PremierePage | PageRegionale) -> None:
    plume.bande(page.avis, "gras", **_AVIS)
    plume.bande(page.surtitre, "phrase")
    plume.bande(page.titre, "titre", 28)
    if page.alerte:
        plume.bande(page.alerte, "texte", **_AVIS)


class _Plume:
    """Un feuillet et la ligne où l'on en est."""

    def __init__(self, feuillet: Feuillet) -> None:
        self.feuillet = feuillet
        self.ligne = 0

    def bande(
        self, texte: str, style: str, hauteur: float | None = None, **precisions: Any
    ) -> None:
        """Un texte sur toute la largeur, puis la ligne suivante."""
        self.feuillet.bande(self.ligne, texte, style, hauteur, **precisions)
        self.ligne += 1

    def rangee(self, *cases: tuple[Contenu, int, int], style: str, **precisions: Any) -> None:
        """Une rangée de cases, puis la ligne suivante."""
        self.feuillet.rangee(self.ligne, cases, style, **precisions)
        self.ligne += 1

    def titre(self, texte: str) -> None:
        """Un titre de rubrique, après un peu d'air."""
        self.feuillet.feuille.set_row(self.ligne, 10)
        self.ligne += 1
        self.bande(texte, "sous_titre", 20, bottom=2, bottom_color=BLEU)


def _votes(plume: _Plume, page: PremierePage) -> None:
    plume.titre("À décider")
    if not page.votes:
        plume.bande(page.votes_sinon, "texte")
    if page.jours:
        plume.bande(page.jours, "gras")
    for vote in page.debut:
        _vote(plume, vote)
    if page.annonce:
        plume.bande(EN_BREF, "texte", font_color=GRIS)
    for vote in page.annonce:
        _annoncer(plume, vote)
    if page.renvoi:
        plume.bande(page.renvoi, "texte", font_color=GRIS)
    if page.total:
        plume.bande(page.total, "gras")


def _vote(plume: _Plume, vote: Vote) -> None:
    plume.bande(f"{vote.rang}. {vote.objet} : {vote.question}", "gras")
    if vote.sinon:
        plume.bande(vote.sinon, "texte")
    plume.bande(" ".join(filter(None, (vote.raison, vote.source))), "texte", font_color=GRIS)
    if vote.prix:
        plume.bande(" · ".join(vote.prix), "texte")
    plume.bande("   ".join(f"☐ {case}" for case in vote.cases), "texte", **_SOULIGNE)


def _annoncer(plume: _Plume, vote: Vote) -> None:
    plume.bande(f"{vote.rang}. {vote.objet} : {vote.question}", "gras")
    plume.bande(" · ".join((vote.bref, *vote.prix_bref)), "texte", **_SOULIGNE)


def _suite(plume: _Plume, page: PremierePage) -> None:
    """Les points qui ne tiennent pas sur la première page, sur la suivante."""
    if not page.suite:
        return
    plume.feuillet.feuille.set_h_pagebreaks([plume.ligne])
    plume.titre("À décider (suite)")
    for vote in page.suite:
        _vote(plume, vote)


def _phrases(plume: _Plume, titre: str, phrases: Iterable[str]) -> None:
    plume.titre(titre)
    for phrase in phrases:
        plume.bande(phrase, "texte")


def _nouvelles(plume: _Plume, page: PremierePage) -> None:
    _phrases(plume, "À savoir", page.savoir)
    if not page.nouvelles:
        plume.bande(page.nouvelles_sinon.rien, "texte")
    for nouvelle in page.nouvelles:
        fait = f"{nouvelle.objet} · {nouvelle.fait}"
        plume.feuillet.case(plume.ligne, 0, nouvelle.jour, "date")
        plume.rangee((fait, 1, 3), (nouvelle.informes, 4, 4), style="texte", **_SOULIGNE)
    if page.nouvelles_sinon.reste:
        plume.bande(page.nouvelles_sinon.reste, "phrase")


def _cartes(plume: _Plume, cartes: tuple[Carte, ...]) -> None:
    plume.titre("Cinq chiffres")
    for carte in cartes:
        plume.feuillet.case(plume.ligne, 0, carte.valeur, "gras", font_color=BLEU, bg_color=BANDE)
        plume.rangee(
            (f"{carte.libelle} : {carte.phrase}", 1, 3),
            (carte.avant, 4, 4),
            style="texte",
            bg_color=BANDE,
            **_SOULIGNE,
        )
