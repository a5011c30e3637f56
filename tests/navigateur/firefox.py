"""Firefox, conduit par Marionette (son protocole, sur une prise locale), sans bibliothèque."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.navigateur.chromium import PageMuette, patienter

_ATTENTE = 90.0
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_REGLAGES = """
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{telecharges}");
user_pref("browser.download.useDownloadDir", true);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("pdfjs.disabled", true);
user_pref("browser.startup.page", 0);
user_pref("browser.newtabpage.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("marionette.port", {port});
"""


def trouver() -> str | None:
    """Le programme, s'il est installé."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """Un Firefox sans fenêtre, ses onglets."""

    def __init__(self, dossier: Path) -> None:
        self.telecharges = dossier / "telecharges"
        self.telecharges.mkdir(parents=True)
        profil = dossier / "profil"
        profil.mkdir()
        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            port = prise.getsockname()[1]
        reglages = _REGLAGES.format(telecharges=self.telecharges, port=port)
        (profil / "user.js").write_text(reglages, "utf-8")
        self._programme = subprocess.Popen(
            [
                trouver() or "", "--headless", "--marionette", "--remote-allow-system-access",
                "--no-remote", "--profile", profil,
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._prise, self._rang, self._reste = self._joindre(port), 0, b""
        self._lire()
        self.dire("WebDriver:NewSession")
        self.dire("WebDriver:SetTimeouts", script=int(_ATTENTE * 1000))
        self._montre = ""

    @property
    def pid(self) -> int:
        """Le processus principal."""
        return self._programme.pid

    def ouvrir(self, adresse: str) -> Onglet:
        """Un onglet à cette adresse."""
        onglet = Onglet(self, self.dire("WebDriver:NewWindow", type="tab")["handle"])
        onglet.aller(adresse)
        return onglet

    def fermer_l_onglet_montre(self) -> None:
        """Le ferme, et parle à un autre : sans onglet montré, Marionette n'en ouvre plus."""
        autres = self.dire("WebDriver:CloseWindow")
        self.montrer(autres[0])

    def montrer(self, onglet: str) -> None:
        """Parle à cet onglet-là."""
        if self._montre != onglet:
            self.dire("WebDriver:SwitchToWindow", handle=onglet, focus=True)
            self._montre = onglet

    def dimensionner_l_onglet_montre(self, largeur: int) -> None:
        """L'onglet seul : aucune fenêtre de Firefox n'est aussi étroite qu'un téléphone."""
        script = (
            f"for (const cote of ['minWidth', 'maxWidth'])"
            f" gBrowser.selectedBrowser.style[cote] = '{largeur}px';"
        )
        self.dire("Marionette:SetContext", value="chrome")
        self.dire("WebDriver:ExecuteScript", script=script, args=[])
        self.dire("Marionette:SetContext", value="content")

    def _joindre(self, port: int) -> socket.socket:
        for _ in patienter():
            with suppress(OSError):
                return socket.create_connection(("127.0.0.1", port), timeout=_ATTENTE)
        raise PageMuette("Firefox ne répond pas")

    def dire(self, methode: str, **parametres: Any) -> Any:
        """Un ordre, et sa réponse."""
        self._rang += 1
        ordre = json.dumps([0, self._rang, methode, parametres]).encode()
        self._prise.sendall(b"%d:%s" % (len(ordre), ordre))
        while True:
            reponse = self._lire()
            if isinstance(reponse, list) and reponse[1] == self._rang:
                if reponse[2]:
                    raise PageMuette(f"{methode} : {reponse[2]}")
                return reponse[3]

    def _lire(self) -> Any:
        while b":" not in self._reste:
            self._recevoir()
        longueur, _, self._reste = self._reste.partition(b":")
        while len(self._reste) < int(longueur):
            self._recevoir()
        message, self._reste = self._reste[: int(longueur)], self._reste[int(longueur) :]
        return json.loads(message)

    def _recevoir(self) -> None:
        morceau = self._prise.recv(1 << 20)
        if not morceau:
            raise PageMuette("Firefox s'est arrêté")
        self._reste += morceau

    def fermer(self) -> None:
        """Arrête ce Firefox-ci."""
        with suppress(PageMuette, OSError):
            self.dire("Marionette:Quit", flags=["eForceQuit"])
        self._prise.close()
        try:
            self._programme.wait(15)
        except subprocess.TimeoutExpired:
            self._programme.kill()
            self._programme.wait()


class Onglet:
    """Un onglet, comme `chromium.Page`."""

    def __init__(self, firefox: Firefox, nom: str) -> None:
        self.navigateur, self._nom = firefox, nom

    def dire(self, methode: str, **parametres: Any) -> Any:
        """Un ordre à cet onglet."""
        self.navigateur.montrer(self._nom)
        return self.navigateur.dire(methode, **parametres)

    def aller(self, adresse: str) -> None:
        """Ouvre cette adresse ici."""
        self.dire("WebDriver:Navigate", url=adresse)

    def fermer(self) -> None:
        """Ferme cet onglet."""
        self.navigateur.montrer(self._nom)
        self.navigateur.fermer_l_onglet_montre()

    def evaluer(self, expression: str) -> Any:
        """La valeur d'une expression de la page, promesse comprise."""
        est_une_suite = expression.endswith((";", "}"))
        script = expression if est_une_suite else f"return ({expression})"
        rendu = self.dire("WebDriver:ExecuteScript", script=script, args=[], sandbox=None)
        return rendu["value"]

    def attendre(self, condition: str, secondes: float = _ATTENTE) -> None:
        """Rend la main quand l'expression est vraie."""
        for _ in patienter(secondes):
            if self.evaluer(f"Boolean({condition})"):
                return
        raise PageMuette(f"{condition} : {self.evaluer('document.body.innerText')[:800]}")

    def dimensionner(self, largeur: int) -> None:
        """La largeur de la page, celle d'un bureau ou d'un téléphone."""
        self.navigateur.montrer(self._nom)
        self.navigateur.dimensionner_l_onglet_montre(largeur)
        self.attendre(f"innerWidth === {largeur}")

    def photographier(self, chemin: Path) -> None:
        """La page entière, en image."""
        image = self.dire("WebDriver:TakeScreenshot", full=True)["value"]
        chemin.write_bytes(base64.b64decode(image))

    def deposer(self, *fichiers: Path) -> None:
        """Choisit ces fichiers, comme une personne."""
        trouve = self.dire("WebDriver:FindElement", using="css selector", value="#choix")
        identifiant = trouve["value"][_ELEMENT]
        self.dire("WebDriver:ElementSendKeys", id=identifiant, text="\n".join(map(str, fichiers)))


@contextmanager
def lancer(dossier: Path) -> Iterator[Firefox]:
    """Un Firefox, tant que dure le ``with``."""
    firefox = Firefox(dossier)
    try:
        yield firefox
    finally:
        firefox.fermer()
