"""La typographie suisse romande : espaces fines, apostrophes, montants."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage_xlsx.socle.typographie import jour, montant, nombre, typographier


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("« Oui » : vrai ; faux ?", "«\u202fOui\u202f»\u202f: vrai\u202f; faux\u202f?"),
        ("à 12:30", "à 12:30"),
        ("https://valmarin.example", "https://valmarin.example"),
        ("CHF 1'200", "CHF\u00a01'200"),
    ],
)
def test_les_espaces_deviennent_insecables_sans_s_ajouter(avant: str, apres: str) -> None:
    assert typographier(avant) == apres


@given(st.text())
def test_typographier_deux_fois_ne_change_rien(texte: str) -> None:
    assert typographier(typographier(texte)) == typographier(texte)


@pytest.mark.parametrize(
    ("valeur", "texte"), [(3600, "3'600.–"), (1234.5, "1'234.50"), (0, "0.–"), (1e6, "1'000'000.–")]
)
def test_un_montant(valeur: float, texte: str) -> None:
    assert montant(valeur) == texte


@pytest.mark.parametrize(("valeur", "texte"), [(48200, "48'200"), (7, "7"), (1.5, "1.5")])
def test_un_nombre(valeur: float, texte: str) -> None:
    assert nombre(valeur) == texte


def test_un_jour_porte_son_heure_s_il_en_a_une() -> None:
    assert jour(date(2026, 3, 2)) == "02.03.2026"
    assert jour(datetime(2026, 3, 2, 8, 5)) == "02.03.2026 08:05"
