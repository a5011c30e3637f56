"""Le calendrier : ce qui échoit d'une ou de plusieurs communes, jour après jour, et pour qui."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pilotage_xlsx.rapport.calendrier import donnees, texte
from pilotage_xlsx.rapport.calendrier.agenda import Agenda, Evenement, composer

__all__ = ["FORMES", "Agenda", "Evenement", "composer", "rendre"]

FORMES = ("texte", "ics", "json")


def rendre(agendas: Sequence[Agenda], forme: str, au: date) -> bytes:
    """Ces agendas dans une forme : à lire, à importer dans un calendrier, pour un programme."""
    return _RENDUS[forme](agendas, au)


def _rendre_ics(agendas: Sequence[Agenda], au: date) -> bytes:
    from pilotage_xlsx.rapport.calendrier import ics  # noqa: PLC0415 — icalendar, s'il sert

    return ics.rendre(agendas, au)


_RENDUS: Mapping[str, Callable[[Sequence[Agenda], date], bytes]] = {
    "texte": texte.rendre,
    "ics": _rendre_ics,
    "json": donnees.rendre,
}
