"""Remettre un message à un serveur SMTP : chiffré, certificat vérifié, chaque échec en une phrase.

Le dialogue est mené pas à pas (MAIL, RCPT, DATA) pour dire qui est refusé, garder la réponse du
serveur, et savoir si une rupture a pu laisser partir le message.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from enum import Enum
from ipaddress import ip_address

from pilotage_xlsx.envoi.adresses import en_une_ligne, exige_smtputf8
from pilotage_xlsx.envoi.fautes import EnvoiImpossible, EnvoiRefuse
from pilotage_xlsx.envoi.liaison import Liaison, LiaisonChiffree
from pilotage_xlsx.envoi.pannes import expliquer_panne, expliquer_refus
from pilotage_xlsx.socle.motifs import motif

_HOTE = motif(
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?P<nom>[A-Za-z0-9](?:[\w.-]*\w)?))(?::(?P<port>\d{1,5}))?"
)


class Securite(Enum):
    """Le chiffrement de la liaison."""

    STARTTLS = "starttls"
    TLS = "tls"
    AUCUNE = "aucune"


_PORTS = {Securite.STARTTLS: 587, Securite.TLS: 465, Securite.AUCUNE: 25}


@dataclass(frozen=True, slots=True)
class Serveur:
    """Où et comment remettre le message ; sans ``utilisateur``, sans authentification."""

    hote: str
    port: int
    securite: Securite = Securite.STARTTLS
    utilisateur: str | None = None

    def __str__(self) -> str:
        return f"{self.hote}:{self.port}"

    @property
    def est_en_clair(self) -> bool:
        """Vrai si le message traverse un réseau sans chiffrement.

        Seul ce qui s'écrit comme cette machine l'est : un nom peut mener ailleurs demain.
        """
        return self.securite is Securite.AUCUNE and not _est_cette_machine(self.hote)


@dataclass(frozen=True, slots=True)
class Reponse:
    """Ce que le serveur a répondu : qui il accepte, qui il refuse et pourquoi."""

    acceptes: tuple[str, ...]
    refuses: tuple[tuple[str, str], ...]
    texte: str


def lire_serveur(
    texte: str, securite: Securite = Securite.STARTTLS, utilisateur: str | None = None
) -> Serveur:
    """Le serveur écrit ``HOTE[:PORT]`` ; le port par défaut suit la sécurité (587, 465, 25)."""
    trouve = _HOTE.fullmatch(texte.strip())
    port = int(trouve["port"] or _PORTS[securite]) if trouve else 0
    if trouve is None or not 0 < port < 65536 or not _est_un_nom(trouve["nom"] or ""):
        raise EnvoiRefuse(
            f"« {en_une_ligne(texte)} » n'est pas un serveur : "
            "écrivez par exemple smtp.commune.example:587."
        )
    if utilisateur and securite is Securite.AUCUNE:
        raise EnvoiRefuse(
            "Sans chiffrement, le mot de passe voyagerait en clair : "
            "choisissez --securite starttls ou tls."
        )
    return Serveur(trouve["ipv6"] or trouve["nom"], port, securite, utilisateur)


def _est_cette_machine(hote: str) -> bool:
    try:
        return ip_address(hote).is_loopback
    except ValueError:
        return hote.lower() == "localhost"


def _est_un_nom(hote: str) -> bool:
    """Vrai si aucune étiquette du nom n'est vide au milieu, ni plus longue que le DNS l'admet."""
    return ".." not in hote and all(len(etiquette) < 64 for etiquette in hote.split("."))


def remettre(
    message: EmailMessage, serveur: Serveur, mot_de_passe: str | None = None, *, delai: float = 30
) -> Reponse:
    """Remet le message ; `EnvoiImpossible` si le serveur ne le prend pour personne.

    ``delai`` borne, en secondes, l'attente de chaque réponse.
    """
    with _traduire_pannes(serveur), closing(_ouvrir(serveur, delai)) as liaison:
        _ouvrir_session(liaison, serveur, mot_de_passe)
        acceptes, refuses = _annoncer(liaison, serveur, message)
        texte = _transmettre(liaison, serveur, message)
        _quitter(liaison)
    return Reponse(acceptes, refuses, texte)


@contextmanager
def _traduire_pannes(serveur: Serveur) -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as panne:
        raise EnvoiImpossible(expliquer_panne(str(serveur), panne)) from None


def _ouvrir(serveur: Serveur, delai: float) -> smtplib.SMTP:
    hote, port, nom = serveur.hote, serveur.port, "[127.0.0.1]"
    if serveur.securite is Securite.TLS:
        contexte = ssl.create_default_context()
        return LiaisonChiffree(hote, port, nom, timeout=delai, context=contexte)
    return Liaison(hote, port, nom, timeout=delai)


def _ouvrir_session(liaison: smtplib.SMTP, serveur: Serveur, mot_de_passe: str | None) -> None:
    liaison.ehlo_or_helo_if_needed()
    if serveur.securite is Securite.STARTTLS:
        liaison.starttls(context=ssl.create_default_context())
        liaison.ehlo()
    if serveur.utilisateur:
        liaison.login(serveur.utilisateur, mot_de_passe or "")


def _annoncer(
    liaison: smtplib.SMTP, serveur: Serveur, message: EmailMessage
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Dit l'expéditeur puis chaque destinataire ; rend les acceptés et les refusés."""
    expediteur, destinataires = _adresses(message, "From")[0], _adresses(message, "To")
    options = _options(liaison, serveur, [expediteur, *destinataires])
    _exiger(serveur, *liaison.mail(expediteur.addr_spec, options))
    reponses = [(adresse.addr_spec, liaison.rcpt(adresse.addr_spec)) for adresse in destinataires]
    acceptes = tuple(adresse for adresse, (code, _) in reponses if code in (250, 251))
    refuses = tuple(
        (adresse, _lisible(code, texte))
        for adresse, (code, texte) in reponses
        if adresse not in acceptes
    )
    if not acceptes:
        liste = " ; ".join(f"{adresse} ({raison})" for adresse, raison in refuses)
        raise EnvoiImpossible(
            f"{serveur} refuse tous les destinataires : {liste}. Rien n'a été envoyé."
        )
    return acceptes, refuses


