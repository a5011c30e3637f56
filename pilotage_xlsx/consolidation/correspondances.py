"""Le fichier de correspondances : sous quel nom la personne veut voir chaque prestataire.

Un CSV à deux colonnes au moins, « Écrit » et « Prestataire », tel que la consolidation l'écrit.
Une ligne de même « Prestataire » que d'autres les réunit ; la changer les sépare.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from pilotage_xlsx.consolidation.regroupements import ECRIT, RETENU
from pilotage_xlsx.socle.entree import MIO, EntreeRefusee, lire
from pilotage_xlsx.socle.tabulation import denuder
from pilotage_xlsx.socle.textes import cle_large, en_clair, normaliser
from pilotage_xlsx.socle.typographie import nombre

_FICHIER_MAX, _RANGEES_MAX, _LIGNE_MAX = 16 * MIO, 100_000, 100_000
"""Octets, rangées et signes d'une ligne : dix fois les prestataires du pays entier."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIN = "\x00"
"""Une rangée de plus, qui ne se retrouve seule que si tous les guillemets sont refermés."""


class CorrespondancesIllisibles(Exception):
    """Le fichier ne peut pas servir ; le message dit pourquoi et que faire."""


def lire_correspondances(chemin: Path) -> Mapping[str, str]:
    """Nom écrit → nom à montrer ; une ligne sans l'un des deux ne compte pas.

    Lève `CorrespondancesIllisibles` si le fichier n'a pas les deux colonnes, ou n'est pas un CSV.
    """
    try:
        octets = lire(chemin, _FICHIER_MAX)
    except EntreeRefusee as faute:
        raise CorrespondancesIllisibles(str(faute)) from None
    rangees = _rangees(octets, chemin)
    entetes = [cle_large(titre) for titre in next(rangees, [])]
    try:
        ecrit, retenu = (entetes.index(cle_large(nom)) for nom in (ECRIT, RETENU))
    except ValueError:
        raise CorrespondancesIllisibles(
            f"{chemin} n'a pas les colonnes « {ECRIT} » et « {RETENU} » : donnez "
            "plutôt un nom qui n'existe pas encore, un fichier à corriger s'y écrira."
        ) from None
    paires = (
        (_nommer(rangee[ecrit]), _nommer(rangee[retenu]))
        for rangee in rangees
        if len(rangee) > max(ecrit, retenu)
    )
    return {ecriture: nom for ecriture, nom in paires if ecriture and nom}


def _rangees(octets: bytes, chemin: Path) -> Iterator[list[str]]:
    """Les rangées du CSV, une à une ; un guillemet jamais refermé avalerait les suivantes."""
    lignes = _lignes(octets, chemin)
    premiere = next(lignes, "")
    separateur = max(";,\t", key=premiere.count)
    lecteur = csv.reader(chain((premiere,), lignes, (_FIN,)), delimiter=separateur)
    debut = 1
    try:
        for rang, rangee in enumerate(lecteur):
            if rangee == [_FIN]:
                return
            if rang > _RANGEES_MAX:
                raise CorrespondancesIllisibles(
                    f"{chemin} a plus de {nombre(_RANGEES_MAX)} lignes."
                )
            if rangee and rangee[-1].endswith(_FIN):
                break
            debut = lecteur.line_num + 1
            yield rangee
    except csv.Error:
        pass
    raise CorrespondancesIllisibles(
        f"{chemin} ne se lit plus à partir de la ligne {debut} : un guillemet s'y ouvre et ne se "
        "referme pas. Corrigez cette ligne."
    )


def _lignes(octets: bytes, chemin: Path) -> Iterator[str]:
    """Les lignes du texte, sans jamais le tenir entier en mémoire."""
    texte = io.TextIOWrapper(io.BytesIO(octets), _encodage(octets), "replace", newline="")
    for rang, ligne in enumerate(iter(lambda: texte.readline(_LIGNE_MAX), ""), 1):
        if len(ligne) == _LIGNE_MAX:
            raise CorrespondancesIllisibles(
                f"{chemin} : la ligne {rang} a plus de {nombre(_LIGNE_MAX)} signes, ce n'est pas "
                "un tableau de prestataires."
            )
        yield ligne.replace(_FIN, "")


def _encodage(octets: bytes) -> str:
    """« Texte Unicode » d'Excel est en UTF-16 ; un tableur ancien enregistre en Windows-1252."""
    if octets.startswith(_UTF16):
        return "utf-16"
    try:
        octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _nommer(contenu: str) -> str:
    """Le nom, sans l'apostrophe qui empêche un tableur d'y voir une formule."""
    return normaliser(en_clair(denuder(contenu)))
