"""Fusionner : les classeurs de communes qui n'en font plus qu'une, en un seul."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple

from pilotage_xlsx import generation
from pilotage_xlsx.generation.fusion import (
    DEUX_LIGNES,
    FUSION,
    BilanDeFusion,
    Fusion,
    Fusionnante,
    Renommage,
    SortDeCellule,
    compter,
    montrer,
)
from pilotage_xlsx.generation.fusion import (
    fusionner as reunir,
)
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, situer
from pilotage_xlsx.gestes.generer import abreger, constats_a_accepter, exiger_tenable
from pilotage_xlsx.gestes.heritage import dire_l_heritage
from pilotage_xlsx.gestes.porte import dire_les_portes, lire, modele_de
from pilotage_xlsx.gestes.relecture import exiger_la_relecture
from pilotage_xlsx.gestes.reprise import Ancien, avertir, dire_les_propres, lire_l_ancien
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.lecture.remarques import borner, remarquer_le_classeur
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.metier.evolution import est_la_meme_commune
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import Porte
from pilotage_xlsx.modele.versions import comparer
from pilotage_xlsx.socle.entree import EnMemoire
from pilotage_xlsx.socle.systeme import Moyen
from pilotage_xlsx.socle.typographie import nombre
from pilotage_xlsx.verification.phrases import accorder, citer, enumerer

_DITS_MAX = 40
"""Les réponses opposées que l'écran montre ; la feuille les a toutes."""


class Fusionne(NamedTuple):
    """Les octets du classeur commun, ce qui y change, le compte des cellules, ce qui s'en dit."""

    octets: bytes
    fusion: Fusion
    bilan: BilanDeFusion
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Fusionne : {self.fusion!r}, {len(self.octets)} octets>"


def fusionner(
    classeurs: Iterable[Recu],
    *,
    commune: str | None = None,
    canton: str | None = None,
    annee: int | None = None,
    au: date | None = None,
    modele: Modele | None = None,
    nom: str = "classeur.xlsx",
) -> Fusionne:
    """Un classeur qui a toutes les lignes de plusieurs communes ; les leurs ne changent pas.

    ``commune``, ``canton``, ``annee`` : ceux de la nouvelle, s'ils ne sont pas ceux de la première.
    Lève `GesteImpossible` si un classeur ne se lit pas, ou s'ils ne se fusionnent pas.
    """
    choisi, jour = modele or charger_une_fois(), au or date.today()
    recus = [lire_l_ancien(situer(classeur), choisi) for classeur in classeurs]
    _exiger_des_communes(recus)
    anciens, choisi, dite = _accorder(recus, choisi)
    noms = [*_nommer(anciens)]
    options = {"commune": commune, "canton": abreger(canton, choisi)}
    fiche = {"annee": annee or _annee(anciens, jour)} | {c: v for c, v in options.items() if v}
    lue, dites = lire_donnees({choisi.fiche.id: fiche}, choisi, Path(nom))
    fusion = reunir(
        [_presenter(nom, ancien, choisi) for nom, ancien in zip(noms, anciens, strict=True)],
        choisi,
        lue.commune.valeurs,
    )
    montree = montrer(fusion, noms, choisi)
    bilan = _exiger_le_compte(compter(fusion, montree))
    propres = (*fusion.propres, montree)
    octets = generation.generer(choisi, fusion.registre, jour, propres, constats_a_accepter())
    exiger_la_relecture(fusion.registre, lire(EnMemoire(nom, octets), choisi))
    remarques = (
        *dite, *chain.from_iterable(_remarquer(ancien, choisi) for ancien in anciens), *dites,
        *dire_les_propres(choisi, propres[:-1]), *_dire(fusion, bilan, commune),
    )  # fmt: skip
    return Fusionne(octets, fusion, bilan, remarques)


def _exiger_des_communes(anciens: Sequence[Ancien]) -> None:
    registres = [ancien.registre for ancien in anciens]
    if len(registres) < 2:
        raise GesteImpossible("Donnez les classeurs de deux communes au moins.")
    for un, autre in combinations(registres, 2):
        if est_la_meme_commune(un, autre):
            raise GesteImpossible(
                f"{un.nom_du_fichier} et {autre.nom_du_fichier} sont de la même commune, ou l'un "
                "ne la nomme pas : on ne fusionne que des communes différentes."
            )
    lignes = [x for r in registres for lue in r.feuilles.values() for x in lue.lignes]
    valeurs = sum(len(ligne.valeurs) + len(ligne.propres) for ligne in lignes)
    exiger_tenable("La fusion", len(lignes), valeurs)


def _accorder(
    recus: Sequence[Ancien], modele: Modele
) -> tuple[Sequence[Ancien], Modele, tuple[str, ...]]:
    """Les mêmes, lus d'après un seul modèle, et ce qui s'en dit.

    De la même base, une touche l'emporte sur le modèle livré, et la première sur une autre, dans
    sa dernière version : les colonnes que l'autre a en plus suivent comme celles de la commune.
    """
    modeles = {r.porte: modele_de(r.porte, modele) for r, *_ in recus}
    if len(modeles) == 1:
        return recus, next(iter(modeles.values())), ()
    if len({m.identite.base or m.identite.id for m in modeles.values()}) > 1:
        noms = enumerer(f"{r.nom_du_fichier} ({modeles[r.porte].nom})" for r, *_ in recus)
        raise GesteImpossible(
            f"Ces classeurs ne suivent pas le même modèle : {noms}. Fusionnez ceux qui suivent le "
            "même, puis recopiez les lignes des autres.",
            moyens=(Moyen.MODELE,),
        )
    porte = _la_derniere(modeles)
    suivi = modeles[porte]
    accordes = [
        une if une.registre.porte == porte else lire_l_ancien(une.registre.source, suivi)
        for une in recus
    ]
    dite = f"Modèles différents sur une même base : {citer(suivi.nom)} les réunit tous."
    return accordes, suivi, (dite,)


