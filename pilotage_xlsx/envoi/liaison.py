"""La liaison SMTP : chaque réponse est bornée, même dite lettre à lettre ou sans fin."""

from __future__ import annotations

import io
import smtplib
import socket
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_REPONSE_MAX = 1 << 16
_PRESQUE_RIEN = 0.001


class _Reponses(io.RawIOBase):
    """Ce que dit le serveur, jusqu'au délai et au volume d'une réponse."""

    def __init__(self, prise: socket.socket, delai: float) -> None:
        self._prise, self._delai = prise, delai
        self.attendre()

    def attendre(self) -> None:
        """Une nouvelle réponse : tout le délai, tout le volume."""
        self._fin, self._reste = monotonic() + self._delai, _REPONSE_MAX

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: WriteableBuffer) -> int:
        self._prise.settimeout(max(self._fin - monotonic(), _PRESQUE_RIEN))
        lu = self._prise.recv_into(tampon) if self._reste > 0 else 0
        self._reste -= lu
        return lu


class Liaison(smtplib.SMTP):
    """Une liaison en clair, ou à chiffrer par STARTTLS."""

    def getreply(self) -> tuple[int, bytes]:
        """La réponse du serveur ; une rupture si elle dépasse le délai ou le volume."""
        assert self.sock is not None
        if self.file is None:
            self._reponses = _Reponses(self.sock, self.timeout)
            self.file = io.BufferedReader(self._reponses)
        self._reponses.attendre()
        try:
            return super().getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(self.timeout)


class LiaisonChiffree(Liaison, smtplib.SMTP_SSL):
    """Une liaison chiffrée d'emblée."""
