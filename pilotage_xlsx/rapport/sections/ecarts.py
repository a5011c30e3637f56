"""Les écarts avec l'an passé : ce qui a changé, et ce qu'aucune décision n'explique."""

from __future__ import annotations

from pilotage_xlsx.metier.evolution import Changement, Evolution, NatureDeChangement, titre_de
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Case, ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import TIRET, compter, dont, epurer, lire, nommer, origine
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import montant

_COLONNES = (
    ColonneDeTable("Outil", GenreDeColonne.FORT, 28),
    ColonneDeTable("Ce qui change", largeur=30),
    ColonneDeTable("Avant", largeur=22),
    ColonneDeTable("Après", largeur=22),
    ColonneDeTable("Décision", largeur=18),
    ColonneDeTable("Origine", GenreDeColonne.DISCRET, 22),
)
_DURABLE, _DURABLES = "durable sans décision", "durables sans décision"


def ecarts(rapport: Rapport) -> Section | None:
    """Ce qui a changé depuis le classeur de l'an passé, sans décision d'abord."""
    evolution = rapport.evolution
    if evolution is None:
        return None
    titre = f"Écarts avec {rapport.precedent}"
    changements = sorted(
        evolution.changements, key=lambda c: (not c.est_sans_decision, not c.est_anticipe)
    )
    phrases = (_resumer(evolution), *map(epurer, evolution.remarques))
    if not changements:
        return Section("ecarts", "Écarts", titre, phrases)
    tableau = Tableau(
        "Changements, sans décision d'abord",
        _COLONNES,
        tuple(_dire(c, rapport) for c in changements),
    )
    return Section("ecarts", "Écarts", titre, phrases, (tableau,))


def _resumer(evolution: Evolution) -> str:
    if not evolution.changements:
        return "Aucun changement d'un classeur à l'autre."
    part = dont(len(evolution.sans_decision), f"aucun {_DURABLE}", _DURABLE, _DURABLES)
    faits = len(evolution.anticipes)
    avant = f", et {compter(faits, 'fait')} avant la décision" if faits else ""
    return f"{compter(len(evolution.changements), 'changement')}, {part}{avant}."


def _dire(changement: Changement, rapport: Rapport) -> tuple[Case, ...]:
    return (
        nommer(changement.outil),
        titre_de(changement.nature),
        _montrer(changement, changement.avant, rapport),
        _montrer(changement, changement.apres, rapport),
        _decider(changement),
        _situer(changement, rapport),
    )


def _situer(changement: Changement, rapport: Rapport) -> str:
    """La ligne à relire ; celle d'un outil disparu est dans le classeur de l'an passé."""
    lieu = origine(changement.outil)
    return lieu if changement.apres else f"{lieu} ({rapport.precedent})"


def _montrer(changement: Changement, ligne: Ligne | None, rapport: Rapport) -> str:
    """La valeur qui change, avant ou après."""
    if ligne is None:
        return TIRET
    match changement.nature:
        case NatureDeChangement.COUT:
            cout = ligne.nombre("cout_annuel")
            return TIRET if cout is None else montant(cout)
        case (
            NatureDeChangement.APPARU
            | NatureDeChangement.DISPARU
            | NatureDeChangement.PROJET
            | NatureDeChangement.INSCRIT
        ):
            return lire(ligne, "statut", sinon=rapport.reperes.statut_tacite)
        case _:
            return lire(ligne, changement.colonne)


def _decider(changement: Changement) -> str:
    """Les décisions qui l'expliquent ; « aucune » s'il en fallait une, un tiret sinon."""
    if changement.decisions:
        numeros = ", ".join(lire(decision, "numero") for decision in changement.decisions)
        return f"fait avant la décision ({numeros})" if changement.est_anticipe else numeros
    return "aucune" if changement.exige_une_decision else TIRET
