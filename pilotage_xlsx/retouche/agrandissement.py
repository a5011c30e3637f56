"""Agrandir : une table de plus de lignes, comme si le tableur en avait tiré le coin.

Les formules de sa dernière ligne descendent, et ce qui s'arrête avec elle, dans tout le classeur,
s'arrête plus bas : noms, menus, couleurs, comptes. Rien d'autre ne bouge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher, FeuilleARetoucher
from pilotage_xlsx.retouche.grille import GrilleARetoucher
from pilotage_xlsx.retouche.liens import liens_de
from pilotage_xlsx.retouche.schema import enfant, enfants, frere, local
from pilotage_xlsx.retouche.valeurs import cellules_de
from pilotage_xlsx.socle.adresses import LIGNES_MAX, lettres_de, situer_plage
from pilotage_xlsx.socle.motifs import motif

_FORMULES = frozenset({"f", "formula", "formula1", "formula2"})
_REGLES = frozenset({"conditionalFormatting", "dataValidation"})
_ZONE_IMPRIMEE = "_xlnm.Print_Area"
_COIN = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_REFERENCE = motif(r"(?<![\w.$'!])(\$?[A-Z]{1,3})(\$?)(\d{1,7})(?![\w.(!\[])")
_SANS_NOM = r"(?<![\w!:$.'])"
"""Ce qui précède une référence à la feuille même."""

_TEXTE = motif(r'("[^"]*")')
_TEXTE_OU_NOM = motif(r"""("[^"]*"|'[^']*'!?)""")
"""D'un guillemet doublé (« ""A"" »), deux morceaux qui se suivent : aucun ne se récrit."""


def agrandir(
    classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, ligne_entete: int, fin: int
) -> int | None:
    """La dernière ligne de la table, au moins ``fin`` ; rien si la feuille n'a pas de table."""
    trouvee = _table(feuille, ligne_entete)
    if trouvee is None:
        return None
    table, (haut, gauche, bas, droite) = trouvee
    if fin <= bas or fin > LIGNES_MAX:
        return bas
    _descendre(feuille, bas, fin)
    plage = f"{lettres_de(gauche)}{haut}:{lettres_de(droite)}{fin}"
    for element in (table, *enfants(table, "autoFilter")):
        element.set("ref", plage)
    bornes = {
        bas + 1: fin + 1,
        **{au_dela: au_dela + fin - bas for au_dela in _au_dela(feuille, bas)},
    }
    _deplacer_les_bornes(classeur, feuille, bornes)
    return fin


def imprimer_jusqu_a(classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, fin: int) -> None:
    """La zone imprimée de la feuille, si elle en a une, va au moins jusqu'à cette ligne."""
    motif = re.compile(rf"({_prefixe(feuille.nom)}\$?[A-Z]{{1,3}}\$?\d+:\$?[A-Z]{{1,3}}\$?)(\d+)")
    for nom in _noms_definis(classeur):
        if nom.get("name") == _ZONE_IMPRIMEE and nom.text:
            nom.text = motif.sub(lambda m: f"{m[1]}{max(int(m[2]), fin)}", nom.text)


def _table(
    feuille: FeuilleARetoucher, ligne_entete: int
) -> tuple[Element, tuple[int, int, int, int]] | None:
    for lien in liens_de(feuille.archive, feuille.partie):
        if lien.type == "table" and lien.cible in feuille.archive:
            plage = situer_plage(feuille.archive.lire(lien.cible).get("ref", ""))
            if plage and plage[0] == ligne_entete:
                return feuille.archive.racine(lien.cible, "table"), plage
    return None


def _descendre(feuille: FeuilleARetoucher, bas: int, fin: int) -> None:
    """Les formules de la dernière ligne, dans chacune des suivantes."""
    maitres = _formules_partagees(feuille)
    modeles = [
        (colonne, cellule.get("s"), formule)
        for (ligne, colonne), cellule in cellules_de(feuille.racine)
        if ligne == bas and (formule := enfant(cellule, "f")) is not None
    ]
    places = {(ligne, colonne) for ligne in range(bas + 1, fin + 1) for colonne, _, _ in modeles}
    grille = GrilleARetoucher(feuille.racine, places)
    for ligne in range(bas + 1, fin + 1):
        for colonne, style, formule in modeles:
            cellule = grille.exiger((ligne, colonne))
            if cellule is None or len(cellule):
                continue
            if style:
                cellule.set("s", style)
            cellule.append(_copier(cellule, formule, maitres, ligne - bas))
    for maitre in maitres.values():
        plage = situer_plage(maitre.get("ref", ""))
        if plage and plage[2] == bas:
            haut, gauche, _, droite = plage
            maitre.set("ref", f"{lettres_de(gauche)}{haut}:{lettres_de(droite)}{fin}")


