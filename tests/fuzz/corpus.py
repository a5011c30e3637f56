"""Lire tous les classeurs d'un dossier, et les comparer à openpyxl et calamine.

    python -m tests.fuzz.corpus DOSSIER [--sans-oracles] [--detail]

Le dossier se remplit à la main : les classeurs que d'autres projets de tableur livrent avec leurs
tests (voir ``docs/lecture-comparee.md``). Rien de ce qu'il contient n'entre dans le projet. Rend 1
si un classeur fait tomber le contrôle, prend plus de 10 s ou plus de 300 Mo.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.verification import juger
from tests.fuzz.isoler import Essai, isoler

SECONDES_MAX, MEMOIRE_MAX = 10, 300
_SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".ods"}
_MODELE = charger()


def examiner(chemin: Path) -> str:
    """Ce que ``verifier`` ferait du fichier : le code de son refus, ou rien."""
    registre = lire(chemin, _MODELE)
    juger(registre, _MODELE, date(2026, 11, 24))
    return registre.refus.code if registre.refus else ""


def main() -> int:
    """Examine puis compare ; imprime les comptes."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("dossier", type=Path)
    arguments.add_argument("--sans-oracles", action="store_true")
    arguments.add_argument("--detail", action="store_true")
    options = arguments.parse_args()
    chemins = sorted(c for c in options.dossier.rglob("*") if c.suffix.lower() in _SUFFIXES)
    fautes = list(_examiner_tous(chemins))
    for faute in fautes:
        print(f"FAUTE {faute}")
    if not options.sans_oracles:
        _comparer_tous(chemins, est_detaille=options.detail)
    return int(bool(fautes))


def _examiner_tous(chemins: list[Path]) -> Iterator[str]:
    codes: Counter[str] = Counter()
    pires = Essai(None, "", 0.0, 0.0), Essai(None, "", 0.0, 0.0)
    for chemin in chemins:
        essai = isoler(examiner, chemin, SECONDES_MAX)
        codes[essai.rendu or "lu"] += 1
        pires = (
            max(pires[0], essai, key=lambda e: e.secondes),
            max(pires[1], essai, key=lambda e: e.memoire),
        )
        if essai.panne or essai.memoire > MEMOIRE_MAX:
            yield f"{chemin} : {essai.panne} {essai.secondes:.1f} s {essai.memoire:.0f} Mo"
    print(f"{len(chemins)} classeurs : {dict(codes.most_common())}")
    print(f"le plus lent {pires[0].secondes:.2f} s, le plus gros {pires[1].memoire:.0f} Mo")


def _comparer_tous(chemins: list[Path], *, est_detaille: bool) -> None:
    import openpyxl  # noqa: F401 — le fils en hérite
    import python_calamine  # noqa: F401

    from tests.fuzz.oracles import comparer

    total = {nom: _Bilan() for nom in ("openpyxl", "calamine")}
    refus: Counter[str] = Counter()
    for chemin in chemins:
        essai = isoler(comparer, chemin, 60)
        rendu = essai.rendu or {}
        refus[rendu.get("refus", "")[:7] or essai.panne[-60:]] += 1
        for nom, bilan in total.items():
            bilan.ajouter(chemin, rendu.get(nom), est_detaille=est_detaille)
    print(f"comparaison : {dict(refus)}")
    for nom, bilan in total.items():
        print(f"\n{nom} : {bilan.fichiers} classeurs, {bilan.cellules} cellules comparées")
        print(f"  il échoue : {dict(bilan.pannes)}")
        for classe, compte in bilan.ecarts.most_common():
            print(f"  {compte:7} {classe} ({bilan.touches[classe]} classeurs)")


class _Bilan:
    """Le total d'un oracle."""

    def __init__(self) -> None:
        self.fichiers = self.cellules = 0
        self.pannes: Counter[str] = Counter()
        self.ecarts: Counter[str] = Counter()
        self.touches: Counter[str] = Counter()

    def ajouter(self, chemin: Path, vu: dict[str, Any] | None, *, est_detaille: bool) -> None:
        """Compte un classeur."""
        if vu is None:
            return
        if "panne" in vu:
            self.pannes[vu["panne"]] += 1
            return
        self.fichiers += 1
        self.cellules += vu["comparees"]
        self.ecarts.update(vu["ecarts"])
        self.touches.update(list(vu["ecarts"]))
        for classe, cas in vu["exemples"].items() if est_detaille else ():
            print(f"{classe} · {chemin.name} · {' | '.join(cas)}")


if __name__ == "__main__":
    sys.exit(main())
