"""Un classeur en JSON, tel que ``generer --depuis`` l'accepte, secrets masqués."""

from __future__ import annotations

from typing import Any

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.registre.donnees import en_donnees
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.document import encoder

DONNEES = "donnees"
"""Le nom sous lequel ce JSON se range au rayon, à côté des feuilles."""


def en_json(registre: Registre, modele: Modele) -> bytes:
    """Le contenu d'un classeur en JSON, en UTF-8 (voir `donnees.en_donnees`)."""
    document = _masquer(en_donnees(registre, modele))
    return encoder(document, retrait=1)


def _masquer(donnee: Any) -> Any:
    match donnee:
        case str():
            return masquer(donnee)
        case dict():
            return {cle: _masquer(valeur) for cle, valeur in donnee.items()}
        case list():
            return [_masquer(valeur) for valeur in donnee]
        case _:
            return donnee
