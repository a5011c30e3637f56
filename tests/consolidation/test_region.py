"""La région fictive des mesures : distincte, la même pour une même graine, et vraisemblable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from outils.mesures.catalogue import nommer
from outils.mesures.region import LIGNES, composer
from pilotage_xlsx.consolidation.mutualisation import GenreDOccasion, chercher, reduire, retenir
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier_ensemble
from tests.tableaux import AU, modele

COMBIEN = 24


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Les premières communes de la région."""
    return [composer(rang) for rang in range(COMBIEN)]


@pytest.fixture(scope="module")
def registres(documents: list[dict[str, Any]]) -> list[Registre]:
    """Les mêmes, comme lues."""
    return [lire_donnees(d, modele(), Path(f"{r}.xlsx"))[0] for r, d in enumerate(documents)]


def test_deux_mille_cent_communes_ont_chacune_leur_nom() -> None:
    assert len({nommer(rang) for rang in range(2_100)}) == 2_100


def test_la_meme_graine_donne_la_meme_commune_et_deux_communes_different() -> None:
    assert composer(3) == composer(3)
    assert composer(3) != composer(3, graine=2)
    assert composer(3)["outils"] != composer(4)["outils"]


def test_soixante_lignes_par_classeur(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        assert {nom: len(document[nom]) for nom in LIGNES} == LIGNES
        assert sum(len(document[nom]) for nom in LIGNES) == 60


def test_un_outil_est_toujours_du_meme_prestataire(registres: list[Registre]) -> None:
    ensemble = Ensemble(modele(), tuple(registres))
    de_qui: dict[str, set[str]] = {}
    for registre in registres:
        for outil in registre.lignes("outils"):
            nom, prestataire = outil.texte("nom"), outil.texte("prestataire")
            assert nom
            assert prestataire
            de_qui.setdefault(nom, set()).add(ensemble.prestataires.nom(prestataire))
    assert all(len(prestataires) == 1 for prestataires in de_qui.values())


def test_rien_d_impossible_et_peu_de_constats_d_ensemble(registres: list[Registre]) -> None:
    constats = verifier_ensemble(Ensemble(modele(), tuple(registres)), modele())
    assert {constat.regle for constat in constats} <= {"ENS-004", "ENS-006", "ENS-007"}
    assert len(constats) <= 5 * COMBIEN


def test_chaque_genre_d_occasion_s_y_trouve(registres: list[Registre]) -> None:
    communes = [reduire(Liens(modele(), registre, AU)) for registre in registres]
    trouvee = chercher(*retenir(communes), AU)
    assert all(trouvee.de_genre(genre) for genre in GenreDOccasion)
