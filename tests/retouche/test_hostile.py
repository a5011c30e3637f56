"""Ce qui est refusé à la lecture n'est jamais retouché ; une partie piégée est un refus."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage_xlsx.retouche.classeur import ouvrir_pour_retoucher
from pilotage_xlsx.retouche.empaquetage import Empaqueteur, comprimer, fiche_neuve
from pilotage_xlsx.retouche.origine import faire_une_place
from pilotage_xlsx.socle.paquet import Refus, ouvrir
from tests.campagne import combien
from tests.lecture.paquets import ecrire, liens, parties
from tests.retouche.copies import annoter, corriger, retirer
from tests.retouche.preuves import constat

_BOMBE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_NOTES = {"xl/worksheets/_rels/sheet1.xml.rels": liens({"../comments1.xml": "comments"})}


def _avec(**changees: str) -> dict[str, str | bytes]:
    return {**parties("<row r='1'><c r='A1'><v>1</v></c></row>"), **changees}


@pytest.mark.parametrize(
    "contenu",
    [
        {**_avec(), **_NOTES, "xl/comments1.xml": f"{_BOMBE}<comments>&b;</comments>"},
        {**_avec(), **_NOTES, "xl/comments1.xml": "<comments"},
        {**_avec(), "xl/styles.xml": f"{_BOMBE}<styleSheet/>"},
        {**_avec(), "xl/styles.xml": ""},
        {**_avec(), "xl/workbook.xml": "<workbook/>"},
        {**_avec(), "xl/workbook.xml": "<autre/>"},
        {**_avec(), "xl/worksheets/sheet1.xml": "<a>" * 400 + "</a>" * 400},
        {**_avec(), "[Content_Types].xml": "pas du XML"},
    ],
)
def test_une_partie_piegee_est_un_refus(contenu: dict[str, str | bytes], tmp_path: Path) -> None:
    chemin = ecrire(tmp_path / "piege.xlsx", contenu)
    with pytest.raises(Refus):
        annoter(chemin, [constat("Feuille", "A1")], "Bilan")


def test_une_feuille_geante_est_un_refus_qui_dit_quoi_faire(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("pilotage_xlsx.retouche.archive.OCTETS_A_RETOUCHER_MAX", 1_000)
    lignes = "".join(f"<row r='{rang}'><c r='A{rang}'><v>1</v></c></row>" for rang in range(1, 99))
    chemin = ecrire(tmp_path / "geante.xlsx", parties(lignes))
    with pytest.raises(Refus, match="la page du contrôle"):
        annoter(chemin, [constat("Feuille", "A1")], "Bilan")


@pytest.mark.parametrize(
    "octets", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a;b"]
)
def test_un_fichier_refuse_n_est_pas_retouche(octets: bytes, tmp_path: Path) -> None:
    chemin = tmp_path / "refus.xlsx"
    chemin.write_bytes(octets)
    for retoucher in (
        lambda: annoter(chemin, [], "Bilan"),
        lambda: retirer(chemin),
        lambda: corriger(chemin, {}, {}),
    ):
        with pytest.raises(Refus):
            retoucher()


def test_un_original_embarque_piege_ne_se_rend_pas(tmp_path: Path) -> None:
    """Un original qui ne se lirait pas ne sort pas, même sous la bonne empreinte."""
    piege = b"un programme"
    with ouvrir(ecrire(tmp_path / "a.xlsx", _avec())) as paquet:
        archive = ouvrir_pour_retoucher(paquet).archive
        faire_une_place(archive)
        with (tmp_path / "b.xlsx").open("wb") as flux:
            empaqueteur = Empaqueteur(flux)
            archive.ecrire(empaqueteur)
            contenu = comprimer(empaqueteur.empreinte + piege)
            fiche = contenu.decrire(fiche_neuve("pilotage/classeur.original"))
            empaqueteur.ajouter(fiche, (contenu.octets,))
            empaqueteur.finir()
    with pytest.raises(Refus, match="Ce n'est pas un classeur"):
        retirer(tmp_path / "b.xlsx")


def test_aucun_classeur_abime_ne_fait_tomber_la_retouche() -> None:
    """Une part courte de `campagne` ; un refus, plus rare, est joué plus haut."""
    from tests.retouche.campagne import jouer

    issues, fautes = jouer(combien(20, 60), graine=2026)
    assert fautes == []
    assert {"annoté", "illisible"} <= issues.keys() <= {"annoté", "illisible", "refusé"}
