"""Le manifeste : lu avec méfiance, car n'importe qui a pu le fabriquer."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.ecriture import manifeste as du_dossier
from pilotage_xlsx.socle.ecriture.dossier import Depot
from pilotage_xlsx.socle.ecriture.manifeste import NOM, Inscription, ecrire, est_nu, lire

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens et tubes de POSIX")
ENTETE = {"format": 1}


def _fabriquer(dossier: Path, *lignes: object) -> Path:
    """Un manifeste écrit par quelqu'un d'autre."""
    manifeste = dossier / NOM
    manifeste.write_text("".join(f"{json.dumps(ligne)}\n" for ligne in lignes))
    return manifeste


def _ligne(nom: object, contenu: str = "1") -> dict[str, object]:
    return {"nom": nom, "sha256": sha256(contenu.encode()).hexdigest(), "par": "essai"}


def _deposer(dossier: Path) -> None:
    with Depot(dossier, "essai", remplacer=True) as depot:
        depot.deposer("outils.csv", b"2")
        depot.enlever_le_reste(lambda nom: True)


def test_ce_qui_est_ecrit_se_relit(tmp_path: Path) -> None:
    connues = {
        "outils.csv": Inscription("consolider", frozenset({"a" * 64, "b" * 64})),
        os.fsdecode(b"\xff.xlsx"): Inscription("verifier", frozenset({"c" * 64})),
    }
    ecrire(tmp_path, connues)
    assert lire(tmp_path) == connues


def test_sans_manifeste_rien_n_est_connu(tmp_path: Path) -> None:
    assert lire(tmp_path) == {}
    assert lire(tmp_path / "absent") == {}


@pytest.mark.parametrize(
    "nom",
    ["../lettre.odt", "sous/lettre.odt", "..", ".", "", "/etc/hostname", NOM, "a\0b", 12, None, []],
)
def test_un_nom_qui_mene_ailleurs_fait_tout_refuser(tmp_path: Path, nom: object) -> None:
    dossier = tmp_path / "d"
    (dossier / "sous").mkdir(parents=True)
    for lettre in (tmp_path / "lettre.odt", dossier / "sous" / "lettre.odt"):
        lettre.write_text("1")
    _fabriquer(dossier, ENTETE, _ligne("outils.csv"), _ligne(nom))
    avant = sorted(tmp_path.rglob("*"))
    with pytest.raises(SortieImpossible, match="ne se comprend pas"):
        _deposer(dossier)
    assert sorted(tmp_path.rglob("*")) == avant


def test_sous_windows_un_disque_ou_un_flux_n_est_pas_un_nom(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(du_dossier, "_INTERDITS", "/\\:\0")
    assert not any(map(est_nu, ("C:x.csv", "outils.csv:flux", "..\\x.csv", "sous\\x.csv")))
    assert est_nu("outils.csv")


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe{}",
        b"[]\n",
        b"12\n",
        b"{}\n",
        b'{"format": 2}\n',
        b'{"format": ' + b"9" * 10_000 + b"}\n",
        b"[" * 100_000 + b"\n",
        b'{"format": 1}\n{}\n',
        b'{"format": 1}\n{"nom": "a", "sha256": "0", "par": "x"}\n',
    ],
    ids=lambda octets: repr(octets[:20]),
)
def test_un_manifeste_qui_ne_se_comprend_pas_fait_tout_refuser(
    tmp_path: Path, octets: bytes
) -> None:
    (tmp_path / NOM).write_bytes(octets)
    with pytest.raises(SortieImpossible, match="Choisissez un autre dossier"):
        _deposer(tmp_path)
    assert (tmp_path / NOM).read_bytes() == octets
    assert [c.name for c in tmp_path.iterdir()] == [NOM]


def test_un_manifeste_demesure_n_est_pas_lu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(du_dossier, "_OCTETS_MAX", 1_000)
    _fabriquer(tmp_path, ENTETE, *(_ligne(f"{rang}.csv") for rang in range(10)))
    with pytest.raises(SortieImpossible):
        lire(tmp_path)


@POSIX
def test_un_manifeste_qui_n_est_pas_un_fichier_fait_tout_refuser(tmp_path: Path) -> None:
    vrai = _fabriquer(tmp_path, ENTETE).rename(tmp_path / "vrai")
    for fabriquer in (lambda c: c.symlink_to(vrai), os.mkfifo, lambda c: c.mkdir()):
        manifeste = tmp_path / "d" / NOM
        manifeste.parent.mkdir(exist_ok=True)
        fabriquer(manifeste)
        with pytest.raises(SortieImpossible):
            _deposer(manifeste.parent)
        assert [c.name for c in manifeste.parent.iterdir()] == [NOM]
        manifeste.rmdir() if manifeste.is_dir() and not manifeste.is_symlink() else (
            manifeste.unlink()
        )


@POSIX
def test_un_lien_que_le_manifeste_nomme_n_est_ni_suivi_ni_enleve(tmp_path: Path) -> None:
    dossier, lettre = tmp_path / "d", tmp_path / "lettre.odt"
    dossier.mkdir()
    lettre.write_text("1")
    (dossier / "ancienne.csv").symlink_to(lettre)
    _fabriquer(dossier, ENTETE, _ligne("ancienne.csv"))
    _deposer(dossier)
    assert (dossier / "ancienne.csv").is_symlink()
    assert lettre.read_text() == "1"


def test_une_derniere_ligne_coupee_n_a_rien_annonce(tmp_path: Path) -> None:
    manifeste = _fabriquer(tmp_path, ENTETE, _ligne("outils.csv"))
    (tmp_path / "outils.csv").write_text("1")
    with manifeste.open("a") as fichier:
        fichier.write('{"nom": "decisions.csv", "sha')
    assert set(lire(tmp_path)) == {"outils.csv"}
    _deposer(tmp_path)
    assert (tmp_path / "outils.csv").read_text() == "2"
    assert manifeste.read_text().endswith("}\n")


def test_un_manifeste_d_un_seul_nom_repete_se_lit_vite(tmp_path: Path) -> None:
    lignes = ({**_ligne("a.csv"), "sha256": f"{rang:064x}"} for rang in range(50_000))
    _fabriquer(tmp_path, ENTETE, *lignes)
    assert len(lire(tmp_path)["a.csv"].empreintes) == 50_000
