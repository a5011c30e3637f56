"""Lire un petit tableau de texte comme le cœur le lit : son état, ses liens, les noms qu'il dit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Ligne
from tests.essentielles import autres
from tests.tableaux import AU, modele, registre


def lier(texte: str = "", *, au: date = AU, sans: tuple[str, ...] = ()) -> Liens:
    """Les liens du registre que décrit le texte, au jour dit."""
    return Liens(modele(), registre(texte, sans=sans), au)


def etat(texte: str = "", *, sans: tuple[str, ...] = ()) -> Etat:
    """L'état du registre que décrit le texte."""
    return lier(texte, sans=sans).etat


def feuille(identifiant: str) -> Feuille:
    """Cette feuille du modèle communal."""
    return modele().par_id[identifiant]


def nommer(ligne: Ligne) -> str:
    """Ce qui nomme une ligne : la clé de sa feuille, telle qu'elle est écrite."""
    return str(ligne[feuille(ligne.lieu.registre).cle or ""])


def exigees_en_plus(registre: str, *colonnes: str) -> tuple[str, str, str]:
    """Ce que le modèle exige d'autre : l'en-tête qui suit, des réponses, et autant de vides."""
    exigees = autres(registre, colonnes)
    tete, reponses = ("".join(f" | {mot}" for mot in mots) for mots in (exigees, exigees.values()))
    return tete, reponses, " |" * len(exigees)


def noms(lignes: Iterable[Ligne]) -> list[str]:
    """Les noms de ces lignes, dans l'ordre."""
    return [nommer(ligne) for ligne in lignes]


def ligne(liens: Liens, registre: str, nom: str) -> Ligne:
    """La ligne qui porte ce nom."""
    return next(une for une in liens.registre.lignes(registre) if nommer(une) == nom)
