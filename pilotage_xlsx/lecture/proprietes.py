"""Les propriétés du document : de quel modèle vient le classeur, quand on l'a enregistré.

Abîmées, elles ne disent rien, mais n'empêchent pas de lire le classeur.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from pilotage_xlsx.modele import PROPRIETE
from pilotage_xlsx.socle.paquet import Paquet, Refus

META = "meta.xml"
"""La partie des propriétés d'un OpenDocument."""


def lire_version(paquet: Paquet) -> tuple[str, str] | None:
    """L'identifiant et la version du modèle, si les propriétés propres du document les portent."""
    partie = _partie(paquet, "custom-properties")
    noms: list[str] = []
    textes: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element in ("property", "user-defined"):
            noms.append(attributs.get("name", ""))

    def noter(texte: str) -> None:
        if noms and noms[-1] == PROPRIETE:
            textes.append(texte)

    _parcourir(paquet, partie, entrer, noter)
    match "".join(textes).split():
        case [modele, version]:
            return modele, version
    return None


def lire_modification(paquet: Paquet) -> datetime | None:
    """L'instant du dernier enregistrement (UTC à défaut de fuseau), s'il est inscrit et lisible."""
    partie = _partie(paquet, "core-properties")
    element_voulu = "date" if paquet.est_opendocument else "modified"
    ouverts: list[str] = []
    textes: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:  # noqa: ARG001
        ouverts.append(element)

    def noter(texte: str) -> None:
        if ouverts[-1:] == [element_voulu]:
            textes.append(texte)

    _parcourir(paquet, partie, entrer, noter)
    try:
        instant = datetime.fromisoformat("".join(textes).strip())
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _parcourir(
    paquet: Paquet,
    partie: str,
    entrer: Callable[[str, Mapping[str, str]], None],
    noter: Callable[[str], None],
) -> None:
    if partie in paquet:
        with suppress(Refus):
            paquet.analyser(partie, entrer, texte=noter)


def _partie(paquet: Paquet, type_: str) -> str:
    """Où sont ces propriétés ; un nom vide, qui n'est celui d'aucune partie, si elles manquent."""
    return META if paquet.est_opendocument else paquet.cible(type_)
