"""Les règles, dans l'ordre où elles se lisent. Hors d'ici, une règle n'existe pas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pilotage_xlsx.evolution import Evolution
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.registre import Ensemble
from pilotage_xlsx.verification import (
    acceptations,
    annonces,
    cellules,
    communes,
    confidences,
    contrats,
    decisions,
    echanges,
    ensembles,
    ensembles_inscrits,
    evolutions,
    fichiers,
    formats,
    incidents,
    lignes,
    maitrise,
    outils,
    prestataires,
    references,
    ressemblances,
    signalements,
    structure,
    tapees,
)
from pilotage_xlsx.verification.acceptations import Acceptes
from pilotage_xlsx.verification.regle import Fait, Fiche, Regle, exposer

PAR_CLASSEUR: tuple[Regle[Liens], ...] = (
    structure.feuille_absente,
    structure.colonne_essentielle_absente,
    structure.colonne_utile_absente,
    structure.feuille_en_double,
    structure.colonne_en_double,
    structure.autre_version_du_modele,
    structure.verrou_voisin,
    structure.texte_trop_long,
    cellules.cellule_exigee_vide,
    cellules.valeur_hors_liste,
    cellules.date_illisible,
    cellules.nombre_illisible,
    references.doublon,
    references.reference_introuvable,
    formats.telephone_incomplet,
    formats.courriel_mal_forme,
    formats.ide_mal_forme,
    lignes.cle_avec_separateur,
    lignes.ligne_sans_cle,
    lignes.ligne_de_total,
    confidences.numero_avs,
    confidences.mot_de_passe,
    cellules.erreur_du_tableur,
    cellules.nombre_hors_bornes,
    cellules.valeur_tapee_en_texte,
    tapees.reponse_remise_a_plus_tard,
    tapees.date_utile_sans_jour,
    tapees.en_tete_recopie,
    tapees.titre_dans_la_liste,
    outils.outil_sans_prestataire_nomme,
    outils.outil_sans_decision,
    outils.outil_indispensable_sans_sauvegarde,
    outils.outil_indispensable_a_sauvegarde_incertaine,
    contrats.contrat_a_decider,
    contrats.contrat_reconduit_sans_decision,
    contrats.contrat_echu,
    contrats.contrat_tacite_sans_echeance,
    contrats.echeance_sans_delai,
    outils.outil_a_remplacer_sans_decision,
    outils.outil_en_projet_sans_decision,
    ressemblances.outils_au_meme_role,
    ressemblances.outils_presque_homonymes,
    outils.outil_aux_donnees_contradictoires,
    maitrise.outil_indispensable_sans_sortie,
    maitrise.donnees_hors_de_suisse_sans_risque_consigne,
    maitrise.donnees_en_europe_ou_on_ne_sait_ou,
    maitrise.donnees_sensibles_sous_un_groupe_etranger,
    maitrise.acces_au_prestataire_seul,
    prestataires.prestataire_indispensable_injoignable,
    prestataires.prestataire_termine_encore_cite,
    prestataires.prestataire_sans_outil,
    prestataires.prestataire_sans_protection_des_donnees,
    prestataires.dependance_a_un_prestataire,
    prestataires.ide_au_controle_faux,
    ressemblances.prestataires_de_meme_ide,
    ressemblances.prestataires_presque_homonymes,
    decisions.decision_durable_sans_executif,
    decisions.decision_prise_par_un_prestataire,
    decisions.decision_en_attente,
    decisions.revision_passee,
    decisions.decision_remplacee_encore_en_vigueur,
    decisions.decision_remplacee_par_rien,
    decisions.decision_sans_examen_mutualise,
    decisions.decision_pas_mise_en_oeuvre,
    decisions.decision_sur_service_non_inscrit,
    incidents.executif_non_informe,
    incidents.executif_informe_tard,
    annonces.referent_informe_tard,
    incidents.a_determiner_sur_incident_clos,
    incidents.a_determiner_depuis_longtemps,
    annonces.annonce_ofcs_a_evaluer,
    annonces.annonce_ofcs_tardive,
    incidents.incident_ouvert_depuis_longtemps,
    incidents.incidents_repetes,
    annonces.date_a_venir,
    annonces.clos_avant_constat,
    annonces.informe_avant_constat,
    signalements.signalement_prioritaire_en_attente,
    signalements.risque_clos_sans_suite,
    echanges.mutualisation_sans_suite,
    communes.suppleant_est_le_referent,
    communes.referent_employe_d_un_prestataire,
    communes.inventaire_a_relire,
)
"""Ce qui se juge dans un classeur seul."""

DES_ACCEPTATIONS: tuple[Regle[Acceptes], ...] = (
    acceptations.acceptation_d_une_regle_inconnue,
    acceptations.acceptation_sans_motif,
    acceptations.acceptation_sans_date_de_fin,
    acceptations.acceptation_echue,
    acceptations.acceptation_sans_ligne,
)
"""Ce qui se juge des constats que la commune accepte."""

D_ENSEMBLE: tuple[Regle[Ensemble], ...] = (
    ensembles.numero_ofs_de_deux_communes,
    ensembles.commune_en_double,
    ensembles.commune_renommee,
    ensembles_inscrits.prestataire_ecrit_de_plusieurs_facons,
    ensembles_inscrits.prestataires_peut_etre_les_memes,
    ensembles_inscrits.telephones_d_urgence_differents,
    ensembles_inscrits.outil_chez_beaucoup_de_communes,
)
"""Ce qui se juge entre plusieurs classeurs reçus ensemble."""

D_EVOLUTION: tuple[Regle[Evolution], ...] = (
    evolutions.outil_apparu_sans_decision,
    evolutions.outil_disparu_sans_decision,
    evolutions.prestataire_change_sans_decision,
    evolutions.cout_en_hausse_sans_decision,
    evolutions.donnees_parties_sans_decision,
)
"""Ce qui se juge entre deux années d'une même commune."""


def fiches() -> Iterator[Fiche]:
    """Toutes les fiches à montrer, refus de lire compris, dans l'ordre des familles."""
    yield from fichiers.FICHES
    yield from (exposer(regle.fiche) for regle in PAR_CLASSEUR)
    yield from (exposer(regle.fiche) for regle in DES_ACCEPTATIONS)
    yield from (exposer(regle.fiche) for regle in D_ENSEMBLE)
    yield from (exposer(regle.fiche) for regle in D_EVOLUTION)


def fonctions() -> Mapping[str, Callable[..., Iterator[Fait]]]:
    """La fonction de chaque règle, par code."""
    regles: tuple[Regle[Any], ...] = (
        *PAR_CLASSEUR, *DES_ACCEPTATIONS, *D_ENSEMBLE, *D_EVOLUTION,
    )  # fmt: skip
    return {regle.fiche.code: regle.fonction for regle in regles}


def fiche(code: str) -> Fiche | None:
    """La fiche d'un code, majuscules ou non ; rien s'il est inconnu."""
    return next((une for une in fiches() if une.code == code.strip().upper()), None)
