"""Le contrôle d'un classeur, ce que l'atelier en rend, et ce qui reste de tous quand ils ont passé.

Un contrôle entier (registre, constats) ne vit que le temps d'un classeur : de chacun ne restent que
des comptes, et de quoi le rapprocher des autres.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.gestes.porte import lire, modele_commun, modele_de
from pilotage_xlsx.metier.constats import Constat, Resume, resumer
from pilotage_xlsx.metier.copies import Ecart, comparer, reunir
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import FeuilleLue, Lieu, Ligne, Registre
from pilotage_xlsx.verification import Accepte, EnAttente, juger, verifier_ensemble
from pilotage_xlsx.verification.phrases import QuestionDite, dire_les_questions
from pilotage_xlsx.verification.regles.ens import alleger

P = TypeVar("P")


class Controle(msgspec.Struct, frozen=True):
    """Un classeur examiné : ce qu'il contient et ce qui n'y va pas.

    ``acceptes`` : les constats que la commune assume ; montrés à part, ils ne comptent pas.
    ``en_attente`` : les contrôles qu'une cellule fautive tient en suspens. ``etat`` : celui de ses
    lignes.
    """

    modele: Modele
    registre: Registre
    constats: tuple[Constat, ...]
    acceptes: tuple[Accepte, ...]
    etat: Etat
    en_attente: tuple[EnAttente, ...] = ()

    @property
    def est_lisible(self) -> bool:
        """Faux si le fichier a été refusé."""
        return self.registre.refus is None

    @property
    def resume(self) -> Resume:
        """Ses constats comptés ; un refus n'en est pas un."""
        return resumer(self.constats) if self.est_lisible else Resume()

    @property
    def questions(self) -> tuple[QuestionDite, ...]:
        """Ce qui reste à clarifier, et à qui le demander."""
        return dire_les_questions(self.etat) if self.est_lisible else ()


def controler(registre: Registre, modele: Modele, au: date) -> Controle:
    """Contrôle un classeur lu, ou refusé."""
    liens = Liens(modele, registre, au)
    jugement = juger(registre, modele, au, liens)
    constats, acceptes, en_attente = jugement.constats, jugement.acceptes, jugement.en_attente
    return Controle(modele, registre, constats, acceptes, liens.etat, en_attente)


class Cumul:
    """Ce qui reste des classeurs contrôlés, dans l'ordre où ils ont passé."""

    def __init__(self, choisi: Modele, au: date) -> None:
        self.au = au
        self._choisi = choisi
        self.resume = Resume()
        self.combien = self.illisibles = 0
        self._alleges: list[Registre] = []

    def ajouter(self, examine: Examine[Any]) -> None:
        """Compte un classeur de plus."""
        self.combien += 1
        self.illisibles += not examine.est_lisible
        self.resume = additionner((self.resume, examine.resume))
        self._alleges.append(examine.registre)

    @property
    def modele(self) -> Modele:
        """Celui de tous les classeurs qui ont passé, s'ils n'en ont qu'un."""
        lus = (registre.porte for registre in self._alleges if registre.refus is None)
        return modele_commun(lus, self._choisi)

    @cached_property
    def d_ensemble(self) -> tuple[Constat, ...]:
        """Ce qui ne se voit qu'entre les classeurs, une fois que tous ont passé."""
        if self.combien - self.illisibles < 2:
            return ()
        alleges = tuple(self._alleges)
        copies = tuple(_confronter(self.modele, alleges))
        return verifier_ensemble(Ensemble(self.modele, alleges, copies=copies), self.modele)


_COPIES_RELUES = 10
"""Au-delà, ce n'est plus une copie oubliée : le constat de chaque commune suffit."""


def _confronter(
    modele: Modele, alleges: Iterable[Registre]
) -> Iterator[tuple[Registre, Registre, tuple[Ecart, ...]]]:
    """Les copies d'un même classeur, relues deux à deux, et ce qui y diffère."""
    paires = ((memes[0], autre) for memes in reunir(alleges) for autre in memes[1:])
    for un, autre in islice(paires, _COPIES_RELUES):
        lus = [lire(allege.source, modele) for allege in (un, autre)]
        if all(lu.refus is None for lu in lus):
            yield un, autre, comparer(modele, *lus)


