r"""Le tableur : xlsxwriter, nos styles et nos réglages de page, au même endroit pour tous.

Au sol : n'importe rien de la maison. Un `Classeur` s'écrit en mémoire et se rend en octets,
identiques d'une fois à l'autre pour le même contenu.

>>> classeur = Classeur(date(2026, 11, 26), {"title": "Outils"})
>>> ecrire(classeur.feuille("Outils"), 0, 0, "=1+1", classeur.style("gras"))
>>> classeur.octets()[:4]
b'PK\x03\x04'
>>> borner("a" * 40_000)[-5:]
'a […]'

Source : ECMA-376, première partie (SpreadsheetML).
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.longueur import SIGNES_MAX, abreger, couper, est_trop_long
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import phraser

BLEU, BLEU_MOYEN, BLEU_PALE, ENCRE = "#1F4E79", "#3E74A8", "#D9E3EE", "#1F3A57"
GRIS, TEXTE, BANDE, TRAIT = "#5A6472", "#1A1A1A", "#F3F6FA", "#D3DCE6"
MANQUE_FOND, MANQUE_BORD, MANQUE = "#FCE4D6", "#C55A11", "#5C1A00"
CLARIFIER_FOND, CLARIFIER_BORD, CLARIFIER = "#FFF6D6", "#8A6D00", "#4A3B00"
FAUTE_FOND, FAUTE = "#F9D9DE", "#7A0B1E"
COMPLET = "#1E5631"

POLICE = "Calibri"
DATE, DATE_HEURE = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"
MONTANT, ENTIER, TEXTE_BRUT = "#,##0.00", "#,##0", "@"
"""Le séparateur de milliers suit le réglage du poste : l'apostrophe en Suisse."""

_REDUCTION = 78
"""Pour cent : onze points en valent encore huit et demi."""

_TELS_QUELS = {"scale_with_doc": False}
"""En-tête et pied ne se réduisent pas avec la page ; LibreOffice les réduit : d'où douze points."""

_PIED_MAX, _TITRE_MAX, _PHRASE_MAX = 100, 60, 140
"""Un pied ou un en-tête d'Excel a 255 signes, codes compris, et « & » y compte double."""
_COUPE = SIGNES_MAX - 67
"""Ce qui reste d'un texte trop long : de quoi ajouter qu'il l'était."""

Contenu = Texte | int | float | date | datetime | None
Style = Mapping[str, Any]

NOMS: Mapping[str, Style] = {
    "titre": {"bold": True, "font_size": 16, "font_color": BLEU},
    "sous_titre": {"bold": True, "font_size": 12, "font_color": BLEU},
    "phrase": {"font_color": GRIS},
    "legende": {"font_color": GRIS, "italic": True},
    "texte": {"text_wrap": True, "valign": "top"},
    "gras": {"bold": True, "text_wrap": True, "valign": "top"},
    "lien": {"font_color": BLEU, "underline": 1, "valign": "top"},
    "date": {"num_format": DATE, "align": "left", "valign": "top"},
    "date_heure": {"num_format": DATE_HEURE, "align": "left", "valign": "top"},
    "montant": {"num_format": MONTANT, "align": "right", "valign": "top"},
    "entier": {"num_format": ENTIER, "align": "right", "valign": "top"},
    "numero": {"num_format": "0", "align": "center", "valign": "top"},
    "pour_cent": {"num_format": "0 %", "align": "right", "valign": "top"},
    "part": {"align": "right", "valign": "top"},
    "entete": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": BLEU, "text_wrap": True,
        "valign": "vcenter", "border": 1, "border_color": "#FFFFFF",
    },
}  # fmt: skip
"""Les styles communs ; `Classeur.style` en dérive les autres."""


class _Partagee(str):
    """Une formule que plusieurs cellules d'une colonne partagent ; la première porte le texte.

    Ce texte n'est que dans sa balise : xlsxwriter en chercherait des motifs dans chaque cellule.
    """

    balise: str


class _Colonne(NamedTuple):
    """Les cellules d'une colonne qui partagent une formule, dès le rang ``premiere``."""

    premiere: int
    colonne: int
    formules: tuple[_Partagee, _Partagee]
    style: Format
    valeurs: Sequence[Any]

    def cellule(self, rang: int) -> CellFormulaTuple | None:
        """La cellule de ce rang, telle que xlsxwriter la garde ; rien au-delà de la dernière."""
        place = rang - self.premiere
        if not 0 <= place < len(self.valeurs):
            return None
        return CellFormulaTuple(self.formules[place > 0], self.style, self.valeurs[place])


