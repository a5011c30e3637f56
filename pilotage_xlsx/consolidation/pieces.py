"""Les pièces d'une consolidation : chaque classeur examiné, et le sort qui lui est fait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.extraits import Tete


class Sort(StrEnum):
    """Ce que la consolidation fait d'un classeur."""

    RETENU = "Retenu"
    ECARTE = "Écarté"
    REFUSE = "Refusé"


class Piece(NamedTuple):
    """Un classeur extrait : son rang dans le rayon, son nom montré, son sort et la raison.

    ``doublon_de`` est le nom montré du classeur retenu à sa place.
    """

    tete: Tete
    rang: int
    nom: str
    sort: Sort = Sort.RETENU
    raison: str = ""
    doublon_de: str | None = None

    @property
    def est_retenue(self) -> bool:
        """Vrai si ses lignes sont dans les tables."""
        return self.sort is Sort.RETENU

    @property
    def est_lue(self) -> bool:
        """Faux si le classeur a été refusé."""
        return self.tete.refus is None

    def comptes(self, registre: str) -> Comptes:
        """Les comptes d'un de ses registres ; tout à zéro s'il est refusé ou ne l'a pas."""
        comptes = self.tete.comptes.get(registre, Comptes())
        return comptes if self.est_retenue else comptes.ecarter()

    @property
    def total(self) -> Comptes:
        """Les comptes de tous ses registres."""
        return sum(map(self.comptes, self.tete.comptes), Comptes())


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
    tete = piece.tete
    if tete.refus is not None:
        return piece._replace(sort=Sort.REFUSE, raison=tete.refus)
    if annee is None or tete.annee == annee:
        return piece
    lue = f"Année {tete.annee}" if tete.annee else "Année du rapport absente"
    return piece._replace(sort=Sort.ECARTE, raison=f"{lue} : {annee} est demandée.")


def _groupes(pieces: Sequence[Piece]) -> list[list[int]]:
    """Les rangs des pièces retenues d'une même commune et d'une même année, s'il y en a plus d'une.

    Un classeur sans nom de commune ne se confond avec aucun autre ; deux communes de même nom
    dans deux cantons restent deux communes.
    """
    groupes: dict[tuple[str, int | None], list[int]] = {}
    for rang, piece in enumerate(pieces):
        if piece.est_retenue and piece.tete.cle:
            groupes.setdefault((piece.tete.cle, piece.tete.annee), []).append(rang)
    return [
        groupe
        for rangs in groupes.values()
        for groupe in _par_canton(pieces, rangs)
        if len(groupe) > 1
    ]


def _par_canton(pieces: Sequence[Piece], rangs: Sequence[int]) -> Iterable[list[int]]:
    cantons: Mapping[int, str | None] = {rang: pieces[rang].tete.canton for rang in rangs}
    connus = {canton for canton in cantons.values() if canton}
    if len(connus) <= 1:
        return [list(rangs)]
    return [[rang for rang in rangs if cantons[rang] == canton] for canton in sorted(connus)]


def _choisir(groupe: Sequence[tuple[int, Piece]], preferes: set[Path]) -> tuple[int, str]:
    """Le rang de la pièce à garder, et pourquoi : préférée, sinon la plus récente."""
    designes = [rang for rang, piece in groupe if piece.tete.chemin.resolve() in preferes]
    if designes:
        return designes[-1], "désigné par qui réunit"
    instants = {rang: piece.tete.modifie for rang, piece in groupe}
    dates = {rang: instant for rang, instant in instants.items() if instant is not None}
    if len(dates) == len(instants) and len(set(dates.values())) > 1:
        return max(dates, key=lambda rang: (dates[rang], rang)), "modifié le plus récemment"
    return groupe[-1][0], "donné en dernier"


def _ecarter(piece: Piece, retenue: Piece, motif: str) -> Piece:
    if piece.tete.empreinte == retenue.tete.empreinte:
        raison = f"Copie identique de « {retenue.nom} »."
    else:
        raison = f"Même commune et même année que « {retenue.nom} », retenu car {motif}."
    return piece._replace(sort=Sort.ECARTE, raison=raison, doublon_de=retenue.nom)
