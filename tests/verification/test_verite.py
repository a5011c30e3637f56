"""La vérité : un classeur soigné n'est accusé de rien, quelle que soit la façon de l'écrire."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier
from tests.petites_tables import petites_tables
from tests.tableaux import modele
from tests.verification.communes_soignees import AU, composer

GRAINES = range(200)


def _composer(graine: int) -> Registre:
    registre, _ = lire_donnees(composer(Random(graine)), modele(), Path(f"soignee-{graine}.xlsx"))
    return registre


def _accusations(registre: Registre) -> list[str]:
    """Les constats qu'une secrétaire soigneuse dirait faux."""
    return [
        f"{c.regle} {c.registre}.{c.colonne} {c.lieu.ligne} : {c.message}"
        for c in verifier(registre, modele(), AU)
        if c.gravite is not Gravite.ATTENTION
    ]


@pytest.mark.parametrize("graine", GRAINES)
def test_une_commune_soignee_n_est_accusee_de_rien(graine: int) -> None:
    assert _accusations(_composer(graine)) == []


@pytest.mark.parametrize("graine", GRAINES[:3])
def test_ni_une_fois_dans_un_vrai_classeur(graine: int, tmp_path: Path) -> None:
    chemin = tmp_path / "soignee.xlsx"
    with petites_tables():
        chemin.write_bytes(generer(modele(), _composer(graine), AU))
    assert _accusations(lire(chemin, modele())) == []


def test_les_communes_tirees_sont_diverses() -> None:
    statuts = {o.get("statut") for g in GRAINES for o in composer(Random(g))["outils"]}
    assert statuts == {None, "En projet", "À remplacer", "Arrêté"}
    points = [c.regle for g in GRAINES for c in verifier(_composer(g), modele(), AU)]
    assert len(set(points)) >= 12
