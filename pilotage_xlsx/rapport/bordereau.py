"""Le ``rapport.json`` d'un dossier : ce que l'envoi doit savoir, et les cinq chiffres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Document, PremierePage
from pilotage_xlsx.rapport.mots import compter, epurer
from pilotage_xlsx.rapport.region import Region
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.typographie import typographier

NOM = "rapport.json"


def decrire(rapport: Rapport | Region, document: Document, noms: Mapping[str, str]) -> bytes:
    """Le bordereau en JSON ; ``noms`` : le fichier de chaque forme écrite."""
    donnees = {
        "format": 1,
        **(_de_region(rapport) if isinstance(rapport, Region) else _de_commune(rapport)),
        "cinq_chiffres": [
            {"libelle": carte.libelle, "valeur": carte.valeur, "precedent": carte.precedent}
            for carte in document.premiere.cartes
        ],
        **_de_la_page(rapport, document),
        "texte": noms["txt"],
        "fichiers": [nom for forme, nom in noms.items() if forme != "txt"],
    }
    return encoder(donnees, retrait=2) + b"\n"


def _de_commune(rapport: Rapport) -> dict[str, Any]:
    commune = rapport.commune
    return {
        "commune": rapport.nom,
        "canton": commune.texte("canton"),
        "executif": commune.texte("executif_nom"),
        "annee": rapport.annee,
        "au": rapport.au,
        "adresses": {
            "executif": commune.texte("executif_courriel"),
            "referent": commune.texte("referent_courriel"),
        },
        "referent": commune.texte("referent_nom"),
        "resume": {
            "erreurs": rapport.constats.erreurs,
            "avertissements": rapport.constats.avertissements,
            "a_remplir": rapport.constats.a_remplir,
            "attentions": rapport.constats.attentions,
            "bloquants": rapport.constats.bloquants,
        },
    }


def _de_region(region: Region) -> dict[str, Any]:
    """Une région n'a pas d'adresse : on les donne à l'envoi."""
    return {
        "commune": compter(len(region.communes), "commune"),
        "communes": [epurer(rapport.nom) for rapport in region.communes],
        "annee": region.annee,
        "au": region.au,
        "resume": {
            "erreurs": region.somme(lambda r: r.constats.erreurs),
            "avertissements": region.somme(lambda r: r.constats.avertissements),
            "a_remplir": region.somme(lambda r: r.constats.a_remplir),
            "attentions": region.somme(lambda r: r.constats.attentions),
            "bloquants": region.somme(lambda r: r.constats.bloquants),
        },
    }


def _de_la_page(rapport: Rapport | Region, document: Document) -> dict[str, Any]:
    page = document.premiere
    if isinstance(rapport, Region) or not isinstance(page, PremierePage):
        return {}
    return {
        "a_decider": len(rapport.points),
        "a_savoir": len(rapport.a_savoir),
        "phrase_pv": typographier(page.pv),
    }
