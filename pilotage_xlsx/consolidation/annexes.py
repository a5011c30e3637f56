"""Les tables à côté des registres : les communes et leurs comptes, les constats, la provenance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from pilotage_xlsx.consolidation.comptes import Comptes
from pilotage_xlsx.consolidation.extraits import decrire
from pilotage_xlsx.consolidation.natives import Genree, Native, Type
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.rayon import Rayon
from pilotage_xlsx.consolidation.registres import ORIGINE, situer
from pilotage_xlsx.consolidation.tables import Entete, Table, entier
from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.typographie import nombre

_DES_COMMUNES = (
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


_ENSEMBLE = "Ensemble"
_GRAVITES = Genree(Type.CHOIX, tuple(gravite.mot for gravite in Gravite))
_DES_CONSTATS = (
    Entete("commune", "Commune", 18, "gras"),
    entier("annee", "Année", 8, "numero"),
    Entete("gravite", "Gravité", 15, genree=_GRAVITES),
    Entete("feuille", "Feuille", 14),
    Entete("cellule", "Cellule", 9),
    entier("ligne", "Ligne", 8, "numero")._replace(est_montree=False),
    Entete("libelle", "Colonne", 18),
    Entete("valeur", "Valeur", 18),
    Entete("message", "Constat", 44),
    Entete("corriger", "Que faire", 38),
    Entete("regle", "Règle", 10),
    Entete("paragraphe", "§", 9),
    Entete("fichier", "Fichier", 20),
    Entete("sort", "Classeur", 11),
)
_DE_LA_PROVENANCE = (
    Entete("fichier", "Fichier", 24, "gras"),
    Entete("sort", "Classeur", 11),
    Entete("raison", "Raison", 30),
    Entete("commune", "Commune", 16),
    entier("annee", "Année", 8, "numero"),
    entier("lues", "Lignes lues", 10),
    entier("en_vigueur", "En vigueur", 11),
    entier("hors_vigueur", "Hors vigueur", 11),
    entier("laissees", "De côté", 8),
    entier("masquees", "Valeurs masquées", 13),
    Entete("remarques", "Ce qui n'est pas repris", 30),
    Entete("modele", "Modèle", 14),
    entier("octets", "Octets", 11),
    Entete("modifie", "Modifié le (temps universel)", 17, "date_heure", Genree(Type.INSTANT)),
    Entete("empreinte", "Empreinte SHA-256", 26),
)


def dresser_les_communes(
    pieces: Sequence[Piece], modele: Modele, phrases: tuple[str, ...]
) -> Table:
    """La table des pièces retenues ; « completude.outils » dit « 20 sur 25 » ou « sans objet »."""
    entetes = (
        *ORIGINE[:4],
        Entete("completude", "Complètes", 12, "part"),
        entier("incompletes", "À compléter", 12),
        *(Entete(f"completude.{f.id}", f.libelle, 13, "part") for f in modele.registres),
        *_DES_COMMUNES,
    )
    phrases = (
        *phrases, "Complètes : lignes complètes sur lignes en vigueur, au total puis par registre."
    )  # fmt: skip
    titre = f"Consolidation de {nombre(len(pieces))} classeur{'s' if len(pieces) > 1 else ''}"
    return Table(
        "communes", "Communes", titre, phrases, entetes,
        lambda: _par_commune(pieces, modele), len(pieces),
    )  # fmt: skip


def _par_commune(pieces: Sequence[Piece], modele: Modele) -> Iterator[Sequence[Native]]:
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


def dresser_les_constats(
    pieces: Sequence[Piece], rayon: Rayon, d_ensemble: Sequence[Constat]
) -> Table:
    """Une ligne par constat : ceux de l'ensemble d'abord, puis ceux de chaque fichier."""
    hauteur = len(d_ensemble) + sum(piece.tete.constats for piece in pieces)
    phrase = (
        "Ce que le contrôle a trouvé entre les classeurs, puis dans chacun, le plus grave d'abord."
    )
    return Table(
        "constats", "Constats", "Constats", (phrase,), _DES_CONSTATS,
        lambda: _par_constat(pieces, rayon, d_ensemble), hauteur,
    )  # fmt: skip


def _par_constat(
    pieces: Sequence[Piece], rayon: Rayon, d_ensemble: Sequence[Constat]
) -> Iterator[Sequence[Native]]:
    for constat in d_ensemble:
        yield (None, None, *decrire(constat), constat.lieu.fichier, _ENSEMBLE)
    for piece in pieces:
        commune = piece.tete.nom if piece.est_lue else None
        for dit in rayon.constats(piece.rang):
            yield (commune, piece.tete.annee, *dit, piece.nom, piece.sort.value)


def dresser_la_provenance(pieces: Sequence[Piece], modele: Modele, comptes: Comptes) -> Table:
    """Une ligne par fichier, dans l'ordre reçu ; « lues.outils » : les lignes d'un registre."""
    entetes = (
        *_DE_LA_PROVENANCE,
        *(
            entier(f"lues.{f.id}", f"Lues : {f.libelle}", 14)._replace(est_montree=False)
            for f in modele.registres
        ),
    )
    phrase = "Chaque fichier donné : ce qui en est pris, et pourquoi le reste ne l'est pas."
    return Table(
        "provenance", "Provenance", "Provenance", (phrase, comptes.phrase()), entetes,
        lambda: _par_fichier(pieces, modele), len(pieces),
    )  # fmt: skip


def _par_fichier(pieces: Sequence[Piece], modele: Modele) -> Iterator[Sequence[Native]]:
    for piece in pieces:
        tete, total = piece.tete, piece.total
        yield (
            piece.nom, piece.sort.value, piece.raison or None,
            tete.nom if piece.est_lue else None, tete.annee,
            total.lues, total.en_vigueur, total.hors_vigueur, total.laissees,
            tete.masquees if piece.est_retenue else 0,
            " ".join(tete.remarques) if piece.est_retenue and tete.remarques else None,
            " ".join(tete.version) if tete.version else None, tete.octets,
            _en_temps_universel(tete.modifie), tete.empreinte or None,
            *(piece.comptes(feuille.id).lues for feuille in modele.registres),
        )  # fmt: skip


def _en_temps_universel(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0) if instant else None
