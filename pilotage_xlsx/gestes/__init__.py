"""Les gestes : un par verbe, d'octets ou de chemins à des valeurs.

Ni click, ni terminal, ni effet sur qui appelle : ni sa langue, ni ses signaux, ni son dossier. Un
geste prend le modèle et la date d'« aujourd'hui » en paramètres, rend des valeurs, et ce qu'il y a
à dire à une personne en ``remarques``. `commandes` les appelle et montre ; `px` les donne.
"""

from __future__ import annotations

from pilotage_xlsx.socle.systeme import Empechement


class GesteImpossible(Empechement, ValueError):
    """Ce qu'une personne peut corriger : une phrase par faute."""

    def __init__(self, *phrases: str) -> None:
        super().__init__("\n".join(phrases))
        self.phrases = phrases
