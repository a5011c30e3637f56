"""Les mots des listes faites ailleurs, dans le modèle livré : aucun ne ment, aucun n'est perdu."""

from __future__ import annotations

import pytest

from pilotage_xlsx.importation.lexique import traductions
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.socle.textes import cle_large
from tests.tableaux import modele

_COLONNES = [
    pytest.param(colonne, id=f"{feuille.id}.{colonne.id}")
    for feuille in modele().registres
    if feuille.s_importe
    for colonne in feuille.saisies
]


@pytest.mark.parametrize("colonne", _COLONNES)
def test_une_reponse_par_oui_ou_par_non_vaut_une_valeur_de_la_liste(colonne: Colonne) -> None:
    cles = {mot.cle for mot in modele().mots(colonne)}
    dites = {cle for q in colonne.questions for cle in (q.oui, q.non)} - {None}
    assert dites <= cles


@pytest.mark.parametrize("colonne", _COLONNES)
def test_un_mot_d_ailleurs_ne_vaut_qu_une_valeur(colonne: Colonne) -> None:
    """Écrit pour deux valeurs, il ne se lirait pas : autant ne pas l'écrire."""
    lus = traductions(colonne, modele())
    for mot in modele().mots(colonne):
        for ecrit in mot.ailleurs:
            assert lus.get(cle_large(ecrit)) == mot.libelle, ecrit
