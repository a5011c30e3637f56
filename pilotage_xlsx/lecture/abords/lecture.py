"""Relever ce qui est autour des réponses, sans ce que nous y avons écrit nous-mêmes.

Nos propres textes se reconnaissent dans un témoin ; ce qui se calcule n'est pas tapé. D'une version
du modèle dont il n'y a pas de témoin, seuls les registres se comparent : nos autres feuilles qui
ont autre chose que celles d'aujourd'hui se disent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from pilotage_xlsx.lecture.abords.objets import (
    DU_CLASSEUR,
    est_dit,
    liens_poses,
    relever_les_objets,
)
from pilotage_xlsx.lecture.abords.opendocument import lire_un_opendocument
from pilotage_xlsx.lecture.abords.sortes import GRAPHIQUE, Abord, Abords, Recolte, SorteDAbord
from pilotage_xlsx.lecture.abords.tapees import Tapees, lire_ce_qui_est_tape
from pilotage_xlsx.lecture.abords.temoin import Temoin, forme
from pilotage_xlsx.lecture.classeur import lire_classeur
from pilotage_xlsx.lecture.identification import est_du_produit
from pilotage_xlsx.lecture.source import lire_source
from pilotage_xlsx.modele import TABLE_A_CORRIGER, Feuille, Modele
from pilotage_xlsx.registre import Cellule, FeuilleLue, Registre
from pilotage_xlsx.registre.genres import afficher, interpreter_libre
from pilotage_xlsx.socle.adresses import LIGNES_MAX
from pilotage_xlsx.socle.dates import ORIGINE_1900
from pilotage_xlsx.socle.entree import Source
from pilotage_xlsx.socle.paquet import Paquet, ouvrir_tout
from pilotage_xlsx.socle.textes import cle_large


class _Vue(msgspec.Struct, frozen=True):
    """Une feuille, ce qui y est tapé, et ce qu'elle est : un registre, ou l'une des nôtres."""

    nom: str
    tapees: Tapees
    lue: FeuilleLue | None
    origine: datetime = ORIGINE_1900

    def textes(self) -> dict[tuple[int, int], str]:
        """Ce que montre chaque cellule tapée."""
        return {place: self.dire(cellule) for place, cellule in self.tapees.items()}

    def dire(self, cellule: Cellule) -> str:
        """Ce que montre une cellule."""
        return afficher(interpreter_libre(cellule, self.origine))


def lire_le_temoin(vierge: Source, memoire: int) -> Temoin:
    """Ce que le produit écrit sur chaque feuille de ce classeur vierge."""
    with ouvrir_tout(vierge, memoire) as paquet:
        vues = _voir_un_xlsx(paquet, {})
        return Temoin({cle_large(vue.nom): _former(vue) for vue in vues})


def _former(vue: _Vue) -> dict[tuple[int, int], str]:
    return {place: forme(texte, place) for place, texte in vue.textes().items()}


def lire_les_abords(registre: Registre, modele: Modele, temoin: Temoin, memoire: int) -> Abords:
    """Ce qui est autour des réponses d'un classeur déjà lu ; `Refus` s'il est démesuré."""
    lues = {lue.lieu.feuille: lue for lue in registre.feuilles.values()}
    registres = {lue.lieu.feuille: modele.par_id[i] for i, lue in registre.feuilles.items()}
    commune = registre.commune.texte("commune")
    with ouvrir_tout(registre.source, memoire) as paquet:
        recolte = Recolte(paquet.budget)
        if paquet.est_opendocument:
            vues = [*_voir_un_ods(paquet, lues, recolte)]
        else:
            vues = [*_voir_un_xlsx(paquet, lues)]
            _relever(paquet, recolte)
        for vue in vues:
            poses = [*_a_cote(vue, temoin, registres.get(vue.nom), commune)]
            if vue.lue is not None or temoin.est_d_origine:
                recolte.ajouter(poses)
            elif poses:
                recolte.non_comparees.append(vue.nom)
        return recolte.rendre()


def _voir_un_xlsx(paquet: Paquet, lues: Mapping[str, FeuilleLue]) -> Iterator[_Vue]:
    """Les registres, jusqu'à leur en-tête, la fiche et nos autres feuilles en entier."""
    classeur = lire_classeur(paquet)
    for feuille in classeur.feuilles:
        lue = lues.get(feuille.nom)
        if lue is None and lues and not est_du_produit(feuille):
            continue
        if any(table.startswith(TABLE_A_CORRIGER) for table in feuille.tables):
            continue
        limite = lue.lieu.ligne_entete if lue and not lue.lieu.cases else LIGNES_MAX
        tapees = lire_ce_qui_est_tape(paquet, classeur, feuille, limite)
        yield _Vue(feuille.nom, tapees, lue, classeur.origine)


