"""Vérifier : d'un registre à ses constats. Les règles sont dans `regles`, par code.

Ne lit rien, ne charge rien de lourd, et ne lève jamais d'exception pour ce qu'un classeur contient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.metier.avancement import dire_le_chantier
from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.evolution import Evolution
from pilotage_xlsx.metier.executif import nommer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.sens import ACCESSOIRE
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.verification.acceptations import Acceptes, cible, en_cours
from pilotage_xlsx.verification.catalogue import (
    D_ENSEMBLE,
    D_EVOLUTION,
    DES_ACCEPTATIONS,
    PAR_CLASSEUR,
    fiche,
    fiches,
)
from pilotage_xlsx.verification.constatation import constater
from pilotage_xlsx.verification.regle import Fait, FicheDeRegle, Regle, S
from pilotage_xlsx.verification.regles.fic import constater_la_demesure, constater_le_refus

__all__ = [
    "Accepte",
    "EnAttente",
    "FicheDeRegle",
    "Jugement",
    "fiche",
    "fiches",
    "juger",
    "verifier",
    "verifier_ensemble",
    "verifier_evolution",
    "voir",
]

Vu = tuple[FicheDeRegle, Fait]

FAITS_MAX, FAITS_PAR_REGLE = 20_000, 10_000
"""Au-delà, personne ne corrige une à une : un constat le dit, et les faits suivants sont tus.

Une seule règle ne prend pas toute la place : une colonne vide ne cache pas les autres fautes.
"""

_ACCEPTABLES = frozenset(regle.fiche.code for regle in PAR_CLASSEUR)


class Accepte(msgspec.Struct, frozen=True):
    """Un constat que la commune accepte jusqu'à un jour, compris, et sa raison."""

    constat: Constat
    motif: str
    jusqu_au: date


class EnAttente(msgspec.Struct, frozen=True):
    """Un contrôle qu'une cellule fautive tient peut-être en suspens : où, et ce qu'il attend."""

    regle: str
    lieu: Emplacement
    attend: tuple[Emplacement, ...]


class Jugement(msgspec.Struct, frozen=True):
    """Les constats d'un classeur ; à part, ceux que la commune accepte, et ceux qui attendent."""

    constats: tuple[Constat, ...]
    acceptes: tuple[Accepte, ...] = ()
    en_attente: tuple[EnAttente, ...] = ()


def juger(registre: Registre, modele: Modele, au: date, deja_lies: Liens | None = None) -> Jugement:
    """Les constats d'un classeur au jour ``au``, les plus graves d'abord ; ou son refus.

    ``deja_lies`` : les liens du registre, pour qui s'en sert aussi, et ne les fait qu'une fois.
    """
    if registre.refus is not None:
        return Jugement(constater_le_refus(registre))
    liens = deja_lies or Liens(modele, registre, au)
    executif, permises = nommer(registre.commune.texte("executif_nom")), en_cours(liens)
    comptes: list[Constat] = []
    acceptes: dict[Constat, Accepte] = {}
    observes = _observer_le_classeur(liens)
    if (
        len(observes) == FAITS_MAX
        or FAITS_PAR_REGLE in Counter(v[0].code for v in observes).values()
    ):
        comptes.append(constater_la_demesure(registre))
    vus = (*observes, *_observer(DES_ACCEPTATIONS, Acceptes(liens, _ACCEPTABLES)))
    attendent = [EnAttente(une.code, fait.lieu, fait.attend) for une, fait in vus if fait.attend]
    for une, fait in _trier(vus):
        constat = _attenuer(constater(une, fait, modele, executif), fait, liens)
        if permises and (permise := permises.get(cible(une.code, fait.ligne, liens))):
            acceptes[constat] = Accepte(constat, extraire(permise.motif), permise.jusqu_au)
        else:
            comptes.append(constat)
    assumes = tuple(acceptes[constat] for constat in _ordonner(acceptes))
    return Jugement(_dire_les_chantiers(_ordonner(comptes), liens), assumes, tuple(attendent))


