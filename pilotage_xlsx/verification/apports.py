"""Ce qu'une version du modèle ajoute, en mots : les libellés, feuille par feuille."""

from __future__ import annotations

from collections.abc import Iterator, Set

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.verification.phrases import citer, enumerer


def dire_les_ajouts(modele: Modele, ajoutes: Set[str]) -> str:
    """« Double authentification » dans Outils… ; rien si aucun endroit n'est ajouté."""
    return enumerer(tuple(_parties(modele, ajoutes)))


def _parties(modele: Modele, ajoutes: Set[str]) -> Iterator[str]:
    for feuille in modele.a_lire:
        if feuille.id in ajoutes:
            yield f"la feuille {citer(feuille.libelle)}"
            continue
        colonnes = [c.libelle for c in feuille.colonnes if f"{feuille.id}.{c.id}" in ajoutes]
        if colonnes:
            yield f"{', '.join(map(citer, colonnes))} dans {feuille.libelle}"
