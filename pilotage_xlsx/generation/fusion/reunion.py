"""Fusionner : les registres de plusieurs communes en un, et la trace de ce qui y change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from pilotage_xlsx.generation.fusion.accord import Dits, accorder, en_textes, s_opposent
from pilotage_xlsx.generation.fusion.noms import (
    DeCommune,
    Renoms,
    nommer_la_commune,
    par_cle,
    renommer,
    suivre,
)
from pilotage_xlsx.modele import ACCEPTES, Feuille, Forme, Modele
from pilotage_xlsx.registre import FeuilleLue, FeuillePropre, Lieu, Ligne, Registre, Valeur
from pilotage_xlsx.registre.donnees import distinguer_propres
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import TexteSaisi

COMMUNE_D_AVANT, NUMERO_D_AVANT = "Commune d’avant", "Numéro d’avant"
"""Les colonnes que toute ligne reçoit : d'où elle vient, et le numéro qu'elle y avait."""

DEUX_LIGNES = "les deux lignes restent, chacune au nom de sa commune"


class Fusionnante(NamedTuple):
    """Une commune qui fusionne : son nom, son registre, ses totaux, ses feuilles propres."""

    nom: str
    registre: Registre
    totaux: frozenset[Ligne]
    propres: tuple[FeuillePropre, ...]


class Conflit(NamedTuple):
    """Ce que des communes disent autrement dans une cellule, et ce qui est inscrit."""

    feuille: str
    ligne: str
    colonne: str
    dits: Mapping[str, str]
    inscrit: str


class Renommage(NamedTuple):
    """Un numéro ou un nom qui change, pour qu'il n'y en ait pas deux."""

    feuille: str
    commune: str
    avant: str
    apres: str


class Passage(NamedTuple):
    """Une ligne reçue d'une commune, et celle où elle est inscrite ; aucune pour un total."""

    commune: str
    recue: Ligne
    inscrite: Ligne | None


class Fusion(NamedTuple):
    """Le contenu du classeur commun, et tout ce qui y change."""

    registre: Registre
    propres: tuple[FeuillePropre, ...]
    conflits: tuple[Conflit, ...]
    changements: tuple[Renommage, ...]
    passages: tuple[Passage, ...]

    def __repr__(self) -> str:
        return f"<Fusion : {len(self.conflits)} conflits, {len(self.changements)} changements>"


class _Suivie(NamedTuple):
    """Une ligne reçue d'une commune, et la même, sous ses nouveaux noms."""

    commune: str
    recue: Ligne
    ligne: Ligne


def fusionner(
    communes: Sequence[Fusionnante], modele: Modele, fiche: Mapping[str, Valeur]
) -> Fusion:
    """Le contenu d'un seul classeur ; ``fiche`` : les réponses qui ne sont d'aucune d'elles."""
    retenues = [_retenir(une, modele) for une in communes]
    renoms = renommer(retenues, modele, _se_contredisent)
    passages = [Passage(une.nom, ligne, None) for une in communes for ligne in une.totaux]
    conflits: list[Conflit] = []
    lues: dict[str, FeuilleLue] = {}
    for feuille in modele.a_lire:
        suivies = [*_suivre(feuille, retenues, renoms, modele)]
        lignes: list[Ligne] = []
        for groupe in _grouper(feuille, suivies):
            ligne, opposes = _inscrire(groupe, feuille, fiche)
            passages += [Passage(une.commune, une.recue, ligne) for une in groupe]
            conflits += opposes
            lignes.append(ligne)
        conflits += _separes(feuille, retenues, renoms)
        if any(feuille.id in une.registre.feuilles for une in communes):
            lue = FeuilleLue(_lieu(feuille), tuple(lignes), propres=_entetes(feuille, communes))
            lues[feuille.id] = distinguer_propres(lue, feuille)
    return Fusion(
        Registre(communes[0].registre.source, lues, porte=communes[0].registre.porte),
        tuple(_nommer_les_propres(communes)),
        tuple(conflits),
        tuple(_changements(retenues, renoms, modele)),
        tuple(passages),
    )


def _retenir(une: Fusionnante, modele: Modele) -> DeCommune:
    lignes = {
        feuille.id: [x for x in une.registre.lignes(feuille.id) if x not in une.totaux]
        for feuille in modele.a_lire
    }
    return DeCommune(une.nom, lignes)


def _se_contredisent(feuille: Feuille, lignes: Sequence[Ligne]) -> bool:
    return bool(accorder({str(rang): une for rang, une in enumerate(lignes)}, feuille).opposes)


def _suivre(
    feuille: Feuille, communes: Sequence[DeCommune], renoms: Sequence[Renoms], modele: Modele
) -> Iterator[_Suivie]:
    est_un_registre = feuille in modele.registres
    for commune, neufs in zip(communes, renoms, strict=True):
        siens = neufs if est_un_registre else nommer_la_commune(neufs, modele, commune.nom)
        for recue in commune.lignes[feuille.id]:
            suivie = suivre(recue, feuille, siens)
            if est_un_registre:
                suivie = _situer(suivie, recue, feuille, commune.nom)
            yield _Suivie(commune.nom, recue, suivie)


def _situer(suivie: Ligne, recue: Ligne, feuille: Feuille, commune: str) -> Ligne:
    """La ligne, et d'où elle vient ; une fusion d'avant l'a peut-être déjà dit."""
    d_ou: dict[str, Valeur] = {COMMUNE_D_AVANT: TexteSaisi(commune)}
    cle = feuille.cle or ""
    if feuille.prefixe and suivie.texte(cle) != recue.texte(cle):
        d_ou[NUMERO_D_AVANT] = TexteSaisi(recue.texte(cle) or "")
    return replace(suivie, propres={**d_ou, **suivie.propres})


