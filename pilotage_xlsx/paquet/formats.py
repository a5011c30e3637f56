"""Reconnaître ce qu'est un fichier qui n'est pas un classeur .xlsx, pour dire quoi faire."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from pilotage_xlsx.paquet.refus import Refus

_XLSX = "« Fichier › Enregistrer sous › Classeur Excel (.xlsx) »"
_DONNER = "Donner le classeur .xlsx d'origine."
_ANCIEN = f"Le classeur est dans l'ancien format .xls. L'ouvrir, puis {_XLSX}."
_MARQUE_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARQUE_ZIP = b"PK"

_ENTETES = (
    (b"%pdf", "un PDF"),
    (b"\x89png", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"gif8", "une image"),
    (b"{\\rtf", "un texte RTF"),
    (b"<!doctype html", "une page HTML"),
    (b"<html", "une page HTML"),
    (b"<?xml", "un fichier XML"),
)
_FORMATS_OLE = (
    (
        "EncryptedPackage",
        "FIC-005",
        "Le classeur est protégé par un mot de passe. L'ouvrir, retirer le mot de passe "
        "(« Fichier › Informations › Protéger le classeur »), puis l'enregistrer.",
    ),
    ("WordDocument", "FIC-003", f"Le fichier est un ancien document Word. {_DONNER}"),
    ("PowerPoint", "FIC-003", f"Le fichier est une ancienne présentation PowerPoint. {_DONNER}"),
)
_PARTIES = (
    ("xl/workbook.bin", f"Le classeur est au format binaire .xlsb. L'ouvrir, puis {_XLSX}."),
    ("word/document.xml", f"Le fichier est un document Word. {_DONNER}"),
    ("ppt/presentation.xml", f"Le fichier est une présentation PowerPoint. {_DONNER}"),
)


def refuser_par_nom(chemin: Path) -> None:
    """Lève le `Refus` d'un chemin qui ne mène pas à un fichier lisible de classeur."""
    nom = chemin.name
    if chemin.is_dir():
        raise Refus(
            "FIC-011",
            "C'est un dossier, et il n'y a pas de classeur à lire. Donner un classeur .xlsx.",
        )
    if nom.startswith("~$") or (nom.startswith(".~lock.") and nom.endswith("#")):
        raise Refus(
            "FIC-010",
            "C'est le fichier de verrou d'un classeur ouvert. Donner le classeur lui-même.",
        )
    if not chemin.exists():
        raise Refus("FIC-001", f"Le fichier est introuvable. {_proposer(chemin)}")
    if not chemin.is_file():
        raise Refus("FIC-003", f"Ce n'est pas un fichier ordinaire. {_DONNER}")


def _proposer(chemin: Path) -> str:
    """Le classeur voisin au nom le plus proche, ou où chercher."""
    from difflib import get_close_matches  # noqa: PLC0415 — seulement quand un nom est faux

    try:
        voisins = {v.name.casefold(): v.name for v in chemin.parent.glob("*.xls[xm]")}
    except OSError:
        voisins = {}
    proches = get_close_matches(chemin.name.casefold(), voisins, n=1)
    if proches:
        return f"Vouliez-vous dire « {voisins[proches[0]]} » ? Vérifier son nom."
    return "Vérifier son nom et son dossier."


def refuser_par_entete(entete: bytes, morceaux: Iterable[bytes]) -> None:
    """Lève le `Refus` d'un fichier dont les premiers octets ne sont pas ceux d'une archive.

    ``morceaux`` est le fichier entier : il n'est lu que si c'est un ancien document Office.
    """
    if not entete:
        raise Refus("FIC-002", "Le fichier est vide. Reprendre une sauvegarde du classeur.")
    if entete.startswith(_MARQUE_OLE):
        raise _refus_ole(morceaux)
    if not entete.startswith(_MARQUE_ZIP):
        raise _pas_un_classeur(_nommer(entete))


def refuser_par_parties(parties: Container[str], mimetype: bytes) -> None:
    """Lève le `Refus` d'une archive qui est autre chose qu'un classeur OOXML.

    ``mimetype`` est le contenu de la partie de ce nom (OpenDocument), vide si elle manque.
    """
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Refus("FIC-007", f"Le classeur est au format .ods. L'ouvrir, puis {_XLSX}.")
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise _pas_un_classeur("un document LibreOffice qui n'est pas un classeur")
    for partie, phrase in _PARTIES:
        if partie in parties:
            raise Refus("FIC-003", phrase)
    if "[Content_Types].xml" not in parties and "_rels/.rels" not in parties:
        raise _pas_un_classeur("une archive sans classeur")


def _refus_ole(morceaux: Iterable[bytes]) -> Refus:
    """Un conteneur OLE tient plusieurs formats : les noms de ses flux, en UTF-16, le disent.

    Sans nom connu, c'est le plus probable de ce que l'on prend pour un classeur : un .xls.
    """
    fin = b""
    vus: set[str] = set()
    for morceau in morceaux:
        lu = fin + morceau.lower()
        vus.update(nom for nom, _, _ in _FORMATS_OLE if nom.lower().encode("utf-16-le") in lu)
        fin = lu[-64:]
    for nom, code, phrase in _FORMATS_OLE:
        if nom in vus:
            return Refus(code, phrase)
    return Refus("FIC-006", _ANCIEN)


def _nommer(entete: bytes) -> str:
    debut = entete[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for marque, nom in _ENTETES:
        if debut.startswith(marque):
            return nom
    return "un fichier d'un autre type" if b"\0" in entete[:1024] else "un texte (peut-être un CSV)"


def _pas_un_classeur(nature: str) -> Refus:
    return Refus("FIC-003", f"Ce n'est pas un classeur Excel : le fichier est {nature}. {_DONNER}")
