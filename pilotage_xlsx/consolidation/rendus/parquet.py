"""La consolidation en Parquet, un fichier par table, chaque colonne dans son type.

pyarrow est une dépendance facultative (``pip install pilotage-xlsx[parquet]``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pilotage_xlsx.consolidation.natives import AVEUX, JUMELLE, Native, Type, entre, reste
from pilotage_xlsx.consolidation.rendus.dossier import par_paquets
from pilotage_xlsx.consolidation.tables import Entete, Table, avouer
from pilotage_xlsx.registre.genres import afficher


def ecrire_parquet(table: Table, chemin: Path) -> None:
    """Écrit la table par paquets. Lève `ImportError` si pyarrow manque."""
    import pyarrow as pa  # noqa: PLC0415 — facultatif, à la demande
    from pyarrow import parquet  # noqa: PLC0415

    types = {
        Type.TEXTE: pa.string(),
        Type.CHOIX: pa.dictionary(pa.int32(), pa.string()),
        Type.ENTIER: pa.int64(),
        Type.REEL: pa.float64(),
        Type.DATE: pa.date32(),
        Type.INSTANT: pa.timestamp("s"),
        Type.OUI_NON: pa.bool_(),
        Type.LIBRE: pa.string(),
    }
    schema = pa.schema([(nom, types[genre]) for nom, genre in _champs(table)])
    with parquet.ParquetWriter(chemin, schema, compression="zstd") as ecrivain:
        for paquet in par_paquets(table):
            colonnes = list(_colonnes(table, paquet))
            series = [pa.array(c, champ.type) for c, champ in zip(colonnes, schema, strict=True)]
            ecrivain.write_batch(pa.record_batch(series, schema=schema))


def _champs(table: Table) -> Iterator[tuple[str, Type]]:
    for entete in table.entetes:
        yield entete.colonne, entete.genree.type
        if entete.est_jumelee:
            yield f"{entete.colonne}{JUMELLE}", Type.TEXTE
    if table.est_registre:
        yield AVEUX, Type.TEXTE


def _colonnes(table: Table, paquet: Sequence[Sequence[Native]]) -> Iterator[list[Any]]:
    for entete, cellules in zip(table.entetes, zip(*paquet, strict=True), strict=True):
        yield [_typer(contenu, entete) for contenu in cellules]
        if entete.est_jumelee:
            yield [reste(contenu, entete.genree) for contenu in cellules]
    if table.est_registre:
        yield [avouer(table.entetes, rangee) for rangee in paquet]


def _typer(contenu: Native, entete: Entete) -> Any:
    if contenu is None or not entre(contenu, entete.genree):
        return None
    match entete.genree.type:
        case Type.LIBRE:
            return afficher(contenu)
        case Type.DATE if isinstance(contenu, datetime):
            return contenu.date()
        case Type.INSTANT if isinstance(contenu, date) and not isinstance(contenu, datetime):
            return datetime(contenu.year, contenu.month, contenu.day)
        case Type.REEL:
            return float(contenu)  # type: ignore[arg-type]  # `entre` l'a vérifié
        case _:
            return contenu
