"""Ce que la campagne abîme : des classeurs sains, petits, de plusieurs sortes, et des données."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pilotage_xlsx.modele.chargement import dossier_livre
from tests.lecture.paquets import parties
from tests.lecture.test_ods import contenu, feuille

EXEMPLES = dossier_livre("exemples")
SAIN = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"
"""D'une commune et d'une année : tous les gestes y passent."""


@cache
def modeles() -> tuple[bytes, ...]:
    """Ce qu'on abîme : deux exemples, une feuille faite à la main, et un .ods en dernier."""
    petits = (SAIN, EXEMPLES / "classeur-vierge.xlsx")
    return (*(alleger(chemin.read_bytes()) for chemin in petits), _a_la_main(), _en_ods())


@cache
def _annotes() -> tuple[bytes, ...]:
    """Des copies annotées : d'une feuille faite à la main, et d'un exemple en dernier."""
    copies = []
    for octets in (_a_la_main(), SAIN.read_bytes()):
        with TemporaryDirectory() as temporaire:
            recu = Path(temporaire, "recu.xlsx")
            recu.write_bytes(octets)
            annoter = ("-m", "pilotage_xlsx", "verifier", recu, "--annoter", temporaire)
            subprocess.run([sys.executable, *annoter], check=False, capture_output=True)
            copies.append(recu.with_name("recu-annote.xlsx").read_bytes())
    return tuple(copies)


@cache
def _donnees() -> bytes:
    """Le JSON d'une commune, dans la forme de ``generer --depuis``."""
    return (EXEMPLES / "donnees" / "roche-claire-2026.json").read_bytes()


def alleger(octets: bytes) -> bytes:
    """Le classeur sans les feuilles que la lecture saute : dix fois plus d'essais à l'heure."""
    tampon = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as archive, zipfile.ZipFile(tampon, "w", 8) as allege:
        for info in archive.infolist():
            partie = archive.read(info)
            if not info.filename.startswith(("xl/charts", "xl/drawings", "xl/theme")):
                allege.writestr(info.filename, partie[:40_000] if len(partie) > 400_000 else partie)
    return tampon.getvalue()


def _a_la_main() -> bytes:
    titres = ("Outil ou service", "Domaine", "Criticité", "Prestataire", "Statut")
    donnees = "".join(
        f'<row r="{ligne}">'
        + "".join(
            f'<c r="{lettre}{ligne}" t="inlineStr"><is><t>{texte}</t></is></c>'
            for lettre, texte in zip("ABCDE", textes, strict=True)
        )
        + f'<c r="F{ligne}" s="1"><v>{46000 + ligne}</v></c></row>'
        for ligne, textes in enumerate(
            (titres, *(("GED", "Autre", "Vitale", "Alpha", "?"),) * 5), 1
        )
    )
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w", 8) as archive:
        for nom, partie in parties(
            donnees, apres='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>'
        ).items():
            archive.writestr(nom, partie)
    return tampon.getvalue()


def _en_ods() -> bytes:
    cases = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{texte}</text:p></table:table-cell>'
        for texte in ("Outil ou service", "Domaine", "Criticité", "Prestataire")
    )
    dates = '<table:table-cell office:value-type="date" office:date-value="2026-03-12"/>'
    lignes = f"<table:table-row>{cases}</table:table-row>" + (
        f'<table:table-row table:number-rows-repeated="2">{cases}{dates}</table:table-row>' * 4
    )
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w", 8) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", contenu(feuille(lignes, "Outils")))
        archive.writestr("meta.xml", "<meta/>")
    return tampon.getvalue()


def sources(sorte: str) -> tuple[bytes, ...]:
    """Ce qu'on abîme : « classeur », « exemple » (une commune remplie), « annoté », « données »."""
    match sorte:
        case "données":
            return (_donnees(),)
        case "annoté":
            return _annotes()
        case "exemple":
            return modeles()[:1]
        case _:
            return modeles()


def suffixe(octets: bytes) -> str:
    """Le suffixe de ce que sont ces octets, avant d'être abîmés."""
    if octets[:1] == b"{":
        return ".json"
    return ".ods" if b"opendocument" in octets[:200] else ".xlsx"
