"""Les fiches papier : une page à imprimer et à remplir au stylo, dans l'ordre du registre.

Qui signale n'a pas toujours le classeur sous la main ; le référent reporte la fiche, ligne à ligne.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import cycle, islice

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.modele import FICHE_PAPIER, Colonne, Feuille, Genre, Modele
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.tableur import Classeur, ecrire, ecrire_phrase, mettre_en_page
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import FINE, phraser

FORMULAIRES = ("incidents", "signalements")
_LARGEURS = (33, 63)
_LIGNE_ECRITE, _LIGNE_DE_CHOIX = 23, 16
_PAGE = 650
"""La hauteur d'une page A4, en points, tête et pied ôtés : de quoi décrire en deux lignes."""

_TEXTE_LONG, _LIGNES_AU_PLUS = 30, 10
_TRAIT = "#9AA5B1"
_JOUR, _HEURE = "……… . ……… . ……………", "   à ……… h ………"
_LEGENDE = "En gras : toujours demandé · ◦ : selon le cas · le reste : si vous le savez."
_A_ECRIRE = "………………………………………………"
_URGENCES = (
    ("À appeler d'abord, le référent : ", ("referent_nom", "referent_telephone")),
    ("Sinon, son suppléant : ", ("suppleant_nom", "suppleant_telephone")),
    ("Police 117 · Feu 118 · Secours 144 · L'exécutif : ", ("executif_telephone",)),
)
"""Qui appeler, et les questions de la fiche qui le disent."""

_INTERDITS = "Pas de nom d'habitant, pas de mot de passe."
_REPORT = "Reporté dans le classeur le ……… . ……… . ……………   par ………………………………"


@dataclass(frozen=True, slots=True)
class Question:
    """Une question de la fiche : ses choix à cocher, ou ses ``lignes`` où écrire."""

    intitule: str
    choix: str
    est_essentielle: bool
    s_ecrit: bool
    lignes: int = 1

    @property
    def hauteur(self) -> int:
        """Sa hauteur en points : de quoi écrire, ou de quoi lire tous les choix."""
        textes = zip((self.intitule, self.choix), _LARGEURS, strict=True)
        lues = max(len(textwrap.wrap(texte, largeur)) for texte, largeur in textes)
        return max(self.lignes * _LIGNE_ECRITE, lues * _LIGNE_DE_CHOIX)


def nom_du_formulaire(feuille: Feuille) -> str:
    """Le nom de la feuille à imprimer pour un registre."""
    return f"{FICHE_PAPIER} {feuille.singulier}"


def ecrire_formulaires(classeur: Classeur, plan: Plan, commune: Texte | None, pied: str) -> None:
    """Écrit une fiche papier par registre qui se signale."""
    for registre in FORMULAIRES:
        if registre in plan.modele.par_id:
            _ecrire_formulaire(classeur, plan.modele.par_id[registre], plan, (commune, pied))


def _ecrire_formulaire(
    classeur: Classeur, decrite: Feuille, plan: Plan, reperes: tuple[str | None, str]
) -> None:
    commune, pied = reperes
    feuille = classeur.feuille(nom_du_formulaire(decrite), onglet="#9AA5B1")
    for rang, largeur in enumerate(_LARGEURS):
        feuille.set_column(rang, rang, largeur)
    ligne = _ecrire_tete(classeur, feuille, decrite, commune)
    ligne = _ecrire_urgences(classeur, feuille, plan, ligne)
    for question in poser(plan.modele, decrite):
        ligne = _ecrire_question(classeur, feuille, question, ligne)
    feuille.set_row(ligne, 30)
    ecrire_phrase(feuille, ligne, 0, _REPORT, classeur.style("phrase", valign="bottom"))
    lier_au_sommaire(classeur, feuille, len(_LARGEURS) + 2)
    mettre_en_page(feuille, pied, paysage=False)
    feuille.fit_to_pages(1, 1)
    feuille.center_horizontally()
    feuille.print_area(0, 0, ligne, len(_LARGEURS) - 1)


def _ecrire_tete(
    classeur: Classeur, feuille: Worksheet, decrite: Feuille, commune: Texte | None
) -> int:
    """Le titre, à qui remettre la fiche, comment la lire ; rend la première ligne des questions."""
    titre = f"{FICHE_PAPIER}{FINE}: {decrite.singulier}{f' · {commune}' if commune else ''}"
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, titre, classeur.style("titre", valign="vcenter"))
    remise = f"À remettre au référent numérique, qui la reporte dans la feuille {decrite.libelle}."
    for rang, phrase in enumerate((remise, _INTERDITS), 1):
        ecrire_phrase(feuille, rang, 0, phrase, classeur.style("phrase"))
    ecrire_phrase(feuille, 3, 0, _LEGENDE, classeur.style("legende"))
    return 4


