"""Le fichier de correspondances : écrit par la consolidation, corrigé par une personne, relu."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.consolidation.correspondances import (
    CorrespondancesIllisibles,
    lire_correspondances,
)
from pilotage_xlsx.consolidation.regroupements import presenter
from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv
from pilotage_xlsx.metier.regroupement import regrouper

TETE = "Écrit;Prestataire\n"
NOMS = [
    ("Alpha SA", ""),
    ("Alpha Sàrl", ""),
    ("Omega", ""),
    ("=Bizarre", ""),
    ("@Tous", ""),
    ("Dupont Réseaux", ""),
]


def test_ce_qui_est_ecrit_se_relit(tmp_path: Path) -> None:
    fichier = tmp_path / "correspondances.csv"
    regroupement = regrouper(NOMS)
    ecrire_csv(presenter(regroupement, est_complete=True), fichier)
    lues = lire_correspondances(fichier)
    assert set(lues) == {nom for nom, _ in NOMS}
    assert {g.nom for g in regrouper(NOMS, lues).groupes} == {g.nom for g in regroupement.groupes}


def test_la_table_du_classeur_ne_montre_que_ce_qui_est_a_voir() -> None:
    rangees = list(presenter(regrouper([*NOMS, ("Dupond Réseaux", "")])).rangees())
    assert {(rangee[0], rangee[2]) for rangee in rangees} == {
        ("Alpha SA", "Réuni"), ("Alpha Sàrl", "Réuni"),
        ("Dupont Réseaux", "À décider"), ("Dupond Réseaux", "À décider"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "octets",
    [
        "Écrit;Prestataire\nA;B\n".encode("utf-8-sig"),
        b"ecrit,prestataire,autre\nA,B,C\n",
        "Écrit\tPrestataire\r\nA\tB\r\n".encode("cp1252"),
        "Prestataire;Écrit\nB;A\n;\nseul\n".encode(),
        "Écrit\tPrestataire\r\nA\tB\r\n".encode("utf-16"),
        "Écrit;Prestataire\rA;B".encode(),
        "Écrit;Prestataire\nA\0;B\x07\n".encode(),
    ],
)
def test_les_formes_que_les_tableurs_enregistrent_se_lisent(tmp_path: Path, octets: bytes) -> None:
    fichier = tmp_path / "c.csv"
    fichier.write_bytes(octets)
    assert lire_correspondances(fichier) == {"A": "B"}


@pytest.mark.parametrize("octets", [b"", b"Nom;Autre\nA;B\n", b"\x00\xff\xfe", b"PK\x03\x04"])
def test_un_autre_fichier_est_refuse_en_une_phrase(tmp_path: Path, octets: bytes) -> None:
    fichier = tmp_path / "c.csv"
    fichier.write_bytes(octets)
    with pytest.raises(CorrespondancesIllisibles, match="Écrit"):
        lire_correspondances(fichier)


@pytest.mark.parametrize(
    ("suite", "mots"),
    [
        ('A;B\n"C;D\nE;F\n', "à partir de la ligne 3"),
        ('A;B\n"' + "C;D\n" * 100_000, "à partir de la ligne 3"),
        ("A;B\n" + "x" * 200_000 + ";B\n", "la ligne 3 a plus de"),
        ("A;B\n" * 100_001, "plus de 100'000 lignes"),
        ("x" * (17 << 20), "dépasse 16 Mo"),
    ],
    ids=["guillemet", "guillemet loin de la fin", "ligne", "rangées", "poids"],
)
def test_un_fichier_demesure_ou_mal_ferme_se_dit(tmp_path: Path, suite: str, mots: str) -> None:
    fichier = tmp_path / "c.csv"
    fichier.write_text(TETE + suite, "utf-8")
    with pytest.raises(CorrespondancesIllisibles, match=mots) as refus:
        lire_correspondances(fichier)
    assert len(str(refus.value).splitlines()) == 1


def test_un_guillemet_au_milieu_d_un_nom_y_reste(tmp_path: Path) -> None:
    fichier = tmp_path / "c.csv"
    fichier.write_text(TETE + 'Société "X";X SA\n"A\nB";"C ""D"""\n', "utf-8")
    assert lire_correspondances(fichier) == {'Société "X"': "X SA", "A B": 'C "D"'}
