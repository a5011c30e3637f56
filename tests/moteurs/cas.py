"""Les classeurs que chaque moteur calcule : remplissages longs et tordus, modèles adaptés."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pilotage_xlsx.generation import generer, plan
from pilotage_xlsx.generation.plan import PlanDeRegistre
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Colonne, Modele
from pilotage_xlsx.modele.chargement import charger, dossier_livre
from pilotage_xlsx.registre import Registre
from tests.generation.remplissages import Remplissage
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = RACINE / "exemples"
DONNEES = EXEMPLES / "donnees" / "valmarin-2026.json"

LONGS = (
    "l'été d’ici, à l'étage " * 13,
    "mot\u00a0" * 500,
    "😀 " * 150,
    '« Le "Grand" » ; ' * 120,
    "G*?~" * 75,
    "x" * 2000,
)
"""Trois cents et deux mille caractères : apostrophes, blancs rares, emoji, guillemets, jokers."""


REPETEES = (
    *("L'Éclair", "l’éclair", "G*", "G*", "Gare", "~GED", "~GED", "O?", "OK"),
    *("2026", 2026, "=a", ">1", "y" * 320, "y" * 320, "y" * 320 + "z"),
)
"""Des clés égales ou presque : apostrophes, capitales, jokers, nombres, trop longues à chercher."""


class RemplissageSansVrai(Remplissage):
    """Le même remplissage, sans booléen : LibreOffice en fait un nombre (``INCAPACITES``)."""

    def _valeur(self, colonne: Colonne, juste: float) -> Any:
        valeur = self._choisir(colonne, juste)
        return str(valeur) if isinstance(valeur, bool) else valeur

    def _choisir(self, colonne: Colonne, juste: float) -> Any:
        return super()._valeur(colonne, juste)


class RemplissageRepete(RemplissageSansVrai):
    """Une clé sur deux y est celle d'une autre ligne, ou peu s'en faut."""

    def _cle(self, registre: PlanDeRegistre, rang: int) -> Any:
        if self._hasard.random() < 0.5:
            return self._hasard.choice(REPETEES)
        return super()._cle(registre, rang)


class RemplissageLong(RemplissageSansVrai):
    """Une réponse sur cinq y est un long texte."""

    def _choisir(self, colonne: Colonne, juste: float) -> Any:
        if self._hasard.random() < 0.2:
            return self._hasard.choice(LONGS)
        return super()._choisir(colonne, juste)


def ecrire_les_remplissages(graines: Sequence[int], dossier: Path) -> list[Path]:
    """Un classeur vierge à courtes tables, rempli une fois par graine : des clés répétées, ou de
    longs textes."""
    with petites_tables():
        prevu = plan.planifier(modele(), Registre(Path("vierge.xlsx")))
        (dossier / "vierge.xlsx").write_bytes(generer(modele(), Registre(Path("x.xlsx")), AU))
    livre = load_workbook(dossier / "vierge.xlsx")
    remplis = [dossier / f"{graine}.xlsx" for graine in graines]
    for graine, chemin in zip(graines, remplis, strict=True):
        sorte = RemplissageLong if graine % 2 else RemplissageRepete
        sorte(prevu, graine).enregistrer(livre, chemin)
    return remplis


Changement = tuple[str, str, str]
"""Le fichier du modèle, ce qui s'y lit, ce que l'on écrit à la place."""

_CRITICITE = '{ cle = "indispensable", libelle = "Indispensable"'
_LIEU = '{ cle = "sans_donnees", libelle = "Sans données"'
SANS_COLONNE = "une colonne de moins"
ADAPTATIONS: Mapping[str, tuple[Changement, ...]] = {
    "une criticité avant les autres": (
        ("listes.toml", _CRITICITE, f'{{ cle = "vitale", libelle = "Vitale" }},\n  {_CRITICITE}'),
    ),
    "trois lieux de plus": (
        (
            "listes.toml",
            _LIEU,
            '{ cle = "canton", libelle = "Au canton" },\n'
            '  { cle = "district", libelle = "Dans le district" },\n'
            f'  {{ cle = "lune", libelle = "Ailleurs, on ne sait où" }},\n  {_LIEU}',
        ),
    ),
    SANS_COLONNE: (),
    "une liste renommée": (
        ("listes.toml", "[lieu_donnees]", "[places]"),
        ("feuilles/outils.toml", 'liste = "lieu_donnees"', 'liste = "places"'),
        ("listes.toml", 'libelle = "Locaux de la commune"', 'libelle = "Chez nous, à l\'étage"'),
    ),
}
COLONNE_OTEE = "responsable"
"""Une colonne utile des outils, que rien d'autre ne demande."""


def adapter(noms: Sequence[str], dossier: Path) -> Modele:
    """Le modèle communal, changé comme une commune le ferait."""
    copie = dossier / "modele"
    shutil.copytree(dossier_livre("modeles") / "communal", copie)
    for nom in noms:
        for fichier, avant, apres in ADAPTATIONS[nom]:
            _changer(copie / fichier, lambda texte, a=avant, b=apres: texte.replace(a, b))
    if SANS_COLONNE in noms:
        _changer(copie / "feuilles" / "outils.toml", _oter_la_colonne)
    return charger(copie)


def _changer(fichier: Path, changement: Callable[[str], str]) -> None:
    avant = fichier.read_text("utf-8")
    apres = changement(avant)
    assert apres != avant
    fichier.write_text(apres, "utf-8")


def _oter_la_colonne(texte: str) -> str:
    tete, *blocs = texte.split("[[colonnes]]\n")
    gardes = [bloc for bloc in blocs if not bloc.startswith(f'id = "{COLONNE_OTEE}"\n')]
    return "[[colonnes]]\n".join((tete, *gardes))


def ecrire_l_adapte(noms: Sequence[str], chemin: Path) -> None:
    """Valmarin, dans un classeur du modèle adapté ; deux outils se servent de ce qui est neuf."""
    adapte = adapter(noms, chemin.parent)
    donnees = json.loads(DONNEES.read_text("utf-8"))
    nouveaux = {"criticite": ("Vitale",), "lieu_donnees": ("Au canton", "Chez nous, à l'étage")}
    for outil in donnees["outils"]:
        if SANS_COLONNE in noms:
            outil.pop(COLONNE_OTEE, None)
    for colonne, valeurs in nouveaux.items():
        choix = adapte.choix(adapte.par_id["outils"].par_id[colonne])
        for outil, valeur in zip(donnees["outils"], valeurs, strict=False):
            outil[colonne] = valeur if valeur in choix else outil[colonne]
    registre, _ = lire_donnees(donnees, adapte, DONNEES)
    with petites_tables():
        chemin.write_bytes(generer(adapte, registre, AU))
