"""Quelle colonne du modèle une place tient : sa clé cachée, son texte, et qui l'emporte.

Une « place » est un numéro de colonne dans un registre, un numéro de ligne dans une fiche.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.textes import Texte, cle_large

TECHNIQUE = "#"
"""Une clé « commune.#valeur » désigne une place à nous qui n'est pas une colonne du modèle."""


class Correspondance(msgspec.Struct, frozen=True):
    """Les places retrouvées ; ``en_double`` : une colonne du modèle trouvée une fois de trop."""

    places: Mapping[str, int]
    en_double: tuple[tuple[str, int], ...]


class Intitules(msgspec.Struct, frozen=True):
    """Les textes qui désignent les colonnes d'une feuille, par forme comparable."""

    libelles: Mapping[str, str]
    synonymes: Mapping[str, str]

    def colonne_de(self, texte: Texte) -> str | None:
        """La colonne que ce texte désigne, par son libellé ou par un synonyme."""
        cle = cle_large(texte)
        return self.libelles.get(cle) or self.synonymes.get(cle)

    @property
    def total(self) -> int:
        """Combien de colonnes il y a."""
        return len(self.libelles)

    def compter(self, textes: Iterable[str]) -> int:
        """Combien de colonnes différentes ces textes désignent."""
        return len({self.colonne_de(texte) for texte in textes} - {None})


def intituler(feuille: Feuille) -> Intitules:
    """Les intitulés d'une feuille du modèle, préparés une fois."""
    if intituler not in feuille.memoire:
        feuille.memoire[intituler] = _intituler(feuille)
    prets: Intitules = feuille.memoire[intituler]
    return prets


def _intituler(feuille: Feuille) -> Intitules:
    return Intitules(
        {cle_large(colonne.libelle): colonne.id for colonne in feuille.colonnes},
        {
            cle_large(nom): colonne.id
            for colonne in feuille.colonnes
            for nom in (*colonne.synonymes, *colonne.anciens_noms)
        },
    )


def cles_de(rangee: Mapping[int, Cellule], feuille: Feuille) -> dict[int, str]:
    """Les clés cachées d'une ligne, par place : « outils.nom » donne « nom ».

    Celle d'une autre version donne la colonne d'aujourd'hui ; si elle n'en a plus, elle reste.
    """
    ecrites = cles_ecrites(rangee, feuille)
    return {p: feuille.cles_d_avant.get(c) or c.partition(".")[2] for p, c in ecrites.items()}


def cles_ecrites(rangee: Mapping[int, Cellule], feuille: Feuille) -> dict[int, str]:
    """Les clés cachées d'une ligne, par place, telles qu'écrites : « outils.nom »."""
    debuts = tuple(f"{prefixe}." for prefixe in feuille.prefixes)
    return {
        place: cellule.texte.strip()
        for place, cellule in rangee.items()
        if "." in cellule.texte
        and cellule.nature is NatureDeCellule.TEXTE
        and cellule.texte.strip().startswith(debuts)
    }


def d_avant(
    ecrites: Mapping[int, str], feuille: Feuille, textes: Mapping[int, str]
) -> dict[str, str]:
    """Les clés écrites que cette version n'écrit plus, et le texte de leur place."""
    connues = {f"{feuille.id}.{colonne}" for colonne in feuille.par_id}
    return {
        cle: " ".join(textes[place].split())
        for place, cle in ecrites.items()
        if place in textes and cle not in connues and TECHNIQUE not in cle
    }


def etrangeres(cles: Mapping[int, str], feuille: Feuille) -> dict[int, str]:
    """Les places qu'une autre version a remplies d'une colonne que celle-ci n'a plus.

    Leur texte ne désigne rien : « Contact », scindé depuis, n'est pas un synonyme d'une part.
    """
    return {
        place: cle
        for place, cle in cles.items()
        if cle not in feuille.par_id and not cle.startswith(TECHNIQUE)
    }


def faire_correspondre(
    intitules: Intitules, cles: Mapping[int, str], textes: Mapping[int, str]
) -> Correspondance:
    """Attribue chaque place ; la clé l'emporte sur le texte, sauf si les cellules ont bougé.

    Elles ont bougé sous des clés restées en place quand le texte d'une place désigne une autre
    colonne, ou n'est plus là, et que le libellé de la sienne se trouve ailleurs.
    """
    par_texte = {place: intitules.colonne_de(texte) for place, texte in textes.items()}
    designees = frozenset(par_texte.values())
    parties = {intitules.libelles.get(cle_large(texte)) for texte in textes.values()}
    cles = {p: cle for p, cle in cles.items() if p in textes or cle not in parties}
    retenues = {
        place: _arbitrer(place, cle, par_texte, designees) or cle
        for place, cle in sorted(cles.items(), key=lambda x: (par_texte.get(x[0]) != x[1], x[0]))
    }
    exactes = {
        place: intitules.libelles[cle_large(texte)]
        for place, texte in sorted(textes.items())
        if place not in cles and cle_large(texte) in intitules.libelles
    }
    places, en_double = _sans_doubles((*retenues.items(), *exactes.items()))
    for place, colonne in sorted(par_texte.items()):
        if colonne and colonne not in places and place not in {*cles, *exactes}:
            places[colonne] = place
    return Correspondance(places, en_double)


def _arbitrer(
    place: int, cle: str, par_texte: Mapping[int, str | None], designees: Collection[str | None]
) -> str | None:
    """La colonne que dit le texte s'il l'emporte sur la clé, dite ailleurs ; sinon rien."""
    dite = par_texte.get(place)
    return dite if dite != cle and cle in designees else None


def _sans_doubles(
    attributions: Iterable[tuple[int, str]],
) -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    places: dict[str, int] = {}
    en_double: list[tuple[str, int]] = []
    for place, colonne in attributions:
        if colonne in places:
            en_double.append((colonne, place))
        else:
            places[colonne] = place
    return places, tuple(en_double)
