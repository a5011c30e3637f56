"""Abîmer un classeur au hasard : ses octets, son XML, ses relations, son archive, ses longueurs.

Chaque mutation reçoit les octets d'un classeur et un hasard à graine ; la même graine abîme
toujours de la même façon.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.foules import ajouter_des_parties, echanger, multiplier
from tests.fuzz.longueurs import allonger, allonger_l_archive, allonger_partout, inonder
from tests.fuzz.parties import Mutation, Parties, en_xml, refaire

_EXTREMES = (
    b"", b"0", b"-1", b"1048577", b"99999999999999999999", b"1e999", b"NaN", b"XFE1", b"A0", b"s",
    b"A1:XFD1048576", b"\xc3\xa9", b"&#x1F600;", b"&amp;", b"../../../etc/passwd", b"_x0000_",
    b"2026-02-31", b"PT99999999H", b"16384", b"true",
)  # fmt: skip
_AJOUTS = (
    b"<!-- x -->", b"<![CDATA[<row>]]>", b"<?pi x?>", b"</c>", b"<c", b"<row/>", b"<a>" * 150,
    b'<!DOCTYPE a [<!ENTITY x "y">]>', b"&x;", b"\0", b"\xff\xfe", b"<v>9</v>", b'<mergeCell '
    b'ref="A1:XFD1048576"/>', b"<is><t>x</t></is>", b"<f>A1</f>", b"<text:p>x</text:p>",
    b'<table:table-row table:number-rows-repeated="1048576"/>', b"\xed\xa0\x80",
)  # fmt: skip
_VALEUR = re.compile(rb'"[^"<>]*"')
_ELEMENT = re.compile(rb"<[^<>]+>")


def abimer(octets: bytes, hasard: Random) -> bytes:
    """Une à trois mutations, d'une sorte ou de plusieurs ; une fois sur deux, le fichier se lit."""
    sortes = hasard.choice((MUTATIONS, LISIBLES))
    for _ in range(hasard.choice((1, 1, 1, 2, 3))):
        octets = hasard.choice(sortes)(octets, hasard)
    return octets


def octets_au_hasard(octets: bytes, hasard: Random) -> bytes:
    """Des octets changés, ôtés, ajoutés ou déplacés, sans égard pour ce qu'ils disent."""
    abimes = bytearray(octets)
    for _ in range(hasard.randint(1, 12)):
        place = hasard.randrange(len(abimes) + 1)
        bout = place + hasard.randint(1, 40)
        match hasard.randrange(4):
            case 0:
                abimes[place : place + 1] = bytes([hasard.randrange(256)])
            case 1:
                del abimes[place:bout]
            case 2:
                abimes[place:place] = hasard.randbytes(hasard.randint(1, 40))
            case _:
                abimes[place:place] = abimes[place:bout]
    return bytes(abimes)


def tronque(octets: bytes, hasard: Random) -> bytes:
    """Le début seulement, ou précédé d'autre chose."""
    coupe = hasard.randrange(len(octets) + 1)
    return octets[:coupe] if hasard.random() < 0.7 else hasard.randbytes(20) + octets


def xml_au_hasard(octets: bytes, hasard: Random) -> bytes:
    """Le XML d'une partie : valeurs extrêmes, éléments ôtés, doublés, mêlés, codages faux."""

    def changer(parties: Parties) -> Parties:
        nom = hasard.choice(en_xml(parties))
        return {**parties, nom: _changer_le_xml(parties[nom], hasard)}

    return refaire(octets, changer)


