"""Les colonnes calculées d'un registre : l'état lisible, et celles, cachées, dont il vit.

Chaque cellule porte sa formule et sa valeur juste (`jumelles`).
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.echeancier import Echeancier
from pilotage_xlsx.generation.jumelles import Jumelles
from pilotage_xlsx.generation.plan import RANG_ETAT, RANG_GAUCHE, Plan, PlanDeRegistre
from pilotage_xlsx.generation.valeurs import EN_RETRAIT
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ENTETE_TECHNIQUE, ETAT
from pilotage_xlsx.socle.tableur import Classeur, ecrire

LARGEUR_ETAT = 30
_GAUCHE = "gauche"


def formuler(plan: Plan, registre: PlanDeRegistre) -> Mapping[str, str]:
    """La formule de chaque colonne calculée, pour la première ligne."""
    compilateur = Echeancier(plan, registre)
    return {ETAT: compilateur.etat(), **compilateur.formules(), **compilateur.du_metier()}


def entetes_cachees(registre: PlanDeRegistre) -> Mapping[str, int]:
    """L'en-tête de chaque colonne cachée de la table, et son rang."""
    rangs = {nom: registre.rang_technique(nom) for nom in registre.techniques}
    return {
        f"{ENTETE_TECHNIQUE}{nom}": rang for nom, rang in ({_GAUCHE: RANG_GAUCHE} | rangs).items()
    }


def ecrire_etats(
    classeur: Classeur, feuille: Worksheet, plan: Plan, registre: PlanDeRegistre, liens: Liens
) -> Mapping[str, str]:
    """Écrit l'état de chaque ligne préparée, et les colonnes cachées de la table.

    Rend la formule de chacune.
    """
    _cacher(classeur, feuille, registre)
    valeurs = Jumelles(plan, registre, liens).colonnes()
    formules = formuler(plan, registre)
    for nom, formule in formules.items():
        rang = RANG_ETAT if nom == ETAT else registre.rang_technique(nom)
        style = classeur.style("texte", **EN_RETRAIT) if nom == ETAT else None
        premiere = registre.premiere - 1
        feuille.partager(premiere, rang - 1, formule, style, valeurs[nom])
    return formules


def definir_les_noms(classeur: Classeur, plan: Plan) -> None:
    """Définit les noms par lesquels un registre en consulte un autre."""
    for registre in plan.registres:
        for nom, plage in registre.noms.items():
            classeur.livre.define_name(nom, f"={plage}")


def _cacher(classeur: Classeur, feuille: Worksheet, registre: PlanDeRegistre) -> None:
    """Cache les colonnes de la table qui ne se lisent pas, et écrit leur clé.

    Celle-ci dit qu'elles sont à nous ; leur en-tête les nomme déjà. Sans renvoi à la ligne :
    LibreOffice y chercherait la hauteur de la ligne.
    """
    style = classeur.style("legende")
    feuille.set_column(RANG_ETAT - 1, RANG_ETAT - 1, LARGEUR_ETAT, classeur.style("texte"))
    ecrire(feuille, registre.ligne_cles - 1, RANG_ETAT - 1, f"{registre.feuille.id}.#etat", style)
    for rang in entetes_cachees(registre).values():
        ecrire(feuille, registre.ligne_cles - 1, rang - 1, f"{registre.feuille.id}.#{rang}", style)
        feuille.set_column(rang - 1, rang - 1, 12, None, {"hidden": True})
