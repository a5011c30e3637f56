"""Les mots des listes faites ailleurs, dans le modèle livré : aucun ne ment, aucun n'est perdu."""

from __future__ import annotations

import pytest

from pilotage_xlsx.importation.lexique import lexiques_de, traductions
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.socle.textes import TexteSaisi, cle_large
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


_PORTENT_UN_ACCESSOIRE = """
outils       Nom de l'éditeur        prestataire
outils       Logiciel utilisé        nom
outils       Logiciel métier         nom
outils       Catégorie OCS           domaine
outils       Product title           nom
outils       Nom du responsable      responsable
prestataires Nom du tiers            nom
prestataires Primary contact         contact
outils       Nom d'hôte              -
outils       Nom                     nom
prestataires Nom alternatif          -
prestataires Display name            nom
outils       Date d'expiration du contrat echeance
outils       Coût de licence annuel (Fr.) cout_annuel
outils       Business purpose        utilite
outils       Vendor company          prestataire
prestataires Email fournisseur       courriel
outils       Email fournisseur       -
outils       Contact fournisseur     -
outils       Statut du contrat       -
outils       Coût par utilisateur    -
outils       Coût initial du contrat -
outils       Date de début du contrat -
outils       Nom d'utilisateur       -
outils       Nombre de licences      -
outils       Version du logiciel     -
outils       Clé de licence          -
prestataires Statut du contrat       -
prestataires Chiffre d'affaires      -
outils       Contacts associés - Nom -
outils       Logiciels - Nom         -
outils       Organisation->Nom       -
outils       Statuts - Nom           statut
outils       Versions - Statut       statut
outils       Fournisseur - Adresse   -
outils       Gestion - Fournisseur   prestataire
prestataires Contacts - Nom          contact
"""


@pytest.mark.parametrize("cas", _PORTENT_UN_ACCESSOIRE.strip().splitlines())
def test_des_mots_de_plus_ne_changent_ce_qu_un_en_tete_designe_que_s_ils_disent_autre_chose(
    cas: str,
) -> None:
    registre, *entete, attendu = cas.split()
    lexiques = {lexique.feuille.id: lexique for lexique in lexiques_de(modele())}
    trouvees = lexiques[registre].designer(TexteSaisi(" ".join(entete)))
    assert next((d.colonne for d in trouvees), "-") == attendu


def test_douze_mois_et_aucun_nom_pour_deux() -> None:
    mois = modele().identite.importation.mois
    formes = [{cle_large(nom) for nom in noms.split()} for noms in mois]
    assert len(formes) == 12
    assert sum(map(len, formes)) == len(set().union(*formes))
