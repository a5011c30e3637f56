"""Les formats qu'une retouche ajoute au classeur ; aucun format existant n'est changé."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cached_property

from lxml import etree

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher
from pilotage_xlsx.retouche.liens import lien_de_type, relier, typer
from pilotage_xlsx.retouche.schema import enfant, entier, exiger, fragment
from pilotage_xlsx.socle.dates import montre_une_date

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDINAIRE = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_RESERVE = '<fill><patternFill patternType="gray125"/></fill>'
"""Le deuxième fond, que les tableurs se réservent, quoi qu'il dise."""

_SECTIONS = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": f'<fill><patternFill patternType="none"/></fill>{_RESERVE}',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": _ORDINAIRE,
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}

_RELUS = 500
"""Parmi combien de formats, depuis la fin où sont les nôtres, on cherche si le nouveau existe."""


class Styles:
    """Ajoute des formats à ``styles.xml``, créé s'il manque ; un format déjà là ressert."""

    def __init__(self, classeur: ClasseurARetoucher) -> None:
        self._classeur = classeur
        lien = lien_de_type(classeur.archive, classeur.partie, "styles")
        self._partie = lien.cible if lien else ""
        self._derives: dict[tuple[int, str], int] = {}

    @cached_property
    def _racine(self) -> Element:
        """La racine à retoucher, avec ses sections ; créée s'il le faut, au premier ajout."""
        classeur, archive = self._classeur, self._classeur.archive
        if not self._partie:
            self._partie = archive.nom_libre("xl/pilotage-styles{}.xml")
            espace = etree.QName(classeur.racine).namespace
            archive.poser(self._partie, f'<styleSheet xmlns="{espace}"/>'.encode())
            relier(archive, classeur.partie, f"{classeur.famille}/styles", self._partie)
            typer(archive, self._partie, _TYPE)
        racine = archive.racine(self._partie)
        for section, premier in _SECTIONS.items():
            if not len(exiger(racine, section, premier)):
                exiger(racine, section).append(fragment(racine, premier))
        if len(_elements(exiger(racine, "fills"))) == 1:
            exiger(racine, "fills").append(fragment(racine, _RESERVE))
        return racine

    def _section(self, nom: str) -> list[Element]:
        """Les éléments d'une section, qu'on ne fait que regarder."""
        vue = self._classeur.archive.lire(self._partie) if self._partie else ()
        trouvee = enfant(vue, nom)
        return [] if trouvee is None else _elements(trouvee)

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
        return 0 if xf is None else entier(xf.get("numFmtId"))

    def est_une_date(self, rang: int) -> bool:
        """Vrai si ce format de cellule montre un jour ou une heure."""
        numero = str(self.format_de_nombre(rang))
        codes = {f.get("numFmtId"): f.get("formatCode") for f in self._section("numFmts")}
        return montre_une_date(numero, codes.get(numero))

    def deriver(self, rang: int, format_de_nombre: int) -> int:
        """Le format ``rang``, avec un autre format de nombre et sans marque de texte."""
        neuf = self._copie(rang)
        neuf.attrib.pop("quotePrefix", None)
        neuf.set("numFmtId", str(format_de_nombre))
        neuf.set("applyNumberFormat", "1")
        return self._inscrire(exiger(self._racine, "cellXfs"), neuf)

    def est_sans_fond(self, rang: int) -> bool:
        """Vrai si ce format de cellule existe et n'a aucun fond (``fillId`` 0)."""
        xf = self._xf(rang)
        return rang == 0 if xf is None else not entier(xf.get("fillId"))

    def avec_le_fond(self, rang: int, couleur: str) -> int:
        """Le format ``rang``, avec ce fond uni (« F9D9DF »)."""
        if (rang, couleur) not in self._derives:
            neuf = self._copie(rang)
            neuf.set("fillId", str(self._ranger("fills", fond_uni(couleur))))
            neuf.set("applyFill", "1")
            self._derives[rang, couleur] = self._inscrire(exiger(self._racine, "cellXfs"), neuf)
        return self._derives[rang, couleur]

    def sans_le_fond(self, rang: int) -> int:
        """Le format ``rang``, sans fond : celui dont il vient, s'il est encore là."""
        if (rang, "") not in self._derives:
            voulu = _sans_fond(self._copie(rang))
            self._derives[rang, ""] = next(
                (
                    autre
                    for autre, xf in enumerate(self._section("cellXfs"))
                    if not entier(xf.get("fillId")) and _sont_egaux(_sans_fond(xf), voulu)
                ),
                -1,
            )
            if self._derives[rang, ""] < 0:
                section = exiger(self._racine, "cellXfs")
                self._derives[rang, ""] = self._inscrire(section, voulu)
        return self._derives[rang, ""]

    def formats_de_fond(self, couleurs: Iterable[str]) -> frozenset[int]:
        """Les formats de cellule dont le fond uni est de l'une de ces couleurs."""
        voulues = {f"FF{couleur}" for couleur in couleurs}
        fonds = {
            rang
            for rang, fond in enumerate(self._section("fills"))
            if any(avant.get("rgb") in voulues for avant in fond.iter("{*}fgColor", "fgColor"))
        }
        formats = enumerate(self._section("cellXfs")) if fonds else ()
        return frozenset(rang for rang, xf in formats if entier(xf.get("fillId")) in fonds)

    def _copie(self, rang: int) -> Element:
        racine, xf = self._racine, self._xf(rang)
        return fragment(racine, _ORDINAIRE) if xf is None else deepcopy(xf)

    def _xf(self, rang: int) -> Element | None:
        formats = self._section("cellXfs")
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


def fond_uni(couleur: str) -> str:
    """Le XML d'un fond uni de cette couleur (« F9D9DF »)."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{couleur}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _sans_fond(xf: Element) -> Element:
    """Une copie du format, où rien ne parle plus de son fond."""
    copie = deepcopy(xf)
    for attribut in ("fillId", "applyFill"):
        copie.attrib.pop(attribut, None)
    return copie


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
