"""Les formats qu'une retouche ajoute au classeur ; aucun format existant n'est changé."""

from __future__ import annotations

from collections.abc import Container, Iterator
from copy import deepcopy
from functools import cached_property
from typing import Any

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher
from pilotage_xlsx.retouche.liens import lien_de_type, relier, typer
from pilotage_xlsx.retouche.schema import enfant, entier, espace_de, exiger, fragment
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

_DU_FOND = frozenset({"fillId", "applyFill"})


class Styles:
    """Ajoute des formats à ``styles.xml``, créé s'il manque ; un format déjà là ressert."""

    def __init__(self, classeur: ClasseurARetoucher) -> None:
        self._classeur = classeur
        lien = lien_de_type(classeur.archive, classeur.partie, "styles")
        self._partie = lien.cible if lien else ""
        self._derives: dict[tuple[int, str], int] = {}
        self._sections: dict[str, list[Element]] = {}
        self._formes: dict[str, _Formes] = {}
        self._peints: dict[frozenset[str], frozenset[int]] = {}

    @cached_property
    def _racine(self) -> Element:
        """La racine à retoucher, avec ses sections ; créée s'il le faut, au premier ajout."""
        classeur, archive = self._classeur, self._classeur.archive
        if not self._partie:
            self._partie = archive.nom_libre("xl/pilotage-styles{}.xml")
            espace = espace_de(classeur.racine)
            archive.poser(self._partie, f'<styleSheet xmlns="{espace}"/>'.encode())
            relier(archive, classeur.partie, f"{classeur.famille}/styles", self._partie)
            typer(archive, self._partie, _TYPE)
        racine = archive.racine(self._partie, "styleSheet")
        for section, premier in _SECTIONS.items():
            if not len(exiger(racine, section, premier)):
                exiger(racine, section).append(fragment(racine, premier))
        if len(_elements(exiger(racine, "fills"))) == 1:
            exiger(racine, "fills").append(fragment(racine, _RESERVE))
        self._sections.clear()
        return racine

    def _section(self, nom: str) -> list[Element]:
        """Les éléments d'une section, par rang ; relevés une fois, complétés par `_inscrire`."""
        if nom not in self._sections:
            vue = self._classeur.archive.lire(self._partie) if self._partie else ()
            trouvee = enfant(vue, nom)
            self._sections[nom] = [] if trouvee is None else _elements(trouvee)
        return self._sections[nom]

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
        return montre_une_date(numero, self._codes.get(numero))

    @cached_property
    def _codes(self) -> dict[str | None, str | None]:
        return {f.get("numFmtId"): f.get("formatCode") for f in self._section("numFmts")}

    def deriver(self, rang: int, format_de_nombre: int) -> int:
        """Le format ``rang``, avec un autre format de nombre et sans marque de texte."""
        neuf = self._copie(rang)
        neuf.attrib.pop("quotePrefix", None)
        neuf.set("numFmtId", str(format_de_nombre))
        neuf.set("applyNumberFormat", "1")
        return self._inscrire("cellXfs", neuf)

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
            self._derives[rang, couleur] = self._inscrire("cellXfs", neuf)
        return self._derives[rang, couleur]

    def sans_le_fond(self, rang: int) -> int:
        """Le format ``rang``, sans fond : celui dont il vient, s'il est encore là."""
        if (rang, "") not in self._derives:
            neuf = self._copie(rang)
            for attribut in _DU_FOND:
                neuf.attrib.pop(attribut, None)
            sien = self._sans_fond.rang(neuf)
            self._derives[rang, ""] = self._inscrire("cellXfs", neuf) if sien is None else sien
        return self._derives[rang, ""]

    @cached_property
    def _sans_fond(self) -> _Formes:
        """Les formats sans fond, par la forme qu'ils ont hors du fond."""
        formes = _Formes(_DU_FOND)
        for rang, xf in enumerate(self._section("cellXfs")):
            if not entier(xf.get("fillId")):
                formes.noter(xf, rang)
        return formes

    def formats_de_fond(self, couleurs: frozenset[str]) -> frozenset[int]:
        """Les formats de cellule dont le fond uni est de l'une de ces couleurs."""
        if couleurs not in self._peints:
            self._peints[couleurs] = frozenset(self._chercher_les_fonds(couleurs))
        return self._peints[couleurs]

    def _chercher_les_fonds(self, couleurs: frozenset[str]) -> Iterator[int]:
        voulues = {f"FF{couleur}" for couleur in couleurs}
        fonds = {
            rang
            for rang, fond in enumerate(self._section("fills"))
            if any(avant.get("rgb") in voulues for avant in fond.iter("{*}fgColor", "fgColor"))
        }
        formats = enumerate(self._section("cellXfs")) if fonds else ()
        return (rang for rang, xf in formats if entier(xf.get("fillId")) in fonds)

    def _copie(self, rang: int) -> Element:
        racine, xf = self._racine, self._xf(rang)
        return fragment(racine, _ORDINAIRE) if xf is None else deepcopy(xf)

    def _xf(self, rang: int) -> Element | None:
        formats = self._section("cellXfs")
        return formats[rang] if 0 <= rang < len(formats) else None

    def _ranger(self, section: str, xml: str) -> int:
        return self._inscrire(section, fragment(self._racine, xml))

    def _inscrire(self, nom: str, neuf: Element) -> int:
        """Le rang d'un élément dans sa section : celui d'un pareil, ou le dernier."""
        section, existants = exiger(self._racine, nom), self._section(nom)
        if nom not in self._formes:
            self._formes[nom] = _Formes()
            for rang, element in enumerate(existants):
                self._formes[nom].noter(element, rang)
        sien = self._formes[nom].rang(neuf)
        if sien is not None:
            return sien
        self._formes[nom].noter(neuf, len(existants))
        existants.append(neuf)
        section.append(neuf)
        section.set("count", str(len(existants)))
        return len(existants) - 1


class _Formes:
    """Le premier rang de chaque forme d'élément, certains attributs mis à part.

    Une forme entière tient mille octets : on n'en garde que la somme, et l'élément pour comparer.
    """

    def __init__(self, sauf: Container[str] = ()) -> None:
        self._sauf = sauf
        self._premiers: dict[int, list[tuple[Element, int]]] = {}

    def noter(self, element: Element, rang: int) -> None:
        """Retient ce rang pour cette forme, si elle est nouvelle."""
        if self.rang(element) is None:
            forme = hash(_forme(element, self._sauf))
            self._premiers.setdefault(forme, []).append((element, rang))

    def rang(self, element: Element) -> int | None:
        """Le rang de cette forme, si elle est connue."""
        forme = _forme(element, self._sauf)
        pareils = self._premiers.get(hash(forme), ())
        return next((rang for autre, rang in pareils if _forme(autre, self._sauf) == forme), None)


def fond_uni(couleur: str) -> str:
    """Le XML d'un fond uni de cette couleur (« F9D9DF »)."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{couleur}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _elements(section: Element) -> list[Element]:
    return [element for element in section if isinstance(element.tag, str)]


def _forme(element: Element, sauf: Container[str] = ()) -> tuple[Any, ...]:
    """Ce qui fait deux éléments pareils : nom, attributs, texte, enfants."""
    attributs = sorted((nom, valeur) for nom, valeur in element.items() if nom not in sauf)
    texte = (element.text or "").strip()
    return (element.tag, tuple(attributs), texte, *map(_forme, element))
