"""Les noms cités qui ne se retrouvent plus : une coquille, ou une ligne renommée dans son registre.

Une question, jamais une certitude : le contrôle la pose, `corriger` écrit la réponse de la
personne à toutes les cellules qui citent l'ancien nom.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils       | nom | prestataire
...              | GED | Alpha
...              | Eau | Bureautique SA
...              | Gaz | Bureautique SA
... prestataires | nom
...              | Alpha Informatique SA
...              | Zeta
... ''')
>>> prestataire = liens.modele.par_id["outils"].par_id["prestataire"]
>>> retrouves = retrouver(liens, prestataire, {"Alpha", "Bureautique SA"})
>>> retrouves["Alpha"], retrouves["Bureautique SA"].nom
(Retrouve(nom='Alpha Informatique SA', est_renomme=False), 'Zeta')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.memoire import une_fois
from pilotage_xlsx.modele import SEPARATEUR, Colonne
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import seuls_voisins
from pilotage_xlsx.socle.textes import Texte, cle
from pilotage_xlsx.verification.intentions import (
    est_en_attente,
    est_sans_objet,
    est_un_renvoi,
    morceaux,
)
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.reparable import Voulu

_NOMS_CHERCHES = 300
"""Au-delà, ce ne sont plus des coquilles ni un renommage."""

_CITATIONS_AU_MOINS = 2


class Retrouve(NamedTuple):
    """Le nom inscrit ; ``est_renomme`` : rien ne lui ressemble, mais lui seul n'est pas cité."""

    nom: str
    est_renomme: bool


def retrouver(liens: Liens, colonne: Colonne, perdus: Set[str]) -> Mapping[str, Retrouve]:
    """Pour chaque nom introuvable, le seul inscrit, ou la mention, qu'il voulait dire."""
    voisins = _voisins(liens, colonne, perdus)
    trouves = {nom: Retrouve(voisin, est_renomme=False) for nom, voisin in voisins.items()}
    if renomme := _renommes(liens).get(colonne.reference):
        ancien, nouveau = renomme
        restes = (nom for nom in perdus if cle(nom) == ancien and nom not in trouves)
        trouves |= {nom: Retrouve(nouveau, est_renomme=True) for nom in restes}
    return trouves


def proposer_les_noms(
    perdus: Iterable[str], voisins: Mapping[str, str], seuls: Mapping[str, Retrouve]
) -> str:
    """« Vouliez-vous dire « Alpha SA » ? », et ce qui le fait croire ; rien sans proposition."""
    noms = {nom: seuls[nom].nom if nom in seuls else voisins.get(nom) for nom in perdus}
    proposes = dict.fromkeys(nom for nom in noms.values() if nom)
    if not proposes:
        return ""
    sont_renommes = all(nom in seuls and seuls[nom].est_renomme for nom in noms)
    suite = ", que rien ne cite" if sont_renommes else ""
    return f"Vouliez-vous dire {enumerer(map(citer, proposes))}{suite} ?"


def a_renommer(perdus: Iterable[str], seuls: Mapping[str, Retrouve]) -> tuple[Voulu, ...]:
    """Ce que `corriger` peut écrire à la place de ces noms."""
    return tuple(Voulu(seuls[nom].nom, nom) for nom in perdus if nom in seuls)


def reunis(liens: Liens, colonne: Colonne, cites: tuple[str, ...]) -> tuple[str, ...]:
    """Les noms inscrits que la cellule réunit autrement que par un point-virgule."""
    parties = [partie for cite in cites for partie in morceaux(cite)]
    trouves = [
        (ligne, liens.modele.par_id[registre].cle or "")
        for partie in parties
        for registre in colonne.reference
        if (ligne := liens.etat.trouver(registre, partie))
    ]
    noms = tuple(dict.fromkeys(ligne.texte(nom) or "" for ligne, nom in trouves))
    return noms if len(trouves) == len(parties) > 1 else ()


def separer_les_noms(liens: Liens, ligne: Ligne, colonne: Colonne, noms: tuple[str, ...]) -> str:
    """Que faire de plusieurs noms réunis sans point-virgule."""
    if colonne.plusieurs:
        return f"Séparer les noms par un point-virgule : {citer(f'{SEPARATEUR} '.join(noms))}."
    feuille = liens.modele.par_id[ligne.lieu.registre]
    autres = (c for c in feuille.saisies if c.plusieurs and c.reference == colonne.reference)
    suite = next((f", et mettre l'autre dans {citer(c.libelle)}" for c in autres), "")
    return f"Un seul nom tient ici : choisir {enumerer(map(citer, noms), 'ou')}{suite}."


