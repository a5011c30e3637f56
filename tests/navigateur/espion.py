"""Un serveur qui note tout ce qu'on lui demande, et qui peut servir un dossier."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class Espion:
    """Ce qui fut demandé : la méthode, le chemin entier, la longueur de ce qui fut envoyé."""

    def __init__(self, serveur: ThreadingHTTPServer) -> None:
        self._serveur = serveur
        self.demandes: list[tuple[str, str, int]] = []

    @property
    def adresse(self) -> str:
        """Son adresse sur ce poste."""
        return f"http://127.0.0.1:{self._serveur.server_address[1]}"

    @contextmanager
    def rien_entendre(self) -> Iterator[None]:
        """Ce qui se fait là, et la seconde qui suit, ne doit rien lui demander."""
        avant = list(self.demandes)
        yield
        time.sleep(1)
        assert self.demandes == avant

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
