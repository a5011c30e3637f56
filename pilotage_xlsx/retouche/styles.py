"""Les formats qu'une retouche ajoute au classeur ; aucun format existant n'est changé."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from pilotage_xlsx.dates import montre_une_date
from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher
from pilotage_xlsx.retouche.liens import lien_de_type, relier, typer
from pilotage_xlsx.retouche.schema import enfant, exiger, fragment

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDINAIRE = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_SECTIONS = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": _ORDINAIRE,
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}

_RELUS = 500
"""Parmi combien de formats, depuis la fin où sont les nôtres, on cherche si le nouveau existe."""


class Styles:
    """Ajoute des formats à ``styles.xml``, créé s'il manque ; un format déjà là ressert."""

    def __init__(self, classeur: ClasseurARetoucher) -> None:
        archive = classeur.archive
        lien = lien_de_type(archive, classeur.partie, "styles")
        if lien is None:
            partie = archive.nom_libre("xl/pilotage-styles{}.xml")
            espace = etree.QName(classeur.racine).namespace
            archive.poser(partie, f'<styleSheet xmlns="{espace}"/>'.encode())
            relier(archive, classeur.partie, f"{classeur.famille}/styles", partie)
            typer(archive, partie, _TYPE)
        else:
            partie = lien.cible
        self._racine = archive.racine(partie)
        for section, premier in _SECTIONS.items():
            if not len(exiger(self._racine, section, premier)):
                self._ranger(section, premier)

    def ajouter_dxf(self, xml: str) -> int:
        """Le rang d'un format conditionnel."""
        return self._ranger("dxfs", f"<dxf>{xml}</dxf>")

    def ajouter_xf(
        self, *, police: str = "", fond: str = "", bord: str = "", alignement: str = ""
    ) -> int:
        """Le rang d'un format de cellule fait de ces morceaux XML ; vide : l'ordinaire."""
        rangs = {
            "fontId": self._ranger("fonts", police) if police else 0,
            "fillId": self._ranger("fills", fond) if fond else 0,
            "borderId": self._ranger("borders", bord) if bord else 0,
        }
        attributs = " ".join(f'{nom}="{rang}"' for nom, rang in rangs.items())
        emplois = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        return self._ranger(
            "cellXfs", f'<xf numFmtId="0" {attributs} xfId="0" {emplois}>{alignement}</xf>'
        )

    def format_de_nombre(self, rang: int) -> int:
        """Le numéro du format de nombre d'un format de cellule."""
        xf = self._xf(rang)
        numero = "0" if xf is None else xf.get("numFmtId", "0")
        return int(numero) if numero.isascii() and numero.isdecimal() else 0

    def est_une_date(self, rang: int) -> bool:
        """Vrai si ce format de cellule montre un jour ou une heure."""
        numero = str(self.format_de_nombre(rang))
        liste = enfant(self._racine, "numFmts")
        codes = {} if liste is None else {f.get("numFmtId"): f.get("formatCode") for f in liste}
        return montre_une_date(numero, codes.get(numero))

    def deriver(self, rang: int, format_de_nombre: int) -> int:
        """Le format ``rang``, avec un autre format de nombre et sans marque de texte."""
        xf = self._xf(rang)
        neuf = fragment(self._racine, _ORDINAIRE) if xf is None else deepcopy(xf)
        neuf.attrib.pop("quotePrefix", None)
        neuf.set("numFmtId", str(format_de_nombre))
        neuf.set("applyNumberFormat", "1")
        return self._inscrire(exiger(self._racine, "cellXfs"), neuf)

    def _xf(self, rang: int) -> Element | None:
        formats = _elements(exiger(self._racine, "cellXfs"))
        return formats[rang] if 0 <= rang < len(formats) else None

    def _ranger(self, section: str, xml: str) -> int:
        return self._inscrire(exiger(self._racine, section), fragment(self._racine, xml))

    def _inscrire(self, section: Element, neuf: Element) -> int:
        existants = _elements(section)
        for rang in range(len(existants) - 1, max(len(existants) - _RELUS, 0) - 1, -1):
            if _sont_egaux(existants[rang], neuf):
                return rang
        section.append(neuf)
        section.set("count", str(len(existants) + 1))
        return len(existants)


def _elements(section: Element) -> list[Element]:
    return [element for element in section if isinstance(element.tag, str)]


def _sont_egaux(un: Element, autre: Element) -> bool:
    return (
        un.tag == autre.tag
        and dict(un.attrib) == dict(autre.attrib)
        and (un.text or "").strip() == (autre.text or "").strip()
        and len(un) == len(autre)
        and all(map(_sont_egaux, un, autre))
    )
