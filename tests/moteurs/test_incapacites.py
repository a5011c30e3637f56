"""Chaque moteur calcule les constructions témoins, sauf celles qu'il dit ne pas savoir."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.moteurs.bilan import ABSENTE, est_egal
from tests.moteurs.incapacites import CONSTRUCTIONS, GESTES_IMPOSSIBLES, INCAPACITES
from tests.moteurs.moteurs import MOTEURS, Moteur
from tests.moteurs.temoins import ecrire_les_temoins
from tests.tableaux import AU


@pytest.mark.parametrize("moteur", MOTEURS, ids=lambda moteur: moteur.nom)
def test_un_moteur_ne_se_trompe_que_la_ou_il_est_dit(moteur: Moteur, tmp_path: Path) -> None:
    if absence := moteur.absence():
        pytest.skip(absence)
    lieux = ecrire_les_temoins(tmp_path / "temoins.xlsx")
    # Les lettres accentuées en capitales sont ici l'épreuve : rien n'est traduit.
    tel_quel = Moteur(moteur.nom, moteur.absence, moteur.calculer_prepares)
    (valeurs,) = tel_quel.calculer([tmp_path / "temoins.xlsx"], tmp_path / "calcul", AU)
    faux = {
        nom: valeurs.get(lieu, ABSENTE)
        for nom, lieu in lieux.items()
        if not est_egal(CONSTRUCTIONS[nom].attendu, valeurs.get(lieu, ABSENTE))
    }
    assert sorted(faux) == sorted(INCAPACITES[moteur.nom]), faux


def test_chaque_incapacite_a_son_temoin_et_sa_raison() -> None:
    noms = {moteur.nom for moteur in MOTEURS}
    assert set(INCAPACITES) == noms
    assert set(GESTES_IMPOSSIBLES) < noms
    for incapacites in INCAPACITES.values():
        assert set(incapacites) <= set(CONSTRUCTIONS)
        assert all(incapacites.values())


@pytest.mark.parametrize(
    ("nom", "construction"),
    [(nom, c) for nom, c in CONSTRUCTIONS.items() if c.motif],
    ids=[nom for nom, c in CONSTRUCTIONS.items() if c.motif],
)
def test_un_motif_ne_reconnait_que_sa_construction(nom: str, construction: object) -> None:
    import re

    motif = re.compile(CONSTRUCTIONS[nom].motif)
    vus = [autre for autre, c in CONSTRUCTIONS.items() if motif.search(c.formule)]
    assert vus == [nom]
