"""La feuille « Lisez-moi » : à quoi sert le classeur, les gestes, qui demander, où est quoi."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.fiche import premiere_vide
from pilotage_xlsx.generation.formulaires import FORMULAIRES, nom_du_formulaire
from pilotage_xlsx.generation.listes import FEUILLE as LISTES
from pilotage_xlsx.generation.plan import COLONNE_REPONSES, RANG_GAUCHE, Plan
from pilotage_xlsx.generation.reperes import SOMMAIRE
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.generation.tableau.disposition import FEUILLE as TABLEAU
from pilotage_xlsx.generation.zone import premiere_libre
from pilotage_xlsx.modele import FICHE_PAPIER
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import (
    BLEU,
    FAUTE,
    TRAIT,
    Classeur,
    ecrire,
    ecrire_phrase,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import paragraphe, phraser

_BUT = (
    "Ce classeur tient à jour ce que la commune utilise de numérique, ce qu'elle décide et ce qui "
    "lui arrive ; le rapport annuel à l'exécutif en sort."
)
_GESTES = (
    (
        "Commencer par la feuille Commune",
        "Qui pilote, qui remplace, quand la note a été adoptée.",
        "commune",
    ),
    (
        "Inscrire les prestataires, puis les outils",
        "Les menus des outils proposent ces noms.",
        "prestataires",
    ),
    (
        "Répondre « À clarifier » quand on ne sait pas",
        "C'est une réponse, que le rapport montrera. Tous les menus la proposent.",
        "outils",
    ),
    ("Ne rien effacer", "Un outil passe à « Arrêté », une décision à « Remplacée ».", "decisions"),
    (
        "Regarder Contrôle, et faire vérifier une fois par an",
        "Contrôle dit ce qui manque ; le rapport à l'exécutif se fait d'après le classeur vérifié.",
        CONTROLE,
    ),
)
"""Ce qu'il y a à faire, pourquoi, et la feuille où aller."""

_INTERDITS = "Ne pas écrire ici : un nom d'habitant, un mot de passe, un numéro AVS."
_A_QUI_DEMANDER = (
    (
        "Le référent numérique",
        ("referent_nom", "referent_fonction", "referent_telephone", "referent_courriel"),
        "à inscrire dans la feuille Commune",
    ),
    (
        "La coordination régionale",
        ("coordination_organisme", "coordination_contact"),
        "si votre région en a une, à inscrire dans la feuille Commune",
    ),
)
_NOTE = "« § » : le paragraphe de la note interne où l'exécutif fixe le pilotage numérique."
_LIBERTE = (
    "Ce fichier est à vous : triez, filtrez, insérez des lignes, ajoutez vos colonnes et vos "
    "feuilles, renommez. Rien de ce que vous tapez ne sera perdu ni changé."
)
_ESPACE = 8


def ecrire_lisez_moi(classeur: Classeur, plan: Plan, commune: Ligne, au: date, pied: str) -> None:
    """Écrit la feuille d'accueil, d'un seul écran."""
    feuille = classeur.feuille(SOMMAIRE, onglet="#3E74A8")
    for rang, largeur in enumerate((3, 44, 92)):
        feuille.set_column(rang, rang, largeur)
    feuille.set_row(0, 24)
    ecrire_phrase(feuille, 0, 1, plan.modele.identite.libelle, classeur.style("titre"))
    ecrire_phrase(feuille, 0, 2, _provenance(plan, au), classeur.style("legende", align="right"))
    ecrire_phrase(feuille, 1, 1, plan.modele.note.objectif, classeur.style("gras", text_wrap=False))
    ecrire_phrase(feuille, 2, 1, _BUT, classeur.style("phrase"))
    ligne = _ecrire_gestes(classeur, feuille, plan, 4)
    ligne = _demander(classeur, feuille, plan, commune, ligne + 1)
    ligne = _ecrire_sommaire(classeur, feuille, plan, ligne + 1)
    feuille.set_row(ligne, _ESPACE)
    ecrire_phrase(feuille, ligne + 1, 1, _LIBERTE, classeur.style("phrase"))
    mettre_en_page(feuille, pied)


def _titrer(classeur: Classeur, feuille: Worksheet, ligne: int, titre: str) -> None:
    """Un titre, et au-dessus de lui un peu d'air."""
    feuille.set_row(ligne - 1, _ESPACE)
    ecrire_phrase(feuille, ligne, 1, titre, classeur.style("sous_titre"))


