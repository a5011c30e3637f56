r"""La porte des textes qui sortent : ce qui trompe l'œil ou commande l'écran y devient visible.

Au sol : n'importe rien de la maison. Une commande de terminal, un sens d'écriture renversé, un
demi-signe ou un texte caché deviennent « � », un pour un : rien ne disparaît sans se voir, chaque
police sait le dessiner, et il dit déjà partout « un signe que je ne peux pas montrer ». Ce qu'une
personne écrit vraiment reste : accents, émojis, lettres arabes ou hébraïques, espaces fines.

Une page, un tableau, un courriel, le terminal y passent ; le JSON a la sienne, qui échappe sans
rien perdre (`document`), et une cellule de classeur reste la donnée de la commune.

>>> montrable("Anne\u202e exe.pdf"), montrable("شكرا, Zoë 👍")
('Anne� exe.pdf', 'شكرا, Zoë 👍')
>>> sur_une_ligne("un\r\ndeux"), nommer_le_fichier("no\u200bte.xlsx")
('un deux', 'no�te.xlsx')

Sources : https://www.unicode.org/reports/tr36/ (ce qui trompe l'œil),
https://www.unicode.org/reports/tr9/ (les sens d'écriture).
"""

from __future__ import annotations

import re

from pilotage_xlsx.socle.textes import Texte

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SUBSTITUT = "\ufffd"

_BLANCS = "\x85\u2028\u2029"
"""Des sauts de ligne que personne ne tape : une espace, qui n'ouvre pas de ligne."""

_SENS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"
_CACHES = "\u2061-\u2064\ufff9-\ufffb\U000e0000-\U000e007f"
TROMPEURS = f"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_SENS}{_CACHES}\ud800-\udfff\ufffe\uffff"
"""Le corps d'une classe de signes : commandes, sens d'écriture, textes cachés, demi-signes."""

_DRAPEAU = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{4,6}\U000e007f"
"""Celui d'une région (l'Écosse) : le seul emploi honnête des étiquettes cachées."""

_TROMPEUR = f"[{TROMPEURS}]"
_A_REMPLACER = f"\r\n?|{_DRAPEAU}|{_TROMPEUR}"
"""Des textes, que re ne compile que s'ils servent : une fois sur trois, et presque jamais."""

_SANS_PLACE = "\n\t\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u3164\ufeff\uffa0"
"""Ce qui n'a pas sa place dans un nom de fichier : deux noms y paraîtraient le même."""

_EN_UNE_LIGNE = str.maketrans("\n\t", "  ")
_EN_NOM = str.maketrans(dict.fromkeys(_SANS_PLACE, SUBSTITUT))


def montrable(texte: Texte) -> str:
    """Le texte tel qu'il peut sortir, ses lignes gardées ; le montrer deux fois ne change rien."""
    if texte.isprintable() or re.search(_TROMPEUR, texte) is None:
        return texte
    return re.sub(_A_REMPLACER, _remplacer, texte)


def sur_une_ligne(texte: str) -> str:
    """Une phrase telle qu'elle peut sortir : une seule ligne, quoi qu'elle cite."""
    return montrable(texte).translate(_EN_UNE_LIGNE)


def nommer_le_fichier(chemin: Path | str) -> str:
    """Un nom de fichier à mettre dans un texte : une ligne, où rien d'invisible ne se cache."""
    return montrable(str(chemin)).translate(_EN_NOM)


def en_octets(texte: Texte) -> bytes:
    """Un fichier de texte ou une page, en UTF-8."""
    return montrable(texte).encode("utf-8")


def _remplacer(trouve: re.Match[str]) -> str:
    signe = trouve[0]
    if signe[0] == "\r":
        return "\n"
    if len(signe) > 1:
        return signe
    return " " if signe in _BLANCS else SUBSTITUT
