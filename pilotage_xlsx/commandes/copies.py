"""Les copies que l'on rend d'un classeur reçu : leur nom, et l'écriture, jamais sur l'original."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotage_xlsx.commandes.commun import refuser_d_ecraser
from pilotage_xlsx.commandes.terminal import dire
from pilotage_xlsx.gestes.controle import Examine
from pilotage_xlsx.socle.ecriture import SortieImpossible, balayer, ebaucher, exiger_la_place
from pilotage_xlsx.socle.paquet import Refus

if TYPE_CHECKING:
    from pilotage_xlsx.retouche.copie import Copie
    from pilotage_xlsx.socle.ecriture.dossier import Depot

ANNOTE, CORRIGE, RETIRE = "-annote", "-corrige", "-sans-annotation"
"""Ce qui s'ajoute au nom du classeur."""

_OCTETS_D_UN_NOM = 255

_SANS_L_ORIGINAL = (
    "classeur lourd (des images, sans doute), que la copie annotée n'emporte pas en elle. Gardez "
    "l'original ; --retirer ôtera les annotations une à une."
)


def nommer(chemins: Iterable[Path], dossier: Path | None, ajout: str) -> Mapping[Path, Path]:
    """La sortie de chaque classeur, dans ``dossier`` ou à côté de lui.

    « -2 », « -3 »… distinguent deux classeurs de même nom ; « -annote » ne se répète pas. Un nom
    que le système ne tiendrait plus perd sa fin.
    """
    sorties: dict[Path, Path] = {}
    prises: set[str] = set()
    for chemin in chemins:
        base, rang = chemin.stem.removesuffix(ANNOTE), 1
        sortie = (dossier or chemin.parent) / _abreger(base, f"{ajout}{chemin.suffix}")
        while str(sortie).casefold() in prises:
            rang += 1
            sortie = sortie.with_name(_abreger(base, f"{ajout}-{rang}{chemin.suffix}"))
        prises.add(str(sortie).casefold())
        sorties[chemin] = sortie
    return sorties


def _abreger(base: str, fin: str) -> str:
    """« base » puis « fin », en autant d'octets qu'un nom de fichier en prend."""
    while base and len(os.fsencode(f"{base}{fin}")) > _OCTETS_D_UN_NOM:
        base = base[:-1]
    return f"{base}{fin}"


def preparer_les_copies(
    chemins: Sequence[Path], dossier: Path | None, ajout: str, *, remplacer: bool
) -> Mapping[Path, Path]:
    """Nomme les copies et vérifie, avant tout long travail, qu'elles pourront s'écrire."""
    sorties = nommer(chemins, dossier, ajout)
    refuser_d_ecraser(sorties.values(), chemins)
    if dossier is not None:
        _ouvrir(dossier, remplacer=remplacer).exiger(copie.name for copie in sorties.values())
        return sorties
    for voisin in {copie.parent for copie in sorties.values()}:
        balayer(voisin)
    for copie in sorties.values():
        exiger_la_place(copie, remplacer=remplacer)
    return sorties


class Copiste:
    """Dépose une copie annotée de chaque classeur à son tour ; s'emploie avec ``with``.

    ``code`` : 2 dès qu'un classeur n'a pas pu être annoté, les autres l'étant quand même ; un
    disque plein, lui, arrête les copies, et se dit une fois.
    """

    def __init__(self, copies: Mapping[Path, Path], du: date, *, remplacer: bool) -> None:
        self._copies, self._du = copies, du
        dossiers = {copie.parent for copie in copies.values()}
        self._depot = _ouvrir(dossiers.pop(), remplacer=remplacer) if dossiers else None
        self._est_en_panne = False
        self.code = 0

    def __enter__(self) -> Copiste:
        return self

    def __exit__(self, *sortie: Any) -> None:
        if self._depot is not None:
            self._depot.__exit__(*sortie)

    def copier(self, examine: Examine[Any]) -> None:
        """La copie annotée de ce classeur, s'il est lisible et s'il en faut une."""
        chemin = examine.registre.fichier
        copie = self._copies.get(chemin)
        if self._depot is None or copie is None or not examine.est_lisible or self._est_en_panne:
            return
        try:
            _annoter(examine, self._depot, copie, self._du)
        except (Refus, SortieImpossible) as faute:
            dire(f"{chemin} : pas annoté. {faute}")
            self._est_en_panne = isinstance(faute, SortieImpossible)
            self.code = 2
        else:
            dire(f"{copie} : copie annotée ; commencer par sa feuille « À corriger ».")


def retirer_les_annotations(
    sorties: Mapping[Path, Path], dossier: Path | None, *, remplacer: bool
) -> int:
    """Écrit chaque classeur sans ses annotations ; 2 si l'un n'en porte aucune, sinon 0.

    Dans ``dossier``, parmi ce qui s'y trouve, ou sous son nom à côté de la copie annotée.
    """
    if dossier is None:
        return _retirer(sorties, partial(_ecrire_a_cote, remplacer=remplacer))
    with _ouvrir(dossier, remplacer=remplacer) as depot:
        return _retirer(sorties, partial(_deposer, depot))


def _ecrire_a_cote(sortie: Path, copie: Copie, chemin: Path, *, remplacer: bool) -> None:
    with ebaucher(sortie, remplacer=remplacer, sources=[chemin]) as brouillon:
        copie.ecrire(brouillon)


def _deposer(depot: Depot, sortie: Path, copie: Copie, chemin: Path) -> None:
    with depot.ebaucher(sortie.name, [chemin]) as brouillon:
        copie.ecrire(brouillon)
    depot.poser()


def _retirer(sorties: Mapping[Path, Path], ecrire: Callable[[Path, Copie, Path], None]) -> int:
    from pilotage_xlsx.retouche import retirer

    code = 0
    for chemin, sortie in sorties.items():
        try:
            with retirer(chemin) as copie:
                if copie is not None:
                    ecrire(sortie, copie, chemin)
                est_annotee = copie is not None
        except (Refus, SortieImpossible) as faute:
            dire(f"{chemin} : pas lu. {faute}" if isinstance(faute, Refus) else str(faute))
            code = 2
            continue
        if not est_annotee:
            dire(f"{chemin} : ce classeur ne porte aucune annotation, il n'y a rien à retirer.")
            code = 2
        else:
            dire(f"{sortie} : le classeur sans ses annotations.")
    return code


def _ouvrir(dossier: Path, *, remplacer: bool) -> Depot:
    from pilotage_xlsx.socle.ecriture.dossier import Depot

    return Depot(dossier, "verifier", remplacer=remplacer)


def _annoter(examine: Examine[Any], depot: Depot, sortie: Path, du: date) -> None:
    from pilotage_xlsx import retouche
    from pilotage_xlsx.gestes.annoter import dire_l_annotee

    chemin, dit = examine.registre.fichier, dire_l_annotee(examine.resume, examine.questions, du)
    with retouche.annoter(chemin, examine.constats, dit) as annotee:
        if not annotee.porte_l_original:
            dire(f"{chemin} : {_SANS_L_ORIGINAL}")
        _deposer(depot, sortie, annotee.copie, chemin)
