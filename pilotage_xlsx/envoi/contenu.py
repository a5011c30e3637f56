"""Ce qui part : le dossier d'un rapport, un avis et ses pièces, ou de simples fichiers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pilotage_xlsx.envoi.adresses import en_une_ligne
from pilotage_xlsx.envoi.bordereau import (
    NOM_DU_RAPPORT,
    Bordereau,
    ResumeDuRapport,
    decoder_rapport,
    lire_avis,
    lire_rapport,
)
from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.socle.entree import MIO, EntreeRefusee, Raison, lire, lire_dans

_PAGES = (".html", ".htm")
_PIECES_MAX, _CORPS_MAX = 18 * MIO, 2 * MIO
"""Le courrier grossit d'un tiers ce qu'il porte : 18 Mo joints en font 25, la borne usuelle des
serveurs. Un texte ou une page plus longs que le second se lisent mieux joints."""


@dataclass(frozen=True, slots=True)
class PieceJointe:
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
    pieces: tuple[PieceJointe, ...]
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
    resume = contenu.bordereau.resume if contenu.bordereau else ResumeDuRapport()
    if not (resume.erreurs or resume.bloquants):
        return None
    comptes = (
        _accorder(resume.erreurs, "une erreur", "erreurs"),
        _accorder(resume.bloquants - resume.erreurs, "une cellule à remplir", "cellules à remplir"),
    )
    trouve = " et ".join(filter(None, comptes))
    return f"Le contrôle a trouvé {trouve} dans le classeur, et le rapport le dit en tête."


def _accorder(combien: int, une: str, plusieurs: str) -> str:
    return une if combien == 1 else f"{combien} {plusieurs}" if combien > 0 else ""


def contenu_du_rapport(fichiers: Mapping[str, bytes]) -> Contenu:
    """Un rapport rendu, ses fichiers par nom ; `EnvoiRefuse` s'il en manque un."""

    def prendre(nom: str) -> PieceJointe:
        if nom not in fichiers:
            raise EnvoiRefuse(f"{nom} manque : refaites le rapport.")
        return PieceJointe(nom, fichiers[nom])

    bordereau = decoder_rapport(prendre(NOM_DU_RAPPORT).octets)
    return _assembler(bordereau, prendre, "ces fichiers")


def _du_rapport(dossier: Path) -> Contenu:
    prendre = partial(_Pesee().lire_dans, dossier)
    return replace(_assembler(lire_rapport(dossier), prendre, str(dossier)), dossier=dossier)


def _assembler(rapport: Bordereau, prendre: Callable[[str], PieceJointe], ou: str) -> Contenu:
    """Le message d'un rapport, dont ``prendre`` donne chaque fichier."""
    if not rapport.fichiers:
        raise EnvoiRefuse(
            f"Le rapport de {ou} n'a rien à joindre, et son texte annonce une annexe : "
            "refaites-le dans toutes ses formes."
        )
    texte, *pieces = map(prendre, (rapport.texte, *rapport.fichiers))
    for piece in (texte, *pieces):
        _exiger_intact(piece, rapport)
    return Contenu(
        sujet=rapport.sujet,
        texte=_decoder(texte),
        html=rapport.courriel_html,
        pieces=_sans_la_page(tuple(pieces)),
        bordereau=rapport,
    )


def _exiger_intact(piece: PieceJointe, rapport: Bordereau) -> None:
    """Refuse un fichier changé depuis que le rapport fut écrit."""
    if rapport.empreintes and rapport.empreintes.get(piece.nom) != piece.sha256:
        raise EnvoiRefuse(
            f"{piece.nom} a changé depuis que le rapport a été écrit : refaites le rapport, puis "
            "renvoyez. Pour y ajouter un mot, retouchez plutôt le brouillon."
        )


