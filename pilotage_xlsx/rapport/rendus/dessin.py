"""La géométrie des blocs de la page : hauteurs en pixels, places en pour-cent de la largeur.

En pour-cent, un graphique suit la largeur de l'écran ou de la feuille et ses textes gardent leur
taille. La description dit en mots tout ce que le dessin montre.
"""

from __future__ import annotations

from datetime import date

import msgspec

from pilotage_xlsx.rapport.document import Barre, Barres, Bloc, Repere, Tableau, Temps
from pilotage_xlsx.rapport.rendus.cases import ecrire
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.typographie import jour

_HAUTEUR_BARRE, _HAUTEUR_REPERE, _TETE = 40, 36, 24
_ETENDUE = 78
"""Part de la largeur qu'occupe une barre pleine ; le reste est à sa légende."""

_MOIS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.",
         "nov.", "déc.")  # fmt: skip


class TableauDessine(msgspec.Struct, frozen=True):
    """Un tableau dont chaque case est (genre, texte) ; ``largeurs`` en pour-cent."""

    titre: str
    largeurs: tuple[int, ...]
    colonnes: tuple[tuple[str, str], ...]
    lignes: tuple[tuple[tuple[str, str], ...], ...]
    sorte: str = "tableau"


class TraitDeBarre(msgspec.Struct, frozen=True):
    """Une barre placée."""

    libelle: str
    legende: str
    haut: int
    largeur: float


class BarresDessinees(msgspec.Struct, frozen=True):
    """Des barres placées."""

    titre: str
    description: str
    hauteur: int
    etendue: int
    traits: tuple[TraitDeBarre, ...]
    sorte: str = "barres"


class Mois(msgspec.Struct, frozen=True):
    """Le début d'un mois sur la ligne du temps."""

    libelle: str
    x: float


class TraitDeTemps(msgspec.Struct, frozen=True):
    """Un repère placé ; ``alerte`` est la place du dernier jour pour agir, s'il est à venir."""

    libelle: str
    haut: int
    fin: float
    alerte: float | None
    texte: float
    ancre: str


class TempsDessine(msgspec.Struct, frozen=True):
    """Une ligne du temps placée."""

    titre: str
    description: str
    hauteur: int
    mois: tuple[Mois, ...]
    traits: tuple[TraitDeTemps, ...]
    cle: str
    sorte: str = "temps"


Dessin = TableauDessine | BarresDessinees | TempsDessine


def dessiner(bloc: Bloc) -> Dessin:
    """Place un bloc."""
    match bloc:
        case Tableau():
            return _dessiner_tableau(bloc)
        case Barres():
            return _dessiner_barres(bloc)
        case Temps():
            return _dessiner_temps(bloc)


def _dessiner_tableau(tableau: Tableau) -> TableauDessine:
    genres = [colonne.genre for colonne in tableau.colonnes]
    total = sum(colonne.largeur for colonne in tableau.colonnes)
    return TableauDessine(
        tableau.titre,
        tuple(round(100 * colonne.largeur / total) for colonne in tableau.colonnes),
        tuple((colonne.genre.value, colonne.titre) for colonne in tableau.colonnes),
        tuple(
            tuple(
                (genre.value, ecrire(case, genre))
                for genre, case in zip(genres, ligne, strict=True)
            )
            for ligne in tableau.lignes
        ),
    )


def _dessiner_barres(barres: Barres) -> BarresDessinees:
    return BarresDessinees(
        barres.titre,
        " ; ".join(f"{barre.libelle} : {barre.legende}" for barre in barres.barres),
        len(barres.barres) * _HAUTEUR_BARRE,
        _ETENDUE,
        tuple(_placer_barre(rang, barre) for rang, barre in enumerate(barres.barres)),
    )


def _placer_barre(rang: int, barre: Barre) -> TraitDeBarre:
    part = barre.valeur / barre.sur if barre.sur else 0
    haut = rang * _HAUTEUR_BARRE
    return TraitDeBarre(barre.libelle, barre.legende, haut, round(part * _ETENDUE, 2))


def _dessiner_temps(temps: Temps) -> TempsDessine:
    return TempsDessine(
        temps.titre,
        " ; ".join(_decrire(repere) for repere in temps.reperes),
        _TETE + len(temps.reperes) * _HAUTEUR_REPERE,
        _mois(temps),
        tuple(_placer_repere(rang, repere, temps) for rang, repere in enumerate(temps.reperes)),
        "Rond vide : dernier jour pour résilier, s'il est à venir. Rond plein : échéance.",
    )


def _decrire(repere: Repere) -> str:
    avant = f" (dernier jour pour résilier : {jour(repere.alerte)})" if repere.alerte else ""
    return f"{repere.libelle} : {jour(repere.jour)}{avant}"


def _placer_repere(rang: int, repere: Repere, temps: Temps) -> TraitDeTemps:
    fin = _place(repere.jour, temps)
    est_a_droite = fin > 50
    return TraitDeTemps(
        f"{repere.libelle} · {jour(repere.jour)}",
        _TETE + rang * _HAUTEUR_REPERE,
        fin,
        _place(repere.alerte, temps) if repere.alerte and repere.alerte >= temps.debut else None,
        fin + 1 if est_a_droite else max(fin - 1, 0),
        "end" if est_a_droite else "start",
    )


def _mois(temps: Temps) -> tuple[Mois, ...]:
    """Un mois sur deux, pour que les noms tiennent sur un téléphone."""
    premier = ajouter_mois(temps.debut.replace(day=1), 1)
    debuts = (ajouter_mois(premier, rang) for rang in range(0, 12, 2))
    return tuple(
        Mois(_MOIS[debut.month - 1], _place(debut, temps)) for debut in debuts if debut < temps.fin
    )


def _place(quand: date, temps: Temps) -> float:
    """La place d'un jour, de 1 à 97 pour-cent de la largeur."""
    part = (quand - temps.debut).days / max((temps.fin - temps.debut).days, 1)
    return round(1 + 96 * min(max(part, 0), 1), 2)
