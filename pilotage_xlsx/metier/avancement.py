"""Où en est un classeur que l'on commence : ce qui est répondu, ce qui manque, par où commencer.

Tant que la plupart des réponses demandées d'une feuille manquent, elles se disent d'un seul trait :
une ligne, et sa première cellule. Une feuille presque finie les dit une à une.

>>> from tests.metier.tables import etat
>>> lu = etat("outils | nom | domaine | prestataire\\n | GED | Autre | Alpha SA\\n | Eau | |")
>>> dire_le_chantier(lu, "outils", 9), dire_le_chantier(lu, "outils", 3)
('0 ligne complète sur 2 ; 9 réponses manquent sur 13', None)
>>> [(feuille.id, case) for feuille, case in a_commencer(etat())]
[('outils', 'B6')]
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.metier.etat import Etat, est_exigee
from pilotage_xlsx.modele import Feuille, Forme
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.socle.typographie import nombre


def dire_le_chantier(etat: Etat, registre: str, manquent: int) -> str | None:
    """Ce qui est fait et ce qui manque, si la plupart des réponses demandées manquent ; ou rien."""
    feuille, lignes = etat.modele.par_id[registre], etat.tenues(registre)
    if manquent <= len(lignes):  # chaque ligne a son nom, au moins
        return None
    repondues = sum(
        not ligne.est_vide(colonne.id) and est_exigee(colonne, ligne)
        for ligne in lignes
        for colonne in feuille.essentielles
    )
    if manquent <= repondues:
        return None
    manque = "manque" if manquent == 1 else "manquent"
    compte = f"{_accorder(manquent, 'réponse')} {manque} sur {nombre(manquent + repondues)}"
    if feuille.forme is Forme.FICHE:
        return compte
    part = etat.completude[registre]
    completes = _accorder(part.completes, "ligne complète", "lignes complètes")
    return f"{completes} sur {nombre(part.lignes)} ; {compte}"


def a_commencer(etat: Etat) -> Iterator[tuple[Feuille, str]]:
    """Le premier registre, tant que rien n'y est inscrit, et la cellule où commencer."""
    feuille = etat.modele.registres[0]
    lue = etat.registre.feuilles.get(feuille.id)
    if lue is None or lue.lignes or not lue.lieu.a(feuille.cle or ""):
        return
    lieu = lue.lieu
    colonne, ligne = lieu.colonnes[feuille.cle or ""], lieu.ligne_entete + 1
    if case := cellule(Emplacement(lieu.fichier, lieu.feuille, ligne, colonne)):
        yield feuille, case


def _accorder(combien: int, un: str, plusieurs: str | None = None) -> str:
    return f"{nombre(combien)} {un if combien < 2 else plusieurs or f'{un}s'}"
