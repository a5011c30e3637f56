"""Deux classeurs écrits comme de petits tableaux de texte, et ce qui change de l'un à l'autre."""

from __future__ import annotations

from pilotage_xlsx.metier.evolution import Evolution, comparer, raconter
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.verification import verifier_evolution
from tests.tableaux import AU, modele, registre

COMMUNE = "commune | commune | numero_ofs | annee | seuil_hausse_pourcent | seuil_hausse_chf\n"


def classeur(
    texte: str,
    annee: int | str = 2026,
    *,
    nom: str = "Valmarin",
    ofs: int | str = 9999,
    sans: tuple[str, ...] = (),
) -> Liens:
    """Le classeur d'une commune pour une année, avec les seuils d'habitude (20 % et CHF 500)."""
    fiche = f"{COMMUNE} | {nom} | {ofs} | {annee} | 20 | 500\n"
    lu = registre(fiche + texte, fichier=f"{nom.lower()}-{annee}.xlsx", sans=sans)
    return Liens(modele(), lu, AU)


def evolution(avant: str, apres: str) -> Evolution:
    """De 2025 à 2026."""
    return comparer(classeur(avant, 2025), classeur(apres, 2026))


def dits(avant: str, apres: str) -> list[str]:
    """Chaque changement : sa nature, puis sa phrase."""
    return [f"{c.nature} {raconter(c)}" for c in evolution(avant, apres).changements]


def codes(avant: str, apres: str) -> list[str]:
    """Les constats EVO, avec la cellule accusée : « EVO-003 outils.prestataire 6 »."""
    return [
        f"{c.regle} {c.registre}.{c.colonne} {c.lieu.ligne}"
        for c in verifier_evolution(evolution(avant, apres), modele())
    ]
