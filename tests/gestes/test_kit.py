"""``generer --kit`` : ce qui se propose, ce qui s'en dit, ce qui suit l'année d'après."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import pilotage_xlsx as px
from pilotage_xlsx.metier.etat import Etat, est_a_confirmer
from pilotage_xlsx.registre import Registre
from tests.commandes.ligne import AU, jouer
from tests.petites_tables import petites_tables
from tests.tableaux import modele

JOUR = date(2026, 11, 24)
OUTILS = modele().par_id["outils"]
KIT = modele().kit.lignes if modele().kit else ()


def _generer(*depuis: bytes, **options: Any) -> px.Genere:
    with petites_tables():
        return px.generer(*depuis, au=JOUR, **options)


def _lire(genere: px.Genere) -> Registre:
    return px.lire(genere.octets)


def _noms(registre: Registre) -> list[str | None]:
    return [outil.texte("nom") for outil in registre.lignes("outils")]


def test_un_classeur_vierge_propose_tout_le_kit() -> None:
    neuf = _generer(kit=True)
    outils = _lire(neuf).lignes("outils")
    assert len(outils) == len(KIT) > 0
    assert all(est_a_confirmer(OUTILS, outil) for outil in outils)
    assert neuf.remarques == (f"Outils : {len(KIT)} lignes proposées, à confirmer.",)


def test_sans_le_demander_rien_n_est_propose() -> None:
    assert _lire(_generer()).lignes("outils") == ()


def test_chaque_valeur_est_un_libelle_de_la_liste() -> None:
    constats = px.verifier(_generer(kit=True).octets, au=JOUR)
    assert [constat for constat in constats if constat.registre == "outils"] == []


def test_un_outil_deja_inscrit_n_est_pas_propose_une_seconde_fois() -> None:
    donnees = {"outils": [{"nom": "CONTROLE DES HABITANTS"}, {"nom": "Bus"}]}
    rempli = _generer(donnees=donnees, kit=True)
    noms = _noms(_lire(rempli))
    assert noms[:3] == ["CONTROLE DES HABITANTS", "Bus", "Messagerie et agenda"]
    assert len(noms) == len(KIT) + 1
    assert rempli.remarques[-1].endswith("à confirmer ; 1 du kit y était déjà.")


def test_ce_qui_etait_inscrit_ne_change_pas() -> None:
    donnees = {"outils": [{"nom": "Site internet", "statut": "Arrêté", "utilite": "La mienne"}]}
    sans, avec = (_lire(_generer(donnees=donnees, kit=kit)) for kit in (False, True))
    assert avec.lignes("outils")[0].valeurs == sans.lignes("outils")[0].valeurs
    assert _noms(avec).count("Site internet") == 1


def test_l_annee_suivante_garde_ce_qui_reste_a_confirmer() -> None:
    ancien = _generer(kit=True)
    assert _noms(_lire(_generer(ancien.octets))) == _noms(_lire(ancien))


def test_proposer_deux_fois_ne_double_rien() -> None:
    ancien = _generer(kit=True)
    suivant = _generer(ancien.octets, kit=True)
    assert _noms(_lire(suivant)) == _noms(_lire(ancien))
    assert suivant.remarques[-1] == (
        f"Outils : aucune ligne proposée, à confirmer ; {len(KIT)} du kit y étaient déjà."
    )


def test_une_ligne_effacee_se_repropose_seulement_si_on_le_demande() -> None:
    donnees = {"outils": [{"nom": "Bus"}]}
    ancien = _generer(donnees=donnees)
    assert _noms(_lire(_generer(ancien.octets))) == ["Bus"]
    assert len(_noms(_lire(_generer(ancien.octets, kit=True)))) == len(KIT) + 1


def test_une_ligne_confirmee_compte() -> None:
    donnees = {"outils": [{"nom": "Site internet", "statut": "En service"}]}
    etat = Etat(modele(), _lire(_generer(donnees=donnees, kit=True)))
    assert [outil.texte("nom") for outil in etat.en_vigueur("outils")] == ["Site internet"]
    assert len(etat.a_confirmer("outils")) == len(KIT) - 1


def test_un_modele_sans_kit_le_dit() -> None:
    with pytest.raises(px.GesteImpossible, match=r"kit\.toml"):
        px.generer(kit=True, au=JOUR, modele=replace(modele(), kit=None))


def test_la_commande_propose_et_le_controle_le_dit_a_part(tmp_path: Path) -> None:
    sortie = tmp_path / "a.xlsx"
    fait = jouer("generer", sortie, "--kit", "--commune", "Valmarin", *AU)
    assert (fait.code, f"{len(KIT)} lignes proposées" in fait.erreur) == (0, True)
    dit = jouer("verifier", sortie, *AU)
    assert f"Outils : {len(KIT)} lignes à confirmer, pas comptées" in dit.texte.replace(
        "\u202f", " "
    )
    (classeur,) = json.loads(jouer("verifier", sortie, "--format", "json", *AU).texte)["classeurs"]
    assert classeur["a_confirmer"] == {"outils": len(KIT)}
    assert classeur["completude"]["outils"] == {"completes": 0, "lignes": 0}
