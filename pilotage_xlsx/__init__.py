"""pilotage-xlsx : le pilotage numérique d'une petite commune, tenu dans un classeur.

Pour un programme Python : ``import pilotage_xlsx as px``, puis un geste par verbe
(``docs/bibliotheque.md``). Rien de lourd ne se charge avant qu'on s'en serve.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
"""`typing` se charge trop lentement pour n'y prendre que lui : avant `main`, tout est bref."""

if TYPE_CHECKING:
    from typing import Any

    from pilotage_xlsx.consolidation import Consolidation
    from pilotage_xlsx.gestes import GesteImpossible
    from pilotage_xlsx.gestes.annoter import Annote, annoter, retirer
    from pilotage_xlsx.gestes.comparer import comparer
    from pilotage_xlsx.gestes.consolider import consolider, en_fichiers
    from pilotage_xlsx.gestes.corriger import Corrige, corriger
    from pilotage_xlsx.gestes.echeances import EcheancesRendues, echeances
    from pilotage_xlsx.gestes.envoyer import preparer_le_courriel
    from pilotage_xlsx.gestes.fiche import FicheRendue, fiche
    from pilotage_xlsx.gestes.fusionner import Fusionne, fusionner
    from pilotage_xlsx.gestes.generer import Genere, generer
    from pilotage_xlsx.gestes.importer import Importe, Propose, importer, proposer_l_import
    from pilotage_xlsx.gestes.lire import lire
    from pilotage_xlsx.gestes.modele import modele
    from pilotage_xlsx.gestes.mutualiser import Mutualise, mutualiser
    from pilotage_xlsx.gestes.partager import PartageEcrit, partager
    from pilotage_xlsx.gestes.rapport import rapport
    from pilotage_xlsx.gestes.regles import regles
    from pilotage_xlsx.gestes.verifier import verifier
    from pilotage_xlsx.metier.constats import Constat, Gravite
    from pilotage_xlsx.metier.evolution import Evolution
    from pilotage_xlsx.modele import Modele
    from pilotage_xlsx.modele.chargement import ModeleInvalide
    from pilotage_xlsx.registre import Illisible, Ligne, Registre
    from pilotage_xlsx.socle.entree import EnMemoire
    from pilotage_xlsx.verification.regle import FicheDeRegle

__version__ = "0.1.0"
__all__ = [
    "Annote",
    "Consolidation",
    "Constat",
    "Corrige",
    "EcheancesRendues",
    "EnMemoire",
    "Evolution",
    "FicheDeRegle",
    "FicheRendue",
    "Fusionne",
    "Genere",
    "GesteImpossible",
    "Gravite",
    "Illisible",
    "Importe",
    "Ligne",
    "Modele",
    "ModeleInvalide",
    "Mutualise",
    "PartageEcrit",
    "Propose",
    "Registre",
    "__version__",
    "annoter",
    "comparer",
    "consolider",
    "corriger",
    "echeances",
    "en_fichiers",
    "fiche",
    "fusionner",
    "generer",
    "importer",
    "lire",
    "modele",
    "mutualiser",
    "partager",
    "preparer_le_courriel",
    "proposer_l_import",
    "rapport",
    "regles",
    "retirer",
    "verifier",
]

_OU = {
    "Annote": "gestes.annoter",
    "Consolidation": "consolidation",
    "Constat": "metier.constats",
    "Corrige": "gestes.corriger",
    "EcheancesRendues": "gestes.echeances",
    "EnMemoire": "socle.entree",
    "Evolution": "metier.evolution",
    "FicheDeRegle": "verification.regle",
    "FicheRendue": "gestes.fiche",
    "Fusionne": "gestes.fusionner",
    "Genere": "gestes.generer",
    "GesteImpossible": "gestes",
    "Gravite": "metier.constats",
    "Illisible": "registre",
    "Importe": "gestes.importer",
    "Ligne": "registre",
    "Modele": "modele",
    "ModeleInvalide": "modele.chargement",
    "Mutualise": "gestes.mutualiser",
    "PartageEcrit": "gestes.partager",
    "Propose": "gestes.importer",
    "Registre": "registre",
    "en_fichiers": "gestes.consolider",
    "preparer_le_courriel": "gestes.envoyer",
    "proposer_l_import": "gestes.importer",
    "retirer": "gestes.annoter",
}
"""Où vit un nom ; les autres gestes sont dans le module de leur nom."""


class _Paquet(ModuleType):
    """Le paquet, où `px.modele` reste une fonction même une fois chargé le module ``modele``."""

    def __setattr__(self, nom: str, valeur: Any) -> None:
        if nom not in __all__ or not isinstance(valeur, ModuleType):
            super().__setattr__(nom, valeur)


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # un nom inconnu est alors une faute, pour qui contrôle les types

    def __getattr__(nom: str) -> Any:
        """Le geste ou le type de ce nom, chargé à l'usage."""
        if nom not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
        from importlib import import_module  # noqa: PLC0415

        module = import_module(f"{__name__}.{_OU.get(nom, f'gestes.{nom}')}")
        return getattr(module, nom)


sys.modules[__name__].__class__ = _Paquet
