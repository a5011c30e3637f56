"""L'envoi : le dossier d'un rapport → un message → un brouillon ``.eml`` ou un serveur SMTP."""

from __future__ import annotations

from pilotage_xlsx.envoi.apercu import montrer
from pilotage_xlsx.envoi.brouillon import ecrire_brouillon, octets_du_brouillon
from pilotage_xlsx.envoi.contenu import (
    Contenu,
    contenu_de_l_avis,
    contenu_du_rapport,
    lire_contenu,
    phrase_des_erreurs,
)
from pilotage_xlsx.envoi.expedition import Depart, doublons, expedier
from pilotage_xlsx.envoi.fautes import EnvoiImpossible, EnvoiRefuse
from pilotage_xlsx.envoi.message import choisir_destinataires, choisir_expediteur, composer
from pilotage_xlsx.envoi.serveur import Reponse, Securite, Serveur, lire_serveur

__all__ = [
    "Contenu",
    "Depart",
    "EnvoiImpossible",
    "EnvoiRefuse",
    "Reponse",
    "Securite",
    "Serveur",
    "choisir_destinataires",
    "choisir_expediteur",
    "composer",
    "contenu_de_l_avis",
    "contenu_du_rapport",
    "doublons",
    "ecrire_brouillon",
    "expedier",
    "lire_contenu",
    "lire_serveur",
    "montrer",
    "octets_du_brouillon",
    "phrase_des_erreurs",
]
