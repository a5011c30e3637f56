"""Ce qui part : le dossier d'un rapport (son ``rapport.json``), ou de simples fichiers.

Le ``rapport.json`` est écrit à côté des formes du rapport ; on n'y lit que ce qui sert à l'envoi.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pilotage_xlsx.envoi.adresses import en_une_ligne
from pilotage_xlsx.envoi.fautes import EnvoiRefuse

NOM_DU_RAPPORT = "rapport.json"


class Adresses(msgspec.Struct, frozen=True):
    """Les adresses de la feuille Commune ; vides si elle ne les donne pas."""

    executif: str | None = None
    referent: str | None = None


class Resume(msgspec.Struct, frozen=True):
    """Les constats du classeur, comptés par gravité."""

    erreurs: int = 0
    avertissements: int = 0
    attentions: int = 0


class Rapport(msgspec.Struct, frozen=True, kw_only=True):
    """Un rapport prêt à partir : de qui, de quand, et ses fichiers."""

    format: int
    commune: str
    annee: int
    texte: str
    fichiers: tuple[str, ...]
    adresses: Adresses = Adresses()
    referent: str | None = None
    resume: Resume = Resume()


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
    """Un message sans ses adresses ; de simples fichiers n'ont ni ``dossier`` ni ``rapport``."""

    sujet: str
    texte: str
    html: str | None
    pieces: tuple[Piece, ...]
    dossier: Path | None = None
    rapport: Rapport | None = None


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
    erreurs = contenu.rapport.resume.erreurs if contenu.rapport else 0
    if not erreurs:
        return None
    compte = "une erreur" if erreurs == 1 else f"{erreurs} erreurs"
    return f"Le contrôle a trouvé {compte} dans le classeur, et le rapport le dit en tête."


def _du_rapport(dossier: Path) -> Contenu:
    rapport = _lire_rapport(dossier)
    pieces = tuple(_lire_piece(dossier, nom) for nom in rapport.fichiers)
    pages = [piece for piece in pieces if piece.nom.lower().endswith((".html", ".htm"))]
    return Contenu(
        sujet=en_une_ligne(f"Rapport {rapport.annee} du pilotage numérique ({rapport.commune})"),
        texte=_decoder(_lire_piece(dossier, rapport.texte)),
        html=_decoder(pages[0]) if pages else None,
        pieces=pieces,
        dossier=dossier,
        rapport=rapport,
    )


def _des_fichiers(chemins: Sequence[Path]) -> Contenu:
    pieces = tuple(_lire_piece(chemin.parent, chemin.name) for chemin in chemins)
    noms = "\n".join(f"- {en_une_ligne(piece.nom)}" for piece in pieces)
    return Contenu(
        sujet="Documents du pilotage numérique",
        texte=f"Bonjour,\n\nVous trouverez en pièces jointes :\n\n{noms}\n",
        html=None,
        pieces=pieces,
    )


def _lire_rapport(dossier: Path) -> Rapport:
    chemin = dossier / NOM_DU_RAPPORT
    try:
        rapport = msgspec.json.decode(chemin.read_bytes(), type=Rapport)
    except OSError:
        raise EnvoiRefuse(
            f"{dossier} n'est pas le dossier d'un rapport ({NOM_DU_RAPPORT} y manque ou ne se lit "
            "pas) : créez-le d'abord par « pilotage-xlsx rapport »."
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise EnvoiRefuse(f"{chemin} est abîmé : refaites le rapport.") from None
    if rapport.format != 1:
        raise EnvoiRefuse(
            f"{chemin} vient d'une version plus récente : mettez pilotage-xlsx à jour."
        )
    return rapport


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
