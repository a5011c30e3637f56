"""Parcourir au plus vite le XML d'une grande partie : le lecteur reçoit les noms entiers.

L'espace de noms est celui de la racine, transitoire ou strict : le lecteur compare ensuite des
noms complets, sans les découper à chaque cellule.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.parsers.expat import XMLParserType

from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import PROFONDEUR_MAX, Paquet, abime, creer_analyseur, demesure

ENCODAGE_AUTRE = motif(rb"""<\?xml[^<>]*encoding=["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
"""Une partie qui s'annonce dans un autre codage que l'UTF-8 ne prend pas de chemin court."""


_DECLARATION, _RARES_MAX = b"<?xml", 2_000

_PAR_NUMERO = motif("&#([0-9]{3,7});")

_BOUTS_MAX, DEBUT_GARDE = 64, 1 << 18
"""Le début d'un texte, plus long que ne peut tenir une cellule, même tout écrit ``_xHHHH_``."""


class Lecteur(ABC):
    """Ce que partagent les lecteurs : la profondeur, et les morceaux du texte courant.

    `commencer` branche sur l'analyseur ``self.morceaux.append`` : aucun appel Python par texte.
    """

    def __init__(self, partie: str) -> None:
        self.partie = partie
        self.profondeur = 1
        self.morceaux: list[str] = []

    def alleger(self) -> None:
        """Entre deux morceaux du fichier : d'un texte sans fin, seul le début se garde."""
        alleger(self.morceaux)

    @abstractmethod
    def commencer(self, espace: str, analyseur: XMLParserType) -> None:
        """Prend la main sur l'analyseur, une fois la racine reconnue."""

    def descendre(self) -> None:
        """Compte un niveau de plus ; `Refus` si l'imbrication est démesurée."""
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAX:
            raise demesure(f"imbrication de « {self.partie} »")


def parcourir(
    paquet: Paquet,
    partie: str,
    racine: str,
    lecteur: Lecteur,
    morceaux: Iterable[bytes] | None = None,
) -> None:
    """Fait lire une partie, ou ces ``morceaux`` d'elle ; `Refus` si sa racine est une autre."""
    analyseur = creer_analyseur(partie)

    def reconnaitre(nom: str, _: object) -> None:
        espace = nom.removesuffix(racine)
        if espace == nom:
            raise abime(f"« {partie} » n'est pas ce qu'elle annonce")
        lecteur.commencer(espace, analyseur)

    analyseur.StartElementHandler = reconnaitre
    donnes = paquet.morceaux(partie) if morceaux is None else morceaux
    paquet.nourrir(analyseur, partie, _en_allegeant(lecteur, donnes))


def _en_allegeant(lecteur: Lecteur, morceaux: Iterable[bytes]) -> Iterator[bytes]:
    for morceau in morceaux:
        yield morceau
        lecteur.alleger()


def alleger(bouts: list[str], liant: str = "") -> None:
    """Réduit les bouts d'un texte à son début s'ils sont nombreux : la suite ne se gardera pas."""
    if len(bouts) > _BOUTS_MAX:
        bouts[:] = [liant.join(bouts)[:DEBUT_GARDE]]


def a_du_xml_rare(tampon: bytes) -> bool:
    """Vrai s'il y a un commentaire ou un CDATA : ce qui ressemble à une ligne n'en est plus une."""
    return _ouvre(tampon, b"!", 0) or _ouvre(tampon, b"?", len(_DECLARATION))


def _ouvre(tampon: bytes, signe: bytes, depuis: int) -> bool:
    """Vrai si une balise commence par ce signe.

    Chercher un octet est cent fois plus rapide que d'en chercher deux : on va de l'un à l'autre,
    tant qu'il est rare.
    """
    for _ in range(_RARES_MAX):
        ou = tampon.find(signe, depuis)
        if ou < 0:
            return False
        if tampon[ou - 1 : ou] == b"<":
            return True
        depuis = ou + 1
    return tampon.find(b"<" + signe, depuis - 1) >= 0


def en_toutes_lettres(xml: str) -> str:
    """Le même XML, ses signes hors de l'ASCII écrits tels quels (« &#233; » : openpyxl, lxml)."""
    return _PAR_NUMERO.sub(lambda trouve: _signe(trouve[1]), xml) if "&#" in xml else xml


@lru_cache(maxsize=1_000)
def _signe(numero: str) -> str:
    """Le signe de ce numéro ; sa référence telle quelle, s'il est réservé ou n'en est pas un."""
    rang = int(numero)
    est_un_signe = 0xA0 <= rang < 0xD800 or 0xE000 <= rang < 0xFFFE or 0x10000 <= rang < 0x110000
    return chr(rang) if est_un_signe else f"&#{numero};"
