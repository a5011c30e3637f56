"""Ressortir d'un rapport rendu ce qu'un lecteur y lit : chaque forme par un autre que nous.

La page par ``html.parser``, le PDF par pypdf, le classeur par openpyxl, le courriel par ses lignes.
"""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import NamedTuple

import openpyxl
import pypdf

Rangee = tuple[str, ...]
_FIN_DE_MOT = re.compile("-\n|\xad\n?|\u200b")
_AVANT = re.compile(r"(\d{4}) : (.+)")
_SUITE_D_AVANT = re.compile(r"(?:sur )?\d+(?: outils?)? (?=\d)")
"""Ce qui finit l'an passé à la ligne suivante (« sur 5 »), avant la valeur de la carte suivante."""


class Carte(NamedTuple):
    """Un des cinq chiffres : sa valeur, ce qu'il dit (sans espaces), l'an passé."""

    valeur: str
    dit: str
    avant: str


def serrer(texte: str) -> str:
    """Le texte sans aucun blanc ni coupure, pour comparer deux mises en page."""
    return re.sub(r"\s", "", _FIN_DE_MOT.sub("", texte)).replace("’", "'")


class _Page(HTMLParser):
    """Les blocs de texte, et les tableaux par rangées."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocs: list[tuple[str, str]] = []
        self.tableaux: list[list[Rangee]] = []
        self._classe, self._texte = "", ""
        self.feed(page)

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        if balise == "table":
            self.tableaux.append([])
        elif balise == "tr":
            self.tableaux[-1].append(())
        if balise in ("p", "td", "th", "blockquote", "h1", "h2", "h3", "li"):
            self._classe, self._texte = dict(attributs).get("class") or balise, ""
        elif balise == "br":
            self._texte += " "

    def handle_data(self, texte: str) -> None:
        self._texte += texte

    def handle_endtag(self, balise: str) -> None:
        texte = " ".join(self._texte.split())
        if balise in ("td", "th"):
            self.tableaux[-1][-1] += (texte,)
        if balise in ("p", "td", "th", "blockquote", "h1", "h2", "h3", "li"):
            self.blocs.append((self._classe, texte))


def lire_html(octets: bytes) -> _Page:
    """La page HTML, relue."""
    return _Page(octets.decode())


def lire_pdf(octets: bytes) -> list[str]:
    """Le texte de chaque page du PDF."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(octets)).pages]


def lire_classeur(octets: bytes) -> dict[str, list[Rangee]]:
    """Chaque feuille du classeur, en rangées de textes, sans les cases vides."""
    livre = openpyxl.load_workbook(io.BytesIO(octets))
    return {
        feuille.title: [
            tuple(str(case) for case in rangee if case is not None)
            for rangee in feuille.iter_rows(values_only=True)
        ]
        for feuille in livre
    }


def cinq_html(octets: bytes) -> list[Carte]:
    """Les cinq chiffres de la page."""
    blocs = lire_html(octets).blocs
    debuts = [rang for rang, (classe, _) in enumerate(blocs) if classe == "valeur"]
    return [_carte(*(texte for _, texte in blocs[debut : debut + 4])) for debut in debuts]


def cinq_pdf(octets: bytes) -> list[Carte]:
    """Les cinq chiffres du PDF : une valeur, un libellé, une phrase, l'an passé, cinq fois."""
    page = lire_pdf(octets)[0].partition("Cinq chiffres")[2].partition("Pour le procès")[0]
    lignes = [" ".join(ligne.split()) for ligne in page.strip().splitlines()]
    cartes, debut = [], 0
    for rang, ligne in enumerate(lignes):
        if _AVANT.fullmatch(ligne):
            suite = lignes[rang + 1] if _SUITE_D_AVANT.match(" ".join(lignes[rang + 1 :])) else ""
            cartes.append(_carte(*lignes[debut:rang], f"{ligne} {suite}".strip()))
            debut = rang + 1 + bool(suite)
    return cartes


def cinq_classeur(octets: bytes) -> list[Carte]:
    """Les cinq chiffres de la feuille « Page 1 »."""
    rangees = lire_classeur(octets)["Page 1"]
    debut = rangees.index(("Cinq chiffres",)) + 1
    return [
        _carte(valeur, dit.replace("\u202f:", ""), avant)
        for valeur, dit, avant in rangees[debut : debut + 5]
    ]


def cinq_texte(octets: bytes) -> list[Carte]:
    """Les cinq chiffres du courriel : « - libellé : valeur (phrase ; 2025 : n) »."""
    page = " ".join(octets.decode().partition("Cinq chiffres")[2].split())
    page = re.split("Pour le procès-verbal|Une ligne par commune", page)[0]
    page = re.sub("-{3,}", "", page)
    forme = r"- ([^:]+) : (.+?) \((.+?) ; (\d{4} : .+?)\)(?= -|\s*$)"
    trouves = re.findall(forme, page)
    return [_carte(valeur, libelle + phrase, avant) for libelle, valeur, phrase, avant in trouves]


def chiffres_html(octets: bytes) -> dict[str, str]:
    """Tous les chiffres que la dernière section trace : libellé → valeur."""
    tableau = lire_html(octets).tableaux[-1]
    return {libelle: valeur for libelle, valeur, _ in tableau[1:]}


def chiffres_classeur(octets: bytes) -> dict[str, str]:
    """Les mêmes, de la feuille « Sources »."""
    rangees = lire_classeur(octets)["Sources"]
    chiffres = (r for r in rangees if len(r) == 3 and r[0] != "Chiffre")
    return {r[0].replace("\u202f", " "): r[1] for r in chiffres}


def _carte(valeur: str, *reste: str) -> Carte:
    *dit, avant = reste
    trouve = _AVANT.fullmatch(" ".join(avant.split()))
    assert trouve, avant
    return Carte(" ".join(valeur.split()), serrer("".join(dit)), trouve[2])
