r"""Reconnaître ce qu'est un fichier qui n'est pas un classeur .xlsx, pour dire quoi faire.

>>> refuser_par_entete(b"PK\x03\x04", ())
>>> refuser_par_entete(b"%PDF-1.7", ())  # doctest: +ELLIPSIS
Traceback (most recent call last):
pilotage_xlsx.socle.paquet.refus.Refus: Ce n'est pas un classeur Excel : le fichier est un PDF. ...

Sources : APPNOTE.TXT de PKWARE, § 4.3.7 (« PK ») ; [MS-CFB] § 2.2 (l'ancien conteneur d'Office).
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Container, Iterable
from functools import partial
from pathlib import Path

from pilotage_xlsx.socle.paquet.refus import (
    ANCIEN,
    CONVERTIR,
    DOSSIER,
    LUI_MEME,
    PAS_UN_CLASSEUR,
    VERROU,
    VIDE,
    Refus,
    creux,
    introuvable,
    pas_un_classeur,
    protege_par_excel,
    protege_par_libreoffice,
    un_texte,
)

CONTENU_ODF, MANIFESTE = "content.xml", "META-INF/manifest.xml"

_TELECHARGER = (
    "L'ouvrir dans le navigateur, puis « Fichier › Télécharger › Microsoft Excel (.xlsx) »."
)
_MARQUE_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARQUES_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_MARQUE_ZIP = b"PK"
_RACCOURCI = "un raccourci, qui ne contient que le chemin d'un autre fichier"

_ENTETES = (
    (b"%pdf", "un PDF", ""),
    (b"\x89png", "une image", ""),
    (b"\xff\xd8\xff", "une image", ""),
    (b"gif8", "une image", ""),
    (b"{\\rtf", "un texte RTF", ""),
    (b"<!doctype html", "une page HTML", CONVERTIR),
    (b"<html", "une page HTML", CONVERTIR),
    (b"l\0\0\0\x01\x14\x02\0", _RACCOURCI, LUI_MEME),
    (b"[internetshortcut]", _RACCOURCI, LUI_MEME),
    (b"[desktop entry]", _RACCOURCI, LUI_MEME),
    (b"book\0\0\0\0mark", _RACCOURCI, LUI_MEME),
)
"""Les premiers octets, en minuscules, ce que c'est, et que faire ; vide, donner le classeur."""

_INDICES = (
    (b"docs.google.com", "un lien vers un classeur Google, sans son contenu", _TELECHARGER),
    (b"<!doctype plist", _RACCOURCI, LUI_MEME),
    (b"opendocument.spreadsheet", "un classeur .fods, en un seul texte XML", CONVERTIR),
    (b"office:spreadsheet", "un classeur XML d'Excel 2003", CONVERTIR),
    (b"<?xml", "un fichier XML", ""),
)
"""Ce qu'un texte a dans ses premières lignes, ce que c'est, et que faire."""

_FORMATS_OLE = (
    ("EncryptedPackage", protege_par_excel),
    ("WordDocument", partial(pas_un_classeur, "un ancien document Word")),
    ("PowerPoint", partial(pas_un_classeur, "une ancienne présentation PowerPoint")),
)
"""Le nom d'un flux qui trahit le format, et le refus qu'il vaut."""

_NUMBERS = (
    "Le classeur est au format Numbers d'Apple.",
    "L'ouvrir dans Numbers, puis « Fichier › Exporter vers › Excel ».",
)
_PARTIES = (
    ("xl/workbook.bin", "Le classeur est au format binaire .xlsb.", CONVERTIR),
    ("word/document.xml", "Le fichier est un document Word.", ""),
    ("ppt/presentation.xml", "Le fichier est une présentation PowerPoint.", ""),
    ("Index/Document.iwa", *_NUMBERS),
    ("Index.zip", *_NUMBERS),
    ("index.apxl", *_NUMBERS),
)
"""Une partie que le format porte seul, ce qu'est le fichier, et que faire."""


