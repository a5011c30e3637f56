r"""Retrouver chaque outil d'un classeur dans l'autre, même renommé : un outil renommé n'est pas
perdu.

Un nom réécrit (casse, accents, ponctuation) est le même nom. Un renommage, lui, se propose : des
indices s'additionnent, une date de mise en service qui contredit en retire.

>>> from tests.metier.evolution.annees import classeur
>>> avant = classeur("outils | nom | domaine | prestataire\n | GED | Archivage | Alpha", 2025)
>>> apres = classeur("outils | nom | domaine | prestataire\n | GED Pro | Archivage | Alpha")
>>> apparier(avant, apres, Prestataires(avant, apres)).paires[0].raisons
('même prestataire', 'même domaine', 'noms voisins')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import product
from typing import NamedTuple

from pilotage_xlsx.metier.evolution.prestataires import Prestataires
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import mots, sont_presque_identiques
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle, cle_large

_ASSEZ = 4
_RESSEMBLANCE = 0.6
_MOT_QUI_COMPTE = 4
_AUTRE_DOMAINE = 2
_DOMAINE_LARGE = Marque("outils", "domaine", "large")
"""Un prestataire y a souvent plusieurs outils : le même domaine y prouve moins."""

_RENOMMES = 300
"""Au-delà, ce ne sont plus des renommages : la liste a été refaite."""


class OutilsApparies(NamedTuple):
    """Un même outil dans les deux classeurs ; ``raisons`` : pourquoi, si son nom a changé."""

    avant: Ligne
    apres: Ligne
    raisons: tuple[str, ...] = ()


class Appariement(NamedTuple):
    """Les outils retrouvés, ceux qui ne sont que dans l'ancien, ceux qui ne sont que dans le
    nouveau."""

    paires: tuple[OutilsApparies, ...]
    seuls_avant: tuple[Ligne, ...]
    seuls_apres: tuple[Ligne, ...]


class _Indice(NamedTuple):
    poids: int
    raison: str
    est_fort: bool = False


def apparier(avant: Liens, apres: Liens, prestataires: Prestataires) -> Appariement:
    """Retrouve les outils par leur nom, puis propose les renommages.

    Une ligne sans nom s'omet ; un outil arrêté ou en projet n'est pas renommé.
    """
    anciens, nouveaux = _nommes(avant), _nommes(apres)
    paires = [
        OutilsApparies(ancien, nouveaux[nom]) for nom, ancien in anciens.items() if nom in nouveaux
    ]
    seuls_avant = [ancien for nom, ancien in anciens.items() if nom not in nouveaux]
    seuls_apres = [nouveau for nom, nouveau in nouveaux.items() if nom not in anciens]
    anciens_actifs = [ligne for ligne in seuls_avant if avant.est_en_service(ligne)]
    nouveaux_actifs = [ligne for ligne in seuls_apres if apres.est_en_service(ligne)]
    renommes = _renommer(anciens_actifs, nouveaux_actifs, prestataires, avant)
    pris = {id(ligne) for paire in renommes for ligne in paire[:2]}
    return Appariement(
        (*paires, *renommes),
        tuple(ligne for ligne in seuls_avant if id(ligne) not in pris),
        tuple(ligne for ligne in seuls_apres if id(ligne) not in pris),
    )


def _nommes(liens: Liens) -> dict[str, Ligne]:
    """Les outils par nom comparable ; d'un doublon, celui qui sert encore."""
    nommes: dict[str, Ligne] = {}
    for outil in (*liens.outils, *liens.etat.tenues("outils")):
        if nom := cle_large(outil.texte("nom") or ""):
            nommes.setdefault(nom, outil)
    return nommes


def _renommer(
    anciens: Sequence[Ligne],
    nouveaux: Sequence[Ligne],
    prestataires: Prestataires,
    avant: Liens,
) -> list[OutilsApparies]:
    """Les meilleures paires d'abord, chaque outil une fois ; ``avant`` : l'ancien classeur."""
    if max(len(anciens), len(nouveaux)) > _RENOMMES:
        return []
    candidates = [
        (-poids, -_parente(ancien, nouveau), rang, OutilsApparies(ancien, nouveau, raisons))
        for rang, (ancien, nouveau) in enumerate(product(anciens, nouveaux))
        if (pesee := _peser(ancien, nouveau, prestataires, avant))[0] >= _ASSEZ
        for poids, raisons in (pesee,)
    ]
    paires: list[OutilsApparies] = []
    for *_, paire in sorted(candidates, key=lambda candidate: candidate[:3]):
        if not any(p.avant is paire.avant or p.apres is paire.apres for p in paires):
            paires.append(paire)
    return sorted(paires, key=lambda paire: paire.avant.numero)


