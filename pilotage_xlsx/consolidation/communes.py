"""La table des communes : une ligne par commune et par année, ses comptes et sa complétude."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.consolidation.natives import Genree, Native, Type
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.registres import ORIGINE, situer
from pilotage_xlsx.consolidation.tables import Entete, Table, entier
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.typographie import nombre

_FIN = (
    entier("erreurs", "Erreurs", 9),
    entier("avertissements", "Avertissements", 15),
    entier("a_remplir", "À remplir", 10),
    entier("attentions", "Points d'attention", 11),
    entier("outils", "Outils en service", 9),
    entier("indispensables", "dont indispensables", 15),
    Entete("cout_annuel", "Coût annuel connu (CHF)", 14, "montant", Genree(Type.REEL)),
    entier("outils_au_cout_connu", "Coûts connus", 10),
    Entete("source_fichier", "Fichier", 20),
)


def dresser(pieces: Sequence[Piece], modele: Modele, phrases: tuple[str, ...]) -> Table:
    """La table des pièces retenues ; « completude.outils » dit « 20 sur 25 » ou « sans objet »."""
    entetes = (
        *ORIGINE[:4],
        Entete("completude", "Complètes", 12, "part"),
        entier("incompletes", "À compléter", 12),
        *(Entete(f"completude.{f.id}", f.libelle, 13, "part") for f in modele.registres),
        *_FIN,
    )
    phrases = (
        *phrases, "Complètes : lignes complètes sur lignes en vigueur, au total puis par registre."
    )  # fmt: skip
    titre = f"Consolidation de {nombre(len(pieces))} classeur{'s' if len(pieces) > 1 else ''}"
    return Table(
        "communes", "Communes", titre, phrases, entetes,
        lambda: _rangees(pieces, modele), len(pieces),
    )  # fmt: skip


def _rangees(pieces: Sequence[Piece], modele: Modele) -> Iterator[Sequence[Native]]:
    for piece in pieces:
        tete = piece.tete
        parts = [tete.completudes.get(feuille.id, Completude()) for feuille in modele.registres]
        totale = sum(parts, Completude())
        yield (
            *situer(piece), _dire(totale), totale.lignes - totale.completes, *map(_dire, parts),
            tete.resume.erreurs, tete.resume.avertissements, tete.resume.a_remplir,
            tete.resume.attentions,
            tete.outils, tete.indispensables, tete.cout, tete.couts, piece.nom,
        )  # fmt: skip


def _dire(part: Completude) -> str:
    return f"{part.completes} sur {part.lignes}" if part.lignes else "sans objet"
