"""D'une proposition aux lignes à inscrire, chaque cellule reçue avec sa destination.

Une ligne déjà inscrite à l'identique ne s'inscrit pas deux fois ; une qui ressemble à une autre
s'inscrit, et se dit : rien ne se fond sans qu'on le demande.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from pilotage_xlsx.importation.attribution import Attribution, Emploi
from pilotage_xlsx.importation.lexique import comparables
from pilotage_xlsx.importation.proposition import ListeProposee, TableProposee
from pilotage_xlsx.modele import ENTETE_TECHNIQUE, ETAT, TECHNIQUES_D_AVANT, Feuille, Genre, Modele
from pilotage_xlsx.registre import FeuilleLue, Lieu, Ligne, Registre, Valeur
from pilotage_xlsx.registre.donnees import distinguer_propres
from pilotage_xlsx.registre.genres import afficher, interpreter_libre
from pilotage_xlsx.registre.rapprochement import paires_presque_identiques, seuls_voisins
from pilotage_xlsx.registre.remises import est_une_remise
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.textes import TexteSaisi, cle, cle_large, normaliser

GROUPE = "Groupe"
"""La colonne de la commune où vont les titres qui coupent une liste en groupes."""

_RESERVES = frozenset(map(cle_large, (ETAT, *TECHNIQUES_D_AVANT)))


class Origine(NamedTuple):
    """D'où vient une ligne inscrite : le tableau et la ligne reçus."""

    tableau: str
    ligne: int


class LigneInscrite(msgspec.Struct, frozen=True, eq=False):
    """Une ligne à inscrire ; ``places`` : où va chaque cellule reçue.

    Une destination du modèle est un identifiant de colonne ; une autre, un en-tête de la commune.
    ``origine`` manque à une ligne que personne n'a reçue : un prestataire seulement cité.
    """

    ligne: Ligne
    origine: Origine | None
    places: Mapping[int, tuple[bool, str]]


class Ressemblance(NamedTuple):
    """Deux lignes qui pourraient n'en être qu'une, et ce qui les rapproche."""

    registre: str
    une: str
    autre: str
    est_deja_la: bool


class LignesAjoutees(NamedTuple):
    """Ce qui s'inscrit, par registre ; ce qui y était, ce qui se ressemble, ce qui est cité."""

    lignes: Mapping[str, tuple[LigneInscrite, ...]]
    identiques: tuple[tuple[Origine, int], ...]
    ressemblances: tuple[Ressemblance, ...]
    cites: tuple[tuple[str, str], ...]
    proches: tuple[tuple[str, str, str], ...]


def inscrire(proposee: ListeProposee, modele: Modele, deja: Registre) -> LignesAjoutees:
    """Les lignes à ajouter à un registre ``deja`` rempli, ou vide."""
    recues: dict[str, list[LigneInscrite]] = {}
    for une in proposee.tables:
        if une.feuille is not None:
            recues.setdefault(une.feuille.id, []).extend(_lignes(une, une.feuille, modele))
    identiques: list[tuple[Origine, int]] = []
    neuves: dict[str, tuple[LigneInscrite, ...]] = {}
    for nom, lignes in recues.items():
        tri = _trier(lignes, deja.lignes(nom), modele.par_id[nom])
        neuves[nom], perdues = tri
        identiques += perdues
    cites, proches = _citer(neuves, modele, deja)
    for registre, noms in cites.items():
        siennes = tuple(_seulement_cite(modele.par_id[registre], nom) for nom in noms)
        neuves[registre] = (*neuves.get(registre, ()), *siennes)
    return LignesAjoutees(
        neuves,
        tuple(identiques),
        tuple(_ressemblances(neuves, modele, deja)),
        tuple((registre, nom) for registre, noms in cites.items() for nom in noms),
        tuple(proches),
    )


def en_registre(apport: LignesAjoutees, modele: Modele, deja: Registre) -> Registre:
    """Le registre ``deja`` rempli, les nouvelles lignes à la suite des siennes.

    Une colonne de la commune y a un en-tête qu'aucune autre n'a.
    """
    feuilles = dict(deja.feuilles)
    for feuille in modele.registres:
        if feuille.id in apport.lignes:
            lue = feuilles.get(feuille.id) or FeuilleLue(_lieu(feuille), ())
            lignes = (*lue.lignes, *(une.ligne for une in apport.lignes[feuille.id]))
            feuilles[feuille.id] = distinguer_propres(
                msgspec.structs.replace(lue, lignes=lignes), feuille
            )
    return msgspec.structs.replace(deja, feuilles=feuilles)


