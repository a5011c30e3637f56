"""Chaque règle a un cas propre et un cas fautif ; elle accuse la bonne cellule et rien d'autre."""

from __future__ import annotations

import pytest

from pilotage_xlsx.verification import fiche
from pilotage_xlsx.verification.catalogue import PAR_CLASSEUR
from tests.tableaux import cellules, constats
from tests.verification import (
    cas_cellules,
    cas_communes,
    cas_decisions,
    cas_incidents,
    cas_outils,
    cas_prestataires,
    cas_tapees,
)
from tests.verification.cas import Cas

CAS = (
    *cas_cellules.CAS,
    *cas_tapees.CAS,
    *cas_outils.CAS,
    *cas_prestataires.CAS,
    *cas_decisions.CAS,
    *cas_incidents.CAS,
    *cas_communes.CAS,
)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_le_cas_propre_n_est_pas_accuse(cas: Cas) -> None:
    assert cellules(cas.code, cas.propre) == []


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_le_cas_fautif_est_accuse_a_la_bonne_cellule(cas: Cas) -> None:
    assert sorted(cellules(cas.code, cas.fautif)) == sorted(cas.accuse)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_la_gravite_et_le_paragraphe_viennent_de_la_fiche(cas: Cas) -> None:
    une = fiche(cas.code)
    constat = next(c for c in constats(cas.fautif) if c.regle == cas.code)
    assert une is not None
    assert (constat.gravite, constat.paragraphe) == (une.gravite, une.paragraphe)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_aucun_mot_d_un_gabarit_ne_reste_dans_un_constat(cas: Cas) -> None:
    dits = [texte for c in constats(cas.fautif) for texte in (c.message, c.corriger)]
    assert [texte for texte in dits if "{" in texte] == []


def test_chaque_regle_d_un_classeur_a_son_cas() -> None:
    codes = {regle.fiche.code for regle in PAR_CLASSEUR}
    ailleurs = {"CEL-001"} | {code for code in codes if code.startswith("STR")}
    assert {cas.code for cas in CAS} == codes - ailleurs
