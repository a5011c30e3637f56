"""``comparer`` : texte, JSON documenté, page ; et tout ce qui peut mal aller se dit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.metier.evolution import NatureDeChangement
from tests.commandes.ligne import AU, DONNEES, classeur, jouer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "comparer.md"


@pytest.fixture(scope="module")
def annees(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Valmarin en 2025, puis en 2026 sans la décision qui confie la messagerie à un autre."""
    dossier = tmp_path_factory.mktemp("annees")
    donnees = json.loads((DONNEES / "valmarin-2026.json").read_text("utf-8"))
    sans = {"D-2026-001", "D-2026-004"}
    donnees["decisions"] = [d for d in donnees["decisions"] if d["numero"] not in sans]
    for outil in donnees["outils"]:
        if outil.get("decision_origine") in sans:
            del outil["decision_origine"]
    for registre in ("incidents", "signalements", "echanges"):
        for ligne in donnees[registre]:
            ligne.pop("suite" if registre == "incidents" else "lien", None)
    source = dossier / "donnees.json"
    source.write_text(json.dumps(donnees), "utf-8")
    apres = dossier / "valmarin-2026.xlsx"
    assert jouer("generer", apres, "--depuis", source, *AU).code == 0
    return classeur(dossier, "valmarin-2025"), apres


def test_le_texte_dit_ce_qui_n_est_pas_decide_puis_tout_ce_qui_change(
    annees: tuple[Path, Path],
) -> None:
    texte = jouer("comparer", *annees, *AU).texte.replace("\u202f", " ")
    assert texte.startswith("Valmarin : de 2025 à 2026\nvalmarin-2025.xlsx → valmarin-2026.xlsx\n")
    assert "EVO-003" in texte
    assert (
        "« Messagerie » : Thêta Hébergement SA → Mu Messagerie SA\n      aucune décision" in texte
    )
    assert "« Alertes SMS à la population »\n      D-2026-002 du 23.03.2026" in texte


def test_l_ordre_inverse_donne_la_meme_comparaison(annees: tuple[Path, Path]) -> None:
    droit, inverse = jouer("comparer", *annees, *AU), jouer("comparer", *annees[::-1], *AU)
    assert inverse.texte == droit.texte
    assert "l'ordre est redressé" in inverse.erreur


def test_le_json_a_la_forme_documentee(annees: tuple[Path, Path]) -> None:
    document = jouer("comparer", *annees, "--format", "json", *AU).json
    decrit = json.loads(_bloc_json())
    assert _forme(document) == _forme(decrit)
    assert document["resume"] == {
        "changements": len(document["changements"]),
        "durables": sum(c["durable"] for c in document["changements"]),
        "sans_decision": sum(c["sans_decision"] for c in document["changements"]),
        "avant_la_decision": sum(c["avant_la_decision"] for c in document["changements"]),
    }
    assert {c["nature"] for c in document["changements"]} <= set(NatureDeChangement)


def test_la_page_nomme_chaque_nature_du_json() -> None:
    page = PAGE.read_text("utf-8")
    assert all(f"`{nature}`" in page for nature in NatureDeChangement)


def test_la_page_html_tient_seule_et_echappe_tout(
    annees: tuple[Path, Path], tmp_path: Path
) -> None:
    sortie = tmp_path / "ecarts.html"
    assert jouer("comparer", *annees, "--format", "html", "--sortie", sortie, *AU).code == 0
    page = sortie.read_text("utf-8")
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "EVO-003" in page
    assert jouer("comparer", *annees, "--sortie", sortie, *AU).code == 2
    assert jouer("comparer", *annees, "--sortie", sortie, "--force", *AU).code == 0


def test_un_nom_hostile_ne_sort_pas_de_la_page(annees: tuple[Path, Path], tmp_path: Path) -> None:
    donnees = json.loads((DONNEES / "valmarin-2026.json").read_text("utf-8"))
    donnees["outils"].append({"nom": "<script>alert(1)</script>", "domaine": "Autre"})
    source, apres = tmp_path / "d.json", tmp_path / "a.xlsx"
    source.write_text(json.dumps(donnees), "utf-8")
    jouer("generer", apres, "--depuis", source, *AU)
    page = jouer("comparer", annees[0], apres, "--format", "html", *AU).texte
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_l_annee_preparee_n_a_rien_change(annees: tuple[Path, Path], tmp_path: Path) -> None:
    """Un classeur préparé par ``generer --depuis`` n'accuse rien."""
    suivant = tmp_path / "valmarin-2027.xlsx"
    assert jouer("generer", suivant, "--depuis", annees[1], *AU).code == 0
    document = jouer("comparer", annees[1], suivant, "--format", "json", *AU).json
    assert {c["nature"] for c in document["changements"]} <= {NatureDeChangement.PROJET}


def test_le_meme_classeur_deux_fois_n_a_rien_change(annees: tuple[Path, Path]) -> None:
    texte = jouer("comparer", annees[0], annees[0], *AU).texte
    assert "Aucun changement sur les outils.\n" in texte
    assert "donné deux fois" in texte


def test_un_classeur_illisible_se_dit(annees: tuple[Path, Path], tmp_path: Path) -> None:
    vide = tmp_path / "vide.xlsx"
    vide.write_bytes(b"")
    for un, autre in ((annees[0], vide), (tmp_path / "absent.xlsx", vide)):
        joue = jouer("comparer", un, autre, *AU)
        assert joue.code == 2
        assert "vide.xlsx" in joue.erreur


def test_la_sortie_n_ecrase_pas_un_classeur_recu(annees: tuple[Path, Path]) -> None:
    joue = jouer("comparer", *annees, "--sortie", annees[0], "--force", *AU)
    assert joue.code == 2
    assert "ne sera pas touché" in joue.erreur


def _bloc_json() -> str:
    trouve = re.search(r"<!-- json -->\n```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert trouve
    return trouve[1]


def _forme(valeur: Any) -> Any:
    """Les clés d'un document, celles des éléments d'une liste réunies."""
    match valeur:
        case dict():
            return {cle: _forme(contenu) for cle, contenu in valeur.items()}
        case list():
            formes = [_forme(element) for element in valeur]
            cles = [forme for forme in formes if isinstance(forme, dict)]
            return {cle: None for forme in cles for cle in forme}
        case _:
            return None