class _SurPlace(NamedTuple):
    """Un texte écrit dans sa cellule, et non parmi ceux que les feuilles ont en commun."""

    texte: str


class FeuilleEcrite(Worksheet):  # type: ignore[misc]  # xlsxwriter n'est pas typé
    """Une feuille dont les formules s'écrivent telles quelles, et se partagent.

    Les nôtres ont déjà leur forme finale ; xlsxwriter chercherait dans chacune trente-cinq noms de
    fonctions récentes, la moitié du temps d'écriture d'un classeur (mesuré). Il ne connaît pas non
    plus les formules partagées, treize fois moins lourdes dans une colonne calculée (mesuré).
    """

    def __init__(self) -> None:
        super().__init__()
        self._partagees: list[_Colonne] = []

    def _prepare_formula(self, formula: str, *_: Any, **__: Any) -> str:
        return formula if isinstance(formula, _Partagee) else formula.removeprefix("=")

    def poser_le_tableau(
        self, plage: tuple[int, int, int, int], reglages: Mapping[str, Any]
    ) -> None:
        """Un tableau filtrable sur toute la plage (haut, gauche, bas, droite).

        xlsxwriter note chaque cellule d'un tableau, des millions parfois : il en pose un d'une
        rangée, que l'on étend ensuite.
        """
        haut, gauche, _, droite = plage
        self.add_table(haut, gauche, haut + 1, droite, reglages)
        etendue = xl_range(*plage)
        self.tables[-1]["range"] = self.tables[-1]["a_range"] = etendue
        self.tables[-1]["autofilter"] = etendue

    def partager(
        self, premiere: int, colonne: int, formule: str, style: Format, valeurs: Sequence[Any]
    ) -> None:
        """Écrit une formule dans une colonne, une valeur par ligne dès ``premiere`` (rangs dès 0).

        ``formule`` est celle de la première ligne, ses références relatives suivent les autres.
        Elle ne cite que sa propre feuille : Excel ne partage pas une formule qui en cite une autre.
        """
        if not valeurs:
            return
        derniere = premiere + len(valeurs) - 1
        for rang in (premiere, derniere):
            self._check_dimensions(rang, colonne)
        ou, numero = lettres_de(colonne + 1), len(self._partagees)
        plage = f"{ou}{premiere + 1}:{ou}{derniere + 1}"
        texte = self._escape_data(formule.removeprefix("="))
        tete, suite = _Partagee("="), _Partagee("=")
        tete.balise = f'<f t="shared" ref="{plage}" si="{numero}">{texte}</f>'
        suite.balise = f'<f t="shared" si="{numero}"/>'
        self._partagees.append(_Colonne(premiere, colonne, (tete, suite), style, valeurs))

    def ecrire_sur_place(self, rang: int, colonne: int, texte: str) -> None:
        """Écrit un texte dans sa cellule (rangs dès 0) : un texte qui lui ressemble, dans la même
        feuille, se comprime avec lui."""
        self._check_dimensions(rang, colonne)
        self.table[rang][colonne] = _SurPlace(self._escape_data(texte))

    def _write_cell(self, rang: int, colonne: int, cellule: Any) -> None:
        if not isinstance(cellule, _SurPlace):
            super()._write_cell(rang, colonne, cellule)
            return
        ou = f"{lettres_de(colonne + 1)}{rang + 1}"
        self.fh.write(f'<c r="{ou}" t="inlineStr"><is><t>{cellule.texte}</t></is></c>')

    def _write_rows(self) -> None:
        """Une cellule qui partage sa formule ne naît qu'ici : des centaines d'octets chacune."""
        for rang in range(self.dim_rowmin, self.dim_rowmax + 1):
            cellules, reglages = self._rangee(rang), self.row_info.get(rang)
            if cellules:
                self._write_row(rang, None, reglages)
                for colonne in sorted(cellules):
                    self._write_cell(rang, colonne, cellules[colonne])
                self._xml_end_tag("row")
            elif reglages or rang in self.comments:
                self._write_empty_row(rang, None, reglages)

    def _rangee(self, rang: int) -> dict[int, Any]:
        partagees = {
            partagee.colonne: cellule
            for partagee in self._partagees
            if (cellule := partagee.cellule(rang)) is not None
        }
        return {**partagees, **self.table.get(rang, {})}

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        """Un texte vide dit aussi qu'il est un texte : d'autres programmes ôtaient la cellule."""
        textes = "".join(f' {nom}="{valeur}"' for nom, valeur in attributes)
        if result == "":
            textes += ' t="str"'
        resultat = self._escape_data(result)
        if isinstance(formula, _Partagee):
            self.fh.write(f"<c{textes}>{formula.balise}<v>{resultat}</v></c>")
        else:
            formule = self._escape_data(formula)
            self.fh.write(f"<c{textes}><f>{formule}</f><v>{resultat}</v></c>")


