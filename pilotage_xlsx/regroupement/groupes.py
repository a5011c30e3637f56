"""Réunir les noms d'un même prestataire : d'office quand c'est sûr, proposé quand c'est possible.

L'ordre des preuves : la correspondance que tient la personne, l'IDE, le nom normalisé, la
ressemblance. Deux IDE valides et différents ne se réunissent jamais, même par un tiers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pilotage_xlsx.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.regroupement.formes import Forme, est_propre, former
from pilotage_xlsx.regroupement.vocabulaire import FORMES_JURIDIQUES
from pilotage_xlsx.textes import cle, normaliser

_BLOC_MAX = 400
"""Un début de mot que plus de noms partagent n'en rapproche aucun."""


class Membre(NamedTuple):
    """Une façon d'écrire un prestataire, combien de fois, et pourquoi elle est dans ce groupe."""

    nom: str
    ide: str
    effectif: int
    confiance: float
    raison: str


class Groupe(NamedTuple):
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

    def __init__(self, groupes: Sequence[Groupe], propositions: Sequence[Proposition]) -> None:
        self.groupes = tuple(groupes)
        self.propositions = tuple(propositions)
        self._par_ecriture = {
            (cle(membre.nom), membre.ide): groupe for groupe in groupes for membre in groupe.membres
        }
        self._par_nom: dict[str, set[Groupe]] = defaultdict(set)
        for (nom, _), groupe in self._par_ecriture.items():
            self._par_nom[nom].add(groupe)

    def groupe(self, nom: str, ide: str = "") -> Groupe | None:
        """Le groupe d'un nom tel qu'écrit, avec l'IDE de sa ligne s'il y en a un.

        Sans IDE, le nom suffit s'il n'est que d'un groupe.
        """
        forme = cle(nom)
        if (groupe := self._par_ecriture.get((forme, numero_valide(ide)))) or ide:
            return groupe
        groupes = self._par_nom.get(forme, set())
        return next(iter(groupes)) if len(groupes) == 1 else None

    def nom(self, nom: str, ide: str = "") -> str:
        """Le nom montré ; le nom reçu s'il n'est d'aucun groupe."""
        groupe = self.groupe(nom, ide)
        return groupe.nom if groupe else nom


class _Ecriture(NamedTuple):
    nom: str
    ide: str
    effectif: int
    forme: Forme
    impose: str


def numero_valide(ide: str) -> str:
    """Les neuf chiffres d'un IDE bien formé et au bon chiffre de contrôle, sinon rien."""
    chiffres = ide if len(ide) == 9 and ide.isdigit() else chiffres_d_un_ide(ide)
    return chiffres if chiffres and a_un_bon_chiffre_de_controle(chiffres) else ""


def regrouper(
    inscriptions: Iterable[tuple[str, str]], correspondances: Mapping[str, str] | None = None
) -> Regroupement:
    """Réunit des inscriptions (nom, IDE ou rien) ; le résultat ne dépend pas de leur ordre.

    ``correspondances`` : nom écrit → nom à montrer, ce que la personne a décidé ; deux noms
    qu'elle a séparés ne sont ni réunis, ni proposés.
    """
    ecritures = _recenser(inscriptions, correspondances or {})
    amas = _Amas(ecritures)
    propositions = amas.reunir(_paires(ecritures))
    return _montrer(amas, ecritures, propositions)


def _recenser(
    inscriptions: Iterable[tuple[str, str]], correspondances: Mapping[str, str]
) -> list[_Ecriture]:
    comptes: Counter[tuple[str, str]] = Counter()
    noms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for nom, ide in inscriptions:
        identite = cle(nom), numero_valide(ide)
        comptes[identite] += 1
        noms[identite][normaliser(nom)] += 1
    imposes = {cle(ecrit): retenu for ecrit, retenu in correspondances.items()}
    return [
        _Ecriture(
            min(noms[i], key=lambda n: (-noms[i][n], n)), i[1], comptes[i], former(i[0]),
            imposes.get(i[0], ""),
        )
        for i in sorted(comptes)
    ]  # fmt: skip


