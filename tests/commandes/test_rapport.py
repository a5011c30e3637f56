"""La commande ``rapport`` : quels classeurs, quelle année, et chaque refus en une phrase."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import pilotage_xlsx as px
from tests.commandes.ligne import AU, Sortie, classeur, jouer
from tests.tableaux import AU as JOUR

FORMES = ["html", "pdf", "txt", "xlsx"]


@pytest.fixture(scope="module")
def classeurs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Les classeurs d'exemple, générés une fois."""
    dossier = tmp_path_factory.mktemp("classeurs")
    noms = ("valmarin-2025", "valmarin-2026", "belcombe-2026", "roche-claire-2026")
    return {nom: classeur(dossier, nom) for nom in noms}


def _rapporter(sortie: Path, *entrees: object) -> Sortie:
    return jouer("rapport", *entrees, "--annee", 2026, "--sortie", sortie, *AU)


def _chiffres(dossier: Path) -> list[str]:
    bordereau = json.loads((dossier / "rapport.json").read_text("utf-8"))
    return [chiffre["precedent"] for chiffre in bordereau["cinq_chiffres"]]


def test_une_commune_et_son_annee_d_avant(classeurs: dict[str, Path], tmp_path: Path) -> None:
    vu = _rapporter(tmp_path, classeurs["valmarin-2025"], classeurs["valmarin-2026"])
    assert (vu.code, vu.erreur) == (0, "")
    formes = sorted(chemin.suffix[1:] for chemin in tmp_path.glob("rapport-valmarin-2026.*"))
    assert formes == FORMES
    assert "–" not in _chiffres(tmp_path)


