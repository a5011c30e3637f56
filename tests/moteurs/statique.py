"""Ce qui se voit d'une formule sans la calculer : des plages qui se sépareraient, et les limites.

Une faute est un texte : son genre, le lieu, ce qui le montre. Les formules sont celles des cellules
et des noms ; pour les fonctions et les longueurs, aussi celles des menus et des mises en forme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries

from tests.moteurs.fichiers import Classeur

FONCTIONS = {
    "ABS", "ADDRESS", "AND", "AVERAGE", "CEILING", "CELL", "CHAR", "CHOOSE", "CLEAN", "CODE",
    "COLUMN", "COLUMNS", "CONCATENATE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS",
    "DATE", "DAY", "EDATE", "EOMONTH", "EXACT", "FALSE", "FIND", "FLOOR", "HLOOKUP", "HYPERLINK",
    "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISLOGICAL", "ISNA", "ISNUMBER",
    "ISTEXT", "LARGE", "LEFT", "LEN", "LOOKUP", "LOWER", "MATCH", "MAX", "MEDIAN", "MID", "MIN",
    "MOD", "MONTH", "N", "NA", "NOT", "OR", "RANK", "REPLACE", "REPT", "RIGHT", "ROUND", "ROW",
    "ROWS", "SEARCH", "SIGN", "SMALL", "SUBSTITUTE", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "T",
    "TEXT", "TODAY", "TRIM", "TRUE", "TYPE", "UPPER", "VALUE", "VLOOKUP", "WEEKDAY", "YEAR",
}  # fmt: skip
"""Connues d'Excel 2010, sans préfixe, et de tous les moteurs."""

LONGUEUR, PROFONDEUR, ARGUMENTS, TEXTE = 8192, 64, 255, 255

_TERME_A_TERME = {"SUMPRODUCT", "COUNTIFS", "SUMIFS", "SUMIF"}
"""Ces fonctions avancent d'un même pas dans toutes leurs plages."""

_RAMENENT = {
    "AVERAGE", "COLUMN", "COLUMNS", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "HLOOKUP", "LARGE",
    "LOOKUP", "MATCH", "MAX", "MEDIAN", "MIN", "RANK", "ROW", "ROWS", "SMALL", "SUM", "VLOOKUP",
    "INDEX", *_TERME_A_TERME,
}  # fmt: skip
"""Celles-ci rendent une valeur d'une plage : ce qui les entoure ne la voit plus."""

_ABSOLUE = re.compile(r"\$[A-Z]{1,3}(\$\d+)?|\$\d+")
_DEBUT = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:|$)|\$?[A-Z]{1,3}:|\$?\d+:")
_ADRESSES = (
    re.compile(r"[A-Z]{1,3}\d+", re.IGNORECASE),
    re.compile(r"[RL]\d*(C\d*)?|C\d*", re.IGNORECASE),
)
"""A1, et R1C1, que le français dit L1C1."""

