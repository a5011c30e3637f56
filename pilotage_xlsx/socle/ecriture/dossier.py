"""Déposer des fichiers dans un dossier, parmi ce qui s'y trouve, sans toucher à rien d'autrui.

L'ordre tient à tout moment où l'on serait tué : les brouillons d'abord, puis l'annonce au
manifeste, puis chaque fichier à sa place, puis ce qui n'est plus produit, enlevé.

>>> from pilotage_xlsx.socle.ecriture.atelier import ouvrir_un_atelier
>>> with ouvrir_un_atelier() as atelier:
...     with Depot(atelier, "rapport", remplacer=False) as depot:
...         depot.deposer("page.html", b"Bonjour")
...     sorted(fichier.name for fichier in atelier.iterdir())
['.pilotage-xlsx.jsonl', 'page.html']
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import TracebackType

from pilotage_xlsx.socle.ecriture import manifeste
from pilotage_xlsx.socle.ecriture.brouillons import Brouillon, balayer
from pilotage_xlsx.socle.ecriture.droits import choisir_les_droits
from pilotage_xlsx.socle.ecriture.fautes import SortieImpossible, expliquer_les_pannes
from pilotage_xlsx.socle.ecriture.manifeste import Inscription, est_nu, prendre_l_empreinte


class _Place(Enum):
    """Ce qu'il y a là où un fichier doit aller, et pourquoi le remplacer se refuse."""

    LIBRE = ""
    A_NOUS = "existe déjà"
    CHANGEE = "quelqu'un l'a changé depuis que le programme l'a écrit"
    ETRANGERE = "rien ne dit que le programme l'a écrit"
    AUTRE = "ce n'est pas un fichier ordinaire"


