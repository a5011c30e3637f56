"""La longueur d'un texte : ce qu'une cellule peut tenir, et ce qu'une phrase en cite. Au sol.

>>> abreger("Contrôle des habitants", 12)
'Contrôle de…'
>>> est_trop_long("é" * 32_767), est_trop_long("😀" * 32_767)
(False, True)

Source, pour les unités UTF-16 : https://www.rfc-editor.org/rfc/rfc2781 (§ 2.1).
"""

from __future__ import annotations

from pilotage_xlsx.socle.textes import Texte

SIGNES_MAX = 32_767
"""Ce que tient une cellule, compté en unités UTF-16 : un signe hors du plan de base en vaut deux.

C'est la borne d'Excel ; LibreOffice en admet davantage, qu'Excel couperait sans le dire.
"""

SIGNES_CITES = 200
"""Ce qu'un constat cite d'une cellule."""

TOUJOURS_COURT = SIGNES_MAX // 2
"""Jusqu'à ce nombre de caractères, un texte tient dans une cellule, quels que soient ses signes."""


def est_trop_long(texte: Texte) -> bool:
    """Vrai si une cellule ne peut pas tenir ce texte en entier."""
    if len(texte) <= TOUJOURS_COURT:
        return False
    debut = texte[: SIGNES_MAX + 1].encode("utf-16-le", "surrogatepass")
    return len(debut) > 2 * SIGNES_MAX


def couper(texte: Texte, signes: int = SIGNES_MAX) -> str:
    """Le début du texte, en ``signes`` unités UTF-16 au plus ; jamais la moitié d'un signe."""
    octets = texte[:signes].encode("utf-16-le", "surrogatepass")
    return octets[: 2 * signes].decode("utf-16-le", "ignore")


def abreger(texte: Texte, signes: int = SIGNES_CITES) -> str:
    """Le texte en ``signes`` au plus, « … » compris s'il a fallu le couper."""
    return texte if len(texte) <= signes else f"{texte[: signes - 1].rstrip()}…"


def en_bref(texte: Texte) -> str:
    """Ce qu'un programme montre d'une valeur (``repr``) : une ligne, moins de deux cents signes."""
    return f"<{abreger(' '.join(texte[:SIGNES_CITES].split()), 190)}>"
