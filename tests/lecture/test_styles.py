"""Un format montre une date s'il a un jour ou une heure hors de ses littéraux."""

from __future__ import annotations

import pytest

from pilotage_xlsx.socle.dates import est_format_de_date


@pytest.mark.parametrize(
    "code",
    ["dd.mm.yyyy", "[$-100C]d\\ mmmm\\ yyyy", "[h]:mm", "yyyy", "JJ.MM.AAAA", 'd" jours"', "hh:mm"],
)
def test_un_format_de_date(code: str) -> None:
    assert est_format_de_date(code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        '#,##0" francs dus"',
        "[Red]0",
        "\\d0",
        "_d0",
        '0;[Red]"mois"',
        "@",
        "0E+00",
    ],
)
def test_un_format_qui_n_est_pas_de_date(code: str) -> None:
    assert not est_format_de_date(code)