def a_separer(colonne: Colonne, noms: tuple[str, ...]) -> tuple[Voulu, ...]:
    """Ce que `corriger` peut écrire à la place de ces noms réunis."""
    return (Voulu(f"{SEPARATEUR} ".join(noms)),) if colonne.plusieurs else ()


def citations(liens: Liens, colonne: Colonne, nom: str) -> Iterator[tuple[Ligne, Colonne]]:
    """Les cellules qui citent ce nom, dans toutes les colonnes qui citent les mêmes registres."""
    for autre, lignes in _qui_citent(liens, colonne.reference):
        for ligne in lignes:
            if cle(nom) in map(cle, ligne.textes(autre.id)):
                yield ligne, autre


def inscrits(liens: Liens, colonne: Colonne) -> Iterator[str]:
    """Les noms que cette colonne peut citer."""
    for registre in colonne.reference:
        cle_de_feuille = liens.modele.par_id[registre].cle or ""
        for ligne in liens.etat.par_cle[registre].values():
            if nom := ligne.texte(cle_de_feuille):
                yield nom


@une_fois
def _renommes(liens: Liens) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Par registre cité, l'ancien nom (sa clé) et le nouveau, s'il n'y en a qu'un possible."""
    references = {c.reference for f in liens.modele.feuilles for c in f.saisies if c.reference}
    trouves = {reference: _renomme(liens, reference) for reference in references}
    return {reference: renomme for reference, renomme in trouves.items() if renomme}


def _renomme(liens: Liens, reference: tuple[str, ...]) -> tuple[str, str] | None:
    """Un seul nom introuvable, cité deux fois, et une seule ligne en vigueur que rien ne cite.

    Cité une fois, il n'est sans doute pas encore inscrit. Un numéro (D-2026-001) ne se renomme pas.
    """
    feuille = liens.modele.par_id[reference[0]]
    if len(reference) > 1 or feuille.prefixe or feuille.id not in liens.registre.feuilles:
        return None
    perdus, voulus = _chercher(liens, reference)
    if len(perdus) != 1:
        return None
    cites = Counter(
        cle(nom)
        for colonne, lignes in _qui_citent(liens, reference)
        for ligne in lignes
        for nom in ligne.textes(colonne.id)
    )
    noms = [ligne.texte(feuille.cle or "") for ligne in liens.en_vigueur(feuille.id)]
    oublies = [nom for nom in noms if nom and cle(nom) not in cites and cle(nom) not in voulus]
    if len(oublies) != 1:
        return None
    (ancien,) = perdus
    if cites[ancien] < _CITATIONS_AU_MOINS:
        return None
    return ancien, oublies[0]


def _chercher(liens: Liens, reference: tuple[str, ...]) -> tuple[Set[str], Set[str]]:
    """Les clés des noms introuvables que rien n'explique, et de ceux que voulaient les autres."""
    perdus = [
        (colonne, {nom for ligne in lignes for nom in liens.etat.introuvables(colonne, ligne)})
        for colonne, lignes in _qui_citent(liens, reference, liens.etat.perdues)
    ]
    if sum(len(noms) for _, noms in perdus) > _NOMS_CHERCHES:
        return frozenset(), frozenset()
    inexpliques: set[str] = set()
    voulus: set[str] = set()
    for colonne, noms in perdus:
        voisins = _voisins(liens, colonne, noms)
        voulus.update(map(cle, voisins.values()))
        restes = (nom for nom in noms - voisins.keys() if not _s_explique(liens, reference, nom))
        inexpliques.update(map(cle, restes))
    return inexpliques, voulus


def _voisins(liens: Liens, colonne: Colonne, noms: Set[str]) -> Mapping[str, str]:
    if not noms or len(noms) > _NOMS_CHERCHES:
        return {}
    return seuls_voisins(noms, (*colonne.mentions, *inscrits(liens, colonne)))


def _s_explique(liens: Liens, reference: tuple[str, ...], nom: Texte) -> bool:
    if est_un_renvoi(nom) or est_en_attente(nom) or est_sans_objet(nom):
        return True
    return any(liens.etat.trouver(registre, m) for registre in reference for m in morceaux(nom))


def _qui_citent(
    liens: Liens,
    reference: tuple[str, ...],
    seules: Mapping[tuple[str, str], tuple[Ligne, ...]] | None = None,
) -> Iterator[tuple[Colonne, tuple[Ligne, ...]]]:
    """Chaque colonne qui cite ces registres, et les lignes où elle est remplie.

    ``seules`` : les lignes qui suffisent, par feuille et colonne.
    """
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            if colonne.reference == reference:
                lignes = liens.etat.lignes(feuille.id)
                if seules is not None:
                    lignes = seules.get((feuille.id, colonne.id), ())
                yield colonne, tuple(ligne for ligne in lignes if colonne.id in ligne.valeurs)
