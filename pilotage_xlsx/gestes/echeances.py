"""Les échéances : de classeurs à leurs agendas, un par commune, puis à une forme en octets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible, choisir
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, ouvrir, plusieurs
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import calendrier
from pilotage_xlsx.rapport.calendrier import Agenda
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.textes import cle_large

FORMES = calendrier.FORMES


class EcheancesRendues(NamedTuple):
    """L'agenda de chaque commune, les octets de la forme demandée, et ce qu'il y a à en dire."""

    agendas: tuple[Agenda, ...]
    octets: bytes
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        combien = sum(len(agenda.evenements) for agenda in self.agendas)
        return f"<EcheancesRendues : {combien} échéances, {len(self.octets)} octets>"


def echeances(
    classeurs: Classeur | Iterable[Classeur],
    *,
    forme: str = FORMES[0],
    au: date | None = None,
    modele: Modele | None = None,
) -> EcheancesRendues:
    """Ce qui échoit, jour après jour, et pour qui ; ``forme`` : « texte », « ics » ou « json ».

    D'une commune donnée plusieurs fois, le classeur de la dernière année. Lève `GesteImpossible` si
    aucun classeur ne se lit, ou si deux sont de la même commune et de la même année.
    """
    forme = choisir(forme, FORMES, "une forme d'échéances")
    choisi, jour = modele or charger_une_fois(), au or date.today()
    tache = Datation(choisi, jour)
    rendus = [tache.rendre(ouvrir(classeur, choisi)) for classeur in plusieurs(classeurs)]
    agendas, laisses = retenir([rendu for rendu in rendus if isinstance(rendu, Agenda)])
    refus = tuple(rendu for rendu in rendus if isinstance(rendu, str))
    return EcheancesRendues(agendas, calendrier.rendre(agendas, forme, jour), (*refus, *laisses))


class Datation(NamedTuple):
    """La tâche de l'atelier : l'agenda d'un classeur, ou la phrase de son refus."""

    modele: Modele
    au: date

    def rendre(self, registre: Registre) -> Agenda | str:
        """Ne lève rien."""
        if registre.refus is not None:
            return f"{registre.fichier} : pas lu. {registre.refus}"
        liens = Liens(modele_de(registre.porte, self.modele), registre, self.au)
        return calendrier.composer(liens)


def retenir(agendas: Sequence[Agenda]) -> tuple[tuple[Agenda, ...], tuple[str, ...]]:
    """Un agenda par commune, celui de sa dernière année, et une phrase par autre laissé de côté.

    Deux années d'une commune donneraient deux fois la même échéance.
    """
    if not agendas:
        raise GesteImpossible("Aucun classeur n'a pu être lu : aucune échéance à donner.")
    gardes: dict[tuple[str, str], Agenda] = {}
    laisses: list[str] = []
    for agenda in sorted(agendas, key=lambda a: a.annee or 0, reverse=True):
        cle = cle_large(agenda.commune), cle_large(agenda.canton)
        autre = gardes.setdefault(cle, agenda)
        if autre is agenda:
            continue
        if autre.annee == agenda.annee:
            raise GesteImpossible(_dire_le_double(autre, agenda))
        annee = agenda.annee or "non inscrite"
        laisses.append(f"{agenda.fichier} : année {annee}, laissé de côté pour {autre.fichier}.")
    retenus = tuple(agenda for agenda in agendas if agenda in gardes.values())
    return retenus, tuple(laisses)


def _dire_le_double(un: Agenda, autre: Agenda) -> str:
    de = f" sont de {un.annee}" if un.annee else " ne disent pas leur année"
    noms = f"{un.fichier}, {autre.fichier}"
    return f"Plusieurs classeurs de {un.commune}{de} ({noms}) : n'en donnez qu'un."
