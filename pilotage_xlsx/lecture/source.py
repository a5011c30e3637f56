"""D'où viennent les cellules : un classeur OOXML ou OpenDocument, dont la suite ignore lequel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.classeur import FeuilleDuClasseur, lire_classeur
from pilotage_xlsx.lecture.grille import Grille, lire_grille
from pilotage_xlsx.socle.dates import ORIGINE_1900
from pilotage_xlsx.socle.paquet import Paquet


class ClasseurSource(msgspec.Struct, frozen=True):
    """Les feuilles d'un classeur ouvert, et de quoi en lire les ``limite`` premières lignes."""

    feuilles: tuple[FeuilleDuClasseur, ...]
    origine: datetime
    version: tuple[str, str] | None
    modifie: datetime | None
    lire: Callable[[FeuilleDuClasseur, int], Grille]


def lire_source(paquet: Paquet) -> ClasseurSource:
    """La source d'un paquet ; `Refus` s'il est abîmé ou démesuré."""
    if paquet.est_opendocument:
        return _depuis_opendocument(paquet)
    classeur = lire_classeur(paquet)
    fabrique = Fabrique(classeur.textes, classeur.styles_de_date, paquet.budget)
    return ClasseurSource(
        classeur.feuilles,
        classeur.origine,
        classeur.version,
        classeur.modifie,
        partial(lire_grille, paquet, fabrique),
    )


def _depuis_opendocument(paquet: Paquet) -> ClasseurSource:
    """Un OpenDocument tient en une partie : il se lit d'un coup."""
    from pilotage_xlsx.lecture.ods import lire_document  # noqa: PLC0415 — un .xlsx s'en passe

    document = lire_document(paquet)
    grilles = {grille.feuille.nom: grille for grille in document.grilles}
    return ClasseurSource(
        tuple(grille.feuille for grille in document.grilles),
        ORIGINE_1900,
        document.version,
        document.modifie,
        lambda feuille, _: grilles[feuille.nom],
    )
