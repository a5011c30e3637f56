"""Fusionner : les numéros et les noms que plusieurs communes ont, rendus distincts, et suivis.

Un numéro de la première reste ; celui d'une autre, s'il a déjà servi, prend le suivant de son
année. Un outil que deux communes décrivent autrement reste deux lignes, chacune au nom de la
sienne : deux contrats, deux coûts, deux derniers jours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from pilotage_xlsx.generation.numeros import annee_du_numero, composer, derniers_rangs
from pilotage_xlsx.modele import ACCEPTES, Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.registre import Ligne, Valeur
from pilotage_xlsx.socle.textes import TexteSaisi, cle

_LIGNE_ACCEPTEE = "ligne"
"""La colonne des constats acceptés qui nomme la ligne d'un registre, ou la commune."""

Lignes = Mapping[str, Sequence[Ligne]]
"""Les lignes d'une commune, par registre, sans ses totaux."""

Renoms = dict[str, dict[str, str]]
"""Par registre, la clé comparable d'un numéro ou d'un nom, et ce qui s'écrit à sa place."""

SeContredisent = Callable[[Feuille, Sequence[Ligne]], bool]


class DeCommune(NamedTuple):
    """Le nom d'une commune qui fusionne, et ses lignes."""

    nom: str
    lignes: Lignes


def renommer(
    communes: Sequence[DeCommune], modele: Modele, se_contredisent: SeContredisent
) -> tuple[Renoms, ...]:
    """Par commune, ce qui change de numéro ou de nom.

    Les numéros d'abord : deux lignes ne se comparent qu'une fois leurs citations distinguées.
    """
    renoms: tuple[Renoms, ...] = tuple({} for _ in communes)
    noms_ensuite = sorted(modele.registres, key=lambda f: (not f.prefixe, _engage(f)))
    for feuille in noms_ensuite:
        if feuille.prefixe:
            trouves = [*_renumeroter(feuille, communes)]
        else:
            suivies = [
                commune._replace(lignes={feuille.id: [*_suivre(commune, feuille, siens)]})
                for commune, siens in zip(communes, renoms, strict=True)
            ]
            trouves = _separer(feuille, suivies, se_contredisent)
        for siens, neufs in zip(renoms, trouves, strict=True):
            siens[feuille.id] = neufs
    return renoms


def suivre(ligne: Ligne, feuille: Feuille, renoms: Renoms) -> Ligne:
    """La ligne sous son nouveau nom, citant chaque autre sous le sien."""
    suivies = {
        nom: _suivre_la_valeur(valeur, feuille, feuille.par_id[nom], renoms)
        for nom, valeur in ligne.valeurs.items()
    }
    return replace(ligne, valeurs=suivies, cellules={})


def par_cle(feuille: Feuille, lignes: Sequence[Ligne]) -> Mapping[str, list[Ligne]]:
    """Les lignes qui ont un nom ou un numéro, par sa forme comparable."""
    trouvees: dict[str, list[Ligne]] = {}
    for ligne in lignes:
        if nom := ligne.texte(feuille.cle or ""):
            trouvees.setdefault(cle(nom), []).append(ligne)
    return trouvees


def _suivre(commune: DeCommune, feuille: Feuille, renoms: Renoms) -> Iterator[Ligne]:
    yield from (suivre(ligne, feuille, renoms) for ligne in commune.lignes.get(feuille.id, ()))


def _suivre_la_valeur(valeur: Valeur, feuille: Feuille, colonne: Colonne, renoms: Renoms) -> Valeur:
    neufs = _ce_qui_la_nomme(feuille, colonne, renoms)
    if isinstance(valeur, tuple):
        return tuple(TexteSaisi(neufs.get(cle(nom), nom)) for nom in valeur)
    if isinstance(valeur, str) and not isinstance(valeur, Aveu):
        return TexteSaisi(neufs.get(cle(valeur), valeur))
    return valeur


def _ce_qui_la_nomme(feuille: Feuille, colonne: Colonne, renoms: Renoms) -> Mapping[str, str]:
    """Ce qui change dans une colonne : ce qu'elle cite, ou le nom de sa ligne."""
    if colonne.genre is Genre.REFERENCE:
        return dict(chain.from_iterable(renoms.get(r, {}).items() for r in colonne.reference))
    if feuille.id == ACCEPTES and colonne.id == _LIGNE_ACCEPTEE:
        return dict(chain.from_iterable(siens.items() for siens in renoms.values()))
    return renoms.get(feuille.id, {}) if colonne.id == feuille.cle else {}


def _renumeroter(feuille: Feuille, communes: Sequence[DeCommune]) -> Iterator[dict[str, str]]:
    toutes = chain.from_iterable(commune.lignes.get(feuille.id, ()) for commune in communes)
    rangs = derniers_rangs(feuille, toutes)
    pris: set[str] = set()
    for commune in communes:
        siens: dict[str, str] = {}
        numeros = par_cle(feuille, commune.lignes.get(feuille.id, ()))
        for numero, (ligne, *_) in numeros.items():
            if numero in pris:
                siens[numero] = _numeroter(feuille, ligne, rangs, commune.nom)
        pris |= {*numeros, *map(cle, siens.values())}
        yield siens


def _numeroter(feuille: Feuille, ligne: Ligne, rangs: dict[int, int], commune: str) -> str:
    annee = annee_du_numero(feuille, ligne)
    if annee is None:
        return f"{ligne.texte(feuille.cle or '')} ({commune})"
    rangs[annee] += 1
    return composer(feuille, annee, rangs[annee])


def _separer(
    feuille: Feuille, communes: Sequence[DeCommune], se_contredisent: SeContredisent
) -> list[dict[str, str]]:
    """Les noms que deux communes ont, et qui ne peuvent pas n'en faire qu'un."""
    noms = [par_cle(feuille, commune.lignes[feuille.id]) for commune in communes]
    renoms: list[dict[str, str]] = [{} for _ in communes]
    for nom in dict.fromkeys(chain.from_iterable(noms)):
        groupes = [siens[nom] for siens in noms if nom in siens]
        est_double = any(len(groupe) > 1 for groupe in groupes)
        if len(groupes) > 1 and (
            est_double
            or (_engage(feuille) and se_contredisent(feuille, [*chain.from_iterable(groupes)]))
        ):
            for commune, siens, neufs in zip(communes, noms, renoms, strict=True):
                if nom in siens:
                    neufs[nom] = f"{siens[nom][0].texte(feuille.cle or '')} ({commune.nom})"
    return renoms


def _engage(feuille: Feuille) -> bool:
    """Vrai si une ligne a son propre montant : deux communes y ont chacune le leur."""
    return any(colonne.genre is Genre.MONTANT for colonne in feuille.colonnes)


def nommer_la_commune(renoms: Renoms, modele: Modele, nom: str) -> Renoms:
    """Ce qui change, et le nom d'avant de la commune, qu'un constat accepté peut citer."""
    return {**renoms, modele.fiche.id: {cle(nom): modele.fiche.libelle}}
