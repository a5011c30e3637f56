"""Montrer un départ avant de l'envoyer (``--essai``) : tout, sans rien envoyer."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.envoi.contenu import PieceJointe
from pilotage_xlsx.envoi.expedition import Depart
from pilotage_xlsx.socle.montrable import nommer_le_fichier


def montrer(depart: Depart) -> str:
    """Les en-têtes, les pièces et le texte du message, tels qu'ils partiraient."""
    return "\n".join(_lignes(depart))


def _lignes(depart: Depart) -> Iterator[str]:
    message = depart.message
    yield f"De :    {message['From']}"
    yield f"À :     {message['To']}"
    yield f"Objet : {message['Subject']}"
    yield from (f"Joint : {_decrire(piece)}" for piece in depart.contenu.pieces)
    yield ""
    yield depart.contenu.texte.rstrip()


def _decrire(piece: PieceJointe) -> str:
    taille = -(-len(piece.octets) // 1024)
    return f"{nommer_le_fichier(piece.nom)} ({taille} Ko, SHA-256 {piece.sha256[:12]}…)"
