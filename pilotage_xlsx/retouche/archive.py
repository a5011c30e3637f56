"""Les parties d'un classeur d'autrui : lues telles quelles, retouchées une à une, réécrites.

Une partie qu'aucune retouche n'a ouverte ressort identique à l'octet. L'archive est lue par
`paquet`, avec ses bornes : ce qui s'y refuse à la lecture n'arrive jamais ici.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from pilotage_xlsx.socle.paquet import Paquet, Refus, abime

Element = Any
"""Un élément lxml, qui n'a pas de types publiés."""

OCTETS_A_RETOUCHER_MAX = 10_000_000
"""Une feuille de plus de trois mille lignes pleines : son arbre prendrait 300 Mo de mémoire."""

_TROP_GRAND = (
    "Le classeur est trop grand pour qu'une copie en soit retouchée. Lire les constats dans la "
    "page du contrôle (--format html), ou supprimer les lignes vides sous les listes."
)
_ANALYSEUR_SUR = {"resolve_entities": False, "no_network": True, "strip_cdata": False}


class Archive:
    """Des parties par nom, casse ignorée (OPC), dans leur ordre ; les ajoutées à la fin."""

    def __init__(self, paquet: Paquet) -> None:
        self._noms = {_cle(nom): nom for nom in paquet.noms}
        self._octets = {cle: b"".join(paquet.morceaux(nom)) for cle, nom in self._noms.items()}
        self._arbres: dict[str, Element] = {}
        self._retouchees: set[str] = set()

    def __contains__(self, partie: str) -> bool:
        return _cle(partie) in self._noms

    @property
    def noms(self) -> tuple[str, ...]:
        """Les noms des parties, tels qu'ils s'écrivent."""
        return tuple(self._noms.values())

    def octets(self, partie: str) -> bytes:
        """Le contenu d'une partie, retouches comprises ; `Refus` si elle manque."""
        cle = _cle(partie)
        if cle in self._retouchees:
            arbre = self._arbres[cle].getroottree()
            declaration = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}
            return bytes(etree.tostring(arbre, **declaration))
        if cle not in self._octets:
            raise abime(f"la partie « {partie} » manque")
        return self._octets[cle]

    def racine(self, partie: str) -> Element:
        """La racine XML d'une partie, à retoucher sur place ; `Refus` si ce n'est pas du XML."""
        racine = self.lire(partie)
        self._retouchees.add(_cle(partie))
        return racine

    def lire(self, partie: str) -> Element:
        """La racine XML d'une partie qu'on ne fait que regarder : elle ressort à l'octet près."""
        cle = _cle(partie)
        if cle not in self._arbres:
            octets = self.octets(partie)
            if len(octets) > OCTETS_A_RETOUCHER_MAX:
                raise Refus("FIC-008", _TROP_GRAND)
            self._arbres[cle] = lire_xml(octets, partie)
        return self._arbres[cle]

    def poser(self, partie: str, octets: bytes) -> None:
        """Ajoute une partie, ou remplace son contenu."""
        self._oublier(_cle(partie))
        self._noms.setdefault(_cle(partie), partie)
        self._octets[_cle(partie)] = octets

    def retirer(self, partie: str) -> None:
        """Enlève une partie."""
        self._oublier(_cle(partie))
        self._noms.pop(_cle(partie), None)
        self._octets.pop(_cle(partie), None)

    def _oublier(self, cle: str) -> None:
        self._arbres.pop(cle, None)
        self._retouchees.discard(cle)

    def nom_libre(self, gabarit: str) -> str:
        """Le premier nom libre d'un gabarit (« xl/tables/pilotage{}.xml »).

        À nous seuls : un nom usuel peut être celui d'une partie qu'un lien attend et qui manque.
        """
        rang = 1
        while gabarit.format(rang) in self:
            rang += 1
        return gabarit.format(rang)

    def enregistrer(self) -> bytes:
        """L'archive entière, toujours la même pour les mêmes parties."""
        sortie = BytesIO()
        with ZipFile(sortie, "w", ZIP_DEFLATED) as archive:
            for nom in self.noms:
                info = ZipInfo(nom)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, self.octets(nom))
        return sortie.getvalue()


def lire_xml(octets: bytes, partie: str) -> Element:
    """La racine d'un XML ; `Refus` s'il est invalide ou porte une DOCTYPE."""
    try:
        racine = etree.fromstring(octets, etree.XMLParser(**_ANALYSEUR_SUR))
    except (etree.XMLSyntaxError, ValueError) as erreur:
        raise abime(f"XML de « {partie} »") from erreur
    if racine is None or racine.getroottree().docinfo.doctype:
        raise abime(f"déclaration interdite dans « {partie} »")
    return racine


def _cle(partie: str) -> str:
    return partie.replace("\\", "/").lstrip("/").lower()
