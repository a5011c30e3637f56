"""L'état de la fiche : une phrase en tête, et chaque réponse qui manque ou se trompe se montre.

Des colonnes cachées portent de chaque réponse le signe (`Etat.signes`), le texte comparable et les
mots admis ; la phrase et les couleurs en vivent, sans jamais citer une autre feuille.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.balises import BALISE, EGAL
from pilotage_xlsx.generation.formules import est_un_nombre, est_une_date
from pilotage_xlsx.generation.mots import LARGEUR, Mots
from pilotage_xlsx.generation.plan import (
    COLONNE_CLES,
    COLONNE_MOTS,
    COLONNE_NOTE,
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    COLONNE_SIGNES,
    COLONNE_TELS_QUELS,
    COLONNE_TEXTES,
    PlanDeFiche,
)
from pilotage_xlsx.generation.syntaxe import (
    capitaliser,
    comparable,
    en_capitales,
    normaliser,
    proteger,
    un_de,
)
from pilotage_xlsx.generation.valeurs import contenu
from pilotage_xlsx.metier.etat import FAUTES, SIGNE_AVEU, SIGNE_VIDE, Etat
from pilotage_xlsx.modele import Colonne, Genre, Modele
from pilotage_xlsx.modele.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import AVEU, ecritures
from pilotage_xlsx.registre.remises import REMISES
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.tableur import (
    CLARIFIER,
    CLARIFIER_FOND,
    COMPLET,
    FAUTE,
    FAUTE_FOND,
    MANQUE,
    MANQUE_BORD,
    MANQUE_FOND,
    TRAIT,
    Classeur,
    ecrire,
)
from pilotage_xlsx.socle.typographie import FINE

_PHRASE_MAX = 120
"""Ce qui se lit sur une ligne de l'écran ; la suite se voit aux réponses marquées."""


def ecrire_etat(
    classeur: Classeur, feuille: Worksheet, modele: Modele, plan: PlanDeFiche, etat: Etat
) -> None:
    """Écrit les colonnes cachées, la phrase, et pose les mises en forme."""
    signes = etat.signes(plan.feuille, etat.registre.commune)[1:]
    feuille.set_column(COLONNE_SIGNES - 1, COLONNE_TELS_QUELS - 1, 4, None, {"hidden": True})
    style, formules = classeur.style("legende"), _Formules(modele, plan)
    _calculer(feuille, plan.ligne_entete, COLONNE_MOTS, formules.remises, style)
    for colonne, signe in zip(plan.feuille.saisies, signes, strict=True):
        ligne = plan.lignes[colonne.id]
        texte = (formules.formuler_le_texte(colonne), _texte_de(plan, colonne))
        for rang, paire in (
            (COLONNE_SIGNES, (formules.signe(colonne), signe)),
            (COLONNE_TEXTES, texte),
        ):
            _calculer(feuille, ligne, rang, paire, style)
        if colonne.genre is Genre.LISTE:
            mots = Mots(modele, colonne).texte
            ecrire(feuille, ligne - 1, COLONNE_TELS_QUELS - 1, mots, style)
            formule = f"UPPER({_case(plan, colonne, COLONNE_TELS_QUELS)})"
            _calculer(feuille, ligne, COLONNE_MOTS, (formule, mots.upper()), style)
    _ecrire_phrase(classeur, feuille, plan, signes)
    _mettre_en_forme(classeur, feuille, plan)


def _calculer(
    feuille: Worksheet, ligne: int, rang: int, paire: tuple[str, Any], style: Format
) -> None:
    formule, valeur = paire
    feuille.write_formula(ligne - 1, rang - 1, f"={formule}", style, valeur)


def _texte_de(plan: PlanDeFiche, colonne: Colonne) -> Any:
    """Le texte comparable d'une réponse ; d'une date, son numéro, comme le tableur l'écrit."""
    valeur = contenu(plan.reponses.get(colonne.id))
    if isinstance(valeur, date):
        valeur = vers_serie(valeur)
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    return capitaliser("" if valeur is None else str(valeur))


