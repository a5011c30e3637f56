"""La feuille des listes : chaque valeur et son sens ; un nom défini par liste, pour les menus."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.plan import COLONNE_REPONSES, COLONNE_SIGNES, Plan, PlanDeFiche
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.modele import LISTES, TITRE_DES_LISTES, Modele
from pilotage_xlsx.modele.vocabulaire import Aveu, Liste, Mot
from pilotage_xlsx.socle.tableur import (
    BLEU,
    Classeur,
    FeuilleEcrite,
    ecrire,
    ecrire_phrase,
    mettre_en_page,
)

FEUILLE = LISTES
PREMIERE = 5
"""La première ligne des valeurs, sous le titre et les en-têtes."""

_HONNETE = "La commune ne le sait pas encore : c'est une réponse, et un point à clarifier."


def nom_de_liste(liste: str) -> str:
    """Le nom défini d'une liste fermée."""
    return f"liste_{liste}"


def nom_de_menu(liste: str) -> str:
    """Le nom défini de ce que montre le menu d'une liste : ses valeurs, aux mots de la commune."""
    return f"menu_{liste}"


def ecrire_listes(classeur: Classeur, plan: Plan, pied: str) -> FeuilleEcrite:
    """Écrit la feuille des listes et définit leurs noms."""
    modele = plan.modele
    feuille = classeur.feuille(FEUILLE, onglet="#9AA5B1")
    _ecrire_titre(classeur, feuille)
    ligne = PREMIERE
    for nom, usages in _usages(modele).items():
        liste = modele.listes[nom]
        fin = _ecrire_liste(classeur, feuille, liste, usages, ligne)
        for mot in _nommees(liste):
            rang = ligne - 1 + liste.choix.index(mot.libelle)
            _ecrire_le_mot_de_la_commune(classeur, feuille, plan.fiche, mot, rang)
        menu = ligne + len(liste.choix) - 1
        classeur.livre.define_name(nom_de_liste(nom), f"={FEUILLE}!$B${ligne}:$B${fin}")
        classeur.livre.define_name(nom_de_menu(nom), f"={FEUILLE}!$B${ligne}:$B${menu}")
        ligne = fin + 2
    _ecrire_lexique(classeur, feuille, modele, ligne)
    mettre_en_page(feuille, pied, entete=PREMIERE - 2, est_reduite=True)
    return feuille


def _ecrire_titre(classeur: Classeur, feuille: Worksheet) -> None:
    for rang, largeur in enumerate((36, 42, 58, 2)):
        feuille.set_column(rang, rang, largeur)
    ecrire_phrase(feuille, 0, 0, TITRE_DES_LISTES, classeur.style("titre"))
    phrase = "Ce que proposent les menus. Cette feuille se lit ; elle ne se remplit pas."
    ecrire_phrase(feuille, 1, 0, phrase, classeur.style("phrase"))
    for rang, titre in enumerate(("Où", "Valeur", "Ce que cela veut dire")):
        ecrire(feuille, PREMIERE - 2, rang, titre, classeur.style("entete"))
    lier_au_sommaire(classeur, feuille, 3)
    feuille.freeze_panes(PREMIERE - 1, 0)


def _usages(modele: Modele) -> Mapping[str, str]:
    """Chaque liste et les colonnes qui s'en servent, dans l'ordre du classeur."""
    usages: dict[str, list[str]] = {}
    for feuille in modele.feuilles:
        for colonne in feuille.colonnes:
            if colonne.liste:
                usages.setdefault(colonne.liste, []).append(f"{feuille.libelle}, {colonne.libelle}")
    return {liste: "\n".join(libelles) for liste, libelles in usages.items()}


def _ecrire_liste(
    classeur: Classeur, feuille: Worksheet, liste: Liste, usages: str, ligne: int
) -> int:
    """Le menu, puis, hors de lui, les mots du modèle que la commune y remplace par le sien."""
    sens = {valeur.libelle: valeur.sens for valeur in liste.valeurs}
    ecrire(feuille, ligne - 1, 0, usages, classeur.style("gras", font_color=BLEU))
    ecrits = (*liste.choix, *(mot.libelle for mot in _nommees(liste)))
    for rang, valeur in enumerate(ecrits, ligne - 1):
        ecrire(feuille, rang, 1, valeur, classeur.style("texte"))
        explication = sens.get(valeur, _HONNETE)
        ecrire_phrase(feuille, rang, 2, explication, classeur.style("phrase", text_wrap=True))
    return ligne + len(ecrits) - 1


def _nommees(liste: Liste) -> tuple[Mot, ...]:
    return tuple(mot for mot in liste.valeurs if mot.nomme_par)


def _ecrire_le_mot_de_la_commune(
    classeur: Classeur, feuille: Worksheet, fiche: PlanDeFiche, mot: Mot, rang: int
) -> None:
    """Ce que la fiche dit, dès qu'elle le dit ; sinon le mot du modèle."""
    question = mot.nomme_par or ""
    case, signe = (fiche.adresse(question, ou) for ou in (COLONNE_REPONSES, COLONNE_SIGNES))
    formule = f'=IFERROR(IF(AND({signe}=".",{case}<>""),{case},"{mot.libelle}"),"{mot.libelle}")'
    dit = fiche.reponses.get(question)
    montre = dit if isinstance(dit, str) and not isinstance(dit, Aveu) else mot.libelle
    feuille.write_formula(rang, 1, formule, classeur.style("texte"), montre)


def _ecrire_lexique(classeur: Classeur, feuille: Worksheet, modele: Modele, ligne: int) -> None:
    """À la suite des listes, les mots du classeur."""
    ecrire(feuille, ligne - 1, 0, "Lexique", classeur.style("gras", font_color=BLEU))
    for rang, terme in enumerate(modele.note.lexique, ligne - 1):
        ecrire(feuille, rang, 1, terme.terme, classeur.style("texte"))
        ecrire_phrase(feuille, rang, 2, terme.sens, classeur.style("phrase", text_wrap=True))
