"""Des remplissages au hasard, justes et tordus, tapés dans un classeur vierge par openpyxl.

Une case sur trois reste vide ; une sur trois est juste ; le reste est ce qu'une main pressée ou un
collage laisse : autre casse, blancs insécables, apostrophe typographique, hors liste, nombre ou
date en texte, erreur, booléen, référence perdue, clé en double, ligne « Total », texte très long,
et, dans toute case, « À clarifier », une réponse remise à plus tard, ou ce qui y ressemble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from pilotage_xlsx.generation.plan import COLONNE_REPONSES, Plan, PlanDeRegistre
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre.remises import REMISES

LIGNES = 8
ANNEE = 2026
_NOMS = ("Alpha", "Bêta SA", "L'Éclair", "G*", "~GED", "Où ?", 'Le "Grand"', "a=b", "Nœud", "2026")
_ERREURS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!")
_LIBRES = ("rapide", "x" * 300, 'guillemets " et = + @', "Total", "a= b", "=", "-", "0", "é" * 260)
_FAUX_NOMBRES = (
    "1'234.50", "env. 500", "12 %", "3", "1 200", -1, 37, 2.5, 10**9, "abc", "'", date(2026, 3, 12),
)  # fmt: skip
_FAUSSES_REFERENCES = (
    "Personne", "Alpha ; Personne", ";", "Aucun", "G*", "?", "Alph*", "total", "=x", "<>",
)  # fmt: skip
_SOUS_UN_TOTAL = (1200, 3.5, "CHF", "à revoir", "#REF!", 46_000)
_FAUSSES_DATES = (
    "12 mars 2026", "31.02.2026", "12/03/2026", "2026", "mars 2026", 20260312, 12, 2026, 109_574,
    109_575, 25_568, 25_569, "12.3.26", "2024-05-01", -5,
)  # fmt: skip
_TOTAUX = ("Total", "TOTAL :", "Sous-total", "total général", " Somme ", "Totaux", "Total 2026")
CONVENUES = (
    *("À clarifier",) * len(REMISES), *REMISES,
    "À clarifier.", "a clarifier", "À clarifier ; À clarifier", "? ?", "idem GED", "=", "~", "?*",
)  # fmt: skip
"""« À clarifier » une fois sur deux, chaque réponse remise, leurs voisines, qui n'en sont pas."""

_BLANCS = ("\u00a0", "\u202f", "  ", "\t", "\n")


