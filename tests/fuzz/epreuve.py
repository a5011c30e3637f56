"""Un cas : un fichier abîmé, une ligne de commande jouée à part, et tout ce qu'elle a laissé.

Une faute est une phrase : trace, code hors du contrat, temps, mémoire, entrée touchée, reste.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.fuzz.isoler import Essai, isoler
from tests.fuzz.sources import SAIN
from tests.fuzz.verbes import Verbe

SECONDES_MAX, MEMOIRE_MAX = 10, 300
Photo = dict[str, tuple[int, bytes]]


class Issue(NamedTuple):
    """Le code rendu (« arrêté », s'il n'y en a pas), ses fautes, ce que le fils a chargé."""

    code: str
    fautes: list[str]
    modules: list[str]


class Zone:
    """Le dossier d'un cas : ce qui est reçu, où l'on est, où l'on écrit, ce qui est dit."""

    def __init__(self, racine: Path) -> None:
        self.racine = racine
        for nom in ("entree", "ici", "tmp", "sortie", "dit"):
            (racine / nom).mkdir()
        self.sain = racine / "entree" / "sain.xlsx"
        self.sain.write_bytes(SAIN.read_bytes())

    def photographier(self, nom: str) -> Photo:
        """Chaque fichier d'un de ses dossiers : ses droits et ses octets."""
        dossier = self.racine / nom
        return {
            chemin.relative_to(dossier).as_posix(): (chemin.stat().st_mode, chemin.read_bytes())
            for chemin in sorted(dossier.rglob("*"))
            if not chemin.is_dir()
        }

    def dire(self) -> str:
        """Tout ce que la commande a écrit à l'écran."""
        return "".join(
            chemin.read_text("utf-8", "replace") for chemin in (self.racine / "dit").iterdir()
        )


def eprouver(verbe: Verbe, octets: bytes, nom: str) -> Issue:
    """Joue la ligne sur ces octets, dans un fichier de ce nom."""
    with tempfile.TemporaryDirectory() as temporaire:
        zone = Zone(Path(temporaire))
        recu = zone.racine / "entree" / nom
        recu.write_bytes(octets)
        avant = zone.photographier("entree")
        essai = isoler(partial(_jouer, verbe, zone), recu, SECONDES_MAX)
        rendu: dict[str, Any] = essai.rendu or {}
        fautes = [*_d_un_essai(verbe, essai), *_d_une_zone(verbe, zone, rendu)]
        if zone.photographier("entree") != avant:
            fautes.append("une entrée a changé")
        return Issue(str(rendu.get("code", "arrêté")), fautes, rendu.get("modules", []))


def _jouer(verbe: Verbe, zone: Zone, recu: Path) -> dict[str, Any]:
    """Dans le fils : la ligne, puis, d'une copie annotée, ce qu'elle rend."""
    _s_installer(zone)
    from pilotage_xlsx.commandes import executer

    sortie = zone.racine / "sortie"
    code = executer(verbe.remplir(recu, zone.sain, sortie))
    rendu = {"code": code, "modules": sorted(sys.modules)}
    if verbe.nom == "annoter":
        rendu["rend_l_original"] = all(
            _retirer(copie, zone.racine / "rendu") == recu.read_bytes()
            for copie in sortie.glob("d/*-annote.*")
        )
    return rendu


def _retirer(copie: Path, dossier: Path) -> bytes:
    from pilotage_xlsx.commandes import executer

    executer(["verifier", str(copie), "--retirer", "--annoter", str(dossier)])
    rendus = [chemin for chemin in dossier.glob("*") if chemin.suffix == copie.suffix]
    return rendus[0].read_bytes() if rendus else b""


def _s_installer(zone: Zone) -> None:
    os.chdir(zone.racine / "ici")
    os.environ |= {"TMPDIR": str(zone.racine / "tmp"), "PILOTAGE_TRACE": "1"}
    tempfile.tempdir = None
    for numero, nom in ((1, "stdout"), (2, "stderr")):
        flux = (zone.racine / "dit" / nom).open("w")  # jusqu'à la fin du fils
        os.dup2(flux.fileno(), numero)
        setattr(sys, nom, flux)


def _d_un_essai(verbe: Verbe, essai: Essai) -> Iterator[str]:
    if essai.panne:
        yield essai.panne
    if essai.secondes > SECONDES_MAX:
        yield f"{essai.secondes:.1f} s"
    if essai.memoire > MEMOIRE_MAX:
        yield f"{essai.memoire:.0f} Mo"
    rendu = essai.rendu or {"code": 2}
    if rendu["code"] not in ((0, 1, 2) if verbe.commande == "verifier" else (0, 2)):
        yield f"code {rendu['code']}"
    if not rendu.get("rend_l_original", True):
        yield "la copie annotée ne rend pas son original"


def _d_une_zone(verbe: Verbe, zone: Zone, rendu: dict[str, Any]) -> Iterator[str]:
    dit = zone.dire()
    if "Traceback" in dit:
        yield dit[-2000:]
    if rendu.get("code") == 2 and not dit.strip() and not verbe.ecrit_malgre_un_refus:
        yield "code 2 sans un mot"
    for nom in ("ici", "tmp"):
        if restes := [*zone.photographier(nom)]:
            yield f"restes dans {nom} : {restes}"
    ecrits = zone.photographier("sortie")
    if etrangers := [nom for nom in ecrits if not verbe.permet(nom)]:
        yield f"restes dans la sortie : {etrangers}"
    if ecrits and rendu.get("code") == 2 and not verbe.ecrit_malgre_un_refus:
        yield f"refusé, mais écrit : {[*ecrits]}"
