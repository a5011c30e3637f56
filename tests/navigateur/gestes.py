"""Ce qu'une personne fait dans la page : attendre, déposer, demander un geste, enregistrer."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.navigateur.chromium import Chromium, Page, PageMuette

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = RACINE / "exemples"
LE_JOUR = "2026-11-24"


def ouvrir(chromium: Chromium, adresse: str, **reglages: Any) -> Page:
    """La page, prête."""
    page = chromium.ouvrir(adresse, **reglages)
    page.attendre("document.body && document.body.dataset.pret")
    return page


def dater(page: Page, jour: str = LE_JOUR) -> None:
    """Règle la date du contrôle."""
    page.evaluer(f"document.getElementById('au').value = '{jour}'")


def compter(page: Page, quoi: str) -> int:
    """Combien de fois la page a été prête, a contrôlé, a rendu."""
    return int(page.evaluer(f"Number(document.body.dataset.{quoi} || 0)"))


def controler(page: Page, *fichiers: Path) -> None:
    """Dépose ces classeurs, et attend leurs constats."""
    avant = compter(page, "controles")
    page.deposer(*fichiers)
    page.attendre(f"document.body.dataset.controles == {avant + 1}")


def demander(page: Page, geste: str, **reponses: Any) -> None:
    """Clique le bouton du geste, répond à ses questions, et attend qu'il soit rendu ou refusé."""
    avant = compter(page, "rendus")
    page.evaluer("document.getElementById('refus').hidden = true")
    page.attendre(f"!document.querySelector('[data-geste={geste}]').disabled")
    page.evaluer(f"document.querySelector('[data-geste={geste}]').click()")
    page.attendre(
        f"document.body.dataset.rendus == {avant + 1} || !document.getElementById('travail').hidden"
        " || !document.getElementById('refus').hidden"
    )
    if compter(page, "rendus") > avant or refus(page):
        return
    page.evaluer(
        f"for (const [nom, valeur] of Object.entries({json.dumps(reponses)})) {{"
        "  for (const champ of document.getElementById('questions').elements) {"
        "    if (champ.name !== nom) continue;"
        "    if (champ.type === 'checkbox') champ.checked = Boolean(valeur);"
        "    else champ.value = valeur;"
        "  }"
        "}"
        "document.querySelector('#questions [type=submit]').click()"
    )
    page.attendre(
        f"document.body.dataset.rendus == {avant + 1} || !document.getElementById('refus').hidden"
    )


def refus(page: Page) -> str:
    """Ce que la page refuse, s'il y a quelque chose."""
    return str(
        page.evaluer(
            "document.getElementById('refus').hidden ? '' "
            ": document.getElementById('refus').innerText"
        )
    )


def etat(page: Page) -> str:
    """La phrase d'état."""
    return str(page.evaluer("document.getElementById('etat').textContent"))


def prets(page: Page) -> list[str]:
    """Les noms des fichiers prêts, le dernier d'abord."""
    noms: list[str] = page.evaluer(
        "[...document.querySelectorAll('#produits li')].map((l) => l.dataset.nom)"
    )
    return noms


def enregistrer(page: Page, noms: list[str]) -> Mapping[str, bytes]:
    """Enregistre ces fichiers par leur lien, et les relit du dossier des téléchargements."""
    dossier = page.chromium.telecharges
    rendus = {}
    for nom in noms:
        chemin = dossier / nom
        chemin.unlink(missing_ok=True)
        page.evaluer(
            f"[...document.querySelectorAll('#produits li')].find((l) => l.dataset.nom === "
            f"{json.dumps(nom)}).querySelector('a').click()"
        )
        fin = time.monotonic() + 20
        taille = page.evaluer(
            f"[...document.querySelectorAll('#produits li')].find((l) => "
            f"l.dataset.nom === {json.dumps(nom)}).dataset.octets"
        )
        while not chemin.is_file() or chemin.stat().st_size != int(taille):
            if time.monotonic() > fin:
                raise PageMuette(f"{nom} ne s'enregistre pas")
            time.sleep(0.02)
        rendus[nom] = chemin.read_bytes()
    return rendus