def _ecrire_phrase(classeur: Classeur, feuille: Worksheet, plan: PlanDeFiche, signes: str) -> None:
    """Deux cellules cachées énumèrent ce qui est fautif et ce qui manque ; la phrase les cite."""
    style, cles = classeur.style("legende"), (plan.ligne_cles, plan.ligne_entete)
    textes = [_enumerer(plan, signes, cherches) for cherches in (FAUTES, SIGNE_VIDE)]
    for ligne, cherches, texte in zip(cles, (FAUTES, SIGNE_VIDE), textes, strict=True):
        morceaux = "&".join(
            f'IF(ISNUMBER(FIND({_case(plan, colonne, COLONNE_SIGNES)},"{cherches}")),'
            f'", {proteger(colonne.libelle)}","")'
            for colonne in plan.feuille.saisies
        )
        feuille.write_formula(ligne - 1, COLONNE_SIGNES - 1, f"={morceaux}", style, texte)
    fautives, manquantes = (f"${lettres_de(COLONNE_SIGNES)}${ligne}" for ligne in cles)
    aveux = f'COUNTIF({_plage_des_signes(plan)},"{SIGNE_AVEU}")'
    formule = (
        f'=IF({fautives}<>"","À corriger{FINE}: "&{_couper(fautives)},'
        f'IF({manquantes}<>"","Il manque{FINE}: "&{_couper(manquantes)},'
        f'IF({aveux}>0,"À clarifier{FINE}: "&{aveux},"Complet")))'
    )
    place = (plan.ligne_etat - 1, COLONNE_QUESTIONS - 1)
    gras = classeur.style("gras", text_wrap=False)
    feuille.write_formula(*place, formule, gras, dire(plan, signes))


def dire(plan: PlanDeFiche, signes: str) -> str:
    """L'état de la fiche en une phrase, jumelle de la formule."""
    if fautives := _enumerer(plan, signes, FAUTES):
        return f"À corriger{FINE}: {_abreger(fautives)}"
    if manquantes := _enumerer(plan, signes, SIGNE_VIDE):
        return f"Il manque{FINE}: {_abreger(manquantes)}"
    aveux = signes.count(SIGNE_AVEU)
    return f"À clarifier{FINE}: {aveux}" if aveux else "Complet"


def _plage_des_signes(plan: PlanDeFiche) -> str:
    ou, rangs = lettres_de(COLONNE_SIGNES), plan.lignes.values()
    return f"${ou}${min(rangs)}:${ou}${max(rangs)}"


def _enumerer(plan: PlanDeFiche, signes: str, cherches: str) -> str:
    paires = zip(plan.feuille.saisies, signes, strict=True)
    return "".join(f", {colonne.libelle}" for colonne, signe in paires if signe in cherches)


def _abreger(enumeration: str) -> str:
    texte = enumeration[2:]
    return texte if len(texte) <= _PHRASE_MAX else f"{texte[:_PHRASE_MAX]}…"


def _couper(case: str) -> str:
    return f'MID({case},3,{_PHRASE_MAX})&IF(LEN({case})>{_PHRASE_MAX + 2},"…","")'


def _case(plan: PlanDeFiche, colonne: Colonne, rang: int) -> str:
    return f"${lettres_de(rang)}${plan.lignes[colonne.id]}"


