"""Lire du XML par expat, en arbre. Une DOCTYPE arrête tout : `retouche` la refuse."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from .noeuds import ESPACE_XML, Document, Espace, Noeud

_PROFONDEUR_MAX = 256
"""Comme libxml2."""

_DIT_SON_ENCODAGE = re.compile(r"\s*<\?xml[^>]*encoding")


class XMLSyntaxError(SyntaxError):
    """Ce n'est pas du XML."""


class XMLParser:
    """Les réglages de lxml : rien ne s'y résout ni ne s'y charge ici de toute façon."""

    def __init__(self, **reglages: Any) -> None:
        self.reglages = reglages


class _Doctype(Exception):
    """Le document en porte une ; son nom."""


def commentaire() -> None:
    """Le ``tag`` d'un commentaire, comme lxml : pas un texte."""


def instruction() -> None:
    """Le ``tag`` d'une instruction."""


def fromstring(octets: bytes | str, parser: XMLParser | None = None) -> Noeud:
    """La racine d'un XML ; `XMLSyntaxError` s'il est mal formé."""
    if isinstance(octets, str):
        if _DIT_SON_ENCODAGE.match(octets):
            raise ValueError("Unicode strings with encoding declaration are not supported.")
        octets, encodage = octets.encode(), "utf-8"
    else:
        encodage = None
    lecteur = _Lecteur()
    analyseur = lecteur.brancher(expat.ParserCreate(encodage))
    try:
        analyseur.Parse(octets, True)
    except expat.ExpatError as faute:
        raise XMLSyntaxError(str(faute)) from None
    except _Doctype as doctype:
        racine = Noeud("x")
        racine.getroottree().doctype = f"<!DOCTYPE {doctype}>"
        return racine
    if lecteur.document.racine is None:
        raise XMLSyntaxError("aucun élément")
    return lecteur.document.racine


class _Lecteur:
    """Les nœuds ouverts, et ce que les préfixes désignent dans chacun."""

    def __init__(self) -> None:
        self.document = Document()
        self._ouverts: list[Noeud] = []
        self._portees: list[dict[str | None, Espace | None]] = [{None: None, "xml": ESPACE_XML}]
        self._est_cdata = False

    def brancher(self, analyseur: Any) -> Any:
        """Ses oreilles sur l'analyseur."""
        analyseur.ordered_attributes = analyseur.buffer_text = True
        analyseur.buffer_size = 1 << 16
        analyseur.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        analyseur.StartElementHandler = self._ouvrir
        analyseur.EndElementHandler = self._fermer
        analyseur.CharacterDataHandler = self._entendre
        analyseur.CommentHandler = lambda texte: self._poser(commentaire, texte)
        analyseur.ProcessingInstructionHandler = self._instruire
        analyseur.StartCdataSectionHandler = lambda: self._basculer(True)
        analyseur.EndCdataSectionHandler = lambda: self._basculer(False)
        analyseur.StartDoctypeDeclHandler = self._refuser
        return analyseur

    def _refuser(self, nom: str, *_: Any) -> None:
        raise _Doctype(nom)

    def _basculer(self, est_cdata: bool) -> None:
        self._est_cdata = est_cdata
        if est_cdata:
            self._entendre("")

    def _entendre(self, texte: str) -> None:
        if not self._ouverts:
            return
        ici = self._ouverts[-1]
        dernier = ici.enfants[-1] if ici.enfants else None
        if dernier is None:
            ici.joindre(texte, apres=False, est_cdata=self._est_cdata)
        else:
            dernier.joindre(texte, apres=True, est_cdata=self._est_cdata)

    def _instruire(self, cible: str, texte: str) -> None:
        self._poser(instruction, f"{cible} {texte}" if texte else cible)

    def _poser(self, genre: Any, texte: str) -> None:
        noeud = Noeud(genre)
        noeud.text = texte
        if self._ouverts:
            noeud.placer_sous(self._ouverts[-1])
        else:
            autour = self.document.avant if self.document.racine is None else self.document.apres
            autour.append(noeud)

    def _ouvrir(self, nom: str, attributs: list[str]) -> None:
        noeud = Noeud(nom)
        portee = self._portees[-1]
        paires = list(zip(attributs[::2], attributs[1::2], strict=True))
        if paires:
            portee = self._declarer(noeud, paires, portee)
            self._remplir(noeud, paires, portee)
        prefixe, deux_points, reste = nom.partition(":")
        espace = _designer(portee, prefixe) if deux_points else portee[None]
        if espace is not None:
            noeud.espace = espace
            noeud.tag = f"{{{espace.adresse}}}{reste if deux_points else nom}"
        if self._ouverts:
            noeud.placer_sous(self._ouverts[-1])
        else:
            self.document.racine, noeud.document = noeud, self.document
        self._ouverts.append(noeud)
        self._portees.append(portee)
        if len(self._ouverts) > _PROFONDEUR_MAX:
            raise XMLSyntaxError("trop profond")

    def _fermer(self, nom: str) -> None:
        self._ouverts.pop()
        self._portees.pop()

    def _declarer(
        self,
        noeud: Noeud,
        paires: list[tuple[str, str]],
        portee: dict[str | None, Espace | None],
    ) -> dict[str | None, Espace | None]:
        """Les espaces que l'élément déclare, et ce que les préfixes désignent dès lui."""
        declares = []
        for nom, valeur in paires:
            if not _declare(nom) or nom == "xmlns:xml":
                continue
            if nom != "xmlns" and not valeur:
                raise XMLSyntaxError("xmlns vide")
            espace = Espace(nom[6:] or None, valeur)
            declares.append(espace)
            portee = {**portee, espace.prefixe: espace if valeur else None}
        noeud.declares = declares or None
        return portee

    def _remplir(
        self,
        noeud: Noeud,
        paires: list[tuple[str, str]],
        portee: dict[str | None, Espace | None],
    ) -> None:
        for nom, valeur in paires:
            if _declare(nom):
                continue
            entier = nom
            prefixe, deux_points, reste = nom.partition(":")
            if deux_points:
                espace = _designer(portee, prefixe)
                entier = f"{{{espace.adresse}}}{reste}"
                noeud.des_attributs = noeud.des_attributs or {}
                noeud.des_attributs[entier] = espace
            if entier in noeud.attrib:
                raise XMLSyntaxError("attribut redit")
            noeud.attrib[entier] = valeur


def _declare(nom: str) -> bool:
    return nom == "xmlns" or nom.startswith("xmlns:")


def _designer(portee: dict[str | None, Espace | None], prefixe: str) -> Espace:
    espace = portee.get(prefixe)
    if espace is None:
        raise XMLSyntaxError(f"Namespace prefix {prefixe} is not defined")
    return espace