class _Livre(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter n'est pas typé
    """Un classeur dont les propriétés ne répètent pas les noms définis : nul ne les y lit."""

    def _extract_named_ranges(self, _: object) -> list[str]:
        return []


class Classeur:
    """Un classeur en cours d'écriture ; ``creation`` est sa date, inscrite dans ses propriétés.

    ``atelier`` : un dossier où préparer ses feuilles plutôt qu'en mémoire, s'il est grand.
    """

    def __init__(
        self, creation: date, proprietes: Mapping[str, str], *, atelier: str | None = None
    ) -> None:
        self._octets = io.BytesIO()
        reglages = {
            "in_memory": atelier is None,
            "tmpdir": atelier,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.livre = _Livre(self._octets, reglages)
        self.livre.set_properties({**proprietes, "created": datetime.combine(creation, time.min)})
        self.livre.formats[0].set_font_name(POLICE)
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, nom: str = "texte", **precisions: Any) -> Format:
        """Le format nommé ``nom``, précisé au besoin ; le même est toujours le même objet."""
        base = {"font_name": POLICE, "font_size": 11, "font_color": TEXTE}
        style = {**base, **NOMS[nom], **precisions}
        cle = tuple(sorted(style.items()))
        if cle not in self._styles:
            self._styles[cle] = self.livre.add_format(style)
        return self._styles[cle]

    def feuille(self, nom: str, *, onglet: str | None = None) -> FeuilleEcrite:
        """Une feuille neuve, quadrillage masqué, onglet de la couleur donnée."""
        feuille: FeuilleEcrite = self.livre.add_worksheet(nom, FeuilleEcrite)
        feuille.hide_gridlines(2)
        if onglet:
            feuille.set_tab_color(onglet)
        return feuille

    def fermer(self, chemin: Path) -> None:
        """Ferme le classeur dans un fichier, sans le tenir en mémoire."""
        from pilotage_xlsx.socle.emballage import Emballeur  # noqa: PLC0415 — s'il est grand

        self.livre._get_packager = partial(Emballeur, chemin)
        self.livre.close()

    def octets(self) -> bytes:
        """Ferme le classeur et le rend."""
        self.livre.close()
        return _serrer(self._octets)


def _serrer(archive: io.BytesIO) -> bytes:
    """La même archive, comprimée au mieux : xlsxwriter n'en laisse pas le choix."""
    serree = io.BytesIO()
    with ZipFile(archive) as avant, ZipFile(serree, "w") as apres:
        for partie in avant.infolist():
            apres.writestr(partie, avant.read(partie), compresslevel=9)
    return serree.getvalue()


def inscrire_les_calculs(feuille: Worksheet, formules: Mapping[int, str]) -> None:
    """Inscrit dans la dernière table d'une feuille la formule de ses colonnes (rangs dès 1).

    Excel la recopie dans une ligne insérée. ``add_table`` l'écrirait aussi dans chaque cellule, où
    elle est déjà, partagée.
    """
    for colonne in feuille.tables[-1]["columns"]:
        if (formule := formules.get(colonne["id"])) is not None:
            colonne["formula"] = formule.removeprefix("=")


def mettre_en_page(
    feuille: Worksheet,
    pied: str,
    *,
    paysage: bool = True,
    entete: int | None = None,
    est_reduite: bool = False,
) -> None:
    """A4, pied de page numéroté ; ``entete`` : ligne répétée (dès 0).

    Une page de large ; ``est_reduite`` : à la plus petite taille qui se lit, sur autant de pages de
    large que la police en demande.
    """
    if paysage:
        feuille.set_landscape()
    feuille.set_paper(9)
    if est_reduite:
        feuille.set_print_scale(_REDUCTION)
    else:
        feuille.fit_to_pages(1, 0)
    feuille.set_margins(left=0.25, right=0.25, top=0.5, bottom=0.6)
    pied = textwrap.shorten(pied, _PIED_MAX, placeholder=" …").replace("&", "&&")
    feuille.set_footer(f"&L&12&K5A6472{pied}&R&12&K5A6472&A · page &P sur &N", _TELS_QUELS)
    if entete is not None:
        feuille.repeat_rows(entete)


def titrer_chaque_page(feuille: Worksheet, titre: str, phrase: str) -> None:
    """Un titre et une phrase en tête de chaque page imprimée, jamais coupés.

    Dans les cellules, ils le seraient sur les pages de droite d'une feuille large.
    """
    titre, phrase = (
        phraser(abreger(texte, signes)).replace("&", "&&")
        for texte, signes in ((titre, _TITRE_MAX), (phrase, _PHRASE_MAX))
    )
    feuille.set_header(f"&L&14&K1F4E79{titre}\n&12&K5A6472{phrase}", _TELS_QUELS)
    feuille.set_margins(left=0.25, right=0.25, top=0.95, bottom=0.6)


def ecrire(feuille: Worksheet, ligne: int, colonne: int, contenu: Contenu, style: Format) -> None:
    """Écrit une cellule (rangs dès 0) selon la nature du contenu ; rien si elle est vide.

    Un texte reste un texte, même s'il commence par « = » ; au-delà de 32'767 signes, la borne du
    tableur, il est coupé et le dit.
    """
    match contenu:
        case None | "":
            return
        case str():
            feuille.write_string(ligne, colonne, borner(contenu), style)
        case date():
            feuille.write_datetime(ligne, colonne, contenu, style)
        case _:
            feuille.write_number(ligne, colonne, contenu, style)


def ecrire_phrase(
    feuille: Worksheet, ligne: int, colonne: int, texte: Texte | None, style: Format
) -> None:
    """Écrit une phrase de la maison, dans sa typographie ; jamais ce que la commune a tapé."""
    ecrire(feuille, ligne, colonne, phraser(texte or ""), style)


def borner(texte: Texte) -> str:
    """Le texte, coupé à ce que tient une cellule ; ce qui l'est finit par « […] »."""
    return f"{couper(texte, _COUPE)} […]" if est_trop_long(texte) else texte


def ecrire_tableau(
    classeur: Classeur,
    feuille: Worksheet,
    debut: tuple[int, int],
    entetes: Sequence[tuple[str, int, str]],
    lignes: Sequence[Sequence[Contenu]],
    *,
    table: str,
) -> None:
    """Un vrai tableau filtrable ; chaque en-tête donne (titre, largeur, style de la colonne).

    Une date prend le format de sa nature, avec ou sans heure, quel que soit le style.
    """
    haut, gauche = debut
    styles = [
        classeur.style(style, align=NOMS[style].get("align", "left"), indent=1)
        for _, _, style in entetes
    ]
    entete = classeur.style("entete", align="left", indent=1)
    colonnes = [{"header": titre, "header_format": entete} for titre, _, _ in entetes]
    plage = (haut, gauche, haut + max(len(lignes), 1), gauche + len(entetes) - 1)
    reglages = {"name": table, "columns": colonnes, "style": "Table Style Light 1"}
    feuille.poser_le_tableau(plage, reglages)
    for rang, (_, largeur, _) in enumerate(entetes, gauche):
        feuille.set_column(rang, rang, largeur)
    for rang_ligne, ligne in enumerate(lignes, haut + 1):
        for rang, (contenu, style) in enumerate(zip(ligne, styles, strict=True), gauche):
            ecrire(feuille, rang_ligne, rang, contenu, _style_de(classeur, contenu, style))
    alterner(classeur, feuille, plage)


def _style_de(classeur: Classeur, contenu: Contenu, style: Format) -> Format:
    match contenu:
        case datetime():
            return classeur.style("date_heure", indent=1)
        case date():
            return classeur.style("date", indent=1)
        case _:
            return style


def alterner(classeur: Classeur, feuille: Worksheet, plage: tuple[int, int, int, int]) -> None:
    """Un trait par ligne, une bande sur deux : LibreOffice ignore les styles de table.

    ``plage`` (haut, gauche, bas, droite) part de l'en-tête : effacer la première ligne de données
    ne la casse pas.
    """
    for reste, fond in ((0, {"bg_color": BANDE}), (1, {})):
        trait = classeur.livre.add_format({"bottom": 1, "bottom_color": TRAIT, **fond})
        critere = f"=AND(ROW()>ROW($A${plage[0] + 1}),MOD(ROW(),2)={reste})"
        regle = {"type": "formula", "criteria": critere, "format": trait}
        feuille.conditional_format(*plage, regle)
