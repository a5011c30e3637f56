"""La consolidation en Parquet, un fichier par table, chaque colonne dans son type.

pyarrow est une dépendance facultative (``pip install pilotage-xlsx[parquet]``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.consolidation.natives import AVEUX, JUMELLE, Native, Type, entre, reste
from pilotage_xlsx.consolidation.tables import Entete, Table, avouer
from pilotage_xlsx.registre.genres import afficher

SCHEMA = "1"
"""Le numéro du schéma : il change si une colonne change de nom ou de type (docs/parquet.md)."""

_JOUR_ZERO = date(1970, 1, 1).toordinal()
_PAR_PAQUET = 2_000
_SIGNES_PAR_PAQUET = 2_000_000


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
    libelles = {entete.colonne: entete.titre for entete in table.entetes}
    schema = pa.schema(
        [
            pa.field(nom, types[genre], metadata={"libelle": libelles.get(nom, nom)})
            for nom, genre in _champs(table)
        ],
        metadata={"pilotage_xlsx.table": table.id, "pilotage_xlsx.schema": SCHEMA},
    )
    with parquet.ParquetWriter(chemin, schema, compression="zstd") as ecrivain:
        for paquet in _par_paquets(table):
            ecrivain.write_table(_convertir(_en_lignes(table, paquet), schema))


def _par_paquets(table: Table) -> Iterator[list[Sequence[Native]]]:
    """Les rangées par paquets, plus courts pour de très longs textes : quelques Mo chacun."""
    paquet: list[Sequence[Native]] = []
    signes = 0
    for rangee in table.rangees():
        paquet.append(rangee)
        signes += sum(len(contenu) for contenu in rangee if isinstance(contenu, str))
        if len(paquet) == _PAR_PAQUET or signes > _SIGNES_PAR_PAQUET:
            yield paquet
            paquet, signes = [], 0
    if paquet:
        yield paquet


def _convertir(lignes: bytes, schema: Any) -> Any:
    """Des lignes de JSON en une table Arrow : `pyarrow.array`, lui, charge pandas (50 Mo)."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import json  # noqa: PLC0415

    lisible = pa.schema(
        (champ.name, pa.string() if pa.types.is_dictionary(champ.type) else champ.type)
        for champ in schema
    )
    table = json.read_json(
        BytesIO(lignes),
        json.ReadOptions(use_threads=False, block_size=len(lignes) + 1),
        json.ParseOptions(explicit_schema=lisible, unexpected_field_behavior="error"),
    )
    return table.cast(schema)


def _en_lignes(table: Table, paquet: Sequence[Sequence[Native]]) -> bytes:
    noms = [nom for nom, _ in _champs(table)]
    return msgspec.json.Encoder().encode_lines(
        dict(zip(noms, _valeurs(table, rangee), strict=True)) for rangee in paquet
    )


def _champs(table: Table) -> Iterator[tuple[str, Type]]:
    for entete in table.entetes:
        yield entete.colonne, entete.genree.type
        if entete.est_jumelee:
            yield f"{entete.colonne}{JUMELLE}", Type.TEXTE
    if table.est_registre:
        yield AVEUX, Type.TEXTE


def _valeurs(table: Table, rangee: Sequence[Native]) -> Iterator[Any]:
    for entete, contenu in zip(table.entetes, rangee, strict=True):
        yield _typer(contenu, entete)
        if entete.est_jumelee:
            yield reste(contenu, entete.genree)
    if table.est_registre:
        yield avouer(table.entetes, rangee)


def _typer(contenu: Native, entete: Entete) -> Any:
    """La valeur telle que la lecture du JSON l'attend : un jour y est un nombre de jours."""
    if contenu is None or not entre(contenu, entete.genree):
        return None
    match entete.genree.type, contenu:
        case Type.LIBRE, _:
            return afficher(contenu)
        case Type.DATE, date():
            return contenu.toordinal() - _JOUR_ZERO
        case Type.INSTANT, datetime():
            return contenu.replace(microsecond=0, tzinfo=None)
        case Type.INSTANT, date():
            return datetime(contenu.year, contenu.month, contenu.day)
        case Type.REEL, _:
            return float(contenu)  # type: ignore[arg-type]  # `entre` l'a vérifié
        case _:
            return contenu
