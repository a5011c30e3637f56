"""L'état de la fiche : une phrase en tête, et chaque réponse qui manque ou se trompe se montre.

Une colonne cachée porte le signe de chaque réponse (`Etat.signes`) ; la phrase et les couleurs en
vivent, sans jamais citer une autre feuille.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.formules import est_un_nombre, est_une_date
from pilotage_xlsx.generation.listes import NOM_DES_REMISES, nom_de_liste
from pilotage_xlsx.generation.plan import (
    COLONNE_CLES,
    COLONNE_NOTE,
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    COLONNE_SIGNES,
    PlanDeFiche,
)
from pilotage_xlsx.generation.syntaxe import capitaliser, normaliser, proteger
from pilotage_xlsx.metier.etat import FAUTES, SIGNE_AVEU, SIGNE_VIDE, Etat
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.modele.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.adresses import lettres_de
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
)

_PHRASE_MAX = 120
"""Ce qui se lit sur une ligne de l'écran ; la suite se voit aux réponses marquées."""


def ecrire_etat(
    classeur: Classeur, feuille: Worksheet, plan: PlanDeFiche, etat: Etat, commune: Ligne
) -> None:
    """Écrit les signes, la phrase, et pose les mises en forme."""
    signes = etat.signes(plan.feuille, commune)[1:]
    feuille.set_column(COLONNE_SIGNES - 1, COLONNE_SIGNES - 1, 4, None, {"hidden": True})
    style = classeur.style("legende")
    for colonne, signe in zip(plan.feuille.saisies, signes, strict=True):
        place = (plan.lignes[colonne.id] - 1, COLONNE_SIGNES - 1)
        feuille.write_formula(*place, f"={_signe(plan, colonne)}", style, signe)
    _ecrire_phrase(classeur, feuille, plan, signes)
    _mettre_en_forme(classeur, feuille, plan)


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
    aveux = f'SUMPRODUCT(--({_plage_des_signes(plan)}="{SIGNE_AVEU}"))'
    formule = (
        f'=IF({fautives}<>"","À corriger : "&{_couper(fautives)},'
        f'IF({manquantes}<>"","Il manque : "&{_couper(manquantes)},'
        f'IF({aveux}>0,"À clarifier : "&{aveux},"Complet")))'
    )
    place = (plan.ligne_etat - 1, COLONNE_QUESTIONS - 1)
    gras = classeur.style("gras", text_wrap=False)
    feuille.write_formula(*place, formule, gras, dire(plan, signes))


def dire(plan: PlanDeFiche, signes: str) -> str:
    """L'état de la fiche en une phrase, jumelle de la formule."""
    if fautives := _enumerer(plan, signes, FAUTES):
        return f"À corriger : {_abreger(fautives)}"
    if manquantes := _enumerer(plan, signes, SIGNE_VIDE):
        return f"Il manque : {_abreger(manquantes)}"
    aveux = signes.count(SIGNE_AVEU)
    return f"À clarifier : {aveux}" if aveux else "Complet"


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


def _signe(plan: PlanDeFiche, colonne: Colonne) -> str:
    manque = _si_exigee(plan, colonne, '"M"', '"."')
    faute = _si_exigee(plan, colonne, '"F"', '"f"')
    lue = f'IF({_est_fautive(plan, colonne)},{faute},".")'
    if colonne.admet_l_aveu:
        lue = f'IF({_valoir(plan, colonne, (A_CLARIFIER,))},"{SIGNE_AVEU}",{lue})'
    return f"IF({_est_vide(plan, colonne)},{manque},{lue})"


def _si_exigee(plan: PlanDeFiche, colonne: Colonne, vrai: str, faux: str) -> str:
    if not colonne.est_essentielle:
        return faux
    condition = colonne.obligatoire_si
    return vrai if condition is None else f"IF({_condition(plan, condition)},{vrai},{faux})"


def _condition(plan: PlanDeFiche, condition: Condition) -> str:
    alternatives = (
        f"AND({','.join(_essai(plan, essai) for essai in essais)})"
        for essais in condition.alternatives
    )
    return f"OR({','.join(alternatives)})"


def _essai(plan: PlanDeFiche, essai: Essai) -> str:
    colonne = plan.feuille.par_id[essai.colonne]
    vide = _est_vide(plan, colonne)
    match essai:
        case Parmi(_, valeurs):
            return f"OR({_valoir(plan, colonne, valeurs)})"
        case Sauf(_, valeurs):
            return (
                f"NOT(OR({vide},{_est_fautive(plan, colonne)},{_valoir(plan, colonne, valeurs)}))"
            )
        case Rempli():
            return f"NOT({vide})"
        case Vide():
            return vide


def _valoir(plan: PlanDeFiche, colonne: Colonne, valeurs: Sequence[str]) -> str:
    texte = _texte(plan, colonne)
    return ",".join(f'{texte}="{proteger(capitaliser(valeur))}"' for valeur in valeurs)


def _est_fautive(plan: PlanDeFiche, colonne: Colonne) -> str:
    case = _case(plan, colonne, COLONNE_REPONSES)
    match colonne.genre:
        case Genre.LISTE:
            choix = nom_de_liste(colonne.liste or "")
            return f"SUMPRODUCT(--(UPPER({choix})={_texte(plan, colonne)}))=0"
        case Genre.DATE | Genre.DATE_HEURE:
            faute = f"IF(ISNUMBER({case}),NOT({est_une_date(case)}),TRUE)"
            mentions = _valoir(plan, colonne, colonne.mentions)
            return f"IF(OR({mentions}),FALSE,{faute})" if mentions else faute
        case Genre.ENTIER | Genre.MONTANT:
            return f"IFERROR(NOT({est_un_nombre(case, colonne)}),TRUE)"
        case _:
            return f"ISERROR({case})"


def _est_vide(plan: PlanDeFiche, colonne: Colonne) -> str:
    texte = _texte(plan, colonne)
    if not colonne.connait_les_remises:
        return f"LEN({texte})=0"
    return f"IF(LEN({texte})=0,TRUE,SUMPRODUCT(--({NOM_DES_REMISES}={texte}))>0)"


def _texte(plan: PlanDeFiche, colonne: Colonne) -> str:
    case = _case(plan, colonne, COLONNE_REPONSES)
    return f'UPPER({normaliser(f"""IFERROR({case}&"","#")""")})'


def _case(plan: PlanDeFiche, colonne: Colonne, rang: int) -> str:
    return f"${lettres_de(rang)}${plan.lignes[colonne.id]}"


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
