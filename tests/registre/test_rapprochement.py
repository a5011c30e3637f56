"""Se ressembler : une coquille, oui ; un numéro ou un sigle de plus, non."""

from __future__ import annotations

import pytest
from stdnum.ch import uid

from pilotage_xlsx.registre.rapprochement import (
    proposer,
    sans_forme_juridique,
    sont_presque_identiques,
)
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Comptabilité", "Comptabilite"),
        ("Site internet", "Sites internet"),
        ("Office 365", "Office365"),
        ("Contrôle des habitants", "Controle des habitans"),
        ("Messagerie communale", "Messagreie communale"),
    ],
)
def test_une_coquille_rapproche(un: str, autre: str) -> None:
    assert sont_presque_identiques(un, autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Serveur 1", "Serveur 2"),
        ("OneGov", "OneGov GEVER"),
        ("Logiciel de facturation A", "Logiciel de facturation B"),
        ("Imprimante du secrétariat", "Imprimante du secrétariat EST"),
        ("GED", "ged"),
        ("Salaires", "Archives"),
        ("Site internet", "Site intranet"),
        ("", "-"),
    ],
)
def test_deux_choses_distinctes_restent_distinctes(un: str, autre: str) -> None:
    assert not sont_presque_identiques(un, autre)


def test_une_proposition_oublie_accents_et_casse() -> None:
    assert proposer("controle HABITANT", ["Contrôle des habitants", "Cimetière"]) is not None
    assert proposer("bleu", ["Contrôle des habitants", "Cimetière"]) is None


def test_parmi_des_milliers_de_noms_le_voisin_se_retrouve() -> None:
    noms = [f"Entreprise {rang:04} du Lac SA" for rang in range(3_000)]
    assert proposer("Entreprise 1234 du Lca SA", noms) == "Entreprise 1234 du Lac SA"


def test_la_forme_juridique_ne_compte_pas() -> None:
    assert sans_forme_juridique("Alpha Sàrl") == sans_forme_juridique("Alpha SA") == "Alpha"
    assert sans_forme_juridique("SA") == "SA"


@pytest.mark.parametrize("dernier", range(10))
def test_le_controle_de_l_ide_est_celui_de_la_bibliotheque(dernier: int) -> None:
    chiffres = f"12345678{dernier}"
    assert a_un_bon_chiffre_de_controle(chiffres) == uid.is_valid(f"CHE{chiffres}")
