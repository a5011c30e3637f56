"""Rebâtit ``exemples/`` par les vraies commandes ; ``--verifier`` dit ce qui n'est plus à jour.

Les sources sont ``exemples/donnees/*.json`` et le classeur enregistré par LibreOffice, qui porte
l'heure de son enregistrement : lui ne se rebâtit pas ici (voir ``remplir_a_la_main.py``).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from pilotage_xlsx.commandes import executer
from pilotage_xlsx.socle.ecriture.manifeste import NOM as MANIFESTE

EXEMPLES = Path(__file__).resolve().parent.parent / "exemples"
A_LA_MAIN = "les-essarts-2026-libreoffice"
PRINCIPALE, PRECEDENTE = "valmarin-2026", "valmarin-2025"
DE_L_ANNEE = (PRINCIPALE, "roche-claire-2026", "belcombe-2026")
DATES = {PRECEDENTE: "15.12.2025"}
AUJOURD_HUI = "24.11.2026"
AVIS = "avis-I-2026-003.txt"
FICHES = (
    ("urgence", "", "fiche-urgence-valmarin.pdf"),
    ("note", "", "fiche-note-valmarin.pdf"),
    ("decision", "D-2026-003", "fiche-D-2026-003.pdf"),
    ("incident", "I-2026-003", "fiche-I-2026-003.html"),
    ("avis", "I-2026-003", AVIS),
)
SOURCES = ("donnees", "LISEZ-MOI.md", f"{A_LA_MAIN}.xlsx")


@dataclass(frozen=True, slots=True)
class Etape:
    """Une commande à jouer ; ``sortie`` : le fichier qui garde ce qu'elle écrit à l'écran."""

    arguments: tuple[str, ...]
    sortie: str | None = None


def etapes() -> tuple[Etape, ...]:
    """Toutes les commandes qui bâtissent les exemples, dans l'ordre."""
    return (
        Etape(("generer", "classeur-vierge.xlsx", *_le(PRINCIPALE))),
        Etape(("generer", "classeur-vierge-avec-kit.xlsx", "--kit", *_le(PRINCIPALE))),
        *(_generer(nom) for nom in (*DE_L_ANNEE, PRECEDENTE)),
        *(e for nom in (*DE_L_ANNEE, PRECEDENTE, A_LA_MAIN) for e in _verifier(nom)),
        *(_rapporter(nom) for nom in DE_L_ANNEE),
        _consolider(),
        _mettre_en_brouillon(),
        *_fiches(),
        _dater(),
    )


def _generer(nom: str) -> Etape:
    return Etape(("generer", f"{nom}.xlsx", "--depuis", f"donnees/{nom}.json", *_le(nom)))


def _verifier(nom: str) -> tuple[Etape, ...]:
    commande = ("verifier", f"{nom}.xlsx", *_le(nom))
    return (
        Etape(commande, f"{nom}.controle.txt"),
        Etape((*commande, "--format", "json"), f"{nom}.controle.json"),
    )


def _rapporter(nom: str) -> Etape:
    precedent = ("--precedent", f"{PRECEDENTE}.xlsx") if nom == PRINCIPALE else ()
    sortie = ("--annee", "2026", "--sortie", f"rapport-{nom}")
    return Etape(("rapport", f"{nom}.xlsx", *sortie, *precedent, *_le(nom)))


def _consolider() -> Etape:
    classeurs = (f"{nom}.xlsx" for nom in DE_L_ANNEE)
    sortie = ("--sortie", "consolidation-2026.xlsx")
    return Etape(("consolider", *classeurs, *sortie, *_le(PRINCIPALE)))


def _mettre_en_brouillon() -> Etape:
    brouillon = ("--brouillon", f"courriel-{PRINCIPALE}.eml")
    return Etape(("envoyer", f"rapport-{PRINCIPALE}", *brouillon, *_le(PRINCIPALE)))


def _fiches() -> Iterator[Etape]:
    """Les fiches d'une page, et l'avis d'un incident jusqu'à son brouillon."""
    for sujet, numero, sortie in FICHES:
        numeros = (numero,) if numero else ()
        commande = ("fiche", sujet, f"{PRINCIPALE}.xlsx", *numeros, "--sortie", sortie)
        yield Etape((*commande, *_le(PRINCIPALE)))
    brouillon = ("--brouillon", Path(AVIS).with_suffix(".eml").name)
    yield Etape(("envoyer", AVIS, *brouillon, *_le(PRINCIPALE)))


def _dater() -> Etape:
    """Ce qui échoit, pour un calendrier."""
    commande = ("echeances", f"{PRINCIPALE}.xlsx", "--sortie", "echeances-valmarin.ics")
    return Etape((*commande, *_le(PRINCIPALE)))


def _le(nom: str) -> tuple[str, str]:
    return ("--au", DATES.get(nom, AUJOURD_HUI))


def batir(dossier: Path) -> None:
    """Joue toutes les étapes dans ``dossier``, d'où les noms relatifs dans les sorties."""
    dossier.mkdir(exist_ok=True)
    shutil.copytree(EXEMPLES / "donnees", dossier / "donnees")
    shutil.copy(EXEMPLES / f"{A_LA_MAIN}.xlsx", dossier)
    with chdir(dossier):
        for etape in etapes():
            _jouer(etape)


def _jouer(etape: Etape) -> None:
    """Joue une commande ; `verifier` rend 1 quand un exemple contient des erreurs."""
    ecran, messages = BytesIO(), StringIO()
    texte = TextIOWrapper(ecran, "utf-8", newline="\n", write_through=True)
    with redirect_stdout(texte), redirect_stderr(messages):
        code = executer(etape.arguments)
    if code > (1 if etape.sortie else 0):
        raise SystemExit(f"{' '.join(etape.arguments)} : code {code}\n{messages.getvalue()}")
    if etape.sortie:
        Path(etape.sortie).write_bytes(ecran.getvalue())


def perimes(bati: Path) -> list[Path]:
    """Les exemples qui manquent, diffèrent de ce qui vient d'être bâti, ou sont de trop."""
    attendus, presents = _fichiers(bati), _fichiers(EXEMPLES)
    return sorted(
        nom
        for nom in attendus.keys() | presents.keys()
        if nom.parts[0] not in SOURCES and _octets(attendus, nom) != _octets(presents, nom)
    )


def _fichiers(dossier: Path) -> dict[Path, Path]:
    """Les exemples ; le manifeste n'en est pas un, et sans lui rien ici ne se remplace."""
    fichiers = (f for f in dossier.rglob("*") if f.is_file() and f.name != MANIFESTE)
    return {f.relative_to(dossier): f for f in fichiers}


def _octets(fichiers: dict[Path, Path], nom: Path) -> bytes | None:
    return fichiers[nom].read_bytes() if nom in fichiers else None


def _remplacer(bati: Path, noms: Iterable[Path]) -> None:
    for nom in noms:
        cible = EXEMPLES / nom
        if not (bati / nom).exists():
            cible.unlink()
            continue
        cible.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(bati / nom, cible)


def main() -> int:
    """Bâtit à part, puis remplace ce qui a changé, ou le dit seulement."""
    os.environ["COLUMNS"] = "100"
    with tempfile.TemporaryDirectory() as temporaire:
        bati = Path(temporaire) / "exemples"
        batir(bati)
        noms = perimes(bati)
        if "--verifier" not in sys.argv:
            _remplacer(bati, noms)
            return 0
    for nom in noms:
        print(f"exemples/{nom} n'est pas à jour : python -m outils.construire_exemples")
    return int(bool(noms))


if __name__ == "__main__":
    sys.exit(main())
