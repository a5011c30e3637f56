"""Allonger : textes, formules, noms, formats, attributs de 100 à 65'536 signes, et plus rarement.

Ce qui s'allonge est un motif répété, choisi parmi ce qui fait revenir une expression sur ses pas :
blancs, chiffres, crochets, signes de quatre octets, amorces de date, de montant, d'adresse.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.parties import Parties, en_xml, refaire

SIGNES = (100, 255, 256, 1_000, 8_000, 32_767, 32_768, 65_536)
_TRES_LONG = 900_000
_TOTAL_MAX = 40_000_000
_CRUES = (*(1_000_000,) * 5, *(15_000_000,) * 3, 60_000_000, 180_000_000)
"""En octets : ce qu'une seule mutation ajoute au plus à un classeur."""

MOTIFS = tuple(
    motif.encode()
    for motif in (
        " ", "\u00a0", "\u202f", "\t", "&#10;", "\n", " .", "0", "9", "1'", "0,", "1.", "01.01.",
        "12:", "٣", "𝟙", "-", "--", "+", "+41 ", "(", "((", "[", "[$-", "[h]", "{", ")", "]", "/",
        "\\", "_", "_x0041_", "_x", "'", "’", "’ ", "&quot;", "&amp;", "&lt;", ";", "; ", ",", ":",
        "=", "＝", "@", "a@", "a.", ".a@", "#", "%", "x", "É", "e\u0301", "\u0301", "İ", "ß", "ﬁ",
        "\u200b", "\u202e", "\u2066", "😀", "&#x1F600;", "👨\u200d👩\u200d👧", "𝒜", "mdp ",
        "code: ", "mot de passe : ", "yy", "CHF ", "CHE-", "D-2026-", "https://", "A1:", "$A$1,",
        "oui non ",
    )
)  # fmt: skip
_DEBUTS = tuple(
    debut.encode()
    for debut in (
        "", "", "", "Portail, mdp", "CHF ", "01.02.2026", "1", "-1", "=", "+41 21 555", "a@b",
        "CHE-123.456", "D-2026-", "env. ", "[Red]", "0.00", "dd/mm", "Outil ", "https://a.example/",
        "Lundi ", "mot de passe",
    )
)  # fmt: skip
_FINS = (*_DEBUTS, b" \xc3\xa0 demander", b"x", b"@b.ch", b"!", b"]", b")", b" CHF", b".00")

_TEXTE = re.compile(
    rb"(<(?:\w+:)?(?:t|v|f|p|formula\d?|definedName|oddHeader)\b[^<>/]*>)([^<>]*)</"
)
_ATTRIBUT = re.compile(rb'\b([\w:]+)="([^"<>]*)"')
_BALISE = re.compile(rb"<([\w:]+)")
_VIDE = re.compile(rb"<(c|row|xf|sheet|col|table:table-cell)\b")


