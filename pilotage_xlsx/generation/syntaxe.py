"""Les mots communs des formules : normaliser un texte, le protéger, citer une feuille, OU, ET."""

from __future__ import annotations

from pilotage_xlsx.generation.techniques import RIEN
from pilotage_xlsx.socle import textes
from pilotage_xlsx.socle.textes import Texte

_PAR_LEUR_NUMERO = "\x01\t\n\r"
"""Ce que le XML ne garderait pas tel quel entre guillemets."""


def blanchir(texte: str) -> str:
    """Les blancs de toute sorte en espaces ordinaires, les signes invisibles retirés."""
    for signe in textes.BLANCS:
        texte = f'SUBSTITUTE({texte},{_citer(signe)}," ")'
    for signe in textes.INVISIBLES:
        texte = f'SUBSTITUTE({texte},{_citer(signe)},"")'
    return f"TRIM({texte})"


def normaliser(texte: str) -> str:
    """La jumelle de `textes.normaliser`, apostrophes redressées."""
    for signe in textes.APOSTROPHES:
        texte = f'SUBSTITUTE({texte},{_citer(signe)},"\'")'
    return blanchir(texte)


def comparable(texte: Texte) -> str:
    """Un texte connu d'avance, sous la forme que `normaliser` en rend."""
    return textes.normaliser(textes.redresser(texte))


def capitaliser(texte: Texte) -> str:
    """Le même, sous la forme que rend encore UPPER."""
    return comparable(texte).upper()


def sans_jokers(texte: str) -> str:
    """La formule d'un texte cherché par MATCH ou COUNTIFS, jokers neutralisés."""
    for joker in "~*?":
        texte = f'SUBSTITUTE({texte},"{joker}","~{joker}")'
    return texte


def en_capitales(texte: str) -> str:
    """La formule d'un texte connu d'avance, mis en capitales comme le moteur le fait.

    Un moteur qui laisse « é » tel quel le laisse des deux côtés.
    """
    if any(not signe.isascii() and signe.isalpha() for signe in texte):
        return f'UPPER("{proteger(texte)}")'
    return f'"{proteger(texte.upper())}"'


def proteger(texte: str) -> str:
    """Un texte entre guillemets de formule, ses propres guillemets doublés."""
    return texte.replace('"', '""')


def citer(feuille: str) -> str:
    """Le nom d'une feuille entre apostrophes."""
    return "'" + feuille.replace("'", "''") + "'"


def ne_dit_rien(cellule: str) -> str:
    """Vrai d'une cellule cachée qui n'a rien à dire (`techniques.RIEN`)."""
    return f'OR({cellule}="",{cellule}="{RIEN}")'


def un_de(formules: list[str]) -> str:
    """Vrai dès qu'une des formules l'est."""
    return formules[0] if len(formules) == 1 else f"OR({','.join(formules)})"


def tous(formules: list[str]) -> str:
    """Vrai si toutes les formules le sont."""
    return formules[0] if len(formules) == 1 else f"AND({','.join(formules)})"


def _citer(signe: str) -> str:
    return f"CHAR({ord(signe)})" if signe in _PAR_LEUR_NUMERO else f'"{signe}"'
