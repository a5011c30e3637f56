"""Le modèle : le charger, et dire à un programme étranger comment en remplir un classeur."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pilotage_xlsx.generation.acceptations import LIGNE_ENTETE
from pilotage_xlsx.generation.plan import COLONNE_REPONSES, Plan, PlanDeFiche, planifier
from pilotage_xlsx.gestes.classeurs import Chemin, charger_une_fois
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.condition import ecrire_condition
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.adresses import lettres_de

_FORMATS = {
    Genre.DATE: "JJ.MM.AAAA",
    Genre.DATE_HEURE: "JJ.MM.AAAA hh:mm, heure facultative",
    Genre.IDE: "CHE-000.000.000",
    Genre.MONTANT: "nombre",
    Genre.ENTIER: "nombre entier",
}


def modele(dossier: Chemin | None = None) -> Modele:
    """Le modèle : ses feuilles, ses colonnes, ses listes ; « communal » si rien n'est donné.

    Lève `ModeleInvalide`, qui dit toutes les fautes du dossier.
    """
    return charger_une_fois(None if dossier is None else Path(dossier))


def en_donnees(modele: Modele) -> dict[str, Any]:
    """Le document de ``modele --format json`` (``docs/guide-ingenieur.md``)."""
    plan = planifier(modele, Registre(Path("vierge.xlsx")))
    feuilles = [
        _fiche(modele, plan.fiche) if feuille is modele.fiche else _registre(modele, plan, feuille)
        for feuille in modele.feuilles
    ]
    return {
        "id": modele.identite.id,
        "version": modele.identite.version,
        "feuilles": feuilles,
        "acceptations": _acceptations(modele),
    }


def _acceptations(modele: Modele) -> dict[str, Any] | None:
    """La feuille des constats acceptés, à part des registres ; rien si le modèle n'en a pas."""
    if modele.acceptations is None:
        return None
    colonnes = [
        {**_colonne(modele, colonne), "lettre": lettres_de(rang)}
        for rang, colonne in enumerate(modele.acceptations.colonnes, 1)
    ]
    place = {"ligne_entete": LIGNE_ENTETE, "colonnes": colonnes}
    return {**_feuille(modele.acceptations), **place}


def _fiche(modele: Modele, plan: PlanDeFiche) -> dict[str, Any]:
    colonnes = [
        {**_colonne(modele, c), "cellule": f"{lettres_de(COLONNE_REPONSES)}{plan.lignes[c.id]}"}
        for c in plan.feuille.colonnes
    ]
    return {**_feuille(plan.feuille), "ligne_entete": plan.ligne_entete, "colonnes": colonnes}


def _registre(modele: Modele, plan: Plan, feuille: Feuille) -> dict[str, Any]:
    place = plan.registre(feuille.id)
    colonnes = [
        {**_colonne(modele, colonne), "lettre": lettres_de(place.rang(colonne.id))}
        for colonne in feuille.colonnes
    ]
    return {**_feuille(feuille), "ligne_entete": place.ligne_entete, "colonnes": colonnes}


def _feuille(feuille: Feuille) -> dict[str, Any]:
    return {
        "id": feuille.id,
        "libelle": feuille.libelle,
        "forme": feuille.forme.value,
        "cle": feuille.cle,
        "table": feuille.table,
        "paragraphe": feuille.paragraphe,
    }


def _colonne(modele: Modele, colonne: Colonne) -> dict[str, Any]:
    condition = colonne.obligatoire_si
    mots = modele.listes[colonne.liste].mots if colonne.liste else ()
    return {
        "id": colonne.id,
        "libelle": colonne.libelle,
        "synonymes": list(colonne.synonymes),
        "anciens_noms": list(colonne.anciens_noms),
        "partage": [niveau.value for niveau in colonne.partage],
        "genre": colonne.genre.value,
        "niveau": colonne.niveau.value,
        "valeurs": list(modele.choix(colonne)),
        "cles": [mot.cle for mot in mots],
        "marques": [list(mot.est) for mot in mots],
        "synonymes_des_valeurs": [list(mot.synonymes) for mot in mots],
        "reference": list(colonne.reference),
        "plusieurs": colonne.plusieurs,
        "mentions": list(colonne.mentions),
        "texte_libre": colonne.texte_libre,
        "a_clarifier": colonne.admet_l_aveu,
        "unique": colonne.unique,
        "min": colonne.min,
        "max": colonne.max,
        "unite": colonne.unite,
        "format": _FORMATS.get(colonne.genre),
        "obligatoire_si": None if condition is None else ecrire_condition(condition),
        "passe_si": ecrire_condition(colonne.passe_si) if colonne.passe_si else None,
        "suppose": ecrire_condition(colonne.suppose) if colonne.suppose else None,
        "apres": colonne.apres,
        "gravite_si_vide": colonne.gravite_si_vide if colonne.est_essentielle else None,
        "aide": colonne.aide,
        "paragraphe": colonne.paragraphe,
    }
