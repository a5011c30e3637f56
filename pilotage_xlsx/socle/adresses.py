"""Les adresses d'une feuille : « AB12 » et ses nombres, dans les limites de la grille. Au sol.

>>> situer("AB12"), situer_plage("$A$1:B2"), lettres_de(28)
((12, 28), (1, 1, 2, 2), 'AB')
>>> situer("XFD1048576"), situer("XFE1"), situer("A0")
((1048576, 16384), None, None)

Source : ECMA-376, première partie, § 18.18.7 (ST_CellRef).
"""

from __future__ import annotations

import re

from pilotage_xlsx.socle.motifs import motif

COLONNES_MAX = 16_384
LIGNES_MAX = 1_048_576

Plage = tuple[int, int, int, int]
"""Haut, gauche, bas, droite."""

_ADRESSE = motif(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE | re.ASCII)


def situer(adresse: str) -> tuple[int, int] | None:
    """La ligne et la colonne (dès 1) d'une adresse, ou rien si elle n'est pas dans la grille."""
    trouvee = _ADRESSE.fullmatch(adresse)
    if trouvee is None:
        return None
    ligne, colonne = int(trouvee[2]), numero_de(trouvee[1])
    return (ligne, colonne) if 1 <= ligne <= LIGNES_MAX and colonne <= COLONNES_MAX else None


def situer_plage(plage: str) -> Plage | None:
    """Haut, gauche, bas et droite d'une plage « A1:B2 », ou rien si elle n'en est pas une."""
    debut, _, fin = plage.partition(":")
    coin, autre = situer(debut), situer(fin or debut)
    return None if coin is None or autre is None else (*coin, *autre)


def numero_de(lettres: str) -> int:
    """Le numéro d'une colonne : « A » donne 1, « AB » donne 28."""
    numero = 0
    for lettre in lettres.upper():
        numero = numero * 26 + ord(lettre) - ord("A") + 1
    return numero


def lettres_de(numero: int) -> str:
    """Les lettres d'une colonne : 28 donne « AB »."""
    lettres = ""
    while numero:
        numero, reste = divmod(numero - 1, 26)
        lettres = chr(ord("A") + reste) + lettres
    return lettres


COLONNE_DE = {lettres_de(numero): numero for numero in range(1, 703)}
"""Les numéros des colonnes « A » à « ZZ », presque toutes celles qu'on rencontre."""
