"""Ce que plusieurs communes ont en commun : le prestataire, l'outil, l'expérience d'en sortir."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from pilotage_xlsx.consolidation.mutualisation.occasion import (
    Cercle,
    GenreDOccasion,
    Occasion,
    Usage,
    est_partage,
    reunir,
)
from pilotage_xlsx.consolidation.mutualisation.participantes import Participante
from pilotage_xlsx.metier.regroupement import Regroupement, selon_le_canton
from pilotage_xlsx.socle.textes import cle_large

_NOM_DE_PRODUIT = re.compile(r"[a-zà-ÿ][A-Z]|\d{2,}")
"""« OneGov », « Suite 365 » : un nom que seul un produit porte, pas comme « Comptabilité »."""


class Usages:
    """Les outils de toutes les communes, et le nom sous lequel chaque prestataire se montre."""

    def __init__(self, participantes: Sequence[Participante], regroupement: Regroupement) -> None:
        self.tous = [Usage(une, outil) for une in participantes for outil in une.outils]
        self._regroupement = regroupement

    def prestataire(self, usage: Usage) -> str | None:
        """Le nom montré du prestataire ; rien pour un outil interne ou fourni par le canton."""
        outil = usage.outil
        if outil.prestataire is None or outil.est_cantonal:
            return None
        nom = self._regroupement.nom(outil.prestataire, outil.ide)
        return selon_le_canton(nom, usage.commune.canton)

    def par_prestataire(self) -> Iterator[tuple[str, list[Usage]]]:
        """Les usages de chaque prestataire qu'au moins deux communes partagent."""
        groupes: dict[str, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            if nom := self.prestataire(usage):
                groupes[nom].append(usage)
        yield from (
            (nom, groupes[nom])
            for nom in sorted(groupes, key=cle_large)
            if est_partage(groupes[nom])
        )

    def par_outil(self) -> Iterator[list[Usage]]:
        """Les usages d'un même outil chez au moins deux communes.

        Même nom et même prestataire ; ou un même nom de produit, chez deux revendeurs.
        """
        groupes: dict[Hashable, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            prestataire, nom = self.prestataire(usage), cle_large(usage.outil.nom)
            if _NOM_DE_PRODUIT.search(usage.outil.nom):
                groupes[nom].append(usage)
            elif prestataire and nom:
                groupes[nom, prestataire].append(usage)
        yield from (groupe for groupe in groupes.values() if est_partage(groupe))

    def semblables(self) -> Iterator[list[Usage]]:
        """Les usages d'un même outil, ou d'un même prestataire dans un même domaine."""
        groupes: dict[Hashable, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            prestataire = self.prestataire(usage)
            if prestataire and usage.outil.domaine.est_dit:
                groupes[prestataire, usage.outil.domaine].append(usage)
        yield from (groupe for groupe in groupes.values() if est_partage(groupe))


def partager_un_prestataire(usages: Usages) -> Iterator[Occasion]:
    """Une ligne par prestataire commun et par commune."""
    for nom, groupe in usages.par_prestataire():
        cercle = reunir(groupe)
        siens: dict[int, dict[str, None]] = defaultdict(dict)
        for usage in groupe:
            siens[id(usage.commune)][usage.outil.nom] = None
        for une in cercle.communes:
            raison = f"{cercle.dire(une)} avec ce prestataire : comparer les contrats, négocier."
            objet = (nom, ", ".join(siens[id(une)]))
            yield Occasion(GenreDOccasion.PRESTATAIRES, une, objet, cercle, raison)


def partager_un_outil(usages: Usages) -> Iterator[Occasion]:
    """Une ligne par outil commun et par commune."""
    for groupe in sorted(usages.par_outil(), key=lambda g: cle_large(g[0].outil.nom)):
        cercle = reunir(groupe)
        premiers = {id(usage.commune): usage for usage in reversed(groupe)}
        for une in cercle.communes:
            usage = premiers[id(une)]
            raison = f"{cercle.dire(une)} avec le même outil : s'entraider, se former ensemble."
            yield Occasion(GenreDOccasion.OUTILS, une, _objet(usages, usage), cercle, raison)


def profiter_d_un_essai(usages: Usages) -> Iterator[Occasion]:
    """Une commune très dépendante d'un outil dont une autre a testé la récupération des données."""
    testees: dict[int, list[Participante]] = defaultdict(list)
    for groupe in (*usages.par_outil(), *usages.semblables()):
        essais = [usage.commune for usage in groupe if usage.outil.a_teste_la_sortie]
        for usage in groupe:
            if essais and usage.outil.est_captif:
                testees[id(usage)] += essais
    for usage in sorted(usages.tous, key=lambda usage: cle_large(usage.outil.nom)):
        cercle = Cercle(testees.get(id(usage), ()))
        if cercle.combien(usage.commune):
            raison = "Très difficile à remplacer ; la récupération des données y a été testée."
            objet = _objet(usages, usage)
            yield Occasion(GenreDOccasion.RECUPERATION, usage.commune, objet, cercle, raison)


def _objet(usages: Usages, usage: Usage) -> tuple[str | None, ...]:
    return (usage.outil.nom, usages.prestataire(usage), usage.outil.domaine.nom)
