"""Rapprocher ce qui se ressemble : « Vouliez-vous dire… », noms presque identiques, groupes.

La prudence d'abord : « Serveur 1 » et « Serveur 2 », « OneGov » et « OneGov GEVER », « Site
internet » et « Site intranet » sont deux choses, « Comptabilité » et « Comptabilite » une seule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher, get_close_matches
from operator import itemgetter
from typing import TypeVar

from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle, cle_large, retenir

E = TypeVar("E")
C = TypeVar("C", bound=Hashable)

_RESSEMBLANCE = 0.9
_PROPOSITION = 0.75
_CHIFFRES = motif(r"\d+")
_VOISINS = 8
_COQUILLES = 300
_DEBUT_AU_MOINS = 3
_CHOIX_VOISINS = 250
_FORMES_JURIDIQUES = {"sa", "sarl", "ag", "gmbh", "sas", "snc", "ltd", "inc"}


def proposer(texte: Texte, choix: Iterable[str]) -> str | None:
    """Le choix que ce texte voulait sans doute dire, ou rien ; accents et casse ne comptent pas."""
    return rapprocher({texte}, choix).get(texte)


def rapprocher(textes: Set[Texte], choix: Iterable[str]) -> Mapping[str, str]:
    """Pour chaque texte, le choix qu'il voulait sans doute dire, s'il y en a un.

    Au-delà de quelques centaines, ce ne sont plus des coquilles : rien n'est proposé. Parmi des
    milliers de choix, chacun n'est comparé qu'à ses voisins dans l'ordre alphabétique. Un texte
    plus long qu'un nom ne se compare pas.
    """
    if len(textes) > _COQUILLES:
        return {}
    formes = {cle_large(valeur): valeur for valeur in choix if len(valeur) <= LONGUEUR_D_UN_NOM}
    ordre = sorted(formes)
    proches = {
        texte: get_close_matches(forme, _alentour(forme, ordre), n=1, cutoff=_PROPOSITION)
        for texte in textes
        if len(texte) <= LONGUEUR_D_UN_NOM and (forme := cle_large(texte))
    }
    return {texte: formes[trouves[0]] for texte, trouves in proches.items() if trouves}


def seuls_voisins(textes: Iterable[Texte], choix: Iterable[str]) -> Mapping[str, str]:
    """Pour chaque texte, le choix qu'il voulait dire, si un seul lui ressemble ou le prolonge.

    Deux noms dont les nombres diffèrent sont deux choses : « Serveur 1 » et « Serveur 2 ».
    """
    par_nombres: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for valeur in choix:
        if len(valeur) <= LONGUEUR_D_UN_NOM:
            par_nombres[_nombres(valeur)][cle_large(valeur)] = valeur
    ordres = {nombres: sorted(formes) for nombres, formes in par_nombres.items()}
    trouves: dict[str, str] = {}
    for texte in textes:
        if len(texte) <= LONGUEUR_D_UN_NOM and (ordre := ordres.get(_nombres(texte))):
            formes = par_nombres[_nombres(texte)]
            if voisin := _seul(texte, formes, _alentour(cle_large(texte), ordre)):
                trouves[texte] = voisin
    return trouves


def _seul(texte: Texte, formes: Mapping[str, str], alentour: Sequence[str]) -> str | None:
    forme = cle_large(texte)
    if forme in formes or not forme:
        return formes.get(forme)
    proches = get_close_matches(forme, alentour, n=2, cutoff=_PROPOSITION)
    proches = proches or [voisin for voisin in alentour if _se_prolongent(texte, formes[voisin])]
    return formes[proches[0]] if len(proches) == 1 else None


def _nombres(texte: Texte) -> tuple[str, ...]:
    return tuple(_CHIFFRES.findall(texte))


def _se_prolongent(un: Texte, autre: Texte) -> bool:
    """Vrai si l'un est le début de l'autre, au mot près : « Alpha », « Alpha Informatique SA »."""
    court, long = sorted((mots(un), mots(autre)), key=len)
    return len("".join(court)) >= _DEBUT_AU_MOINS and long[: len(court)] == court


def _alentour(forme: str, ordre: Sequence[str]) -> Sequence[str]:
    """Les formes à comparer : toutes si elles sont peu nombreuses, sinon les plus proches."""
    if len(ordre) <= 2 * _CHOIX_VOISINS:
        return ordre
    rang = bisect_left(ordre, forme)
    return ordre[max(rang - _CHOIX_VOISINS, 0) : rang + _CHOIX_VOISINS]


def paires_presque_identiques(
    lignes: Iterable[Ligne], nom: Callable[[Ligne], str]
) -> Iterator[tuple[Ligne, Ligne]]:
    """Les paires de lignes aux noms presque identiques, la plus basse en second.

    Chaque nom n'est comparé qu'à ses voisins dans l'ordre alphabétique : dix mille lignes coûtent
    dix mille fois quelques comparaisons.
    """
    rangees = sorted(
        ((cle_large(nom(ligne)), ligne.numero, ligne) for ligne in lignes), key=itemgetter(0, 1)
    )
    sans_chiffres = [_CHIFFRES.sub("", forme) for forme, _, _ in rangees]
    for rang, (forme, numero, une) in enumerate(rangees):
        for voisin in range(rang + 1, min(rang + 1 + _VOISINS, len(rangees))):
            autre_forme, autre_numero, autre = rangees[voisin]
            if sans_chiffres[rang] == sans_chiffres[voisin] and forme != autre_forme:
                continue  # « Serveur 1 » et « Serveur 2 » ne diffèrent que par leur numéro
            if sont_presque_identiques(nom(une), nom(autre)):
                yield (une, autre) if numero < autre_numero else (autre, une)


def sont_presque_identiques(un: Texte, autre: Texte) -> bool:
    """Vrai si les noms ne diffèrent que par une coquille ; faux s'ils sont égaux, ou trop longs."""
    if max(len(un), len(autre)) > LONGUEUR_D_UN_NOM:
        return False
    forme, autre_forme = cle_large(un), cle_large(autre)
    if cle(un) == cle(autre) or not forme or not autre_forme:
        return False
    if forme == autre_forme:
        return True
    if _ont_des_longueurs_trop_inegales(forme, autre_forme) or _differe_par_un_mot(un, autre):
        return False
    rapport = SequenceMatcher(None, forme, autre_forme, autojunk=False)
    if rapport.quick_ratio() < _RESSEMBLANCE or rapport.ratio() < _RESSEMBLANCE:
        return False
    touches = _signes_touches(rapport)
    return touches == 1 or (touches == 2 and sorted(forme) == sorted(autre_forme))


