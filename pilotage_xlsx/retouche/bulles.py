"""Le dessin VML d'une note : ce qu'Excel montre. Retouché en octets.

Ce n'est pas toujours du XML : Excel lui-même en écrit de mal formés. On n'y ajoute et n'y
enlève que nos ``v:shape`` entiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pilotage_xlsx.retouche.archive import Archive, Element
from pilotage_xlsx.retouche.schema import enfant, enfants
from pilotage_xlsx.socle.adresses import COLONNES_MAX, LIGNES_MAX
from pilotage_xlsx.socle.motifs import motif

_ESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE_DE_NOTE = (
    '<v:shapetype {espaces}id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    '<v:shape {espaces}id="_x0000_s{identifiant}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#fff6d6" o:insetmode="auto">'
    '<v:fill color2="#fff6d6"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{ancre}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{ligne}</x:Row><x:Column>{colonne}</x:Column></x:ClientData></v:shape>"
)
_DESSIN = (
    '<xml {espaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{bloc}"/>'
    "</o:shapelayout></xml>"
)
_DEBUT_DE_FORME, _FIN_DE_FORME = motif(rb"<v:shape\b"), b"</v:shape>"
_LIGNE = motif(rb"<x:Row>\s*(\d{1,7})\s*</x:Row>")
_COLONNE = motif(rb"<x:Column>\s*(\d{1,5})\s*</x:Column>")
_IDENTIFIANT = motif(rb"_x0000_s(\d{1,9})\b")
_FIN = motif(rb"</(?:\w+:)?xml\s*>\s*$")
_IDENTIFIANTS_PAR_BLOC = 1024
_LARGEUR, _HAUTEUR_DE_LIGNE, _SIGNES_PAR_LIGNE = 300, 17, 44
_IDENTIFIANT_MAX = 20
_NOMBRE, _CHIFFRES_MAX = motif(r"[0-9]+(\.[0-9]*)?", re.ASCII), 20
_CASES_MAX = 1_000
"""Ce qu'une note traverse de colonnes ou de lignes cachées, au plus."""

_PIXELS_PAR_POINT = 4 / 3


class Bulle(NamedTuple):
    """Une note à dessiner : sa cellule, numérotée dès 1, et son texte."""

    ligne: int
    colonne: int
    texte: str


def dessin_neuf(archive: Archive) -> bytes:
    """Un dessin sans forme, dont les identifiants ne sont à aucun autre dessin."""
    numeros = (
        int(trouve[1])
        for nom in archive.noms
        if nom.lower().endswith(".vml")
        for fenetre in archive.fenetres(nom, _IDENTIFIANT_MAX)
        for trouve in _IDENTIFIANT.finditer(fenetre)
    )
    bloc = max(numeros, default=0) // _IDENTIFIANTS_PAR_BLOC + 1
    return _DESSIN.format(espaces=_ESPACES, bloc=bloc).encode()


def est_un_dessin(octets: bytes) -> bool:
    """Vrai si ces octets sont ceux d'un dessin VML, où une note peut s'ajouter."""
    return _FIN.search(octets) is not None


def dessiner(dessin: bytes, bulles: Iterable[Bulle], feuille: Element) -> bytes:
    """Le dessin, avec une forme de plus par note ; ``feuille`` donne la taille des cases."""
    espaces = (
        "" if all(espace.encode() in dessin for espace in _ESPACES.split()) else f"{_ESPACES} "
    )
    bloc = _bloc(dessin)
    debut = int(bloc[1]) * _IDENTIFIANTS_PAR_BLOC if bloc else _IDENTIFIANTS_PAR_BLOC
    numero = max([debut, *(int(trouve[1]) for trouve in _IDENTIFIANT.finditer(dessin))])
    fin = _FIN.search(dessin)
    place = fin.start() if fin else len(dessin)
    morceaux = [dessin[:place]]
    if b'id="_x0000_t202"' not in dessin:
        morceaux.append(_TYPE_DE_NOTE.format(espaces=espaces).encode())
    cases = _Cases(feuille)
    for rang, bulle in enumerate(bulles, 1):
        forme = _NOTE.format(
            espaces=espaces,
            identifiant=numero + rang,
            ancre=cases.ancrer(bulle),
            ligne=bulle.ligne - 1,
            colonne=bulle.colonne - 1,
        )
        morceaux.append(forme.encode())
    return b"".join((*morceaux, dessin[place:]))


def _bloc(dessin: bytes) -> re.Match[bytes] | None:
    """Le bloc d'identifiants que le dessin dit être le sien."""
    debut = dessin.find(b"idmap")
    fin = dessin.find(b">", debut)
    return re.search(rb'data="(\d{1,6})', dessin[debut:fin]) if 0 <= debut < fin else None


