"""Le chantier : construire une fois ce qui a changé, un seul à la fois."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outils.navigateur import bibliotheque, pieces, produits
from outils.navigateur.bibliotheque import ICI, RACINE

DIST = RACINE / "dist"
_RESERVE, _EMPREINTE, _SERRURE = "reserve", "navigateur.sha256", "navigateur.serrure"


class Chantier:
    """Le dossier où naissent les produits, et d'où viennent les pièces déjà apportées."""

    def __init__(self, dist: Path) -> None:
        self.dist = dist

    def construire(self) -> dict[str, int]:
        """La taille de chaque produit, construit s'il n'est pas à jour."""
        self.dist.mkdir(parents=True, exist_ok=True)
        with self._seul():
            empreinte = _empreinte_des_sources()
            temoin = self.dist / _EMPREINTE
            if not temoin.is_file() or temoin.read_text("utf-8") != empreinte:
                temoin.unlink(missing_ok=True)
                self._ecrire(self.batir())
                temoin.write_text(empreinte, "utf-8")
            return {nom: (self.dist / nom).stat().st_size for nom in self._noms()}

    def batir(self) -> dict[str, bytes]:
        """Les produits, en octets."""
        verrou = pieces.lire_le_verrou()
        apportees = pieces.apporter(verrou, self.dist / _RESERVE)
        biblio = bibliotheque.batir(verrou, apportees)
        return produits.assembler(biblio, verrou, apportees[verrou.typst.nom].read_bytes())

    def comparer(self) -> list[str]:
        """Les fichiers qu'une seconde construction ne redonne pas à l'octet."""
        self.construire()
        rebatis = self.batir()
        ecrits = {nom: (self.dist / nom).read_bytes() for nom in self._noms()}
        return sorted(n for n in rebatis.keys() | ecrits if rebatis.get(n) != ecrits.get(n))

    def _ecrire(self, fichiers: dict[str, bytes]) -> None:
        for nom in set(self._noms()) - fichiers.keys():
            (self.dist / nom).unlink()
        for nom, octets in fichiers.items():
            chemin = self.dist / nom
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_bytes(octets)

    def _noms(self) -> list[str]:
        seuls = [nom for nom in produits.BORNES if (self.dist / nom).is_file()]
        dossier = (self.dist / produits.A_HEBERGER).rglob("*")
        heberges = (f.relative_to(self.dist).as_posix() for f in dossier if f.is_file())
        return [*seuls, *sorted(heberges)]

    @contextmanager
    def _seul(self) -> Iterator[None]:
        """Attend que nul autre ne construise ici."""
        with (self.dist / _SERRURE).open("w") as serrure:
            if os.name == "posix":
                import fcntl

                fcntl.flock(serrure, fcntl.LOCK_EX)
            yield


def _empreinte_des_sources() -> str:
    """De tout ce dont les produits dépendent : le paquet, le modèle, cet outil, les essais."""
    somme = hashlib.sha256()
    for dossier in (RACINE / "pilotage_xlsx", RACINE / "modeles", ICI, RACINE / "exemples"):
        for fichier in sorted(dossier.rglob("*")):
            if fichier.is_file() and "__pycache__" not in fichier.parts:
                somme.update(f"{fichier.relative_to(RACINE).as_posix()}\n".encode())
                somme.update(hashlib.sha256(fichier.read_bytes()).digest())
    return somme.hexdigest()
