"""Un secret se reconnaît et se masque ; parler d'un mot de passe n'est pas le donner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from pilotage_xlsx.socle.confidentiel import a_un_mot_de_passe, a_un_numero_avs, masquer

DONNES = (
    "mot de passe : xyz",
    "mdp=Soleil9",
    "Mdp: soleil",
    "password Winter2025",
    "Le mot de passe est Valmarin24!",
    "pwd : «\u00a0abc123\u00a0»",
    "code d'accès : 4711",
    "code PIN: 0815",
    "mot de passe du wifi : Bienvenue2026",
    "MOT DE PASSE:Hiver-2026",
    "login admin / mdp : Sesame, à garder",
)
EVOQUES = (
    "Le mot de passe a été changé.",
    "mot de passe oublié",
    "Mot de passe : à changer chaque année",
    "mot de passe : voir le coffre",
    "Mot de passe : 12 caractères au moins",
    "mot de passe changé le 12.03.2026",
    "mot de passe : 12.03.2026",
    "Gestion des mots de passe : KeePass2",
    "Mots de passe : Bitwarden",
    "code d'accès : bâtiment communal",
    "Envoi d'un mot de passe à une fausse adresse",
    "Hameçonnage : mot de passe communiqué par téléphone",
    "Le mot de passe est connu de deux personnes",
    "Passerelle 365 pour le code postal",
)


@pytest.mark.parametrize("texte", DONNES)
def test_un_mot_de_passe_donne_est_vu_et_masque(texte: str) -> None:
    assert a_un_mot_de_passe(texte)
    assert "••••••" in masquer(texte)


@pytest.mark.parametrize("texte", EVOQUES)
def test_un_mot_de_passe_evoque_n_est_pas_un_secret(texte: str) -> None:
    assert not a_un_mot_de_passe(texte)
    assert masquer(texte) == texte


@pytest.mark.parametrize(
    "texte",
    ["756.9217.0769.85", "7569217076985", "756 9217 0769 85", "n° 756.9217.0769.85, né en 1970"],
)
def test_un_numero_avs_est_vu_et_masque(texte: str) -> None:
    assert a_un_numero_avs(texte)
    assert "9217" not in masquer(texte)


@pytest.mark.parametrize(
    "texte", ["756.9217.0769.84", "756", "1756.9217.0769.85", "7569217076985123"]
)
def test_un_autre_nombre_n_est_pas_un_numero_avs(texte: str) -> None:
    assert not a_un_numero_avs(texte)
    assert masquer(texte) == texte


@given(st.integers(0, 10**10 - 1))
def test_le_chiffre_de_controle_est_celui_de_la_bibliotheque(nombre: int) -> None:
    texte = f"756{nombre:010}"
    assert a_un_numero_avs(texte) == ean.is_valid(texte)


@given(st.text(st.sampled_from("mdp :=756.9210S olei!«»\n"), max_size=40))
def test_masquer_deux_fois_ne_change_rien(texte: str) -> None:
    assert masquer(masquer(texte)) == masquer(texte)


@pytest.mark.parametrize("texte", DONNES)
def test_un_texte_masque_n_a_plus_de_secret(texte: str) -> None:
    assert not a_un_mot_de_passe(masquer(texte))