_DE_TABLE = re.compile(r"(?P<table>[^\W\d][\w.]*)\[(?P<reste>.*)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Plage:
    """Des lignes d'une feuille ; la table où elles sont, si elles y sont entièrement."""

    feuille: str
    colonnes: tuple[int, int]
    lignes: tuple[int, int]
    table: str | None
    touche_une_table: bool


@dataclass(slots=True)
class Appel:
    """Un appel de fonction, ses arguments ouverts, les plages qu'il parcourt d'un même pas."""

    fonction: str
    arguments: int = 1
    plages: list[Plage] = field(default_factory=list)
    cherchees: list[Plage] = field(default_factory=list)
    """Pour INDEX : les plages des MATCH qui disent où prendre."""
    selon_la_ligne: bool = False


class Examen:
    """Toutes les fautes d'un classeur."""

    def __init__(self, classeur: Classeur) -> None:
        self._classeur = classeur
        self._tables = {
            nom: (feuille, range_boundaries(plage))
            for nom, (feuille, plage) in classeur.tables.items()
        }

    def noms(self) -> Iterator[str]:
        """Un nom est absolu, et n'est l'adresse d'aucune grille."""
        for nom, formule in self._classeur.noms.items():
            if any(forme.fullmatch(nom) for forme in _ADRESSES):
                yield f"nom qui est une adresse : {nom}"
            for plage in _plages_ecrites(formule):
                bouts = plage.rpartition("!")[2].split(":")
                if not all(_ABSOLUE.fullmatch(bout) for bout in bouts):
                    yield f"nom relatif : {nom}, {plage}"

    def caches(self) -> Iterator[str]:
        """Chaque formule porte sa valeur ; un texte se dit texte, même vide."""
        for (feuille, adresse), cellule in self._classeur.cellules.items():
            if cellule.formule is None:
                continue
            if cellule.texte is None:
                yield f"sans valeur : {feuille}!{adresse}"
            elif cellule.genre == "n" and not _est_nombre(cellule.texte):
                yield f"texte sans son genre : {feuille}!{adresse}"

    def limites(self) -> Iterator[str]:
        """Longueur, profondeur, textes, arguments, fonctions."""
        for lieu, formule in self._toutes():
            if len(formule) > LONGUEUR:
                yield f"trop longue : {lieu}, {len(formule)} signes"
            yield from (f"{faute} : {lieu}" for faute in _fautes_de_forme(formule))

    def separations(self) -> Iterator[str]:
        """Des plages lues d'un même pas, qu'une ligne insérée déplacerait l'une sans l'autre."""
        for lieu, feuille, formule, matricielle in self._calculees():
            for appel in self._appels(formule, feuille, matricielle):
                yield from (f"{faute} : {lieu}" for faute in _se_separent(appel))

    def prises_selon_la_ligne(self) -> Iterator[str]:
        """``INDEX`` d'une colonne de sa feuille par ``ROW()`` : une cellule changée y recalcule
        toutes les lignes."""
        for lieu, feuille, formule, matricielle in self._calculees():
            for appel in self._appels(formule, feuille, matricielle):
                if appel.fonction == "INDEX" and appel.selon_la_ligne and appel.plages:
                    plage = appel.plages[0]
                    if plage.feuille == feuille and plage.lignes[0] != plage.lignes[1]:
                        yield f"colonne prise selon la ligne : {lieu}"

    def _toutes(self) -> Iterator[tuple[str, str]]:
        for lieu, _, formule, _ in self._calculees():
            yield lieu, formule
        for feuille, formule in self._classeur.annexes:
            yield f"{feuille}, menu ou mise en forme", formule

    def _calculees(self) -> Iterator[tuple[str, str, str, bool]]:
        """Le lieu, la feuille, la formule, et si elle est matricielle."""
        for (feuille, adresse), cellule in self._classeur.cellules.items():
            if cellule.formule:
                yield f"{feuille}!{adresse}", feuille, cellule.formule, cellule.matricielle
        for nom, formule in self._classeur.noms.items():
            yield f"nom {nom}", "", formule, False

    def _appels(self, formule: str, feuille: str, matricielle: bool) -> list[Appel]:
        """Chaque appel, et les plages qu'il parcourt ; une matricielle en est un à elle seule."""
        racine = Appel("SUMPRODUCT" if matricielle else "")
        ouverts, clos = [racine], []
        precedent = ""
        for jeton in _jetons(formule):
            if jeton.subtype == Token.OPEN:
                ouverts.append(Appel(_fonction(jeton)))
            elif jeton.subtype == Token.CLOSE:
                if precedent == "ROW(":
                    _dire_selon_la_ligne(ouverts)
                clos.append(ouverts.pop())
            elif jeton.type == Token.SEP and jeton.subtype == Token.ARG:
                ouverts[-1].arguments += 1
            elif jeton.type == Token.OPERAND and jeton.subtype == Token.RANGE:
                self._ranger(jeton.value, feuille, ouverts)
            precedent = jeton.value
        return [*clos, racine]

    def _ranger(self, texte: str, feuille: str, ouverts: list[Appel]) -> None:
        plage = self._plage(texte, feuille)
        if plage is None:
            return
        lecteur = next((a for a in reversed(ouverts) if a.fonction in _RAMENENT), ouverts[0])
        lecteur.plages.append(plage)
        if lecteur.fonction == "MATCH" and lecteur.arguments == 2:
            preneur = next((a for a in reversed(ouverts) if a.fonction == "INDEX"), None)
            if preneur and preneur.arguments == 2:
                preneur.cherchees.append(plage)

    def _plage(self, texte: str, feuille: str) -> Plage | None:
        """Une plage de plusieurs cellules, écrite, nommée, ou colonne d'une table."""
        texte = self._classeur.noms.get(texte, texte)
        if de_table := _DE_TABLE.fullmatch(texte):
            return self._colonne(de_table)
        nom, _, adresse = texte.rpartition("!")
        if ":" not in adresse:
            return None
        try:
            gauche, haut, droite, bas = range_boundaries(adresse.replace("$", ""))
        except ValueError:
            return None
        ou = nom.strip("'").replace("''", "'") or feuille
        lignes = (haut or 1, bas or 1_048_576)
        return self._situer(ou, (gauche or 1, droite or 16_384), lignes)

    def _colonne(self, vue: re.Match[str]) -> Plage | None:
        if "#This Row" in vue["reste"] or vue["table"] not in self._tables:
            return None
        feuille, (_, haut, _, bas) = self._tables[vue["table"]]
        colonnes = self._classeur.colonnes[vue["table"]]
        citees = [rang for rang, c in enumerate(colonnes, 1) if c in vue["reste"]]
        if not citees:
            return None
        return Plage(feuille, (min(citees), max(citees)), (haut + 1, bas), vue["table"], True)

    def _situer(self, feuille: str, colonnes: tuple[int, int], lignes: tuple[int, int]) -> Plage:
        dedans, touche = None, False
        for nom, (ou, (gauche, haut, droite, bas)) in self._tables.items():
            if ou == feuille and lignes[0] <= bas and lignes[1] >= haut:
                touche = True
                if gauche <= colonnes[0] and colonnes[1] <= droite:
                    dedans = nom
        return Plage(feuille, colonnes, lignes, dedans, touche)


def _fonction(jeton: Token) -> str:
    return jeton.value[:-1].lstrip(":").upper() if jeton.type == Token.FUNC else ""


def _dire_selon_la_ligne(ouverts: list[Appel]) -> None:
    """``ROW()``, la ligne de la formule, dans le second argument d'un INDEX, hors d'un MATCH."""
    for appel in reversed(ouverts):
        if appel.fonction == "MATCH":
            return
        if appel.fonction == "INDEX":
            appel.selon_la_ligne = appel.arguments == 2
            return


@lru_cache(maxsize=20_000)
def _jetons(formule: str) -> list[Token]:
    return list(Tokenizer(f"={formule}").items)


def _plages_ecrites(formule: str) -> Iterator[str]:
    for jeton in _jetons(formule):
        est_plage = jeton.type == Token.OPERAND and jeton.subtype == Token.RANGE
        if est_plage and _DEBUT.match(jeton.value.rpartition("!")[2]):
            yield jeton.value


def _est_nombre(texte: str) -> bool:
    try:
        float(texte)
    except ValueError:
        return False
    return True


def _se_separent(appel: Appel) -> Iterator[str]:
    """Deux plages d'un même pas doivent avoir les mêmes lignes, et être dans la même table."""
    groupe = [p for p in appel.plages if p.lignes[0] != p.lignes[1]]
    if appel.fonction == "INDEX":
        groupe = [*groupe[:1], *appel.cherchees] if appel.cherchees else []
    elif appel.fonction not in {*_TERME_A_TERME, ""}:
        return
    if len(groupe) < 2 or not any(p.touche_une_table for p in groupe):
        return
    if len({(p.feuille, p.lignes) for p in groupe}) > 1:
        yield "plages qui n'ont pas les mêmes lignes"
    elif len({p.table for p in groupe}) > 1:
        yield "plages dont l'une est hors de la table"


def _fautes_de_forme(formule: str) -> Iterator[str]:
    ouverts: list[Appel] = []
    for jeton in _jetons(formule):
        if jeton.subtype == Token.OPEN:
            ouverts.append(Appel(_fonction(jeton)))
            if jeton.type == Token.FUNC and ouverts[-1].fonction not in FONCTIONS:
                yield f"fonction {ouverts[-1].fonction}"
            if sum(bool(appel.fonction) for appel in ouverts) == PROFONDEUR + 1:
                yield "trop profonde"
        elif jeton.subtype == Token.CLOSE and ouverts.pop().arguments > ARGUMENTS:
            yield "trop d'arguments"
        elif jeton.type == Token.SEP and jeton.subtype == Token.ARG and ouverts:
            ouverts[-1].arguments += 1
        elif jeton.subtype == Token.TEXT and len(jeton.value[1:-1].replace('""', '"')) > TEXTE:
            yield "texte trop long"


EPREUVES: Mapping[str, str] = {
    "noms": "noms absolus, qui ne sont pas des adresses",
    "caches": "valeurs en cache",
    "limites": "limites et fonctions",
    "separations": "plages qui se sépareraient",
    "prises_selon_la_ligne": "colonnes prises selon la ligne",
}


def examiner(classeur: Classeur, epreuve: str) -> list[str]:
    """Les fautes d'une épreuve, sans répétition."""
    return sorted(set(getattr(Examen(classeur), epreuve)()))
