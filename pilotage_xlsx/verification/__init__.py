"""Vérifier : d'un registre à ses constats. Les règles sont dans `catalogue`, une famille par fichier.

Ne lit rien, ne charge rien de lourd, et ne lève jamais d'exception pour ce qu'un classeur contient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pilotage_xlsx.constats import Constat
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.verification.catalogue import PAR_CLASSEUR
from pilotage_xlsx.verification.constatation import constater
from pilotage_xlsx.verification.fichiers import constater_le_refus
from pilotage_xlsx.verification.regle import Fait, Fiche, Regle, S

Vu = tuple[Fiche, Fait]


def verifier(registre: Registre, modele: Modele, au: date) -> tuple[Constat, ...]:
    """Les constats d'un classeur au jour ``au``, les plus graves d'abord ; le refus s'il y en a un."""
    if registre.refus is not None:
        return constater_le_refus(registre)
    vus = _observer(PAR_CLASSEUR, Liens(modele, registre, au))
    executif = registre.commune.texte("executif_nom")
    return _ordonner(constater(fiche, fait, modele, executif) for fiche, fait in _trier(vus))


def _observer(regles: Iterable[Regle[S]], sujet: S) -> tuple[Vu, ...]:
    return tuple((regle.fiche, fait) for regle in regles for fait in regle(sujet))


def _trier(vus: tuple[Vu, ...]) -> Iterator[Vu]:
    """Écarte ce qu'un autre constat remplace : à la même cellule, ou sur toute la ligne."""
    remplaces = {(code, fait.lieu) for fiche, fait in vus for code in fiche.supplante}
    seules = {_ligne(fait.lieu): fiche.code for fiche, fait in vus if fiche.est_seule}
    for fiche, fait in vus:
        if (fiche.code, fait.lieu) in remplaces:
            continue
        if seules.get(_ligne(fait.lieu), fiche.code) == fiche.code:
            yield fiche, fait


def _ligne(lieu: Emplacement) -> tuple[str, str, int | None]:
    return (lieu.fichier, lieu.feuille, lieu.ligne)


def _ordonner(constats: Iterable[Constat]) -> tuple[Constat, ...]:
    """Sans répétition, le plus grave d'abord, puis dans l'ordre des feuilles."""
    uniques = {(c.regle, c.lieu, c.message): c for c in constats}
    return tuple(sorted(uniques.values(), key=lambda constat: constat.cle_de_tri))
