"""La mise en forme vivante : chaque cellule montre son signe, dès la frappe.

LibreOffice n'applique qu'une mise en forme par cellule, la première vraie de sa plage : les plages
sont donc disjointes, une par colonne, la règle la plus importante d'abord, l'alternance en dernier,
et chaque format est complet. Jamais la couleur seule : gras, bord, italique, et le mot dans l'état.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.citations import NOMS_AU_PLUS, nommer
from pilotage_xlsx.generation.echeancier import UN_JOUR
from pilotage_xlsx.generation.plan import RANG_ETAT, RANG_GAUCHE, Case, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import un_de
from pilotage_xlsx.generation.techniques import BORD, cite_de, se_cherche
from pilotage_xlsx.generation.zone import Zone
from pilotage_xlsx.metier.etat import HORS, PROPOSEE
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.modele.identite import Unite
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

_NOMBRE_FAUTIF = 'General;"→ "#,##0"\u202f?";0;@" → un nombre seul{unite}"'
"""Ce que la cellule propose : LibreOffice garde « 1'200.- » pour -1200, « 3 mois » est un texte."""

_PLUS_DE_NOMS = f'@" → seuls {NOMS_AU_PLUS} noms sont cherchés ici, tous par le contrôle"'

_SIGLES = {"dernier_jour": ("P", "A"), "echeance": ("E", "FN")}
"""Par colonne d'un contrat, les sigles (`echeancier`) d'une échéance passée, et d'une proche."""


def mettre_en_forme(
    classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre, unites: Mapping[str, Unite]
) -> None:
    """Pose les règles de chaque colonne ; les plages partent de l'en-tête.

    Partir de l'en-tête garde les règles quand la première ligne de données est effacée.
    """
    formats = _Formats(classeur, unites)
    _poser(feuille, plan, RANG_ETAT, [*_de_l_etat(plan, formats), *_communes(plan, formats)])
    numeros = {colonne.id: numero for numero, colonne in enumerate(plan.feuille.saisies, 2)}
    for case in plan.cases:
        regles = [
            *_de_la_case(plan, case, numeros, formats),
            *_de_l_echeance(plan, case, formats),
            *_de_l_instant(plan, case, formats),
        ]
        _poser(feuille, plan, case.rang, [*regles, *_communes(plan, formats)])


class _Formats:
    """Les formats, complets : fond, bord, police."""

    def __init__(self, classeur: Classeur, unites: Mapping[str, Unite]) -> None:
        def creer(**style: object) -> Format:
            bord = {"bottom": 1, "bottom_color": TRAIT}
            return classeur.livre.add_format({**bord, **style})

        self.faute = creer(bg_color=FAUTE_FOND, font_color=FAUTE, bold=True)
        self.nombres_fautifs = {
            nom: creer(
                bg_color=FAUTE_FOND, font_color=FAUTE, bold=True,
                num_format=_NOMBRE_FAUTIF.format(unite=dite),
            )
            for nom, dite in _dire_les_unites(unites).items()
        }  # fmt: skip
        self.plus_de_noms = creer(font_color=CLARIFIER, italic=True, num_format=_PLUS_DE_NOMS)
        self.jour_seul = {
            fond: creer(num_format=DATE, **({"bg_color": BANDE} if fond else {}))
            for fond in (True, False)
        }
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


def _dire_les_unites(unites: Mapping[str, Unite]) -> Mapping[str | None, str]:
    """Ce qu'une cellule ajoute à « un nombre seul », par unité ; rien sans elle."""
    return {
        None: "",
        **{nom: f", en {unite.nom.replace(chr(34), '')}" for nom, unite in unites.items()},
    }


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
    est_un_nombre = case.colonne.genre in (Genre.ENTIER, Genre.MONTANT)
    faute = formats.nombres_fautifs[case.colonne.unite] if est_un_nombre else formats.faute
    yield un_de([f'{signe}="{vu}"' for vu in _fautes_de(plan, case.colonne)]), faute
    yield f'{signe}="M"', formats.manque
    yield f'{signe}="C"', formats.clarifier
    if se_cherche(case.colonne) and case.colonne.plusieurs:
        noms = _technique(plan, cite_de(case.colonne))
        yield f"LEN({nommer(noms, NOMS_AU_PLUS)})>0", formats.plus_de_noms
    if case.colonne.est_essentielle and not case.colonne.obligatoire_si:
        yield _manque_sans_formule(plan, case), formats.manque


