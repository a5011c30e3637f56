"""Le brouillon ``.eml`` : le message, à relire puis à envoyer depuis Outlook ou Thunderbird."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from email.message import EmailMessage
from pathlib import Path

from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer


def ecrire_brouillon(
    message: EmailMessage, chemin: Path, *, remplacer: bool, sources: Iterable[Path] = ()
) -> None:
    """Écrit le brouillon d'un seul geste ; `SortieImpossible` si la place est prise.

    ``sources`` : ce qui part, fichiers ou dossier d'un rapport ; il n'est pas plus lisible.
    """
    preparer(chemin, remplacer=remplacer)
    fichiers = [f for s in sources for f in (sorted(s.iterdir()) if s.is_dir() else [s])]
    octets = octets_du_brouillon(message)
    ecrire_atomique(chemin, octets, remplacer=remplacer, sources=fichiers)


def octets_du_brouillon(message: EmailMessage) -> bytes:
    """Le message avec ``X-Unsent``, qui le fait ouvrir par Outlook en mode rédaction ; c'est une
    personne qui l'envoie : il ne se dit pas automatique."""
    brouillon = deepcopy(message)
    del brouillon["Auto-Submitted"]
    brouillon["X-Unsent"] = "1"
    return brouillon.as_bytes()
