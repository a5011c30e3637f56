"""Une date se comprend de toutes les façons sans équivoque de l'écrire, et d'aucune autre."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pilotage_xlsx.socle.dates import (
    ORIGINE_1904,
    ajouter_mois,
    depuis_serie,
    depuis_texte,
    est_avant,
    vers_serie,
)


@pytest.mark.parametrize(
    "texte",
    [
        "12.03.2026", "12/03/2026", "12-3-26", "12.3.26", "2026-03-12", "20260312", "2026/3/12",
        "12 mars 2026", "jeudi 12 mars 2026", "12 MARS 2026", " 12.03.2026\u202f",
    ],
)  # fmt: skip
def test_les_formes_usuelles(texte: str) -> None:
    assert depuis_texte(texte) == date(2026, 3, 12)


@pytest.mark.parametrize("texte", ["1er août 2026", "01 aout 2026", "1 août 2026"])
def test_le_premier_du_mois(texte: str) -> None:
    assert depuis_texte(texte) == date(2026, 8, 1)


@pytest.mark.parametrize(
    "texte", ["12.03.2026 14:30", "12.03.2026 à 14h30", "2026-03-12T14:30:00Z", "12.3.26, 14:30"]
)
def test_une_heure_se_garde(texte: str) -> None:
    assert depuis_texte(texte) == datetime(2026, 3, 12, 14, 30)


@pytest.mark.parametrize(
    "texte",
    ["", "mars 2026", "31.02.2026", "env. 2019", "2026", "12.03", "12.13.2026", "12.03.1905",
     "25:00", "12.03.2026 25:00", "hier"],
)  # fmt: skip
def test_le_reste_n_est_pas_une_date(texte: str) -> None:
    assert depuis_texte(texte) is None


def test_un_numero_de_serie() -> None:
    assert depuis_serie(46093) == date(2026, 3, 12)
    assert depuis_serie(46093.5) == datetime(2026, 3, 12, 12)
    assert depuis_serie(46093 - 1462, ORIGINE_1904) == date(2026, 3, 12)
    assert depuis_serie(20260312) == date(2026, 3, 12)


@pytest.mark.parametrize("serie", [2026, 12.03, -1, 1e300, float("nan"), float("inf"), 99999999])
def test_une_serie_invraisemblable_n_est_pas_une_date(serie: float) -> None:
    assert depuis_serie(serie) is None


def test_le_numero_de_serie_d_une_date_la_redonne() -> None:
    for jour in (date(2026, 3, 12), datetime(2026, 3, 12, 14, 30)):
        assert depuis_serie(vers_serie(jour)) == jour


def test_deux_instants_ne_se_comparent_a_l_heure_que_s_ils_en_ont_une() -> None:
    assert est_avant(datetime(2026, 3, 12, 8), datetime(2026, 3, 12, 9))
    assert not est_avant(date(2026, 3, 12), datetime(2026, 3, 12, 9))


@pytest.mark.parametrize(
    ("mois", "attendu"),
    [
        (0, date(2026, 1, 31)),
        (1, date(2026, 2, 28)),
        (10, date(2026, 11, 30)),
        (11, date(2026, 12, 31)),
        (12, date(2027, 1, 31)),
        (-1, date(2025, 12, 31)),
        (-2, date(2025, 11, 30)),
        (-3, date(2025, 10, 31)),
        (-12, date(2025, 1, 31)),
        (25, date(2028, 2, 29)),
    ],
)
def test_ajouter_des_mois_reste_dans_le_mois(mois: int, attendu: date) -> None:
    assert ajouter_mois(date(2026, 1, 31), mois) == attendu
