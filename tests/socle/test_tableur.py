"""Écrire dans un tableur : ce que tient une cellule se compte en unités UTF-16, comme Excel."""

from __future__ import annotations

import pytest

from pilotage_xlsx.socle.longueur import est_trop_long
from pilotage_xlsx.socle.tableur import borner


@pytest.mark.parametrize("signe", ["a", "é", "😀"])
def test_un_texte_trop_long_se_coupe_et_le_dit(signe: str) -> None:
    tient = signe * (32_767 // (len(signe.encode("utf-16-le")) // 2))
    assert borner(tient) == tient
    coupe = borner(tient + signe)
    assert coupe.endswith(" […]")
    assert not est_trop_long(coupe)
