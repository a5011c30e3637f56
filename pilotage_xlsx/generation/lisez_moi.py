"""La feuille « Lisez-moi » : à quoi sert le classeur, les gestes, où est quoi."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.formules import citer
from pilotage_xlsx.generation.listes import FEUILLE as LISTES
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.tableur import BLEU, TRAIT, Classeur, ecrire, mettre_en_page

FEUILLE = "Lisez-moi"

_GESTES = (
    ("Commencer par la feuille Commune", "Qui pilote, qui remplace, quand la note a été adoptée."),
    ("Inscrire les prestataires, puis les outils", "Les menus des outils proposent ces noms."),
    (
        "Répondre « À clarifier » quand on ne sait pas",
        "C'est une réponse, que le rapport montrera.",
    ),
    ("Ne rien effacer", "Un outil passe à « Arrêté », une décision à « Remplacée »."),
    (
        "Faire vérifier une fois par an",
        "Avant le rapport à l'exécutif : le contrôle dit ce qui manque.",
    ),
)
_NOTE = "La note : celle où l'exécutif fixe le pilotage numérique ; « § » en donne le paragraphe."
_INTERDITS = "Ne pas écrire ici : un nom d'habitant, un mot de passe, un numéro AVS."
_LIBERTE = (
    "Ce fichier est à vous : triez, filtrez, insérez des lignes, ajoutez vos colonnes et vos "
    "feuilles, renommez. Rien de ce que vous tapez ne sera perdu ni changé."
)


def ecrire_lisez_moi(classeur: Classeur, plan: Plan, au: date, pied: str) -> None:
    """Écrit la feuille d'accueil, d'un seul écran."""
    feuille = classeur.feuille(FEUILLE, onglet="#3E74A8")
    for rang, largeur in enumerate((3, 44, 92)):
        feuille.set_column(rang, rang, largeur)
    note = plan.modele.note
    feuille.set_row(0, 30)
    ecrire(feuille, 0, 1, plan.modele.identite.libelle, classeur.style("titre", font_size=20))
    ecrire(feuille, 1, 1, note.objectif, classeur.style("phrase"))
    ligne = _ecrire_gestes(classeur, feuille, 3)
    ligne = _ecrire_sommaire(classeur, feuille, plan, ligne + 1)
    for phrase, style in ((_NOTE, "texte"), (_INTERDITS, "gras"), (_LIBERTE, "texte")):
        ecrire(feuille, ligne + 1, 1, phrase, classeur.style(style, text_wrap=False))
        ligne += 1
    ecrire(feuille, ligne + 2, 1, _provenance(plan, au), classeur.style("legende"))
    mettre_en_page(feuille, pied)


def _ecrire_gestes(classeur: Classeur, feuille: Worksheet, ligne: int) -> int:
    ecrire(feuille, ligne, 1, "Les cinq gestes", classeur.style("sous_titre"))
    for rang, (geste, pourquoi) in enumerate(_GESTES, 1):
        ecrire(feuille, ligne + rang, 0, rang, classeur.style("gras", font_color=BLEU))
        ecrire(feuille, ligne + rang, 1, geste, classeur.style("gras"))
        ecrire(feuille, ligne + rang, 2, pourquoi, classeur.style("texte"))
    return ligne + len(_GESTES) + 1


def _ecrire_sommaire(classeur: Classeur, feuille: Worksheet, plan: Plan, ligne: int) -> int:
    ecrire(feuille, ligne, 1, "Les feuilles", classeur.style("sous_titre"))
    sommaire = [(f.libelle, f"{f.resume} (note, § {f.paragraphe})") for f in plan.modele.feuilles]
    sommaire.append((LISTES, "Ce que proposent les menus, et ce que chaque mot veut dire."))
    trait = {"bottom": 1, "bottom_color": TRAIT}
    for rang, (nom, resume) in enumerate(sommaire, ligne + 1):
        lien = f"internal:{citer(nom)}!A1"
        feuille.write_url(rang, 1, lien, classeur.style("lien", **trait), nom)
        ecrire(feuille, rang, 2, resume, classeur.style("texte", **trait))
    return ligne + len(sommaire) + 1


def _provenance(plan: Plan, au: date) -> str:
    identite = plan.modele.identite
    return f"Modèle « {identite.id} » {identite.version}, classeur préparé le {afficher(au)}."
