"""L'agenda à lire : ce qui presse, ce qui est passé, puis la suite, jour après jour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from pilotage_xlsx.metier.affaires import Urgence
from pilotage_xlsx.rapport.calendrier.agenda import Agenda, Evenement
from pilotage_xlsx.rapport.mots import compter
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.typographie import jour, typographier

_RUBRIQUES = {
    Urgence.PROCHE: "À préparer maintenant",
    Urgence.PASSEE: "Jour passé",
    Urgence.LOINTAINE: "Plus tard",
}
_RETRAIT, _LARGEUR = " " * 12, 80


def rendre(agendas: Sequence[Agenda], au: date) -> bytes:
    """Les agendas en texte brut, encodé en UTF-8."""
    lignes = (ligne for agenda in agendas for ligne in _commune(agenda, au))
    return en_octets("\n".join(_plier(typographier(ligne)) for ligne in lignes))


def _commune(agenda: Agenda, au: date) -> Iterator[str]:
    compte = compter(len(agenda.evenements), "échéance inscrite", "échéances inscrites")
    yield f"{agenda.commune} · état au {jour(au)} · {compte}"
    for urgence, titre in _RUBRIQUES.items():
        siens = [e for e in agenda.evenements if e.urgence is urgence]
        if siens:
            yield from ("", titre, "-" * len(titre))
        for evenement in siens:
            yield from _evenement(evenement)
    if agenda.sans_jour:
        reste = compter(agenda.sans_jour, "affaire à décider n'a", "affaires à décider n'ont")
        yield from ("", f"{reste} pas de jour : le rapport les dit.")
    yield ""


def _plier(ligne: str) -> str:
    """La ligne renvoyée à 80 signes, sous le texte qui suit la date."""
    retrait = _RETRAIT if ligne[:1].isdigit() or ligne.startswith(_RETRAIT) else ""
    return textwrap.fill(
        ligne, _LARGEUR, subsequent_indent=retrait, break_long_words=False, break_on_hyphens=False
    )


def _evenement(evenement: Evenement) -> Iterator[str]:
    yield f"{jour(evenement.jour)}  {evenement.titre}"
    if evenement.sinon:
        yield f"{_RETRAIT}{evenement.sinon}"
    yield f"{_RETRAIT}{dire_pour_qui(evenement)}"
    if evenement.reponse:
        yield f"{_RETRAIT}En traite déjà : {evenement.reponse}."


def dire_pour_qui(evenement: Evenement) -> str:
    """« Prépare : Anne Rochat · Décide : Municipalité »."""
    return f"Prépare : {evenement.prepare} · Décide : {evenement.decide}"
