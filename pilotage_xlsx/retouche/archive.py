"""Les parties d'un classeur d'autrui : lues au besoin, retouchées une à une, les autres recopiées.

Une partie qu'aucune retouche n'a ouverte passe telle quelle, comprimée, du fichier à la copie, et
de même ce qui n'est pas une partie. L'archive est lue par `paquet`, avec ses bornes : ce qui s'y
refuse à la lecture n'arrive jamais ici.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from pilotage_xlsx.retouche.empaquetage import (
    Comprime,
    Empaqueteur,
    comprimer,
    fiche_de,
    fiche_neuve,
)
from pilotage_xlsx.socle.paquet import TOTAL_MAX, Paquet, abime, trop_grand

Element = Any
"""Un élément lxml, qui n'a pas de types publiés."""

OCTETS_A_RETOUCHER_MAX = 10_000_000
"""Une feuille de plus de trois mille lignes pleines."""

ARBRES_MAX = 220_000_000
"""Les octets que prennent ensemble les arbres ouverts, comme `_peser` les estime."""

_ANALYSEUR_SUR = {"resolve_entities": False, "no_network": True, "strip_cdata": False}


class Archive:
    """Des parties par nom, casse ignorée (OPC), dans leur ordre ; les ajoutées à la fin."""

    def __init__(self, paquet: Paquet) -> None:
        self.paquet = paquet
        self._recues = {_cle(nom): nom for nom in paquet.noms}
        self._tailles = {_cle(e.filename): e.file_size for e in paquet.brut.entrees}
        self._noms = dict(self._recues)
        self._neuves: dict[str, Comprime] = {}
        self._arbres: dict[str, Element] = {}
        self._poids: dict[str, int] = {}
        self._retouchees: set[str] = set()
        self.liens: dict[str, Any] = {}
        """Les liens déjà lus, par partie source : c'est `liens` qui les tient."""

    def __contains__(self, partie: str) -> bool:
        return _cle(partie) in self._noms

    @property
    def noms(self) -> tuple[str, ...]:
        """Les noms des parties, tels qu'ils s'écrivent."""
        return tuple(self._noms.values())

    @property
    def changees(self) -> tuple[str, ...]:
        """Les parties retouchées ou ajoutées."""
        touchees = self._retouchees | self._neuves.keys()
        return tuple(nom for cle, nom in self._noms.items() if cle in touchees)

    def octets(self, partie: str) -> bytes:
        """Le contenu d'une partie, retouches comprises ; `Refus` si elle manque ou est énorme."""
        morceaux, lus = [], 0
        for morceau in self._morceaux(partie):
            morceaux.append(morceau)
            lus += len(morceau)
            if lus > OCTETS_A_RETOUCHER_MAX:
                raise trop_grand()
        return b"".join(morceaux)

    def fenetres(self, partie: str, recouvrement: int) -> Iterator[bytes]:
        """Le contenu d'une partie, quelle que soit sa taille, par morceaux qui se recouvrent."""
        reste = b""
        for morceau in self._morceaux(partie):
            yield reste + morceau
            reste = (reste + morceau)[-recouvrement:]

    def est_trop_grande(self, partie: str) -> bool:
        """Vrai si la partie reçue dit dépasser ce qui se retouche."""
        return self._tailles.get(_cle(partie), 0) > OCTETS_A_RETOUCHER_MAX

    def contient(self, partie: str, marque: bytes) -> bool:
        """Vrai si ces octets sont dans la partie, quelle que soit sa taille."""
        return any(marque in fenetre for fenetre in self.fenetres(partie, len(marque)))

    def racine(self, partie: str, attendue: str) -> Element:
        """La racine XML d'une partie, à retoucher sur place ; `Refus` si elle n'a pas ce nom."""
        racine = self.lire(partie)
        if racine.tag.rpartition("}")[2] != attendue:
            raise abime(f"« {partie} » ne contient pas ce qu'annonce son nom")
        self._retouchees.add(_cle(partie))
        return racine

    def lire(self, partie: str) -> Element:
        """La racine XML d'une partie qu'on ne fait que regarder : elle ressort à l'octet près."""
        cle = _cle(partie)
        if cle not in self._arbres:
            octets = self.octets(partie)
            self._poids[cle] = _peser(octets)
            if sum(self._poids.values()) > ARBRES_MAX:
                raise trop_grand()
            self._arbres[cle] = lire_xml(octets, partie)
        return self._arbres[cle]

    def ranger(self, partie: str) -> None:
        """Rend la mémoire d'une partie dont on a fini, ses retouches gardées."""
        cle = _cle(partie)
        if cle in self._retouchees:
            self._neuves[cle] = comprimer(_serialiser(self._arbres[cle]))
        self._oublier(cle)

    def poser(self, partie: str, octets: bytes) -> None:
        """Ajoute une partie, ou remplace son contenu."""
        self._oublier(_cle(partie))
        self._noms.setdefault(_cle(partie), partie)
        self._neuves[_cle(partie)] = comprimer(octets)

    def retirer(self, partie: str) -> None:
        """Enlève une partie."""
        self._oublier(_cle(partie))
        self._noms.pop(_cle(partie), None)
        self._neuves.pop(_cle(partie), None)

    def _oublier(self, cle: str) -> None:
        self._arbres.pop(cle, None)
        self._poids.pop(cle, None)
        self._retouchees.discard(cle)

    def nom_libre(self, gabarit: str) -> str:
        """Le premier nom libre d'un gabarit (« xl/tables/pilotage{}.xml »).

        À nous seuls : un nom usuel peut être celui d'une partie qu'un lien attend et qui manque.
        """
        rang = 1
        while gabarit.format(rang) in self:
            rang += 1
        return gabarit.format(rang)

    def ecrire(self, empaqueteur: Empaqueteur) -> None:
        """Écrit chaque entrée à sa place, puis les ajoutées : toujours les mêmes octets."""
        brut = self.paquet.brut
        for entree in brut.entrees:
            cle, fiche = _cle(entree.filename), fiche_de(entree)
            contenu = self._contenu(cle)
            if contenu is not None:
                empaqueteur.ajouter(contenu.decrire(fiche), (contenu.octets,))
            elif cle in self._noms or cle not in self._recues:
                empaqueteur.ajouter(fiche, brut.comprimes(entree))
        for cle, nom in self._noms.items():
            contenu = None if cle in self._recues else self._contenu(cle)
            if contenu is not None:
                empaqueteur.ajouter(contenu.decrire(fiche_neuve(nom)), (contenu.octets,))

    def _contenu(self, cle: str) -> Comprime | None:
        """Ce qu'une partie contient de neuf, ou rien si elle est telle que reçue."""
        if cle in self._retouchees:
            return comprimer(_serialiser(self._arbres[cle]))
        return self._neuves.get(cle)

    def _morceaux(self, partie: str) -> Iterator[bytes]:
        cle = _cle(partie)
        if cle in self._retouchees:
            yield _serialiser(self._arbres[cle])
        elif cle in self._neuves:
            yield self._neuves[cle].decomprimer()
        elif cle in self._noms:
            yield from self.paquet.morceaux(partie, TOTAL_MAX)
        else:
            raise abime(f"la partie « {partie} » manque")


def lire_xml(octets: bytes, partie: str) -> Element:
    """La racine d'un XML ; `Refus` s'il est invalide ou porte une DOCTYPE."""
    try:
        racine = etree.fromstring(octets, etree.XMLParser(**_ANALYSEUR_SUR))
    except (etree.XMLSyntaxError, ValueError) as erreur:
        raise abime(f"XML de « {partie} »") from erreur
    if racine is None or racine.getroottree().docinfo.doctype:
        raise abime(f"déclaration interdite dans « {partie} »")
    return racine


def _peser(octets: bytes) -> int:
    """La mémoire d'un arbre lxml : tant par élément, par texte et par attribut (mesuré)."""
    balises, fins = octets.count(b"<"), octets.count(b"</")
    textes = balises - octets.count(b"><")
    return 128 * (balises - fins + textes) + 240 * octets.count(b"=")


def _serialiser(racine: Element) -> bytes:
    declaration = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}
    octets: bytes = etree.tostring(racine.getroottree(), **declaration)
    return octets


def _cle(partie: str) -> str:
    return partie.replace("\\", "/").lstrip("/").lower()
