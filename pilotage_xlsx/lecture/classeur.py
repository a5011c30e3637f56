"""Le classeur autour de ses feuilles : leur liste, textes partagés, styles, origine des dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import datetime
from itertools import chain

import msgspec

from pilotage_xlsx.lecture.chaines import decoder, lire_textes
from pilotage_xlsx.lecture.proprietes import lire_modification, lire_version
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.dates import ORIGINE_1900, ORIGINE_1904, montre_une_date
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import Paquet, Relation, abime, demesure

FEUILLES_MAX = 1_000
NOM_MAX = 255
"""Excel arrête le nom d'une feuille à 31 signes et celui d'une table à 255."""

_VRAI = ("1", "true")


_STYLES_MAX = 100_000
"""Excel en admet 65'490."""

_STYLES_CONNUS: dict[bytes, frozenset[str]] = {}
_CONNUS_MAX, _STYLES_A_RETENIR = 16, 1 << 17
"""Les styles déjà lus : d'une commune à l'autre, nos classeurs ont les mêmes."""

_NOM_DE_TABLE = motif(rb'<table [^<>]* displayName="([A-Za-z]{1,40})"')
_TABLES_CONNUES: set[int] = set()
_TABLES_MAX = 64
"""Les tables déjà analysées, dont le nom se lit d'un coup d'œil : leur empreinte, rien d'elles.

D'une commune à l'autre, les nôtres sont les mêmes."""

_CODE_MAX = 255
"""Excel n'écrit pas de format plus long ; d'un plus long, seul le début se lit."""


class FeuilleDuClasseur(msgspec.Struct, frozen=True):
    """Une feuille de calcul : son nom, la partie qui la tient, les noms de ses tables."""

    nom: str
    partie: str
    tables: tuple[str, ...]


class ClasseurLu(msgspec.Struct, frozen=True):
    """Ce qu'il faut savoir pour lire les cellules de n'importe quelle feuille."""

    feuilles: tuple[FeuilleDuClasseur, ...]
    textes: list[Cellule | str]
    styles_de_date: frozenset[str]
    origine: datetime
    version: tuple[str, str] | None
    modifie: datetime | None


def lire_classeur(paquet: Paquet) -> ClasseurLu:
    """Le classeur d'un paquet ; `Refus` s'il est abîmé. Les feuilles sans cellules sont omises."""
    partie = paquet.cible("officeDocument") or "xl/workbook.xml"
    liens = paquet.relations(partie)
    feuilles, origine = _lire_sommaire(paquet, partie)
    _exiger_distinctes([liens[lien].cible for _, lien in feuilles if lien in liens])
    tables: dict[str, str] = {}
    textes, styles = (paquet.cible(type_, partie) for type_ in ("sharedStrings", "styles"))
    return ClasseurLu(
        tuple(
            _decrire(paquet, nom, liens[lien], tables)
            for nom, lien in feuilles
            if _est_de_calcul(nom, liens.get(lien))
        ),
        lire_textes(paquet, textes) if textes in paquet else [],
        lire_styles_de_date(paquet, styles) if styles in paquet else frozenset(),
        origine,
        lire_version(paquet),
        lire_modification(paquet),
    )


def _lire_sommaire(paquet: Paquet, partie: str) -> tuple[list[tuple[str, str]], datetime]:
    feuilles: list[tuple[str, str]] = []
    origines = [ORIGINE_1900]
    racine = ""

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        nonlocal racine
        racine = racine or element
        if element == "sheet":
            if lien := attributs.get("id"):  # un module de macros d'autrefois n'en a pas
                feuilles.append((_nommer(attributs.get("name", "")), lien))
                if len(feuilles) > FEUILLES_MAX:
                    raise demesure(f"plus de {FEUILLES_MAX} feuilles")
        elif element == "workbookPr" and attributs.get("date1904") in _VRAI:
            origines[0] = ORIGINE_1904

    paquet.analyser(partie, entrer)
    if racine != "workbook":
        raise abime(f"« {partie} » n'est pas un classeur")
    return feuilles, origines[0]


