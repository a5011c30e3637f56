"""Les cases d'une fiche : une valeur par ligne, retrouvée par sa clé cachée ou par son intitulé."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from pilotage_xlsx.lecture.correspondance import (
    TECHNIQUE,
    cles_de,
    cles_ecrites,
    d_avant,
    etrangeres,
    faire_correspondre,
    intituler,
)
from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.socle.textes import est_vide

_VALEUR = f"{TECHNIQUE}valeur"
_LABELS_AU_MOINS = 3


class FicheTrouvee(msgspec.Struct, frozen=True):
    """Où sont les valeurs ; ``propres`` : les lignes ajoutées par la commune, par intitulé."""

    ligne: int
    cases: Mapping[str, tuple[int, int]]
    propres: Mapping[str, tuple[int, int]]
    en_double: tuple[tuple[str, int], ...] = ()
    anciennes: Mapping[str, str] = msgspec.field(default_factory=dict)


def trouver_fiche(grille: Grille, feuille: Feuille) -> FicheTrouvee | None:
    """Les cases d'une fiche, ou rien si la feuille n'en a pas de reconnaissable."""
    cles = {numero: cles_de(rangee, feuille) for numero, rangee in grille.lignes.items()}
    connues = {
        numero: next((cle for cle in ici.values() if cle in feuille.par_id), "")
        for numero, ici in cles.items()
    }
    connues = {numero: cle for numero, cle in connues.items() if cle}
    intitules = intituler(feuille)
    colonne = _colonne_des_intitules(grille, cles, connues or _lignes_designees(grille, feuille))
    if colonne is None:
        return None
    valeurs = _colonne_marquee(cles.values()) or colonne + 1
    textes = _textes(grille, colonne)
    designants = {
        ligne: texte
        for ligne, texte in textes.items()
        if not any(place < colonne for place in etrangeres(cles[ligne], feuille))
    }
    trouvee = faire_correspondre(intitules, connues, designants)
    tenues = {*trouvee.places.values(), *(ligne for _, ligne in trouvee.en_double)}
    entete = _ligne_entete(cles, trouvee.places)
    propres = {ligne: t for ligne, t in textes.items() if ligne > entete and ligne not in tenues}
    return FicheTrouvee(
        entete,
        {champ: (ligne, valeurs) for champ, ligne in trouvee.places.items()},
        {texte: (ligne, valeurs) for ligne, texte in propres.items()},
        tuple((champ, valeurs) for champ, _ in trouvee.en_double),
        _anciennes(grille, feuille, colonne, textes),
    )


def _anciennes(
    grille: Grille, feuille: Feuille, colonne: int, textes: Mapping[int, str]
) -> Mapping[str, str]:
    """Les clés d'une autre version, à gauche des intitulés, et leur intitulé."""
    cles = {
        numero: cle
        for numero, rangee in grille.lignes.items()
        for place, cle in cles_ecrites(rangee, feuille).items()
        if place < colonne
    }
    return d_avant(cles, feuille, textes)


def _lignes_designees(grille: Grille, feuille: Feuille) -> Iterable[int]:
    """Sans clés : les lignes où un texte désigne une colonne, s'il y en a assez."""
    intitules = intituler(feuille)
    lignes = [
        numero
        for numero, rangee in grille.lignes.items()
        if any(intitules.colonne_de(cellule.texte) for cellule in rangee.values())
    ]
    return lignes if len(lignes) >= _LABELS_AU_MOINS else ()


def _colonne_des_intitules(
    grille: Grille, cles: Mapping[int, Mapping[int, str]], lignes: Iterable[int]
) -> int | None:
    """La colonne où ces lignes ont le plus souvent leur premier texte après la clé."""
    premieres = (
        min((place for place in grille.lignes[ligne] if place not in cles[ligne]), default=0)
        for ligne in lignes
    )
    compte = Counter(place for place in premieres if place)
    return compte.most_common(1)[0][0] if compte else None


def _colonne_marquee(cles: Iterable[Mapping[int, str]]) -> int | None:
    return next((place for ici in cles for place, cle in ici.items() if cle == _VALEUR), None)


def _textes(grille: Grille, colonne: int) -> dict[int, str]:
    return {
        numero: rangee[colonne].texte
        for numero, rangee in grille.lignes.items()
        if colonne in rangee and not est_vide(rangee[colonne].texte)
    }


def _ligne_entete(cles: Mapping[int, Mapping[int, str]], places: Mapping[str, int]) -> int:
    """La ligne d'en-tête : celle qui suit la marque des valeurs, sinon la première des cases."""
    marque = next((numero for numero, ici in cles.items() if _VALEUR in ici.values()), None)
    return min(places.values(), default=1) if marque is None else marque + 1
