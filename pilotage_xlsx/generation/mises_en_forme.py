"""La mise en forme vivante : chaque cellule montre son signe, dès la frappe.

LibreOffice n'applique qu'une mise en forme par cellule, la première vraie de sa plage : les plages
sont donc disjointes, une par colonne, la règle la plus importante d'abord, l'alternance en dernier,
et chaque format est complet. Jamais la couleur seule : gras, bord, italique, et le mot dans l'état.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.echeancier import nom_d_alerte
from pilotage_xlsx.generation.plan import RANG_ETAT, Case, PlanDeRegistre
from pilotage_xlsx.metier.etat import FAUTES
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import (
    BANDE,
    CLARIFIER,
    CLARIFIER_FOND,
    COMPLET,
    DATE,
    FAUTE,
    FAUTE_FOND,
    GRIS,
    MANQUE,
    MANQUE_BORD,
    MANQUE_FOND,
    TRAIT,
    Classeur,
)

Regle = tuple[str, Format]

_ECHEANCES = {
    ("outils", "dernier_jour"): ("P", "A"),
    ("outils", "echeance"): ("E", "FN"),
    ("decisions", "a_revoir_le"): ("r", "R"),
}
"""Par colonne, les sigles (`echeancier`) d'échéances passées, et d'échéances proches."""


def mettre_en_forme(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """Pose les règles de chaque colonne ; les plages partent de l'en-tête.

    Partir de l'en-tête garde les règles quand la première ligne de données est effacée.
    """
    formats = _Formats(classeur)
    _poser(feuille, plan, RANG_ETAT, [*_de_l_etat(plan, formats), *_communes(plan, formats)])
    numeros = {colonne.id: numero for numero, colonne in enumerate(plan.feuille.saisies, 2)}
    for case in plan.cases:
        regles = [
            *_de_la_case(plan, case, numeros, formats),
            *_de_l_echeance(plan, case, formats),
        ]
        _poser(feuille, plan, case.rang, [*regles, *_communes(plan, formats)])


class _Formats:
    """Les formats, complets : fond, bord, police."""

    def __init__(self, classeur: Classeur) -> None:
        def creer(**style: object) -> Format:
            bord = {"bottom": 1, "bottom_color": TRAIT}
            return classeur.livre.add_format({**bord, **style})

        self.faute = creer(bg_color=FAUTE_FOND, font_color=FAUTE, bold=True)
        self.manque = creer(
            bg_color=MANQUE_FOND, font_color=MANQUE, border=1, border_color=MANQUE_BORD
        )
        self.passee = creer(
            bg_color=FAUTE_FOND, font_color=FAUTE, bold=True, num_format=f'{DATE}" passé"'
        )
        self.proche = creer(
            bg_color=MANQUE_FOND, font_color=MANQUE, border=1, border_color=MANQUE_BORD,
            num_format=f'{DATE}" proche"',
        )  # fmt: skip
        self.clarifier = creer(bg_color=CLARIFIER_FOND, font_color=CLARIFIER, italic=True)
        self.complet = creer(font_color=COMPLET)
        self.hors = creer(font_color=GRIS, italic=True)
        self.bande = creer(bg_color=BANDE)
        self.trait = creer()


def _poser(feuille: Worksheet, plan: PlanDeRegistre, rang: int, regles: Sequence[Regle]) -> None:
    plage = (plan.ligne_entete - 1, rang - 1, plan.derniere_aidee - 1, rang - 1)
    for critere, format_ in regles:
        feuille.conditional_format(
            *plage, {"type": "formula", "criteria": f"={critere}", "format": format_}
        )


def _de_la_case(
    plan: PlanDeRegistre, case: Case, numeros: dict[str, int], formats: _Formats
) -> Iterator[Regle]:
    if case.colonne is None or case.colonne.id not in numeros:
        return
    signe = f"MID({_signes(plan)},{numeros[case.colonne.id]},1)"
    yield f'AND(LEN({_signes(plan)})>1,ISNUMBER(FIND({signe},"{FAUTES}")))', formats.faute
    yield f'{signe}="M"', formats.manque
    yield f'{signe}="C"', formats.clarifier


def _de_l_echeance(plan: PlanDeRegistre, case: Case, formats: _Formats) -> Iterator[Regle]:
    """Une échéance passée ou proche, en couleur et en un mot, d'après les seuils de la fiche."""
    alertes = _ECHEANCES.get((plan.feuille.id, case.colonne.id if case.colonne else ""))
    if alertes:
        passee, proche = alertes
        nom = nom_d_alerte(plan.feuille.id)
        yield f'AND(LEN({nom})=1,ISNUMBER(FIND({nom},"{passee}")))', formats.passee
        yield f'AND(LEN({nom})=1,ISNUMBER(FIND({nom},"{proche}")))', formats.proche


def _de_l_etat(plan: PlanDeRegistre, formats: _Formats) -> Iterator[Regle]:
    etat = f"${lettres_de(RANG_ETAT)}{plan.ligne_entete}"
    for debut, format_ in (
        ("À corriger", formats.faute),
        ("Il manque", formats.manque),
        ("À clarifier", formats.clarifier),
        ("Complet", formats.complet),
    ):
        yield f'LEFT({etat},{len(debut)})="{debut}"', format_


def _communes(plan: PlanDeRegistre, formats: _Formats) -> Iterator[Regle]:
    """Une ligne hors vigueur s'efface ; une ligne sur deux a sa bande."""
    sous_l_entete = f"ROW()>ROW($A${plan.ligne_entete})"
    yield f'LEFT({_signes(plan)},1)="h"', formats.hors
    yield f"AND({sous_l_entete},MOD(ROW(),2)=0)", formats.bande
    yield sous_l_entete, formats.trait


def _signes(plan: PlanDeRegistre) -> str:
    return f"${lettres_de(plan.rang_technique('signes'))}{plan.ligne_entete}"