def nouvelles(apport: LignesAjoutees, voulu: Registre) -> Mapping[str, Sequence[Ligne]]:
    """Les lignes ajoutées, telles qu'elles sont dans le registre rempli."""
    return {
        registre: voulu.lignes(registre)[-len(lignes) :]
        for registre, lignes in apport.lignes.items()
        if lignes
    }


def _lieu(feuille: Feuille) -> Lieu:
    rangs = {colonne.id: rang for rang, colonne in enumerate(feuille.colonnes, 1)}
    return Lieu("", feuille.id, feuille.libelle, 0, rangs)


def _lignes(une: TableProposee, feuille: Feuille, modele: Modele) -> Iterator[LigneInscrite]:
    """Une ligne à inscrire par ligne reçue."""
    table, lecteurs, lieu = une.table, une.lecteurs(modele), _lieu(feuille)
    propres = nommer_les_propres(une.attributions)
    groupe = _libre(GROUPE, propres.values())
    for numero in table.lignes:
        valeurs: dict[str, Valeur] = {}
        siennes: dict[str, Valeur] = {}
        places: dict[int, tuple[bool, str]] = {}
        for place, cellule in table.tableau.lignes[numero].items():
            if place in lecteurs:
                colonne = lecteurs[place].colonne.id
                valeur, places[place] = lecteurs[place].lire(cellule), (True, colonne)
                valeurs |= {colonne: valeur} if valeur is not None else {}
            elif place in propres:
                libre, places[place] = (
                    interpreter_libre(cellule, table.tableau.origine),
                    (False, propres[place]),
                )
                siennes |= {propres[place]: libre} if libre is not None else {}
        if numero in table.groupes:
            siennes[groupe] = TexteSaisi(table.groupes[numero])
        ligne = Ligne(lieu, numero, valeurs, propres=siennes)
        yield LigneInscrite(ligne, Origine(table.tableau.nom, numero), places)


def nommer_les_propres(attributions: Iterable[Attribution]) -> Mapping[int, str]:
    """L'en-tête, dans le classeur, de chaque colonne qui reste à la commune."""
    noms: dict[int, str] = {}
    for attribution in attributions:
        if attribution.emploi is Emploi.PROPRE:
            entete = attribution.entete
            dit = normaliser(entete.texte) or f"Colonne {lettres_de(entete.place)}"
            nom = f"{normaliser(entete.groupe)} · {dit}" if entete.groupe else dit
            noms[entete.place] = _libre(nom, noms.values(), lettres_de(entete.place))
    return noms


def _libre(nom: str, pris: Iterable[str], repere: str = "liste") -> str:
    """Ce nom, ou un autre si une colonne l'a déjà, ou si le classeur se le réserve."""
    formes = comparables(pris)
    est_reserve = cle_large(nom) in _RESERVES or nom.startswith(ENTETE_TECHNIQUE)
    return f"{nom.lstrip('#')} ({repere})" if est_reserve or cle_large(nom) in formes else nom


def _trier(
    recues: Sequence[LigneInscrite], deja: Sequence[Ligne], feuille: Feuille
) -> tuple[tuple[LigneInscrite, ...], list[tuple[Origine, int]]]:
    """Les lignes neuves, et celles dont tout est déjà inscrit, avec combien de cellules."""
    inscrites: dict[str, list[Ligne]] = {}
    for ligne in deja:
        inscrites.setdefault(_nom(ligne, feuille), []).append(ligne)
    neuves: list[LigneInscrite] = []
    identiques: list[tuple[Origine, int]] = []
    for recue in recues:
        siennes = inscrites.setdefault(_nom(recue.ligne, feuille), [])
        est_la = any(_contient(ligne, recue.ligne) for ligne in siennes)
        if est_la and recue.origine is not None and _nom(recue.ligne, feuille):
            identiques.append((recue.origine, len(recue.places)))
        else:
            neuves.append(recue)
            siennes.append(recue.ligne)
    return tuple(neuves), identiques


def _nom(ligne: Ligne, feuille: Feuille) -> str:
    return cle(afficher(ligne.valeurs.get(feuille.cle or "")))