def test_sans_l_annee_d_avant_ses_chiffres_manquent(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    assert _rapporter(tmp_path, classeurs["valmarin-2026"]).code == 0
    assert set(_chiffres(tmp_path)) == {"–"}


def test_le_precedent_se_donne_aussi_a_part(classeurs: dict[str, Path], tmp_path: Path) -> None:
    avant = ("--precedent", classeurs["valmarin-2025"])
    assert _rapporter(tmp_path, classeurs["valmarin-2026"], *avant).code == 0
    assert "–" not in _chiffres(tmp_path)


def test_plusieurs_communes_font_une_region(classeurs: dict[str, Path], tmp_path: Path) -> None:
    vu = _rapporter(tmp_path, *classeurs.values())
    assert vu.code == 0
    formes = sorted(chemin.suffix[1:] for chemin in tmp_path.glob("rapport-regional-2026.*"))
    assert formes == FORMES
    bordereau = json.loads((tmp_path / "rapport.json").read_text("utf-8"))
    assert bordereau["communes"] == ["Belcombe", "Roche-Claire", "Valmarin"]


def test_un_classeur_d_une_autre_annee_se_dit(classeurs: dict[str, Path], tmp_path: Path) -> None:
    vu = _rapporter(tmp_path, classeurs["belcombe-2026"], classeurs["valmarin-2025"])
    assert vu.code == 0
    assert "valmarin-2025.xlsx\u202f: année 2025, laissé de côté" in vu.erreur
    assert (tmp_path / "rapport-belcombe-2026.html").exists()


def test_un_classeur_vierge_ne_fait_pas_une_region(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    vierge = tmp_path / "vierge.xlsx"
    assert jouer("generer", vierge, "--annee", 2026, *AU).code == 0
    vu = _rapporter(tmp_path / "r", classeurs["valmarin-2026"], vierge)
    assert vu.code == 0
    assert "ne dit pas la commune" in vu.erreur
    assert (tmp_path / "r" / "rapport-valmarin-2026.html").exists()
    refuse = jouer(
        "rapport", classeurs["valmarin-2026"], vierge, "--annee", 1999,
        "--sortie", tmp_path / "s", *AU,
    )  # fmt: skip
    assert refuse.code == 2
    assert "ne dit pas la commune" in refuse.erreur


def test_une_annee_sans_une_ligne_a_son_rapport(tmp_path: Path) -> None:
    vierge = tmp_path / "vierge.xlsx"
    assert jouer("generer", vierge, "--annee", 2026, "--commune", "Vide", *AU).code == 0
    assert _rapporter(tmp_path / "r", vierge).code == 0
    assert "Adopter la note de pilotage numérique" in (
        tmp_path / "r" / "rapport-vide-2026.txt"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("precedent", "raison"),
    [
        ("valmarin-2026", "année d'avant 2026"),
        ("absent", "pas lu"),
        ("autre", "même commune"),
    ],
)
def test_un_mauvais_precedent_est_refuse(
    precedent: str, raison: str, classeurs: dict[str, Path], tmp_path: Path
) -> None:
    autre = tmp_path / "autre.xlsx"
    jouer("generer", autre, "--annee", 2025, "--commune", "Ailleurs", *AU)
    chemin = {"autre": autre, "absent": tmp_path / "absent.xlsx"}.get(precedent)
    donne = ("--precedent", chemin or classeurs[precedent])
    vu = _rapporter(tmp_path / "r", classeurs["valmarin-2026"], *donne)
    assert vu.code == 2
    assert raison in vu.erreur
    assert not (tmp_path / "r").exists()


def test_un_precedent_ne_vaut_que_pour_une_commune(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    entrees = (classeurs["valmarin-2026"], classeurs["belcombe-2026"])
    vu = _rapporter(tmp_path / "r", *entrees, "--precedent", classeurs["valmarin-2025"])
    assert vu.code == 2
    assert "pour une région" in vu.erreur


@pytest.mark.parametrize("annee", [2025, 2026])
def test_deux_classeurs_de_la_meme_annee_se_refusent(
    annee: int, classeurs: dict[str, Path], tmp_path: Path
) -> None:
    double = tmp_path / "double.xlsx"
    shutil.copy(classeurs[f"valmarin-{annee}"], double)
    noms = ("valmarin-2025", "valmarin-2026")
    vu = _rapporter(tmp_path / "r", *(classeurs[nom] for nom in noms), double)
    assert vu.code == 2
    assert f"Plusieurs classeurs de Valmarin sont de {annee}" in vu.erreur
    assert not (tmp_path / "r").exists()


def test_une_sortie_qui_est_un_fichier_se_refuse(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    sortie = tmp_path / "r"
    sortie.write_text("à moi", "utf-8")
    vu = _rapporter(sortie, classeurs["valmarin-2026"])
    assert vu.code == 2
    assert "est un fichier" in vu.erreur
    assert _rapporter(sortie / "dedans", classeurs["valmarin-2026"]).code == 2
    assert sortie.read_text("utf-8") == "à moi"


@pytest.mark.parametrize(
    "nom",
    [
        "<script>alert(1)</script>",
        "#panic[]",
        "C:\\temp",
        '« L\'"Étang" »',
        "\u202eلا\u202c \u05d0",
    ],
)
def test_un_nom_hostile_donne_ses_quatre_formes(nom: str, tmp_path: Path) -> None:
    long = "Une description qui n'en finit pas. " * 14
    donnees = {
        "commune": {"commune": nom, "executif_nom": nom, "annee": 2026},
        "outils": [{"nom": nom, "criticite": "Indispensable", "repli": long}],
        "incidents": [{"numero": "I-2026-001", "constate_le": "2026-03-01", "outil": nom,
                       "service_touche": "Oui", "description": long}],
    }  # fmt: skip
    source, entree = tmp_path / "d.json", tmp_path / "c.xlsx"
    source.write_text(json.dumps(donnees), "utf-8")
    assert jouer("generer", entree, "--depuis", source, *AU).code == 0
    assert _rapporter(tmp_path / "r", entree).code == 0
    assert len(list((tmp_path / "r").glob("rapport-*-2026.*"))) == len(FORMES)
    page = next((tmp_path / "r").glob("*.html")).read_text("utf-8")
    assert "<script" not in page


def test_la_page_publique_s_ecrit_a_cote_et_ne_part_jamais(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    """Son nom à elle, absente du bordereau et du courriel, et ce qu'elle laisse à l'écran."""
    vu = _rapporter(tmp_path / "r", classeurs["valmarin-2026"], "--public")
    assert vu.code == 0
    pages = sorted(chemin.name for chemin in (tmp_path / "r").glob("page-*"))
    assert pages == [f"page-publique-valmarin-2026.{forme}" for forme in ("html", "pdf", "txt")]
    assert "Laissé hors de la page publique" in vu.erreur
    assert "points à décider" in vu.erreur
    assert "page-publique" not in (tmp_path / "r" / "rapport.json").read_text("utf-8")
    brouillon = tmp_path / "c.eml"
    envoi = jouer("envoyer", tmp_path / "r", "--brouillon", brouillon, "--malgre-erreurs", *AU)
    assert envoi.code == 0, envoi.erreur
    assert b"page-publique" not in brouillon.read_bytes()


def test_sans_le_demander_l_ancienne_page_publique_s_en_va(
    classeurs: dict[str, Path], tmp_path: Path
) -> None:
    """Ses chiffres ne seraient plus ceux du rapport."""
    assert _rapporter(tmp_path, classeurs["valmarin-2026"], "--public").code == 0
    assert _rapporter(tmp_path, classeurs["valmarin-2026"], "--force").code == 0
    assert list(tmp_path.glob("page-*")) == []


def test_une_region_n_a_pas_de_page_publique(classeurs: dict[str, Path], tmp_path: Path) -> None:
    vu = _rapporter(tmp_path / "r", *classeurs.values(), "--public")
    assert vu.code == 2
    assert "ne vaut que pour une commune" in vu.erreur
    assert not (tmp_path / "r").exists()


def test_le_geste_rend_aussi_la_page_publique(classeurs: dict[str, Path]) -> None:
    faits = px.rapport(
        classeurs["valmarin-2026"], annee=2026, formes=["html"], public=True, au=JOUR
    )
    assert sorted(set(faits) - {"rapport.json"}) == [
        "page-publique-valmarin-2026.html",
        "rapport-valmarin-2026.html",
        "rapport-valmarin-2026.txt",
    ]
    with pytest.raises(px.GesteImpossible, match="pour une commune"):
        px.rapport(classeurs.values(), annee=2026, formes=["txt"], public=True, au=JOUR)


def test_plusieurs_annees_d_avant_et_la_seance(classeurs: dict[str, Path], tmp_path: Path) -> None:
    avant = ("--precedent", classeurs["valmarin-2025"])
    vu = _rapporter(tmp_path / "r", classeurs["valmarin-2026"], *avant, "--seance", "07.12.2026")
    assert vu.code == 0
    texte = (tmp_path / "r" / "rapport-valmarin-2026.txt").read_text("utf-8")
    assert "pour votre\nséance du 07.12.2026" in texte
    double = _rapporter(tmp_path / "d", classeurs["valmarin-2026"], *avant, *avant)
    assert double.code == 2
    assert "de la même année" in " ".join(double.erreur.split())
