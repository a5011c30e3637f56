"""Les règles, dans l'ordre où elles se lisent. Une règle hors d'ici n'existe pas (un test le dit)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.liens import Liens
from pilotage_xlsx.verification import (
    cellules,
    confidences,
    contrats,
    fichiers,
    formats,
    lignes,
    outils,
    structure,
)
from pilotage_xlsx.verification.regle import Fiche, Regle

PAR_CLASSEUR: tuple[Regle[Liens], ...] = (
    structure.feuille_absente,
    structure.colonne_essentielle_absente,
    structure.colonne_utile_absente,
    structure.feuille_en_double,
    structure.colonne_en_double,
    structure.autre_version_du_modele,
    structure.verrou_voisin,
    cellules.cellule_exigee_vide,
    cellules.valeur_hors_liste,
    cellules.date_illisible,
    cellules.nombre_illisible,
    cellules.doublon,
    cellules.reference_introuvable,
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
    outils.outils_au_meme_role,
    outils.outils_presque_homonymes,
    outils.outil_aux_donnees_contradictoires,
)
"""Ce qui se juge dans un classeur seul."""


def fiches() -> Iterator[Fiche]:
    """Toutes les fiches, refus de lire compris, dans l'ordre des familles."""
    yield from fichiers.FICHES
    for regle in PAR_CLASSEUR:
        yield regle.fiche


def fiche(code: str) -> Fiche | None:
    """La fiche d'un code, majuscules ou non ; rien s'il est inconnu."""
    return next((une for une in fiches() if une.code == code.strip().upper()), None)
