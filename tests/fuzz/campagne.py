"""La campagne : des milliers de classeurs abîmés, aucun ne fait tomber ``verifier``.

    python -m tests.fuzz.campagne [--nombre 12000] [--graine 1] [--garder DOSSIER]

Chaque classeur abîmé se lit, se contrôle et se dit en JSON, comme une commande le ferait. Rend 1 si
l'un lève une exception, prend plus de 10 s ou fait dépasser 300 Mo ; son rang et la graine le
refont, et ``--garder`` l'enregistre. POSIX seulement.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from types import FrameType

from pilotage_xlsx.chargement import charger, dossier_livre
from pilotage_xlsx.commandes.controle import controler
from pilotage_xlsx.commandes.controle_json import classeur
from pilotage_xlsx.lecture import lire
from tests.fuzz.mutations import abimer

SECONDES_MAX, MEMOIRE_MAX = 10, 300
AU = date(2026, 11, 24)
_MODELE = charger()


class Trop(BaseException):
    """Le délai est passé ; ``BaseException``, pour que rien ne l'avale."""


def modeles() -> tuple[bytes, ...]:
    """Ce qu'on abîme : deux exemples, une feuille faite à la main, et un .ods en dernier."""
    exemples = dossier_livre("exemples")
    noms = ("les-essarts-2026-libreoffice.xlsx", "classeur-vierge.xlsx")
    petits = tuple(alleger((exemples / nom).read_bytes()) for nom in noms)
    return (*petits, _a_la_main(), _en_ods())


def alleger(octets: bytes) -> bytes:
    """Le classeur sans les feuilles que la lecture saute : dix fois plus d'essais à l'heure."""
    tampon = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as archive, zipfile.ZipFile(tampon, "w", 8) as allege:
        for info in archive.infolist():
            partie = archive.read(info)
            if not info.filename.startswith(("xl/charts", "xl/drawings", "xl/theme")):
                allege.writestr(info.filename, partie[:40_000] if len(partie) > 400_000 else partie)
    return tampon.getvalue()


def eprouver(octets: bytes, suffixe: str, dossier: Path) -> str:
    """Lit, contrôle et dit ; rend le code du refus, ou « lu »."""
    chemin = dossier / f"abime{suffixe}"
    chemin.write_bytes(octets)
    controle = controler(lire(chemin, _MODELE), _MODELE, AU)
    json.dumps(classeur(controle))
    refus = controle.registre.refus
    return refus.code if refus else "lu"


def _a_la_main() -> bytes:
    from tests.lecture.paquets import parties

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
    from tests.lecture.test_ods import contenu, feuille

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


def jouer(nombre: int, graine: int, garder: Path | None = None) -> tuple[Counter[str], list[str]]:
    """Les codes rendus, et une phrase par faute."""
    codes: Counter[str] = Counter()
    fautes: list[str] = []
    sources = modeles()
    signal.signal(signal.SIGALRM, _trop)
    with tempfile.TemporaryDirectory() as temporaire:
        for rang in range(nombre):
            octets, suffixe = refaire(sources, graine, rang)
            signal.alarm(SECONDES_MAX)
            try:
                codes[eprouver(octets, suffixe, Path(temporaire))] += 1
            except BaseException as faute:
                fautes.append(f"graine {graine} rang {rang} : {traceback.format_exc(limit=-3)}")
                if garder is not None:
                    (garder / f"{graine}-{rang}{suffixe}").write_bytes(octets)
                if isinstance(faute, KeyboardInterrupt):
                    raise
            finally:
                signal.alarm(0)
    return codes, fautes


def refaire(sources: Sequence[bytes], graine: int, rang: int) -> tuple[bytes, str]:
    """Le classeur abîmé de ce rang, et son suffixe."""
    hasard = Random(f"{graine}-{rang}")
    source = hasard.randrange(len(sources))
    return abimer(sources[source], hasard), ".ods" if source == len(sources) - 1 else ".xlsx"


def _trop(_signal: int, _cadre: FrameType | None) -> None:
    raise Trop


def main() -> int:
    """Joue la campagne et imprime les comptes."""
    import resource

    arguments = argparse.ArgumentParser()
    arguments.add_argument("--nombre", type=int, default=12_000)
    arguments.add_argument("--graine", type=int, default=1)
    arguments.add_argument("--garder", type=Path)
    options = arguments.parse_args()
    debut = time.perf_counter()
    codes, fautes = jouer(options.nombre, options.graine, options.garder)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("\n".join(fautes))
    print(f"{options.nombre} classeurs abîmés, {len(fautes)} fautes : {dict(codes.most_common())}")
    print(f"{time.perf_counter() - debut:.0f} s, mémoire la plus haute {memoire:.0f} Mo")
    return int(bool(fautes) or memoire > MEMOIRE_MAX)


if __name__ == "__main__":
    sys.exit(main())
