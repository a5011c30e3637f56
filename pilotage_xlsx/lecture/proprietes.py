"""Les propriétés du document : de quel modèle vient le classeur, quand on l'a enregistré.

Abîmées, elles ne disent rien, mais n'empêchent pas de lire le classeur.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from pilotage_xlsx.modele import PROPRIETE, PROPRIETE_DE_PARTAGE
from pilotage_xlsx.modele.porte import PORTE, TEXTE_MAX
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import Paquet, Refus

_PROPRIETES = ("property", "user-defined")
"""L'élément d'une propriété propre, en OOXML et en OpenDocument."""

META = "meta.xml"
"""La partie des propriétés d'un OpenDocument."""

_BOUT_PORTE = motif(rf"{PORTE}-(\d{{1,5}})")
_BOUTS_MAX, _SIGNES_MAX = 50, 200
_ANNEES = range(1970, 2200)
"""Un instant d'une autre année n'est pas celui d'un enregistrement, et son fuseau peut déborder."""


def lire_version(paquet: Paquet) -> tuple[str, str] | None:
    """L'identifiant et la version du modèle, si les propriétés propres du document les portent."""
    partie = _partie(paquet, "custom-properties")

    def est_la_notre(element: str, attributs: Mapping[str, str]) -> bool | None:
        return attributs.get("name") == PROPRIETE if element in _PROPRIETES else None

    match _lire_un_texte(paquet, partie, est_la_notre).split():
        case [modele, version]:
            return modele, version
    return None


def lire_le_partage(paquet: Paquet) -> str | None:
    """À qui un classeur de partage est remis ; rien si c'est celui d'une commune."""
    partie = _partie(paquet, "custom-properties")

    def est_la_notre(element: str, attributs: Mapping[str, str]) -> bool | None:
        est_dite = attributs.get("name") == PROPRIETE_DE_PARTAGE
        return est_dite if element in _PROPRIETES else None

    return _lire_un_texte(paquet, partie, est_la_notre).strip() or None


def lire_le_porte(paquet: Paquet) -> str:
    """Le modèle que porte le classeur, en un texte encore à croire ; vide s'il n'en porte pas.

    Ses bouts se rangent par leur numéro : rien n'oblige un tableur à garder leur ordre. Ce qui
    dépasse la borne, ou suit un XML abîmé, manque : l'empreinte du texte le dira.
    """
    bouts: dict[int, list[str]] = {}
    ouvert: list[str] | None = None
    reste = TEXTE_MAX

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        nonlocal ouvert
        if element in _PROPRIETES:
            trouve = _BOUT_PORTE.fullmatch(attributs.get("name", ""))
            ouvert = bouts.setdefault(int(trouve[1]), []) if trouve else None

    def noter(texte: str) -> None:
        nonlocal reste
        if ouvert is not None and len(texte) <= reste:
            reste -= len(texte)
            ouvert.append(texte)

    partie = _partie(paquet, "custom-properties")
    if partie in paquet:
        with suppress(Refus):
            paquet.analyser(partie, entrer, texte=noter)
    ranges = ("".join(bouts[rang]) for rang in sorted(bouts))
    return "".join("".join(ranges).split())


def lire_modification(paquet: Paquet) -> datetime | None:
    """L'instant du dernier enregistrement (UTC à défaut de fuseau), s'il est inscrit et lisible."""
    partie = _partie(paquet, "core-properties")
    element_voulu = "date" if paquet.est_opendocument else "modified"
    texte = _lire_un_texte(paquet, partie, lambda element, _: element == element_voulu)
    try:
        instant = datetime.fromisoformat(texte.strip())
    except ValueError:
        return None
    if instant.year not in _ANNEES:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _lire_un_texte(
    paquet: Paquet, partie: str, est_voulu: Callable[[str, Mapping[str, str]], bool | None]
) -> str:
    """Le début de ce qui suit les éléments voulus ; ``est_voulu`` rend rien s'il ne change rien."""
    textes: list[str] = []
    ecoute = False

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        nonlocal ecoute
        dit = est_voulu(element, attributs)
        ecoute = ecoute if dit is None else dit

    def noter(texte: str) -> None:
        if ecoute and len(textes) < _BOUTS_MAX:
            textes.append(texte[:_SIGNES_MAX])

    if partie in paquet:
        with suppress(Refus):
            paquet.analyser(partie, entrer, texte=noter)
    return "".join(textes)


def _partie(paquet: Paquet, type_: str) -> str:
    """Où sont ces propriétés ; un nom vide, qui n'est celui d'aucune partie, si elles manquent."""
    return META if paquet.est_opendocument else paquet.cible(type_)
