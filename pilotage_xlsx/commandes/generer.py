"""``generer`` : un modèle (et des données) → un classeur prêt à remplir."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.reprise import (
    dire_propres,
    est_un_classeur,
    lire_ancien,
    renouveler,
)
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.lecture.donnees import DonneesInvalides, lire_donnees
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import FeuillePropre, Registre
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.entree import MIO, nommer
from pilotage_xlsx.socle.json_exact import cles_en_double, decoder
from pilotage_xlsx.socle.json_recu import lire_json
from pilotage_xlsx.socle.typographie import nombre

_DONNEES_MAX, _LIGNES_MAX, _VALEURS_MAX = 16 * MIO, 10_000, 150_000
"""Octets, lignes et valeurs : cent fois une grande commune, et 300 Mo de mémoire à les écrire."""

_AUTRES_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")
"""Un tableur refuserait d'ouvrir sous ce nom ce qui est un .xlsx."""


@commande("generer")
@click.argument("sortie", metavar="SORTIE.xlsx", type=click.Path(path_type=Path))
@click.option("--commune", metavar="NOM", help="Le nom de la commune.")
@click.option("--canton", metavar="VD", help="Le canton : son abréviation, ou son nom.")
@click.option("--annee", metavar="2026", type=int, help="L'année du rapport.")
@click.option(
    "--depuis",
    metavar="DONNEES.json|CLASSEUR.xlsx",
    help="Des données à y mettre (« - » : entrée), ou le classeur de l'année passée.",
)
@option_au
@option_force
def generer(
    sortie: Path,
    commune: str | None,
    canton: str | None,
    annee: int | None,
    depuis: str | None,
    au: date,
    modele: Modele,
    force: bool,
) -> None:
    """Prépare un classeur vierge, rempli depuis un JSON, ou qui continue celui de l'an passé."""
    from pilotage_xlsx.generation import generer as produire

    if sortie.suffix.lower() in _AUTRES_FORMATS:
        raise Echec(f"{sortie} : le nom du classeur doit finir par « .xlsx ».")
    preparer(sortie, remplacer=force)
    options = {"commune": commune, "canton": _abreger(canton, modele), "annee": annee}
    propres: tuple[FeuillePropre, ...] = ()
    if depuis and est_un_classeur(depuis):
        refuser_d_ecraser(sortie, [Path(depuis)])
        ancien, propres = lire_ancien(Path(depuis), modele)
        registre = renouveler(ancien, options, modele, au)
        dire_propres(modele, propres)
    else:
        registre = _lire_le_json(depuis, options, modele, sortie, au)
    sources = [Path(depuis)] if depuis else []
    octets = produire(modele, registre, au, propres)
    ecrire_atomique(sortie, octets, remplacer=force, sources=sources)
    dire(f"{sortie} est prêt : ouvrez-le dans Excel ou LibreOffice, feuille « Lisez-moi ».")


def _abreger(canton: str | None, modele: Modele) -> str | None:
    """« VD » pour « Vaud » ou « canton de Vaud » ; ce qui n'est pas un canton reste, et se dira."""
    if canton is None:
        return None
    nom = re.sub(r"(?i)^\s*canton\s+(?:de\s+|du\s+|d['’]\s*)?", "", canton)
    return modele.par_le_sens(modele.fiche.par_id["canton"], nom) or canton


def _lire_le_json(
    depuis: str | None, options: dict[str, Any], modele: Modele, sortie: Path, au: date
) -> Registre:
    recu = _recevoir(depuis) if depuis else {}
    for chemin in cles_en_double(recu):
        dire(f"`{chemin}` est écrit deux fois : la dernière valeur est gardée.")
    document = _completer(recu, options, au)
    try:
        registre, remarques = lire_donnees(document, modele, sortie)
    except DonneesInvalides as faute:
        raise Echec(str(faute)) from None
    for remarque in remarques:
        dire(remarque)
    return registre


def _recevoir(depuis: str) -> Any:
    """Le document reçu, s'il n'a pas plus de lignes et de valeurs qu'un classeur n'en porte."""
    document = lire_json(depuis, _DONNEES_MAX, decoder)
    lignes, valeurs = 0, 0
    pile: list[Any] = [[document]]
    while pile:
        contenu = pile.pop()
        lignes, valeurs = lignes + isinstance(contenu, dict), valeurs + len(contenu)
        if lignes > _LIGNES_MAX or valeurs > _VALEURS_MAX:
            raise Echec(
                f"{nommer(depuis)} a plus de {nombre(_LIGNES_MAX)} lignes, ou de "
                f"{nombre(_VALEURS_MAX)} valeurs : "
                "c'est plus que n'en porte le classeur d'une commune."
            )
        enfants = contenu.values() if isinstance(contenu, dict) else contenu
        pile.extend(enfant for enfant in enfants if isinstance(enfant, dict | list))
    return document


def _completer(document: Any, options: dict[str, Any], au: date) -> Any:
    """Les options l'emportent sur le JSON ; sans année, celle d'``au``."""
    if not isinstance(document, dict) or not isinstance(document.get("commune") or {}, dict):
        return document
    donnees = {cle: valeur for cle, valeur in options.items() if valeur is not None}
    fiche = {**(document.get("commune") or {}), **donnees}
    if fiche.get("annee") is None:
        fiche["annee"] = au.year
    return {**document, "commune": fiche}
