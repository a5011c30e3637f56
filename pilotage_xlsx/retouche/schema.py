"""L'ordre que le format impose aux enfants d'un élément (ECMA-376, première partie, §18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import abime

_ENFANTS: Mapping[str, str] = {
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
_RANGS = {
    racine: {nom: rang for rang, nom in enumerate(noms.split())}
    for racine, noms in _ENFANTS.items()
}
_CHIFFRES_MAX = 10
_ESPACES_RESERVES = "http://www.w3.org/"
_HORS_D_UN_ESPACE = motif(r"""[\s{}<>&"']""")


def local(element: Element) -> str:
    """Le nom d'un élément sans son espace ; vide pour un commentaire."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def espace_de(element: Element) -> str:
    """L'espace de noms d'un élément, vide s'il n'en a pas ; `Refus` s'il ne peut se récrire."""
    espace = element.tag.rpartition("}")[0][1:]
    if _HORS_D_UN_ESPACE.search(espace) or espace.startswith(_ESPACES_RESERVES):
        raise abime("espace de noms inconnu")
    return str(espace)


def frere(element: Element, nom: str) -> str:
    """Le nom complet d'un élément du même espace : courant ou strict, avec ou sans préfixe."""
    espace = espace_de(element)
    return f"{{{espace}}}{nom}" if espace else nom


def enfants(element: Element, nom: str) -> Iterator[Element]:
    """Les enfants de ce nom, quel que soit leur espace."""
    return (enfant for enfant in element if local(enfant) == nom)


def enfant(element: Element, nom: str) -> Element | None:
    """Le premier enfant de ce nom."""
    return next(enfants(element, nom), None)


def placer(racine: Element, nouveau: Element, *, avant_ses_freres: bool = False) -> Element:
    """Place un élément sous la racine, là où le format le veut ; un enfant inconnu ne bouge pas."""
    rangs = _RANGS[local(racine)]
    rang = rangs[local(nouveau)]
    for existant in racine:
        if rangs.get(local(existant), -1) + avant_ses_freres > rang:
            existant.addprevious(nouveau)
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
    return etree.fromstring(f'<x xmlns="{espace_de(racine)}">{xml}</x>')[0]


def entier(texte: str | None, sinon: int = 0) -> int:
    """L'entier positif d'un attribut ; ``sinon`` s'il manque, n'en est pas un, ou n'y tient pas."""
    est_un_entier = texte and len(texte) <= _CHIFFRES_MAX and texte.isascii() and texte.isdecimal()
    return int(texte) if texte and est_un_entier else sinon
