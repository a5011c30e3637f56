"""La feuille « À corriger » d'une copie annotée : chaque constat, avec un lien vers sa cellule ;
ce qui manque dans une feuille presque vide, d'un seul trait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape  # xml.sax.saxutils chargerait tout urllib : 20 ms
from typing import NamedTuple

from pilotage_xlsx.metier.constats import (
    Constat,
    Gravite,
    Groupe,
    cellule,
    ou,
    reunir_les_chantiers,
)
from pilotage_xlsx.modele import FEUILLE_A_CORRIGER, TABLE_A_CORRIGER
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.retouche.classeur import ClasseurARetoucher
from pilotage_xlsx.retouche.couleurs import PALETTE
from pilotage_xlsx.retouche.liens import relier, typer
from pilotage_xlsx.retouche.onglets import deselectionner, enlever, mettre_en_tete, nom_libre
from pilotage_xlsx.retouche.schema import entier, espace_de
from pilotage_xlsx.retouche.styles import Styles, fond_uni
from pilotage_xlsx.retouche.textes import echapper
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.typographie import typographier

_TYPE_DE_TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_COLONNES = (("Lieu", 24), ("Gravité", 24), ("Constat", 62), ("Que faire", 52), ("Règle", 11))
_ENTETE = 5
_LEGENDE: Mapping[Gravite, str] = {
    Gravite.ERREUR: "Erreur : à corriger.",
    Gravite.AVERTISSEMENT: "Avertissement : à revoir.",
    Gravite.A_REMPLIR: "À remplir : une réponse demandée manque encore. Ce n'est pas une faute.",
    Gravite.ATTENTION: "Attention : rien de faux, un point à porter à l'exécutif.",
}
"""Le sens des couleurs ; chacune teinte une case, dans l'ordre de la gravité."""
_GESTE = (
    "Un clic sur le lieu mène à la cellule, où une note dit la même chose. Votre fichier n'a pas "
    "changé : cette copie n'y ajoute que cette feuille, des notes et des couleurs."
)
_A_CLARIFIER = "à clarifier"
_DEMANDER = "Ce n'est pas une faute : poser la question, puis écrire la réponse à sa place."
_CALIBRI = '<name val="Calibri"/><family val="2"/>'
_EN_HAUT = '<alignment vertical="top" wrapText="1"/>'
_FILET = "<border><left/><right/><top/>{bas}<diagonal/></border>".format(
    bas='<bottom style="thin"><color rgb="FFD3DCE6"/></bottom>'
)


class Dit(NamedTuple):
    """Ce que la feuille dit, outre les constats : leur compte, et les questions à poser."""

    bilan: str
    questions: Sequence[tuple[Emplacement, str]] = ()


class _Rang(NamedTuple):
    """Une ligne de la feuille ; ``lieu`` manque s'il n'y a rien à corriger."""

    lieu: Emplacement | None
    mot: str
    phrase: str
    geste: str = ""
    regle: str = ""


_RIEN = _Rang(None, "", "Rien à corriger.")


def _du_constat(groupe: Groupe) -> _Rang:
    constat = groupe.premier
    return _Rang(constat.lieu, constat.gravite.mot, groupe.message, groupe.corriger, constat.regle)


def _de_la_question(question: tuple[Emplacement, str]) -> _Rang:
    lieu, phrase = question
    return _Rang(lieu, _A_CLARIFIER, phrase, typographier(_DEMANDER))


class _Formats:
    """Les formats de la feuille, aux couleurs de la maison."""

    def __init__(self, styles: Styles) -> None:
        self.titre = styles.ajouter_xf(police=_police("1F4E79", 18, "<b/>"))
        self.second = styles.ajouter_xf(police=_police("5A6472"), alignement=_EN_HAUT)
        self.entete = styles.ajouter_xf(
            police=_police("FFFFFF", graisse="<b/>"), fond=fond_uni("1F4E79"), alignement=_EN_HAUT
        )
        self.corps = styles.ajouter_xf(police=_police("1A1A1A"), bord=_FILET, alignement=_EN_HAUT)
        self.lien = styles.ajouter_xf(
            police=_police("1F4E79", graisse="<u/>"), bord=_FILET, alignement=_EN_HAUT
        )
        self.gravites = {
            gravite.mot: styles.ajouter_xf(
                police=_police(texte, graisse=graisse),
                fond=fond_uni(fond),
                bord=_FILET,
                alignement=_EN_HAUT,
            )
            for gravite, (fond, _, texte, graisse) in PALETTE.items()
        }
        self.gravites[_A_CLARIFIER] = self.gravites[Gravite.ATTENTION.mot]


def ajouter_la_feuille(
    classeur: ClasseurARetoucher, constats: Sequence[Constat], dit: Dit, styles: Styles
) -> None:
    """Met en tête du classeur la feuille qui liste ces constats, puis ce qui reste à clarifier."""
    archive = classeur.archive
    nom = nom_libre(classeur, FEUILLE_A_CORRIGER)
    partie = archive.nom_libre("xl/worksheets/pilotage{}.xml")
    table = archive.nom_libre("xl/tables/pilotage{}.xml")
    numero = _numero_de_table_libre(classeur)
    espace = espace_de(classeur.racine)
    est_ouverte = deselectionner(classeur)
    fautes = map(_du_constat, reunir_les_chantiers(constats))
    rangs = [*fautes, *map(_de_la_question, dit.questions)] or [_RIEN]
    feuille = _feuille(
        classeur, rangs, dit.bilan, _Formats(styles), espace, est_ouverte=est_ouverte
    )
    mettre_en_tete(classeur, nom, partie, feuille, est_ouverte=est_ouverte)
    lien = relier(archive, partie, f"{classeur.famille}/table", table)
    assert lien == "rId1"
    archive.poser(table, _table(numero, len(rangs), espace))
    typer(archive, table, _TYPE_DE_TABLE)


