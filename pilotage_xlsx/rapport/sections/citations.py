"""Dire combien, puis lesquels."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres import du_chapitre
from pilotage_xlsx.metier.mesure import Chapitre
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.mots import DIX, nommer_tous
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre

_AU_PLUS = DIX


def citer_le_chapitre(
    rapport: Rapport, chapitre: Chapitre, *, en_entier: bool = False
) -> tuple[str, ...]:
    """Une phrase par chiffre du chapitre qui se cite ; ``en_entier`` : tous les noms, toujours."""
    return tuple(
        citer(
            chiffre.citation.format(annee=rapport.annee),
            mesure.lignes,
            au_plus=mesure.compte if en_entier else _AU_PLUS,
        )
        for chiffre in du_chapitre(chapitre)
        if chiffre.citation and (mesure := rapport.mesures[chiffre])
    )


def citer(quoi: str, lignes: tuple[Ligne, ...], au_plus: int = _AU_PLUS) -> str:
    """« Nouveaux en 2026 : 2 (Chat, GED). », ou « … : aucun. » ; au-delà de ``au_plus``
    noms, le compte des autres."""
    if not lignes:
        return f"{quoi} : aucun."
    reste = len(lignes) - au_plus
    suite = f" et {nombre(reste)} de plus" if reste > 0 else ""
    return f"{quoi} : {nombre(len(lignes))} ({nommer_tous(lignes[:au_plus])}{suite})."
