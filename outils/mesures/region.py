"""Une région fictive : des classeurs vraisemblables, distincts, les mêmes pour une même graine.

    python -m outils.mesures.region DOSSIER [--communes 2100] [--annees 1] [--graine 1]

Soixante lignes par classeur. Les communes partagent une soixantaine de prestataires, que chacune
écrit un peu à sa façon, et choisissent leurs outils dans les mêmes catalogues (`catalogue`).
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from outils.mesures.catalogue import METIERS, Prestataire, choisir, nommer
from outils.mesures.donnees import remplir
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import charger

LIGNES = {
    "outils": 22, "prestataires": 9, "decisions": 11, "incidents": 5, "signalements": 8,
    "echanges": 5,
}  # fmt: skip
AU = date(2026, 11, 24)
_ECHEANCES = ("2026-12-31", "2027-03-31", "2027-06-30", "2027-12-31", "2028-06-30", "2028-12-31")
_RECUPERATIONS = ("Testée", *("Non prévue",) * 2, *("Prévue au contrat",) * 5)
_REMPLACEMENTS = ("Très difficile", *("Difficile",) * 3, *("Facile",) * 4)


def composer(rang: int, annee: int = 2026, graine: int = 1) -> dict[str, Any]:
    """Le JSON de ``generer --depuis`` d'une commune de la région."""
    hasard = Random(f"{graine}-{rang}-{annee}")
    document = remplir(charger(), LIGNES, hasard.randrange(10**9))
    document["commune"] |= {
        "commune": nommer(rang), "annee": annee, "numero_ofs": 1000 + rang,
        "canton": ("VD", "FR", "VS", "NE", "JU", "BE", "GE")[rang % 7],
        "habitants": hasard.randint(90, 2_000),
    }  # fmt: skip
    for ligne in document["decisions"]:
        ligne["a_revoir_le"] = f"{annee + 1}-{hasard.randint(1, 12):02}-15"
    for ligne in document["incidents"]:
        ligne["donnees_personnelles"] = "Non"
    renommes = _renommer(document, hasard)
    for registre in LIGNES:
        for ligne in document[registre]:
            for colonne, valeur in ligne.items():
                ligne[colonne] = renommes.get(valeur, valeur) if isinstance(valeur, str) else valeur
    return document


def _renommer(document: dict[str, Any], hasard: Random) -> dict[str, str]:
    """Les noms de remplissage → ceux de la région ; chaque outil suit son prestataire."""
    renommes: dict[str, str] = {}
    choisis = choisir(hasard, LIGNES["prestataires"])
    par_metier: dict[str, list[tuple[str, Prestataire]]] = {}
    for ligne, prestataire in zip(document["prestataires"], choisis, strict=True):
        par_metier.setdefault(prestataire.metier, []).append((ligne["nom"], prestataire))
        renommes[ligne["nom"]] = prestataire.ecrire(hasard)
        ligne |= {"ide": "", "telephone_urgence": prestataire.telephone(hasard)}
    domaines = [(metier, domaine) for metier in METIERS for domaine in METIERS[metier]]
    for ligne, (metier, domaine) in zip(document["outils"], domaines, strict=True):
        inscrit, prestataire = hasard.choice(par_metier[metier])
        renommes[ligne["nom"]] = prestataire.produit(domaine)
        ligne |= {"domaine": domaine, "prestataire": inscrit, **_contrat(hasard)}
    return renommes


def _contrat(hasard: Random) -> dict[str, Any]:
    """Un contrat sur deux a une échéance ; sortir d'un outil n'est pas toujours facile."""
    sort = {
        "recuperation": hasard.choice(_RECUPERATIONS),
        "remplacement": hasard.choice(_REMPLACEMENTS),
    }
    if hasard.random() < 0.5:
        return sort | {"echeance": None, "delai_resiliation": None}
    echeance = {"echeance": hasard.choice(_ECHEANCES), "delai_resiliation": hasard.choice((3, 6))}
    return sort | echeance | {"renouvellement": hasard.choice(("Tacite", "Sur décision expresse"))}


def ecrire(dossier: Path, rang: int, annee: int = 2026, graine: int = 1) -> Path:
    """Écrit le classeur d'une commune ; le laisse s'il y est déjà."""
    chemin = dossier / f"{rang:04}-{annee}.xlsx"
    if not chemin.exists():
        modele = charger()
        registre, _ = lire_donnees(composer(rang, annee, graine), modele, chemin)
        chemin.write_bytes(generer(modele, registre, AU))
    return chemin


def main() -> None:
    """Écrit la région, un processus par cœur."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("dossier", type=Path)
    arguments.add_argument("--communes", type=int, default=2_100)
    arguments.add_argument("--annees", type=int, default=1)
    arguments.add_argument("--graine", type=int, default=1)
    choix = arguments.parse_args()
    choix.dossier.mkdir(parents=True, exist_ok=True)
    annees = range(2026, 2026 - choix.annees, -1)
    taches = [(rang, annee) for annee in annees for rang in range(choix.communes)]
    with ProcessPoolExecutor(os.cpu_count()) as bassin:
        rangs, les_annees = zip(*taches, strict=True)
        combien = len(taches)
        ecrits = bassin.map(
            ecrire, [choix.dossier] * combien, rangs, les_annees, [choix.graine] * combien,
            chunksize=20,
        )  # fmt: skip
        print(f"{sum(1 for _ in ecrits)} classeurs dans {choix.dossier}")


if __name__ == "__main__":
    main()