def _nommer(nom: str) -> str:
    """Le nom d'une feuille, que chaque constat répète."""
    if len(nom) > NOM_MAX:
        raise demesure("nom de feuille")
    return decoder(nom)


def _exiger_distinctes(parties: Sequence[str]) -> None:
    """Deux feuilles d'une même partie ne viennent d'aucun tableur : la relire sans fin coûte."""
    if len(set(parties)) < len(parties):
        raise abime("deux feuilles ont le même contenu")


def _est_de_calcul(nom: str, relation: Relation | None) -> bool:
    if relation is None:
        raise abime(f"la feuille « {nom} » n'a pas de contenu")
    return relation.type == "worksheet"


def _decrire(
    paquet: Paquet, nom: str, relation: Relation, connues: dict[str, str]
) -> FeuilleDuClasseur:
    """``connues`` : le nom des tables déjà lues, par partie, que l'appel complète."""
    if relation.cible not in paquet:
        raise abime(f"le contenu de la feuille « {nom} » manque")
    tables = dict.fromkeys(
        lien.cible
        for lien in paquet.relations(relation.cible).values()
        if lien.type == "table" and lien.cible in paquet
    )
    for table in tables.keys() - connues.keys():
        connues[table] = _lire_nom_de_table(paquet, table)
    noms = dict.fromkeys(filter(None, (connues[table] for table in tables)))
    return FeuilleDuClasseur(nom, relation.cible, tuple(noms))


def _lire_nom_de_table(paquet: Paquet, partie: str) -> str:
    morceaux = paquet.morceaux(partie)
    debut, suite = next(morceaux, b""), next(morceaux, b"")
    trouve, empreinte = _NOM_DE_TABLE.search(debut), hash(debut)
    if trouve is not None and empreinte in _TABLES_CONNUES and not suite:
        return trouve[1].decode()
    element, attributs = paquet.racine(partie, chain((debut, suite), morceaux))
    nom = attributs.get("displayName") or attributs.get("name", "")
    lu = decoder(nom) if element == "table" and len(nom) <= NOM_MAX else ""
    est_devine = trouve is not None and trouve[1].decode() == lu
    if est_devine and not suite and len(_TABLES_CONNUES) < _TABLES_MAX:
        _TABLES_CONNUES.add(empreinte)
    return lu


def lire_styles_de_date(paquet: Paquet, partie: str) -> frozenset[str]:
    """Les numéros de style (attribut ``s`` d'une cellule) dont le format est une date."""
    morceaux = paquet.morceaux(partie)
    debut, suite = next(morceaux, b""), next(morceaux, b"")
    if debut not in _STYLES_CONNUS or suite:
        lus = _lire_les_styles(paquet, partie, chain((debut, suite), morceaux))
        if suite or len(debut) > _STYLES_A_RETENIR or len(_STYLES_CONNUS) >= _CONNUS_MAX:
            return lus
        _STYLES_CONNUS[debut] = lus
    return _STYLES_CONNUS[debut]


def _lire_les_styles(paquet: Paquet, partie: str, morceaux: Iterable[bytes]) -> frozenset[str]:
    codes: dict[str, str] = {}
    formats: list[str] = []
    parents: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "numFmt":
            numero, code = attributs.get("numFmtId", ""), attributs.get("formatCode", "")
            codes[numero[:_CODE_MAX]] = code[:_CODE_MAX]
            _compter(codes)
        elif element == "xf" and parents[-1:] == ["cellXfs"]:
            formats.append(attributs.get("numFmtId", "0")[:_CODE_MAX])
            _compter(formats)
        parents.append(element)

    paquet.analyser(partie, entrer, lambda _: parents.__delitem__(-1), morceaux=morceaux)
    dates = {numero for numero in formats if montre_une_date(numero, codes.get(numero))}
    return frozenset(str(rang) for rang, numero in enumerate(formats) if numero in dates)


def _compter(choses: Sized) -> None:
    if len(choses) > _STYLES_MAX:
        raise demesure("trop de styles")