def _grouper(feuille: Feuille, suivies: Sequence[_Suivie]) -> Iterator[list[_Suivie]]:
    """Les lignes qui n'en font qu'une : la fiche, et un nom que chaque commune n'a qu'une fois."""
    if feuille.forme is Forme.FICHE:
        yield [*suivies]
        return
    if feuille.prefixe or not feuille.cle or feuille.id == ACCEPTES:
        yield from ([une] for une in suivies)
        return
    groupes: dict[int, list[_Suivie]] = {id(une.ligne): [une] for une in suivies}
    de_qui = {id(une.ligne): une for une in suivies}
    for lignes in par_cle(feuille, [une.ligne for une in suivies]).values():
        siennes = [de_qui[id(ligne)] for ligne in lignes]
        if len({une.commune for une in siennes}) == len(siennes):
            for une in siennes[1:]:
                groupes[id(siennes[0].ligne)].append(groupes.pop(id(une.ligne))[0])
    yield from groupes.values()


def _inscrire(
    groupe: Sequence[_Suivie], feuille: Feuille, fiche: Mapping[str, Valeur]
) -> tuple[Ligne, Iterator[Conflit]]:
    """La ligne de plusieurs communes, et ce qu'elles y opposent."""
    lignes = {une.commune: une.ligne for une in groupe}
    accord = accorder(lignes, feuille)
    imposees = fiche if feuille.forme is Forme.FICHE else {}
    valeurs, propres = {**accord.valeurs, **imposees}, dict(accord.propres)
    opposes = {**accord.opposes, **dict(_remplacees(lignes, feuille, imposees))}
    if d_ou := opposes.pop(COMMUNE_D_AVANT, None):
        propres[COMMUNE_D_AVANT] = TexteSaisi(", ".join(map(afficher, d_ou.values())))
    ligne = Ligne(_lieu(feuille), groupe[0].recue.numero, valeurs, propres=propres)
    nom = afficher(valeurs.get(feuille.cle or "")) or feuille.libelle
    inscrits = {feuille.libelle_de(colonne): valeur for colonne, valeur in valeurs.items()}
    inscrits |= propres
    conflits = (
        Conflit(feuille.libelle, nom, colonne, en_textes(dits), afficher(inscrits[colonne]))
        for colonne, dits in opposes.items()
    )
    return ligne, conflits


def _remplacees(
    lignes: Mapping[str, Ligne], feuille: Feuille, imposees: Mapping[str, Valeur]
) -> Iterator[tuple[str, Dits]]:
    """Ce que les communes disent, et que remplace une réponse donnée pour la nouvelle."""
    for colonne, donnee in imposees.items():
        dits = {nom: une.valeurs[colonne] for nom, une in lignes.items() if colonne in une.valeurs}
        if s_opposent({**dits, "": donnee}):
            yield feuille.libelle_de(colonne), dits


def _separes(
    feuille: Feuille, communes: Sequence[DeCommune], renoms: Sequence[Renoms]
) -> Iterator[Conflit]:
    """Ce qui oppose les lignes de même nom que l'on sépare."""
    if feuille.prefixe or feuille.forme is Forme.FICHE:
        return
    noms = [par_cle(feuille, commune.lignes[feuille.id]) for commune in communes]
    for nom in dict.fromkeys(chain.from_iterable(siens.get(feuille.id, {}) for siens in renoms)):
        lignes = {
            commune.nom: replace(
                suivre(siennes[nom][0], feuille, {**siens, feuille.id: {}}), propres={}
            )
            for commune, siennes, siens in zip(communes, noms, renoms, strict=True)
            if nom in siennes
        }
        dit = next(afficher(ligne[feuille.cle or ""]) for ligne in lignes.values())
        for colonne, dits in accorder(lignes, feuille).opposes.items():
            yield Conflit(feuille.libelle, dit, colonne, en_textes(dits), DEUX_LIGNES)


def _changements(
    communes: Sequence[DeCommune], renoms: Sequence[Renoms], modele: Modele
) -> Iterator[Renommage]:
    for feuille in modele.registres:
        for commune, siens in zip(communes, renoms, strict=True):
            lignes = par_cle(feuille, commune.lignes[feuille.id])
            for nom, neuf in siens.get(feuille.id, {}).items():
                avant = lignes[nom][0].texte(feuille.cle or "") or ""
                yield Renommage(feuille.libelle, commune.nom, avant, neuf)


def _nommer_les_propres(communes: Sequence[Fusionnante]) -> Iterator[FeuillePropre]:
    """Les feuilles de chaque commune ; un nom que plusieurs ont dit de laquelle elle vient."""
    fois = [propre.nom.casefold() for une in communes for propre in une.propres]
    for une in communes:
        for propre in une.propres:
            est_seul = fois.count(propre.nom.casefold()) == 1
            yield propre if est_seul else replace(propre, nom=f"{propre.nom[:15]} {une.nom}"[:31])


def _entetes(feuille: Feuille, communes: Sequence[Fusionnante]) -> dict[str, int]:
    """Les colonnes propres de toutes, même vides."""
    lues = (une.registre.feuilles.get(feuille.id) for une in communes)
    return dict.fromkeys(chain.from_iterable(lue.propres for lue in lues if lue), 0)


def _lieu(feuille: Feuille) -> Lieu:
    rangs = {colonne.id: rang for rang, colonne in enumerate(feuille.colonnes, 1)}
    return Lieu("", feuille.id, feuille.libelle, 0, rangs)
