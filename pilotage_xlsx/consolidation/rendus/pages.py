"""Les feuilles du classeur consolidé : titre, table, colonnes. Pur, sans tableur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.tables import titre_propre
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.typographie import nombre

_STYLES = {
    Genre.DATE: "date",
    Genre.DATE_HEURE: "date_heure",
    Genre.CALCULE: "date",
    Genre.MONTANT: "montant",
    Genre.ENTIER: "numero",
}
_LARGEUR_PROPRE = 20
_LARGEUR_MAX = 36


class Entete(NamedTuple):
    """Une colonne montrée : celle de la table, son titre, sa largeur, son style."""

    colonne: str
    titre: str
    largeur: int
    style: str = "texte"


@dataclass(frozen=True, slots=True)
class Page:
    """Une feuille : son nom, son titre, ses phrases, et la table qu'elle montre."""

    nom: str
    titre: str
    phrases: tuple[str, ...]
    table: pd.DataFrame
    entetes: tuple[Entete, ...]
    est_registre: bool = False


_ORIGINE = (
    Entete("source_commune", "Commune", 18, "gras"),
    Entete("source_ofs", "N° OFS", 8, "numero"),
    Entete("source_annee", "Année", 8, "numero"),
    Entete("source_fichier", "Fichier", 24),
    Entete("source_feuille", "Feuille", 13),
    Entete("source_ligne", "Ligne", 8, "numero"),
)
_EN_VIGUEUR = Entete("en_vigueur", "En vigueur", 10)

_CONSTATS = (
    Entete("commune", "Commune", 18, "gras"),
    Entete("annee", "Année", 8, "numero"),
    Entete("gravite", "Gravité", 15),
    Entete("feuille", "Feuille", 14),
    Entete("cellule", "Cellule", 9),
    Entete("libelle", "Colonne", 18),
    Entete("valeur", "Valeur", 18),
    Entete("message", "Constat", 44),
    Entete("corriger", "Que faire", 38),
    Entete("regle", "Règle", 10),
    Entete("paragraphe", "§", 9),
    Entete("fichier", "Fichier", 20),
    Entete("sort", "Classeur", 11),
)
_CONFLITS = (
    Entete("commune", "Commune", 18, "gras"),
    Entete("annee", "Année", 8, "numero"),
    Entete("feuille", "Feuille", 14),
    Entete("ligne", "Inscription", 22),
    Entete("colonne", "Colonne", 20),
    Entete("valeur_retenue", "Valeur retenue", 28),
    Entete("place_retenue", "Place retenue", 17),
    Entete("retenu", "Fichier retenu", 22),
    Entete("valeur_ecartee", "Valeur écartée", 28),
    Entete("place_ecartee", "Place écartée", 17),
    Entete("ecarte", "Fichier écarté", 22),
)
_PROVENANCE = (
    Entete("fichier", "Fichier", 24, "gras"),
    Entete("sort", "Classeur", 11),
    Entete("raison", "Raison", 30),
    Entete("commune", "Commune", 16),
    Entete("annee", "Année", 8, "numero"),
    Entete("lues", "Lignes lues", 10, "entier"),
    Entete("en_vigueur", "En vigueur", 11, "entier"),
    Entete("hors_vigueur", "Hors vigueur", 11, "entier"),
    Entete("laissees", "De côté", 8, "entier"),
    Entete("masquees", "Valeurs masquées", 13, "entier"),
    Entete("remarques", "Ce qui n'est pas repris", 30),
    Entete("modele", "Modèle", 14),
    Entete("octets", "Octets", 11, "entier"),
    Entete("modifie", "Modifié le (temps universel)", 17),
    Entete("empreinte", "Empreinte SHA-256", 26),
)


def paginer(consolidation: Consolidation, modele: Modele) -> Iterator[Page]:
    """Les feuilles dans leur ordre : communes, fiches, registres, puis ce qui les juge."""
    yield _communes(consolidation, modele)
    for feuille in (modele.fiche, *modele.registres):
        yield _registre(consolidation.tables[feuille.id], feuille, modele)
    c = consolidation
    phrase = "Ce que le contrôle a trouvé dans chaque classeur, le plus grave d'abord."
    yield Page("Constats", "Constats", (phrase,), c.constats, _CONSTATS)
    phrase = "Deux classeurs d'une même commune pour une même année : ce que dit chacun."
    yield Page("Conflits", "Conflits", (phrase,), c.conflits, _CONFLITS)
    phrase = "Chaque fichier donné : ce qui en est pris, et pourquoi le reste ne l'est pas."
    yield Page("Provenance", "Provenance", (phrase, c.comptes.phrase()), c.provenance, _PROVENANCE)


def _communes(consolidation: Consolidation, modele: Modele) -> Page:
    table = consolidation.communes
    entetes = (
        *_ORIGINE[:2],
        Entete("source_canton", "Canton", 8),
        _ORIGINE[2],
        Entete("completude", "Complètes", 12, "part"),
        Entete("incompletes", "À compléter", 12, "entier"),
        *(Entete(f"completude.{f.id}", f.libelle, 13, "part") for f in modele.registres),
        Entete("erreurs", "Erreurs", 9, "entier"),
        Entete("avertissements", "Avertissements", 15, "entier"),
        Entete("attentions", "Points d'attention", 11, "entier"),
        Entete("outils", "Outils en service", 9, "entier"),
        Entete("indispensables", "dont indispensables", 15, "entier"),
        Entete("cout_annuel", "Coût annuel connu (CHF)", 14, "montant"),
        Entete("outils_au_cout_connu", "Coûts connus", 10, "entier"),
        Entete("source_fichier", "Fichier", 20),
    )
    phrases = (
        f"Préparé le {afficher(consolidation.au)}. {consolidation.phrase()}",
        consolidation.comptes.phrase(),
        "Complètes : lignes complètes sur lignes en vigueur, au total puis par registre.",
    )
    titre = f"Consolidation de {nombre(len(table))} classeur{'s' if len(table) > 1 else ''}"
    return Page("Communes", titre, phrases, table, entetes)


def _registre(table: pd.DataFrame, feuille: Feuille, modele: Modele) -> Page:
    """Une fiche dit déjà elle-même sa commune, son n° OFS et son année."""
    est_fiche = feuille is modele.fiche
    debut = _ORIGINE[3:5] if est_fiche else (*_ORIGINE, _EN_VIGUEUR)
    entetes = (*debut, *map(_colonne, feuille.colonnes), *_propres(table))
    nom = "Fiches" if est_fiche else feuille.libelle
    return Page(nom, nom, (feuille.resume,), table, tuple(_distinguer(entetes)), est_registre=True)


def _colonne(colonne: Colonne) -> Entete:
    largeur = min(colonne.largeur, _LARGEUR_MAX)
    return Entete(colonne.id, colonne.libelle, largeur, _STYLES.get(colonne.genre, "texte"))


def _propres(table: pd.DataFrame) -> Iterator[Entete]:
    for colonne in table.columns:
        if titre := titre_propre(colonne):
            yield Entete(colonne, titre, _LARGEUR_PROPRE)


def _distinguer(entetes: Iterable[Entete]) -> Iterator[Entete]:
    """Une table veut des en-têtes tous différents, à la casse près, et d'au plus 255 signes."""
    pris: set[str] = set()
    for entete in entetes:
        court = entete.titre[:240]
        titre, rang = court, 1
        while titre.casefold() in pris:
            rang += 1
            titre = f"{court} ({rang})"
        pris.add(titre.casefold())
        yield entete._replace(titre=titre)