def _formules_partagees(feuille: FeuilleARetoucher) -> dict[str, Element]:
    """Par rang, la formule que d'autres cellules partagent."""
    formules = (enfant(cellule, "f") for _, cellule in cellules_de(feuille.racine))
    return {
        f.get("si", ""): f
        for f in formules
        if f is not None and f.get("t") == "shared" and f.get("ref")
    }


def _copier(cellule: Element, formule: Element, maitres: dict[str, Element], pas: int) -> Element:
    """La même formule, ``pas`` lignes plus bas."""
    neuve: Element = cellule.makeelement(frere(cellule, "f"))
    if formule.get("t") == "shared" and formule.get("si", "") in maitres:
        neuve.set("t", "shared")
        neuve.set("si", formule.get("si"))
    else:
        neuve.text = descendre_la_formule(formule.text or "", pas)
    return neuve


def descendre_la_formule(formule: str, pas: int) -> str:
    """La formule, telle que recopiée ``pas`` lignes plus bas : seul ce qui est relatif bouge.

    >>> descendre_la_formule('IF(A7="A7",$B7,\\'Feuille 7\\'!C$7+LOG10(D7))', 3)
    'IF(A10="A7",$B10,\\'Feuille 7\\'!C$7+LOG10(D10))'
    """

    def bouger(reference: re.Match[str]) -> str:
        colonne, absolue, ligne = reference.groups()
        return f"{colonne}{absolue}{int(ligne) + (0 if absolue else pas)}"

    morceaux = _TEXTE_OU_NOM.split(formule)
    return "".join(
        morceau if rang % 2 else _REFERENCE.sub(bouger, morceau)
        for rang, morceau in enumerate(morceaux)
    )


def _au_dela(feuille: FeuilleARetoucher, bas: int) -> set[int]:
    """Où s'arrêtent les couleurs et les menus de la feuille, plus bas que sa table."""
    elements = (e for e in feuille.racine.iter() if isinstance(e.tag, str))
    plages = (
        situer_plage(plage)
        for e in elements
        if local(e) in _REGLES
        for plage in e.get("sqref", "").split()
    )
    return {plage[2] for plage in plages if plage and bas + 1 < plage[2] < LIGNES_MAX}


def _deplacer_les_bornes(
    classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, bornes: dict[int, int]
) -> None:
    """Ce qui s'arrête à ces lignes de la feuille s'arrête ailleurs, dans tout le classeur."""
    nommee = _prefixe(feuille.nom)
    ailleurs, ici = _remplacant(nommee, bornes), _remplacant(rf"(?:{nommee}|{_SANS_NOM})", bornes)
    for nom in _noms_definis(classeur):
        nom.text = ailleurs(nom.text or "")
    for autre in classeur.distinctes:
        if autre.partie == feuille.partie:
            _recrire(autre.racine, ici)
            _etendre(autre.racine, bornes)
        elif autre.archive.contient(autre.partie, feuille.nom.encode()):
            _recrire(autre.racine, ailleurs)
            autre.ranger()


def _recrire(racine: Element, remplacer: Callable[[str], str]) -> None:
    for element in racine.iter():
        if isinstance(element.tag, str) and local(element) in _FORMULES and element.text:
            element.text = remplacer(element.text)


def _etendre(racine: Element, bornes: dict[int, int]) -> None:
    """Les plages des couleurs et des menus de la feuille, jusqu'à leur nouvelle borne."""

    def descendre(plages: str) -> str:
        return re.sub(r"\d+", lambda m: str(bornes.get(int(m[0]), int(m[0]))), plages)

    for element in racine.iter():
        if isinstance(element.tag, str) and local(element) in _REGLES:
            element.set("sqref", descendre(element.get("sqref", "")))


def _remplacant(prefixe: str, bornes: dict[int, int]) -> Callable[[str], str]:
    """Ce qui, dans une formule, remplace les lignes fixes (« $67 ») où la feuille s'arrêtait."""
    motif = re.compile(rf"({prefixe})({_COIN})(:{_COIN})?")

    def deplacer(coin: str) -> str:
        devant, _, ligne = coin.rpartition("$")
        est_fixe = bool(devant) and ligne.isdigit()
        return f"{devant}${bornes.get(int(ligne), int(ligne))}" if est_fixe else coin

    def remplacer(formule: str) -> str:
        morceaux = _TEXTE.split(formule)
        return "".join(
            morceau
            if rang % 2
            else motif.sub(lambda m: f"{m[1]}{deplacer(m[2])}{deplacer(m[3] or '')}", morceau)
            for rang, morceau in enumerate(morceaux)
        )

    return remplacer


def _prefixe(nom: str) -> str:
    """Comment une formule nomme la feuille : entre apostrophes, ou non."""
    cite = re.escape("'" + nom.replace("'", "''") + "'")
    return rf"(?:{cite}|(?<![\w.']){re.escape(nom)})!"


def _noms_definis(classeur: ClasseurARetoucher) -> Iterator[Element]:
    liste = enfant(classeur.racine, "definedNames")
    yield from () if liste is None else enfants(liste, "definedName")
