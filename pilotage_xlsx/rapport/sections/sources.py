"""D'où viennent les cinq chiffres : les lignes du classeur qui y comptent."""

from __future__ import annotations

from collections import defaultdict

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Colonne, Genre, Groupe, Section, Tableau
from pilotage_xlsx.rapport.sections.cartes import libeller, montrer
from pilotage_xlsx.rapport.sections.citations import plages
from pilotage_xlsx.registre import Ligne


def sources(rapport: Rapport) -> Section:
    """Chaque chiffre de la première page, et où le recompter."""
    colonnes = (
        Colonne("Chiffre", Genre.FORT, 34),
        Colonne("Valeur", largeur=14),
        Colonne("Lignes du classeur", largeur=80),
    )
    lignes = tuple(
        (
            libeller(chiffre.mesure, chiffre.compte),
            montrer(chiffre.mesure, chiffre.compte),
            _situer(chiffre.compte.lignes),
        )
        for chiffre in rapport.cinq
    )
    tableau = Tableau("Lignes comptées pour chaque chiffre", colonnes, lignes)
    return Section("sources", Groupe.SOURCES, "D'où viennent les cinq chiffres", (), (tableau,))


def _situer(lignes: tuple[Ligne, ...]) -> str:
    """« Outils : lignes 5, 6, 9 »."""
    par_feuille: dict[str, list[int]] = defaultdict(list)
    for ligne in lignes:
        par_feuille[ligne.lieu.feuille].append(ligne.numero)
    return (
        " ; ".join(
            f"{feuille} : ligne{'s' if len(numeros) > 1 else ''} {plages(sorted(numeros))}"
            for feuille, numeros in par_feuille.items()
        )
        or "aucune"
    )
