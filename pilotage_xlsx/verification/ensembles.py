"""ENS : ce qui ne se voit qu'en rapprochant plusieurs classeurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.rapprochement import grouper
from pilotage_xlsx.registre import Ensemble, FeuilleLue, Ligne, Registre
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.regle import Fait, regle, sur

_UTILES: Mapping[str, tuple[str, ...]] = {
    "commune": ("commune", "canton", "numero_ofs", "annee"),
    "prestataires": ("nom", "ide", "telephone_urgence", "statut"),
    "outils": ("nom", "prestataire", "statut"),
}
"""Ce que ces règles regardent d'un classeur."""


def alleger(registre: Registre) -> Registre:
    """Le classeur réduit à ce que ces règles regardent : deux mille tiennent en mémoire."""
    feuilles = {
        nom: _alleger(feuille, set(_UTILES[nom]))
        for nom, feuille in registre.feuilles.items()
        if nom in _UTILES
    }
    return Registre(registre.fichier, feuilles, refus=registre.refus)


def _alleger(feuille: FeuilleLue, utiles: set[str]) -> FeuilleLue:
    lieu = feuille.lieu
    lieu = msgspec.structs.replace(
        lieu,
        colonnes={nom: rang for nom, rang in lieu.colonnes.items() if nom in utiles},
        cases={nom: case for nom, case in lieu.cases.items() if nom in utiles},
    )
    lignes = (
        Ligne(lieu, ligne.numero, {n: v for n, v in ligne.valeurs.items() if n in utiles})
        for ligne in feuille.lignes
    )
    return FeuilleLue(lieu, tuple(lignes))


@regle(
    "ENS-001",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le n° OFS {valeur} est donné à plusieurs communes : {noms}.",
    pourquoi="Un n° OFS désigne une seule commune ; les comptes des deux se mélangeraient.",
    corriger="Corriger le n° OFS, ou écrire le nom de la commune de la même façon partout.",
    doute=(
        "Deux communes ont fusionné, ou la commune a changé de nom d'une année à l'autre.",
        "Si les noms se suivent d'année en année, c'est ENS-003 qui parle ; casse, "
        "accents et ponctuation ne comptent pas.",
    ),
)
def numero_ofs_de_deux_communes(ensemble: Ensemble) -> Iterator[Fait]:
    for registres in _de_meme_numero(ensemble):
        if not _se_suivent(registres):
            noms = {cle_large(registre.nom): registre.nom for registre in registres}
            yield _au_dernier(registres, "numero_ofs", noms=enumerer(map(citer, noms.values())))


@regle(
    "ENS-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{commune} a plusieurs classeurs pour {annee} : {fichiers}.",
    pourquoi="Les deux peuvent se contredire ; un seul doit faire foi.",
    corriger="Garder le bon classeur, ou corriger l'année du rapport dans l'un d'eux.",
    doute=(
        "Le dossier contient la copie de l'an passé.",
        "C'est l'année du rapport qui compte : deux années différentes ne se heurtent pas.",
    ),
)
def commune_en_double(ensemble: Ensemble) -> Iterator[Fait]:
    for (commune, annee), registres in grouper(ensemble.lisibles(), _commune_et_annee):
        if commune and annee and len(registres) > 1:
            fichiers = enumerer(map(citer, _noms_distincts(registres)))
            nom = citer(registres[-1].nom)
            yield _au_dernier(registres, "annee", commune=nom, annee=annee, fichiers=fichiers)


def _noms_distincts(registres: Sequence[Registre]) -> list[str]:
    """Le nom de chaque fichier ; avec son dossier, si deux ont le même nom."""
    noms = [registre.nom_du_fichier for registre in registres]
    if len(set(noms)) == len(noms):
        return noms
    return [nommer_le_fichier(Path(*registre.fichier.parts[-2:])) for registre in registres]


@regle(
    "ENS-003",
    Gravite.ATTENTION,
    "3.2",
    message="Le n° OFS {valeur} change de nom d'une année à l'autre : {noms}.",
    pourquoi="Une commune renommée ou mal orthographiée se compte comme deux.",
    corriger="Si c'est la même commune, écrire son nom actuel partout ; sinon, corriger le n° OFS.",
    doute=(
        "La commune a vraiment changé de nom.",
        "Ce n'est qu'un point d'attention, qui donne le nom de chaque année ; rien n'est "
        "réuni ni changé.",
    ),
)
def commune_renommee(ensemble: Ensemble) -> Iterator[Fait]:
    for registres in _de_meme_numero(ensemble):
        if _se_suivent(registres):
            ranges = sorted(registres, key=lambda registre: registre.annee or 0)
            noms = dict.fromkeys(f"{citer(r.nom)} en {r.annee}" for r in ranges)
            yield _au_dernier(ranges, "numero_ofs", noms=enumerer(noms))


def _de_meme_numero(ensemble: Ensemble) -> Iterator[list[Registre]]:
    """Les classeurs de même n° OFS, là où il porte plusieurs noms."""
    for numero, registres in grouper(
        ensemble.lisibles(), lambda registre: registre.commune["numero_ofs"]
    ):
        if isinstance(numero, int) and len({cle_large(r.nom) for r in registres}) > 1:
            yield registres


def _se_suivent(registres: Sequence[Registre]) -> bool:
    """Vrai si chaque nom a ses années à lui, sans retour : une commune renommée."""
    par_annee: dict[int | None, set[str]] = defaultdict(set)
    for registre in registres:
        par_annee[registre.annee].add(cle_large(registre.nom))
    if None in par_annee or any(len(noms) > 1 for noms in par_annee.values()):
        return False
    suite = [next(iter(par_annee[annee])) for annee in sorted(filter(None, par_annee))]
    changements = sum(un != autre for un, autre in pairwise(suite))
    return changements == len(set(suite)) - 1


def _commune_et_annee(registre: Registre) -> tuple[str, int | None]:
    return cle_large(registre.commune.texte("commune") or ""), registre.annee


def _au_dernier(registres: list[Registre], colonne: str, **mots: object) -> Fait:
    *autres, dernier = registres
    aussi = tuple(registre.commune.emplacement(colonne) for registre in autres)
    return sur(dernier.commune, colonne, aussi=aussi, **mots)
