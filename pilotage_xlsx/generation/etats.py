"""Les colonnes d'état d'un registre : l'état lisible, et les trois colonnes cachées dont il vit.

Chaque cellule porte un nom défini et sa valeur juste, calculée ici : un lecteur qui ne recalcule
pas (aperçu, téléphone, autre programme) montre la vérité.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.balises import (
    BALISE,
    EGAUX,
    JUSTE,
    NOMBRES,
    TOTAL,
    baliser,
    extrait,
    substitutions,
)
from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.plan import RANG_ETAT, Plan, PlanDeRegistre
from pilotage_xlsx.generation.reperage import debut_de_la_ligne, ecrire_places, nom_du_debut
from pilotage_xlsx.generation.syntaxe import capitaliser
from pilotage_xlsx.metier.bilan import dire_etat
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.modele import ETAT, TECHNIQUES, Colonne
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.tableur import Classeur, ecrire

LARGEUR_ETAT = 22


def ecrire_etats(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre, etat: Etat) -> None:
    """Écrit l'état et les colonnes cachées de chaque ligne préparée."""
    rangs = {ETAT: RANG_ETAT} | {quoi: plan.rang_technique(quoi) for quoi in TECHNIQUES}
    _preparer(classeur, feuille, plan, rangs)
    ecrire_places(classeur, feuille, plan)
    for numero in range(plan.premiere, plan.derniere + 1):
        valeurs = _valeurs(plan, etat, numero)
        for quoi, rang in rangs.items():
            formule = f"={nommer(quoi, plan)}"
            style = _style(classeur, quoi)
            feuille.write_formula(numero - 1, rang - 1, formule, style, valeurs[quoi])


def nommer(quoi: str, plan: PlanDeRegistre) -> str:
    """Le nom défini que porte une colonne d'état."""
    return f"{'etat' if quoi == ETAT else quoi}_{plan.feuille.id}"


def noms_definis(plan: Plan) -> Iterator[tuple[str, str]]:
    """Les noms dont vivent les colonnes d'état, registre par registre."""
    for registre in plan.registres:
        compilateur, suffixe = Compilateur(plan, registre), registre.feuille.id
        yield nom_du_debut(registre), debut_de_la_ligne(registre)
        yield f"ligne_{suffixe}", compilateur.ligne()
        yield f"cle_{suffixe}", compilateur.cle()
        yield f"signes_{suffixe}", compilateur.signes()
        yield f"etat_{suffixe}", compilateur.etat()


def _preparer(
    classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre, rangs: Mapping[str, int]
) -> None:
    for quoi, rang in rangs.items():
        cle = f"{plan.feuille.id}.#{'etat' if quoi == ETAT else quoi}"
        ecrire(feuille, plan.ligne_cles - 1, rang - 1, cle, classeur.style("legende"))
        if quoi != ETAT:
            entete = f"#{quoi}"
            ecrire(feuille, plan.ligne_entete - 1, rang - 1, entete, classeur.style("legende"))
        options = {} if quoi == ETAT else {"hidden": True}
        largeur = LARGEUR_ETAT if quoi == ETAT else 12
        style = _style(classeur, quoi)
        feuille.set_column(rang - 1, rang - 1, largeur, style, options)


def _style(classeur: Classeur, quoi: str) -> Format:
    """Sans renvoi à la ligne dans les colonnes cachées : LibreOffice y chercherait sa hauteur."""
    return classeur.style("texte" if quoi == ETAT else "legende")


def _valeurs(plan: PlanDeRegistre, etat: Etat, numero: int) -> Mapping[str, str]:
    indice = numero - plan.premiere
    if indice >= len(plan.lignes):
        vide = "".join(baliser(*case) for case in enumerate(plan.feuille.saisies, 1)) + BALISE
        return {ETAT: "", "ligne": vide, "cle": "", "signes": ""}
    ligne = plan.lignes[indice]
    signes = etat.signes(plan.feuille, ligne)
    return {
        ETAT: dire_etat(plan.feuille, signes),
        "ligne": _baliser(plan, ligne),
        "cle": _cle(plan, ligne) if signes else TOTAL,
        "signes": signes,
    }


def _cle(plan: PlanDeRegistre, ligne: Ligne) -> str:
    return capitaliser(afficher(ligne[plan.feuille.cle or ""]))


def _baliser(plan: PlanDeRegistre, ligne: Ligne) -> str:
    cases = (
        f"{baliser(numero, colonne)}{_extrait(colonne, ligne)}"
        for numero, colonne in enumerate(plan.feuille.saisies, 1)
    )
    net = capitaliser("".join(cases))
    texte = net.replace(f" {BALISE}", BALISE) + BALISE
    for egal in EGAUX:
        texte = texte.replace(f"{egal} ", egal)
    for avant, apres in substitutions().items():
        texte = texte.replace(avant, apres)
    return texte


def _extrait(colonne: Colonne, ligne: Ligne) -> str:
    valeur = ligne[colonne.id]
    est_un_nombre = colonne.genre in NOMBRES and not isinstance(valeur, str | Illisible | None)
    return JUSTE if est_un_nombre else afficher(valeur)[: extrait(colonne)]
