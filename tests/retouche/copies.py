"""Les trois gestes, en octets : ce qu'ils écriraient, pour le comparer."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pilotage_xlsx import retouche
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.retouche.correction import Adresse
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.valeurs import ValeurEcrite


def annoter(chemin: Path, constats: Sequence[Constat], bilan: str) -> bytes:
    """La copie annotée."""
    with retouche.annoter(chemin, constats, retouche.Dit(bilan)) as annotee:
        return ecrite(annotee.copie)


def retirer(chemin: Path) -> bytes | None:
    """Le classeur sans ses annotations, ou rien s'il n'en a pas."""
    with retouche.retirer(chemin) as copie:
        return None if copie is None else ecrite(copie)


def corriger(
    chemin: Path,
    valeurs: Mapping[Adresse, ValeurEcrite],
    gardees: Mapping[str, Collection[Place]],
) -> tuple[bytes, frozenset[Adresse]]:
    """La copie corrigée, et les cellules qui y ont changé."""
    with retouche.corriger(chemin, valeurs, gardees) as correction:
        return ecrite(correction.copie), correction.faites


def ecrite(copie: retouche.Copie) -> bytes:
    """Les octets d'une copie."""
    with tempfile.TemporaryDirectory() as dossier:
        sortie = Path(dossier, "copie.xlsx")
        copie.ecrire(sortie)
        return sortie.read_bytes()
