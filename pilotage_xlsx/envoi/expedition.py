"""L'envoi d'un bout à l'autre : consigner, remettre, consigner la réponse."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import msgspec

from pilotage_xlsx.envoi.bordereau import Bordereau
from pilotage_xlsx.envoi.contenu import Contenu
from pilotage_xlsx.envoi.fautes import EnvoiImpossible, EnvoiRefuse
from pilotage_xlsx.envoi.journal import (
    Empreinte,
    Journal,
    RefusDAdresse,
    Statut,
    Trace,
    ecrire_journal,
    lire_journal,
    lire_les_journaux,
    phrases_des_doublons,
)
from pilotage_xlsx.envoi.message import composer
from pilotage_xlsx.envoi.serveur import Reponse, Serveur, remettre
from pilotage_xlsx.socle.entree import ouvrir

_LOIN = 1 << 30
"""Sous Windows, la place du verrou : hors du fichier, que chacun peut ainsi lire."""


@contextmanager
def seul(chemin: Path) -> Iterator[None]:
    """Tient ``chemin`` pour cet envoi ; `EnvoiRefuse` si un autre le tient déjà."""
    with ouvrir(chemin) as fichier:
        try:
            _verrouiller(fichier.fileno())
        except OSError:
            raise EnvoiRefuse(
                f"Un envoi de {chemin.name} est déjà en cours : attendez qu'il finisse."
            ) from None
        yield


if sys.platform == "win32":
    import msvcrt
    import os

    def _verrouiller(descripteur: int) -> None:
        os.lseek(descripteur, _LOIN, os.SEEK_SET)
        msvcrt.locking(descripteur, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _verrouiller(descripteur: int) -> None:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)


_QUE_FAIRE = "Ajoutez --encore pour le renvoyer, ou --a pour n'écrire qu'à d'autres."


@dataclass(frozen=True, slots=True)
class Depart:
    """Un message prêt : son contenu, de qui, à qui, daté de quand (avec fuseau)."""

    contenu: Contenu
    expediteur: Address
    destinataires: tuple[Address, ...]
    instant: datetime

    @property
    def message(self) -> EmailMessage:
        """Le message composé."""
        return composer(self.contenu, self.expediteur, self.destinataires, self.instant)

    @property
    def adresses(self) -> tuple[str, ...]:
        """Les adresses des destinataires, sans leurs noms."""
        return tuple(adresse.addr_spec for adresse in self.destinataires)


def doublons(depart: Depart) -> Sequence[str]:
    """Ce qui est déjà parti, une phrase par destinataire ; rien pour de simples fichiers."""
    contenu = depart.contenu
    if contenu.dossier is None or contenu.bordereau is None:
        return ()
    journal = lire_les_journaux(contenu.dossier)
    empreintes = _empreintes(contenu)
    return phrases_des_doublons(journal, contenu.bordereau, depart.adresses, empreintes)


def _empreintes(contenu: Contenu) -> tuple[Empreinte, ...]:
    return tuple(Empreinte(piece.nom, piece.sha256) for piece in contenu.pieces)


def expedier(
    depart: Depart,
    serveur: Serveur,
    mot_de_passe: str | None = None,
    *,
    encore: bool = False,
    delai: float = 30,
) -> Reponse:
    """Remet le message et tient son journal (``encore`` permet un deuxième envoi).

    `EnvoiRefuse` s'il est déjà parti ou part à l'instant, `SortieImpossible` si le journal ne peut
    s'écrire (rien ne part alors), `EnvoiImpossible` si le serveur ne prend pas le message.
    """
    contenu, message = depart.contenu, depart.message
    remise = partial(remettre, message, serveur, mot_de_passe, delai=delai)
    if contenu.dossier is None or contenu.bordereau is None:
        return remise()
    with seul(contenu.dossier / contenu.bordereau.texte):
        if not encore and (phrases := doublons(depart)):
            raise EnvoiRefuse(" ".join((*phrases, _QUE_FAIRE)))
        trace = _tracer(depart, contenu.bordereau, message, serveur)
        return _consigner(contenu.dossier, contenu.bordereau.texte, trace, remise)


def _consigner(dossier: Path, texte: str, trace: Trace, remise: Callable[[], Reponse]) -> Reponse:
    avant = lire_journal(dossier)
    ecrire_journal(avant.avec(trace), dossier, dossier / texte)
    try:
        reponse = remise()
    except EnvoiImpossible as faute:
        ecrire_journal(_apres_echec(avant, trace, faute), dossier)
        raise
    ecrire_journal(avant.avec(_conclure(trace, reponse)), dossier)
    return reponse


def _tracer(depart: Depart, bordereau: Bordereau, message: EmailMessage, serveur: Serveur) -> Trace:
    return Trace(
        date=depart.instant,
        commune=bordereau.commune,
        annee=bordereau.annee,
        objet=bordereau.objet,
        communes=bordereau.communes,
        destinataires=depart.adresses,
        fichiers=_empreintes(depart.contenu),
        message_id=str(message["Message-ID"]),
        serveur=str(serveur),
        statut=Statut.EN_COURS,
    )


def _apres_echec(avant: Journal, trace: Trace, faute: EnvoiImpossible) -> Journal:
    """Un refus net ne laisse pas de trace : rien n'est parti ; un doute en laisse une."""
    if not faute.est_incertain:
        return avant
    return avant.avec(msgspec.structs.replace(trace, statut=Statut.INCERTAIN, reponse=str(faute)))


def _conclure(trace: Trace, reponse: Reponse) -> Trace:
    return msgspec.structs.replace(
        trace,
        statut=Statut.ENVOYE,
        destinataires=reponse.acceptes,
        refuses=tuple(RefusDAdresse(*refus) for refus in reponse.refuses),
        reponse=reponse.texte,
    )
