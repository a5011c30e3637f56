"""L'en-tête d'un registre : sa ligne, et la place de chaque colonne du modèle.

Les en-têtes se lisent dans les cellules, jamais dans la partie table, qui peut dire l'ancien.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import msgspec

from pilotage_xlsx.lecture.correspondance import (
    TECHNIQUE,
    Intitules,
    cles_de,
    cles_ecrites,
    d_avant,
    etrangeres,
    faire_correspondre,
    intituler,
)
from pilotage_xlsx.lecture.grille import Grille, Rangee
from pilotage_xlsx.modele import ENTETE_TECHNIQUE, ETAT, TECHNIQUES_D_AVANT, Feuille
from pilotage_xlsx.socle.textes import Texte, est_vide

LIGNES_EXAMINEES = 40
_SOUS_LES_CLES = 10


class EnteteTrouvee(msgspec.Struct, frozen=True):
    """Où sont les colonnes ; ``techniques`` : celles que le produit ajoute et ne relit pas."""

    ligne: int
    colonnes: Mapping[str, int]
    textes: Mapping[int, str]
    techniques: frozenset[int] = frozenset()
    en_double: tuple[tuple[str, int], ...] = ()
    anciennes: Mapping[str, str] = msgspec.field(default_factory=dict)


def trouver_entete(grille: Grille, feuille: Feuille) -> EnteteTrouvee | None:
    """L'en-tête d'un registre, ou rien si la feuille n'en a pas de reconnaissable."""
    intitules = intituler(feuille)
    ligne_des_cles, cles = _trouver_cles(grille, feuille)
    ligne = (
        _ligne_sous_les_cles(grille, intitules, ligne_des_cles)
        if cles
        else _ligne_la_mieux_reconnue(grille, intitules, feuille)
    )
    if ligne is None:
        return None
    lus = _textes(grille.lignes.get(ligne, {}))
    techniques = frozenset(place for place, cle in cles.items() if cle.startswith(TECHNIQUE))
    techniques |= _techniques_par_entete(lus)
    textes = {place: texte for place, texte in lus.items() if place not in techniques}
    connues = {place: cle for place, cle in cles.items() if cle in feuille.par_id}
    autres = etrangeres(cles, feuille)
    designants = {place: texte for place, texte in textes.items() if place not in autres}
    trouvee = faire_correspondre(intitules, connues, designants)
    ecrites = cles_ecrites(grille.lignes.get(ligne_des_cles, {}), feuille)
    anciennes = d_avant(ecrites, feuille, textes)
    return EnteteTrouvee(ligne, trouvee.places, textes, techniques, trouvee.en_double, anciennes)


def _techniques_par_entete(textes: Mapping[int, str]) -> frozenset[int]:
    """Nos colonnes calculées, quand la ligne de clés manque ; sans elles, « État » est à autrui."""
    a_nous = {place for place, texte in textes.items() if _est_technique(texte)}
    etat = {place for place, texte in textes.items() if texte == ETAT} if a_nous else set()
    return frozenset(a_nous | etat)


def _est_technique(texte: Texte) -> bool:
    return texte.startswith(ENTETE_TECHNIQUE) or texte in TECHNIQUES_D_AVANT


def _trouver_cles(grille: Grille, feuille: Feuille) -> tuple[int, Mapping[int, str]]:
    """La ligne qui porte le plus de clés de la feuille, et ces clés."""
    trouvees: tuple[int, Mapping[int, str]] = (0, {})
    for numero, rangee in islice(grille.lignes.items(), LIGNES_EXAMINEES):
        cles = cles_de(rangee, feuille)
        if len(cles) > len(trouvees[1]):
            trouvees = numero, cles
        if feuille.par_id.keys() <= set(cles.values()):  # aucune n'en aurait davantage
            break
    return trouvees


def _ligne_sous_les_cles(grille: Grille, intitules: Intitules, cles: int) -> int:
    """La ligne sous les clés, ou plus bas la première mieux reconnue (une ligne insérée entre)."""
    mieux, trouvee = -1, cles + 1
    for numero in range(cles + 1, cles + 1 + _SOUS_LES_CLES):
        if len(grille.lignes.get(numero, ())) <= mieux:  # ni ses textes, ni leurs colonnes
            continue
        if (reconnus := _reconnus(grille, intitules, numero)) > mieux:
            mieux, trouvee = reconnus, numero
        if mieux == intitules.total:
            break
    return trouvee


def _ligne_la_mieux_reconnue(grille: Grille, intitules: Intitules, feuille: Feuille) -> int | None:
    """La ligne qui désigne le plus de colonnes : trois, ou deux dont la clé du registre.

    Celle qui porte aussi nos en-têtes techniques passe devant : au-dessus d'elle, la zone cachée
    redit les libellés.
    """

    def preference(numero: int) -> tuple[bool, int]:
        reconnus = _reconnus(grille, intitules, numero)
        textes = _textes(grille.lignes[numero]).values() if reconnus else ()
        return any(map(_est_technique, textes)), reconnus

    numero = max(islice(grille.lignes, LIGNES_EXAMINEES), key=preference, default=None)
    if numero is None:
        return None
    designees = {intitules.colonne_de(texte) for texte in _textes(grille.lignes[numero]).values()}
    designees.discard(None)
    suffit = len(designees) >= 3 or (len(designees) == 2 and feuille.cle in designees)
    return numero if suffit else None


def _reconnus(grille: Grille, intitules: Intitules, numero: int) -> int:
    return intitules.compter(_textes(grille.lignes.get(numero, {})).values())


def _textes(rangee: Rangee) -> dict[int, str]:
    return {
        place: cellule.texte for place, cellule in rangee.items() if not est_vide(cellule.texte)
    }
