"""De vrais serveurs de courrier locaux : un qui marche, un qui refuse, un qui coupe."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pilotage_xlsx.envoi import Securite, Serveur


@dataclass
class Boite:
    """Ce qu'un serveur a reçu, et ce qu'il refuse."""

    refusees: tuple[str, ...] = ()
    reponse: str = "250 2.0.0 Bien reçu 4711"
    recus: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, serveur: SMTP, session: Session, enveloppe: Envelope, adresse: str, options: list[str]
    ) -> str:
        if adresse in self.refusees:
            return "550 5.1.1 Adresse inconnue"
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, serveur: SMTP, session: Session, enveloppe: Envelope
    ) -> str:
        self.recus.append(enveloppe)
        return self.reponse


def authentifier(
    serveur: SMTP, session: Session, enveloppe: Envelope, methode: str, cle: Any
) -> AuthResult:
    bonne = LoginPassword(b"greffe", b"sesame")
    return AuthResult(success=cle == bonne, handled=False)


def en_clair(port: int) -> Serveur:
    return Serveur("127.0.0.1", port, Securite.AUCUNE)


def port_libre() -> int:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])


@contextmanager
def serveur_brutal(dialogue: Callable[[socket.socket], None]) -> Iterator[int]:
    """Un serveur qui suit un dialogue écrit à la main ; rend son port."""
    prise = socket.create_server(("127.0.0.1", 0))

    def servir() -> None:
        liaison, _ = prise.accept()
        with liaison:
            dialogue(liaison)

    fil = threading.Thread(target=servir, daemon=True)
    fil.start()
    with prise:
        yield int(prise.getsockname()[1])
    fil.join(timeout=5)


def couper_au_milieu(liaison: socket.socket) -> None:
    """Accepte tout, lit un début de message, puis coupe."""
    liaison.sendall(b"220 bonjour\r\n")
    for reponse in (b"250 SIZE 10000000", b"250 OK", b"250 OK", b"354 allez-y"):
        liaison.recv(4096)
        liaison.sendall(reponse + b"\r\n")
    liaison.recv(10)


def se_taire_apres_le_message(liaison: socket.socket) -> None:
    """Accepte tout, lit le message entier, et n'accuse jamais réception."""
    couper_au_milieu(liaison)
    while liaison.recv(65536):
        pass