def _la_derniere(modeles: Mapping[Porte | None, Modele]) -> Porte | None:
    """La première touche, dans la plus récente des versions qu'en portent les classeurs."""
    touches = [p for p, m in modeles.items() if p is not None or m.identite.base]
    derniere = modeles[touches[0]].identite
    choisie = touches[0]
    for porte in touches[1:]:
        une = modeles[porte].identite
        if une.id == derniere.id and comparer(une.version, derniere.version) == 1:
            choisie, derniere = porte, une
    return choisie


def _nommer(anciens: Sequence[Ancien]) -> Iterator[str]:
    """Le nom de chaque commune ; deux homonymes se disent par leur fichier."""
    fois = Counter(ancien.registre.nom for ancien in anciens)
    for ancien in anciens:
        lu = ancien.registre
        yield lu.nom if fois[lu.nom] == 1 else f"{lu.nom}, {lu.nom_du_fichier}"


def _annee(anciens: Sequence[Ancien], au: date) -> int:
    return max(filter(None, (ancien.registre.annee for ancien in anciens)), default=au.year)


def _presenter(nom: str, ancien: Ancien, modele: Modele) -> Fusionnante:
    totaux = Etat(modele, ancien.registre).totaux
    return Fusionnante(nom, ancien.registre, totaux, ancien.propres)


def _exiger_le_compte(bilan: BilanDeFusion) -> BilanDeFusion:
    if perdues := bilan.sorts.get(SortDeCellule.PERDUE):
        raise GesteImpossible(f"{perdues} cellules ne se retrouvent pas : rien n'est écrit.")
    return bilan


def _remarquer(ancien: Ancien, modele: Modele) -> Iterator[str]:
    lu = ancien.registre
    phrases = (
        *dire_les_portes([(lu.nom_du_fichier, lu.porte)]), *avertir(lu, modele),
        *dire_l_heritage(lu, modele), *borner(remarquer_le_classeur(lu, modele)), *ancien.autour,
    )  # fmt: skip
    yield from (f"{lu.nom_du_fichier} : {phrase}" for phrase in phrases)


def _dire(fusion: Fusion, bilan: BilanDeFusion, commune: str | None) -> Iterator[str]:
    """Ce qui change, en bref ; la feuille « Fusion » dit tout, valeur par valeur."""
    for (feuille, qui), siens in _grouper(fusion.changements):
        premier = f"{citer(siens[0].avant)} est maintenant {citer(siens[0].apres)}"
        autres = f", et {nombre(len(siens) - 1)} de plus" if len(siens) > 1 else ""
        yield f"{feuille} de {qui} : {premier}{autres} ; ce qui les cite a suivi."
    a_trancher = [une for une in fusion.conflits if une.inscrit != DEUX_LIGNES]
    for une in a_trancher[:_DITS_MAX]:
        dits = " ; ".join(f"{citer(dit)} pour {qui}" for qui, dit in une.dits.items())
        ou = ", ".join(dict.fromkeys((une.feuille, une.ligne, une.colonne)))
        yield f"{ou} : {dits}. Inscrit : {une.inscrit}."
    if fusion.conflits:
        differentes = accorder(len(fusion.conflits), "réponse diffère", "réponses diffèrent")
        yield (
            f"{differentes} d'une commune à l'autre : la feuille {citer(FUSION)} les "
            "montre toutes, côte à côte."
        )
    if commune is None:
        yield "La nouvelle commune porte le nom de la première : donnez-lui le sien, s'il change."
    yield _dire_le_compte(bilan)


def _grouper(
    changements: Iterable[Renommage],
) -> Iterator[tuple[tuple[str, str], list[Renommage]]]:
    groupes: dict[tuple[str, str], list[Renommage]] = {}
    for un in changements:
        groupes.setdefault((un.feuille, un.commune), []).append(un)
    yield from groupes.items()


_SORTS = {
    SortDeCellule.INSCRITE: "inscrites",
    SortDeCellule.SUIVIE: "renumérotées, ou qui citent ce qui l'est",
    SortDeCellule.MONTREE: f"montrées sur la feuille « {FUSION} »",
    SortDeCellule.SANS_REPONSE: "qui ne disaient rien encore",
}


def _dire_le_compte(bilan: BilanDeFusion) -> str:
    recues = enumerer(f"{nombre(combien)} de {qui}" for qui, combien in bilan.recues.items())
    dites = [f"{nombre(bilan.sorts[s])} {dit}" for s, dit in _SORTS.items() if s in bilan.sorts]
    if bilan.de_leurs_feuilles:
        dites.append(f"et {nombre(bilan.de_leurs_feuilles)} de plus sur leurs propres feuilles")
    return f"Cellules reçues : {recues} ; {', '.join(dites)}. Aucune n'est perdue."