def _peser(
    ancien: Ligne, nouveau: Ligne, prestataires: Prestataires, avant: Liens
) -> tuple[int, tuple[str, ...]]:
    """Le poids des indices et leurs raisons ; un domaine qui change en retire, sans indice fort."""
    indices = [*_indices(avant, ancien, nouveau)]
    if prestataires.sont_le_meme(ancien, nouveau):
        indices.insert(0, _Indice(2, "même prestataire"))
    domaines = {ancien.texte("domaine"), nouveau.texte("domaine")} - {None}
    a_change = len(domaines) > 1 and not any(indice.est_fort for indice in indices)
    retire = _contredire(ancien, nouveau, avant.registre.annee) + (
        _AUTRE_DOMAINE if a_change else 0
    )
    return sum(indice.poids for indice in indices) - retire, tuple(
        indice.raison for indice in indices
    )


def _indices(avant: Liens, ancien: Ligne, nouveau: Ligne) -> Iterator[_Indice]:
    if (domaine := ancien.texte("domaine")) and domaine == nouveau.texte("domaine"):
        yield _Indice(1 if avant.est(ancien, _DOMAINE_LARGE) else 2, "même domaine")
    noms = _court(ancien, "nom"), _court(nouveau, "nom")
    if sont_presque_identiques(*noms):
        yield _Indice(3, "noms presque identiques")
    elif _parente(ancien, nouveau) >= _RESSEMBLANCE or _ont_un_mot_commun(*noms):
        yield _Indice(2, "noms voisins")
    origines = {cle(_court(ligne, "decision_origine")) for ligne in (ancien, nouveau)}
    if len(origines) == 1 and any(signe.isdigit() for signe in min(origines)):
        yield _Indice(3, "même décision d'origine", est_fort=True)
    if _ont_le_meme_contrat(ancien, nouveau):
        yield _Indice(3, "même numéro de contrat", est_fort=True)
    if (jour := ancien.date("echeance")) and jour == nouveau.date("echeance"):
        yield _Indice(1, "même échéance")
    if (jour := ancien.date("en_service_depuis")) and jour == nouveau.date("en_service_depuis"):
        yield _Indice(1, "en service depuis le même jour")
    if (cout := ancien.nombre("cout_annuel")) and cout == nouveau.nombre("cout_annuel"):
        yield _Indice(1, "même coût annuel")


def _contredire(ancien: Ligne, nouveau: Ligne, annee: int | None) -> int:
    """Ce que retire une mise en service qui dit que l'outil est un autre."""
    depuis = nouveau.date("en_service_depuis")
    if depuis is None:
        return 0
    if annee is not None and depuis > date(annee, 12, 31):
        return 4
    return 2 if ancien.date("en_service_depuis") not in (None, depuis) else 0


def _parente(ancien: Ligne, nouveau: Ligne) -> float:
    """De 0 à 1, la ressemblance des deux noms."""
    un, autre = (cle_large(_court(ligne, "nom")) for ligne in (ancien, nouveau))
    return SequenceMatcher(None, un, autre, autojunk=False).ratio()


def _court(ligne: Ligne, colonne: str) -> Texte:
    """Ce que dit la cellule, ou rien si c'est trop long pour être un nom : cela ne prouve rien."""
    texte = ligne.texte(colonne) or ""
    return texte if len(texte) <= LONGUEUR_D_UN_NOM else ""


def _ont_un_mot_commun(un: str, autre: str) -> bool:
    return any(len(mot) >= _MOT_QUI_COMPTE for mot in set(mots(un)) & set(mots(autre)))


def _ont_le_meme_contrat(ancien: Ligne, nouveau: Ligne) -> bool:
    """Vrai si une colonne propre de contrat porte le même numéro dans les deux classeurs."""
    for entete, valeur in ancien.propres.items():
        numero = cle_large(str(valeur)[:LONGUEUR_D_UN_NOM])
        if "contrat" in cle_large(entete) and any(signe.isdigit() for signe in numero):
            memes = (v for e, v in nouveau.propres.items() if cle_large(e) == cle_large(entete))
            if any(cle_large(str(v)[:LONGUEUR_D_UN_NOM]) == numero for v in memes):
                return True
    return False