def _paires(ecritures: Sequence[_Ecriture]) -> Iterator[tuple[float, str, int, int]]:
    """Les paires à réunir ou à proposer, chacune une fois, avec sa confiance et sa raison."""
    from pilotage_xlsx.regroupement.ressemblance import PROPOSABLE, juger  # noqa: PLC0415

    vues: set[tuple[int, int]] = set()
    for bloc in _blocs(ecritures):
        for paire in combinations(bloc, 2):
            if paire in vues:
                continue
            vues.add(paire)
            une, autre = ecritures[paire[0]], ecritures[paire[1]]
            if une.impose or autre.impose:
                if cle(une.impose) == cle(autre.impose):
                    yield 1.0, "votre correspondance", *paire
                    continue
                if une.impose and autre.impose:
                    continue
            if une.ide and autre.ide:
                if une.ide == autre.ide:
                    yield 1.0, "même IDE", *paire
                continue
            confiance, raison = juger(une.forme, autre.forme)
            if confiance >= PROPOSABLE:
                yield confiance, raison, *paire


def _blocs(ecritures: Sequence[_Ecriture]) -> Iterator[list[int]]:
    """Les écritures qui partagent un trait : elles seules se comparent."""
    blocs: dict[str, list[int]] = defaultdict(list)
    for rang, ecriture in enumerate(ecritures):
        for trait in set(_traits(ecriture)):
            blocs[trait].append(rang)
    for trait in sorted(blocs):
        est_sur = trait.startswith(("ide ", "nom ", "forme "))
        if len(blocs[trait]) > 1 and (est_sur or len(blocs[trait]) <= _BLOC_MAX):
            yield blocs[trait]


def _traits(ecriture: _Ecriture) -> Iterator[str]:
    forme = ecriture.forme
    if ecriture.ide:
        yield f"ide {ecriture.ide}"
    if ecriture.impose:
        yield f"nom {cle(ecriture.impose)}"
    yield f"forme {forme.compacte}"
    yield f"debut {forme.compacte[:4]}"
    for mot in forme.propres or forme.mots:
        yield f"debut {mot[:3]}"
        yield f"fin {mot[-4:]}"
    yield f"sigle {forme.sigle or (forme.initiales if len(forme.mots) > 2 else forme.compacte)}"


class _Amas:
    """Les écritures réunies deux à deux, sans jamais mêler deux IDE ni deux correspondances."""

    def __init__(self, ecritures: Sequence[_Ecriture]) -> None:
        self.chefs = list(range(len(ecritures)))
        self.raisons: dict[int, tuple[float, str]] = {}
        self._ides = [{e.ide} - {""} for e in ecritures]
        self._imposes = [{cle(e.impose)} - {""} for e in ecritures]

    def chef(self, rang: int) -> int:
        while self.chefs[rang] != rang:
            self.chefs[rang] = self.chefs[self.chefs[rang]]
            rang = self.chefs[rang]
        return rang

    def reunir(
        self, paires: Iterable[tuple[float, str, int, int]]
    ) -> list[tuple[float, str, int, int]]:
        """Réunit ce qui est sûr, le plus sûr d'abord ; rend le reste, à proposer."""
        from pilotage_xlsx.regroupement.ressemblance import CERTAINE  # noqa: PLC0415

        rangees = sorted(paires, key=lambda paire: (-paire[0], paire[2], paire[3]))
        disputees = self._disputees(rangees)
        reste = []
        for paire in rangees:
            confiance, raison, un, autre = paire
            est_libre = not ({un, autre} & disputees) or raison == "même IDE"
            if confiance >= CERTAINE and est_libre and self._sont_compatibles(un, autre):
                self._lier(un, autre, confiance, raison)
            else:
                reste.append(paire)
        return [p for p in reste if self.chef(p[2]) != self.chef(p[3])]

    def _disputees(self, paires: Sequence[tuple[float, str, int, int]]) -> set[int]:
        """Les écritures sans IDE que deux entreprises d'IDE différents se disputent à égalité."""
        voisins: dict[int, dict[str, float]] = defaultdict(dict)
        for confiance, _, un, autre in paires:
            for rang, voisin in ((un, autre), (autre, un)):
                if not self._ides[rang] and confiance >= 0.9:
                    for ide in self._ides[voisin]:
                        voisins[rang][ide] = max(confiance, voisins[rang].get(ide, 0.0))
        return {
            rang
            for rang, ides in voisins.items()
            if list(ides.values()).count(max(ides.values())) > 1
        }

    def _sont_compatibles(self, un: int, autre: int) -> bool:
        chef, second = self.chef(un), self.chef(autre)
        return (
            len(self._ides[chef] | self._ides[second]) <= 1
            and len(self._imposes[chef] | self._imposes[second]) <= 1
        )

    def _lier(self, un: int, autre: int, confiance: float, raison: str) -> None:
        chef, second = self.chef(un), self.chef(autre)
        if chef == second:
            return
        self.raisons.setdefault(autre, (confiance, raison))
        self.raisons.setdefault(un, (confiance, raison))
        self.chefs[second] = chef
        self._ides[chef] |= self._ides[second]
        self._imposes[chef] |= self._imposes[second]


