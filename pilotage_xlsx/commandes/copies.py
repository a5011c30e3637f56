"""Les copies que l'on rend d'un classeur reçu : leur nom, et l'écriture, jamais sur l'original."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotage_xlsx.commandes.affichage import compter
from pilotage_xlsx.commandes.commun import dire, refuser_d_ecraser
from pilotage_xlsx.commandes.controle import Controle
from pilotage_xlsx.socle.ecriture import (
    SortieImpossible,
    balayer,
    ecrire_atomique,
    exiger_la_place,
)
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.typographie import typographier

if TYPE_CHECKING:
    from pilotage_xlsx.socle.ecriture.dossier import Depot

ANNOTE, CORRIGE, RETIRE = "-annote", "-corrige", "-sans-annotation"
"""Ce qui s'ajoute au nom du classeur."""


def nommer(chemins: Iterable[Path], dossier: Path | None, ajout: str) -> Mapping[Path, Path]:
    """La sortie de chaque classeur, dans ``dossier`` ou à côté de lui.

    « -2 », « -3 »… distinguent deux classeurs de même nom ; « -annote » ne se répète pas.
    """
    sorties: dict[Path, Path] = {}
    prises: set[str] = set()
    for chemin in chemins:
        base, rang = chemin.stem.removesuffix(ANNOTE), 1
        sortie = (dossier or chemin.parent) / f"{base}{ajout}{chemin.suffix}"
        while str(sortie).casefold() in prises:
            rang += 1
            sortie = sortie.with_name(f"{base}{ajout}-{rang}{chemin.suffix}")
        prises.add(str(sortie).casefold())
        sorties[chemin] = sortie
    return sorties


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
    """Dépose à son tour la copie annotée de chaque classeur ; s'emploie avec ``with``.

    ``code`` : 2 si l'une a échoué ; les autres sont écrites.
    """

    def __init__(self, sorties: Mapping[Path, Path], du: str, *, remplacer: bool) -> None:
        self._sorties, self._du, self._remplacer = sorties, du, remplacer
        self._pile = ExitStack()
        self.code = 0

    def __enter__(self) -> Copiste:
        return self

    def __exit__(self, *faute: Any) -> None:
        self._pile.__exit__(*faute)

    @cached_property
    def _depot(self) -> Depot:
        dossier = next(iter(self._sorties.values())).parent
        return self._pile.enter_context(_ouvrir(dossier, remplacer=self._remplacer))

    def copier(self, controle: Controle) -> None:
        """Annote une copie de ce classeur, s'il est lisible et en a une."""
        chemin = controle.registre.fichier
        if not controle.est_lisible or chemin not in self._sorties:
            return
        copie = self._sorties[chemin]
        try:
            _annoter(controle, self._depot, copie.name, self._du)
        except (Refus, SortieImpossible) as faute:
            dire(f"{chemin} : pas annoté. {faute}")
            self.code = 2
            return
        dire(f"{copie} : copie annotée ; commencer par sa feuille « À corriger ».")


def annoter_les_copies(
    controles: Iterable[Controle], sorties: Mapping[Path, Path], du: str, *, remplacer: bool
) -> int:
    """Dépose la copie annotée de chaque classeur lisible qui en a une ; 2 si l'une échoue."""
    with Copiste(sorties, du, remplacer=remplacer) as copiste:
        for controle in controles:
            copiste.copier(controle)
    return copiste.code


def retirer_les_annotations(
    sorties: Mapping[Path, Path], dossier: Path | None, *, remplacer: bool
) -> int:
    """Écrit chaque classeur sans ses annotations ; 2 si l'un n'en porte aucune, sinon 0.

    Dans ``dossier``, parmi ce qui s'y trouve, ou sous son nom à côté de la copie annotée.
    """
    if dossier is None:
        return _retirer(sorties, partial(_ecrire_a_cote, remplacer=remplacer))
    with _ouvrir(dossier, remplacer=remplacer) as depot:
        return _retirer(
            sorties, lambda copie, octets, chemin: depot.deposer(copie.name, octets, [chemin])
        )


def _ecrire_a_cote(copie: Path, octets: bytes, chemin: Path, *, remplacer: bool) -> None:
    ecrire_atomique(copie, octets, remplacer=remplacer, sources=[chemin])


def _retirer(sorties: Mapping[Path, Path], ecrire: Callable[[Path, bytes, Path], None]) -> int:
    from pilotage_xlsx.retouche import retirer

    code = 0
    for chemin, sortie in sorties.items():
        try:
            octets = retirer(chemin)
            if octets is not None:
                ecrire(sortie, octets, chemin)
        except (Refus, SortieImpossible) as faute:
            dire(f"{chemin} : pas lu. {faute}" if isinstance(faute, Refus) else str(faute))
            code = 2
            continue
        if octets is None:
            dire(f"{chemin} : ce classeur ne porte aucune annotation, il n'y a rien à retirer.")
            code = 2
        else:
            dire(f"{sortie} : le classeur sans ses annotations.")
    return code


def _ouvrir(dossier: Path, *, remplacer: bool) -> Depot:
    from pilotage_xlsx.socle.ecriture.dossier import Depot

    return Depot(dossier, "verifier", remplacer=remplacer)


def _annoter(controle: Controle, depot: Depot, nom: str, du: str) -> None:
    from pilotage_xlsx.retouche import annoter

    chemin = controle.registre.fichier
    bilan = typographier(f"{compter(controle.resume)} · contrôle du {du}")
    depot.deposer(nom, annoter(chemin, controle.constats, bilan), [chemin])
