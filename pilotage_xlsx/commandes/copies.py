"""Les copies que l'on rend d'un classeur reçu : leur nom, et l'écriture, jamais sur l'original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pilotage_xlsx.commandes.affichage import compter
from pilotage_xlsx.commandes.commun import dire, refuser_d_ecraser
from pilotage_xlsx.commandes.controle import Examine
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer, preparer_dossier
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.typographie import typographier

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
    if dossier is not None:
        preparer_dossier(dossier)
    sorties = nommer(chemins, dossier, ajout)
    for sortie in sorties.values():
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=remplacer)
    return sorties


def annoter_les_copies(
    controles: Iterable[Examine[Any]], sorties: Mapping[Path, Path], du: str, *, remplacer: bool
) -> int:
    """Écrit la copie annotée de chaque classeur lisible qui en a une ; 2 si l'une échoue."""
    lisibles = [c for c in controles if c.est_lisible and c.registre.fichier in sorties]
    if not lisibles:
        return 0
    from pilotage_xlsx.retouche import annoter

    code = 0
    for controle in lisibles:
        chemin = controle.registre.fichier
        bilan = typographier(f"{compter(controle.resume)} · contrôle du {du}")
        try:
            octets = annoter(chemin, controle.constats, bilan)
        except Refus as refus:
            dire(f"{chemin} : pas annoté. {refus}")
            code = 2
            continue
        ecrire_atomique(sorties[chemin], octets, remplacer=remplacer)
        dire(f"{sorties[chemin]} : copie annotée ; commencer par sa feuille « À corriger ».")
    return code


def retirer_les_annotations(sorties: Mapping[Path, Path], *, remplacer: bool) -> int:
    """Écrit chaque classeur sans ses annotations ; 2 si l'un n'en porte aucune, sinon 0."""
    from pilotage_xlsx.retouche import retirer

    code = 0
    for chemin, sortie in sorties.items():
        try:
            octets = retirer(chemin)
        except Refus as refus:
            dire(f"{chemin} : pas lu. {refus}")
            code = 2
            continue
        if octets is None:
            dire(f"{chemin} : ce classeur ne porte aucune annotation, il n'y a rien à retirer.")
            code = 2
            continue
        ecrire_atomique(sortie, octets, remplacer=remplacer)
        dire(f"{sortie} : le classeur sans ses annotations.")
    return code
