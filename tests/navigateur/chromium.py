"""Chromium, conduit par un tuyau (``--remote-debugging-pipe``) : ni serveur, ni bibliothèque."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ATTENTE = 90.0


class PageMuette(Exception):
    """Chromium ne répond plus, ou la page a levé une faute."""


def patienter(secondes: float = _ATTENTE) -> Iterator[None]:
    """Rend la main de moins en moins souvent, tant qu'il reste du temps : demander coûte aussi."""
    fin, pause = time.monotonic() + secondes, 0.01
    while time.monotonic() < fin:
        yield
        time.sleep(pause)
        pause = min(1.5 * pause, 0.1)


class Chromium:
    """Un Chromium sans fenêtre, son profil et ses téléchargements dans ``dossier``."""

    def __init__(self, dossier: Path, *options: str) -> None:
        self.telecharges = dossier / "telecharges"
        self.telecharges.mkdir(parents=True, exist_ok=True)
        a_lire, sortie = os.pipe()
        entree, self._vers = os.pipe()
        self._de, self._reste, self._rang = a_lire, b"", 0
        commande = [
            trouver() or "", "--headless=new", "--no-sandbox", "--disable-gpu",
            "--remote-debugging-pipe", "--no-first-run", f"--user-data-dir={dossier / 'profil'}",
            *options,
        ]  # fmt: skip
        en_trois_et_quatre = f'exec 3<&{entree} 4>&{sortie}; exec "$@"'
        self._programme = subprocess.Popen(
            ["bash", "-c", en_trois_et_quatre, "-", *commande],
            pass_fds=(entree, sortie), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(entree)
        os.close(sortie)
        self.dire(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(self.telecharges),
        )

    @property
    def pid(self) -> int:
        """Le processus principal."""
        return self._programme.pid

    def fermer(self) -> None:
        """Arrête ce Chromium-ci."""
        try:
            self.dire("Browser.close")
            self._programme.wait(10)
        except (PageMuette, OSError, subprocess.TimeoutExpired):
            self._programme.kill()
            self._programme.wait()
        os.close(self._de)
        os.close(self._vers)

    def dire(self, methode: str, session: str | None = None, **parametres: Any) -> Any:
        """Un ordre du protocole, et sa réponse."""
        self._rang += 1
        ordre = {"id": self._rang, "method": methode, "params": parametres}
        if session:
            ordre["sessionId"] = session
        os.write(self._vers, json.dumps(ordre).encode() + b"\0")
        fin = time.monotonic() + _ATTENTE
        while time.monotonic() < fin:
            message = self._recevoir(fin - time.monotonic())
            if message.get("id") == self._rang:
                if "error" in message:
                    raise PageMuette(f"{methode} : {message['error']['message']}")
                return message["result"]
        raise PageMuette(methode)

    def _recevoir(self, attente: float) -> dict[str, Any]:
        while b"\0" not in self._reste:
            if not select.select([self._de], [], [], max(attente, 0))[0]:
                raise PageMuette("sans réponse")
            morceau = os.read(self._de, 1 << 20)
            if not morceau:
                raise PageMuette("Chromium s'est arrêté")
            self._reste += morceau
        message, _, self._reste = self._reste.partition(b"\0")
        recu: dict[str, Any] = json.loads(message)
        return recu

    def ouvrir(self, adresse: str, *, largeur: int = 1366, hauteur: int = 900) -> Page:
        """Un onglet à cette adresse."""
        cible = self.dire("Target.createTarget", url="about:blank")["targetId"]
        session = self.dire("Target.attachToTarget", targetId=cible, flatten=True)["sessionId"]
        page = Page(self, session)
        page.dimensionner(largeur, hauteur)
        for domaine in ("Page", "Runtime", "DOM"):
            page.dire(f"{domaine}.enable")
        page.aller(adresse)
        return page


class Page:
    """Un onglet : ce qu'une personne y fait, ce qu'elle y voit."""

    def __init__(self, chromium: Chromium, session: str) -> None:
        self.navigateur, self.session = chromium, session

    def dire(self, methode: str, **parametres: Any) -> Any:
        """Un ordre à cet onglet."""
        return self.navigateur.dire(methode, self.session, **parametres)

    def aller(self, adresse: str) -> None:
        """Ouvre cette adresse ici."""
        self.dire("Page.navigate", url=adresse)

    def evaluer(self, expression: str) -> Any:
        """La valeur d'une expression de la page, promesse comprise."""
        rendu = self.dire(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True,
            userGesture=True, allowUnsafeEvalBlockedByCSP=False,
        )  # fmt: skip
        if "exceptionDetails" in rendu:
            raise PageMuette(str(rendu["exceptionDetails"]))
        return rendu["result"].get("value")

    def attendre(self, condition: str, secondes: float = _ATTENTE) -> None:
        """Rend la main quand l'expression est vraie."""
        for _ in patienter(secondes):
            if self.evaluer(f"Boolean({condition})"):
                return
        raise PageMuette(f"{condition} : {self.evaluer('document.body.innerText')[:800]}")

    def deposer(self, *fichiers: Path) -> None:
        """Choisit ces fichiers, comme une personne."""
        document = self.dire("DOM.getDocument")["root"]["nodeId"]
        champ = self.dire("DOM.querySelector", nodeId=document, selector="#choix")["nodeId"]
        self.dire("DOM.setFileInputFiles", nodeId=champ, files=[str(f) for f in fichiers])

    def lacher(self, *fichiers: Path) -> None:
        """Glisse ces fichiers d'un dossier, et les lâche sur le cadre du dépôt."""
        self.evaluer("scrollTo(0, 0)")
        cadre = self.evaluer("(({x, y}) => ({x, y}))(depot.getBoundingClientRect())")
        donnees = {"items": [], "files": [str(f) for f in fichiers], "dragOperationsMask": 1}
        for sorte in ("dragEnter", "dragOver", "drop"):
            self.dire(
                "Input.dispatchDragEvent",
                type=sorte, x=cadre["x"] + 20, y=cadre["y"] + 20, data=donnees,
            )  # fmt: skip

    def toucher(self, touche: str, code: int) -> None:
        """Une touche du clavier, enfoncée puis relâchée."""
        for sorte in ("keyDown", "keyUp"):
            self.dire(
                "Input.dispatchKeyEvent", type=sorte, key=touche, code=touche,
                windowsVirtualKeyCode=code, text="\r" if touche == "Enter" else "",
            )  # fmt: skip

    def fermer(self) -> None:
        """Ferme cet onglet."""
        self.dire("Page.close")

    def dimensionner(self, largeur: int, hauteur: int = 900) -> None:
        """La largeur de la fenêtre, ou du téléphone."""
        self.dire(
            "Emulation.setDeviceMetricsOverride",
            width=largeur, height=hauteur, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def imprimer(self, page: Path) -> bytes:
        """Cette page ouverte ici, imprimée en PDF."""
        self.aller(page.as_uri())
        self.attendre(
            f"location.href === {json.dumps(page.as_uri())} && document.readyState === 'complete'"
        )
        rendu = self.dire("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(rendu["data"])

    def photographier(self, chemin: Path) -> None:
        """La page entière, en image."""
        image = self.dire("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        chemin.write_bytes(base64.b64decode(image["data"]))


def trouver() -> str | None:
    """Le programme, s'il est installé."""
    return shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")


@contextmanager
def lancer(dossier: Path, *options: str) -> Iterator[Chromium]:
    """Un Chromium, tant que dure le ``with``."""
    chromium = Chromium(dossier, *options)
    try:
        yield chromium
    finally:
        chromium.fermer()