def _ecrire_gestes(classeur: Classeur, feuille: Worksheet, plan: Plan, ligne: int) -> int:
    _titrer(classeur, feuille, ligne, "Les cinq gestes")
    for rang, (geste, pourquoi, ou) in enumerate(_GESTES, 1):
        ecrire(feuille, ligne + rang, 0, rang, classeur.style("gras", font_color=BLEU))
        cible = f"internal:{_ou_ecrire(plan, ou)}"
        feuille.write_url(ligne + rang, 1, cible, classeur.style("lien", bold=True), phraser(geste))
        ecrire_phrase(feuille, ligne + rang, 2, pourquoi, classeur.style("texte"))
    interdits = classeur.style("gras", font_color=FAUTE, text_wrap=False)
    ecrire_phrase(feuille, ligne + len(_GESTES) + 1, 1, _INTERDITS, interdits)
    return ligne + len(_GESTES) + 2


def _demander(
    classeur: Classeur, feuille: Worksheet, plan: Plan, commune: Ligne, ligne: int
) -> int:
    """Qui demander : ce que dit la fiche, par formule, avec sa valeur."""
    _titrer(classeur, feuille, ligne, "À qui demander")
    connues = plan.fiche.feuille.par_id
    for rang, (qui, questions, sinon) in enumerate(_A_QUI_DEMANDER, ligne + 1):
        posees = [question for question in questions if question in connues]
        reponses = [afficher(commune[question]) for question in posees]
        valeur = ", ".join(filter(None, reponses)) or sinon
        formule = f"={_joindre([plan.case_de_fiche(question) for question in posees], sinon)}"
        ecrire_phrase(feuille, rang, 1, qui, classeur.style("gras"))
        style = classeur.style("texte", text_wrap=False)
        feuille.write_formula(rang, 2, formule, style, valeur)
    return ligne + len(_A_QUI_DEMANDER) + 1


def _joindre(cases: Sequence[str], sinon: str) -> str:
    textes = "&".join(f'IF({case}="","",", "&{case})' for case in cases) or '""'
    return f'IFERROR(IF({textes}="","{sinon}",MID({textes},3,250)),"{sinon}")'


def _ecrire_sommaire(classeur: Classeur, feuille: Worksheet, plan: Plan, ligne: int) -> int:
    _titrer(classeur, feuille, ligne, "Les feuilles")
    ecrire_phrase(feuille, ligne, 2, _NOTE, classeur.style("legende"))
    trait = {"bottom": 1, "bottom_color": TRAIT}
    rang = ligne
    for rang, (nom, cible, resume) in enumerate(_sommaire(plan), ligne + 1):
        lien = classeur.style("lien", **trait)
        feuille.write_url(rang, 1, f"internal:{cible}", lien, nom)
        ecrire_phrase(feuille, rang, 2, resume, classeur.style("texte", **trait))
    return rang + 1


def _sommaire(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Le nom, la cible et le résumé de chaque feuille."""
    registres = (registre.feuille for registre in plan.dans_l_ordre_des_gestes)
    for feuille in (plan.fiche.feuille, *registres):
        resume = f"{feuille.resume} ({paragraphe(feuille.paragraphe)})"
        yield feuille.libelle, _ou_ecrire(plan, feuille.id), resume
    yield CONTROLE, f"{citer(CONTROLE)}!A1", "Ce qui manque, feuille par feuille, et où cliquer."
    resume = "Ce qui compte aujourd'hui : à faire, outils, prestataires, l'année."
    yield TABLEAU, f"{citer(TABLEAU)}!A1", resume
    resume = "Ce que proposent les menus, ce que chaque mot veut dire, et un lexique."
    yield LISTES, f"{citer(LISTES)}!A1", resume
    if formulaires := [f for f in plan.modele.registres if f.id in FORMULAIRES]:
        resume = "Un incident, un signalement : une page à imprimer et à remplir au stylo."
        yield FICHE_PAPIER, f"{citer(nom_du_formulaire(formulaires[0]))}!A1", resume
    if (acceptes := plan.modele.acceptations) is not None:
        yield acceptes.libelle, f"{citer(acceptes.libelle)}!A1", acceptes.resume


def _ou_ecrire(plan: Plan, ou: str) -> str:
    """La première cellule à remplir d'une feuille, celle où elle s'ouvre ; ou Contrôle."""
    if ou == plan.fiche.feuille.id:
        cellule = f"{lettres_de(COLONNE_REPONSES)}{premiere_vide(plan.fiche)}"
        return f"{citer(plan.fiche.feuille.libelle)}!{cellule}"
    for registre in plan.registres:
        if ou == registre.feuille.id:
            cellule = f"{lettres_de(RANG_GAUCHE + 1)}{premiere_libre(registre)}"
            return f"{citer(registre.feuille.libelle)}!{cellule}"
    return f"{citer(CONTROLE)}!A1"


def _provenance(plan: Plan, au: date) -> str:
    identite = plan.modele.identite
    return f"Modèle « {identite.id} » {identite.version}, classeur préparé le {afficher(au)}."
