"""``corriger`` : ce qui est sans doute, sur une copie, avant et après montrés."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import load_workbook

from tests.adresses import case
from tests.commandes.ligne import AU, classeur, jouer


@cache
def _saisir(*saisies: tuple[str, int, object]) -> bytes:
    """Le classeur d'exemple, où ces colonnes de ces lignes d'« Outils » disent autre chose."""
    with TemporaryDirectory() as dossier:
        livre = load_workbook(classeur(Path(dossier)))
    for colonne, ligne, valeur in saisies:
        livre["Outils"][case("outils", colonne, ligne)] = valeur
    livre.save(tampon := BytesIO())
    return tampon.getvalue()


@pytest.fixture
def fautif(tmp_path: Path) -> Path:
    """Trois saisies réparables, et une formule qui ne l'est pas."""
    chemin = classeur(tmp_path).with_name("fautif.xlsx")
    octets = _saisir(
        ("criticite", 7, "indispensable "),
        ("en_service_depuis", 8, "12/03/2026"),
        ("cout_annuel", 9, "CHF 1’234,50"),
        ("criticite", 10, '="important"'),
    )
    chemin.write_bytes(octets)
    return chemin


def test_avant_et_apres_sont_montres(fautif: Path, tmp_path: Path) -> None:
    avant = fautif.read_bytes()
    sortie = jouer("corriger", fautif)
    assert sortie.code == 0
    adresse = case("outils", "criticite", 7)
    for montre in (adresse, "« indispensable␣ » → « Indispensable »", "« 12.03.2026 »"):
        assert montre in sortie.texte.replace("\u202f", " ")
    assert "3 cellules réparées" in sortie.erreur
    assert fautif.read_bytes() == avant
    assert (tmp_path / "fautif-corrige.xlsx").exists()


def test_apres_il_n_y_a_plus_rien_a_reparer(fautif: Path, tmp_path: Path) -> None:
    jouer("corriger", fautif)
    corrige = tmp_path / "fautif-corrige.xlsx"
    assert "Rien à réparer" in jouer("corriger", corrige, "--essai").texte
    avant = jouer("verifier", fautif, "--format", "json", *AU).json["classeurs"][0]["constats"]
    apres = jouer("verifier", corrige, "--format", "json", *AU).json["classeurs"][0]["constats"]
    partis = {(c["regle"], c["cellule"]) for c in avant} - {
        (c["regle"], c["cellule"]) for c in apres
    }
    reparees = [case("outils", "en_service_depuis", 8), case("outils", "cout_annuel", 9)]
    assert {("CEL-017", adresse) for adresse in reparees} <= partis
    assert {(c["regle"], c["cellule"]) for c in apres} <= {
        (c["regle"], c["cellule"]) for c in avant
    }


def test_une_formule_garde_sa_formule(fautif: Path, tmp_path: Path) -> None:
    jouer("corriger", fautif)
    outils = load_workbook(tmp_path / "fautif-corrige.xlsx")["Outils"]
    assert outils[case("outils", "criticite", 10)].value == '="important"'


def test_essai_ne_change_rien(fautif: Path, tmp_path: Path) -> None:
    sortie = jouer("corriger", fautif, "--essai")
    assert sortie.code == 0
    assert "Essai" in sortie.erreur
    assert not (tmp_path / "fautif-corrige.xlsx").exists()


def test_la_sortie_se_choisit_et_ne_remplace_rien_sans_force(fautif: Path, tmp_path: Path) -> None:
    choisie = tmp_path / "choisie.xlsx"
    assert jouer("corriger", fautif, "--sortie", choisie).code == 0
    assert jouer("corriger", fautif, "--sortie", choisie).code == 2
    assert jouer("corriger", fautif, "--sortie", choisie, "--force").code == 0
    assert jouer("corriger", fautif, "--sortie", fautif, "--force").code == 2
    assert jouer("corriger", fautif, "--sortie", tmp_path / "autre.xlsm").code == 2


def test_sans_faute_aucune_copie(tmp_path: Path) -> None:
    sortie = jouer("corriger", classeur(tmp_path))
    assert (sortie.code, "Rien à réparer" in sortie.texte) == (0, True)
    assert not list(tmp_path.glob("*corrige*"))


def test_un_secret_est_masque(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(_saisir(("utilite", 7, " AVS 756.9217.0769.85 ")))
    sortie = jouer("corriger", secret)
    assert case("outils", "utilite", 7) in sortie.texte
    assert "9217" not in sortie.texte + sortie.erreur


def test_un_fichier_illisible_est_une_phrase(tmp_path: Path) -> None:
    sortie = jouer("corriger", tmp_path / "absent.xlsx")
    assert sortie.code == 2
    assert "introuvable" in sortie.erreur


@pytest.fixture
def a_choisir(tmp_path: Path) -> Path:
    """Un montant pris pour un négatif, et une durée en jours là où il faut des mois."""
    chemin = tmp_path / "a-choisir.xlsx"
    chemin.write_bytes(_saisir(("cout_annuel", 8, -1200), ("delai_resiliation", 9, "90 jours")))
    return chemin


def test_une_proposition_ne_s_ecrit_pas_sans_qu_on_l_accepte(a_choisir: Path) -> None:
    sortie = jouer("corriger", a_choisir, *AU)
    assert sortie.code == 0
    for montre in ("À vous de choisir", "« -1200 » → « 1'200 »", "« 90 jours » → « 3 »"):
        assert montre in sortie.texte.replace("\u202f", " ")
    assert not (a_choisir.parent / "a-choisir-corrige.xlsx").exists()


@pytest.mark.parametrize(
    ("acceptees", "cout", "delai"),
    [
        (("--accepter", "2"), -1200, 3),
        (("--accepter", "1"), 1200, "90 jours"),
        (("--accepter", "2", "--accepter", "1"), 1200, 3),
        (("--accepter", "toutes"), 1200, 3),
    ],
)
def test_ce_qui_est_accepte_s_ecrit(
    a_choisir: Path, acceptees: tuple[str, ...], cout: object, delai: object
) -> None:
    assert jouer("corriger", a_choisir, *acceptees, *AU).code == 0
    outils = load_workbook(a_choisir.parent / "a-choisir-corrige.xlsx")["Outils"]
    assert outils[case("outils", "cout_annuel", 8)].value == cout
    assert outils[case("outils", "delai_resiliation", 9)].value == delai


@pytest.mark.parametrize("numero", ["3", "0", "une", "-1"])
def test_une_proposition_inconnue_se_refuse(a_choisir: Path, numero: str) -> None:
    sortie = jouer("corriger", a_choisir, "--accepter", numero, *AU)
    assert sortie.code == 2
    assert not (a_choisir.parent / "a-choisir-corrige.xlsx").exists()