def additionner(resumes: Iterable[Resume]) -> Resume:
    """Le résumé de plusieurs classeurs."""
    return sum(resumes, Resume())


class FormeDeControle(Protocol[P]):
    """Une façon de dire un contrôle : un morceau par classeur, puis le tout.

    Les morceaux se font dans l'atelier ; ils passent un à un, et ``cumul`` n'est complet qu'après
    le dernier : ce qui le dit avant eux les range d'abord sur le disque.
    """

    def mettre_en_piece(self, controle: Controle) -> P:
        """Ce que la forme dit d'un classeur."""

    def assembler(self, pieces: Iterable[P], cumul: Cumul) -> Iterator[str | bytes]:
        """Le tout, à écrire à mesure : un texte est pour une personne, peut-être en couleur."""


class Examine(msgspec.Struct, Generic[P], frozen=True):
    """Ce que l'atelier rend d'un classeur contrôlé : son registre allégé, son résumé, sa pièce.

    ``constats`` et ``questions`` : les siens, s'il faut l'annoter.
    """

    registre: Registre
    resume: Resume
    piece: P
    constats: tuple[Constat, ...] = ()
    questions: tuple[QuestionDite, ...] = ()

    @property
    def est_lisible(self) -> bool:
        """Faux si le fichier a été refusé."""
        return self.registre.refus is None


class Controler(NamedTuple):
    """La tâche de `verifier` : contrôler, et dire dans une forme."""

    modele: Modele
    au: date
    forme: FormeDeControle[Any]
    doit_annoter: bool = False

    def rendre(self, registre: Registre) -> Examine[Any]:
        """Un classeur contrôlé. Ne lève rien : un refus est un constat."""
        controle = controler(registre, modele_de(registre.porte, self.modele), self.au)
        piece = self.forme.mettre_en_piece(controle)
        examine: Examine[Any] = Examine(alleger(registre), controle.resume, piece)
        if not self.doit_annoter:
            return examine
        return replace(examine, constats=controle.constats, questions=controle.questions)


class Lu(msgspec.Struct, frozen=True):
    """Un classeur lu en entier, et ses constats comptés."""

    registre: Registre
    resume: Resume

    @property
    def est_lisible(self) -> bool:
        """Faux si le fichier a été refusé."""
        return self.registre.refus is None


class Lire(NamedTuple):
    """La tâche de `rapport` : garder le classeur entier, et compter ses constats."""

    modele: Modele
    au: date

    def rendre(self, registre: Registre) -> Lu:
        """Ne lève rien."""
        modele = modele_de(registre.porte, self.modele)
        return Lu(registre, controler(registre, modele, self.au).resume)


_QUI = ("commune", "canton", "annee", "numero_ofs")
"""Ce qui dit de quelle commune et de quelle année est un classeur."""


class Serre(NamedTuple):
    """Un classeur lu dont la mémoire ne garde que la fiche ; ``entier`` : le tout, en octets."""

    lu: Lu
    entier: bytes


class LireEtSerrer(NamedTuple):
    """La tâche de `rapport`, quand les classeurs sont nombreux : `Lire`, puis serrer."""

    modele: Modele
    au: date

    def rendre(self, registre: Registre) -> Serre:
        """Ne lève rien."""
        lu = Lire(self.modele, self.au).rendre(registre)
        fiche = modele_de(registre.porte, self.modele).fiche.id
        dits = registre.commune.valeurs
        gardes = {nom: dits[nom] for nom in _QUI if nom in dits}
        lieu = Lieu(registre.commune.lieu.fichier, fiche, "", 0, {})
        feuilles = {fiche: FeuilleLue(lieu, (Ligne(lieu, 0, gardes),))}
        allege = replace(lu, registre=replace(registre, feuilles=feuilles))
        return Serre(allege, zlib.compress(pickle.dumps(lu), 1))


def desserrer(octets: bytes) -> Lu:
    """Le classeur entier que `LireEtSerrer` a serré, dans ce même programme."""
    lu: Lu = pickle.loads(zlib.decompress(octets))
    return lu
