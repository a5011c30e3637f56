"""Annoter : sur une copie, une couleur et une note par cellule fautive, et la liste en tête."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.retouche.a_corriger import Dit, ajouter_la_feuille, enlever_la_feuille
from pilotage_xlsx.retouche.classeur import (
    ClasseurARetoucher,
    FeuilleARetoucher,
    ouvrir_pour_retoucher,
)
from pilotage_xlsx.retouche.copie import Copie, CopieRetouchee, OriginalRendu
from pilotage_xlsx.retouche.couleurs import Place, colorer, decolorer
from pilotage_xlsx.retouche.grille import GrilleARetoucher
from pilotage_xlsx.retouche.notes import denoter, noter
from pilotage_xlsx.retouche.origine import est_intacte, oublier, peut_voyager
from pilotage_xlsx.retouche.schema import entier
from pilotage_xlsx.retouche.styles import Styles
from pilotage_xlsx.retouche.valeurs import cellules_de
from pilotage_xlsx.socle.ecriture import ebaucher
from pilotage_xlsx.socle.entree import EnMemoire, Source
from pilotage_xlsx.socle.paquet import ouvrir
from pilotage_xlsx.socle.typographie import typographier

FONDS: Mapping[Gravite, str] = {
    Gravite.ERREUR: "F9D9DF",
    Gravite.AVERTISSEMENT: "FFE2B9",
    Gravite.A_REMPLIR: "FCE4D7",
    Gravite.ATTENTION: "FFF6D7",
}
"""Les fonds de `couleurs.PALETTE`, à une unité de bleu près : ainsi les nôtres se reconnaissent."""


def peindre(feuille: FeuilleARetoucher, gravites: Mapping[Place, Gravite], styles: Styles) -> None:
    """Donne à ces cellules le fond de leur gravité, sauf à celles qui en ont déjà un."""
    grille = GrilleARetoucher(feuille.racine, gravites.keys())
    for place, gravite in sorted(gravites.items()):
        rang = grille.format_de(place)
        if styles.est_sans_fond(rang):
            cellule = grille.exiger(place)
            if cellule is not None:
                cellule.set("s", str(styles.avec_le_fond(rang, FONDS[gravite])))


def effacer_les_fonds(feuille: FeuilleARetoucher, styles: Styles) -> bool:
    """Rend sans fond les cellules qui ont le nôtre, enlève les vides ; vrai s'il y en avait."""
    notres = styles.formats_de_fond(frozenset(FONDS.values()))
    if not notres or feuille.est_trop_grande:
        return False
    vue = feuille.archive.lire(feuille.partie)
    peintes = [(place, c) for place, c in cellules_de(vue) if entier(c.get("s")) in notres]
    if not peintes:
        return False
    grille = GrilleARetoucher(feuille.racine, {place for place, _ in peintes})
    for place, cellule in peintes:
        rang = styles.sans_le_fond(entier(cellule.get("s")))
        cellule.set("s", str(rang))
        if not len(cellule) and rang == grille.format_alentour(place):
            grille.enlever(place, cellule)
    return True


Dits = Mapping[Place, list[Constat]]
"""Les constats d'une feuille par cellule."""


class CopieAnnotee(NamedTuple):
    """Une copie annotée, et si elle porte l'original, pour le rendre un jour à l'octet."""

    copie: Copie
    porte_l_original: bool


@contextmanager
def annoter(source: Source, constats: Sequence[Constat], dit: Dit) -> Iterator[CopieAnnotee]:
    """La copie annotée d'un classeur ; ``dit`` : ce que sa feuille « À corriger » dit de plus.

    Une copie déjà annotée l'est de neuf, pas deux fois. `Refus` si le classeur ne se lit pas.
    """
    with _sans_annotation(source) as classeur:
        oublier(classeur.archive)
        styles = Styles(classeur)
        for nom, dits in _par_feuille(constats).items():
            feuille = classeur.feuilles.get(nom)
            if feuille is not None:
                _annoter(classeur, feuille, dits, styles)
        ajouter_la_feuille(classeur, constats, dit, styles)
        embarque = peut_voyager(classeur.archive.paquet)
        yield CopieAnnotee(CopieRetouchee(classeur.archive, embarque=embarque), embarque)


