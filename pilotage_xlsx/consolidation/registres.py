"""Les tables des feuilles du modèle : chaque ligne avec la commune et le lieu d'où elle vient.

Colonnes : d'où vient la ligne (`ORIGINE`), celles du modèle, puis les colonnes propres aux communes
(« propres.En-tête »).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pilotage_xlsx.consolidation.extraits import Rangee
from pilotage_xlsx.consolidation.natives import Genree, Native, Type, genrer
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.rayon import Rayon
from pilotage_xlsx.consolidation.tables import Entete, Lien, Table, distinguer, entier
from pilotage_xlsx.metier.regroupement import Regroupement, selon_le_canton
from pilotage_xlsx.modele import Colonne, Feuille, Forme, Genre, Modele
from pilotage_xlsx.registre.donnees import PROPRES

ORIGINE = (
    Entete("source_commune", "Commune", 18, "gras"),
    entier("source_ofs", "N° OFS", 8, "numero"),
    Entete("source_canton", "Canton", 8),
    entier("source_annee", "Année", 8, "numero"),
    Entete("source_fichier", "Fichier", 24),
    Entete("source_feuille", "Feuille", 13),
    entier("source_ligne", "Ligne", 8, "numero"),
    Entete("en_vigueur", "En vigueur", 10, genree=Genree(Type.OUI_NON)),
)
"""Les colonnes que la consolidation ajoute."""

REUNI = Entete("source_prestataire", "Prestataire réuni", 24)
"""Le nom sous lequel un prestataire écrit de plusieurs façons se compte une fois."""

_NOMS_DE_PRESTATAIRE = {"outils": "prestataire", "prestataires": "nom"}
"""Où un registre nomme un prestataire."""

_STYLES = {
    Genre.DATE: "date",
    Genre.DATE_HEURE: "date_heure",
    Genre.CALCULE: "date",
    Genre.MONTANT: "montant",
    Genre.ENTIER: "numero",
}
_LARGEUR_PROPRE = 20
_LARGEUR_MAX = 36


class SourceDeTable(NamedTuple):
    """Ce dont les tables se tirent : les pièces retenues dans l'ordre, leurs lignes, les noms."""

    pieces: Sequence[Piece]
    rayon: Rayon
    modele: Modele
    prestataires: Regroupement


def tabler(feuille: Feuille, source: SourceDeTable) -> Table:
    """La table d'une feuille : les lignes de toutes les pièces retenues, sans les « Total »."""
    propres = _propres(feuille, source.pieces)
    est_fiche = feuille.forme is Forme.FICHE
    nom = "Fiches" if est_fiche else feuille.libelle
    return Table(
        feuille.id,
        nom,
        nom,
        (feuille.resume,),
        tuple(distinguer(_entetes(feuille, source, propres))),
        lambda: _rangees(feuille, source, propres),
        sum(len(source.rayon.lieux(piece.rang, feuille.id)[1]) for piece in source.pieces),
        est_registre=True,
        liens=lambda: _liens(feuille, source),
        liee="source_ligne" if not est_fiche else "source_feuille",
    )


def situer(piece: Piece) -> tuple[Native, ...]:
    """La commune d'une pièce : son nom, son numéro OFS, son canton, l'année du rapport."""
    tete = piece.tete
    return (tete.nom, tete.ofs, tete.canton, tete.annee)


def _entetes(feuille: Feuille, source: SourceDeTable, propres: Sequence[str]) -> Iterator[Entete]:
    est_fiche = feuille.forme is Forme.FICHE
    jumelles = {nom for piece in source.pieces for nom in piece.tete.jumelles.get(feuille.id, ())}
    for entete in ORIGINE:
        est_omise = est_fiche and entete.colonne not in ("source_fichier", "source_feuille")
        yield entete._replace(est_montree=not est_omise)
    if feuille.id in _NOMS_DE_PRESTATAIRE:
        yield REUNI
    for colonne in feuille.colonnes:
        yield _entete(colonne, source.modele)._replace(est_jumelee=colonne.id in jumelles)
    for nom in propres:
        yield Entete(f"{PROPRES}.{nom}", nom, _LARGEUR_PROPRE, genree=Genree(Type.LIBRE))


def _entete(colonne: Colonne, modele: Modele) -> Entete:
    largeur = min(colonne.largeur, _LARGEUR_MAX)
    style = _STYLES.get(colonne.genre, "texte")
    return Entete(colonne.id, colonne.libelle, largeur, style, genrer(colonne, modele))


def _propres(feuille: Feuille, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Les colonnes propres, dans l'ordre où elles apparaissent, une par en-tête."""
    entetes = (piece.tete.propres.get(feuille.id, ()) for piece in pieces)
    return tuple(dict.fromkeys(chain.from_iterable(entetes)))


def _versees(feuille: Feuille, source: SourceDeTable) -> Iterator[tuple[Piece, str, Rangee]]:
    for piece in source.pieces:
        if extraite := source.rayon.feuille(piece.rang, feuille.id):
            for rangee in extraite.rangees:
                if not rangee.est_totale:
                    yield piece, extraite.nom, rangee


def _rangees(
    feuille: Feuille, source: SourceDeTable, propres: Sequence[str]
) -> Iterator[Sequence[Native]]:
    nommee = _NOMS_DE_PRESTATAIRE.get(feuille.id)
    rangs = {colonne.id: rang for rang, colonne in enumerate(feuille.colonnes)}
    for piece, nom, rangee in _versees(feuille, source):
        debut = (*situer(piece), piece.nom, nom, rangee.numero, rangee.en_vigueur)
        reuni = (_reunir(piece, rangee, rangs, nommee, source),) if nommee else ()
        suite = (rangee.propres.get(entete) for entete in propres) if propres else ()
        yield (*debut, *reuni, *rangee.cellules, *suite)


def _reunir(
    piece: Piece, rangee: Rangee, rangs: dict[str, int], nommee: str, source: SourceDeTable
) -> str | None:
    nom = rangee.cellules[rangs[nommee]] if nommee in rangs else None
    ide = rangee.cellules[rangs["ide"]] if nommee == "nom" and "ide" in rangs else None
    if not isinstance(nom, str):
        return None
    return selon_le_canton(source.prestataires.nom(nom, str(ide or "")), piece.tete.canton)


def _liens(feuille: Feuille, source: SourceDeTable) -> Iterator[Lien]:
    for piece in source.pieces:
        nom, numeros = source.rayon.lieux(piece.rang, feuille.id)
        yield from (Lien(piece.rang, nom, numero) for numero in numeros)
