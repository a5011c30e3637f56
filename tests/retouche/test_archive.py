"""L'archive d'une copie : ce qui ne change pas passe à l'octet comprimé, rien ne se perd."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from pilotage_xlsx import retouche
from pilotage_xlsx.socle.paquet import Refus, ouvrir
from tests.lecture.paquets import ecrire, parties
from tests.retouche.bruts import entrees
from tests.retouche.classeurs import ecrire_le_riche
from tests.retouche.copies import annoter, corriger, retirer
from tests.retouche.preuves import constat, parties_concernees

_IMAGE = Random(7).randbytes(3_000)
_CONSTATS = [constat("Feuille", "A1")]
_CHANGEES = {
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
}


def _classeur(chemin: Path, **etrangeres: bytes) -> Path:
    ecrire(chemin, {**parties("<row r='1'><c r='A1'><v>1</v></c></row>"), **etrangeres})
    return chemin


def _ajouter(chemin: Path, *infos: zipfile.ZipInfo) -> Path:
    with zipfile.ZipFile(chemin, "a") as archive:
        for info in infos:
            archive.writestr(info, b"" if info.filename.endswith("/") else _IMAGE)
    return chemin


def _info(nom: str, methode: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(nom, (2107, 12, 31, 23, 59, 58))
    info.compress_type = methode
    return info


def test_les_parties_inchangees_gardent_leurs_octets_comprimes(tmp_path: Path) -> None:
    chemin = ecrire_le_riche(tmp_path)
    avant = entrees(chemin.read_bytes())
    apres = entrees(annoter(chemin, [constat("Outils", "D7")], "Bilan"))
    permises = parties_concernees(chemin, ["Outils", "Lisez-moi"])  # celle qui s'ouvrait
    inchangees = [nom for nom in avant if nom.lower() not in permises]
    assert len(inchangees) > 20
    assert {nom: apres[nom] for nom in inchangees} == {nom: avant[nom] for nom in inchangees}


@pytest.mark.parametrize(
    "nom",
    [
        "xl/",
        "xl/media/",
        "../ailleurs.bin",
        "xl\\media\\image.png",
        "/absolue.bin",
        "É 😀.bin",
        "xl/A",
    ],
)
@pytest.mark.parametrize("methode", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_une_entree_etrange_reste_telle_quelle(nom: str, methode: int, tmp_path: Path) -> None:
    chemin = _ajouter(_classeur(tmp_path / "a.xlsx"), _info(nom, methode))
    avant = entrees(chemin.read_bytes())
    for octets in (
        annoter(chemin, _CONSTATS, "Bilan"),
        corriger(chemin, {("Feuille", 1, 1): 2}, {})[0],
    ):
        apres = entrees(octets)
        assert {n: e for n, e in avant.items() if n not in _CHANGEES}.items() <= apres.items()
        assert avant.keys() <= apres.keys()


def test_un_nom_sans_la_marque_utf_8_garde_ses_octets(tmp_path: Path) -> None:
    """Un tableur lit « é » où `zipfile` lit autre chose : seuls les octets sont sûrs."""
    chemin = _ajouter(_classeur(tmp_path / "a.xlsx"), _info("xl/media/image_e_.png"))
    chemin.write_bytes(chemin.read_bytes().replace(b"image_e_", "imageé_".encode()))
    copie = corriger(chemin, {("Feuille", 1, 1): 2}, {})[0]
    assert copie.count("xl/media/imageé_.png".encode()) == 2


def test_des_tailles_ecrites_apres_le_contenu_se_recopient(tmp_path: Path) -> None:
    """Une archive écrite au fil de l'eau ne dit ses tailles qu'après chaque entrée."""

    class SansRetour(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    flux = SansRetour()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in {**parties(), "xl/media/image.png": _IMAGE}.items():
            archive.writestr(nom, contenu)
    chemin = tmp_path / "fil.xlsx"
    chemin.write_bytes(flux.getvalue())
    apres = entrees(annoter(chemin, _CONSTATS, "Bilan"))
    assert apres["xl/media/image.png"] == entrees(flux.getvalue())["xl/media/image.png"]


def test_une_archive_precedee_d_autre_chose_se_recopie(tmp_path: Path) -> None:
    chemin = _classeur(tmp_path / "a.xlsx", **{"xl/media/image.png": _IMAGE})
    chemin.write_bytes(b"PK en tete" + chemin.read_bytes())
    apres = entrees(annoter(chemin, _CONSTATS, "Bilan"))
    assert apres["xl/media/image.png"].taille == len(_IMAGE)


@pytest.mark.parametrize("grand", [10, 2_000, 9_000])
def test_une_grande_archive_s_ecrit_en_zip64(
    grand: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chemin = _classeur(tmp_path / "a.xlsx", **{"xl/media/image.png": _IMAGE * 30})
    monkeypatch.setattr("pilotage_xlsx.retouche.empaquetage.GRAND", grand)
    octets = annoter(chemin, _CONSTATS, "Bilan")
    assert b"PK\6\6" in octets
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        assert archive.testzip() is None
        assert archive.read("xl/media/image.png") == _IMAGE * 30
    (tmp_path / "b.xlsx").write_bytes(octets)
    assert retirer(tmp_path / "b.xlsx") == chemin.read_bytes()
    (tmp_path / "c.xlsx").write_bytes(annoter(tmp_path / "b.xlsx", _CONSTATS, "Bilan"))
    assert (tmp_path / "c.xlsx").read_bytes() == octets


def test_deux_fois_la_meme_copie(tmp_path: Path) -> None:
    chemin = ecrire_le_riche(tmp_path)
    constats = [constat("Outils", "D7")]
    assert annoter(chemin, constats, "Bilan") == annoter(chemin, constats, "Bilan")


def test_des_entrees_qui_se_recouvrent_sont_un_refus(tmp_path: Path) -> None:
    """Cinq mille fois les mêmes octets feraient d'un petit fichier une copie sans fin."""
    image = {f"xl/media/image{rang}.png": _IMAGE for rang in range(20)}
    chemin = _classeur(tmp_path / "a.xlsx", **image)
    with zipfile.ZipFile(chemin, "a") as archive:
        infos = [info for info in archive.infolist() if "media" in info.filename]
        for info in infos:
            info.compress_size = infos[0].compress_size * 10
        archive.writestr("fin", b"")
    with pytest.raises(Refus, match="recouvrent"):
        annoter(chemin, _CONSTATS, "Bilan")


