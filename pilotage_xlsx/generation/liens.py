"""Les liens du classeur vers lui-même, d'après le nom actuel d'une feuille, même renommée."""

from __future__ import annotations

from pilotage_xlsx.generation.syntaxe import citer, proteger
from pilotage_xlsx.socle.adresses import lettres_de


def nom_de_feuille(libelle: str) -> str:
    """Le nom actuel de la feuille ; Excel et LibreOffice le disent autrement."""
    fichier = f'CELL("filename",{citer(libelle)}!$A$1)'
    excel, libre = (f'MID({fichier},FIND("{m}",{fichier})+{len(m)},99)' for m in ("]", "#$"))
    return f'IFERROR({excel},IFERROR(SUBSTITUTE({libre},"\'",""),"{proteger(libelle)}"))'


def adresser(nom: str, ligne: str, colonne: str) -> str:
    """La formule d'une adresse de lien : ``nom``, ``ligne`` et ``colonne`` sont des cellules."""
    return f'"#\'"&SUBSTITUTE({nom},"\'","\'\'")&"\'!"&ADDRESS({ligne},{colonne},4)'


def adresse(libelle: str, ligne: int, colonne: int) -> str:
    """Sa valeur."""
    return f"#{citer(libelle)}!{lettres_de(colonne)}{ligne}"
