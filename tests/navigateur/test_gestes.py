"""Chaque geste de la page rend ce qu'il rend hors du navigateur, dans l'un et dans l'autre."""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes, policy
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from outils.navigateur import guichet
from pilotage_xlsx.commandes import COMMANDES
from pilotage_xlsx.gestes.fiche import SUJETS
from tests.navigateur.gestes import (
    EXEMPLES,
    LE_JOUR,
    apercevoir,
    avoir,
    controler,
    demander,
    enregistrer,
    montree,
    prets,
    refus,
    valider,
)

VALMARIN, PASSE = "valmarin-2026.xlsx", "valmarin-2025.xlsx"
BELCOMBE, ESSARTS = "belcombe-2026.xlsx", "les-essarts-2026-libreoffice.xlsx"

CAS: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("corriger", (ESSARTS,), {}),
    ("decision", (VALMARIN,), {"numero": "D-2026-003", "pdf": True}),
    ("incident", (VALMARIN,), {"numero": "I-2026-003"}),
    ("avis", (VALMARIN,), {"numero": "I-2026-003", "courriel": True}),
    ("urgence", (VALMARIN,), {"pdf": True}),
    ("note", (VALMARIN,), {}),
    ("passation", (VALMARIN,), {"pdf": True}),
    ("echeances", (VALMARIN,), {}),
    ("partager_region", (VALMARIN,), {}),
    ("partager_canton", (VALMARIN,), {}),
    ("partager_public", (VALMARIN,), {}),
    ("suivante", (VALMARIN,), {}),
    ("rapport", (VALMARIN,), {"annee": "2026", "pdf": True, "public": True}),
    ("courriel", (VALMARIN,), {"annee": "2026"}),
    ("comparer", (PASSE, VALMARIN), {}),
    ("consolider", (VALMARIN, BELCOMBE), {}),
    ("fusionner", (VALMARIN, BELCOMBE), {"commune": "Valcombe", "canton": "VD", "annee": "2027"}),
    ("mutualiser", (VALMARIN, BELCOMBE), {}),
    ("vierge", (), {"commune": "Montval", "canton": "Vaud", "annee": "2027", "kit": True}),
)
"""Chaque geste de la table, sauf ceux qui ont leur essai plus bas."""

_INSTANT = f"{LE_JOUR}T12:00:00+01:00"
_LISTE = "Logiciel;Fournisseur;Criticité;Truc\nMessagerie;Alpha SA;haute;bleu\n".encode("cp1252")


@cache
def _octets(nom: str) -> bytes:
    return (EXEMPLES / nom).read_bytes()


@cache
def _natif(rang: int) -> Mapping[str, bytes]:
    """Ce que rend le geste de ce cas, joué ici ; une fois pour les deux navigateurs."""
    geste, noms, reponses = CAS[rang]
    return _jouer(geste, [(nom, _octets(nom)) for nom in noms], reponses)


def _jouer(
    geste: str, classeurs: list[tuple[str, bytes]], reponses: Mapping[str, Any]
) -> Mapping[str, bytes]:
    rendu = guichet.jouer(geste, classeurs, reponses, LE_JOUR, _INSTANT)
    assert rendu["refus"] == []
    fichiers: Mapping[str, bytes] = rendu["fichiers"]
    return fichiers


