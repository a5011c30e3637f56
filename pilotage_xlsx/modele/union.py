"""L'union d'un modèle et de ses touches : les colonnes et les valeurs de toutes.

Des communes touchées et d'autres qui ne le sont pas se joignent d'après elle. Elle ne sert qu'à
ranger des lignes déjà jugées, chacune d'après son modèle.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pilotage_xlsx.modele import Colonne, Feuille, Modele
from pilotage_xlsx.modele.vocabulaire import Liste


def unir(modeles: Sequence[Modele]) -> Modele | None:
    """Le premier, et ce que les autres y ajoutent ; rien s'ils ne s'accordent pas.

    Ils s'accordent s'ils ont les mêmes feuilles, et si une même colonne y est de même nature ; deux
    versions d'un même modèle ne s'unissent pas.
    """
    premier, *autres = modeles
    if len({modele.identite.id for modele in modeles}) < len(modeles):
        return None
    for autre in autres:
        if not _s_accordent(premier, autre):
            return None
        premier = _joindre(premier, autre)
    return premier


def _s_accordent(un: Modele, autre: Modele) -> bool:
    feuilles = {feuille.id: feuille for feuille in autre.a_lire}
    return {feuille.id for feuille in un.a_lire} == feuilles.keys() and all(
        (feuille.forme, feuille.cle) == (feuilles[feuille.id].forme, feuilles[feuille.id].cle)
        and all(
            colonne.id not in feuilles[feuille.id].par_id
            or _nature(colonne) == _nature(feuilles[feuille.id].par_id[colonne.id])
            for colonne in feuille.colonnes
        )
        for feuille in un.a_lire
    )


def _nature(colonne: Colonne) -> tuple[object, ...]:
    return (colonne.genre, colonne.liste, colonne.unite)


def _joindre(un: Modele, autre: Modele) -> Modele:
    listes = {**autre.listes, **un.listes}
    return replace(
        un,
        feuilles=tuple(_etendre(feuille, autre) for feuille in un.feuilles),
        acceptations=un.acceptations and _etendre(un.acceptations, autre),
        listes={nom: _completer(liste, autre.listes.get(nom)) for nom, liste in listes.items()},
    )


def _etendre(feuille: Feuille, autre: Modele) -> Feuille:
    en_plus = (c for c in autre.par_id[feuille.id].colonnes if c.id not in feuille.par_id)
    return replace(feuille, colonnes=(*feuille.colonnes, *en_plus))


def _completer(liste: Liste, autre: Liste | None) -> Liste:
    """Les valeurs des deux ; une valeur que l'un nomme autrement garde ses deux noms."""
    connues = set(liste.choix)
    en_plus = (mot for mot in (autre.valeurs if autre else ()) if mot.libelle not in connues)
    return replace(liste, valeurs=(*liste.valeurs, *en_plus))
