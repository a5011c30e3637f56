"""Le fichier de correspondances : sous quel nom la personne veut voir chaque prestataire.

Un CSV à deux colonnes au moins, « Écrit » et « Prestataire », tel que la consolidation l'écrit.
Une ligne de même « Prestataire » que d'autres les réunit ; la changer les sépare.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pilotage_xlsx.consolidation.regroupements import ECRIT, RETENU
from pilotage_xlsx.socle.tabulation import denuder
from pilotage_xlsx.socle.textes import cle_large, normaliser


class CorrespondancesIllisibles(Exception):
    """Le fichier ne peut pas servir ; le message dit pourquoi et que faire."""


def lire_correspondances(chemin: Path) -> Mapping[str, str]:
    """Nom écrit → nom à montrer ; une ligne sans l'un des deux ne compte pas.

    Lève `CorrespondancesIllisibles` si le fichier n'a pas les deux colonnes, ou n'est pas un CSV.
    """
    try:
        texte = _decoder(chemin.read_bytes())
        rangees = list(csv.reader(io.StringIO(texte, newline=""), delimiter=_separateur(texte)))
    except (OSError, csv.Error) as faute:
        raise CorrespondancesIllisibles(f"{chemin} ne se lit pas : {faute}.") from None
    entetes = [cle_large(titre) for titre in rangees[0]] if rangees else []
    try:
        ecrit, retenu = (entetes.index(cle_large(nom)) for nom in (ECRIT, RETENU))
    except ValueError:
        raise CorrespondancesIllisibles(
            f"{chemin} n'a pas les colonnes « {ECRIT} » et « {RETENU} » : un nom qui n'existe pas "
            "encore, donné à --correspondances, écrit un fichier à corriger."
        ) from None
    paires = (
        (normaliser(denuder(rangee[ecrit])), normaliser(denuder(rangee[retenu])))
        for rangee in rangees[1:]
        if len(rangee) > max(ecrit, retenu)
    )
    return {ecriture: nom for ecriture, nom in paires if ecriture and nom}


def _decoder(octets: bytes) -> str:
    """Le texte ; un tableur ancien enregistre en Windows-1252."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def _separateur(texte: str) -> str:
    premiere = texte.partition("\n")[0]
    return max(";,\t", key=premiere.count)