def _options(
    liaison: smtplib.SMTP, serveur: Serveur, adresses: Sequence[Address]
) -> tuple[str, ...]:
    if not exige_smtputf8(adresses):
        return ()
    if not liaison.has_extn("smtputf8"):
        accentuees = ", ".join(a.addr_spec for a in adresses if exige_smtputf8([a]))
        raise EnvoiImpossible(
            f"{serveur} n'admet pas d'accent avant le @ ({accentuees}) : "
            "demandez une adresse sans accent."
        )
    return ("SMTPUTF8", "BODY=8BITMIME")


def _transmettre(liaison: smtplib.SMTP, serveur: Serveur, message: EmailMessage) -> str:
    """Envoie le message ; une rupture dès ici laisse son sort incertain."""
    try:
        code, texte = liaison.data(message.as_bytes())
    except smtplib.SMTPDataError as refus:
        code, texte = refus.smtp_code, _octets(refus.smtp_error)
    except (smtplib.SMTPServerDisconnected, OSError):
        raise EnvoiImpossible(
            f"{serveur} s'est tu ou a rompu pendant l'envoi : le message est peut-être parti. "
            "Demandez au destinataire avant de le renvoyer.",
            est_incertain=True,
        ) from None
    _exiger(serveur, code, texte)
    return _lisible(code, texte)


def _quitter(liaison: smtplib.SMTP) -> None:
    """Prend congé ; le message est déjà accepté, une rupture ici ne change plus rien."""
    try:
        liaison.quit()
    except (smtplib.SMTPException, OSError):
        return


def _adresses(message: EmailMessage, entete: str) -> tuple[Address, ...]:
    return tuple(message[entete].addresses)


def _exiger(serveur: Serveur, code: int, texte: bytes) -> None:
    if not 200 <= code < 300:
        raise EnvoiImpossible(expliquer_refus(str(serveur), code, _lisible(code, texte)))


def _lisible(code: int, texte: bytes) -> str:
    return en_une_ligne(f"{code} {texte.decode('utf-8', 'replace')}")[:200]


def _octets(texte: bytes | str) -> bytes:
    return texte.encode() if isinstance(texte, str) else texte
