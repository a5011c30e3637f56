"""Ce qu'une personne fait dans la page : attendre, déposer, demander un geste, enregistrer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.navigateur.chromium import PageMuette, patienter

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = RACINE / "exemples"
LE_JOUR = "2026-11-24"


def ouvrir(navigateur: Any, adresse: str) -> Any:
    """La page, prête."""
    page = navigateur.ouvrir(adresse)
    page.attendre("document.body && document.body.dataset.pret")
    return page


def dater(page: Any, jour: str = LE_JOUR) -> None:
    """Règle la date du contrôle."""
    page.evaluer(f"document.getElementById('au').value = '{jour}'")


def compter(page: Any, quoi: str) -> int:
    """Combien de fois la page a été prête, a contrôlé, a rendu."""
    return int(page.evaluer(f"Number(document.body.dataset.{quoi} || 0)"))


def controler(page: Any, *fichiers: Path) -> None:
    """Dépose ces classeurs, et attend leurs constats."""
    avant = compter(page, "controles")
    page.deposer(*fichiers)
    page.attendre(f"document.body.dataset.controles > {avant}")


def avoir(page: Any, *fichiers: Path) -> None:
    """Ces classeurs-là sont contrôlés et cochés, eux seuls : déposés, s'ils ne l'étaient déjà."""
    coches = (
        "[...document.querySelectorAll('#deposes li')].filter((l) => l.querySelector('input')"
        ".checked).map((l) => l.querySelector('label').textContent.trim())"
    )
    if page.evaluer(coches) != [fichier.name for fichier in fichiers]:
        controler(page, *fichiers)


def apercevoir(page: Any, geste: str) -> bool:
    """Clique le bouton du geste ; vrai si la page demande ou montre quelque chose d'abord."""
    avant = compter(page, "rendus")
    page.evaluer("document.getElementById('refus').hidden = true")
    page.attendre(f"document.getElementById('geste-{geste}')?.disabled === false")
    page.evaluer(f"document.getElementById('geste-{geste}').click()")
    page.attendre(
        f"document.body.dataset.rendus > {avant} || !document.getElementById('travail').hidden"
        " || !document.getElementById('refus').hidden"
    )
    return compter(page, "rendus") == avant and not refus(page)


def demander(page: Any, geste: str, **reponses: Any) -> None:
    """Clique le bouton du geste, répond à ses questions, et attend qu'il soit rendu ou refusé."""
    if not apercevoir(page, geste):
        return
    page.evaluer(
        f"for (const [nom, valeur] of Object.entries({json.dumps(reponses)})) {{"
        "  for (const champ of document.getElementById('questions').elements) {"
        "    if (champ.name !== nom) continue;"
        "    if (champ.type === 'checkbox') champ.checked = Boolean(valeur);"
        "    else champ.value = valeur;"
        "  }"
        "}"
    )
    valider(page)


def valider(page: Any) -> None:
    """Rend ce que la page montre, et attend que ce soit fait ou refusé."""
    avant = compter(page, "rendus")
    page.evaluer(
        "document.getElementById('refus').hidden = true;"
        "document.querySelector('#questions [type=submit]').click();"
    )
    page.attendre(
        f"document.body.dataset.rendus > {avant} || !document.getElementById('refus').hidden"
    )


def montree(page: Any) -> str:
    """Le détail que la page montre."""
    return str(page.evaluer("document.getElementById('page').srcdoc"))


def refus(page: Any) -> str:
    """Ce que la page refuse, s'il y a quelque chose."""
    return str(
        page.evaluer(
            "document.getElementById('refus').hidden ? '' "
            ": document.getElementById('refus').innerText"
        )
    )


def etat(page: Any) -> str:
    """La phrase d'état."""
    return str(page.evaluer("document.getElementById('etat').textContent"))


def prets(page: Any) -> list[str]:
    """Les noms des fichiers prêts, le dernier d'abord."""
    noms: list[str] = page.evaluer(
        "[...document.querySelectorAll('#prets li')].map((l) => l.dataset.nom)"
    )
    return noms


def enregistrer(page: Any, noms: list[str]) -> Mapping[str, bytes]:
    """Enregistre ces fichiers par leur lien, et les relit du dossier des téléchargements."""
    return {nom: _enregistrer(page, nom) for nom in noms}


def _enregistrer(page: Any, nom: str) -> bytes:
    """La page enregistre d'elle-même un fichier seul : le navigateur en a peut-être deux, dont un
    « nom (1) »."""
    for ancien in _enregistres(page, nom):
        ancien.unlink()
    taille = page.evaluer(
        "((ligne) => { ligne.querySelector('a').click(); return Number(ligne.dataset.octets); })("
        f"[...document.querySelectorAll('#prets li')].find((l) => l.dataset.nom === "
        f"{json.dumps(nom)}))"
    )
    for _ in patienter(20):
        for chemin in _enregistres(page, nom):
            if len(octets := chemin.read_bytes()) == taille:
                return octets
    raise PageMuette(f"{nom} ne s'enregistre pas")


def _enregistres(page: Any, nom: str) -> list[Path]:
    tronc, fin = re.escape(Path(nom).stem), re.escape(Path(nom).suffix)
    return [
        chemin
        for chemin in page.navigateur.telecharges.iterdir()
        if re.fullmatch(rf"{tronc}( ?\(\d+\))?{fin}", chemin.name)
    ]
