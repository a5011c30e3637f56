"""L'archive d'un classeur, au sol de la maison : `ouvrir` la rend, bornée, ou lève un `Refus`."""

from __future__ import annotations

from pilotage_xlsx.socle.paquet.archive import (
    PROFONDEUR_MAX,
    TOTAL_MAX,
    Paquet,
    Relation,
    creer_analyseur,
)
from pilotage_xlsx.socle.paquet.budget import MEMOIRE_MAX, Budget
from pilotage_xlsx.socle.paquet.ouverture import ouvrir, ouvrir_tout
from pilotage_xlsx.socle.paquet.refus import (
    AUTRE_ORIGINE,
    Refus,
    RefusDUnTexte,
    abime,
    arrete_net,
    change,
    demesure,
    interrompu,
    liste_abimee,
    modele_porte,
    partage_recu,
    reunion,
    trop_grand,
)

__all__ = [
    "AUTRE_ORIGINE",
    "MEMOIRE_MAX",
    "PROFONDEUR_MAX",
    "TOTAL_MAX",
    "Budget",
    "Paquet",
    "Refus",
    "RefusDUnTexte",
    "Relation",
    "abime",
    "arrete_net",
    "change",
    "creer_analyseur",
    "demesure",
    "interrompu",
    "liste_abimee",
    "modele_porte",
    "ouvrir",
    "ouvrir_tout",
    "partage_recu",
    "reunion",
    "trop_grand",
]