def _montrer(
    amas: _Amas, ecritures: Sequence[_Ecriture], reste: Sequence[tuple[float, str, int, int]]
) -> Regroupement:
    membres: dict[int, list[int]] = defaultdict(list)
    for rang in range(len(ecritures)):
        membres[amas.chef(rang)].append(rang)
    groupes = _distinguer(
        {chef: _grouper(amas, ecritures, rangs) for chef, rangs in membres.items()}
    )
    proposees: dict[tuple[str, str], Proposition] = {}
    for confiance, raison, un, autre in reste:
        un_nom, autre_nom = groupes[amas.chef(un)].nom, groupes[amas.chef(autre)].nom
        if amas._imposes[amas.chef(un)] and amas._imposes[amas.chef(autre)]:
            continue
        proposees.setdefault(
            (un_nom, autre_nom), Proposition(un_nom, autre_nom, min(confiance, 0.89), raison)
        )
    ordonnes = sorted(groupes.values(), key=lambda groupe: cle(groupe.nom))
    return Regroupement(ordonnes, sorted(proposees.values(), key=lambda p: (-p.confiance, p)))


def _distinguer(groupes: dict[int, Groupe]) -> dict[int, Groupe]:
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


def _grouper(amas: _Amas, ecritures: Sequence[_Ecriture], rangs: Sequence[int]) -> Groupe:
    """Le nom montré : celui de la correspondance, sinon le plus écrit, le plus complet."""
    choisie = ecritures[min(rangs, key=lambda rang: _preference(ecritures[rang]))]
    impose = next((ecritures[rang].impose for rang in rangs if ecritures[rang].impose), "")
    ide = next((ecritures[rang].ide for rang in rangs if ecritures[rang].ide), "")
    return Groupe(
        impose or choisie.nom,
        ide,
        tuple(
            Membre(e.nom, e.ide, e.effectif, *_justifier(amas, rang, e, choisie))
            for rang in rangs
            for e in (ecritures[rang],)
        ),
    )


def _justifier(
    amas: _Amas, rang: int, ecriture: _Ecriture, choisie: _Ecriture
) -> tuple[float, str]:
    if ecriture is choisie:
        return 1.0, "le nom montré"
    return amas.raisons.get(rang, (1.0, "même nom"))


def _preference(ecriture: _Ecriture) -> tuple[int, bool, bool, int, str]:
    mots = cle(ecriture.nom).replace(".", "").split()
    a_sa_forme = any(mot in FORMES_JURIDIQUES or mot == "sàrl" for mot in mots)
    est_nu = ecriture.forme.lieu == "" and any(map(est_propre, ecriture.forme.mots))
    return (-ecriture.effectif, not est_nu, not a_sa_forme, -len(ecriture.nom), ecriture.nom)
