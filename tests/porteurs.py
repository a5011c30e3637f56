"""Des modèles adaptés, et des classeurs qui les portent, bons ou piégés."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

import pilotage_xlsx as px
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import Porte, deballer
from tests.petites_tables import petites_tables
from tests.tableaux import AU

ASSURANCE = """
[[colonnes]]
id = "assurance"
libelle = "Couvert par l'assurance"
genre = "liste"
niveau = "U"
paragraphe = "3.2"
liste = "oui_non"
aide = "Dites si l'assurance cyber de la commune couvre cet outil."
"""


def adapter(dossier: Path, nom: str = "vaud", outils: str = ASSURANCE) -> Path:
    """Le dossier d'une touche sur le modèle communal : une colonne de plus dans « Outils »."""
    adapte = dossier / nom
    (adapte / "feuilles").mkdir(parents=True)
    identite = f'base = "communal"\nid = "{nom}"\nversion = "1.0"\n'
    (adapte / "modele.toml").write_text(identite, "utf-8")
    (adapte / "feuilles" / "outils.toml").write_text(outils, "utf-8")
    return adapte


def porteur(modele: Modele, nom: str = "Valmarin", annee: int = 2026, au: date = AU) -> bytes:
    """Un classeur de ce modèle, d'un seul outil, et couvert si la colonne existe."""
    outil = {"nom": "GED", "assurance": "Oui"}
    connues = modele.par_id["outils"].par_id
    donnees = {"outils": [{cle: mot for cle, mot in outil.items() if cle in connues}]}
    with petites_tables():
        return px.generer(
            donnees=donnees, commune=nom, canton="VD", annee=annee, au=au, modele=modele
        ).octets


def porter_le_texte(texte: str) -> bytes:
    """Un classeur du modèle livré qui porte n'importe quel texte."""
    return porteur(replace(px.modele(), porte=Porte("essai 1.0", texte)))


def emballer_tel_quel(octets: bytes) -> str:
    """Le texte, empreinte juste, de n'importe quels octets."""
    contenu = b64encode(zlib.compress(octets)).decode()
    return f"1:{hashlib.sha256(octets).hexdigest()}:{contenu}"


def changer(adapte: Modele, /, **fichiers: Mapping[str, Any]) -> str:
    """Le texte que porte ce modèle, des clés de ses fichiers changées (``modele={"base": 3}``)."""
    assert adapte.porte is not None
    tous = dict(deballer(adapte.porte.texte))
    for nom, cles in fichiers.items():
        tous[f"{nom}.toml"] = {**tous[f"{nom}.toml"], **cles}
    return emballer_tel_quel(msgspec.json.encode(tous))
