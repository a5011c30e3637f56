"""Chaque geste de la page rend ce qu'il rend hors du navigateur, sur les mêmes classeurs."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from outils.navigateur import guichet
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import (
    EXEMPLES,
    LE_JOUR,
    controler,
    dater,
    demander,
    enregistrer,
    ouvrir,
    prets,
    refus,
)

pytestmark = pytest.mark.xdist_group("navigateur")

VALMARIN, PASSE = "valmarin-2026.xlsx", "valmarin-2025.xlsx"
BELCOMBE, ESSARTS = "belcombe-2026.xlsx", "les-essarts-2026-libreoffice.xlsx"

CAS: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("annoter", (ESSARTS,), {}),
    ("corriger", (ESSARTS,), {}),
    ("decision", (VALMARIN,), {"numero": "D-2026-003", "pdf": True}),
    ("incident", (VALMARIN,), {"numero": "I-2026-003"}),
    ("avis", (VALMARIN,), {"numero": "I-2026-003"}),
    ("urgence", (VALMARIN,), {"pdf": True}),
    ("note", (VALMARIN,), {}),
    ("passation", (VALMARIN,), {"pdf": True}),
    ("echeances", (VALMARIN,), {}),
    ("partager_region", (VALMARIN,), {}),
    ("partager_canton", (VALMARIN,), {}),
    ("partager_public", (VALMARIN,), {}),
    ("suivante", (VALMARIN,), {}),
    ("rapport", (VALMARIN,), {"annee": "2026", "pdf": True}),
    ("courriel", (VALMARIN,), {"annee": "2026"}),
    ("comparer", (PASSE, VALMARIN), {}),
    ("consolider", (VALMARIN, BELCOMBE), {}),
    ("mutualiser", (VALMARIN, BELCOMBE), {}),
    ("vierge", (), {"commune": "Montval", "canton": "Vaud", "annee": "2027", "kit": True}),
)
"""Chaque geste de la table, sauf ceux qui ont leur essai plus bas."""


@pytest.fixture(scope="module")
def page(dist: Path, chromium: Chromium) -> Page:
    """La page qui porte le moteur des PDF."""
    ouverte = ouvrir(chromium, (dist / "pilotage-pdf.html").as_uri())
    dater(ouverte)
    return ouverte


def _natif(geste: str, noms: tuple[str, ...], reponses: Mapping[str, Any]) -> dict[str, bytes]:
    classeurs = [(nom, (EXEMPLES / nom).read_bytes()) for nom in noms]
    rendu = guichet.jouer(geste, classeurs, reponses, LE_JOUR, f"{LE_JOUR}T12:00:00+01:00")
    assert rendu["refus"] == []
    fichiers: dict[str, bytes] = rendu["fichiers"]
    return fichiers


def _parties(octets: bytes, dossier: Path) -> Mapping[str, bytes]:
    chemin = dossier / "archive.zip"
    chemin.write_bytes(octets)
    with ZipFile(chemin) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def _lu(octets: bytes) -> list[Any]:
    """Un courriel, sans ce qui en dit l'instant : sa date, ses identifiants, ses séparateurs."""
    message = message_from_bytes(octets, policy=policy.default)
    entetes = [(n, str(v)) for n, v in message.items() if n not in ("Date", "Message-ID")]
    sans = [(n, v.partition("boundary")[0]) for n, v in entetes]
    feuilles = [p for p in message.walk() if not p.is_multipart()]
    return [sans, *[(p.get_filename(), p.get_payload(decode=True)) for p in feuilles]]


def _memes(nom: str, un: bytes, autre: bytes, dossier: Path) -> bool:
    if nom.endswith(".xlsx"):
        return _parties(un, dossier) == _parties(autre, dossier)
    if nom.endswith(".eml"):
        return _lu(un) == _lu(autre)
    return un == autre


def test_tout_geste_a_son_cas() -> None:
    assert {geste.id for geste in guichet.GESTES} == {cas[0] for cas in CAS} | {
        "verifier",
        "importer",
        "retirer",
    }


@pytest.mark.parametrize(("geste", "noms", "reponses"), CAS, ids=[cas[0] for cas in CAS])
def test_un_geste_rend_les_memes_fichiers_que_hors_du_navigateur(
    page: Page, tmp_path: Path, geste: str, noms: tuple[str, ...], reponses: dict[str, Any]
) -> None:
    if noms:
        controler(page, *(EXEMPLES / nom for nom in noms))
    demander(page, geste, **reponses)
    assert refus(page) == ""
    attendus = _natif(geste, noms, reponses)
    rendus = enregistrer(page, prets(page)[: len(attendus)])
    assert rendus.keys() == attendus.keys()
    for nom, octets in rendus.items():
        assert _memes(nom, octets, attendus[nom], tmp_path), nom


def test_le_controle_montre_la_page_de_la_commande(page: Page) -> None:
    controler(page, EXEMPLES / ESSARTS)
    (attendue,) = _natif("verifier", (ESSARTS,), {}).values()
    montree = page.evaluer("document.getElementById('page').srcdoc")
    assert montree.encode() == attendue


def test_une_liste_devient_un_classeur(page: Page, tmp_path: Path) -> None:
    octets = "Logiciel;Fournisseur;Criticité\nMessagerie;Alpha SA;Important\n".encode("cp1252")
    liste = tmp_path / "liste.csv"
    liste.write_bytes(octets)
    controler(page, liste)
    assert "Reprendre une liste" in page.evaluer("document.getElementById('suite').innerText")
    demander(page, "importer")
    assert refus(page) == ""
    instant = f"{LE_JOUR}T12:00:00+01:00"
    attendus = guichet.jouer("importer", [("liste.csv", octets)], {}, LE_JOUR, instant)["fichiers"]
    ((nom, rendu),) = enregistrer(page, prets(page)[:1]).items()
    assert _memes(nom, rendu, attendus[nom], tmp_path)


def test_une_copie_annotee_se_defait(page: Page, tmp_path: Path) -> None:
    controler(page, EXEMPLES / ESSARTS)
    demander(page, "annoter")
    ((nom, annotee),) = enregistrer(page, prets(page)[:1]).items()
    (tmp_path / nom).write_bytes(annotee)
    controler(page, tmp_path / nom)
    assert "annotée" in page.evaluer("document.getElementById('suite').innerText")
    demander(page, "retirer")
    ((_, rendue),) = enregistrer(page, prets(page)[:1]).items()
    assert rendue == (EXEMPLES / ESSARTS).read_bytes()
