"""Ce que la feuille Contrôle compte, par sorte : à corriger, à remplir, à clarifier.

Une sorte se compte, et se montre par un lien vers sa première cellule.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pilotage_xlsx.metier.etat import FAUTES, SIGNE_AVEU, SIGNE_VIDE
from pilotage_xlsx.socle.typographie import phraser


class Famille(msgspec.Struct, frozen=True):
    """Une sorte de cellules : son titre, la colonne cachée qui la compte, ses signes."""

    titre: str
    technique: str
    signes: str

    @property
    def cherches(self) -> Sequence[str]:
        """Les signes que MATCH distingue : il ne distingue pas « r » de « R »."""
        return [*dict.fromkeys(self.signes.upper())]


A_CORRIGER = Famille("Cellules à corriger", "a_corriger", FAUTES)
NOMS = Famille("dont noms introuvables", "introuvables", "Rr")
A_REMPLIR = Famille("Cellules à remplir", "manquent", SIGNE_VIDE)
A_CLARIFIER = Famille("Points à clarifier", "a_clarifier", SIGNE_AVEU)

SORTES = (A_CORRIGER, NOMS, A_REMPLIR, A_CLARIFIER)

RIEN_D_INSCRIT = phraser("Rien n'est encore inscrit")


def dire_ensemble(lignes: int, comptes: Sequence[int], sans_etat: int = 0) -> str:
    """L'état d'ensemble en une phrase, jumeau de `formuler_ensemble` ; un compte par sorte."""
    corriger, noms, remplir, clarifier = comptes
    parts = [
        _accorder(corriger, "cellule à corriger", "cellules à corriger")
        + (f" (dont {_accorder(noms, 'nom introuvable', 'noms introuvables')})" if noms else ""),
        _accorder(remplir, "cellule à remplir", "cellules à remplir"),
        _accorder(sans_etat, "ligne sans état", "lignes sans état"),
    ]
    dites = [part for part in parts if part]
    points = _accorder(clarifier, "point à clarifier", "points à clarifier")
    if dites:
        return " · ".join([*dites, *([points] if points else [])])
    if not lignes:
        return RIEN_D_INSCRIT
    return f"Complet, avec {points}" if points else "Complet"


def _accorder(combien: int, un: str, plusieurs: str) -> str:
    return f"{combien} {un if combien == 1 else plusieurs}" if combien else ""


def formuler_ensemble(lignes: str, comptes: Sequence[str], sans_etat: str) -> str:
    """La formule de `dire_ensemble`, d'après les cellules de ses nombres."""
    corriger, noms, remplir, clarifier = comptes
    perdus = _accorder_en_formule(noms, "nom introuvable", "noms introuvables")
    dont = f'IF({noms}>0," (dont "&{perdus}&")","")'
    dites = "&".join(
        f'IF({compte}>0," · "&{_accorder_en_formule(compte, un, plusieurs)}{suite},"")'
        for compte, un, plusieurs, suite in (
            (corriger, "cellule à corriger", "cellules à corriger", f"&{dont}"),
            (remplir, "cellule à remplir", "cellules à remplir", ""),
            (sans_etat, "ligne sans état", "lignes sans état", ""),
        )
    )
    points = _accorder_en_formule(clarifier, "point à clarifier", "points à clarifier")
    complet = f'IF({clarifier}>0,"Complet, avec "&{points},"Complet")'
    rien = f'IF({lignes}=0,"{RIEN_D_INSCRIT}",{complet})'
    suite = f'IF({clarifier}>0," · "&{points},"")'
    return f"IF({corriger}+{remplir}+{sans_etat}=0,{rien},MID({dites}&{suite},4,300))"


def _accorder_en_formule(compte: str, un: str, plusieurs: str) -> str:
    return f'{compte}&IF({compte}=1," {un}"," {plusieurs}")'
