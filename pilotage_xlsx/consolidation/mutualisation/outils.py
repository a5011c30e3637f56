"""Ce que plusieurs communes ont en commun : le prestataire, l'outil, l'expérience d'en sortir."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date

from pilotage_xlsx.consolidation.mutualisation.occasion import (
    GenreDOccasion,
    Occasion,
    Usage,
    en_parts,
    est_partage,
    reunir,
)
from pilotage_xlsx.consolidation.mutualisation.participantes import Participante
from pilotage_xlsx.metier.regroupement import (
    Regroupement,
    le_mieux_ecrit,
    sans_capitales,
    selon_le_canton,
    sont_le_meme,
)
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import cle_large

_NOM_DE_PRODUIT = motif(r"[a-zà-ÿ][A-Z]|\d{2,}")
"""« OneGov », « Suite 365 » : un nom que seul un produit porte, pas comme « Comptabilité »."""


class Usages:
    """Les outils de toutes les communes, et le nom sous lequel chaque prestataire se montre.

    Ce que le canton fournit n'y est pas : rien ne s'en négocie entre communes.
    """

    def __init__(self, participantes: Sequence[Participante], regroupement: Regroupement) -> None:
        self.tous = [
            Usage(une, outil)
            for une in participantes
            for outil in une.outils
            if not outil.est_cantonal
        ]
        self._regroupement = regroupement
        self._produits = {
            cle_large(usage.outil.nom)
            for usage in self.tous
            if _NOM_DE_PRODUIT.search(usage.outil.nom)
        }

    def prestataire(self, usage: Usage) -> str | None:
        """Le nom montré du prestataire ; rien pour un outil interne."""
        outil = usage.outil
        if outil.prestataire is None:
            return None
        nom = sans_capitales(self._regroupement.nom(outil.prestataire, outil.ide))
        return selon_le_canton(nom, usage.commune.canton)

    def par_prestataire(self) -> Iterator[tuple[str, list[Usage]]]:
        """Les usages de chaque prestataire qu'au moins deux communes partagent."""
        for nom, groupe in self.de_tous_les_prestataires():
            if est_partage(groupe):
                yield nom, groupe

    def de_tous_les_prestataires(self) -> Iterator[tuple[str, list[Usage]]]:
        """Les usages de chaque prestataire, même d'une seule commune."""
        groupes = self._de_chaque_prestataire()
        for nom in sorted(groupes, key=cle_large):
            yield nom, groupes[nom]

    def par_outil(self) -> Iterator[list[Usage]]:
        """Les usages d'un même outil chez au moins deux communes.

        Un même nom de produit, même chez deux revendeurs ; ou le même outil d'un prestataire.
        """
        produits: dict[str, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            if (nom := cle_large(usage.outil.nom)) in self._produits:
                produits[nom].append(usage)
        groupes = [*produits.values()]
        for usages in self._de_chaque_prestataire().values():
            autres = (u for u in usages if cle_large(u.outil.nom) not in self._produits)
            groupes += _par_produit(autres)
        yield from (groupe for groupe in groupes if est_partage(groupe))

    def semblables(self) -> Iterator[list[Usage]]:
        """Les usages d'un même prestataire dans un même domaine."""
        groupes: dict[Hashable, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            prestataire = self.prestataire(usage)
            if prestataire and usage.outil.domaine.est_dit:
                groupes[prestataire, usage.outil.domaine].append(usage)
        yield from (groupe for groupe in groupes.values() if est_partage(groupe))

    def _de_chaque_prestataire(self) -> dict[str, list[Usage]]:
        groupes: dict[str, list[Usage]] = defaultdict(list)
        for usage in self.tous:
            if nom := self.prestataire(usage):
                groupes[nom].append(usage)
        return groupes


def _par_produit(usages: Iterator[Usage]) -> list[list[Usage]]:
    """Les usages d'un prestataire, un groupe par outil : le premier nom du groupe fait foi."""
    groupes: list[list[Usage]] = []
    connus: dict[Hashable, list[Usage]] = {}
    for usage in sorted(usages, key=lambda u: (-len(u.outil.nom), u.outil.nom)):
        produit = usage.outil.produit
        cle: Hashable = produit.domaine or produit.mots
        if cle not in connus:
            memes = (g for g in groupes if sont_le_meme(g[0].outil.produit, produit))
            if (connu := next(memes, None)) is None:
                groupes.append(connu := [])
            connus[cle] = connu
        connus[cle].append(usage)
    return groupes


def partager_un_prestataire(usages: Usages, au: date) -> Iterator[Occasion]:
    """Une ligne par prestataire commun."""
    for nom, groupe in usages.par_prestataire():
        outils = defaultdict(list)
        for usage in groupe:
            outils[usage.outil.produit.domaine or usage.outil.produit.mots].append(usage.outil.nom)
        noms = sorted({montrer(siens) for siens in outils.values()}, key=cle_large)
        raison = "Le même prestataire : comparer les contrats, négocier ensemble."
        objet = (nom, _enumerer(noms))
        yield reunir(GenreDOccasion.PRESTATAIRES, objet, en_parts(groupe), raison, au)


def partager_un_outil(usages: Usages, au: date) -> Iterator[Occasion]:
    """Une ligne par outil commun."""
    groupes = [(_objet(usages, groupe), groupe) for groupe in usages.par_outil()]
    for objet, groupe in sorted(groupes, key=lambda paire: cle_large(paire[0][0] or "")):
        raison = "Le même outil : s'entraider, se former ensemble."
        yield reunir(GenreDOccasion.OUTILS, objet, en_parts(groupe), raison, au)


def profiter_d_un_essai(usages: Usages, au: date) -> Iterator[Occasion]:
    """Une ligne par outil dont des communes dépendent, et dont une autre a testé la sortie."""
    vus: set[frozenset[int]] = set()
    for groupe in (*usages.par_outil(), *usages.semblables()):
        testes = [usage for usage in groupe if usage.outil.a_teste_la_sortie]
        captifs = [usage for usage in groupe if usage.outil.est_captif]
        ensemble = frozenset(id(usage) for usage in (*testes, *captifs))
        if not captifs or not est_partage([*testes, *captifs]) or not testes or ensemble in vus:
            continue
        vus.add(ensemble)
        parts = (
            *(p._replace(sait="récupération testée") for p in en_parts(testes)),
            *en_parts(captifs),
        )
        raison = (
            f"Très difficile à remplacer pour {len(captifs)} ; la récupération des données a été "
            "testée ailleurs."
        )
        objet = _objet(usages, [*testes, *captifs])
        yield reunir(GenreDOccasion.RECUPERATION, objet, tuple(parts), raison, au)


def _objet(usages: Usages, groupe: Sequence[Usage]) -> tuple[str | None, ...]:
    """Le nom de l'outil, son prestataire, son domaine : chacun comme il s'écrit le plus."""
    prestataires = [nom for usage in groupe if (nom := usages.prestataire(usage))]
    domaines = [usage.outil.domaine.nom for usage in groupe if usage.outil.domaine.nom]
    return (
        montrer([usage.outil.nom for usage in groupe]),
        _enumerer(sorted(set(prestataires), key=cle_large)),
        max(sorted(set(domaines)), key=domaines.count) if domaines else None,
    )


def montrer(noms: Sequence[str]) -> str:
    """Le nom d'un outil, tel qu'il s'écrit le mieux."""
    return sans_capitales(le_mieux_ecrit(noms))


_NOMMES = 6


def _enumerer(noms: Sequence[str]) -> str | None:
    """Les noms, six au plus."""
    reste = len(noms) - _NOMMES
    suite = f" et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else ""
    return ", ".join(noms[:_NOMMES]) + suite or None
