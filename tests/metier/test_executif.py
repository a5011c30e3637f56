"""L'exécutif, avec l'article qui lui va."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.executif import nommer
from pilotage_xlsx.rapport.mots import de_commune


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Municipalité", ("la Municipalité", "à la Municipalité", "de la Municipalité")),
        ("Conseil communal", ("le Conseil communal", "au Conseil communal", "du Conseil communal")),
        ("La Municipalité", ("la Municipalité", "à la Municipalité", "de la Municipalité")),
        ("Syndics", ("l'exécutif", "à l'exécutif", "de l'exécutif")),
        (None, ("l'exécutif", "à l'exécutif", "de l'exécutif")),
    ],
)
def test_l_executif_est_nomme(nom: str | None, attendu: tuple[str, str, str]) -> None:
    assert nommer(nom) == attendu


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Valmarin", "de Valmarin"),
        ("Échallens", "d'Échallens"),
        ("Le Locle", "du Locle"),
        ("Les Verrières", "des Verrières"),
        ("La Sarraz", "de La Sarraz"),
        ("Lessoc", "de Lessoc"),
    ],
)
def test_la_commune_est_nommee(nom: str, attendu: str) -> None:
    assert de_commune(nom) == attendu