def _dire_les_chantiers(constats: tuple[Constat, ...], liens: Liens) -> tuple[Constat, ...]:
    """Les mêmes ; ce qui manque dans une feuille presque vide dit où elle en est."""
    manquent = Counter(c.registre for c in constats if c.gravite is Gravite.A_REMPLIR)
    chantiers = {
        registre: dire_le_chantier(liens.etat, registre, combien)
        for registre, combien in manquent.items()
        if registre is not None
    }
    return tuple(
        replace(constat, chantier=chantiers[constat.registre])
        if constat.gravite is Gravite.A_REMPLIR and constat.registre in chantiers
        else constat
        for constat in constats
    )


def _attenuer(constat: Constat, fait: Fait, liens: Liens) -> Constat:
    """D'un outil accessoire, rien n'est plus qu'un point d'attention, sauf une donnée fautive."""
    if constat.gravite is not Gravite.AVERTISSEMENT:
        return constat
    est_d_un_outil = fait.ligne is not None and constat.regle.startswith("OUT")
    est_accessoire = est_d_un_outil and fait.ligne and liens.est(fait.ligne, ACCESSOIRE)
    est_attenue = fait.est_attenue or est_accessoire
    return replace(constat, gravite=Gravite.ATTENTION) if est_attenue else constat


def voir(registre: Registre, modele: Modele, au: date) -> Iterator[tuple[Fait, Liens]]:
    """Les faits d'un classeur lisible que les constats disent, sans ceux que la commune accepte."""
    if registre.refus is not None:
        return
    liens = Liens(modele, registre, au)
    permises = en_cours(liens)
    for une, fait in _trier(_observer_le_classeur(liens)):
        if not permises or cible(une.code, fait.ligne, liens) not in permises:
            yield fait, liens


def _observer_le_classeur(liens: Liens) -> tuple[Vu, ...]:
    return tuple(islice(_observer(PAR_CLASSEUR, liens, FAITS_PAR_REGLE), FAITS_MAX))


def verifier(registre: Registre, modele: Modele, au: date) -> tuple[Constat, ...]:
    """Les constats qui comptent : tous ceux d'un classeur, sauf ceux que la commune accepte."""
    return juger(registre, modele, au).constats


def verifier_ensemble(ensemble: Ensemble, modele: Modele) -> tuple[Constat, ...]:
    """Les constats qui ne se voient qu'entre classeurs ; chacun est dans un fichier."""
    vus = _trier(tuple(_observer(D_ENSEMBLE, ensemble)))
    return _ordonner(constater(une, fait, modele, nommer(None)) for une, fait in vus)


def verifier_evolution(evolution: Evolution, modele: Modele) -> tuple[Constat, ...]:
    """Les changements durables sans décision (EVO), chacun dans le fichier qui le montre."""
    executif = nommer(evolution.apres.registre.commune.texte("executif_nom"))
    vus = _observer(D_EVOLUTION, evolution)
    return _ordonner(constater(une, fait, modele, executif) for une, fait in vus)


def _observer(regles: Iterable[Regle[S]], sujet: S, maximum: int | None = None) -> Iterator[Vu]:
    return ((regle.fiche, fait) for regle in regles for fait in islice(regle(sujet), maximum))


def _trier(vus: tuple[Vu, ...]) -> Iterator[Vu]:
    """Écarte ce qui attend, et ce qu'un autre constat remplace, à sa cellule ou sur sa ligne."""
    vus = tuple((une, fait) for une, fait in vus if not fait.attend)
    remplaces = {(code, fait.lieu) for une, fait in vus for code in une.supplante}
    seules = {_ligne(fait.lieu): une.code for une, fait in vus if une.est_seule}
    for une, fait in vus:
        est_seule = seules.get(_ligne(fait.lieu), une.code) == une.code
        if est_seule and (une.code, fait.lieu) not in remplaces:
            yield une, fait


def _ligne(lieu: Emplacement) -> tuple[str, str, int | None]:
    return (lieu.fichier, lieu.feuille, lieu.ligne)


def _ordonner(constats: Iterable[Constat]) -> tuple[Constat, ...]:
    """Sans répétition, le plus grave d'abord, puis dans l'ordre des feuilles."""
    uniques = {(c.regle, c.lieu, c.message): c for c in constats}
    return tuple(sorted(uniques.values(), key=lambda constat: constat.cle_de_tri))