class Depot:
    """Les fichiers qu'une commande dépose dans un dossier ; s'emploie avec ``with``.

    ``par`` : la commande. ``remplacer`` : ce que le manifeste connaît et que personne n'a changé
    peut l'être ; le reste ne l'est jamais. Ce qui n'a pas été posé à la sortie est abandonné.
    """

    def __init__(self, dossier: Path, par: str, *, remplacer: bool) -> None:
        self.dossier = dossier
        self._par = par
        self._remplacer = remplacer
        self._ebauches: dict[str, tuple[Brouillon, Sequence[Path]]] = {}
        self._poses: dict[str, Inscription] = {}
        self._oublies: set[str] = set()
        self._crees: list[Path] = []

    def __enter__(self) -> Depot:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._abandonner()
        if not self._poses:
            self._defaire_les_dossiers()
        elif genre is None:
            self._conclure()

    @cached_property
    def _connues(self) -> dict[str, Inscription]:
        """Le manifeste, lu une fois ; ce qui est annoncé ensuite s'y ajoute."""
        balayer(self.dossier)
        return manifeste.lire(self.dossier)

    def exiger(self, noms: Iterable[str]) -> None:
        """`SortieImpossible` si l'un de ces noms est pris par ce qui ne doit pas être remplacé."""
        with expliquer_les_pannes(self.dossier):
            self._exiger_un_dossier()
            places = {_exiger_un_nom(nom): self._examiner(nom) for nom in noms}
        for place in (_Place.AUTRE, _Place.ETRANGERE, _Place.CHANGEE, _Place.A_NOUS):
            pris = [nom for nom in places if places[nom] is place]
            if pris and not (place is _Place.A_NOUS and self._remplacer):
                raise SortieImpossible(self._refuser(place, pris))

    @property
    def ebauches(self) -> tuple[str, ...]:
        """Les noms des brouillons prêts, pas encore posés."""
        return tuple(self._ebauches)

    @contextmanager
    def ebaucher(self, nom: str, sources: Iterable[Path] = ()) -> Iterator[Path]:
        """Un brouillon à remplir pour ce nom ; ``sources`` : ce dont il est tiré (ses droits)."""
        with expliquer_les_pannes(self.dossier / nom):
            self._exiger_un_dossier()
            self._creer_le_dossier()
            brouillon = Brouillon(self.dossier / _exiger_un_nom(nom))
            self._ebauches[nom] = (brouillon, tuple(sources))
            try:
                yield brouillon.chemin
            except BaseException:
                self._abandonner()
                raise

    def deposer(self, nom: str, octets: bytes, sources: Iterable[Path] = ()) -> None:
        """Un fichier d'un coup : écrit, puis posé."""
        with self.ebaucher(nom, sources) as brouillon:
            brouillon.write_bytes(octets)
        self.poser()

    def poser(self) -> None:
        """Met chaque brouillon à sa place, si aucune ne s'y refuse ; sinon, les abandonne."""
        try:
            self.exiger(self._ebauches)
            annonces = self._annoncer()
            for nom, (brouillon, sources) in tuple(self._ebauches.items()):
                with expliquer_les_pannes(self.dossier / nom):
                    brouillon.poser(choisir_les_droits(brouillon.cible, sources))
                del self._ebauches[nom]
                self._poses[nom] = annonces[nom]
        finally:
            self._abandonner()

    def enlever_le_reste(self, est_un_des_notres: Callable[[str], bool]) -> tuple[Path, ...]:
        """Enlève ce que la même commande a écrit là et ne produit plus, parmi ces noms.

        Rend ce qui reste parce que quelqu'un l'a changé : ce n'est plus à nous. Sans ``remplacer``,
        n'enlève rien.
        """
        if not self._remplacer:
            return ()
        poses = {_identifier(self.dossier / nom) for nom in self._poses}
        restes = []
        for nom, inscription in self._connues.items():
            chemin = self.dossier / nom
            if inscription.par != self._par or nom in self._poses or not est_un_des_notres(nom):
                continue
            with expliquer_les_pannes(chemin):
                if _identifier(chemin) in poses:
                    pass  # le même fichier sous une autre casse
                elif self._examiner(nom) is _Place.A_NOUS:
                    chemin.unlink(missing_ok=True)
                elif os.path.lexists(chemin):
                    restes.append(chemin)
            self._oublies.add(nom)
        return tuple(restes)

    def _examiner(self, nom: str) -> _Place:
        chemin = self.dossier / nom
        try:
            etat = chemin.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return _Place.LIBRE
        if not stat.S_ISREG(etat.st_mode):
            return _Place.AUTRE
        if nom not in self._connues:
            return _Place.ETRANGERE
        est_intact = prendre_l_empreinte(chemin) in self._connues[nom].empreintes
        return _Place.A_NOUS if est_intact else _Place.CHANGEE

    def _refuser(self, place: _Place, noms: Sequence[str]) -> str:
        autres = f" (et {len(noms) - 1} de plus)" if len(noms) > 1 else ""
        debut = f"{self.dossier / noms[0]}{autres} : {place.value}."
        if place is _Place.A_NOUS:
            return (
                f"{debut} Choisissez un autre dossier, ou ajoutez --force pour remplacer ce que le "
                "programme a écrit là."
            )
        return (
            f"{debut} Ce ne sera pas remplacé, même avec --force, et rien n'est écrit : choisissez "
            "un autre dossier, ou rangez d'abord ailleurs ce qui est là."
        )

    def _exiger_un_dossier(self) -> None:
        dossier = self.dossier
        if dossier.is_symlink() and not dossier.exists():
            raise SortieImpossible(f"{dossier} est un lien qui ne mène nulle part.")
        existants = (d for d in (dossier, *dossier.absolute().parents) if d.exists())
        existant = next(existants, None)
        if existant is None:
            raise SortieImpossible(f"Le disque de {dossier} n'est pas là : choisissez un dossier.")
        if not existant.is_dir():
            raise SortieImpossible(f"{existant} est un fichier : indiquez un dossier.")

    def _creer_le_dossier(self) -> None:
        absents = [d for d in (self.dossier, *self.dossier.parents) if not d.exists()]
        for dossier in reversed(absents):
            dossier.mkdir(exist_ok=True)
            self._crees.append(dossier)

    def _defaire_les_dossiers(self) -> None:
        """Les dossiers que nous venons de créer, s'ils sont restés vides."""
        for dossier in reversed(self._crees):
            try:
                dossier.rmdir()
            except OSError:
                return

    def _annoncer(self) -> Mapping[str, Inscription]:
        """La première annonce réécrit le manifeste (une ligne coupée part), les autres suivent."""
        with expliquer_les_pannes(self.dossier):
            annonces = {
                nom: Inscription(self._par, frozenset({prendre_l_empreinte(brouillon.chemin)}))
                for nom, (brouillon, _) in self._ebauches.items()
            }
            for nom, (par, empreintes) in annonces.items():
                avant = self._connues[nom].empreintes if nom in self._connues else frozenset()
                self._connues[nom] = Inscription(par, avant | empreintes)
            if self._poses:
                manifeste.ajouter(self.dossier, annonces)
            else:
                sources = [source for _, ici in self._ebauches.values() for source in ici]
                manifeste.ecrire(self.dossier, self._connues, dict.fromkeys(sources))
        return annonces

    def _abandonner(self) -> None:
        while self._ebauches:
            _, (brouillon, _) = self._ebauches.popitem()
            brouillon.abandonner()

    def _conclure(self) -> None:
        """Le manifeste ne garde que ce qui est vraiment là ; relu : d'autres ont pu y écrire."""
        with expliquer_les_pannes(self.dossier / manifeste.NOM):
            restees = {
                nom: inscription
                for nom, inscription in manifeste.lire(self.dossier).items()
                if nom not in self._oublies
            }
            manifeste.ecrire(self.dossier, dict(sorted({**restees, **self._poses}.items())))


def _exiger_un_nom(nom: str) -> str:
    if not est_nu(nom):
        raise SortieImpossible(f"« {nom} » ne peut pas être le nom d'un fichier.")
    return nom


def _identifier(chemin: Path) -> tuple[int, int] | None:
    """Ce qui distingue un fichier d'un autre, même si le système ignore la casse des noms."""
    try:
        etat = chemin.lstat()
    except OSError:
        return None
    return etat.st_dev, etat.st_ino
