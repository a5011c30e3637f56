"""Dépendance, maîtrise, contrats, suivi de l'année."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.contrats import INDETERMINES, SANS_FIN
from pilotage_xlsx.metier.chiffres.decisions import DECISIONS, DURABLES, EN_ATTENTE, VUES
from pilotage_xlsx.metier.chiffres.dependance import CAPTIFS, PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.maitrise import PERSONNELLES
from pilotage_xlsx.metier.chiffres.parc import SANS_DECISION
from pilotage_xlsx.metier.chiffres.signalements import ANCIENS, CLOS, RECUS
from pilotage_xlsx.registre import Ligne
from tests.rapport.communes import VALMARIN, rapporter


def test_le_premier_prestataire_est_celui_du_plus_grand_nombre_d_indispensables() -> None:
    mesure = rapporter(VALMARIN).mesures[PAR_PRESTATAIRE]
    prestataire, outils = mesure.parts[0]
    assert isinstance(prestataire, Ligne)
    assert (prestataire["nom"], len(outils), mesure.sur) == ("Alpha SA", 2, 3)


def test_un_outil_captif_est_tres_difficile_a_remplacer_sans_recuperation() -> None:
    mesures = rapporter(
        "outils | nom | criticite | remplacement | recuperation\n"
        "       | Pris | Indispensable | Très difficile | Non prévue\n"
        "       | Libre | Indispensable | Très difficile | Testée\n"
        "       | Mineur | Accessoire | Très difficile | Non prévue"
    ).mesures
    assert [outil["nom"] for outil in mesures[CAPTIFS].lignes] == ["Pris"]


def test_les_donnees_personnelles_se_comptent_par_lieu() -> None:
    mesures = rapporter(
        "outils | nom | donnees_personnelles | lieu_donnees\n"
        "       | Un | Ordinaires | Suisse\n"
        "       | Deux | Sensibles | Suisse\n"
        "       | Trois | Aucune | Autre pays\n"
        "       | Quatre | Ordinaires | "
    ).mesures
    parts = mesures[PERSONNELLES].parts
    assert [(lieu, len(outils)) for lieu, outils in parts if outils] == [
        ("Suisse", 2),
        ("Pas de réponse", 1),
    ]


def test_les_echeances_sont_celles_des_douze_mois() -> None:
    rapport = rapporter(
        "outils | nom | echeance\n"
        "       | Passé | 23.11.2026\n"
        "       | Aujourd'hui | 24.11.2026\n"
        "       | Dans un an | 24.11.2027\n"
        "       | Plus tard | 25.11.2027"
    )
    assert [e.outil["nom"] for e in rapport.echeances] == ["Aujourd'hui", "Dans un an"]


def test_un_contrat_sans_fin_ne_tombe_jamais_de_la_liste() -> None:
    mesures = rapporter(
        "prestataires | nom\n | Alpha SA\n"
        "outils | nom | prestataire | renouvellement\n"
        "       | Muet | Alpha SA | \n"
        "       | Sans terme | Alpha SA | Durée indéterminée\n"
        "       | Maison | Géré à l'interne | \n"
        "       | Libre | Alpha SA | Sans contrat"
    ).mesures
    assert [outil["nom"] for outil in mesures[SANS_FIN].lignes] == ["Muet"]
    assert [outil["nom"] for outil in mesures[INDETERMINES].lignes] == ["Sans terme"]


def test_une_decision_durable_se_compte_vue_si_l_executif_en_a_la_date() -> None:
    mesures = rapporter(
        "decisions | numero | date | portee | statut | executif_le\n"
        "          | D-1 | 01.02.2026 | Durable ou significative | Validée | 10.02.2026\n"
        "          | D-2 | 01.03.2026 | Durable ou significative | Validée | \n"
        "          | D-3 | 01.03.2026 | Courante | Validée | \n"
        "          | D-4 | 01.03.2025 | Durable ou significative | Proposée | "
    ).mesures
    chiffres = (DECISIONS, DURABLES, VUES, EN_ATTENTE)
    assert [mesures[chiffre].compte for chiffre in chiffres] == [3, 2, 1, 1]


def test_un_signalement_ouvert_devient_ancien_apres_le_seuil() -> None:
    mesures = rapporter(
        "signalements | numero | date | statut | clos_le\n"
        "             | S-1 | 25.10.2026 | Nouveau | \n"
        "             | S-2 | 24.10.2026 | En cours | \n"
        "             | S-3 | 01.02.2026 | Clos | 01.03.2026"
    ).mesures
    assert [ligne["numero"] for ligne in mesures[ANCIENS].lignes] == ["S-2"]
    assert (mesures[RECUS].compte, mesures[CLOS].compte) == (3, 1)


def test_une_cellule_vide_seule_ne_fait_pas_un_outil_sans_decision() -> None:
    mesures = rapporter(
        "commune | note_adoptee_le\n | 01.01.2025\n"
        "outils | nom | decision_origine | en_service_depuis\n"
        "       | Muet | | \n"
        "       | Ancien | | 01.01.2020\n"
        "       | Récent | | 01.06.2026\n"
        "       | Avoué | Aucune décision trouvée | "
    ).mesures
    assert [outil["nom"] for outil in mesures[SANS_DECISION].lignes] == ["Récent", "Avoué"]