def enlever_la_feuille(classeur: ClasseurARetoucher) -> bool:
    """Enlève la feuille, même renommée, déplacée ou copiée ; vrai s'il y en avait une."""
    notres = dict.fromkeys(
        feuille.partie
        for feuille in classeur.distinctes
        if any(table.get("name", "").startswith(TABLE_A_CORRIGER) for table in feuille.tables())
    )
    if notres:
        enlever(classeur, notres)
    return bool(notres)


def _numero_de_table_libre(classeur: ClasseurARetoucher) -> int:
    numeros = (
        entier(table.get("id")) for feuille in classeur.distinctes for table in feuille.tables()
    )
    return max(numeros, default=0) + 1


def _feuille(
    classeur: ClasseurARetoucher,
    rangs: Sequence[_Rang],
    bilan: str,
    formats: _Formats,
    espace: str,
    *,
    est_ouverte: bool,
) -> bytes:
    entetes = [(titre, formats.entete) for titre, _ in _COLONNES]
    lignes = [
        _ligne(1, [(FEUILLE_A_CORRIGER, formats.titre)]),
        _ligne(2, [(bilan, formats.second)]),
        _ligne(3, [(typographier(_GESTE), formats.second)], ' ht="30" customHeight="1"'),
        _ligne(4, [(typographier(sens), formats.gravites[g.mot]) for g, sens in _LEGENDE.items()]),
        _ligne(_ENTETE, entetes),
    ]
    liens = []
    for numero, rang in enumerate(rangs, _ENTETE + 1):
        adresse = _adresse(classeur, rang.lieu) if rang.lieu else ""
        lignes.append(_ligne(numero, _cases(rang, formats, est_un_lien=bool(adresse))))
        if adresse:
            liens.append(f'<hyperlink ref="A{numero}" location="{escape(adresse)}"/>')
    colonnes = "".join(
        f'<col min="{rang}" max="{rang}" width="{largeur}" customWidth="1"/>'
        for rang, (_, largeur) in enumerate(_COLONNES, 1)
    )
    return (
        f'<worksheet xmlns="{espace}" xmlns:r="{classeur.famille}">'
        '<sheetPr><tabColor rgb="FF7A0B1E"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:E{len(rangs) + _ENTETE}"/>'
        f"{_vue(est_ouverte=est_ouverte)}"
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{colonnes}</cols>'
        f"<sheetData>{''.join(lignes)}</sheetData>"
        '<mergeCells count="2"><mergeCell ref="A2:E2"/><mergeCell ref="A3:E3"/></mergeCells>'
        f"{f'<hyperlinks>{chr(10).join(liens)}</hyperlinks>' if liens else ''}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
    ).encode()


def _vue(*, est_ouverte: bool) -> str:
    """Comment la feuille se montre : choisie ou non, sa tête figée."""
    premiere = f"A{_ENTETE + 1}"
    return (
        '<sheetViews><sheetView showGridLines="0" '
        f'tabSelected="{int(est_ouverte)}" workbookViewId="0">'
        f'<pane ySplit="{_ENTETE}" topLeftCell="{premiere}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="{premiere}" '
        f'sqref="{premiere}"/></sheetView></sheetViews>'
    )


def _cases(rang: _Rang, formats: _Formats, *, est_un_lien: bool) -> list[tuple[str, int]]:
    return [
        (_dire_ou(rang.lieu), formats.lien if est_un_lien else formats.corps),
        (rang.mot, formats.gravites.get(rang.mot, formats.corps)),
        (rang.phrase, formats.corps),
        (rang.geste, formats.corps),
        (rang.regle, formats.corps),
    ]


def _dire_ou(lieu: Emplacement | None) -> str:
    """« Outils · D7 »."""
    if lieu is None:
        return ""
    return " · ".join(filter(None, (lieu.feuille, ou(lieu)))) or "Classeur"


def _adresse(classeur: ClasseurARetoucher, lieu: Emplacement) -> str:
    """Où mène le lien : la cellule, ou le début de la ligne ; rien si la feuille manque."""
    if lieu.feuille not in classeur.feuilles:
        return ""
    cible = cellule(lieu) or f"A{lieu.ligne or 1}"
    return "'{}'!{}".format(lieu.feuille.replace("'", "''"), cible)


def _ligne(numero: int, cases: Sequence[tuple[str, int]], attributs: str = "") -> str:
    contenu = "".join(
        f'<c r="{lettre}{numero}" s="{format_}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(echapper(montrable(texte)), quote=False)}</t></is></c>'
        for lettre, (texte, format_) in zip("ABCDE", cases, strict=False)
    )
    return f'<row r="{numero}"{attributs}>{contenu}</row>'


def _table(numero: int, lignes: int, espace: str) -> bytes:
    plage = f"A{_ENTETE}:E{_ENTETE + lignes}"
    colonnes = "".join(
        f'<tableColumn id="{rang}" name="{titre}"/>' for rang, (titre, _) in enumerate(_COLONNES, 1)
    )
    return (
        f'<table xmlns="{espace}" id="{numero}" name="{TABLE_A_CORRIGER}" '
        f'displayName="{TABLE_A_CORRIGER}" ref="{plage}" totalsRowShown="0">'
        f'<autoFilter ref="{plage}"/><tableColumns count="{len(_COLONNES)}">{colonnes}'
        '</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="0" showColumnStripes="0"/></table>'
    ).encode()


def _police(couleur: str, taille: int = 11, graisse: str = "") -> str:
    return f'<font>{graisse}<sz val="{taille}"/><color rgb="FF{couleur}"/>{_CALIBRI}</font>'
