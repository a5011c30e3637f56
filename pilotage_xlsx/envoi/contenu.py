"""Ce qui part : le dossier d'un rapport, un avis et ses pièces, ou de simples fichiers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pilotage_xlsx.envoi.adresses import en_une_ligne
from pilotage_xlsx.envoi.bordereau import Bordereau, lire_avis, lire_rapport
from pilotage_xlsx.envoi.fautes import EnvoiRefuse

_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Piece:
    """Un fichier à joindre, lu une fois : ce qui est haché est ce qui part."""

    nom: str
    octets: bytes

    @property
    def sha256(self) -> str:
        """L'empreinte du fichier, en hexadécimal."""
        return hashlib.sha256(self.octets).hexdigest()


@dataclass(frozen=True, slots=True)
class Contenu:
    """Un message sans ses adresses ; de simples fichiers n'ont ni ``dossier`` ni
    ``bordereau``."""

    sujet: str
    texte: str
    html: str | None
    pieces: tuple[Piece, ...]
    dossier: Path | None = None
    bordereau: Bordereau | None = None


def lire_contenu(chemins: Sequence[Path]) -> Contenu:
    """Un dossier de rapport, ou des fichiers ; `EnvoiRefuse` s'ils manquent ou se mêlent."""
    match chemins:
        case [dossier] if dossier.is_dir():
            return _du_rapport(dossier)
        case [_, *_]:
            return _des_fichiers(chemins)
        case _:
            raise EnvoiRefuse("Rien à envoyer : indiquez le dossier d'un rapport, ou des fichiers.")


def phrase_des_erreurs(contenu: Contenu) -> str | None:
    """Ce qu'il faut confirmer avant d'envoyer le rapport d'un classeur fautif, ou rien."""
    erreurs = contenu.bordereau.resume.erreurs if contenu.bordereau else 0
    if not erreurs:
        return None
    compte = "une erreur" if erreurs == 1 else f"{erreurs} erreurs"
    return f"Le contrôle a trouvé {compte} dans le classeur, et le rapport le dit en tête."


def _du_rapport(dossier: Path) -> Contenu:
    rapport = lire_rapport(dossier)
    if not rapport.fichiers:
        raise EnvoiRefuse(
            f"Le rapport de {dossier} n'a rien à joindre, et son texte annonce une annexe : "
            "refaites-le dans toutes ses formes, sans --format."
        )
    pieces = tuple(_lire_piece(dossier, nom) for nom in rapport.fichiers)
    pages = [piece for piece in pieces if _est(piece, *_PAGES)]
    return Contenu(
        sujet=rapport.sujet,
        texte=_decoder(_lire_piece(dossier, rapport.texte)),
        html=_decoder(pages[0]) if pages else None,
        pieces=_sans_la_page(pieces),
        dossier=dossier,
        bordereau=rapport,
    )


def _sans_la_page(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Les pièces à joindre : la page est déjà dans le message, le PDF la donne à garder."""
    if not any(_est(piece, ".pdf") for piece in pieces):
        return pieces
    return tuple(piece for piece in pieces if not _est(piece, *_PAGES))


def _est(piece: Piece, *extensions: str) -> bool:
    return piece.nom.lower().endswith(extensions)


def _des_fichiers(chemins: Sequence[Path]) -> Contenu:
    pieces = tuple(_lire_piece(chemin.parent, chemin.name) for chemin in chemins)
    for chemin, piece in zip(chemins, pieces, strict=True):
        if avis := _lire_avis(piece):
            bordereau, corps = avis
            jointes = tuple(autre for autre in pieces if autre is not piece)
            return Contenu(bordereau.sujet, corps, None, jointes, chemin.parent, bordereau)
    noms = "\n".join(f"- {en_une_ligne(piece.nom)}" for piece in pieces)
    return Contenu(
        sujet="Documents du pilotage numérique",
        texte=f"Bonjour,\n\nVous trouverez en pièces jointes :\n\n{noms}\n",
        html=None,
        pieces=pieces,
    )


def _lire_avis(piece: Piece) -> tuple[Bordereau, str] | None:
    """L'avis qu'est cette pièce ; rien si elle n'est pas un texte lisible."""
    if not _est(piece, ".txt"):
        return None
    try:
        return lire_avis(piece.nom, piece.octets.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None


def _lire_piece(dossier: Path, nom: str) -> Piece:
    """Lit un fichier du dossier ; un nom qui en sortirait est refusé."""
    chemin = dossier / nom
    est_un_nom = nom not in ("", ".", "..") and not set(nom) & set('/\\:"\0')
    if not est_un_nom or chemin.resolve().parent != dossier.resolve():
        raise EnvoiRefuse(f"« {en_une_ligne(nom)} » sort du dossier {dossier} : rien n'est joint.")
    if chemin.is_dir():
        raise EnvoiRefuse(
            f"{chemin} est un dossier : donnez un seul dossier de rapport, ou des fichiers."
        )
    try:
        return Piece(nom, chemin.read_bytes())
    except OSError:
        raise EnvoiRefuse(
            f"{chemin} manque ou ne se lit pas : refaites-le, puis renvoyez."
        ) from None


def _decoder(piece: Piece) -> str:
    try:
        return piece.octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EnvoiRefuse(f"{piece.nom} n'est pas en UTF-8 : refaites le rapport.") from None
