"""CEL : ce qu'une faute de cellule propose à la secrétaire, d'après le modèle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from datetime import timedelta

from pilotage_xlsx.condition import Parmi, Sauf
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Feuille, Modele
from pilotage_xlsx.rapprochement import rapprocher
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import ORIGINE_1900
from pilotage_xlsx.verification.intentions import (
    est_en_attente,
    est_sans_objet,
    est_un_renvoi,
    morceaux,
)
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.propositions import laisser_vide, recopier
from pilotage_xlsx.vocabulaire import A_CLARIFIER


def dire_la_raison(colonne: Colonne, ligne: Ligne, feuille: Feuille) -> str:
    """Ce qui, sur la ligne, rend la cellule nécessaire : « Criticité » est « Important »."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    vus: dict[str, str] = {}
    for essai in essais:
        valeur = ligne[essai.colonne]
        if isinstance(essai, Parmi) and valeur not in essai.valeurs:
            continue
        if isinstance(essai, Parmi | Sauf):
            vus[feuille.libelle_de(essai.colonne)] = afficher(valeur)
    faits = enumerer(f"{citer(libelle)} est {citer(valeur)}" for libelle, valeur in vus.items())
    return f", alors que {faits}" if faits else ""


def dire_l_affichage(ligne: Ligne, colonne: Colonne) -> str:
    """Ce que le tableur montre d'une date invraisemblable : « 2026 » y devient le 18.07.1905."""
    cellule = ligne.cellules.get(colonne.id)
    if cellule is None or not cellule.est_date or not re.fullmatch(r"\d{1,5}", cellule.texte):
        return ""
    montre = ORIGINE_1900 + timedelta(days=int(cellule.texte))
    return f" (affiché {montre:%d.%m.%Y})"


def remplir(colonne: Colonne, modele: Modele) -> str:
    """Que faire d'une cellule vide."""
    if choix := modele.choix(colonne):
        suite = ", ou « À clarifier » si vous ne savez pas encore" if A_CLARIFIER in choix else ""
        return f"Choisir une réponse de la liste{suite}."
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    return f"Remplir la cellule{f', ou y mettre {mentions}' if mentions else ''}."


def chercher(liens: Liens, colonne: Colonne, perdus: Set[str]) -> Mapping[str, str]:
    """Le nom inscrit, ou la mention, que chaque nom introuvable voulait sans doute dire."""
    return rapprocher(perdus, (*colonne.mentions, *_noms(liens, colonne))) if perdus else {}


def nommer_les_cibles(liens: Liens, colonne: Colonne) -> str:
    """« la feuille « Incidents », « Signalements » ou « Échanges » »."""
    cibles = (citer(liens.modele.par_id[registre].libelle) for registre in colonne.reference)
    return f"la feuille {enumerer(cibles, 'ou')}"


def retrouver(liens: Liens, ligne: Ligne, colonne: Colonne, voulus: Mapping[str, str]) -> str:
    """Que faire de noms introuvables : les séparer, choisir leur voisin, ou les inscrire."""
    ou, perdus = nommer_les_cibles(liens, colonne), liens.etat.introuvables(colonne, ligne)
    if all(map(est_un_renvoi, perdus)):
        return recopier(liens, ligne, colonne)
    if reunis := _reunis(liens, colonne, ligne.textes(colonne.id)):
        return _separer(liens, ligne, colonne, reunis)
    if proches := [voulus[nom] for nom in perdus if nom in voulus]:
        proposes = enumerer(map(citer, dict.fromkeys(proches)))
        return f"Vouliez-vous dire {proposes} ? Sinon, l'inscrire d'abord dans {ou}."
    if all(est_en_attente(nom) or est_sans_objet(nom) for nom in perdus):
        return laisser_vide(colonne)
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    autrement = f", ou choisir {mentions}" if mentions else ""
    return f"L'inscrire dans {ou}, ou corriger le nom cité{autrement}."


def _reunis(liens: Liens, colonne: Colonne, cites: tuple[str, ...]) -> tuple[str, ...]:
    """Les noms inscrits que la cellule réunit autrement que par un point-virgule."""
    parties = [partie for cite in cites for partie in morceaux(cite)]
    trouves = [
        (ligne, liens.modele.par_id[registre].cle or "")
        for partie in parties
        for registre in colonne.reference
        if (ligne := liens.etat.trouver(registre, partie))
    ]
    noms = tuple(dict.fromkeys(ligne.texte(cle) or "" for ligne, cle in trouves))
    return noms if len(trouves) == len(parties) > 1 else ()


def _separer(liens: Liens, ligne: Ligne, colonne: Colonne, noms: tuple[str, ...]) -> str:
    if colonne.plusieurs:
        return f"Séparer les noms par un point-virgule : {citer(f'{SEPARATEUR} '.join(noms))}."
    feuille = liens.modele.par_id[ligne.lieu.registre]
    autres = (c for c in feuille.saisies if c.plusieurs and c.reference == colonne.reference)
    suite = next((f", et mettre l'autre dans {citer(c.libelle)}" for c in autres), "")
    return f"Un seul nom tient ici : choisir {enumerer(map(citer, noms), 'ou')}{suite}."


def _noms(liens: Liens, colonne: Colonne) -> Iterator[str]:
    for registre in colonne.reference:
        cle_de_feuille = liens.modele.par_id[registre].cle or ""
        for ligne in liens.etat.par_cle[registre].values():
            if nom := ligne.texte(cle_de_feuille):
                yield nom


def dire_les_bornes(colonne: Colonne) -> str:
    """Les nombres admis."""
    match colonne.min, colonne.max:
        case int(), int():
            return f"un nombre de {colonne.min} à {colonne.max}"
        case int(), None:
            return f"au moins {colonne.min}"
        case _:
            return f"au plus {colonne.max}"
