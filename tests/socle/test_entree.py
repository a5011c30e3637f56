"""La porte des fichiers reçus : rien ne l'arrête, rien ne la déborde."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from pilotage_xlsx.socle import entree
from pilotage_xlsx.socle.entree import EntreeRefusee, Raison, lire, lire_dans, lire_l_entree
from pilotage_xlsx.socle.json_recu import lire_json

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens, tubes et appareils de POSIX")
BORNE = 10


@pytest.fixture
def ailleurs(tmp_path: Path) -> Path:
    """Un dossier, et un secret à côté de lui."""
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "dossier").mkdir()
    return tmp_path / "dossier"


def test_un_fichier_qui_tient_dans_sa_borne_se_lit_entier(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * BORNE)
    assert lire(tmp_path / "a", BORNE) == b"x" * BORNE


def test_un_octet_de_trop_est_refuse(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * (BORNE + 1))
    with pytest.raises(EntreeRefusee, match="dépasse") as refus:
        lire(tmp_path / "a", BORNE)
    assert refus.value.cause is Raison.DEMESUREE


def test_un_fichier_immense_n_est_pas_lu_au_dela_de_sa_borne(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as creux:
        creux.truncate(1 << 40)
    with pytest.raises(EntreeRefusee, match="dépasse"):
        lire(tmp_path / "a", BORNE)


@POSIX
def test_un_tube_un_appareil_une_prise_ne_font_pas_attendre(tmp_path: Path) -> None:
    tube, prise = tmp_path / "tube", tmp_path / "prise"
    os.mkfifo(tube)
    with socket.socket(socket.AF_UNIX) as ouverte:
        ouverte.bind(str(prise))
        for chemin in (tube, prise, Path("/dev/zero"), Path("/dev/tty")):
            with pytest.raises(EntreeRefusee) as refus:
                lire(chemin, BORNE)
            assert refus.value.cause is Raison.ILLISIBLE, chemin


def test_un_nom_absent_impossible_ou_de_dossier_se_dit(tmp_path: Path) -> None:
    for nom, mots in (
        ("absent", "introuvable"),
        ("\0", "n'est pas permis"),
        ("x" * 300, "trop long"),
    ):
        with pytest.raises(EntreeRefusee, match=mots):
            lire(tmp_path / nom, BORNE)
    with pytest.raises(EntreeRefusee, match="ne se lit pas"):
        lire(tmp_path, BORNE)


@POSIX
def test_un_lien_se_suit_jusqu_a_un_fichier(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "lien").symlink_to("a")
    (tmp_path / "boucle").symlink_to("boucle")
    assert lire(tmp_path / "lien", BORNE) == b"a"
    with pytest.raises(EntreeRefusee, match="tournent en rond"):
        lire(tmp_path / "boucle", BORNE)


@pytest.mark.parametrize("nom", ["", ".", "..", "../secret", "..\\secret", "C:a", "/etc/passwd"])
def test_un_nom_qui_sort_du_dossier_ne_se_lit_pas(ailleurs: Path, nom: str) -> None:
    with pytest.raises(EntreeRefusee, match="sort du dossier"):
        lire_dans(ailleurs, nom, BORNE)


@POSIX
def test_un_lien_qui_reste_dans_le_dossier_se_lit(ailleurs: Path) -> None:
    (ailleurs / "a").write_bytes(b"a")
    (ailleurs / "lien").symlink_to("a")
    assert lire_dans(ailleurs, "lien", BORNE) == b"a"


@POSIX
@pytest.mark.parametrize("nom", ["lien", "boucle"])
def test_un_lien_qui_sort_du_dossier_ne_se_lit_pas(ailleurs: Path, nom: str) -> None:
    (ailleurs / "lien").symlink_to(ailleurs.parent / "secret")
    (ailleurs / "boucle").symlink_to("boucle")
    with pytest.raises(EntreeRefusee):
        lire_dans(ailleurs, nom, BORNE)


@POSIX
def test_un_lien_glisse_apres_l_examen_ne_se_lit_pas(
    ailleurs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L'examen a vu un fichier ordinaire ; à l'ouverture, c'est un lien."""
    (ailleurs / "a").symlink_to(ailleurs.parent / "secret")
    monkeypatch.setattr(entree.os.path, "realpath", os.path.abspath)
    with pytest.raises(EntreeRefusee):
        lire_dans(ailleurs, "a", BORNE)


def test_l_entree_a_aussi_sa_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * (BORNE + 1))))
    with pytest.raises(EntreeRefusee, match="L'entrée standard dépasse"):
        lire_l_entree(BORNE)


def test_une_entree_fermee_est_vide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert lire_l_entree(BORNE) == b""


@pytest.mark.parametrize(
    ("octets", "mots"),
    [
        (b'{\n"a": ' + b"9" * 10_000 + b"}", "trop grand, à la ligne 2"),
        (b"1e999", "trop grand"),
        (b"[" * 100_000 + b"]" * 100_000, "trop imbriqué"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "trop imbriqué"),
        (b"[" + b"[]," * 300_000 + b"0]", "trop de valeurs"),
        (b'["\\ud800 seul, sans sa moitie"]', "ne se comprend pas"),
        (b'["\xed\xa0\x80"]', "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8"),
        (b"NaN", "la ligne 1 ne se comprend pas"),
        (b"Infinity", "la ligne 1 ne se comprend pas"),
        (b"\x00", "ne se comprend pas"),
    ],
)
def test_un_json_hostile_se_dit_en_une_phrase(tmp_path: Path, octets: bytes, mots: str) -> None:
    (tmp_path / "a.json").write_bytes(octets)
    with pytest.raises(EntreeRefusee, match=mots) as refus:
        lire_json(tmp_path / "a.json", 1 << 20)
    assert refus.value.cause is Raison.CONTENU
    assert len(str(refus.value).splitlines()) == 1


def test_la_marque_d_un_json_ne_gene_pas(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes('{"é": 1}'.encode("utf-8-sig"))
    assert lire_json(tmp_path / "a.json", 100) == {"é": 1}