def relations_au_hasard(octets: bytes, hasard: Random) -> bytes:
    """Les liens entre parties : cibles fausses, en rond, dehors, en double, ou ôtées."""

    def changer(parties: Parties) -> Parties:
        noms = [nom for nom in parties if nom.endswith(".rels")]
        if not noms:
            return parties
        nom, cible = hasard.choice(noms), hasard.choice(list(parties)).encode()
        cibles = (cible, b"/" + cible, b"../" * 9 + cible, b"", b"http://a.example/", nom.encode())
        xml = parties[nom]
        for _ in range(hasard.randint(1, 3)):
            valeurs = list(_VALEUR.finditer(xml))
            if valeurs:
                choisie = hasard.choice(valeurs)
                xml = b'%b"%b"%b' % (
                    xml[: choisie.start()],
                    hasard.choice(cibles),
                    xml[choisie.end() :],
                )
        return {**parties, nom: xml}

    return refaire(octets, changer)


def archive_au_hasard(octets: bytes, hasard: Random) -> bytes:
    """La structure de l'archive : parties ôtées, renommées, vidées, échangées, de trop."""

    def changer(parties: Parties) -> Parties:
        nom, autre = hasard.choice(list(parties)), hasard.choice(list(parties))
        reste = {cle: partie for cle, partie in parties.items() if cle != nom}
        match hasard.randrange(7):
            case 0:
                return reste
            case 1:
                return {**reste, nom.swapcase(): parties[nom]}
            case 2:
                return {**parties, nom: b""}
            case 3:
                return {**parties, nom: parties[autre]}
            case 4:
                return {**parties, f"../{nom}": b"<a/>", "/etc/passwd": b"", "a\\..\\b": b""}
            case 5:
                return {**parties, nom.upper(): parties[nom]}
            case _:
                return {**reste, f"{nom}/": b"", "": b"", "é\x00": b"x"}

    return refaire(octets, changer, hasard.choice((8, 8, 8, 0, 12, 14)))


def entetes_faux(octets: bytes, hasard: Random) -> bytes:
    """Les en-têtes de l'archive mentent : tailles, décalages, drapeaux, sommes de contrôle."""
    abimes = bytearray(octets)
    marques = [trouve.start() for trouve in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", octets)]
    for _ in range(hasard.randint(1, 4)):
        if marques:
            place = hasard.choice(marques) + hasard.randint(4, 45)
            valeur = hasard.choice((0, 1, 0xFF, 0x7F, hasard.randrange(256)))
            largeur = hasard.choice((1, 2, 4))
            abimes[place : place + largeur] = bytes([valeur]) * largeur
    return bytes(abimes)


LISIBLES: tuple[Mutation, ...] = (
    allonger,
    allonger,
    allonger,
    allonger_partout,
    allonger_l_archive,
    inonder,
    multiplier,
    multiplier,
    echanger,
)
"""Ce qui laisse le plus souvent un classeur que la lecture accepte : le reste s'éprouve aussi."""

MUTATIONS: tuple[Mutation, ...] = (
    *dict.fromkeys(LISIBLES),
    octets_au_hasard,
    tronque,
    xml_au_hasard,
    xml_au_hasard,
    xml_au_hasard,
    relations_au_hasard,
    archive_au_hasard,
    entetes_faux,
    ajouter_des_parties,
)


def _changer_le_xml(xml: bytes, hasard: Random) -> bytes:
    for _ in range(hasard.randint(1, 8)):
        motif = _VALEUR if hasard.random() < 0.4 else _ELEMENT
        trouves = list(motif.finditer(xml))
        if not trouves:
            return xml + hasard.choice(_AJOUTS)
        ici, ailleurs = hasard.choice(trouves), hasard.choice(trouves)
        if motif is _VALEUR:
            neuf = b'"%b"' % hasard.choice(_EXTREMES)
        else:
            neuf = hasard.choice((b"", ici[0] * 2, ailleurs[0], ici[0] + hasard.choice(_AJOUTS)))
        xml = xml[: ici.start()] + neuf + xml[ici.end() :]
    if hasard.random() < 0.1:
        codage = hasard.choice(("utf-16", "latin-1", "utf-7", "cp037"))
        return xml.decode("utf-8", "replace").encode(codage, "replace")
    return xml