def _relever(paquet: Paquet, recolte: Recolte) -> None:
    classeur = lire_classeur(paquet)
    for feuille in classeur.feuilles:
        est_a_nous = est_du_produit(feuille)
        relever_les_objets(paquet, feuille, recolte, est_a_nous=est_a_nous)
        if liens := [*liens_poses(paquet, feuille)]:
            tapees = lire_ce_qui_est_tape(paquet, classeur, feuille, LIGNES_MAX)
            recolte.ajouter(lien for lien in liens if not est_dit(lien, tapees))
    for relation in paquet.relations(paquet.cible("officeDocument")).values():
        if relation.type in DU_CLASSEUR:
            recolte.objets["", DU_CLASSEUR[relation.type]] += 1


def _voir_un_ods(
    paquet: Paquet, lues: Mapping[str, FeuilleLue], recolte: Recolte
) -> Iterator[_Vue]:
    tapees = lire_un_opendocument(paquet, recolte)
    for feuille in lire_source(paquet).feuilles:
        if est_du_produit(feuille):
            recolte.objets.pop((feuille.nom, GRAPHIQUE), None)
        if feuille.nom in lues or est_du_produit(feuille):
            yield _Vue(feuille.nom, tapees[feuille.nom], lues.get(feuille.nom))


def _a_cote(
    vue: _Vue, temoin: Temoin, feuille: Feuille | None, commune: str | None
) -> Iterator[Abord]:
    """Ce qui n'est ni une réponse, ni à nous ; une fiche papier porte le nom de la commune."""
    textes = vue.textes()
    nus = {place: texte.removesuffix(f" · {commune}") for place, texte in textes.items()}
    hors = _hors_des_reponses(vue)
    for place in sorted(temoin.ecarter(vue.nom, nus, feuille)):
        if place in hors:
            yield Abord(vue.nom, place, SorteDAbord.A_COTE, textes[place])


def _hors_des_reponses(vue: _Vue) -> Tapees:
    """Ce qui est au-dessus de l'en-tête d'un registre ; d'une fiche, ce que personne n'a lu."""
    if vue.lue is None:
        return vue.tapees
    lieu = vue.lue.lieu
    if not lieu.cases:
        redits = set(vue.lue.propres)  # la zone cachée redit les en-têtes
        return {
            place: cellule
            for place, cellule in vue.tapees.items()
            if place[0] < lieu.ligne_entete and cellule.texte not in redits
        }
    reponses = dict(lieu.cases.values())
    derniere = max(reponses.values())
    siennes = {
        " ".join(c.texte.split()): ligne
        for (ligne, colonne), c in sorted(vue.tapees.items())
        if colonne < derniere and ligne not in reponses
    }
    libres = vue.lue.lignes[0].propres if vue.lue.lignes else {}
    reponses |= {siennes[nom]: derniere for nom in libres if nom in siennes}
    return {
        (ligne, colonne): cellule
        for (ligne, colonne), cellule in vue.tapees.items()
        if ligne not in reponses or colonne > reponses[ligne]
    }
