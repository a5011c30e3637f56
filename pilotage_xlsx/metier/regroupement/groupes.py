"""Réunir les noms d'un même prestataire : d'office quand c'est sûr, proposé quand c'est possible.

L'ordre des preuves : la correspondance que tient la personne, l'IDE, le nom normalisé, la
ressemblance. Deux IDE valides et différents ne se réunissent jamais, même par un tiers.

>>> trouve = regrouper([("Alpha SA", ""), ("ALPHA S.A.", ""), ("Dupont", ""), ("Dupond", "")])
>>> [(groupe.nom, len(groupe.membres)) for groupe in trouve.groupes]
[('Alpha SA', 2), ('Dupond', 1), ('Dupont', 1)]
>>> [(p.un, p.autre) for p in trouve.propositions]
[('Dupond', 'Dupont')]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.amas import Amas
from pilotage_xlsx.metier.regroupement.lieux import est_propre
from pilotage_xlsx.metier.regroupement.paires import (
    Ecriture,
    Paire,
    comparer,
    numero_valide,
    recenser,
)
from pilotage_xlsx.metier.regroupement.produits import est_mal_ecrit
from pilotage_xlsx.metier.regroupement.vocabulaire import FORMES_JURIDIQUES
from pilotage_xlsx.socle.textes import Texte, cle


class Membre(NamedTuple):
    """Une façon d'écrire un prestataire, combien de fois, et pourquoi elle est dans ce groupe."""

    nom: str
    ide: str
    effectif: int
    confiance: float
    raison: str


class GroupeDeNoms(NamedTuple):
    """Un prestataire : le nom sous lequel on le montre, et toutes ses écritures."""

    nom: str
    ide: str
    membres: tuple[Membre, ...]


class Proposition(NamedTuple):
    """Deux groupes peut-être à réunir : par leurs noms montrés."""

    un: str
    autre: str
    confiance: float
    raison: str


class Regroupement:
    """Les groupes, les propositions, et le nom montré de toute écriture."""

    def __init__(
        self, groupes: Sequence[GroupeDeNoms], propositions: Sequence[Proposition]
    ) -> None:
        self.groupes = tuple(groupes)
        self.propositions = tuple(propositions)
        self._par_ecriture = {
            (cle(membre.nom), membre.ide): groupe for groupe in groupes for membre in groupe.membres
        }
        self._par_nom: dict[str, set[GroupeDeNoms]] = defaultdict(set)
        for (nom, _), groupe in self._par_ecriture.items():
            self._par_nom[nom].add(groupe)

    def groupe(self, nom: Texte, ide: Texte = "") -> GroupeDeNoms | None:
        """Le groupe d'un nom tel qu'écrit, avec l'IDE de sa ligne s'il y en a un.

        Sans IDE, le nom suffit s'il n'est que d'un groupe.
        """
        forme = cle(nom)
        if (groupe := self._par_ecriture.get((forme, numero_valide(ide)))) or ide:
            return groupe
        groupes = self._par_nom.get(forme, set())
        return next(iter(groupes)) if len(groupes) == 1 else None

    def nom(self, nom: Texte, ide: str = "") -> str:
        """Le nom montré ; le nom reçu s'il n'est d'aucun groupe."""
        groupe = self.groupe(nom, ide)
        return groupe.nom if groupe else nom


def regrouper(
    inscriptions: Iterable[tuple[str, str]], correspondances: Mapping[str, str] | None = None
) -> Regroupement:
    """Réunit des inscriptions (nom, IDE ou rien) ; le résultat ne dépend pas de leur ordre.

    ``correspondances`` : nom écrit → nom à montrer, ce que la personne a décidé ; deux noms
    qu'elle a séparés ne sont ni réunis, ni proposés.
    """
    ecritures = recenser(inscriptions, correspondances or {})
    amas = Amas(ecritures)
    reste = amas.reunir(comparer(ecritures))
    return _montrer(amas, ecritures, reste)


def _montrer(amas: Amas, ecritures: Sequence[Ecriture], reste: Sequence[Paire]) -> Regroupement:
    membres: dict[int, list[int]] = defaultdict(list)
    for rang in range(len(ecritures)):
        membres[amas.chef(rang)].append(rang)
    groupes = _distinguer(
        {chef: _grouper(amas, ecritures, rangs) for chef, rangs in membres.items()}
    )
    proposees: dict[tuple[str, str], Proposition] = {}
    for confiance, raison, un, autre in reste:
        un_nom, autre_nom = groupes[amas.chef(un)].nom, groupes[amas.chef(autre)].nom
        if amas.est_impose(un) and amas.est_impose(autre):
            continue
        proposees.setdefault(
            (un_nom, autre_nom), Proposition(un_nom, autre_nom, min(confiance, 0.89), raison)
        )
    ordonnes = sorted(groupes.values(), key=lambda groupe: cle(groupe.nom))
    return Regroupement(ordonnes, sorted(proposees.values(), key=lambda p: (-p.confiance, p)))


def _distinguer(groupes: dict[int, GroupeDeNoms]) -> dict[int, GroupeDeNoms]:
    """Deux entreprises de même nom se montrent avec leur IDE, ou un rang."""
    pris: Counter[str] = Counter()
    distincts = {}
    for chef, groupe in groupes.items():
        nom = cle(groupe.nom)
        pris[nom] += 1
        if pris[nom] > 1:
            groupe = groupe._replace(nom=f"{groupe.nom} ({groupe.ide or pris[nom]})")  # noqa: PLW2901
        distincts[chef] = groupe
    return distincts


def _grouper(amas: Amas, ecritures: Sequence[Ecriture], rangs: Sequence[int]) -> GroupeDeNoms:
    """Le nom montré : celui de la correspondance, sinon le plus écrit, le plus complet."""
    choisie = ecritures[min(rangs, key=lambda rang: _preference(ecritures[rang]))]
    impose = next((ecritures[rang].impose for rang in rangs if ecritures[rang].impose), "")
    ide = next((ecritures[rang].ide for rang in rangs if ecritures[rang].ide), "")
    return GroupeDeNoms(
        impose or choisie.nom,
        ide,
        tuple(
            Membre(e.nom, e.ide, e.effectif, *_justifier(amas, rang, e, choisie))
            for rang in rangs
            for e in (ecritures[rang],)
        ),
    )


def _justifier(amas: Amas, rang: int, ecriture: Ecriture, choisie: Ecriture) -> tuple[float, str]:
    if ecriture is choisie:
        return 1.0, "le nom montré"
    return amas.raisons.get(rang, (1.0, "même nom"))


def _preference(ecriture: Ecriture) -> tuple[bool, int, bool, bool, int, str]:
    """Jamais les capitales si quelqu'un l'écrit autrement ; puis le plus écrit, le plus complet."""
    mots = cle(ecriture.nom).replace(".", "").split()
    a_sa_forme = any(mot in FORMES_JURIDIQUES or mot == "sàrl" for mot in mots)
    est_nu = ecriture.forme.lieu == "" and any(map(est_propre, ecriture.forme.mots))
    suite = (not est_nu, not a_sa_forme, -len(ecriture.nom), ecriture.nom)
    return (est_mal_ecrit(ecriture.nom), -ecriture.effectif, *suite)
