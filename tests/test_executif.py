"""L'exécutif, avec l'article qui lui va."""

from __future__ import annotations

import pytest

from pilotage_xlsx.executif import nommer


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Municipalité", ("la Municipalité", "à la Municipalité", "de la Municipalité")),
        ("Conseil communal", ("le Conseil communal", "au Conseil communal", "du Conseil communal")),
        ("Syndics", ("l'exécutif", "à l'exécutif", "de l'exécutif")),
        (None, ("l'exécutif", "à l'exécutif", "de l'exécutif")),
    ],
)
def test_l_executif_est_nomme(nom: str | None, attendu: tuple[str, str, str]) -> None:
    assert nommer(nom) == attendu
