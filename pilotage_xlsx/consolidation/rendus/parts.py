"""Une table dans une feuille, ou dans plusieurs quand elle dépasse ce qu'un tableur tient."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.socle.typographie import nombre


class Bornes(NamedTuple):
    """Les rangées qu'une feuille tient (un tableur a 1'048'576 lignes), et ses liens."""

    rangees: int = 1_048_000
    liens: int = 65_530


D_UN_TABLEUR = Bornes()


class Part(NamedTuple):
    """Ce qu'une feuille montre d'une table : les rangées de ``debut`` à ``fin``, exclue."""

    table: Table
    debut: int
    fin: int
    nom: str
    suivante: str | None
    liens: int


def decouper(table: Table, bornes: Bornes) -> Iterator[Part]:
    """Une part par feuille ; d'ordinaire une seule."""
    combien = max(1, ceil(table.hauteur / bornes.rangees))
    noms = [table.nom, *(f"{table.nom} ({rang})" for rang in range(2, combien + 1))]
    for rang, nom in enumerate(noms):
        debut = rang * bornes.rangees
        fin = min(table.hauteur, debut + bornes.rangees)
        suivante = noms[rang + 1] if rang + 1 < combien else None
        yield Part(table, debut, fin, nom, suivante, bornes.liens)


def phrases_de_taille(part: Part) -> Iterator[str]:
    """Ce qui se dit en tête : rien à montrer, une suite ailleurs, des lignes sans lien."""
    if not part.table.hauteur:
        yield "Aucune ligne."
    if part.suivante:
        yield f"La suite est dans la feuille « {part.suivante} »."
    if part.table.liens and part.fin - part.debut > part.liens:
        combien = nombre(part.liens)
        yield f"Seules les {combien} premières lignes ont un lien, la borne d'un tableur."