def effacer(dessin: bytes, places: Iterable[tuple[int, int]]) -> bytes:
    """Le dessin sans la note de ces cellules (ligne et colonne, dès 1) : la dernière de chacune."""
    visees: dict[tuple[int, int], tuple[int, int]] = {}
    for debut, fin in _formes(dessin):
        forme = dessin[debut:fin]
        ligne, colonne = _LIGNE.search(forme), _COLONNE.search(forme)
        if b'ObjectType="Note"' in forme and ligne and colonne:
            visees[int(ligne[1]) + 1, int(colonne[1]) + 1] = (debut, fin)
    garde, reste = [], 0
    for debut, fin in sorted(visees[place] for place in set(places) & visees.keys()):
        garde.append(dessin[reste:debut])
        reste = fin
    return b"".join((*garde, dessin[reste:]))


def _formes(dessin: bytes) -> Iterator[tuple[int, int]]:
    """Où commence et finit chaque forme ; une forme qui ne se ferme pas n'en est pas une."""
    fin = 0
    while debut := _DEBUT_DE_FORME.search(dessin, fin):
        fin = dessin.find(_FIN_DE_FORME, debut.end()) + len(_FIN_DE_FORME)
        if fin < len(_FIN_DE_FORME):
            return
        yield debut.start(), fin


def est_sans_forme(dessin: bytes) -> bool:
    """Vrai si le dessin n'a plus ni note, ni contrôle, ni autre forme."""
    return b"ClientData" not in dessin and b'type="#' not in dessin


class _Cases:
    """La taille des cases d'une feuille, en pixels, pour placer une note à côté de la sienne."""

    def __init__(self, feuille: Element) -> None:
        self._largeurs = dict(_largeurs(feuille))
        self._hauteurs = dict(_hauteurs(feuille))

    def ancrer(self, bulle: Bulle) -> str:
        """L'ancre d'une note : colonne, pixels, ligne, pixels, du coin haut puis du coin bas."""
        lignes = sum(len(ligne) // _SIGNES_PAR_LIGNE + 1 for ligne in bulle.texte.split("\n"))
        gauche = min(bulle.colonne, COLONNES_MAX - 6)
        haut = max(bulle.ligne - 2, 0)
        droite, fin = _avancer(gauche, _LARGEUR, self._largeurs, 64, COLONNES_MAX - 1)
        hauteur = lignes * _HAUTEUR_DE_LIGNE + 10
        bas, sous = _avancer(haut, hauteur, self._hauteurs, 20, LIGNES_MAX - 1)
        return f"{gauche}, 15, {haut}, 2, {droite}, {fin}, {bas}, {sous}"


def _avancer(
    depart: int, distance: float, tailles: dict[int, float], ordinaire: float, dernier: int
) -> tuple[int, int]:
    """La case, et les pixels dedans, à cette distance du départ."""
    case, dernier = depart, min(dernier, depart + _CASES_MAX)
    while case < dernier and distance > (taille := tailles.get(case, ordinaire)):
        distance -= taille
        case += 1
    return case, int(distance)


def _largeurs(feuille: Element) -> Iterator[tuple[int, float]]:
    liste = enfant(feuille, "cols")
    for colonnes in () if liste is None else enfants(liste, "col"):
        largeur = 0 if colonnes.get("hidden") in ("1", "true") else _nombre(colonnes.get("width"))
        premiere, derniere = _nombre(colonnes.get("min")), _nombre(colonnes.get("max"))
        for colonne in range(int(premiere), min(int(derniere), int(premiere) + 200) + 1):
            yield colonne - 1, largeur * 7 + 5 if largeur else 0


def _hauteurs(feuille: Element) -> Iterator[tuple[int, float]]:
    donnees = enfant(feuille, "sheetData")
    for ligne in () if donnees is None else enfants(donnees, "row"):
        if ligne.get("hidden") in ("1", "true"):
            yield int(_nombre(ligne.get("r"))) - 1, 0
        elif ligne.get("ht"):
            yield int(_nombre(ligne.get("r"))) - 1, _nombre(ligne.get("ht")) * _PIXELS_PAR_POINT


def _nombre(texte: str | None) -> float:
    """Le nombre d'un attribut, dans des bornes ; 0 s'il manque ou n'en est pas un."""
    if not texte or not _NOMBRE.fullmatch(texte[:_CHIFFRES_MAX]):
        return 0
    return min(float(texte[:_CHIFFRES_MAX]), 1e6)
