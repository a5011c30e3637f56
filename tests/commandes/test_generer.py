"""``generer`` : options, données, refus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilotage_xlsx.lecture import lire
from tests.campagne import EST_LONGUE
from tests.commandes.ligne import AU, classeur, jouer
from tests.tableaux import modele


def test_les_options_remplissent_la_fiche(tmp_path: Path) -> None:
    sortie = tmp_path / "a.xlsx"
    options = ("--commune", "Valmarin", "--canton", "VD", "--annee", 2027)
    assert jouer("generer", sortie, *options, *AU).code == 0
    lu = lire(sortie, modele())
    assert (lu.nom, lu.commune["canton"], lu.annee) == ("Valmarin", "VD", 2027)


@pytest.mark.parametrize(
    "canton",
    ["vd", "Vaud", *(["VD", "vaud", "canton de Vaud"] if EST_LONGUE else []), "Canton  de vaud"],
)
def test_le_canton_se_dit_par_son_nom_ou_son_abreviation(tmp_path: Path, canton: str) -> None:
    assert jouer("generer", tmp_path / "a.xlsx", "--canton", canton, *AU).code == 0
    assert lire(tmp_path / "a.xlsx", modele()).commune["canton"] == "VD"


def test_un_canton_inconnu_est_ecrit_et_dit(tmp_path: Path) -> None:
    dit = jouer("generer", tmp_path / "a.xlsx", "--canton", "Savoie", *AU)
    assert dit.code == 0
    assert "Savoie" in dit.erreur


def test_sans_annee_celle_d_aujourd_hui(tmp_path: Path) -> None:
    jouer("generer", tmp_path / "a.xlsx", "--au", "01.02.2025")
    assert lire(tmp_path / "a.xlsx", modele()).annee == 2025


def test_les_options_l_emportent_sur_le_json(tmp_path: Path) -> None:
    donnees = json.dumps({"commune": {"commune": "Autre"}, "outils": [{"nom": "GED"}]})
    sortie = tmp_path / "a.xlsx"
    jouer("generer", sortie, "--depuis", "-", "--commune", "Valmarin", *AU, entree=donnees)
    lu = lire(sortie, modele())
    assert (lu.nom, len(lu.lignes("outils"))) == ("Valmarin", 1)


def test_deux_fois_les_memes_octets(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    un, deux = classeur(tmp_path), classeur(tmp_path / "b")
    assert un.read_bytes() == deux.read_bytes()


def test_une_sortie_qui_existe_est_gardee(tmp_path: Path) -> None:
    sortie = tmp_path / "a.xlsx"
    sortie.write_bytes(b"precieux")
    refus = jouer("generer", sortie, *AU)
    assert refus.code == 2
    assert "--force" in refus.erreur
    assert sortie.read_bytes() == b"precieux"
    assert jouer("generer", sortie, "--force", *AU).code == 0
    assert sortie.read_bytes() != b"precieux"


def test_une_cle_inconnue_est_nommee_et_rien_n_est_ecrit(tmp_path: Path) -> None:
    donnees = json.dumps({"outils": [{"nom": "GED", "domain": "Autre"}]})
    refus = jouer("generer", tmp_path / "a.xlsx", "--depuis", "-", *AU, entree=donnees)
    assert refus.code == 2
    assert "outils[0].domain" in refus.erreur
    assert "`domaine`" in refus.erreur
    assert not list(tmp_path.iterdir())


def test_une_valeur_hors_liste_est_ecrite_et_dite(tmp_path: Path) -> None:
    donnees = json.dumps({"outils": [{"nom": "GED", "criticite": "Vitale"}]})
    sortie = jouer("generer", tmp_path / "a.xlsx", "--depuis", "-", *AU, entree=donnees)
    assert sortie.code == 0
    assert "Vitale" in sortie.erreur
    (outil,) = lire(tmp_path / "a.xlsx", modele()).lignes("outils")
    assert outil.cellules["criticite"].texte == "Vitale"


def test_des_donnees_impossibles_se_disent(tmp_path: Path) -> None:
    profond = "[" * 100_000 + "]" * 100_000
    for donnees in (profond, "{", "[1]", '{"commune": 3}', '{"outils": {}}', '{"outils": [3]}'):
        refus = jouer("generer", tmp_path / "a.xlsx", "--depuis", "-", *AU, entree=donnees)
        assert refus.code == 2, donnees[:40]
        assert refus.erreur.startswith("Erreur"), donnees[:40]
    assert jouer("generer", tmp_path / "a.xlsx", "--depuis", tmp_path / "absent", *AU).code == 2
    assert not list(tmp_path.iterdir())


def test_un_dossier_absent_se_dit(tmp_path: Path) -> None:
    refus = jouer("generer", tmp_path / "absent" / "a.xlsx", *AU)
    assert refus.code == 2
    assert "n'existe pas" in refus.erreur


def test_un_modele_fautif_se_dit(tmp_path: Path) -> None:
    refus = jouer("generer", tmp_path / "a.xlsx", "--modele", tmp_path, *AU)
    assert refus.code == 2
    assert "modele.toml" in refus.erreur


def test_le_nom_d_un_autre_format_est_refuse(tmp_path: Path) -> None:
    sortie = jouer("generer", tmp_path / "commune.xls")
    assert sortie.code == 2
    assert not list(tmp_path.iterdir())
