"""Le brouillon ``.eml`` : le message, à relire puis à envoyer depuis Outlook ou Thunderbird."""

from __future__ import annotations

from copy import deepcopy
from email.message import EmailMessage
from pathlib import Path

from pilotage_xlsx.socle.ecriture import ecrire_atomique


def ecrire_brouillon(message: EmailMessage, chemin: Path, *, remplacer: bool) -> None:
    """Écrit le brouillon d'un seul geste ; `SortieImpossible` si la place est prise."""
    ecrire_atomique(chemin, octets_du_brouillon(message), remplacer=remplacer)


def octets_du_brouillon(message: EmailMessage) -> bytes:
    """Le message avec ``X-Unsent``, qui le fait ouvrir par Outlook en mode rédaction."""
    brouillon = deepcopy(message)
    brouillon["X-Unsent"] = "1"
    return brouillon.as_bytes()
