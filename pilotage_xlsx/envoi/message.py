"""Composer le message : mêmes entrées, mêmes octets (ni horloge ni hasard ici)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import PurePath

from pilotage_xlsx.envoi.adresses import (
    en_une_ligne,
    exige_smtputf8,
    lire_adresse,
    lire_adresses,
    nommer,
)
from pilotage_xlsx.envoi.contenu import Contenu, PieceJointe
from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.systeme import Moyen

_DESTINATAIRES_MAX = 100
_EXPEDITEUR = "le courriel et le nom du référent dans la feuille Commune, puis recommencez."
_DESTINATAIRE = "le courriel de l'exécutif dans la feuille Commune, puis recommencez."
_AUTRE_EXPEDITEUR, _AUTRE_DESTINATAIRE = (Moyen.EXPEDITEUR,), (Moyen.DESTINATAIRE,)

_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def choisir_destinataires(contenu: Contenu, demandes: Sequence[str]) -> tuple[Address, ...]:
    """Les adresses demandées et elles seules, sinon celles de l'exécutif."""
    executif = contenu.bordereau.adresses.executif if contenu.bordereau else None
    if demandes:
        return _compter(lire_adresses(demandes), "demandées")
    try:
        lues = lire_adresses([executif or ""])
    except EnvoiRefuse as faute:
        phrase = f"{faute} Corrigez {_DESTINATAIRE}"
        raise EnvoiRefuse(phrase, moyens=_AUTRE_DESTINATAIRE) from None
    if not lues:
        phrase = f"Aucun destinataire : remplissez {_DESTINATAIRE}"
        raise EnvoiRefuse(phrase, moyens=_AUTRE_DESTINATAIRE)
    return _compter(lues, "dans le courriel de l'exécutif")


def _compter(adresses: tuple[Address, ...], ou: str) -> tuple[Address, ...]:
    """Au moins un destinataire, et pas une liste de diffusion : un serveur la couperait."""
    if not adresses:
        raise EnvoiRefuse("Aucun destinataire.", moyens=_AUTRE_DESTINATAIRE)
    if len(adresses) > _DESTINATAIRES_MAX:
        raise EnvoiRefuse(
            f"{len(adresses)} adresses {ou} : {_DESTINATAIRES_MAX} au plus par message. "
            "Passez par une liste de diffusion."
        )
    return adresses


def choisir_expediteur(contenu: Contenu, demande: str | None) -> Address:
    """L'adresse demandée, sinon celle du référent, avec son nom."""
    if demande:
        return lire_adresse(demande)
    bordereau = contenu.bordereau
    if bordereau is None or not bordereau.adresses.referent:
        phrase = f"Aucun expéditeur : remplissez {_EXPEDITEUR}"
        raise EnvoiRefuse(phrase, moyens=_AUTRE_EXPEDITEUR)
    try:
        adresse = lire_adresse(bordereau.adresses.referent)
        nom = bordereau.referent or adresse.display_name
        return nommer(nom, adresse.username, adresse.domain)
    except EnvoiRefuse as faute:
        phrase = f"{faute} Corrigez {_EXPEDITEUR}"
        raise EnvoiRefuse(phrase, moyens=_AUTRE_EXPEDITEUR) from None


def composer(
    contenu: Contenu, expediteur: Address, destinataires: Sequence[Address], instant: datetime
) -> EmailMessage:
    """Le message complet : texte, page HTML en alternative, pièces jointes.

    ``instant`` date le message (avec fuseau) ; son identifiant et ses bornes en découlent.
    """
    empreinte = _empreinte(contenu, expediteur, destinataires, instant)
    message = EmailMessage(SMTPUTF8 if exige_smtputf8([expediteur, *destinataires]) else SMTP)
    message["From"] = expediteur
    message["To"] = tuple(destinataires)
    message["Subject"] = en_une_ligne(contenu.sujet)
    message["Date"] = instant
    message["Message-ID"] = f"<{empreinte[:40]}@{expediteur.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(montrable(contenu.texte), cte="quoted-printable")
    if contenu.html is not None:
        message.add_alternative(montrable(contenu.html), subtype="html", cte="quoted-printable")
    for piece in contenu.pieces:
        _joindre(message, piece)
    message["Content-Language"] = "fr"
    _borner(message, empreinte)
    return message


def _joindre(message: EmailMessage, piece: PieceJointe) -> None:
    type_mime = _TYPES.get(PurePath(piece.nom).suffix.lower(), "application/octet-stream")
    genre, _, sorte = type_mime.partition("/")
    params = {"charset": "utf-8"} if genre == "text" else {}
    message.add_attachment(
        piece.octets,
        maintype=genre,
        subtype=sorte,
        filename=_nom_de_piece(piece),
        params=params,
    )


def _nom_de_piece(piece: PieceJointe) -> str:
    """Le nom du fichier, tel que tout poste saura l'enregistrer (Windows refuse ces signes)."""
    return re.sub(r'[\\/:*?"<>|]', "_", en_une_ligne(piece.nom)) or "fichier"


def _borner(message: EmailMessage, empreinte: str) -> None:
    """Fixe les bornes MIME, que la bibliothèque tirerait au hasard."""
    composites = [partie for partie in message.walk() if partie.is_multipart()]
    for rang, partie in enumerate(composites, 1):
        partie.set_boundary(f"=_{empreinte[:32]}_{rang}")


def _empreinte(
    contenu: Contenu, expediteur: Address, destinataires: Sequence[Address], instant: datetime
) -> str:
    textes = (
        format_datetime(instant),
        *map(str, (expediteur, *destinataires)),
        contenu.sujet,
        contenu.texte,
        contenu.html or "",
        *(f"{piece.nom}\0{piece.sha256}" for piece in contenu.pieces),
    )
    return hashlib.sha256("\0\0".join(textes).encode("utf-8", "backslashreplace")).hexdigest()