def _fautes_de(plan: PlanDeRegistre, colonne: Colonne) -> Iterator[str]:
    """Les fautes que peut avoir une cellule ; « = » ne distingue pas « F » de « f »."""
    yield "F"
    if colonne.id == plan.feuille.cle:
        yield "D"
    if se_cherche(colonne):
        yield "R"


def _manque_sans_formule(plan: PlanDeRegistre, case: Case) -> str:
    """Une ligne insérée, qui n'a pas encore ses formules, montre déjà ses cellules vides."""
    ligne = plan.ligne_entete
    debut, fin = lettres_de(RANG_GAUCHE), lettres_de(plan.rang_technique(BORD))
    remplies = f"COUNTA(${debut}{ligne}:${fin}{ligne})"
    texte, cellule = _technique(plan, "texte"), f"{lettres_de(case.rang)}{ligne}"
    return f"AND(LEN({texte})=0,{remplies}>0,LEN({cellule})=0)"


def _de_l_echeance(plan: PlanDeRegistre, case: Case, formats: _Formats) -> Iterator[Regle]:
    """Une échéance passée ou proche, en couleur et en un mot, d'après les seuils de la fiche."""
    match plan.feuille.id, case.colonne.id if case.colonne else "":
        case "outils", ("dernier_jour" | "echeance") as nom:
            passee, proche = _SIGLES[nom]
            sigle = _technique(plan, "sigle")
            yield f'AND(LEN({sigle})=1,ISNUMBER(FIND({sigle},"{passee}")))', formats.passee
            yield f'AND(LEN({sigle})=1,ISNUMBER(FIND({sigle},"{proche}")))', formats.proche
        case "decisions", "a_revoir_le":
            cle = _technique(plan, "revision")
            aujourd_hui = Zone(plan).aujourd_hui
            yield f"AND(ISNUMBER({cle}),{cle}<{aujourd_hui}*{UN_JOUR})", formats.passee
            yield f"ISNUMBER({cle})", formats.proche


def _de_l_instant(plan: PlanDeRegistre, case: Case, formats: _Formats) -> Iterator[Regle]:
    """Un jour sans heure se montre sans « 00:00 » ; la bande d'une ligne sur deux y reste."""
    if case.colonne is None or case.colonne.genre is not Genre.DATE_HEURE:
        return
    ligne = plan.ligne_entete
    cellule = f"{lettres_de(case.rang)}{ligne}"
    est_un_jour = f"ISNUMBER({cellule}),INT({cellule})={cellule}"
    yield f"AND({est_un_jour},MOD(ROW(),2)=0)", formats.jour_seul[True]
    yield f"AND({est_un_jour})", formats.jour_seul[False]


def _de_l_etat(plan: PlanDeRegistre, formats: _Formats) -> Iterator[Regle]:
    etat = f"${lettres_de(RANG_ETAT)}{plan.ligne_entete}"
    for debut, format_ in (
        ("À corriger", formats.faute),
        ("Il manque", formats.manque),
        ("À clarifier", formats.clarifier),
        ("À confirmer", formats.clarifier),
        ("Complet", formats.complet),
    ):
        yield f'LEFT({etat},{len(debut)})="{debut}"', format_


def _communes(plan: PlanDeRegistre, formats: _Formats) -> Iterator[Regle]:
    """Une ligne hors vigueur s'efface ; une ligne sur deux a sa bande."""
    sous_l_entete = f"ROW()>ROW($A${plan.ligne_entete})"
    vigueur = f"LEFT({_signes(plan)},1)"
    effacees = (HORS, PROPOSEE) if plan.feuille.a_confirmer else (HORS,)
    yield un_de([f'{vigueur}="{signe}"' for signe in effacees]), formats.hors
    yield f"AND({sous_l_entete},MOD(ROW(),2)=0)", formats.bande
    yield sous_l_entete, formats.trait


def _signes(plan: PlanDeRegistre) -> str:
    return _technique(plan, "signes")


def _technique(plan: PlanDeRegistre, quoi: str) -> str:
    return f"${lettres_de(plan.rang_technique(quoi))}{plan.ligne_entete}"
