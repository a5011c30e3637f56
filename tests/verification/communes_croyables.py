"""Trente communes croyables, de dix sortes : honnêtes, chacune avec ce qu'un contrôle doit en dire.

Un tableau (``communes_croyables.txt``) ne dit que ce qui fait la commune ; le reste est répondu
(`_REPONSES`). Les communes, personnes et prestataires sont fictifs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.tableaux import separer_les_tables

_REPONSES: Mapping[str, Mapping[str, str]] = {
    "commune": {
        "commune": "Valmarin",
        "canton": "VD",
        "executif_nom": "Municipalité",
        "executif_courriel": "greffe@valmarin.example",
        "referent_nom": "Anne Favre",
        "referent_fonction": "Secrétaire communal·e",
        "referent_courriel": "anne@valmarin.example",
        "suppleant_nom": "Luc Rey",
        "designe_le": "02.02.2026",
        "note_adoptee_le": "02.02.2026",
        "annee": "2026",
    },
    "outils": {
        "domaine": "Autre",
        "criticite": "Important",
        "prestataire": "Géré à l'interne",
        "donnees_personnelles": "Ordinaires",
        "lieu_donnees": "Suisse",
        "utilite": "Servir la population",
        "sauvegarde": "Restauration testée",
        "remplacement": "Difficile",
        "recuperation": "Prévue au contrat",
        "acces_administrateur": "Commune et prestataire",
        "repli": "Formulaires papier",
    },
    "prestataires": {
        "prestation": "Logiciel et dépannage",
        "contact": "Support",
        "telephone_urgence": "032 555 01 01",
        "siege": "Suisse",
        "contrat": "Signé",
    },
    "decisions": {
        "date": "09.03.2026",
        "decision": "Garder l'outil",
        "motif": "Il convient",
        "risques": "Aucun identifié",
        "portee": "Durable ou significative",
        "statut": "Validée",
        "decide_par": "Exécutif",
        "executif_le": "09.03.2026",
    },
    "incidents": {
        "constate_le": "05.10.2026",
        "annonce_par": "guichet",
        "outil": "Autre / plusieurs",
        "nature": "Panne",
        "description": "Le guichet n'a pas pu servir",
        "service_touche": "Non",
        "donnees_touchees": "Non",
        "referent_informe_le": "05.10.2026",
        "prestataire_contacte_le": "05.10.2026",
        "statut": "Clos",
        "mesures": "Remis en service",
        "clos_le": "06.10.2026",
    },
    "signalements": {
        "date": "01.10.2026",
        "annonce_par": "guichet",
        "genre": "Besoin",
        "outil": "Aucun",
        "description": "Il manque un écran",
        "statut": "En cours",
    },
    "echanges": {"date": "01.10.2026", "organisme": "Commune de Belcombe", "sujet": "Guichet"},
}


@dataclass(frozen=True, slots=True)
class Commune:
    """Une commune : sa sorte, le tableau qui la fait, entier, et les constats attendus, jugés.

    Un constat est juste (vrai) s'il apprend quelque chose à faire ; sinon, c'est du bruit.
    """

    sorte: str
    texte: str
    attendus: Mapping[str, bool]


def _lire() -> Iterator[tuple[str, Commune]]:
    fichier = Path(__file__).with_suffix(".txt")
    for bloc in fichier.read_text("utf-8").split("\n= ")[1:]:
        nom, *lignes = bloc.splitlines()
        table = [ligne for ligne in lignes if ligne.strip() and not ligne.startswith(">")]
        attendus = dict(ligne[1:].split(" : ") for ligne in lignes if ligne.startswith(">"))
        jugements = {constat.strip(): dit == "juste" for constat, dit in attendus.items()}
        yield nom, Commune(nom.split()[0], _remplir("\n".join(table)), jugements)


def _remplir(texte: str) -> str:
    """Le tableau, où chaque colonne tue a sa réponse."""
    tables = dict(separer_les_tables(texte))
    tables.setdefault("commune", [[], []])
    return "\n".join(_completer(nom, lignes) for nom, lignes in tables.items())


def _completer(nom: str, lignes: list[list[str]]) -> str:
    entetes, *rangees = lignes
    tues = {colonne: dit for colonne, dit in _REPONSES[nom].items() if colonne not in entetes}
    entieres = [[*entetes, *tues]]
    for rangee in rangees:
        dites = [*rangee, *[""] * len(entetes)][: len(entetes)]
        entieres.append([*dites, *tues.values()])
    return f"{nom} | " + "\n | ".join(" | ".join(cases) for cases in entieres)


COMMUNES: Mapping[str, Commune] = dict(_lire())
"""Par nom ; trois de chaque sorte."""
