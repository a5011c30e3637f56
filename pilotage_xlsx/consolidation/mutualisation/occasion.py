"""Une occasion : un groupe de communes, ce qui les réunit, et à qui parler en premier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.participantes import Outil, Participante
from pilotage_xlsx.socle.textes import cle_large

AU_PLUS = 12
"""Les communes nommées dans une ligne ; au-delà, leur nombre, et la feuille « Communes »."""

_DISCRETES = 2
"""Un total d'une seule commune n'en est pas un : ce serait son montant."""


class GenreDOccasion(StrEnum):
    """Les genres d'occasions ; chacun a sa feuille, de ce nom."""

    PRESTATAIRES = "Mêmes prestataires"
    OUTILS = "Mêmes outils"
    ECHEANCES = "Échéances voisines"
    RECUPERATION = "Récupération testée"
    SOLUTIONS = "Solutions possibles"


class Usage(NamedTuple):
    """Un outil, et la commune qui s'en sert."""

    commune: Participante
    outil: Outil


class Contribution(NamedTuple):
    """Ce par quoi une commune est du groupe : un de ses outils, ou un numéro de son classeur.

    ``sait`` : ce qu'elle sait déjà, et que les autres cherchent.
    """

    commune: Participante
    quoi: str
    outil: Outil | None = None
    sait: str = ""


class Interlocutrice(NamedTuple):
    """La commune à qui parler en premier, et pourquoi elle."""

    commune: Participante
    raison: str


class Occasion(NamedTuple):
    """Une ligne par groupe : ``objet`` se lit selon le genre ; ``premiere`` : qui appeler."""

    genre: GenreDOccasion
    objet: tuple[str | date | None, ...]
    parts: tuple[Contribution, ...]
    raison: str
    dernier_jour: date | None
    premiere: Interlocutrice

    @property
    def titre(self) -> str:
        """Ce qui réunit le groupe, en peu de mots : le début de son objet."""
        return " · ".join(str(part) for part in self.objet[:2] if isinstance(part, str) and part)

    @property
    def communes(self) -> tuple[Participante, ...]:
        """Les communes du groupe, par ordre alphabétique."""
        return distinguer(part.commune for part in self.parts)

    @property
    def habitants(self) -> int | None:
        """Les habitants des communes qui les ont inscrits."""
        connus = [une.habitants for une in self.communes if une.habitants is not None]
        return sum(connus) if connus else None

    @property
    def chiffrees(self) -> int:
        """Le nombre de communes qui ont inscrit ce que l'outil leur coûte."""
        return len({id(part.commune) for part in self.parts if _cout(part) is not None})

    @property
    def francs(self) -> float | None:
        """Ce que le groupe paie par an, là où c'est inscrit ; rien si une seule l'a inscrit."""
        if self.chiffrees < _DISCRETES:
            return None
        return round(sum(_cout(part) or 0 for part in self.parts), 2)


def distinguer(participantes: Iterable[Participante]) -> tuple[Participante, ...]:
    """Chaque commune une fois, par ordre alphabétique."""
    uniques = {id(une): une for une in participantes}.values()
    return tuple(sorted(uniques, key=lambda une: (cle_large(une.nom), une.fichier)))


def est_partage(usages: Iterable[Usage]) -> bool:
    """Vrai si ces usages sont d'au moins deux communes."""
    return len({id(usage.commune) for usage in usages}) > 1


def en_parts(usages: Iterable[Usage]) -> tuple[Contribution, ...]:
    """Une part par outil, par ordre de commune puis d'outil."""
    parts = (Contribution(usage.commune, usage.outil.nom, usage.outil) for usage in usages)
    return tuple(sorted(parts, key=lambda part: (cle_large(part.commune.nom), part.quoi)))


def reunir(
    genre: GenreDOccasion,
    objet: tuple[str | date | None, ...],
    parts: tuple[Contribution, ...],
    raison: str,
    au: date,
) -> Occasion:
    """L'occasion de ces parts : son dernier jour commun, s'il est à venir, et qui appeler."""
    jours = [jour for part in parts if (jour := jour_a_venir(part.outil, au)) is not None]
    premiere = _choisir(parts, au)
    return Occasion(genre, objet, parts, raison, min(jours, default=None), premiere)


def jour_a_venir(outil: Outil | None, au: date) -> date | None:
    """Le dernier jour utile de ce contrat ; rien s'il est passé."""
    jour = outil.dernier_jour if outil else None
    return jour if jour is not None and jour >= au else None


def _choisir(parts: tuple[Contribution, ...], au: date) -> Interlocutrice:
    """Celle qui sait déjà ; puis dont le contact est transmis, dont le jour vient le premier."""
    jours = {rang: jour_a_venir(part.outil, au) for rang, part in enumerate(parts)}
    rang = min(
        range(len(parts)),
        key=lambda rang: (
            not parts[rang].sait,
            parts[rang].commune.contact is None,
            jours[rang] or date.max,
            -(parts[rang].commune.habitants or 0),
            cle_large(parts[rang].commune.nom),
        ),
    )
    part, jour = parts[rang], jours[rang]
    raisons = [part.sait] if part.sait else []
    if part.commune.contact:
        raisons.append("contact transmis")
    if jour is not None:
        raisons.append(f"doit agir d'ici au {jour:%d.%m.%Y}")
    return Interlocutrice(part.commune, ", ".join(raisons) or "la plus peuplée du groupe")


def _cout(part: Contribution) -> float | None:
    return part.outil.cout if part.outil else None