def _ecrire_urgences(classeur: Classeur, feuille: Worksheet, plan: Plan, ligne: int) -> int:
    """Qui appeler tout de suite, d'après la fiche de la commune ; sinon, un blanc où écrire."""
    style = classeur.style("gras", text_wrap=False)
    for rang, (qui, questions) in enumerate(_URGENCES, ligne):
        posees = [question for question in questions if question in plan.fiche.lignes]
        cases = (plan.case_de_fiche(question) for question in posees)
        connus = "&".join(f'IF({case}="",""," "&{case})' for case in cases) or '""'
        reponses = (afficher(plan.fiche.reponses.get(question)) for question in posees)
        valeur = " ".join(filter(None, reponses)) or _A_ECRIRE
        dit = phraser(qui)
        formule = (
            f'="{dit}"&IFERROR(IF({connus}="","{_A_ECRIRE}",MID({connus},2,250)),"{_A_ECRIRE}")'
        )
        feuille.write_formula(rang, 0, formule, style, f"{dit}{valeur}")
    return ligne + len(_URGENCES)


def _ecrire_question(classeur: Classeur, feuille: Worksheet, question: Question, ligne: int) -> int:
    """Une question et de quoi y répondre ; rend la ligne suivante."""
    haut = {"top": 1, "top_color": _TRAIT, "valign": "vcenter", "text_wrap": True}
    intitule = classeur.style("gras" if question.est_essentielle else "texte", **haut)
    ecrire(feuille, ligne, 0, question.intitule, intitule)
    for rang in range(question.lignes):
        feuille.set_row(ligne + rang, question.hauteur / question.lignes)
        trait = {} if rang == 0 else {"top": 7}
        alignement = "right" if question.s_ecrit else "left"
        style = classeur.style("texte", **{**haut, "align": alignement, **trait})
        feuille.write_blank(ligne + rang, 1, None, style)
        ecrire(feuille, ligne + rang, 1, "" if rang else question.choix, style)
    return ligne + question.lignes


def poser(modele: Modele, decrite: Feuille) -> tuple[Question, ...]:
    """Les questions d'une fiche papier ; les textes longs se partagent ce qui reste de la page."""
    questions = [_demander(modele, decrite, colonne) for colonne in decrite.saisies]
    libres = int((_PAGE - sum(question.hauteur for question in questions)) // _LIGNE_ECRITE)
    longues = [rang for rang, c in enumerate(decrite.saisies) if _est_longue(c)]
    toujours = [rang for rang in longues if decrite.saisies[rang].obligatoire_si is None]
    essentielles = [rang for rang in toujours if questions[rang].est_essentielle]
    for rang in islice(cycle([*essentielles, *longues]), max(libres, 0) if longues else 0):
        if questions[rang].lignes < _LIGNES_AU_PLUS:
            questions[rang] = replace(questions[rang], lignes=questions[rang].lignes + 1)
    return tuple(questions)


def _demander(modele: Modele, decrite: Feuille, colonne: Colonne) -> Question:
    libelle = phraser(colonne.libelle)
    intitule = f"{libelle} ◦" if colonne.obligatoire_si else libelle
    if colonne.id == decrite.cle:
        intitule = f"{libelle} (laissé au référent)"
    return Question(
        intitule,
        _proposer(modele, colonne),
        est_essentielle=colonne.est_essentielle,
        s_ecrit=colonne.genre not in (Genre.LISTE, Genre.DATE, Genre.DATE_HEURE),
    )


def _proposer(modele: Modele, colonne: Colonne) -> str:
    """Les cases à cocher, ou la date à compléter ; rien s'il faut seulement écrire."""
    cases = _cocher((*modele.choix(colonne), *colonne.mentions))
    match colonne.genre:
        case Genre.DATE:
            return f"{_JOUR}   {cases}".strip()
        case Genre.DATE_HEURE:
            return f"{_JOUR}{_HEURE}   {cases}".strip()
        case _:
            return cases


def _cocher(choix: Iterable[str]) -> str:
    """« ☐ Oui   ☐ Non » ; une case ne se sépare pas de ses mots en fin de ligne."""
    return "   ".join(f"☐ {phraser(texte)}".replace(" ", "\u00a0") for texte in choix)


def _est_longue(colonne: Colonne) -> bool:
    return colonne.genre is Genre.TEXTE and colonne.largeur >= _TEXTE_LONG
