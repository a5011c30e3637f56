"""L'original dans la copie : il y voyage s'il n'est pas trop lourd, et se rend à l'octet."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pilotage_xlsx.retouche import Dit
from pilotage_xlsx.retouche import annoter as ouvrir_l_annotation
from tests.commandes.ligne import AU, jouer
from tests.retouche.bruts import entrees
from tests.retouche.classeurs import ecrire_le_riche
from tests.retouche.copies import annoter, retirer
from tests.retouche.preuves import ORIGINAL, constat, parties

_CONSTATS = [constat("Outils", "D7"), constat("Outils", "C7")]


@pytest.fixture
def riche(tmp_path: Path) -> Path:
    return ecrire_le_riche(tmp_path)


@pytest.fixture
def borne(riche: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """La copie est juste à la borne : ses parties décomprimées et le fichier reçu."""
    octets = riche.read_bytes()
    poids = sum(entree.taille for entree in entrees(octets).values()) + len(octets)
    monkeypatch.setattr("pilotage_xlsx.retouche.origine.COPIE_MAX", poids)
    return poids


def test_l_original_est_en_dernier_et_sans_compression(riche: Path) -> None:
    copie = annoter(riche, _CONSTATS, "Bilan")
    nom, entree = list(entrees(copie).items())[-1]
    assert nom == ORIGINAL
    assert entree.methode == zipfile.ZIP_STORED
    assert entree.comprime.endswith(riche.read_bytes())


def test_a_la_borne_l_original_voyage(riche: Path, borne: int) -> None:
    with ouvrir_l_annotation(riche, _CONSTATS, Dit("Bilan")) as annotee:
        assert annotee.porte_l_original
    assert ORIGINAL in entrees(annoter(riche, _CONSTATS, "Bilan"))


def test_au_dela_il_ne_voyage_pas_et_les_annotations_s_enlevent(
    riche: Path, borne: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("pilotage_xlsx.retouche.origine.COPIE_MAX", borne - 1)
    with ouvrir_l_annotation(riche, _CONSTATS, Dit("Bilan")) as annotee:
        assert not annotee.porte_l_original
    copie = tmp_path / "copie.xlsm"
    copie.write_bytes(annoter(riche, _CONSTATS, "Bilan"))
    assert ORIGINAL not in entrees(copie.read_bytes())
    rendu = retirer(copie)
    assert rendu is not None
    avant, apres = parties(riche.read_bytes()), parties(rendu)
    assert avant.keys() == apres.keys()
    assert not any(b"pilotage-xlsx&quot;" in contenu for contenu in apres.values())
    assert apres["xl/comments1.xml"].count(b"Vu avec le boursier.") == 1
    assert b"Une faute." not in apres["xl/comments1.xml"]


@pytest.mark.parametrize("partie", ["xl/comments1.xml", "xl/media/armoiries.png"])
def test_une_seule_partie_changee_et_l_original_ne_revient_pas(
    partie: str, riche: Path, tmp_path: Path
) -> None:
    copie = _remplacer(annoter(riche, _CONSTATS, "Bilan"), partie, b"<comments/>")
    (tmp_path / "copie.xlsm").write_bytes(copie)
    rendu = retirer(tmp_path / "copie.xlsm")
    assert rendu is not None
    assert rendu != riche.read_bytes()
    assert parties(rendu)[partie] == b"<comments/>"


def test_une_copie_de_la_version_0_1_0_se_defait_partie_par_partie(
    riche: Path, tmp_path: Path
) -> None:
    """Son empreinte était celle des parties décomprimées : elle ne se comprend plus."""
    copie = annoter(riche, _CONSTATS, "Bilan")
    somme = hashlib.sha256()
    for nom, contenu in sorted(parties(copie).items()):
        if nom != ORIGINAL:
            somme.update(f"{nom}\n".encode() + hashlib.sha256(contenu).digest())
    ancienne = _remplacer(copie, ORIGINAL, somme.digest() + riche.read_bytes())
    (tmp_path / "ancienne.xlsm").write_bytes(ancienne)
    rendu = retirer(tmp_path / "ancienne.xlsm")
    assert rendu is not None
    assert parties(rendu).keys() == parties(riche.read_bytes()).keys()
    assert b"Une faute." not in parties(rendu)["xl/comments1.xml"]


def test_l_absence_de_l_original_se_dit_avant_d_ecrire(tmp_path: Path) -> None:
    chemin = ecrire_le_riche(tmp_path)
    with zipfile.ZipFile(chemin, "a", zipfile.ZIP_DEFLATED) as archive:
        for rang in range(27):
            archive.writestr(f"xl/media/photo{rang}.png", bytes(10_000_000))
    sortie = jouer("verifier", chemin, "--annoter", tmp_path / "c", *AU)
    avant, ecrite, _ = sortie.erreur.partition("riche-annote.xlsm")
    assert "Gardez l'original" in " ".join(avant.split())
    assert ecrite
    assert jouer("verifier", tmp_path / "c" / "riche-annote.xlsm", "--retirer").code == 0


def _remplacer(octets: bytes, partie: str, contenu: bytes) -> bytes:
    flux = BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, ancien in parties(octets).items():
            archive.writestr(nom, contenu if nom == partie else ancien)
    return flux.getvalue()
