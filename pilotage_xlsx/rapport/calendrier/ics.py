"""L'agenda à importer dans un calendrier : un événement d'un jour entier par échéance.

L'identifiant d'un événement ne change pas ; son numéro d'ordre et son horodatage viennent du jour
de l'export : un calendrier qui les honore remplace l'événement au lieu d'en ajouter un. Ce fichier
ne porte aucune invitation : rien ne part à personne.

Source : https://www.rfc-editor.org/rfc/rfc5545 (§ 3.6.1, § 3.8.7) ; RFC 7986 pour le nom.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from pilotage_xlsx import __version__
from pilotage_xlsx.rapport.calendrier.agenda import Agenda, Evenement
from pilotage_xlsx.rapport.calendrier.texte import dire_pour_qui
from pilotage_xlsx.socle.montrable import montrable, sur_une_ligne
from pilotage_xlsx.socle.typographie import jour, typographier

_ORIGINE = date(2020, 1, 1)
"""Le numéro d'ordre d'un événement : les jours écoulés depuis, à l'export."""

_DERNIER_RAPPEL = 14
"""En jours ; le premier rappel est au jour où commencer à s'en occuper."""


def rendre(agendas: Sequence[Agenda], au: date) -> bytes:
    """Tous les événements dans un calendrier, d'une ou de plusieurs communes."""
    calendrier = Calendar()
    calendrier.add("prodid", f"-//pilotage-xlsx//{__version__}//FR")
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("method", "PUBLISH")
    nom = _nommer(agendas)
    calendrier.add("name", nom)
    calendrier.add("x-wr-calname", nom)
    for agenda in agendas:
        for evenement in agenda.evenements:
            composant = _composer(evenement, agenda, au, sont_plusieurs=len(agendas) > 1)
            calendrier.add_component(composant)
    return bytes(calendrier.to_ical())


def _nommer(agendas: Sequence[Agenda]) -> str:
    seule = f" · {agendas[0].commune}" if len(agendas) == 1 else ""
    return sur_une_ligne(f"Échéances numériques{seule}")


def _composer(evenement: Evenement, agenda: Agenda, au: date, *, sont_plusieurs: bool) -> Event:
    titre = f"{agenda.commune} · {evenement.titre}" if sont_plusieurs else evenement.titre
    composant = Event()
    composant.add("uid", f"{evenement.identifiant}@pilotage-xlsx.example")
    composant.add("sequence", max((au - _ORIGINE).days, 0))
    horodatage = datetime.combine(au, time.min, UTC)
    composant.add("dtstamp", horodatage)
    composant.add("last-modified", horodatage)
    composant.add("dtstart", evenement.jour)
    composant.add("dtend", evenement.jour + timedelta(days=1))
    composant.add("summary", sur_une_ligne(typographier(titre)))
    composant.add("description", montrable(typographier(_decrire(evenement, agenda))))
    composant.add("categories", [evenement.nature.value])
    composant.add("transp", "TRANSPARENT")
    for jours in sorted({agenda.avertir, _DERNIER_RAPPEL}, reverse=True):
        if au <= evenement.jour - timedelta(days=jours):
            composant.add_component(_avertir(jours, titre))
    return composant


def _decrire(evenement: Evenement, agenda: Agenda) -> str:
    lignes = [evenement.sinon, dire_pour_qui(evenement)]
    if evenement.terme is not None and evenement.terme != evenement.jour:
        lignes.append(f"Contrat jusqu'au {jour(evenement.terme)}.")
    if evenement.reponse:
        lignes.append(f"En traite déjà : {evenement.reponse}.")
    lignes.append(f"{agenda.commune}, {evenement.origine}.")
    return "\n".join(filter(None, lignes))


def _avertir(jours: int, titre: str) -> Alarm:
    """Un rappel tant de jours avant ; celui d'un jour déjà passé sonnerait dès l'import."""
    alarme = Alarm()
    alarme.add("action", "DISPLAY")
    alarme.add("trigger", timedelta(days=-jours))
    alarme.add("description", sur_une_ligne(typographier(titre)))
    return alarme
