"""Ce qu'une retouche rend : une copie à écrire, relue avec les bornes du lecteur avant d'être dite.

Une copie se lit dans le classeur reçu jusqu'à ce qu'elle soit écrite : elle vit le temps du
``with`` qui la donne.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from pilotage_xlsx.retouche.archive import Archive
from pilotage_xlsx.retouche.classeur import ouvrir_pour_retoucher
from pilotage_xlsx.retouche.empaquetage import Empaqueteur
from pilotage_xlsx.retouche.origine import embarquer, est_intacte, faire_une_place, original
from pilotage_xlsx.socle.entree import EnMemoire, Source
from pilotage_xlsx.socle.paquet import Paquet, abime, creer_analyseur, ouvrir

_EN_XML = (".xml", ".rels")


class Copie(Protocol):
    """Une copie prête à s'écrire."""

    def ecrire(self, sortie: Path) -> None:
        """L'écrit dans ce fichier et l'y relit ; `Refus` si elle ne se relisait pas."""

    def octets(self) -> bytes:
        """Ses octets, relus de même."""


class CopieRetouchee:
    """Le classeur reçu, retouches comprises ; ``embarque`` si l'original voyage avec."""

    def __init__(self, archive: Archive, *, embarque: bool = False) -> None:
        self._archive, self._embarque = archive, embarque
        if embarque:
            faire_une_place(archive)

    def ecrire(self, sortie: Path) -> None:
        """Voir `Copie`."""
        with sortie.open("wb") as flux:
            self._empaqueter(flux)
        self._exiger_lisible(sortie)

    def octets(self) -> bytes:
        """Voir `Copie`."""
        flux = BytesIO()
        self._empaqueter(flux)
        self._exiger_lisible(EnMemoire("", flux.getvalue()))
        return flux.getvalue()

    def _empaqueter(self, flux: BinaryIO) -> None:
        empaqueteur = Empaqueteur(flux)
        self._archive.ecrire(empaqueteur)
        if self._embarque:
            embarquer(empaqueteur, self._archive.paquet)
        empaqueteur.finir()

    def _exiger_lisible(self, sortie: Source) -> None:
        with ouvrir(sortie) as paquet:
            ouvrir_pour_retoucher(paquet)
            for partie in self._archive.changees:
                _relire(paquet, partie)
            if self._embarque:
                _relire_l_original(paquet)


class OriginalRendu:
    """L'original qu'une copie portait."""

    def __init__(self, copie: Paquet) -> None:
        self._copie = copie

    def ecrire(self, sortie: Path) -> None:
        """Voir `Copie`."""
        with sortie.open("wb") as flux:
            flux.writelines(original(self._copie))
        self._exiger_lisible(sortie)

    def octets(self) -> bytes:
        """Voir `Copie`."""
        octets = b"".join(original(self._copie))
        self._exiger_lisible(EnMemoire("", octets))
        return octets

    def _exiger_lisible(self, sortie: Source) -> None:
        with ouvrir(sortie) as paquet:
            ouvrir_pour_retoucher(paquet)


def _relire(paquet: Paquet, partie: str) -> None:
    morceaux = paquet.morceaux(partie)
    if partie.lower().endswith(_EN_XML):
        paquet.nourrir(creer_analyseur(partie), partie, morceaux)
    else:
        for _ in morceaux:
            pass


def _relire_l_original(paquet: Paquet) -> None:
    """La somme de l'archive tient l'original ; l'empreinte, tout le reste."""
    if not est_intacte(paquet):
        raise abime("copie mal écrite")
    for _ in original(paquet):
        pass
