"""Le dossier du rapport : ses formes, et le ``rapport.json`` que lit l'envoi.

Le corps du courriel (``.txt``) s'écrit toujours : sans lui, rien ne peut partir.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pilotage_xlsx.rapport import region
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Document, PremierePage
from pilotage_xlsx.rapport.mots import compter, epurer
from pilotage_xlsx.rapport.region import Region
from pilotage_xlsx.rapport.rendus import DU_RAPPORT, courriel
from pilotage_xlsx.rapport.rendus import rendre as rendre_une_forme
from pilotage_xlsx.rapport.sections import composer
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.ecriture.dossier import Depot
from pilotage_xlsx.socle.typographie import typographier

NOM = "rapport.json"
FORMES = DU_RAPPORT


class Ecrits(NamedTuple):
    """Les ``chemins`` du rapport écrit, et les ``restes`` d'un ancien que quelqu'un a changés."""

    chemins: tuple[Path, ...]
    restes: tuple[Path, ...]


def ecrire(
    rapport: Rapport | Region,
    dossier: Path,
    formes: tuple[str, ...] = FORMES,
    *,
    remplacer: bool,
    sources: Iterable[Path] = (),
    avec_la_publique: bool = False,
) -> Ecrits:
    """Écrit les formes demandées et ``rapport.json``, tirés des classeurs ``sources``.

    ``avec_la_publique`` : la page qui peut se publier s'écrit à côté, d'une commune seule.
    ``remplacer`` : l'ancien rapport aussi s'en va, ses autres formes comprises ; rien d'autre.
    `SortieImpossible` si une place est prise ou ne peut pas s'écrire ; rien n'est alors écrit de ce
    qui se savait impossible d'avance.
    """
    lus = tuple(sources)
    with Depot(dossier, "rapport", remplacer=remplacer) as depot:
        publiques = rendre_la_publique(rapport, formes) if avec_la_publique else {}
        depot.exiger((*_noms(rapport, formes).values(), *publiques, NOM))
        contenus = {**rendre(rapport, formes), **publiques}
        for nom, octets in contenus.items():
            with depot.ebaucher(nom, lus) as brouillon:
                brouillon.write_bytes(octets)
        depot.poser()
        notres = {f"{nom}.{f}" for nom in (nommer(rapport), _nom_public(rapport)) for f in FORMES}
        restes = depot.enlever_le_reste(notres.__contains__)
    return Ecrits(tuple(dossier / nom for nom in contenus), restes)


def rendre(rapport: Rapport | Region, formes: tuple[str, ...] = FORMES) -> Mapping[str, bytes]:
    """Les fichiers du rapport par nom : les formes demandées, et ``rapport.json``."""
    noms = _noms(rapport, formes)
    document = region.composer(rapport) if isinstance(rapport, Region) else composer(rapport)
    contenus = {nom: rendre_une_forme(document, forme, rapport.au) for forme, nom in noms.items()}
    return {**contenus, NOM: decrire(rapport, document, noms, contenus)}


def rendre_la_publique(
    rapport: Rapport | Region, formes: tuple[str, ...] = FORMES
) -> Mapping[str, bytes]:
    """La page qui peut se publier, sous son nom à elle ; une région n'en a pas."""
    if isinstance(rapport, Region):
        return {}
    from pilotage_xlsx.rapport import publique  # noqa: PLC0415  # seulement si on la demande

    return publique.publier(rapport, _nom_public(rapport), formes)


def _nom_public(rapport: Rapport | Region) -> str:
    """« page-publique-valmarin-2026 »."""
    return nommer(rapport).replace("rapport", "page-publique", 1)


def _noms(rapport: Rapport | Region, formes: tuple[str, ...]) -> dict[str, str]:
    """Le nom de chaque forme retenue."""
    retenues = (forme for forme in FORMES if forme in formes or forme == "txt")
    return {forme: f"{nommer(rapport)}.{forme}" for forme in retenues}


def nommer(rapport: Rapport | Region) -> str:
    """« rapport-valmarin-2026 », « rapport-regional-2026 » : ASCII, sans signe qu'un système de
    fichiers refuserait."""
    if isinstance(rapport, Region):
        return f"rapport-regional-{rapport.annee}"
    simple = unicodedata.normalize("NFKD", rapport.nom).encode("ascii", "ignore").decode()
    commune = re.sub(r"[^a-z0-9]+", "-", simple.lower()).strip("-")[:60] or "commune"
    return f"rapport-{commune}-{rapport.annee}"


def decrire(
    rapport: Rapport | Region,
    document: Document,
    noms: Mapping[str, str],
    contenus: Mapping[str, bytes],
) -> bytes:
    """Le bordereau en JSON ; ``noms`` : le fichier de chaque forme, ``contenus`` : leurs octets.

    L'empreinte de chaque fichier y est : ce qui part est ce qui fut écrit.
    """
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
        "empreintes": {nom: sha256(octets).hexdigest() for nom, octets in contenus.items()},
        "courriel_html": courriel.rendre(document),
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
        "habitants": region.habitants,
        "manquantes": [epurer(nom) for nom in region.attendues.manquantes]
        if region.attendues
        else None,
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
