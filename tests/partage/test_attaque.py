"""Un attaquant cherche, dans chaque octet d'un partage, ce que des classeurs lui cachent.

Tirés au hasard, tout ce qu'ils ont de fermé porte un jeton : les cellules, très longues ou piégées,
les colonnes, feuilles, notes, noms et propriétés de la commune.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

import pilotage_xlsx as px
from pilotage_xlsx.modele import Colonne, Feuille, Forme, Genre, Partage
from pilotage_xlsx.socle.entree import EnMemoire
from tests.campagne import EST_LONGUE
from tests.partage.test_partager import _tout
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

_GRAINES = range(40 if EST_LONGUE else 3)
_PIEGES = ("{}", "{} " + "x" * 30_000, "=HYPERLINK({})", "a\n{}", "<b>{}</b>&amp;", "\u202e{}")


class _Commune:
    """Un classeur au hasard, et les jetons qui n'en doivent pas sortir."""

    def __init__(self, graine: int, niveau: Partage) -> None:
        self._hasard, self._niveau, self._rang = Random(graine), niveau, count(1)
        self.jetons: list[str] = []
        donnees = {feuille.id: self._remplir(feuille) for feuille in modele().feuilles}
        with petites_tables():
            octets = px.generer(donnees=donnees, au=AU, modele=modele()).octets
        self.recu = EnMemoire("commune.xlsx", self._hanter(octets))

    def _jeton(self) -> str:
        self.jetons.append(f"Kzq{next(self._rang)}w{self._hasard.randrange(10**6)}v")
        return self.jetons[-1]

    def _remplir(self, feuille: Feuille) -> Any:
        if feuille.forme is Forme.FICHE:
            return dict(self._ligne(feuille)) | {"commune": "Valmarin", "annee": 2026}
        return [dict(self._ligne(feuille)) for _ in range(self._hasard.randrange(1, 5))]

    def _ligne(self, feuille: Feuille) -> Iterator[tuple[str, Any]]:
        for colonne in feuille.saisies:
            est_ouverte = self._niveau in colonne.partage
            if self._hasard.random() < 0.8:
                yield colonne.id, self._ouvert(colonne) if est_ouverte else self._ferme()
        yield "propres", {self._jeton(): self._ferme()}

    def _ferme(self) -> str:
        return self._hasard.choice(_PIEGES).format(self._jeton())

    def _ouvert(self, colonne: Colonne) -> Any:
        if colonne.genre is Genre.LISTE:
            return self._hasard.choice([mot.libelle for mot in modele().mots(colonne)])
        if colonne.genre is Genre.DATE:
            return (date(2026, 1, 1) + timedelta(self._hasard.randrange(700))).isoformat()
        if colonne.genre in (Genre.ENTIER, Genre.MONTANT):
            return self._hasard.randrange(1, 30)
        return f"Ouvert {next(self._rang)}"

    def _hanter(self, octets: bytes) -> bytes:
        livre = load_workbook(BytesIO(octets))
        cachee = livre.create_sheet(self._jeton())
        cachee["A1"], cachee.sheet_state = self._jeton(), "veryHidden"
        for nom in livre.sheetnames[:6]:
            livre[nom]["C7"].comment = Comment(self._jeton(), self._jeton())
            livre[nom].oddHeader.center.text = self._jeton()
        livre.defined_names.add(DefinedName(self._jeton(), attr_text="Outils!$A$1"))
        for propriete in ("creator", "title", "subject", "keywords", "category", "description"):
            setattr(livre.properties, propriete, self._jeton())
        sortie = BytesIO()
        livre.save(sortie)
        return sortie.getvalue()


@pytest.mark.parametrize("niveau", Partage)
@pytest.mark.parametrize("graine", _GRAINES)
def test_rien_de_ferme_ne_sort_d_un_classeur_hostile(graine: int, niveau: Partage) -> None:
    commune = _Commune(graine, niveau)
    recu = _tout(commune.recu.octets).decode("utf-8", "replace")
    assert sum(jeton in recu for jeton in commune.jetons) > 0.9 * len(commune.jetons)
    fait = px.partager(commune.recu, niveau.value, au=AU)
    sorti = _tout(fait.octets).decode("utf-8", "replace").lower()
    assert [jeton for jeton in commune.jetons if jeton.lower() in sorti] == []
    lu = px.lire(commune.recu)
    remplies = sum(
        len(ligne.valeurs) + len(ligne.propres)
        for feuille in modele().a_lire
        for ligne in lu.lignes(feuille.id)
    )
    assert fait.bilan.parties + fait.bilan.restees == remplies
