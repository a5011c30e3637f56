"""La couleur d'une cellule fautive : une mise en forme conditionnelle, avant toutes les autres.

Le fond posé sur la cellule (`fonds.py`) ne se verrait pas toujours : nos classeurs colorent chaque
ligne par mise en forme conditionnelle, qui le recouvre dans Excel comme dans LibreOffice. Celle-ci
passe devant, et sa formule la fait reconnaître pour l'enlever, aussi après un enregistrement par
un tableur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import FeuilleARetoucher
from pilotage_xlsx.retouche.schema import enfant, enfants, entier, fragment, placer
from pilotage_xlsx.retouche.styles import Styles
from pilotage_xlsx.socle.adresses import lettres_de

Place = tuple[int, int]
"""La ligne et la colonne d'une cellule, dès 1."""

PALETTE: Mapping[Gravite, tuple[str, str, str, str]] = {
    Gravite.ERREUR: ("F9D9DE", "7A0B1E", "7A0B1E", "<b/>"),
    Gravite.AVERTISSEMENT: ("FFE2B8", "9A5B00", "5C3A00", ""),
    Gravite.A_REMPLIR: ("FCE4D6", "C55A11", "5C1A00", ""),
    Gravite.ATTENTION: ("FFF6D6", "4A3B00", "4A3B00", "<i/>"),
}
"""Fond, bord, texte et graisse de chaque gravité : « à corriger », « manque », « à clarifier »."""

_MARQUE = '"pilotage-xlsx"<>""'
_NOM = b"pilotage-xlsx"
_PLAGES_PAR_BLOC = 200


def colorer(feuille: FeuilleARetoucher, gravites: Mapping[Place, Gravite], styles: Styles) -> None:
    """Colore ces cellules, chacune de la couleur de sa gravité."""
    blocs = list(_blocs(gravites))
    _decaler_les_priorites(feuille.racine, len(blocs))
    precedent = None
    for priorite, (gravite, plages) in enumerate(blocs, 1):
        dxf = styles.ajouter_dxf(_dxf(gravite))
        regle = f'<cfRule type="expression" dxfId="{dxf}" priority="{priorite}"/>'
        bloc = fragment(
            feuille.racine,
            f'<conditionalFormatting sqref="{plages}">{regle}</conditionalFormatting>',
        )
        formule = fragment(feuille.racine, "<formula/>")
        formule.text = _MARQUE
        bloc[0].append(formule)
        if precedent is None:
            placer(feuille.racine, bloc, avant_ses_freres=True)
        else:
            precedent.addnext(bloc)
        precedent = bloc


def decolorer(feuille: FeuilleARetoucher) -> bool:
    """Enlève nos couleurs ; vrai s'il y en avait. Un tableur a pu les regrouper avec d'autres."""
    if not feuille.archive.contient(feuille.partie, _NOM):
        return False
    vue = feuille.archive.lire(feuille.partie)
    if not any(map(_est_notre, vue.iter("{*}cfRule", "cfRule"))):
        return False
    for bloc in list(enfants(feuille.racine, "conditionalFormatting")):
        notres = [regle for regle in enfants(bloc, "cfRule") if _est_notre(regle)]
        for regle in notres:
            bloc.remove(regle)
        if notres and enfant(bloc, "cfRule") is None:
            feuille.racine.remove(bloc)
    return True


def _blocs(gravites: Mapping[Place, Gravite]) -> Iterator[tuple[Gravite, str]]:
    """Par gravité, des plages assez peu nombreuses pour tenir dans un attribut."""
    for gravite in Gravite:
        plages = list(_en_plages(place for place, g in gravites.items() if g is gravite))
        for debut in range(0, len(plages), _PLAGES_PAR_BLOC):
            yield gravite, " ".join(plages[debut : debut + _PLAGES_PAR_BLOC])


def _est_notre(regle: Element) -> bool:
    formule = enfant(regle, "formula")
    return formule is not None and "".join((formule.text or "").split()) == _MARQUE


def _decaler_les_priorites(racine: Element, decalage: int) -> None:
    """Laisse libres les premières priorités ; l'ordre entre les règles existantes reste le leur."""
    for regle in racine.iter("{*}cfRule", "cfRule"):
        priorite = entier(regle.get("priority"), -1)
        if priorite >= 0:
            regle.set("priority", str(priorite + decalage))


def _dxf(gravite: Gravite) -> str:
    fond, bord, texte, graisse = PALETTE[gravite]
    cotes = "".join(
        f'<{cote} style="thin"><color rgb="FF{bord}"/></{cote}>'
        for cote in ("left", "right", "top", "bottom")
    )
    return (
        f'<font>{graisse}<color rgb="FF{texte}"/></font>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fond}"/>'
        f'<bgColor rgb="FF{fond}"/></patternFill></fill><border>{cotes}</border>'
    )


def _en_plages(places: Iterable[Place]) -> Iterator[str]:
    """Les cellules d'une même colonne qui se suivent, en une plage."""
    debut = fin = (0, 0)
    for ligne, colonne in sorted(places, key=lambda place: (place[1], place[0])):
        if (fin[0] + 1, fin[1]) != (ligne, colonne):
            if debut[0]:
                yield _plage(debut, fin)
            debut = (ligne, colonne)
        fin = (ligne, colonne)
    if debut[0]:
        yield _plage(debut, fin)


def _plage(debut: Place, fin: Place) -> str:
    premiere = f"{lettres_de(debut[1])}{debut[0]}"
    return premiere if debut == fin else f"{premiere}:{lettres_de(fin[1])}{fin[0]}"