def tirer_un_texte(hasard: Random) -> bytes:
    """Un texte long, en XML : un début, un motif répété, une fin."""
    signes = _TRES_LONG if hasard.random() < 0.05 else hasard.choice(SIGNES)
    motif = hasard.choice(MOTIFS)
    fois = max(1, signes // max(1, len(motif.decode())))
    return hasard.choice(_DEBUTS) + motif * fois + hasard.choice(_FINS)


def allonger(octets: bytes, hasard: Random) -> bytes:
    """Quelques textes ou attributs d'une partie deviennent longs ; parfois tous ses textes."""

    def changer(parties: Parties) -> Parties:
        nom = hasard.choice(en_xml(parties))
        return {**parties, nom: _allonger_le_xml(parties[nom], hasard)}

    return refaire(octets, changer)


def allonger_partout(octets: bytes, hasard: Random) -> bytes:
    """De longs textes dans presque toutes les cellules d'une partie, la plus bavarde."""
    textes, part = [tirer_un_texte(hasard) for _ in range(12)], hasard.choice((0.2, 0.5, 0.9))

    def changer(parties: Parties) -> Parties:
        nom = max(en_xml(parties), key=lambda n: len(_TEXTE.findall(parties[n])) + hasard.random())
        return {**parties, nom: _semer(parties[nom], textes, part, hasard)}

    return refaire(octets, changer)


def _semer(xml: bytes, textes: list[bytes], part: float, hasard: Random) -> bytes:
    reste = _TOTAL_MAX

    def remplacer(place: re.Match[bytes]) -> bytes:
        nonlocal reste
        texte = hasard.choice(textes)
        if hasard.random() > part or len(texte) > reste:
            return place[0]
        reste -= len(texte)
        return place[1] + texte + b"</"

    return _TEXTE.sub(remplacer, xml)


def inonder(octets: bytes, hasard: Random) -> bytes:
    """Une à trois feuilles reçoivent des lignes de cellules pleines jusqu'à leur borne."""
    texte, total = hasard.choice((b"x", "é".encode(), "😀".encode())), hasard.choice(_CRUES)

    def changer(parties: Parties) -> Parties:
        feuilles = [nom for nom in parties if b"</sheetData>" in parties[nom]]
        choisies = hasard.sample(feuilles, min(len(feuilles), 3 if total > _TOTAL_MAX else 1))
        crue = _lignes_pleines(texte, total // max(1, len(choisies)))
        return {**parties, **{nom: _verser(parties[nom], crue) for nom in choisies}}

    return refaire(octets, changer)


def _lignes_pleines(motif: bytes, total: int) -> bytes:
    """Des lignes de cinq cellules de 32'767 signes, comme un tableur les compte."""
    unites = len(motif.decode().encode("utf-16-le")) // 2
    cellule = b'<c t="inlineStr"><is><t>' + motif * (32_767 // unites) + b"</t></is></c>"
    combien = max(1, total // (5 * len(cellule)))
    return b"".join(b'<row r="%d">' % (400 + n) + cellule * 5 + b"</row>" for n in range(combien))


def _verser(xml: bytes, crue: bytes) -> bytes:
    return xml.replace(b"</sheetData>", crue + b"</sheetData>", 1)


def allonger_l_archive(octets: bytes, hasard: Random) -> bytes:
    """Des noms de parties longs, un commentaire d'archive, une partie d'une seule ligne."""

    def changer(parties: Parties) -> Parties:
        nom = hasard.choice(list(parties))
        long = "é/"[hasard.randrange(2)] * hasard.choice((200, 5_000, 30_000))
        match hasard.randrange(4):
            case 0:
                return {**parties, f"{nom}{long}": parties[nom]}
            case 1:
                return {(f"{long}{c}" if c == nom else c): p for c, p in parties.items()}
            case 2:
                return {**parties, nom: parties[nom] + b" " * hasard.choice((10_000, 5_000_000))}
            case _:
                blancs = b" " * hasard.choice((1_000, 2_000_000))
                return {**parties, nom: parties[nom].replace(b"><", b">" + blancs + b"<", 1)}

    refait = refaire(octets, changer)
    bavard = refait.endswith(b"\0\0") and hasard.random() < 0.2
    return refait[:-2] + b"\xff\xff" + b"c" * 65_535 if bavard else refait


def _allonger_le_xml(xml: bytes, hasard: Random) -> bytes:
    for _ in range(hasard.choice((1, 1, 2, 5))):
        texte = tirer_un_texte(hasard)
        match hasard.randrange(8):
            case 0 | 1 | 2:
                xml = _remplacer(xml, list(_TEXTE.finditer(xml)), texte, hasard)
            case 3 | 4 | 5:
                xml = _remplacer(xml, _un_attribut(xml, hasard), texte, hasard)
            case 6:
                xml = _VIDE.sub(rb'<\g<1> long="%b"' % _proteger(texte), xml, count=1)
            case _:
                long = b"a" * min(len(texte), 65_536)
                xml = _BALISE.sub(rb"<\g<1>%b" % long, xml, count=hasard.randint(1, 2))
    return xml


def _un_attribut(xml: bytes, hasard: Random) -> list[re.Match[bytes]]:
    """Les places d'un attribut, choisi par son nom : un format rare vaut une adresse courante."""
    places: dict[bytes, list[re.Match[bytes]]] = {}
    for place in _ATTRIBUT.finditer(xml):
        places.setdefault(place[1], []).append(place)
    return places[hasard.choice(sorted(places))] if places else []


def _remplacer(xml: bytes, places: list[re.Match[bytes]], texte: bytes, hasard: Random) -> bytes:
    if not places:
        return xml
    place = hasard.choice(places)
    return xml[: place.start(2)] + texte + xml[place.end(2) :]


def _proteger(texte: bytes) -> bytes:
    return texte.replace(b"\\", b"\\\\")