def _contient(inscrite: Ligne, recue: Ligne) -> bool:
    """Vrai si tout ce que dit la ligne reçue s'y trouve déjà."""
    dits = (inscrite.valeurs.get(nom) for nom in recue.valeurs)
    propres = (inscrite.propres.get(nom) for nom in recue.propres)
    voulus = (*recue.valeurs.values(), *recue.propres.values())
    lus = (*dits, *propres)
    return all(
        cle(afficher(un)) == cle(afficher(autre)) for un, autre in zip(voulus, lus, strict=True)
    )


def _citer(
    neuves: Mapping[str, Sequence[LigneInscrite]], modele: Modele, deja: Registre
) -> tuple[dict[str, list[str]], list[tuple[str, str, str]]]:
    """Les noms cités que leur registre n'a pas ; à part, ceux qui ressemblent à un inscrit."""
    riens = comparables(modele.identite.importation.riens)
    cites: dict[str, list[str]] = {}
    proches: list[tuple[str, str, str]] = []
    for nom, lignes in neuves.items():
        for colonne in modele.par_id[nom].saisies:
            cible = next((r for r in colonne.reference if modele.par_id[r].s_importe), None)
            if colonne.genre is not Genre.REFERENCE or cible is None:
                continue
            inscrits = _noms_inscrits(cible, neuves, modele, deja)
            dits = dict.fromkeys(n for une in lignes for n in une.ligne.textes(colonne.id))
            absents = [
                dit for dit in dits
                if cle(dit) not in {*map(cle, inscrits), *map(cle, cites.get(cible, ()))}
                and dit not in colonne.mentions
                and cle_large(dit) not in riens | {""}
                and not est_une_remise(dit)
            ]  # fmt: skip
            voisins = seuls_voisins(absents, inscrits)
            proches += [(cible, dit, voisins[dit]) for dit in absents if dit in voisins]
            for dit in absents:
                if dit not in voisins and cle(dit) not in map(cle, cites.get(cible, ())):
                    cites.setdefault(cible, []).append(dit)
    return cites, proches


def _noms_inscrits(
    registre: str, neuves: Mapping[str, Sequence[LigneInscrite]], modele: Modele, deja: Registre
) -> list[str]:
    cle_du_registre = modele.par_id[registre].cle or ""
    lignes = (*deja.lignes(registre), *(une.ligne for une in neuves.get(registre, ())))
    return [nom for ligne in lignes if (nom := ligne.texte(cle_du_registre))]


def _seulement_cite(feuille: Feuille, nom: str) -> LigneInscrite:
    """Une ligne dont on ne sait que le nom : le contrôle dira ce qui lui manque."""
    ligne = Ligne(_lieu(feuille), 0, {feuille.cle or "": TexteSaisi(nom)})
    return LigneInscrite(ligne, None, {})


def _ressemblances(
    neuves: Mapping[str, Sequence[LigneInscrite]], modele: Modele, deja: Registre
) -> Iterator[Ressemblance]:
    """Les lignes neuves de même nom, ou presque, qu'une autre."""
    for registre, lignes in neuves.items():
        feuille = modele.par_id[registre]
        siennes = [une.ligne for une in lignes if _nom(une.ligne, feuille)]
        anciennes = {id(ligne) for ligne in deja.lignes(registre)}
        toutes = [*deja.lignes(registre), *siennes]
        par_nom: dict[str, Ligne] = {}
        for ligne in toutes:
            autre = par_nom.setdefault(_nom(ligne, feuille), ligne)
            if autre is not ligne and id(ligne) not in anciennes:
                yield _rapprocher(
                    registre, feuille, ligne, autre, est_deja_la=id(autre) in anciennes
                )
        nommer = partial(_nommer_la_ligne, feuille.cle or "")
        for une, autre in paires_presque_identiques(par_nom.values(), nommer):
            vieilles = [id(ligne) in anciennes for ligne in (une, autre)]
            if not all(vieilles):
                yield _rapprocher(registre, feuille, une, autre, est_deja_la=any(vieilles))


def _nommer_la_ligne(cle_du_registre: str, ligne: Ligne) -> str:
    return ligne.texte(cle_du_registre) or ""


def _rapprocher(
    registre: str, feuille: Feuille, une: Ligne, autre: Ligne, *, est_deja_la: bool
) -> Ressemblance:
    noms = [afficher(ligne.valeurs.get(feuille.cle or "")) for ligne in (une, autre)]
    return Ressemblance(registre, noms[0], noms[1], est_deja_la)
