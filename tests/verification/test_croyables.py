"""Trente communes croyables : exactement les constats attendus, et au plus un dixième de bruit."""

from __future__ import annotations

from collections import Counter

import pytest

from pilotage_xlsx.metier.constats import Constat, Gravite, grouper
from tests.tableaux import constats, nommer
from tests.verification.communes_croyables import COMMUNES

BRUIT_ADMIS = 0.1
APPRENNENT_UNE_FAUTE = {"papier 2", "changement 2"}
"""Celles qui ont quelque chose à corriger ; les autres n'ont que des points d'attention."""


def _dits(nom: str) -> list[Constat]:
    """Ce qu'une lectrice lit de la commune : le premier constat de chaque groupe."""
    vus = constats(COMMUNES[nom].texte)
    return [groupe.premier for groupe in grouper(vus)]


@pytest.mark.parametrize("nom", COMMUNES)
def test_ce_que_dit_le_controle_est_ce_qui_est_attendu(nom: str) -> None:
    dits = sorted(f"{constat.regle} {nommer(constat)}" for constat in _dits(nom))
    assert dits == sorted(COMMUNES[nom].attendus)


@pytest.mark.parametrize("nom", COMMUNES)
def test_une_commune_honnete_n_a_ni_erreur_ni_avertissement(nom: str) -> None:
    graves = [c.regle for c in _dits(nom) if c.gravite is not Gravite.ATTENTION]
    assert bool(graves) == (nom in APPRENNENT_UNE_FAUTE), graves


def test_au_plus_un_constat_sur_dix_n_est_que_du_bruit() -> None:
    jugements = [juste for commune in COMMUNES.values() for juste in commune.attendus.values()]
    assert jugements.count(False) <= BRUIT_ADMIS * len(jugements)


def test_les_communes_sont_trois_de_dix_sortes() -> None:
    assert set(Counter(c.sorte for c in COMMUNES.values()).values()) == {3}
    assert len(COMMUNES) == 30