class _Formules:
    """Les formules d'une réponse : son texte, son signe."""

    def __init__(self, modele: Modele, plan: PlanDeFiche) -> None:
        self.modele = modele
        self.plan = plan
        textes = "".join(f"{BALISE}{comparable(remise)}" for remise in REMISES)
        self.remises = (en_capitales(f"{textes}{BALISE}"), f"{textes}{BALISE}".upper())
        self._des_remises = f"${lettres_de(COLONNE_MOTS)}${plan.ligne_entete}"

    def formuler_le_texte(self, colonne: Colonne) -> str:
        """Le texte comparable d'une réponse."""
        case = _case(self.plan, colonne, COLONNE_REPONSES)
        return f'UPPER({normaliser(f"""IFERROR({case}&"","#")""")})'

    def signe(self, colonne: Colonne) -> str:
        """Son signe (`Etat.signes`)."""
        manque = self._si_exigee(colonne, '"M"', '"."')
        faute = self._si_exigee(colonne, '"F"', '"f"')
        lue = f'IF({self._est_fautive(colonne)},{faute},".")'
        if colonne.admet_l_aveu:
            aveux = un_de([self._est_ecrit(colonne, ecrit) for ecrit in ecritures((AVEU,))])
            lue = f'IF({aveux},"{SIGNE_AVEU}",{lue})'
        return f"IF({self._est_vide(colonne)},{manque},{lue})"

    def _si_exigee(self, colonne: Colonne, vrai: str, faux: str) -> str:
        if not colonne.est_essentielle:
            return faux
        condition = colonne.obligatoire_si
        return vrai if condition is None else f"IF({self._condition(condition)},{vrai},{faux})"

    def _condition(self, condition: Condition) -> str:
        alternatives = (
            f"AND({','.join(self._essai(essai) for essai in essais)})"
            for essais in condition.alternatives
        )
        return f"OR({','.join(alternatives)})"

    def _essai(self, essai: Essai) -> str:
        colonne = self.plan.feuille.par_id[essai.colonne]
        vide = self._est_vide(colonne)
        match essai:
            case Parmi(_, valeurs):
                return self._valoir(colonne, valeurs)
            case Sauf(_, valeurs):
                autres = [vide, self._est_fautive(colonne), self._valoir(colonne, valeurs)]
                return f"NOT({un_de(autres)})"
            case Rempli():
                return f"NOT({vide})"
            case Vide():
                return vide

    def _valoir(self, colonne: Colonne, valeurs: Sequence[str]) -> str:
        if colonne.genre is not Genre.LISTE:
            return un_de([self._est_ecrit(colonne, valeur) for valeur in valeurs])
        texte, mots = (_case(self.plan, colonne, r) for r in (COLONNE_TEXTES, COLONNE_MOTS))
        trouve = f'FIND("{BALISE}"&{texte}&"{EGAL}",{mots})+LEN({texte})+2'
        code, liste = f'IFERROR(MID({mots},{trouve},{LARGEUR}),"")', Mots(self.modele, colonne)
        return un_de([f'{code}="{liste.code(valeur)}"' for valeur in valeurs])

    def _est_ecrit(self, colonne: Colonne, texte: str) -> str:
        ou = _case(self.plan, colonne, COLONNE_TEXTES)
        return f"{ou}={en_capitales(comparable(texte))}"

    def _est_fautive(self, colonne: Colonne) -> str:
        case = _case(self.plan, colonne, COLONNE_REPONSES)
        match colonne.genre:
            case Genre.LISTE:
                texte, mots = (_case(self.plan, colonne, r) for r in (COLONNE_TEXTES, COLONNE_MOTS))
                return f'ISERROR(FIND("{BALISE}"&{texte}&"{EGAL}",{mots}))'
            case Genre.DATE | Genre.DATE_HEURE:
                faute = f"IF(ISNUMBER({case}),NOT({est_une_date(case)}),TRUE)"
                ecrites = [*colonne.mentions_ecrites]
                mentions = un_de([self._est_ecrit(colonne, m) for m in ecrites]) if ecrites else ""
                return f"IF({mentions},FALSE,{faute})" if mentions else faute
            case Genre.ENTIER | Genre.MONTANT:
                return f"IFERROR(NOT({est_un_nombre(case, colonne)}),TRUE)"
            case _:
                return f"ISERROR({case})"

    def _est_vide(self, colonne: Colonne) -> str:
        texte = _case(self.plan, colonne, COLONNE_TEXTES)
        if not colonne.connait_les_remises:
            return f"LEN({texte})=0"
        remise = f'ISNUMBER(FIND("{BALISE}"&{texte}&"{BALISE}",{self._des_remises}))'
        return f"IF(LEN({texte})=0,TRUE,{remise})"


def _mettre_en_forme(classeur: Classeur, feuille: Worksheet, plan: PlanDeFiche) -> None:
    def creer(**style: object) -> object:
        return classeur.livre.add_format(style)

    faute = creer(bg_color=FAUTE_FOND, font_color=FAUTE, bold=True)
    manque = creer(bg_color=MANQUE_FOND, font_color=MANQUE, border=1, border_color=MANQUE_BORD)
    clarifier = creer(bg_color=CLARIFIER_FOND, font_color=CLARIFIER, italic=True)
    cadre = creer(border=1, border_color=TRAIT)
    premiere, derniere = min(plan.lignes.values()), max(plan.lignes.values())
    signe = f"${lettres_de(COLONNE_SIGNES)}{premiere}"
    reponses = (premiere - 1, COLONNE_REPONSES - 1, derniere - 1, COLONNE_REPONSES - 1)
    etat = f"${lettres_de(COLONNE_QUESTIONS)}${plan.ligne_etat}"
    phrase = (plan.ligne_etat - 1, COLONNE_QUESTIONS - 1, plan.ligne_etat - 1, COLONNE_NOTE - 1)
    regles = (
        (reponses, f'AND(LEN({signe})=1,ISNUMBER(FIND({signe},"{FAUTES}")))', faute),
        (reponses, f'{signe}="{SIGNE_VIDE}"', manque),
        (reponses, f'{signe}="{SIGNE_AVEU}"', clarifier),
        (reponses, f"LEN(${lettres_de(COLONNE_CLES)}{premiere})>0", cadre),
        (phrase, f'LEFT({etat},10)="À corriger"', faute),
        (phrase, f'LEFT({etat},9)="Il manque"', creer(bg_color=MANQUE_FOND, font_color=MANQUE)),
        (phrase, f'LEFT({etat},11)="À clarifier"', clarifier),
        (phrase, f'{etat}="Complet"', creer(font_color=COMPLET)),
    )
    for plage, critere, format_ in regles:
        regle = {"type": "formula", "criteria": f"={critere}", "format": format_}
        feuille.conditional_format(*plage, regle)
