"""Les mots communs des formules : normaliser un texte, le protéger, OU, ET."""

from __future__ import annotations


def normaliser(texte: str, *, lignes: str = " ") -> str:
    """La jumelle de `textes.normaliser` : blancs insécables, tabulations, retours, apostrophes."""
    for signe, remplace in (
        ("CHAR(10)", lignes), ("CHAR(160)", " "), ("_xlfn.UNICHAR(8239)", " "), ("CHAR(9)", " "),
        ("CHAR(13)", " "),
    ):  # fmt: skip
        texte = f'SUBSTITUTE({texte},{signe},"{remplace}")'
    return f'TRIM(SUBSTITUTE({texte},"’","\'"))'


def echapper(texte: str) -> str:
    """Un texte cherché par SEARCH ou MATCH, jokers neutralisés."""
    return texte.replace("~", "~~").replace("*", "~*").replace("?", "~?")


def proteger(texte: str) -> str:
    """Un texte entre guillemets de formule, ses propres guillemets doublés."""
    return texte.replace('"', '""')


def un_de(formules: list[str]) -> str:
    """Vrai dès qu'une des formules l'est."""
    return formules[0] if len(formules) == 1 else f"OR({','.join(formules)})"


def tous(formules: list[str]) -> str:
    """Vrai si toutes les formules le sont."""
    return formules[0] if len(formules) == 1 else f"AND({','.join(formules)})"
