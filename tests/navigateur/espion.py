"""Un serveur qui note tout ce qu'on lui demande, et qui peut servir un dossier."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote


class Espion:
    """Ce qui fut demandé : la méthode, le chemin entier, la longueur de ce qui fut envoyé."""

    def __init__(self, serveur: ThreadingHTTPServer) -> None:
        self._serveur = serveur
        self.demandes: list[tuple[str, str, int]] = []

    @property
    def adresse(self) -> str:
        """Son adresse sur ce poste."""
        return f"http://127.0.0.1:{self._serveur.server_address[1]}"

    def porte(self, sorte: str, nom: str) -> str:
        """L'adresse qu'un essai demande par cette porte."""
        return f"{self.adresse}/{quote(f'{sorte}-{nom}')}"

    def entendues(self, sorte: str) -> set[str]:
        """Les portes de cette sorte par lesquelles une demande est venue."""
        debut = f"/{sorte}-"
        chemins = {unquote(chemin) for _, chemin, _ in self.demandes}
        return {c.removeprefix(debut) for c in chemins if c.startswith(debut)}

    def arreter(self) -> None:
        """Ne répond plus."""
        self._serveur.shutdown()
        self._serveur.server_close()


@contextmanager
def epier(dossier: Path) -> Iterator[Espion]:
    """Un espion qui sert ``dossier``, tant que dure le ``with``."""

    class Note(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(dossier))

        def parse_request(self) -> bool:
            compris = super().parse_request()
            if compris:
                corps = int(self.headers.get("content-length") or 0)
                espion.demandes.append((self.command, self.path, corps))
            return compris

        def log_message(self, *_: Any) -> None:
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Note)
    espion = Espion(serveur)
    Thread(target=serveur.serve_forever, daemon=True).start()
    try:
        yield espion
    finally:
        espion.arreter()
