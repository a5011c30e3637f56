"""L'ordre que le format impose aux enfants d'un élément (ECMA-376, première partie, §18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from pilotage_xlsx.retouche.archive import Element

_ORDRES: Mapping[str, str] = {
    "worksheet": (
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
        "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
        "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
        "pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
        "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
        "oleObjects AlternateContent controls webPublishItems tableParts extLst"
    ),
    "styleSheet": (
        "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
    ),
    "workbook": (
        "fileVersion fileSharing workbookPr AlternateContent workbookProtection bookViews sheets "
        "functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews "
        "pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
    ),
}


def local(element: Element) -> str:
    """Le nom d'un élément sans son espace ; vide pour un commentaire."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def frere(element: Element, nom: str) -> str:
    """Le nom complet d'un élément du même espace : courant ou strict, avec ou sans préfixe."""
    espace = etree.QName(element).namespace
    return f"{{{espace}}}{nom}" if espace else nom


def enfants(element: Element, nom: str) -> Iterator[Element]:
    """Les enfants de ce nom, quel que soit leur espace."""
    return (enfant for enfant in element if local(enfant) == nom)


def enfant(element: Element, nom: str) -> Element | None:
    """Le premier enfant de ce nom."""
    return next(enfants(element, nom), None)


def placer(racine: Element, nouveau: Element, *, avant_ses_freres: bool = False) -> Element:
    """Place un élément sous la racine, là où le format le veut ; un enfant inconnu ne bouge pas."""
    ordre = _ORDRES[local(racine)].split()
    rang = ordre.index(local(nouveau))
    for place, existant in enumerate(racine):
        nom = local(existant)
        if nom in ordre and ordre.index(nom) + avant_ses_freres > rang:
            racine.insert(place, nouveau)
            return nouveau
    racine.append(nouveau)
    return nouveau


def exiger(racine: Element, nom: str, contenu: str = "") -> Element:
    """L'enfant de ce nom, créé à sa place s'il manque, avec ce contenu XML."""
    trouve = enfant(racine, nom)
    if trouve is not None:
        return trouve
    return placer(racine, fragment(racine, f"<{nom}>{contenu}</{nom}>"))


def fragment(racine: Element, xml: str) -> Element:
    """Un morceau de XML dans l'espace de noms de ``racine``."""
    espace = etree.QName(racine).namespace or ""
    return etree.fromstring(f'<x xmlns="{espace}">{xml}</x>')[0]


def entier(texte: str | None, sinon: int = 0) -> int:
    """L'entier positif d'un attribut ; ``sinon`` s'il manque ou n'en est pas un."""
    return int(texte) if texte and texte.isascii() and texte.isdecimal() else sinon
