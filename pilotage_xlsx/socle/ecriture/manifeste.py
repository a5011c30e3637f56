"""Le manifeste d'un dossier : ce que le programme y a écrit, pour n'y toucher à rien d'autre.

Une ligne JSON par fichier : son nom, nu, l'empreinte SHA-256 de ce qui a été écrit, et la commande
qui l'a écrit. Une écriture s'y annonce avant d'avoir lieu : interrompue, elle laisse des fichiers
que le manifeste connaît. Il se lit avec méfiance : n'importe qui a pu le fabriquer.

>>> est_nu("rapport.html"), est_nu("../rapport.html"), est_nu(NOM)
(True, False, False)

Source de l'empreinte : FIPS 180-4 (SHA-256).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pilotage_xlsx.socle.ecriture.brouillons import Brouillon
from pilotage_xlsx.socle.ecriture.droits import choisir_les_droits
from pilotage_xlsx.socle.ecriture.fautes import SortieImpossible
from pilotage_xlsx.socle.entree import ouvreur_sans_lien, ouvrir
from pilotage_xlsx.socle.motifs import motif

NOM = ".pilotage-xlsx.jsonl"
FORMAT = 1
_OCTETS_MAX = 20_000_000
_A_QUOI_IL_SERT = (
    "Ce que pilotage-xlsx a écrit dans ce dossier. Sans ce fichier, il n'y remplace plus rien."
)
_INTERDITS = "/\\:\0" if os.name == "nt" else "/\0"
_EMPREINTE = motif(r"[0-9a-f]{64}")


class Inscription(NamedTuple):
    """Un fichier que le programme a écrit : la commande, et ce qu'il peut contenir.

    Plusieurs ``empreintes`` : une écriture annoncée s'est interrompue, avant ou après.
    """

    par: str
    empreintes: frozenset[str]


Inscriptions = Mapping[str, Inscription]


def prendre_l_empreinte(chemin: Path) -> str:
    """Le SHA-256 d'un fichier, en hexadécimal, lu par morceaux. Lève `OSError`."""
    with ouvrir(chemin) as fichier:
        return hashlib.file_digest(fichier, "sha256").hexdigest()


def est_nu(nom: str) -> bool:
    """Vrai pour le nom d'un fichier du dossier même : ni chemin, ni détour, ni flux caché."""
    return nom not in ("", ".", "..", NOM) and not any(signe in nom for signe in _INTERDITS)


def lire(dossier: Path) -> dict[str, Inscription]:
    """Ce que le manifeste connaît ; rien s'il n'y en a pas.

    `SortieImpossible` s'il ne se comprend pas entièrement : dans le doute, rien n'est touché.
    """
    chemin = dossier / NOM
    try:
        octets = _lire_les_octets(chemin)
    except FileNotFoundError:
        return {}
    except OSError:
        raise _illisible(chemin) from None
    try:
        return _comprendre(octets)
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _illisible(chemin) from None


def ajouter(dossier: Path, inscriptions: Inscriptions) -> None:
    """Ajoute des lignes à la suite d'un manifeste déjà `ecrire`. Lève `OSError`."""
    with open(dossier / NOM, "ab", opener=_ouvrir_la_suite) as fichier:
        fichier.write(b"".join(_lignes(inscriptions)))


def ecrire(dossier: Path, inscriptions: Inscriptions, sources: Iterable[Path] = ()) -> None:
    """Remplace le manifeste d'un geste ; il n'est pas plus lisible que ``sources``."""
    brouillon = Brouillon(dossier / NOM)
    try:
        entete = _encoder({"format": FORMAT, "role": _A_QUOI_IL_SERT})
        brouillon.chemin.write_bytes(b"".join((entete, *_lignes(inscriptions))))
        brouillon.poser(choisir_les_droits(brouillon.cible, sources))
    finally:
        brouillon.abandonner()


def _lignes(inscriptions: Inscriptions) -> Iterable[bytes]:
    for nom, (par, empreintes) in inscriptions.items():
        for empreinte in sorted(empreintes):
            yield _encoder({"nom": nom, "sha256": empreinte, "par": par})


def _encoder(donnee: Mapping[str, Any]) -> bytes:
    """En ASCII : un nom de fichier peut n'être d'aucun alphabet."""
    return json.dumps(donnee).encode("ascii") + b"\n"


def _lire_les_octets(chemin: Path) -> bytes:
    with ouvrir(chemin, par=ouvreur_sans_lien) as fichier:
        octets = fichier.read(_OCTETS_MAX + 1)
    if len(octets) > _OCTETS_MAX:
        raise OSError
    return octets


def _ouvrir_la_suite(chemin: str, drapeaux: int) -> int:
    """Un manifeste déjà écrit, ni un autre fichier où mènerait un lien."""
    return ouvreur_sans_lien(chemin, drapeaux & ~os.O_CREAT)


def _comprendre(octets: bytes) -> dict[str, Inscription]:
    """Les inscriptions ; une dernière ligne coupée n'a rien annoncé qui ait eu lieu."""
    entete, *lignes = octets[: octets.rfind(b"\n") + 1].splitlines()
    if json.loads(entete)["format"] != FORMAT:
        raise ValueError
    commandes: dict[str, str] = {}
    empreintes: dict[str, set[str]] = {}
    for ligne in lignes:
        nom, empreinte, par = _decoder(json.loads(ligne))
        commandes[nom] = par
        empreintes.setdefault(nom, set()).add(empreinte)
    return {nom: Inscription(par, frozenset(empreintes[nom])) for nom, par in commandes.items()}


def _decoder(donnee: Any) -> tuple[str, str, str]:
    match donnee:
        case {"nom": str(nom), "sha256": str(empreinte), "par": str(par)} if est_nu(
            nom
        ) and _EMPREINTE.fullmatch(empreinte):
            return nom, empreinte, par
        case _:
            raise ValueError


def _illisible(chemin: Path) -> SortieImpossible:
    return SortieImpossible(
        f"{chemin}, qui dit ce que le programme a écrit là, ne se comprend pas, ou vient d'une "
        "autre version : rien n'est touché. Choisissez un autre dossier."
    )
