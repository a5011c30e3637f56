"""CSV et Parquet : les mêmes tables, chaque colonne dans son type ; DuckDB les interroge."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from pilotage_xlsx.consolidation import Consolidation
from pilotage_xlsx.consolidation.rendus.dossier import (
    ecrire_csv,
    nommer_les_tables,
    tables_de,
)
from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet
from tests.consolidation.classeurs import classeur, commune, joindre, refuse

RACINE = Path(__file__).resolve().parents[2]
ECHELLE = RACINE / "docs" / "echelle.md"
OUTILS = """
    outils | nom | criticite     | cout_annuel | echeance   | remarques | Salle | prestataire
           | GED | Indispensable | 1'200.50    | 31.12.2026 | =1+1      | 12    | Alpha SA
           | Fax | Accessoire    | env. 500    | mars 2026  |           |       | Alpha SA
    prestataires | nom
                 | Alpha SA
"""


@pytest.fixture
def consolidation() -> Consolidation:
    return joindre(
        classeur(commune("Valmarin") + OUTILS, "v.xlsx"),
        classeur(commune("Belcombe", 2025) + OUTILS.replace("Alpha SA", "Alpha Sàrl"), "b.xlsx"),
        refuse(),
    )


def test_le_csv_se_lit_dans_un_tableur(consolidation: Consolidation, tmp_path: Path) -> None:
    table = consolidation.registres["outils"]
    ecrire_csv(table, tmp_path / "outils.csv")
    assert (tmp_path / "outils.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "outils.csv").open(encoding="utf-8-sig", newline="") as fichier:
        premiere, seconde, *_ = csv.DictReader(fichier, delimiter=";")
    assert (premiere["Commune"], premiere["Échéance du contrat"]) == ("Belcombe", "2026-12-31")
    assert premiere["Coût annuel (CHF)"] == "1200.5"
    assert premiere["Remarques"] == "'=1+1"
    assert seconde["Coût annuel (CHF)"] == "env. 500"


def test_le_parquet_a_de_vrais_types(consolidation: Consolidation, tmp_path: Path) -> None:
    ecrire_parquet(consolidation.registres["outils"], tmp_path / "outils.parquet")
    table = parquet.read_table(tmp_path / "outils.parquet")
    types = {champ.name: str(champ.type) for champ in table.schema}
    assert types["cout_annuel"] == "double"
    assert types["echeance"] == "date32[day]"
    assert types["source_annee"] == types["delai_resiliation"] == "int64"
    assert types["criticite"].startswith("dictionary")
    premiere, seconde, *_ = table.to_pylist()
    assert (premiere["echeance"], premiere["cout_annuel"]) == (date(2026, 12, 31), 1200.5)
    assert (seconde["echeance"], seconde["echeance.texte"]) == (None, "mars 2026")
    assert (seconde["cout_annuel"], seconde["cout_annuel.texte"]) == (None, "env. 500")


def test_les_fichiers_sont_connus_avant_d_avoir_rien_lu(consolidation: Consolidation) -> None:
    noms = [f"{table.id}.csv" for table in tables_de(consolidation)]
    assert list(nommer_les_tables(consolidation.modele, "csv")) == noms


def test_chaque_table_a_son_fichier(consolidation: Consolidation, tmp_path: Path) -> None:
    for table in tables_de(consolidation):
        ecrire_parquet(table, tmp_path / f"{table.id}.parquet")
        relue = parquet.read_table(tmp_path / f"{table.id}.parquet")
        assert relue.num_rows == table.hauteur == sum(1 for _ in table.rangees())


def test_de_longs_textes_font_des_paquets_plus_courts(tmp_path: Path) -> None:
    """Deux cents lignes de trente mille signes : jamais toutes en mémoire à la fois."""
    lignes = "\n".join(f"           | Outil {rang} | {'é' * 30_000}" for rang in range(200))
    longue = joindre(
        classeur(commune("Valmarin") + f"    outils | nom | remarques\n{lignes}\n", "v.xlsx")
    )
    ecrire_parquet(longue.registres["outils"], tmp_path / "outils.parquet")
    ecrit = parquet.ParquetFile(tmp_path / "outils.parquet")
    assert (ecrit.metadata.num_rows, ecrit.metadata.num_row_groups) == (200, 3)
    assert ecrit.read(["remarques"]).column(0).to_pylist() == ["é" * 30_000] * 200


def test_le_parquet_s_ecrit_sans_pandas() -> None:
    """pandas prendrait cinquante des trois cents Mo permis."""
    code = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from pilotage_xlsx.commandes import executer
with TemporaryDirectory() as dossier:
    executer([*"consolider exemples/valmarin-2026.xlsx --format parquet --sortie".split(), dossier])
    assert (Path(dossier) / "outils.parquet").stat().st_size
print(sorted({"pandas", "pyarrow"} & set(sys.modules)))
"""
    commande = [sys.executable, "-c", code]
    joue = subprocess.run(commande, check=False, capture_output=True, text=True, cwd=RACINE)
    assert joue.stdout.endswith("['pyarrow']\n"), joue.stderr


def test_les_requetes_de_la_note_se_jouent(consolidation: Consolidation, tmp_path: Path) -> None:
    for table in tables_de(consolidation):
        ecrire_parquet(table, tmp_path / f"{table.id}.parquet")
    requetes = re.findall(r"```sql\n(.*?)```", ECHELLE.read_text("utf-8"), re.DOTALL)
    assert requetes
    reponses = [
        duckdb.sql(requete.replace("region/", f"{tmp_path}/")).fetchall() for requete in requetes
    ]
    assert reponses[0] == [("Alpha Sàrl", 2, 2, 2401.0)]
