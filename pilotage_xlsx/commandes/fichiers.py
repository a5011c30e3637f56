"""Les classeurs qu'une ligne de commande désigne : fichiers et dossiers, sans double.

D'un dossier, nos propres sorties sont laissées de côté, et dites. Celles que leur nom annonce le
sont ici, avant que rien ne se nomme d'après elles ; les autres à la lecture, qui les ouvre de toute
façon. Un classeur nommé est toujours lu.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pilotage_xlsx.commandes.commun import vrai_chemin
from pilotage_xlsx.commandes.copies import ANNOTE, CORRIGE, RETIRE
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.lecture import reconnaitre
from pilotage_xlsx.registre import Sorte
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.verification.phrases import accorder

_CLASSEURS = {".xlsx", ".xlsm", ".ods"}
_AUTRES = {".xls", ".xlsb", ".numbers", ".gsheet", ".fods"}
"""Des classeurs qu'on ne sait pas lire : les taire ferait croire que tout le dossier l'a été."""

_VERROUS = ("~$", ".~lock.", ".")
_ANNOTEE = motif(rf".*{ANNOTE}(-\d{{1,4}})?")
_SUITE = motif(rf"(?P<source>.+?)(?:{CORRIGE}|{RETIRE})(-\d{{1,4}})?")
"""Le nom d'une copie avec laquelle on continue, et celui de son classeur."""

_PRIS = "pris"
_CITES = 5
_ECARTES = {
    Sorte.ANNOTEE: "copies annotées laissées de côté (nommées, elles se lisent)",
    Sorte.REUNION: "consolidations ou rapports laissés de côté",
}


class Recensement(NamedTuple):
    """Les classeurs à lire, chacun une fois, dans l'ordre.

    ``dossiers`` : pour chacun de ceux que personne n'a nommés, le dossier où il fut trouvé.
    """

    chemins: tuple[Path, ...]
    dossiers: Mapping[Path, Path]

    def nomme(self, chemin: Path) -> bool:
        """Vrai si la personne a nommé ce classeur, plutôt que son dossier."""
        return chemin not in self.dossiers

    def intouchables(self, sortie: Path) -> tuple[Path, ...]:
        """Ce qu'on n'écrase jamais : tout, sauf la nôtre, s'y trouvant, que personne n'a nommée."""
        vise = vrai_chemin(sortie)
        notres = (c for c in self.dossiers if vrai_chemin(c) == vise)
        a_nous = {c for c in notres if reconnaitre(c) is Sorte.REUNION}
        return tuple(chemin for chemin in self.chemins if chemin not in a_nous)

    def dossiers_vides(self, ecartes: Iterable[Path]) -> list[Path]:
        """Les dossiers dont tout fut laissé de côté à la lecture."""
        ignores = set(ecartes)
        gardes = {dossier for c, dossier in self.dossiers.items() if c not in ignores}
        return [d for d in dict.fromkeys(self.dossiers.values()) if d not in gardes]


def recenser(
    entrees: Sequence[Path], *, nommes: Iterable[Path] = (), avec_les_annotees: bool = False
) -> Recensement:
    """Chaque classeur une fois, dans l'ordre ; un dossier sans classeur reste lui-même.

    ``nommes`` : d'autres que la personne nomme, par une option. ``avec_les_annotees`` : pour qui
    les cherche.
    """
    par_nom = {vrai_chemin(c) for c in (*entrees, *nommes) if not _est_un_dossier(c)}
    trouves: dict[Path, Path] = {}
    dossiers: dict[Path, Path] = {}
    for entree in entrees:
        if not _est_un_dossier(entree):
            trouves.setdefault(vrai_chemin(entree), entree)
            continue
        for chemin in _trier(entree, par_nom, avec_les_annotees=avec_les_annotees):
            vrai = vrai_chemin(chemin)
            if trouves.setdefault(vrai, chemin) is chemin and vrai not in par_nom:
                dossiers[chemin] = entree
    return Recensement(tuple(trouves.values()), dossiers)


def dire_les_ecartes(recensement: Recensement, ecartes: Mapping[Path, Sorte]) -> None:
    """Une phrase par dossier et par sorte, pour ce que la lecture a laissé de côté."""
    par_lot: dict[tuple[Path, str], list[Path]] = {}
    for chemin, sorte in ecartes.items():
        par_lot.setdefault((recensement.dossiers[chemin], _ECARTES[sorte]), []).append(chemin)
    for (dossier, quoi), laisses in par_lot.items():
        _dire(dossier, quoi, laisses)


def _est_un_dossier(chemin: Path) -> bool:
    return os.path.isdir(chemin)  # noqa: PTH112 — ne lève rien, même pour un nom trop long


def _trier(dossier: Path, par_nom: Container[Path], *, avec_les_annotees: bool) -> list[Path]:
    """Ce qui est à lire d'un dossier, ou lui-même s'il n'a rien ; le reste est dit."""
    trouves = list(_classeurs(dossier))
    voisins = {(chemin.parent, chemin.stem.casefold()) for chemin in trouves}
    tris: dict[str, list[Path]] = {}
    for chemin in trouves:
        raison = _PRIS if vrai_chemin(chemin) in par_nom else _juger(chemin, voisins)
        if avec_les_annotees and raison == _ECARTES[Sorte.ANNOTEE]:
            raison = _PRIS
        tris.setdefault(raison, []).append(chemin)
    pris = tris.pop(_PRIS, [dossier])
    for quoi, laisses in sorted(tris.items()):
        _dire(dossier, quoi, laisses)
    return pris


def _juger(chemin: Path, voisins: Container[tuple[Path, str]]) -> str:
    """Pourquoi un fichier est laissé de côté ; `_PRIS` s'il est pris."""
    if chemin.name.startswith(_VERROUS):
        return "fichiers de verrou ou temporaires laissés de côté"
    if chemin.suffix.lower() in _AUTRES:
        return "classeurs pas lus, à enregistrer d'abord au format .xlsx"
    if _ANNOTEE.fullmatch(chemin.stem) and reconnaitre(chemin) is Sorte.ANNOTEE:
        return _ECARTES[Sorte.ANNOTEE]
    suite = _SUITE.fullmatch(chemin.stem)
    if suite and (chemin.parent, suite["source"].casefold()) in voisins:
        return (
            "copies corrigées ou sans annotation laissées de côté, leur classeur étant là (pour "
            "lire la copie plutôt que lui, les nommer ou ôter l'ancien)"
        )
    return _PRIS


def _dire(dossier: Path, quoi: str, laisses: Sequence[Path]) -> None:
    noms = ", ".join(nommer_le_fichier(chemin.name) for chemin in laisses[:_CITES])
    reste = len(laisses) - _CITES
    autres = f" et {accorder(reste, 'autre')}" if reste > 0 else ""
    dire(f"{dossier} : {quoi} : {noms}{autres}.")


def _classeurs(dossier: Path) -> Iterator[Path]:
    """Les classeurs d'un dossier et de ses sous-dossiers ; un lien vers un dossier n'est pas suivi.

    Un sous-dossier qu'on n'a pas le droit d'ouvrir se dit, les autres se lisent.
    """

    def signaler(faute: OSError) -> None:
        dire(f"{faute.filename} : le dossier ne peut pas être lu. Vérifier qu'on en a le droit.")

    for racine, sous_dossiers, noms in os.walk(dossier, onerror=signaler):
        sous_dossiers.sort()
        for nom in sorted(noms):
            if Path(nom).suffix.lower() in _CLASSEURS | _AUTRES or nom.startswith(_VERROUS[:2]):
                yield Path(racine, nom)
