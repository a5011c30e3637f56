"""Le classeur autour de ses feuilles : leur liste, textes partagés, styles, origine des dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from pilotage_xlsx.lecture.chaines import decoder, lire_textes
from pilotage_xlsx.lecture.proprietes import lire_modification, lire_version
from pilotage_xlsx.lecture.styles import lire_styles_de_date
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.dates import ORIGINE_1900, ORIGINE_1904
from pilotage_xlsx.socle.paquet import Paquet, Relation, abime, demesure

FEUILLES_MAX = 1_000

_VRAI = ("1", "true")


class FeuilleDuClasseur(msgspec.Struct, frozen=True):
    """Une feuille de calcul : son nom, la partie qui la tient, les noms de ses tables."""

    nom: str
    partie: str
    tables: tuple[str, ...]


class Classeur(msgspec.Struct, frozen=True):
    """Ce qu'il faut savoir pour lire les cellules de n'importe quelle feuille."""

    feuilles: tuple[FeuilleDuClasseur, ...]
    textes: list[Cellule]
    styles_de_date: frozenset[str]
    origine: datetime
    version: tuple[str, str] | None
    modifie: datetime | None


def lire_classeur(paquet: Paquet) -> Classeur:
    """Le classeur d'un paquet ; `Refus` s'il est abîmé. Les feuilles sans cellules sont omises."""
    partie = paquet.cible("officeDocument") or "xl/workbook.xml"
    liens = paquet.relations(partie)
    feuilles, origine = _lire_sommaire(paquet, partie)
    _exiger_distinctes([liens[lien].cible for _, lien in feuilles if lien in liens])
    textes, styles = (paquet.cible(type_, partie) for type_ in ("sharedStrings", "styles"))
    return Classeur(
        tuple(
            _decrire(paquet, nom, liens[lien])
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
    racines: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        racines.append(element)
        if element == "sheet":
            if lien := attributs.get("id"):  # un module de macros d'autrefois n'en a pas
                feuilles.append((decoder(attributs.get("name", "")), lien))
        elif element == "workbookPr" and attributs.get("date1904") in _VRAI:
            origines.append(ORIGINE_1904)

    paquet.analyser(partie, entrer)
    if racines[:1] != ["workbook"]:
        raise abime(f"« {partie} » n'est pas un classeur")
    return feuilles, origines[-1]


def _exiger_distinctes(parties: Sequence[str]) -> None:
    """Deux feuilles d'une même partie ne viennent d'aucun tableur : la relire sans fin coûte."""
    if len(parties) > FEUILLES_MAX:
        raise demesure(f"plus de {FEUILLES_MAX} feuilles")
    if len(set(parties)) < len(parties):
        raise abime("deux feuilles ont le même contenu")


def _est_de_calcul(nom: str, relation: Relation | None) -> bool:
    if relation is None:
        raise abime(f"la feuille « {nom} » n'a pas de contenu")
    return relation.type == "worksheet"


def _decrire(paquet: Paquet, nom: str, relation: Relation) -> FeuilleDuClasseur:
    if relation.cible not in paquet:
        raise abime(f"le contenu de la feuille « {nom} » manque")
    tables = (
        _lire_nom_de_table(paquet, lien.cible)
        for lien in paquet.relations(relation.cible).values()
        if lien.type == "table" and lien.cible in paquet
    )
    return FeuilleDuClasseur(nom, relation.cible, tuple(filter(None, tables)))


def _lire_nom_de_table(paquet: Paquet, partie: str) -> str:
    noms: list[str] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "table":
            noms.append(decoder(attributs.get("displayName") or attributs.get("name", "")))

    paquet.analyser(partie, entrer)
    return noms[0] if noms else ""
