"""Un classeur par commune : le plus récent ; les autres sont écartés, avec leur raison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.participantes import Participante
from pilotage_xlsx.socle.textes import cle_large

_JAMAIS = datetime.min.replace(tzinfo=UTC)


class Ecartee(NamedTuple):
    """Un classeur laissé de côté, et pourquoi."""

    participante: Participante
    raison: str


def retenir(
    participantes: Iterable[Participante],
) -> tuple[tuple[Participante, ...], tuple[Ecartee, ...]]:
    """Le classeur le plus récent de chaque commune (année du rapport, puis dernière modification).

    Même commune : même nom et même canton. Un même n° OFS sous un autre nom, dans un classeur plus
    ancien, est la même commune avant son changement de nom. Sans nom, chaque classeur compte.
    """
    groupes: dict[tuple[str, str], list[Participante]] = {}
    for rang, une in enumerate(participantes):
        nom = cle_large(une.nom) if une.est_nommee else f"#{rang}"
        groupes.setdefault((nom, une.canton or ""), []).append(une)
    retenues: list[Participante] = []
    ecartees: list[Ecartee] = []
    for groupe in groupes.values():
        *anciennes, derniere = sorted(groupe, key=_anciennete)
        if derniere.est_vide:
            ecartees.append(Ecartee(derniere, "Aucun outil en service n'y est inscrit."))
        else:
            retenues.append(derniere)
        ecartees += [Ecartee(une, _dire(derniere)) for une in anciennes]
    return _renommees(retenues, ecartees)


def _renommees(
    retenues: Sequence[Participante], ecartees: list[Ecartee]
) -> tuple[tuple[Participante, ...], tuple[Ecartee, ...]]:
    """Écarte les communes qui ont changé de nom depuis ; rend tout par ordre alphabétique."""
    dernieres: dict[int, Participante] = {}
    for une in retenues:
        if une.numero_ofs is not None:
            autre = dernieres.setdefault(une.numero_ofs, une)
            if (une.annee or 0) > (autre.annee or 0):
                dernieres[une.numero_ofs] = une
    gardees = []
    for une in retenues:
        derniere = dernieres.get(une.numero_ofs or 0, une)
        if (une.annee or 0) < (derniere.annee or 0):
            ecartees.append(Ecartee(une, f"Même n° OFS que {derniere.nom}. {_dire(derniere)}"))
        else:
            gardees.append(une)
    return tuple(sorted(gardees, key=_rang)), tuple(ecartees)


def _anciennete(une: Participante) -> tuple[int, datetime]:
    return (une.annee or 0, une.modifie or _JAMAIS)


def _dire(derniere: Participante) -> str:
    return f"Un classeur plus récent est retenu : {derniere.fichier}."


def _rang(une: Participante) -> tuple[str, str, str]:
    return (cle_large(une.nom), une.canton or "", une.fichier)
