"""Deux textes se ressemblent-ils ? Pour « Vouliez-vous dire… » et les noms presque identiques.

La prudence d'abord : « Serveur 1 » et « Serveur 2 », « OneGov » et « OneGov GEVER » sont deux
choses, « Comptabilité » et « Comptabilite » une seule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.textes import cle, cle_large

_RESSEMBLANCE = 0.9
_PROPOSITION = 0.75
_VOISINS = 8
_COQUILLES = 300
_FORMES_JURIDIQUES = {"sa", "sarl", "ag", "gmbh", "sas", "snc", "ltd", "inc"}


def proposer(texte: str, choix: Iterable[str]) -> str | None:
    """Le choix que ce texte voulait sans doute dire, ou rien ; accents et casse ne comptent pas."""
    return rapprocher({texte}, choix).get(texte)


def rapprocher(textes: Set[str], choix: Iterable[str]) -> Mapping[str, str]:
    """Pour chaque texte, le choix qu'il voulait sans doute dire, s'il y en a un.

    Au-delà de quelques centaines, ce ne sont plus des coquilles : rien n'est proposé.
    """
    if len(textes) > _COQUILLES:
        return {}
    formes = {cle_large(valeur): valeur for valeur in choix}
    proches = {
        texte: get_close_matches(forme, formes, n=1, cutoff=_PROPOSITION)
        for texte in textes
        if (forme := cle_large(texte))
    }
    return {texte: formes[trouves[0]] for texte, trouves in proches.items() if trouves}


def paires_presque_identiques(
    lignes: Iterable[Ligne], nom: Callable[[Ligne], str]
) -> Iterator[tuple[Ligne, Ligne]]:
    """Les paires de lignes aux noms presque identiques, la plus basse en second.

    Chaque nom n'est comparé qu'à ses voisins dans l'ordre alphabétique : dix mille lignes coûtent
    dix mille fois quelques comparaisons.
    """
    rangees = sorted(lignes, key=lambda ligne: (cle_large(nom(ligne)), ligne.numero))
    for rang, une in enumerate(rangees):
        for autre in rangees[rang + 1 : rang + 1 + _VOISINS]:
            if sont_presque_identiques(nom(une), nom(autre)):
                premiere, seconde = sorted((une, autre), key=lambda ligne: ligne.numero)
                yield premiere, seconde


def sont_presque_identiques(un: str, autre: str) -> bool:
    """Vrai si les noms ne diffèrent que par une coquille ; faux s'ils sont égaux."""
    forme, autre_forme = cle_large(un), cle_large(autre)
    if cle(un) == cle(autre) or not forme or not autre_forme:
        return False
    if forme == autre_forme:
        return True
    if _ont_des_longueurs_trop_inegales(forme, autre_forme) or _differe_par_un_mot(un, autre):
        return False
    return SequenceMatcher(None, forme, autre_forme, autojunk=False).ratio() >= _RESSEMBLANCE


def _ont_des_longueurs_trop_inegales(forme: str, autre: str) -> bool:
    """Vrai si la ressemblance ne peut pas être atteinte : l'essai qui ne coûte rien."""
    longueurs = len(forme), len(autre)
    return 2 * min(longueurs) < _RESSEMBLANCE * sum(longueurs)


def _differe_par_un_mot(un: str, autre: str) -> bool:
    """Vrai si un mot est en trop, ou si ce qui change est un numéro ou un sigle."""
    mots, autres_mots = _mots(un), _mots(autre)
    propres, autres_propres = mots - autres_mots, autres_mots - mots
    if len(propres) != len(autres_propres):
        return True
    return any(len(mot) <= 3 or not mot.isalpha() for mot in propres | autres_propres)


@lru_cache(maxsize=10_000)
def _mots(texte: str) -> frozenset[str]:
    return frozenset(cle_large(mot) for mot in re.split(r"[\W_]+", cle(texte)) if mot)


def sans_forme_juridique(nom: str) -> str:
    """La raison sociale sans « SA », « Sàrl », « AG »… : deux formes, souvent une entreprise."""
    mots = [mot for mot in nom.split() if cle_large(mot) not in _FORMES_JURIDIQUES]
    return " ".join(mots) or nom