def _signes_touches(rapport: SequenceMatcher[str]) -> int:
    """Les signes de trop, qui manquent ou qui changent ; deux pour une permutation."""
    return sum(
        max(fin - debut, autre_fin - autre_debut)
        for geste, debut, fin, autre_debut, autre_fin in rapport.get_opcodes()
        if geste != "equal"
    )


def _ont_des_longueurs_trop_inegales(forme: str, autre: str) -> bool:
    """Vrai si la ressemblance ne peut pas être atteinte : l'essai qui ne coûte rien."""
    longueurs = len(forme), len(autre)
    return 2 * min(longueurs) < _RESSEMBLANCE * sum(longueurs)


def _differe_par_un_mot(un: Texte, autre: Texte) -> bool:
    """Vrai si un mot est en trop, ou si ce qui change est un numéro ou un sigle."""
    siens, autres = set(mots(un)), set(mots(autre))
    propres, autres_propres = siens - autres, autres - siens
    if len(propres) != len(autres_propres):
        return True
    return any(len(mot) <= 3 or not mot.isalpha() for mot in propres | autres_propres)


@retenir(10_000)
def mots(texte: Texte) -> tuple[str, ...]:
    """Les mots d'un texte, sans casse, accents ni ponctuation."""
    return tuple(cle_large(mot) for mot in re.split(r"[\W_]+", cle(texte)) if mot)


def sans_forme_juridique(nom: Texte) -> str:
    """La raison sociale sans « SA », « Sàrl », « AG »… : deux formes, souvent une entreprise."""
    gardes = [mot for mot in nom.split() if not _est_une_forme_juridique(mot)]
    return " ".join(gardes) or nom


def _est_une_forme_juridique(mot: str) -> bool:
    return len(mot) <= LONGUEUR_D_UN_NOM and cle_large(mot) in _FORMES_JURIDIQUES


def grouper(elements: Iterable[E], cle_de: Callable[[E], C]) -> Iterable[tuple[C, list[E]]]:
    """Les éléments de même clé ensemble, dans l'ordre où la clé apparaît."""
    groupes: dict[C, list[E]] = defaultdict(list)
    for element in elements:
        groupes[cle_de(element)].append(element)
    return groupes.items()
