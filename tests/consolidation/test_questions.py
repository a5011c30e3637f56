"""Les dix questions de docs/duckdb.md se jouent, et répondent juste ; le schéma ne bouge pas."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from pilotage_xlsx.consolidation.rendus.dossier import tables_de
from pilotage_xlsx.consolidation.rendus.parquet import SCHEMA, ecrire_parquet
from tests.consolidation.classeurs import classeur, joindre

DOCS = Path(__file__).resolve().parents[2] / "docs"
VALMARIN = """
commune | commune | annee | canton | habitants | suppleant_nom | note_adoptee_le
        | Valmarin | {annee} | VD | 100 | Anne | 01.02.2024
outils | nom | domaine | criticite | prestataire | cout_annuel | echeance | delai_resiliation
       | GED | Archivage | Indispensable | ALPHA SA | 1000 | 30.06.2027 | 3
       | Fax | Téléphonie | Accessoire | Beta SA | env. 500 | |
       | Rôle | Autre | Indispensable | État de Vaud | | |
prestataires | nom
       | ALPHA SA
       | Beta SA
       | État de Vaud
incidents | numero | constate_le | nature | executif_informe_le
          | I-{annee}-001 | 10.03.{annee} | Panne | 12.03.{annee}
"""
SUITE = """
 | sauvegarde | donnees_personnelles | lieu_donnees | mutualisation
 | Aucune | Sensibles | Suisse | Propre à la commune
 | À clarifier | À clarifier | |
 | | Sensibles | | Fourni par le canton
"""
ROC = """
commune | commune | annee | canton | habitants
        | Roc | 2026 | VD | 300
outils | nom | domaine | criticite | prestataire | cout_annuel | mutualisation
       | GED | Archivage | Indispensable | Alpha SA | 3000 |
       | Rôle | Autre | Accessoire | Canton de Vaud | | Fourni par le canton
incidents | numero | constate_le | nature | executif_informe_le
          | I-2026-001 | 10.03.2026 | Panne | 20.03.2026
prestataires | nom
             | Alpha SA
"""


def _valmarin(annee: int = 2026) -> str:
    """Le classeur de Valmarin : les colonnes de ``SUITE`` à droite de celles de ses outils."""
    lignes = VALMARIN.format(annee=annee).splitlines()
    debut = next(rang for rang, ligne in enumerate(lignes) if ligne.startswith("outils"))
    for rang, ajout in enumerate(SUITE.strip("\n").splitlines(), debut):
        lignes[rang] += ajout
    return "\n".join(lignes)


ATTENDUS: list[list[tuple[object, ...]]] = [
    [("Alpha SA", 2, 2), ("Canton de Vaud", 1, 1)],
    [(date(2027, 3, 30), "Valmarin", "GED", "Alpha SA", 1000.0)],
    [("Archivage", 2, 4000.0, 10.0)],
    [("Sans réponse", 2, 2), ("Aucune", 1, 1)],
    [("Sans réponse", 1, 1), ("Suisse", 1, 1)],
    [(2026, "Panne", 2, 6.0)],
    [("VD", "Roc", True, True)],
    [("VD", "Rôle", 2)],
    [("donnees_personnelles", 1, 1), ("sauvegarde", 1, 1)],
]


def _verser(dossier: Path, *textes: str) -> None:
    classeurs = [classeur(texte, f"{rang}.xlsx") for rang, texte in enumerate(textes)]
    for table in tables_de(joindre(*classeurs)):
        ecrire_parquet(table, dossier / f"{table.id}.parquet")


def _questions() -> list[str]:
    page = (DOCS / "duckdb.md").read_text("utf-8")
    return re.findall(r"```sql\n(.*?)```", page, re.DOTALL)


def _demander(question: str, dossier: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(question.replace("region/", f"{dossier}/")).fetchall()


def test_la_page_a_dix_questions() -> None:
    assert len(_questions()) == 10


@pytest.mark.parametrize("rang", range(9))
def test_chaque_question_a_sa_reponse(rang: int, tmp_path: Path) -> None:
    _verser(tmp_path, _valmarin(), ROC)
    assert _demander(_questions()[rang], tmp_path) == ATTENDUS[rang]


def test_d_une_annee_a_l_autre_les_memes_communes(tmp_path: Path) -> None:
    _verser(tmp_path, _valmarin(2025), _valmarin(), ROC)
    reponses = _demander(_questions()[9], tmp_path)
    assert [(annee, communes, outils) for annee, communes, outils, *_ in reponses] == [
        (2025, 1, 3), (2026, 1, 3),
    ]  # fmt: skip


def test_les_questions_se_posent_aussi_sur_rien(tmp_path: Path) -> None:
    _verser(tmp_path)
    assert all(_demander(question, tmp_path) == [] for question in _questions())


def _schemas(dossier: Path) -> dict[str, dict[str, str]]:
    return {
        chemin.stem: {champ.name: str(champ.type) for champ in parquet.read_schema(chemin)}
        for chemin in dossier.glob("*.parquet")
    }


def test_le_schema_est_celui_de_la_page_quoi_qu_on_y_verse(tmp_path: Path) -> None:
    vide, plein = tmp_path / "vide", tmp_path / "plein"
    vide.mkdir()
    plein.mkdir()
    _verser(vide)
    _verser(plein, _valmarin(), ROC)
    attendus = _schemas(vide)
    trouves = {
        table: {nom: sorte for nom, sorte in schema.items() if not nom.endswith(".texte")}
        for table, schema in _schemas(plein).items()
    }
    assert trouves == attendus
    assert "cout_annuel.texte" in _schemas(plein)["outils"]
    documentes = _documentes()
    assert {t: list(schema) for t, schema in attendus.items()} == {
        t: list(schema) for t, schema in documentes.items()
    }
    for table, schema in attendus.items():
        for nom, sorte in schema.items():
            dite = documentes[table][nom].replace("&lt;", "<").split("<")[0]
            assert sorte.startswith(dite), (table, nom)


def _documentes() -> dict[str, dict[str, str]]:
    page = (DOCS / "parquet.md").read_text("utf-8")
    schemas: dict[str, dict[str, str]] = {}
    for ligne in page.splitlines():
        if titre := re.match(r"## `(\w+)\.parquet`", ligne):
            schemas[titre[1]] = {}
        elif colonne := re.match(r"\| `([^`]+)` \| ([^|]+?) \|", ligne):
            schemas[[*schemas][-1]][colonne[1]] = colonne[2]
    return schemas


def test_le_fichier_porte_les_libelles_et_le_numero_du_schema(tmp_path: Path) -> None:
    _verser(tmp_path, ROC)
    schema = parquet.read_schema(tmp_path / "outils.parquet")
    assert schema.metadata[b"pilotage_xlsx.schema"].decode() == SCHEMA
    assert schema.field("cout_annuel").metadata[b"libelle"].decode() == "Coût annuel (CHF)"
