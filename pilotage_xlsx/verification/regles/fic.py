"""FIC : les fiches des refus de lire, que le sol nomme et explique (`socle/paquet/refus.py`)."""

from __future__ import annotations

from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.socle.paquet.refus import CAUSES, DEMESURE, Cause
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.regle import FicheDeRegle

_GRAVITE, _PARAGRAPHE = Gravite.ERREUR, "2"


def _expliquer(cause: Cause) -> FicheDeRegle:
    textes = (_PARAGRAPHE, cause.fait, cause.pourquoi, cause.remede)
    return FicheDeRegle(cause.code, cause.nom, _GRAVITE, *textes, cause.doute)


FICHES: tuple[FicheDeRegle, ...] = tuple(map(_expliquer, CAUSES))


def constater_le_refus(registre: Registre) -> tuple[Constat, ...]:
    """Le constat d'un classeur refusé ; aucun s'il a été lu."""
    refus = registre.refus
    return () if refus is None else (_constater(refus.code, refus.fait, refus.remede, registre),)


def constater_la_demesure(registre: Registre) -> Constat:
    """Le constat d'un classeur qui a trop de fautes pour les dire toutes."""
    return _constater(
        DEMESURE.code,
        "Le classeur a des milliers de fautes ; elles ne sont pas toutes montrées.",
        "Corriger d'abord celles-ci, puis recommencer ; une colonne importée de travers se recopie "
        "en une fois.",
        registre,
    )


def _constater(code: str, fait: str, remede: str, registre: Registre) -> Constat:
    lieu = Emplacement(registre.nom_du_fichier, "", None, None)
    return Constat(code, _GRAVITE, typographier(fait), typographier(remede), _PARAGRAPHE, lieu)
