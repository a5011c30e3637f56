"""Les liens entre parties (relations OPC) et les types de contenu : les suivre, en ajouter."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from lxml import etree

from pilotage_xlsx.retouche.archive import Archive, Element

_LIENS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PARTIE_DES_TYPES = "[Content_Types].xml"
_TYPE_DES_LIENS = "application/vnd.openxmlformats-package.relationships+xml"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
"""Les deux familles de relations d'un classeur : courante, et OOXML strict."""

_VIDES = {
    _LIENS: f'<Relationships xmlns="{_LIENS}"/>'.encode(),
    _TYPES: (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_TYPE_DES_LIENS}"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ).encode(),
}


class LienDePartie:
    """Un lien d'une partie : son identifiant, le dernier mot de son type, sa cible."""

    def __init__(self, element: Element, source: str) -> None:
        cible = element.get("Target", "")
        self.element = element
        self.id: str = element.get("Id", "")
        self.type: str = element.get("Type", "").rpartition("/")[2]
        self.famille: str = element.get("Type", "").rpartition("/")[0]
        self.est_externe: bool = element.get("TargetMode") == "External"
        self.cible = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(source), cible)
        ).lstrip("/")


def liens_de(archive: Archive, source: str) -> tuple[LienDePartie, ...]:
    """Les liens internes d'une partie ; ceux du classeur entier pour un nom vide. Lus une fois."""
    partie = _partie_des_liens(source)
    if partie not in archive:
        return ()
    if source not in archive.liens:
        liens = (LienDePartie(e, source) for e in _elements(archive.lire(partie), "Relationship"))
        archive.liens[source] = tuple(lien for lien in liens if not lien.est_externe)
    trouves: tuple[LienDePartie, ...] = archive.liens[source]
    return trouves


def lien_de_type(archive: Archive, source: str, type_: str) -> LienDePartie | None:
    """Le premier lien interne de ce type dont la cible existe."""
    liens = liens_de(archive, source)
    return next((lien for lien in liens if lien.type == type_ and lien.cible in archive), None)


def relier(archive: Archive, source: str, type_: str, cible: str) -> str:
    """Ajoute un lien de la partie ``source`` vers ``cible`` ; rend son identifiant."""
    partie = _partie_des_liens(source)
    if partie not in archive:
        archive.poser(partie, _VIDES[_LIENS])
        typer_extension(archive, "rels", _TYPE_DES_LIENS)
    racine = archive.racine(partie, "Relationships")
    archive.liens.pop(source, None)
    pris = {element.get("Id") for element in _elements(racine, "Relationship")}
    rang = len(pris) + 1
    while f"rId{rang}" in pris:
        rang += 1
    lien = etree.SubElement(racine, f"{{{_LIENS}}}Relationship")
    lien.set("Id", f"rId{rang}")
    lien.set("Type", type_)
    lien.set("Target", f"/{cible}")
    return f"rId{rang}"


def delier(archive: Archive, source: str, cibles: Collection[str]) -> None:
    """Retire les liens de ``source`` vers ces parties, les parties elles-mêmes et leur type."""
    partie, visees = _partie_des_liens(source), {cible.lower() for cible in cibles}
    racine = archive.racine(partie, "Relationships")
    archive.liens.pop(source, None)
    for element in list(_elements(racine, "Relationship")):
        lien = LienDePartie(element, source)
        if lien.cible.lower() in visees and not lien.est_externe:
            racine.remove(element)
    if not len(racine):
        archive.retirer(partie)
    for cible in cibles:
        archive.retirer(cible)
        archive.retirer(_partie_des_liens(cible))
    for element in list(_elements(_types(archive), "Override")):
        if element.get("PartName", "").lstrip("/").lower() in visees:
            element.getparent().remove(element)


def typer(archive: Archive, partie: str, type_: str) -> None:
    """Inscrit le type de contenu d'une partie ajoutée."""
    element = etree.SubElement(_types(archive), f"{{{_TYPES}}}Override")
    element.set("PartName", f"/{partie}")
    element.set("ContentType", type_)


def typer_extension(archive: Archive, extension: str, type_: str) -> None:
    """Inscrit le type des parties d'une extension, si aucun ne l'est encore."""
    racine = _types(archive)
    for element in _elements(racine, "Default"):
        if element.get("Extension", "").lower() == extension:
            return
    element = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=type_)
    racine.insert(0, element)


def _types(archive: Archive) -> Element:
    if _PARTIE_DES_TYPES not in archive:
        archive.poser(_PARTIE_DES_TYPES, _VIDES[_TYPES])
    return archive.racine(_PARTIE_DES_TYPES, "Types")


def _partie_des_liens(source: str) -> str:
    dossier, nom = posixpath.split(source)
    return posixpath.join(dossier, "_rels", f"{nom}.rels")


def _elements(racine: Element, nom: str) -> Iterator[Element]:
    return (e for e in racine if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == nom)
