"""Corriger : une copie du classeur, où seul ce qui est sans doute est réparé."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, exiger
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.retouche.copie import Copie
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.verification.reparations import Reparation, chercher_les_reparations


class Corrige(NamedTuple):
    """Les octets de la copie, rien s'il n'y avait rien à réparer ; et chaque cellule réparée."""

    octets: bytes | None
    reparations: tuple[Reparation, ...]

    def __repr__(self) -> str:
        octets = len(self.octets or b"")
        return f"<Corrige : {octets} octets, {len(self.reparations)} cellules réparées>"


def corriger(fichier: Recu, *, modele: Modele | None = None) -> Corrige:
    """La copie réparée d'un classeur ; l'original n'est pas touché.

    Lève `GesteImpossible` s'il ne se lit pas, ou s'il est trop grand pour être retouché.
    """
    choisi = modele or charger_une_fois()
    with ouvrir_la_corrigee(exiger(fichier, choisi), choisi) as (copie, faites):
        return Corrige(copie.octets() if copie is not None and faites else None, faites)


@contextmanager
def ouvrir_la_corrigee(
    registre: Registre, choisi: Modele
) -> Iterator[tuple[Copie | None, tuple[Reparation, ...]]]:
    """La copie et les réparations faites, tant que dure le ``with`` ; jamais dans une formule."""
    modele = modele_de(registre.porte, choisi)
    visees = {_adresse(r): r for r in chercher_les_reparations(registre, modele)}
    if not visees:
        yield None, ()
        return
    from pilotage_xlsx import retouche  # noqa: PLC0415 — lxml, s'il y a de quoi réparer

    valeurs = {adresse: reparation.valeur for adresse, reparation in visees.items()}
    try:
        with retouche.corriger(registre.source, valeurs, _lues(registre, modele)) as correction:
            faites = tuple(r for a, r in visees.items() if a in correction.faites)
            yield correction.copie, faites
    except Refus as refus:
        raise GesteImpossible(f"{registre.fichier} : pas corrigé. {refus}") from None


def _adresse(reparation: Reparation) -> tuple[str, int, int]:
    lieu = reparation.lieu
    return (lieu.feuille, lieu.ligne or 0, lieu.colonne or 0)


def _lues(registre: Registre, modele: Modele) -> Mapping[str, set[tuple[int, int]]]:
    """Par feuille, les cellules remplies que le contrôle lit."""
    lues: dict[str, set[tuple[int, int]]] = {}
    for identifiant, feuille in registre.feuilles.items():
        saisies = {colonne.id for colonne in modele.par_id[identifiant].saisies}
        for ligne in feuille.lignes:
            for colonne in saisies & ligne.cellules.keys():
                lieu = ligne.emplacement(colonne)
                lues.setdefault(lieu.feuille, set()).add((lieu.ligne or 0, lieu.colonne or 0))
    return lues
