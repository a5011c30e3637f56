"""Corriger : une copie du classeur ; ce qui est sans doute est réparé, le reste est proposé."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Final, NamedTuple

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, exiger
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.retouche.copie import Copie
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.verification.propositions import (
    ReparationProposee,
    chercher_les_propositions,
    joindre,
)
from pilotage_xlsx.verification.reparations import Reparation, chercher_les_reparations

TOUTES: Final = "toutes"
"""Accepter chaque proposition, sans les nommer."""

Acceptees = Collection[int | str]
"""Les numéros des propositions acceptées, ou `TOUTES`."""


class Corrige(NamedTuple):
    """Les octets de la copie, rien s'il n'y avait rien à réparer ; chaque cellule réparée.

    ``propositions`` : ce qui reste à choisir, et n'est pas écrit.
    """

    octets: bytes | None
    reparations: tuple[Reparation, ...]
    propositions: tuple[ReparationProposee, ...] = ()

    def __repr__(self) -> str:
        octets = len(self.octets or b"")
        return f"<Corrige : {octets} octets, {len(self.reparations)} cellules réparées>"


class CopieCorrigee(NamedTuple):
    """La copie, rien s'il n'y avait rien à réparer ; ce qui y est fait, ce qui reste à choisir.

    ``calculees`` : ce qui devait changer, et qui vient d'une formule.
    """

    copie: Copie | None
    faites: tuple[Reparation, ...]
    propositions: tuple[ReparationProposee, ...]
    calculees: tuple[Reparation, ...] = ()


def corriger(
    fichier: Recu,
    *,
    accepter: Acceptees = (),
    au: date | None = None,
    modele: Modele | None = None,
) -> Corrige:
    """La copie réparée d'un classeur ; l'original n'est pas touché.

    ``accepter`` : les numéros des propositions à écrire aussi, ou ``["toutes"]``. Lève
    `GesteImpossible` s'il ne se lit pas, s'il est trop grand pour être retouché, ou si une
    proposition n'existe pas.
    """
    choisi, jour = modele or charger_une_fois(), au or date.today()
    with ouvrir_la_corrigee(exiger(fichier, choisi), choisi, accepter, jour) as corrigee:
        copie, faites = corrigee.copie, corrigee.faites
        octets = copie.octets() if copie is not None and faites else None
        return Corrige(octets, faites, corrigee.propositions)


@contextmanager
def ouvrir_la_corrigee(
    registre: Registre, choisi: Modele, accepter: Acceptees, au: date
) -> Iterator[CopieCorrigee]:
    """La copie et les réparations faites, tant que dure le ``with`` ; jamais dans une formule."""
    modele = modele_de(registre.porte, choisi)
    propositions = chercher_les_propositions(registre, modele, au)
    acceptees, autres = _partager(propositions, accepter)
    voulues = joindre(chercher_les_reparations(registre, modele), acceptees, registre)
    visees = {_adresse(r): r for r in voulues}
    if not visees:
        yield CopieCorrigee(None, (), autres)
        return
    from pilotage_xlsx import retouche  # noqa: PLC0415 — lxml, s'il y a de quoi réparer

    valeurs = {adresse: reparation.valeur for adresse, reparation in visees.items()}
    try:
        with retouche.corriger(
            registre.source, valeurs, cellules_lues(registre, modele)
        ) as correction:
            faites = tuple(r for a, r in visees.items() if a in correction.faites)
            calculees = tuple(r for a, r in visees.items() if a not in correction.faites)
            yield CopieCorrigee(correction.copie, faites, autres, calculees)
    except Refus as refus:
        phrase = f"{registre.fichier} : pas corrigé. {refus}"
        raise GesteImpossible(phrase, moyens=refus.moyens) from None


def _partager(
    propositions: tuple[ReparationProposee, ...], accepter: Acceptees
) -> tuple[tuple[ReparationProposee, ...], tuple[ReparationProposee, ...]]:
    """Les propositions acceptées, et les autres."""
    if TOUTES in accepter:
        return propositions, ()
    connues = {proposition.numero for proposition in propositions}
    if inconnues := [numero for numero in accepter if numero not in connues]:
        compte = f"il y en a {len(connues)}" if connues else "il n'y en a pas"
        raise GesteImpossible(f"Proposition {inconnues[0]} : {compte} pour ce classeur.")
    retenues = tuple(p for p in propositions if p.numero in accepter)
    return retenues, tuple(p for p in propositions if p.numero not in accepter)


def _adresse(reparation: Reparation) -> tuple[str, int, int]:
    lieu = reparation.lieu
    return (lieu.feuille, lieu.ligne or 0, lieu.colonne or 0)


def cellules_lues(registre: Registre, modele: Modele) -> Mapping[str, set[tuple[int, int]]]:
    """Par feuille, les cellules remplies que le contrôle lit."""
    lues: dict[str, set[tuple[int, int]]] = {}
    for identifiant, feuille in registre.feuilles.items():
        saisies = {colonne.id for colonne in modele.par_id[identifiant].saisies}
        for ligne in feuille.lignes:
            for colonne in saisies & ligne.cellules.keys():
                lieu = ligne.emplacement(colonne)
                lues.setdefault(lieu.feuille, set()).add((lieu.ligne or 0, lieu.colonne or 0))
    return lues