@contextmanager
def retirer(source: Source) -> Iterator[Copie | None]:
    """Le classeur sans ses annotations ; rien s'il n'en porte aucune.

    À l'octet près si la copie porte l'original et n'a pas été enregistrée depuis ; sinon, les
    annotations s'enlèvent une à une, et ses changements restent. `Refus` si elle ne se lit pas.
    """
    with ouvrir(source) as paquet:
        yield _rendre(ouvrir_pour_retoucher(paquet))


@contextmanager
def _sans_annotation(source: Source) -> Iterator[ClasseurARetoucher]:
    """Le classeur tel qu'avant toute annotation, prêt à retoucher."""
    with ExitStack() as pile:
        classeur = ouvrir_pour_retoucher(pile.enter_context(ouvrir(source)))
        rendu = _rendre(classeur)
        if rendu is not None:
            nu = pile.enter_context(_poser(rendu, source))
            classeur = ouvrir_pour_retoucher(pile.enter_context(ouvrir(nu)))
        yield classeur


@contextmanager
def _poser(rendu: Copie, source: Source) -> Iterator[Source]:
    """L'original rendu, là d'où vient la copie : en mémoire, ou sur le disque."""
    if isinstance(source, EnMemoire):
        yield EnMemoire(source.nom, rendu.octets())
        return
    with TemporaryDirectory() as dossier:
        nu = Path(dossier, "classeur.xlsx")
        with ebaucher(nu, remplacer=False) as brouillon:
            rendu.ecrire(brouillon)
        yield nu


def _rendre(classeur: ClasseurARetoucher) -> Copie | None:
    paquet = classeur.archive.paquet
    if est_intacte(paquet):
        return OriginalRendu(paquet)
    return CopieRetouchee(classeur.archive) if _defaire(classeur) else None


def _annoter(
    classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, dits: Dits, styles: Styles
) -> None:
    """Les notes d'abord : leur arbre se range avant que celui de la feuille ne s'ouvre."""
    noter(classeur, feuille, {place: _rediger(ici) for place, ici in dits.items()})
    pires = {place: _la_pire(ici) for place, ici in dits.items()}
    colorer(feuille, pires, styles)
    peindre(feuille, pires, styles)
    feuille.ranger()


def _defaire(classeur: ClasseurARetoucher) -> bool:
    """Enlève une à une les annotations ; vrai s'il y en avait."""
    touches = [enlever_la_feuille(classeur)]
    oublier(classeur.archive)
    styles = Styles(classeur)
    for feuille in classeur.distinctes:
        if feuille.partie in classeur.archive:
            touches += [decolorer(feuille), effacer_les_fonds(feuille, styles), denoter(feuille)]
            feuille.ranger()
    return any(touches)


def _par_feuille(constats: Sequence[Constat]) -> Mapping[str, Dits]:
    """Les constats par feuille et par cellule ; un constat sans cellule n'y est pas."""
    feuilles: dict[str, dict[Place, list[Constat]]] = defaultdict(lambda: defaultdict(list))
    for constat in constats:
        for lieu in _lieux(constat):
            if lieu.ligne is not None and lieu.colonne is not None:
                feuilles[lieu.feuille][lieu.ligne, lieu.colonne].append(constat)
    return feuilles


def _lieux(constat: Constat) -> Iterator[Emplacement]:
    """La cellule d'un constat, et celles du même fichier qui partagent la faute."""
    yield constat.lieu
    yield from (lieu for lieu in constat.aussi if lieu.fichier == constat.lieu.fichier)


def _la_pire(constats: Sequence[Constat]) -> Gravite:
    return min((constat.gravite for constat in constats), key=lambda gravite: gravite.rang)


def _rediger(constats: Sequence[Constat]) -> str:
    """Le texte de la note : chaque constat, son remède, son code."""
    return typographier(
        "\n\n".join(
            f"{constat.gravite.mot.capitalize()} : {constat.message}\n"
            f"→ {constat.corriger} ({constat.regle})"
            for constat in constats
        )
    )
