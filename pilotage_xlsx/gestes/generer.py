"""Générer : un classeur vierge, rempli de données, ou qui continue celui de l'an passé."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pilotage_xlsx import generation
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, situer
from pilotage_xlsx.gestes.kit import preremplir
from pilotage_xlsx.gestes.porte import modele_de
from pilotage_xlsx.gestes.reprise import Repris, lire_l_ancien, reprendre_un_classeur
from pilotage_xlsx.lecture.donnees import DonneesInvalides, lire_donnees
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.typographie import nombre
from pilotage_xlsx.verification.acceptations import en_mots
from pilotage_xlsx.verification.catalogue import PAR_CLASSEUR
from pilotage_xlsx.verification.regle import exposer

LIGNES_MAX, VALEURS_MAX = 10_000, 150_000
"""Cent fois une grande commune : 300 Mo de mémoire à les écrire, des minutes à les ouvrir."""


class Genere(NamedTuple):
    """Les octets d'un classeur .xlsx, et une phrase par chose écrite autrement que reçue."""

    octets: bytes
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Genere : {len(self.octets)} octets, {len(self.remarques)} remarques>"


def generer(
    depuis: Recu | None = None,
    *,
    donnees: Mapping[str, Any] = MappingProxyType({}),
    commune: str | None = None,
    canton: str | None = None,
    annee: int | None = None,
    kit: bool = False,
    au: date | None = None,
    modele: Modele | None = None,
    nom: str = "classeur.xlsx",
) -> Genere:
    """Un classeur prêt à remplir, les mêmes octets pour les mêmes arguments.

    ``depuis`` : le classeur de l'an passé, à continuer, d'après le modèle qu'il porte si
    ``modele`` n'est pas donné ; ``donnees`` : un document comme en rend
    ``consolider --format json``. Les trois options l'emportent ; ``kit`` : proposer aussi les
    lignes usuelles du modèle, à confirmer ; ``nom`` : celui qu'aura le fichier. Lève
    `GesteImpossible`, qui dit quelle donnée ne va pas.
    """
    choisi, jour = modele or charger_une_fois(), au or date.today()
    ancien = None if depuis is None else lire_l_ancien(situer(depuis), choisi)
    if ancien is not None:
        _exiger_un_ancien_tenable(ancien.registre)
        choisi = modele_de(ancien.registre.porte, choisi)
    options = {"commune": commune, "canton": abreger(canton, choisi), "annee": annee}
    if ancien is None:
        contenu = Repris(*_lire(donnees, options, choisi, nom, jour))
    else:
        contenu = reprendre_un_classeur(ancien, options, choisi, jour)
    if kit:
        contenu = _proposer(contenu, choisi)
    octets = generation.generer(
        choisi, contenu.registre, jour, contenu.propres, constats_a_accepter()
    )
    return Genere(octets, contenu.remarques)


def constats_a_accepter() -> tuple[str, ...]:
    """Les points d'attention que la commune peut accepter pour un temps, en mots."""
    fiches = (exposer(regle.fiche) for regle in PAR_CLASSEUR)
    return tuple(
        en_mots(fiche.code, fiche.message) for fiche in fiches if fiche.gravite is Gravite.ATTENTION
    )


def exiger_tenable(nom: str, lignes: int, valeurs: int) -> None:
    """Lève `GesteImpossible` si c'est plus de lignes ou de valeurs qu'un classeur n'en porte."""
    if lignes > LIGNES_MAX or valeurs > VALEURS_MAX:
        raise GesteImpossible(
            f"{nom} a plus de {nombre(LIGNES_MAX)} lignes, ou de {nombre(VALEURS_MAX)} valeurs : "
            "c'est plus que n'en porte le classeur d'une commune."
        )


def _exiger_un_ancien_tenable(ancien: Registre) -> None:
    lignes = [ligne for lue in ancien.feuilles.values() for ligne in lue.lignes]
    valeurs = sum(len(ligne.valeurs) for ligne in lignes)
    exiger_tenable(ancien.nom_du_fichier, len(lignes), valeurs)


def _proposer(contenu: Repris, modele: Modele) -> Repris:
    prerempli = preremplir(contenu.registre, modele)
    remarques = (*contenu.remarques, prerempli.remarque)
    return contenu._replace(registre=prerempli.registre, remarques=remarques)


def abreger(canton: str | None, modele: Modele) -> str | None:
    """« VD » pour « Vaud » ou « canton de Vaud » ; ce qui n'est pas un canton reste, et se dira."""
    if canton is None:
        return None
    nom = re.sub(r"(?i)^\s*canton\s+(?:de\s+|du\s+|d['’]\s*)?", "", canton)
    return modele.par_le_sens(modele.fiche.par_id["canton"], nom) or canton


def _lire(
    document: Any, options: dict[str, Any], modele: Modele, nom: str, au: date
) -> tuple[Registre, tuple[str, ...]]:
    try:
        return lire_donnees(_completer(document, options, au), modele, Path(nom))
    except DonneesInvalides as faute:
        raise GesteImpossible(str(faute)) from None


def _completer(document: Any, options: dict[str, Any], au: date) -> Any:
    """Les options l'emportent sur le JSON ; sans année, celle d'``au``."""
    if not isinstance(document, Mapping) or not isinstance(document.get("commune") or {}, dict):
        return document
    donnees = {cle: valeur for cle, valeur in options.items() if valeur is not None}
    fiche = {**(document.get("commune") or {}), **donnees}
    if fiche.get("annee") is None:
        fiche["annee"] = au.year
    return {**document, "commune": fiche}
