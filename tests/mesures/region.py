"""Une région fictive : des classeurs vraisemblables, distincts, les mêmes pour une même graine.

    python -m tests.mesures.region DOSSIER [--communes 2100] [--annees 1] [--graine 1]

Soixante lignes par classeur. Les communes partagent une soixantaine de prestataires, que chacune
écrit un peu à sa façon, et choisissent leurs outils dans les mêmes catalogues.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from pilotage_xlsx.chargement import charger
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.mesures.donnees import remplir

LIGNES = {
    "outils": 22, "prestataires": 9, "decisions": 11, "incidents": 5, "signalements": 8,
    "echanges": 5,
}  # fmt: skip
_AU = date(2026, 11, 24)
_DEBUTS = ("Val", "Mont", "Roche", "Champ", "Vill", "Bois", "Clair", "Fontaine", "Prat", "Cor")
_MILIEUX = ("e", "a", "ar", "en", "ou", "ier", "on", "ol", "ard", "ez", "and", "is", "u", "ign")
_FINS = ("mont", "ville", "in", "ens", "ey", "ex", "oz", "on", "ier", "ières", "az", "ens-Dessus",
         "ens-Dessous", "y", "ettaz", "ans")  # fmt: skip
_ENSEIGNES = ("Alpinet", "Bureaulac", "Comptalys", "Dorsia", "Edilex", "Forvia", "Gestalpe",
              "Helvidia", "Infojura", "Jorasoft", "Kantys", "Lemanet", "Medialp", "Novagest",
              "Oxalys", "Prismacom")  # fmt: skip
_METIERS = ("Informatique", "Réseaux", "Solutions", "Conseil")
_FORMES = ("SA", "Sàrl", "S.A.", "")
_DOMAINES = {
    "Contrôle des habitants": "Habitants", "Comptabilité et finances": "Comptes",
    "Facturation et taxes": "Factures", "Salaires et RH": "Salaires",
    "Gestion des documents et affaires": "Affaires", "Messagerie et agenda": "Messagerie",
    "Site internet et guichet en ligne": "Guichet", "Sauvegarde": "Sauvegarde",
    "Téléphonie": "Téléphonie", "Cimetière": "Cimetière", "Votations et élections": "Votations",
}  # fmt: skip


def nommer(rang: int) -> str:
    """Le nom de la commune n° ``rang`` : tous différents jusqu'à 2'240."""
    debut = _DEBUTS[rang % len(_DEBUTS)]
    milieu = _MILIEUX[rang // len(_DEBUTS) % len(_MILIEUX)]
    return debut + milieu + _FINS[rang // (len(_DEBUTS) * len(_MILIEUX)) % len(_FINS)]


def composer(rang: int, annee: int = 2026, graine: int = 1) -> dict[str, Any]:
    """Le JSON de ``generer --depuis`` d'une commune de la région."""
    hasard = Random(f"{graine}-{rang}-{annee}")
    document = remplir(charger(), LIGNES, hasard.randrange(10**9))
    document["commune"] |= {
        "commune": nommer(rang), "annee": annee, "numero_ofs": 1000 + rang,
        "canton": ("VD", "FR", "VS", "NE", "JU", "BE", "GE")[rang % 7],
        "habitants": hasard.randint(90, 2_000),
    }  # fmt: skip
    renommes = _renommer(document, hasard)
    for registre in LIGNES:
        for ligne in document[registre]:
            for colonne, valeur in ligne.items():
                ligne[colonne] = renommes.get(valeur, valeur) if isinstance(valeur, str) else valeur
    return document


def _renommer(document: dict[str, Any], hasard: Random) -> dict[str, str]:
    """Les noms de remplissage → des noms de la région ; deux lignes n'ont jamais le même."""
    renommes: dict[str, str] = {}
    souches = [f"{enseigne} {metier}" for enseigne in _ENSEIGNES for metier in _METIERS]
    choisies = hasard.sample(souches, LIGNES["prestataires"])
    for ligne, souche in zip(document["prestataires"], choisies, strict=True):
        renommes[ligne["nom"]] = f"{souche} {hasard.choice(_FORMES)}".strip()
        ligne["ide"] = ""
        ligne["telephone_urgence"] = f"021 555 {souches.index(souche):02} {hasard.randint(10, 13)}"
    for rang, ligne in enumerate(document["outils"]):
        domaine = hasard.choice(list(_DOMAINES))
        ligne["domaine"] = domaine
        nom = f"{hasard.choice(_ENSEIGNES)} {_DOMAINES[domaine]}"
        renommes[ligne["nom"]] = f"{nom} {rang}" if nom in renommes.values() else nom
    return renommes


def ecrire(dossier: Path, rang: int, annee: int = 2026, graine: int = 1) -> Path:
    """Écrit le classeur d'une commune ; le laisse s'il y est déjà."""
    chemin = dossier / f"{rang:04}-{annee}.xlsx"
    if not chemin.exists():
        modele = charger()
        registre, _ = lire_donnees(composer(rang, annee, graine), modele, chemin)
        chemin.write_bytes(generer(modele, registre, _AU))
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