class _Pesee:
    """Les fichiers d'un message, lus l'un après l'autre tant que leur poids tient en un courriel.

    Chaque échec est un `EnvoiRefuse` qui nomme le fichier.
    """

    def __init__(self) -> None:
        self._reste = _PIECES_MAX

    def lire(self, chemin: Path) -> PieceJointe:
        """Un fichier que la personne nomme ; un lien y est suivi."""
        if chemin.is_dir():
            raise EnvoiRefuse(
                f"{chemin} est un dossier : donnez un seul dossier de rapport, ou des fichiers."
            )
        return self._peser(chemin.name, chemin, partial(lire, chemin))

    def lire_dans(self, dossier: Path, nom: str) -> PieceJointe:
        """Un fichier que le rapport nomme ; ce qui sortirait de son dossier est refusé."""
        return self._peser(nom, dossier / nom, partial(lire_dans, dossier, nom))

    def _peser(self, nom: str, chemin: Path, lecture: Callable[[int], bytes]) -> PieceJointe:
        try:
            octets = lecture(self._reste)
        except EntreeRefusee as faute:
            raise EnvoiRefuse(_expliquer(chemin, faute)) from None
        self._reste -= len(octets)
        return PieceJointe(nom, octets)


def _expliquer(chemin: Path, faute: EntreeRefusee) -> str:
    match faute.cause:
        case Raison.ABSENTE:
            return f"{chemin} manque : refaites-le, puis renvoyez."
        case Raison.DEMESUREE:
            return (
                f"Avec {chemin}, les fichiers dépassent {_PIECES_MAX // MIO} Mo, et peu de "
                "serveurs prennent un courriel de plus de 25 Mo : joignez-en moins, ou "
                "partagez-les autrement."
            )
        case _:
            return str(faute)


def _sans_la_page(pieces: tuple[PieceJointe, ...]) -> tuple[PieceJointe, ...]:
    """Les pièces à joindre : le PDF donne à garder ce que montre la page."""
    if not any(_est(piece, ".pdf") for piece in pieces):
        return pieces
    return tuple(piece for piece in pieces if not _est(piece, *_PAGES))


def _est(piece: PieceJointe, *extensions: str) -> bool:
    return piece.nom.lower().endswith(extensions)


def _des_fichiers(chemins: Sequence[Path]) -> Contenu:
    pesee = _Pesee()
    pieces = tuple(map(pesee.lire, chemins))
    if trouve := _trouver_l_avis(pieces):
        avis, contenu = trouve
        return replace(contenu, dossier=chemins[pieces.index(avis)].parent)
    noms = "\n".join(f"- {en_une_ligne(piece.nom)}" for piece in pieces)
    return Contenu(
        sujet="Documents du pilotage numérique",
        texte=f"Bonjour,\n\nVous trouverez en pièces jointes :\n\n{noms}\n",
        html=None,
        pieces=pieces,
    )


def contenu_de_l_avis(fichiers: Mapping[str, bytes]) -> Contenu | None:
    """L'avis en texte qui est parmi ces fichiers, les autres joints ; rien si c'est un rapport."""
    if NOM_DU_RAPPORT in fichiers:
        return None
    trouve = _trouver_l_avis([PieceJointe(nom, octets) for nom, octets in fichiers.items()])
    return trouve[1] if trouve else None


def _trouver_l_avis(pieces: Sequence[PieceJointe]) -> tuple[PieceJointe, Contenu] | None:
    for piece in pieces:
        if avis := _lire_avis(piece):
            bordereau, corps = avis
            jointes = tuple(autre for autre in pieces if autre is not piece)
            return piece, Contenu(bordereau.sujet, corps, None, jointes, bordereau=bordereau)
    return None


def _lire_avis(piece: PieceJointe) -> tuple[Bordereau, str] | None:
    """L'avis qu'est cette pièce ; rien si elle n'est pas un texte lisible."""
    if not _est(piece, ".txt"):
        return None
    try:
        lu = lire_avis(piece.nom, piece.octets.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None
    if lu is not None:
        _exiger_un_corps(piece)
    return lu


def _decoder(piece: PieceJointe) -> str:
    _exiger_un_corps(piece)
    try:
        return piece.octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EnvoiRefuse(f"{piece.nom} n'est pas en UTF-8 : refaites le rapport.") from None


def _exiger_un_corps(piece: PieceJointe) -> None:
    if len(piece.octets) > _CORPS_MAX:
        raise EnvoiRefuse(
            f"{piece.nom} est trop long pour le texte d'un courriel (plus de "
            f"{_CORPS_MAX // MIO} Mo) : raccourcissez-le."
        )
