"""L'agenda en JSON, format 1 : décrit dans ``docs/echeances.md``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pilotage_xlsx import __version__
from pilotage_xlsx.rapport.calendrier.agenda import Agenda, Evenement
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.typographie import typographier


def rendre(agendas: Sequence[Agenda], au: date) -> bytes:
    """Un seul document ; dates ISO 8601, secrets masqués."""
    document = {
        "format": 1,
        "outil": {"nom": "pilotage-xlsx", "version": __version__},
        "date": au.isoformat(),
        "communes": [_commune(agenda) for agenda in agendas],
    }
    return encoder(document, retrait=2) + b"\n"


def _commune(agenda: Agenda) -> dict[str, Any]:
    return {
        "fichier": agenda.fichier,
        "commune": agenda.commune,
        "canton": agenda.canton or None,
        "annee": agenda.annee,
        "avertir_jours": agenda.avertir,
        "sans_jour": agenda.sans_jour,
        "echeances": [_evenement(evenement) for evenement in agenda.evenements],
    }


def _evenement(evenement: Evenement) -> dict[str, Any]:
    return {
        "identifiant": evenement.identifiant,
        "jour": evenement.jour.isoformat(),
        "nature": evenement.nature.value,
        "objet": evenement.objet,
        "quoi": evenement.quoi,
        "sinon": typographier(evenement.sinon),
        "urgence": evenement.urgence.value,
        "prepare": evenement.prepare,
        "decide": evenement.decide,
        "terme": evenement.terme.isoformat() if evenement.terme else None,
        "reponse": evenement.reponse,
        "origine": evenement.origine,
    }