class Remplissage:
    """Un remplissage, tiré d'une graine : des cellules par feuille, comme on les taperait."""

    def __init__(self, plan: Plan, graine: int) -> None:
        self._plan = plan
        self._hasard = Random(graine)
        self._cles = {
            registre.feuille.id: [self._cle(registre, rang) for rang in range(LIGNES)]
            for registre in plan.registres
        }

    def enregistrer(self, livre: Workbook, chemin: Path) -> None:
        """Tape tout dans le classeur, l'enregistre sous ce nom, puis le rend comme il était."""
        avant = []
        for feuille, ligne, colonne, valeur in self._cellules():
            cellule = livre[feuille].cell(ligne, colonne)
            avant.append((cellule, cellule.value, cellule.number_format))
            cellule.value = valeur
            if isinstance(valeur, str) and valeur not in _ERREURS:
                cellule.data_type = "s"
        livre.save(chemin)
        for cellule, valeur, format_ in avant:
            cellule.value, cellule.number_format = valeur, format_

    def _cellules(self) -> Iterator[tuple[str, int, int, Any]]:
        fiche = self._plan.fiche
        annee = self._hasard.choice((ANNEE, ANNEE, ANNEE, "2026", None, 2025))
        yield fiche.feuille.libelle, fiche.lignes["annee"], COLONNE_REPONSES, annee
        yield fiche.feuille.libelle, fiche.lignes["commune"], COLONNE_REPONSES, "Valmarin"
        for registre in self._plan.registres:
            for rang in range(LIGNES):
                for colonne, valeur in self._ligne(registre, rang).items():
                    ligne, place = registre.premiere + rang, registre.rang(colonne)
                    yield registre.feuille.libelle, ligne, place, valeur

    def _ligne(self, registre: PlanDeRegistre, rang: int) -> Mapping[str, Any]:
        sorte = self._hasard.random()
        if sorte < 0.12:
            return {}
        if sorte < 0.2:
            return dict(self._total(registre))
        cle = {} if sorte < 0.27 else {registre.feuille.cle: self._cles[registre.feuille.id][rang]}
        juste = 0.9 if sorte > 0.75 else 0.45
        saisies = [c for c in registre.feuille.saisies if c.id != registre.feuille.cle]
        vides = self._hasard.choice((0.1, 0.4, 0.9))
        valeurs = {
            colonne.id: self._valeur(colonne, juste)
            for colonne in saisies
            if self._hasard.random() > vides
        }
        return {**cle, **valeurs}

    def _total(self, registre: PlanDeRegistre) -> Iterator[tuple[str, Any]]:
        """Une ligne de total ; parfois trop bavarde pour en être une."""
        colonnes = self._hasard.sample(registre.feuille.saisies, self._hasard.randint(1, 4))
        yield colonnes[0].id, self._hasard.choice(_TOTAUX)
        for colonne in colonnes[1:]:
            yield colonne.id, self._hasard.choice(_SOUS_UN_TOTAL)

    def _cle(self, registre: PlanDeRegistre, rang: int) -> Any:
        sorte = self._hasard.random()
        if sorte < 0.6:
            return f"{self._hasard.choice(_NOMS)} {rang}"
        if sorte < 0.85:
            return self._tordre(self._hasard.choice(_NOMS))
        return self._hasard.choice(("#REF!", 2026, "y" * 320 + str(rang), "a ; b", "Total", " "))

    def _valeur(self, colonne: Colonne, juste: float) -> Any:
        if self._hasard.random() < 0.15:
            convenue = self._hasard.choice(CONVENUES)
            return self._tordre(convenue) if self._hasard.random() < 0.3 else convenue
        if self._hasard.random() < juste:
            bonne = self._bonne(colonne)
            est_texte = isinstance(bonne, str)
            return self._tordre(bonne) if est_texte and self._hasard.random() < 0.3 else bonne
        return self._mauvaise(colonne)

    def _bonne(self, colonne: Colonne) -> Any:
        if colonne.mentions and self._hasard.random() < 0.3:
            return self._hasard.choice(colonne.mentions)
        if colonne.reference:
            return self._references(colonne)
        return _BONNES[colonne.genre](self._plan, colonne, self._hasard)

    def _references(self, colonne: Colonne) -> str:
        cles = [str(c) for registre in colonne.reference for c in self._cles[registre]]
        noms = self._hasard.sample(cles, self._hasard.randint(1, 4) if colonne.plusieurs else 1)
        return self._hasard.choice((" ; ", ";", "\n", ";;", "; ")).join(noms)

    def _mauvaise(self, colonne: Colonne) -> Any:
        communes: tuple[Any, ...] = (*_ERREURS[:2], True, False, 5, 46_093, " ", "\u00a0", *_LIBRES)
        propres: tuple[Any, ...] = ("Vital", "à  clarifier", "A clarifier", "Indispensable.")
        match colonne.genre:
            case Genre.DATE | Genre.DATE_HEURE:
                propres = _FAUSSES_DATES
            case Genre.ENTIER | Genre.MONTANT:
                propres = _FAUX_NOMBRES
            case Genre.REFERENCE:
                propres = _FAUSSES_REFERENCES
        return self._hasard.choice(propres if self._hasard.random() < 0.6 else communes)

    def _tordre(self, texte: str) -> str:
        """Le même texte, comme il revient d'un traitement de texte."""
        gestes: tuple[Callable[[str], str], ...] = (
            str.upper,
            str.lower,
            lambda t: t.replace("'", "’"),
            lambda t: t.replace(" ", self._hasard.choice(_BLANCS)),
            lambda t: f"{self._hasard.choice(_BLANCS)}{t} ",
        )
        for geste in self._hasard.sample(gestes, 2):
            texte = geste(texte)
        return texte


def _jour(hasard: Random) -> date:
    return date(hasard.choice((2024, ANNEE, ANNEE, 2027)), hasard.randint(1, 12), 15)


def _instant(hasard: Random) -> datetime:
    return datetime(ANNEE, 3, 12) + timedelta(minutes=hasard.randint(0, 200_000))


_BONNES: Mapping[Genre, Callable[[Plan, Colonne, Random], Any]] = {
    Genre.TEXTE: lambda _, c, hasard: hasard.choice((*_NOMS, f"Texte de {c.libelle}")),
    Genre.LISTE: lambda plan, c, hasard: hasard.choice(plan.modele.choix(c)),
    Genre.DATE: lambda _, c, hasard: _jour(hasard),
    Genre.DATE_HEURE: lambda _, c, hasard: hasard.choice((_jour(hasard), _instant(hasard))),
    Genre.ENTIER: lambda _, c, hasard: hasard.randint(c.min or 0, c.max or 99),
    Genre.MONTANT: lambda _, c, hasard: hasard.choice((0, 1200, 3.5)),
    Genre.COURRIEL: lambda _, c, hasard: "aide@alpha.example",
    Genre.TELEPHONE: lambda _, c, hasard: "021 555 01 02",
    Genre.IDE: lambda _, c, hasard: "CHE-123.456.788",
}