def test_une_entree_dont_l_entete_manque_est_un_refus(tmp_path: Path) -> None:
    chemin = _classeur(tmp_path / "a.xlsx", **{"image.png": _IMAGE})
    octets = bytearray(chemin.read_bytes())
    octets[octets.index(b"image.png") - 30] ^= 0xFF
    chemin.write_bytes(octets)
    with pytest.raises(Refus, match=r"image\.png"):
        annoter(chemin, _CONSTATS, "Bilan")


def test_un_classeur_qui_change_pendant_la_copie_est_un_refus(tmp_path: Path) -> None:
    chemin = _classeur(tmp_path / "a.xlsx", **{"xl/media/image.png": _IMAGE})
    with retouche.annoter(chemin, _CONSTATS, retouche.Dit("Bilan")) as annotee:
        chemin.write_bytes(chemin.read_bytes()[:2_000])
        with pytest.raises(Refus):
            annotee.copie.ecrire(tmp_path / "b.xlsx")


def test_une_copie_que_le_lecteur_refuserait_n_est_pas_annoncee(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """La liste des constats s'ajoute au classeur : ensemble, ils peuvent passer une borne."""
    chemin = _classeur(tmp_path / "a.xlsx")
    monkeypatch.setattr("pilotage_xlsx.socle.paquet.archive.BALISES_MAX", 500)
    with ouvrir(chemin) as paquet:
        for partie in paquet.noms:
            paquet.analyser(partie, lambda *_: None)
    constats = [constat("Feuille", f"A{rang}") for rang in range(1, 80)]
    with (
        retouche.annoter(chemin, constats, retouche.Dit("Bilan")) as annotee,
        pytest.raises(Refus) as refus,
    ):
        annotee.copie.ecrire(tmp_path / "b.xlsx")
    assert refus.value.code == "FIC-008"
