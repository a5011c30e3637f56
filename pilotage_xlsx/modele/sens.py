"""Ce que le programme demande aux valeurs du modèle : des clés et des marques, jamais des libellés.

Ce que plusieurs pièces jugent est ici ; ce qu'une seule demande est déclaré chez elle.
"""

from __future__ import annotations

from functools import partial

from pilotage_xlsx.modele.vocabulaire import Marque

_outil = partial(Marque, "outils")
_prestataire = partial(Marque, "prestataires")
_decision = partial(Marque, "decisions")
_incident = partial(Marque, "incidents")
_signalement = partial(Marque, "signalements")
_echange = partial(Marque, "echanges")

INDISPENSABLE = _outil("criticite", "indispensable")
ACCESSOIRE = _outil("criticite", "accessoire")
IMPORTANT = _outil("criticite", "important")
EN_SERVICE = _outil("statut", "utilise")
A_REMPLACER = _outil("statut", "a_remplacer")
EN_PROJET = _outil("statut", "en_projet")
ARRETE = _outil("statut", "arrete")
DONNEES_PERSONNELLES = _outil("donnees_personnelles", "personnelles")
DONNEES_SENSIBLES = _outil("donnees_personnelles", "sensibles")
HORS_DE_SUISSE = _outil("lieu_donnees", "hors_de_suisse")
EN_EUROPE = _outil("lieu_donnees", "en_europe")
TACITE = _outil("renouvellement", "tacite")
DUREE_INDETERMINEE = _outil("renouvellement", "indeterminee")
EXPRESSE = _outil("renouvellement", "expresse")
SANS_CONTRAT = _outil("renouvellement", "sans_contrat")
CANTONAL = _outil("mutualisation", "cantonal")
DECISION_ANTERIEURE = _outil("decision_origine", "anterieure")
DECISION_INTROUVABLE = _outil("decision_origine", "introuvable")
TRES_DIFFICILE = _outil("remplacement", "tres_difficile")
RECUPERATION_TESTEE = _outil("recuperation", "testee")

SIEGE_ETRANGER = _prestataire("siege", "etranger")
PRESTATAIRE_TERMINE = _prestataire("statut", "termine")
DE_DROIT = _prestataire("contrat", "base_legale")
SANS_TELEPHONE = _prestataire("telephone_urgence", "aucun")

PROPOSEE = _decision("statut", "proposee")
VALIDEE = _decision("statut", "validee")
VIVANTE = _decision("statut", "vivante")
ECARTEE = _decision("statut", "ecartee")
DURABLE = _decision("portee", "durable")
DELIBERANT = _decision("decide_par", "organe_deliberant")

SERVICE_TOUCHE = _incident("service_touche", "oui")
DONNEES_TOUCHEES = _incident("donnees_touchees", "oui")
INCIDENT_OUVERT = _incident("statut", "ouvert_ou_en_cours")
FRAUDE = _incident("nature", "fraude_au_paiement")
INCIDENT_CLOS = _incident("statut", "clos")

SIGNALEMENT_NOUVEAU = _signalement("statut", "nouveau")
SIGNALEMENT_OUVERT = _signalement("statut", "non_traite")

SOLUTION_POSSIBLE = _echange("apport", "solution_mutualisee")
