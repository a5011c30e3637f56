"""Le dossier du rapport : ses formes, et le ``rapport.json`` que lit l'envoi.

Le corps du courriel (``.txt``) s'écrit toujours : sans lui, rien ne peut partir.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pilotage_xlsx.rapport import region
from pilotage_xlsx.rapport.bordereau import NOM, decrire
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.region import Region
from pilotage_xlsx.rapport.rendus import DU_RAPPORT
from pilotage_xlsx.rapport.rendus import rendre as rendre_une_forme
from pilotage_xlsx.rapport.sections import composer
from pilotage_xlsx.socle.ecriture.dossier import Depot

FORMES = DU_RAPPORT


class Ecrits(NamedTuple):
    """Les ``chemins`` du rapport écrit, et les ``restes`` d'un ancien que quelqu'un a changés."""

    chemins: tuple[Path, ...]
    restes: tuple[Path, ...]


def ecrire(
    rapport: Rapport | Region,
    dossier: Path,
    formes: tuple[str, ...] = FORMES,
    *,
    remplacer: bool,
    sources: Iterable[Path] = (),
) -> Ecrits:
    """Écrit les formes demandées et ``rapport.json``, tirés des classeurs ``sources``.

    ``remplacer`` : l'ancien rapport aussi s'en va, ses autres formes comprises ; rien d'autre.
    `SortieImpossible` si une place est prise ou ne peut pas s'écrire ; rien n'est alors écrit de ce
    qui se savait impossible d'avance.
    """
    lus = tuple(sources)
    with Depot(dossier, "rapport", remplacer=remplacer) as depot:
        depot.exiger((*_noms(rapport, formes).values(), NOM))
        contenus = rendre(rapport, formes)
        for nom, octets in contenus.items():
            with depot.ebaucher(nom, lus) as brouillon:
                brouillon.write_bytes(octets)
        depot.poser()
        restes = depot.enlever_le_reste({f"{nommer(rapport)}.{f}" for f in FORMES}.__contains__)
    return Ecrits(tuple(dossier / nom for nom in contenus), restes)


def rendre(rapport: Rapport | Region, formes: tuple[str, ...] = FORMES) -> Mapping[str, bytes]:
    """Les fichiers du rapport par nom : les formes demandées, et ``rapport.json``."""
    noms = _noms(rapport, formes)
    document = region.composer(rapport) if isinstance(rapport, Region) else composer(rapport)
    contenus = {nom: rendre_une_forme(document, forme, rapport.au) for forme, nom in noms.items()}
    return {**contenus, NOM: decrire(rapport, document, noms)}


def _noms(rapport: Rapport | Region, formes: tuple[str, ...]) -> dict[str, str]:
    """Le nom de chaque forme retenue."""
    retenues = (forme for forme in FORMES if forme in formes or forme == "txt")
    return {forme: f"{nommer(rapport)}.{forme}" for forme in retenues}


def nommer(rapport: Rapport | Region) -> str:
    """« rapport-valmarin-2026 », « rapport-regional-2026 » : ASCII, sans signe qu'un système de
    fichiers refuserait."""
    if isinstance(rapport, Region):
        return f"rapport-regional-{rapport.annee}"
    simple = unicodedata.normalize("NFKD", rapport.nom).encode("ascii", "ignore").decode()
    commune = re.sub(r"[^a-z0-9]+", "-", simple.lower()).strip("-")[:60] or "commune"
    return f"rapport-{commune}-{rapport.annee}"