def refuser_par_nom(chemin: Path) -> None:
    """Lève le `Refus` d'un chemin qui ne mène pas à un fichier lisible de classeur."""
    nom = chemin.name
    if chemin.is_dir():
        raise DOSSIER.refuser()
    if nom.startswith("~$") or (nom.startswith(".~lock.") and nom.endswith("#")):
        raise VERROU.refuser()
    if not chemin.exists():
        raise introuvable(_proposer(chemin))
    if not chemin.is_file():
        raise PAS_UN_CLASSEUR.refuser("Ce n'est pas un fichier ordinaire.")


def _proposer(chemin: Path) -> str:
    """Le classeur voisin au nom le plus proche, ou où chercher."""
    from difflib import get_close_matches  # noqa: PLC0415 — seulement quand un nom est faux

    try:
        voisins = {v.name.casefold(): v.name for v in chemin.parent.glob("*.[xo][ld]s*")}
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
        raise VIDE.refuser()
    if not entete.strip(b"\0"):
        raise creux()
    if entete.startswith(_MARQUE_OLE):
        raise _refus_ole(morceaux)
    if entete.startswith(_MARQUES_XLS):
        raise ANCIEN.refuser()
    if not entete.startswith(_MARQUE_ZIP):
        nomme = _nommer(entete)
        raise pas_un_classeur(*nomme) if nomme else un_texte()


def refuser_par_parties(parties: Container[str], mimetype: bytes) -> None:
    """Lève le `Refus` d'une archive qui n'est ni un classeur OOXML ni un OpenDocument lisible.

    ``mimetype`` est le contenu de la partie de ce nom (OpenDocument), vide si elle manque.
    """
    if "encrypted-package" in parties:
        raise protege_par_libreoffice()
    if mimetype.startswith(b"application/vnd.sun.xml.calc"):
        raise PAS_UN_CLASSEUR.refuser(
            "Le classeur est à l'ancien format OpenOffice .sxc.", CONVERTIR
        )
    if mimetype.startswith(b"application/vnd.oasis.opendocument") and b"sheet" not in mimetype:
        raise pas_un_classeur("un document LibreOffice qui n'est pas un classeur")
    for partie, fait, geste in _PARTIES:
        if partie in parties:
            raise PAS_UN_CLASSEUR.refuser(fait, geste)
    connues = ("[Content_Types].xml", "_rels/.rels", CONTENU_ODF)
    if not any(partie in parties for partie in connues):
        raise pas_un_classeur(
            "une archive sans classeur lisible",
            "Si c'est un dossier compressé (.zip), l'ouvrir et donner le classeur qu'il contient.",
        )


def refuser_si_chiffre(manifeste: bytes) -> None:
    """Lève le `Refus` (FIC-005) d'un OpenDocument dont le manifeste décrit un chiffrement."""
    if b"encryption-data" in manifeste:
        raise protege_par_libreoffice()


def _refus_ole(morceaux: Iterable[bytes]) -> Refus:
    """Un conteneur OLE tient plusieurs formats : les noms de ses flux, en UTF-16, le disent.

    Sans nom connu, c'est le plus probable de ce que l'on prend pour un classeur : un .xls.
    """
    fin = b""
    vus: set[str] = set()
    for morceau in morceaux:
        lu = fin + morceau.lower()
        vus.update(nom for nom, _ in _FORMATS_OLE if nom.lower().encode("utf-16-le") in lu)
        fin = lu[-64:]
    for nom, refuser in _FORMATS_OLE:
        if nom in vus:
            return refuser()
    return ANCIEN.refuser()


def _nommer(entete: bytes) -> tuple[str, str] | None:
    """Ce qu'est le fichier, et que faire ; rien si c'est un texte sans autre marque."""
    debut = entete[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for marque, nature, geste in _ENTETES:
        if debut.startswith(marque):
            return nature, geste
    for indice, nature, geste in _INDICES if debut[:1] in (b"<", b"{") else ():
        if indice in entete[:8192].lower():
            return nature, geste
    if b"\0" in entete[:1024] and not entete.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "un fichier d'un autre type", ""
    return None