def _parties(octets: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def _lu(octets: bytes) -> list[Any]:
    """Un courriel, sans ce qui en dit l'instant : sa date, ses identifiants, ses séparateurs."""
    message = message_from_bytes(octets, policy=policy.default)
    entetes = [(n, str(v)) for n, v in message.items() if n not in ("Date", "Message-ID")]
    sans = [(n, v.partition("boundary")[0]) for n, v in entetes]
    feuilles = [p for p in message.walk() if not p.is_multipart()]
    return [sans, *[(p.get_filename(), p.get_payload(decode=True)) for p in feuilles]]


def _comparable(nom: str, octets: bytes) -> Any:
    """Ce qui doit être pareil : les parties dépliées d'un classeur, le courriel lu, les octets."""
    if nom.endswith(".xlsx"):
        return _parties(octets)
    return _lu(octets) if nom.endswith(".eml") else octets


def _exiger_les_memes(page: Any, attendus: Mapping[str, bytes]) -> Mapping[str, bytes]:
    rendus = enregistrer(page, prets(page)[: len(attendus)])
    assert rendus.keys() == attendus.keys()
    for nom, octets in rendus.items():
        assert _comparable(nom, octets) == _comparable(nom, attendus[nom]), nom
    return rendus


def test_tout_geste_a_son_cas() -> None:
    a_part = {"verifier", "importer", "annoter", "retirer"}
    assert {geste.id for geste in guichet.GESTES} == {cas[0] for cas in CAS} | a_part


_SES_BOUTONS = {
    "generer": {"vierge", "suivante"}, "importer": {"importer"},
    "verifier": {"verifier", "annoter", "retirer"}, "corriger": {"corriger"},
    "consolider": {"consolider"}, "fusionner": {"fusionner"},
    "partager": {"partager_region", "partager_canton", "partager_public"},
    "mutualiser": {"mutualiser"}, "comparer": {"comparer"}, "rapport": {"rapport"},
    "fiche": set(SUJETS), "echeances": {"echeances"}, "envoyer": {"courriel", "avis"},
}  # fmt: skip
_SANS_BOUTON = {
    "regles": "chaque constat montre déjà sa règle et son remède",
    "modele": "le classeur dit ses colonnes, et qui adapte le modèle a la commande",
    "demo": "une démonstration, dans un dossier",
}


def test_tout_verbe_a_son_bouton_ou_la_raison_de_n_en_pas_avoir() -> None:
    assert set(COMMANDES) == _SES_BOUTONS.keys() | _SANS_BOUTON.keys()
    assert {un for boutons in _SES_BOUTONS.values() for un in boutons} == {
        geste.id for geste in guichet.GESTES
    }


@pytest.mark.parametrize("rang", range(len(CAS)), ids=[cas[0] for cas in CAS])
def test_un_geste_rend_les_memes_fichiers_que_hors_du_navigateur(page_pdf: Any, rang: int) -> None:
    geste, noms, reponses = CAS[rang]
    if noms:
        avoir(page_pdf, *(EXEMPLES / nom for nom in noms))
    demander(page_pdf, geste, **reponses)
    assert refus(page_pdf) == ""
    _exiger_les_memes(page_pdf, _natif(rang))


def test_le_controle_montre_la_page_de_la_commande(page_pdf: Any) -> None:
    controler(page_pdf, EXEMPLES / ESSARTS)
    (attendue,) = _jouer("verifier", [(ESSARTS, _octets(ESSARTS))], {}).values()
    assert montree(page_pdf).encode() == attendue


def test_une_liste_se_montre_se_corrige_et_devient_un_classeur(
    page_pdf: Any, tmp_path: Any
) -> None:
    """« Truc », proposé comme une colonne à elle, va dans « Remarques » ; « Criticité », laissée,
    emporte ses valeurs."""
    (tmp_path / "liste.csv").write_bytes(_LISTE)
    controler(page_pdf, tmp_path / "liste.csv")
    assert "Reprendre une liste" in page_pdf.evaluer("document.getElementById('suite').innerText")
    apercevoir(page_pdf, "importer")
    proposee = _choix(page_pdf)
    assert proposee == {
        "Le tableau « liste »": "Outils", "Logiciel": "Outil ou service",
        "Fournisseur": "Prestataire", "Criticité": "Criticité", "« haute »": "Indispensable",
        "Truc": "à vous",
    }  # fmt: skip
    for nom, valeur in (("Truc", "Remarques"), ("Criticité", "laisser")):
        _choisir(page_pdf, nom, valeur)
        page_pdf.attendre(
            f"document.getElementById('arreter').hidden && ({_CHAMP % nom})?.value === '{valeur}'"
        )
    assert "« haute »" not in _choix(page_pdf)
    valider(page_pdf)
    assert refus(page_pdf) == ""
    colonnes = [
        ["liste", "", "", "", "Outils", *[""] * 4],
        ["liste", "C", "Criticité", "", "laisser", *[""] * 4],
        ["liste", "D", "Truc", "", "Remarques", *[""] * 4],
    ]
    _exiger_les_memes(page_pdf, _jouer("importer", [("liste.csv", _LISTE)], {"colonnes": colonnes}))


_CHAMP = (
    "[...document.querySelectorAll('#questions li')]"
    ".find((l) => l.querySelector('label').textContent === '%s')?.querySelector('select')"
)


def _choix(page: Any) -> Mapping[str, str]:
    """Ce que la page propose sous chaque nom."""
    montre: Mapping[str, str] = page.evaluer(
        "Object.fromEntries([...document.querySelectorAll('#questions li')].map((l) =>"
        " [l.querySelector('label').textContent.replaceAll('\u00a0', ' '),"
        " l.querySelector('select').value]))"
    )
    return montre


def _choisir(page: Any, nom: str, valeur: str) -> None:
    page.evaluer(
        f"for (const champ of [{_CHAMP % nom}]) {{ champ.value = '{valeur}';"
        " champ.dispatchEvent(new Event('change')); }"
    )


def test_une_liste_de_machines_se_refuse_d_une_phrase(page_pdf: Any, tmp_path: Any) -> None:
    appareils = "Nom;Modèle;N° de série;Système\nPC-01;Latitude 5520;AB12;Windows 11\n"
    (tmp_path / "parc.csv").write_text(appareils)
    controler(page_pdf, tmp_path / "parc.csv")
    apercevoir(page_pdf, "importer")
    valider(page_pdf)
    assert "rien n" in refus(page_pdf)
    controler(page_pdf, EXEMPLES / VALMARIN)


def test_une_copie_annotee_est_celle_d_ailleurs_et_se_defait(page_pdf: Any, tmp_path: Any) -> None:
    avoir(page_pdf, EXEMPLES / ESSARTS)
    demander(page_pdf, "annoter")
    attendue = _jouer("annoter", [(ESSARTS, _octets(ESSARTS))], {})
    ((nom, annotee),) = _exiger_les_memes(page_pdf, attendue).items()
    (tmp_path / nom).write_bytes(annotee)
    controler(page_pdf, tmp_path / nom)
    assert "annotée" in page_pdf.evaluer("document.getElementById('suite').innerText")
    demander(page_pdf, "retirer")
    ((_, rendue),) = enregistrer(page_pdf, prets(page_pdf)[:1]).items()
    assert rendue == _octets(ESSARTS)
