"""Les pièces d'une consolidation : chaque classeur examiné, et le sort qui lui est fait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pilotage_xlsx.constats import Constat
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.textes import cle_large


@dataclass(frozen=True, slots=True)
class Examine:
    """Un classeur lu et contrôlé : ses constats, son empreinte SHA-256, sa taille.

    ``modifie`` est l'instant (avec son fuseau) que le tableur a inscrit dans le fichier, si connu.
    """

    registre: Registre
    constats: tuple[Constat, ...]
    empreinte: str
    octets: int
    modifie: datetime | None = None


class Sort(StrEnum):
    """Ce que la consolidation fait d'un classeur."""

    RETENU = "Retenu"
    ECARTE = "Écarté"
    REFUSE = "Refusé"


@dataclass(frozen=True, slots=True)
class Piece:
    """Un classeur examiné : son nom montré, son sort et, s'il n'est pas retenu, la raison.

    ``doublon_de`` est le nom montré du classeur retenu à sa place.
    """

    examine: Examine
    liens: Liens
    nom: str
    sort: Sort = Sort.RETENU
    raison: str = ""
    doublon_de: str | None = None

    @property
    def registre(self) -> Registre:
        """Le contenu du classeur."""
        return self.examine.registre

    @property
    def est_retenue(self) -> bool:
        """Vrai si ses lignes sont dans les tables."""
        return self.sort is Sort.RETENU


def trier(
    pieces: Sequence[Piece], prefere: Iterable[Path] = (), annee: int | None = None
) -> tuple[Piece, ...]:
    """Donne à chaque pièce son sort, dans l'ordre reçu.

    Sont refusés les classeurs illisibles ; écartés ceux d'une autre année que ``annee`` (si elle
    est donnée), et tous sauf un de ceux d'une même commune et d'une même année.
    """
    preferes = {chemin.resolve() for chemin in prefere}
    triees = [_admettre(piece, annee) for piece in pieces]
    for rangs in _groupes(triees):
        retenu, motif = _choisir([(rang, triees[rang]) for rang in rangs], preferes)
        for rang in rangs:
            if rang != retenu:
                triees[rang] = _ecarter(triees[rang], triees[retenu], motif)
    return tuple(triees)


def nommer(chemins: Sequence[Path]) -> tuple[str, ...]:
    """Le nom montré de chaque fichier : le plus court qui les distingue, sans dossier inutile."""
    absolus = [chemin.absolute() for chemin in chemins]
    distincts = len(set(absolus))
    profondeur = 1
    while True:
        noms = ["/".join(chemin.parts[-profondeur:]) for chemin in absolus]
        if len(set(noms)) == distincts:
            return tuple(noms)
        profondeur += 1


def _admettre(piece: Piece, annee: int | None) -> Piece:
    registre = piece.registre
    if registre.refus is not None:
        return replace(piece, sort=Sort.REFUSE, raison=registre.refus.phrase)
    if annee is None or registre.annee == annee:
        return piece
    lue = f"Année {registre.annee}" if registre.annee else "Année du rapport absente"
    return replace(piece, sort=Sort.ECARTE, raison=f"{lue} : {annee} est demandée.")


def _groupes(pieces: Sequence[Piece]) -> list[list[int]]:
    """Les rangs des pièces retenues d'une même commune et d'une même année, s'il y en a plus d'une.

    Un classeur sans nom de commune ne se confond avec aucun autre ; deux communes de même nom
    dans deux cantons restent deux communes.
    """
    groupes: dict[tuple[str, int | None], list[int]] = {}
    for rang, piece in enumerate(pieces):
        nom = cle_large(piece.registre.commune.texte("commune") or "")
        if piece.est_retenue and nom:
            groupes.setdefault((nom, piece.registre.annee), []).append(rang)
    return [
        groupe
        for rangs in groupes.values()
        for groupe in _par_canton(pieces, rangs)
        if len(groupe) > 1
    ]


def _par_canton(pieces: Sequence[Piece], rangs: Sequence[int]) -> Iterable[list[int]]:
    cantons: Mapping[int, str | None] = {
        rang: pieces[rang].registre.commune.texte("canton") for rang in rangs
    }
    connus = {canton for canton in cantons.values() if canton}
    if len(connus) <= 1:
        return [list(rangs)]
    return [[rang for rang in rangs if cantons[rang] == canton] for canton in sorted(connus)]


def _choisir(groupe: Sequence[tuple[int, Piece]], preferes: set[Path]) -> tuple[int, str]:
    """Le rang de la pièce à garder, et pourquoi : préférée, sinon la plus récente."""
    designes = [rang for rang, piece in groupe if piece.registre.fichier.resolve() in preferes]
    if designes:
        return designes[-1], "désigné par --prefere"
    instants = {rang: piece.examine.modifie for rang, piece in groupe}
    dates = {rang: instant for rang, instant in instants.items() if instant is not None}
    if len(dates) == len(instants) and len(set(dates.values())) > 1:
        return max(dates, key=lambda rang: (dates[rang], rang)), "modifié le plus récemment"
    return groupe[-1][0], "donné en dernier"


def _ecarter(piece: Piece, retenue: Piece, motif: str) -> Piece:
    if piece.examine.empreinte == retenue.examine.empreinte:
        raison = f"Copie identique de « {retenue.nom} »."
    else:
        raison = f"Même commune et même année que « {retenue.nom} », retenu car {motif}."
    return replace(piece, sort=Sort.ECARTE, raison=raison, doublon_de=retenue.nom)
