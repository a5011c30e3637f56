"""Les points à décider, en mots : objet, proposition, contexte, coût, dernier jour."""

from __future__ import annotations

from dataclasses import replace

from pilotage_xlsx.metier.affaires import Nature, Sinon
from pilotage_xlsx.rapport.chiffres import Point, Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau, Vote
from pilotage_xlsx.rapport.mots import (
    TIRET,
    abreger,
    lire,
    lire_un_fait,
    majuscule,
    nommer,
    origine,
)
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour, montant

SUR_LA_PAGE = 5
_OBJET, _CONTEXTE = 42, 68
_PROPOSITION_LARGE, _PROPOSITION_SERREE, _PEU = 160, 72, 3
"""Ce qui tient sur la première page, selon qu'elle a peu de points ou non ; le reste se lit en
entier dans l'annexe."""

_PAR_AN = " par\u00a0an"
_A_VENIR = {
    Sinon.PREND_FIN: "renouveler le contrat, ou le laisser finir",
    Sinon.CONTINUE: "garder ou résilier le contrat",
}
_PASSES = {
    Sinon.SERA_RECONDUIT: "prendre acte de la reconduction à venir, ou renégocier",
    Sinon.A_ETE_RECONDUIT: "prendre acte de la reconduction du contrat",
    Sinon.A_PRIS_FIN: "renouveler le contrat échu, ou arrêter l'outil",
    Sinon.INCERTAIN: "éclaircir si le contrat est reconduit",
}
"""Ce qui se propose pour un contrat, selon que son dernier jour est à venir ou passé."""


def voter(rapport: Rapport) -> tuple[Vote, ...]:
    """Tous les points, en entier, numérotés dans leur ordre."""
    return tuple(_voter(rang, point, rapport) for rang, point in enumerate(rapport.points, 1))


def resserrer(votes: tuple[Vote, ...]) -> tuple[Vote, ...]:
    """Les mêmes points, à la mesure de la première page."""
    longueur = _PROPOSITION_LARGE if len(votes) <= _PEU else _PROPOSITION_SERREE
    return tuple(
        replace(
            vote,
            objet=abreger(vote.objet, _OBJET),
            proposition=abreger(vote.proposition, longueur),
            contexte=abreger(vote.contexte, _CONTEXTE),
        )
        for vote in votes
    )


def _voter(rang: int, point: Point, rapport: Rapport) -> Vote:
    return Vote(
        rang,
        objet=_objet(point),
        proposition=_proposition(point, rapport),
        contexte=_contexte(point),
        cout=_cout(point),
        dernier_jour=_dernier_jour(point, rapport),
    )


def _objet(point: Point) -> str:
    match point.nature:
        case Nature.PROPOSITION | Nature.REVISION:
            numero = lire(point.ligne, "numero")
            return lire_un_fait(point.ligne, "outil", sinon=numero).replace(";", ",")
        case _:
            return nommer(point.ligne)


def _proposition(point: Point, rapport: Rapport) -> str:
    match point.nature:
        case Nature.PROPOSITION:
            return lire_un_fait(point.ligne, "proposition", sinon=lire(point.ligne, "decision"))
        case Nature.REVISION:
            return f"confirmer ou revoir la décision {lire(point.ligne, 'numero')}"
        case Nature.CONTRAT:
            return _proposition_sur_le_contrat(point, rapport)
        case _:
            return "décider du remplacement"


def _proposition_sur_le_contrat(point: Point, rapport: Rapport) -> str:
    est_passe = point.dernier_jour is not None and point.dernier_jour < rapport.au
    propositions = _PASSES if est_passe else _A_VENIR
    return propositions.get(point.sinon or Sinon.INCERTAIN, "renouveler ou résilier le contrat")


def _contexte(point: Point) -> str:
    ligne = point.ligne
    date = lire_un_fait(ligne, "date", sinon=TIRET)
    match point.nature:
        case Nature.PROPOSITION:
            return f"Décision {lire(ligne, 'numero')}, proposée le {date}."
        case Nature.REVISION:
            return f"{lire(ligne, 'decision').rstrip('.')}. Prise le {date}."
        case Nature.CONTRAT:
            return _contexte_du_contrat(ligne)
        case _:
            return f"{lire(ligne, 'prestataire')}, sans décision ouverte."


def _contexte_du_contrat(outil: Ligne) -> str:
    renouvellement = lire(outil, "renouvellement", sinon="tacite ?").lower()
    return (
        f"{lire(outil, 'prestataire')}, jusqu'au {lire(outil, 'echeance')} ({renouvellement}), "
        "sans proposition."
    )


def _cout(point: Point) -> str:
    if point.cout is None:
        return TIRET
    return montant(point.cout) + (_PAR_AN if point.cout_est_annuel else "")


def _dernier_jour(point: Point, rapport: Rapport) -> str:
    if point.dernier_jour is None:
        return TIRET
    passe = " (passé)" if point.dernier_jour < rapport.au else ""
    return f"{jour(point.dernier_jour)}{passe}"


_COLONNES = (
    ColonneDeTable("N°", GenreDeColonne.NOMBRE, 6),
    ColonneDeTable("Objet", GenreDeColonne.FORT, 26),
    ColonneDeTable("Proposition", largeur=40),
    ColonneDeTable("Contexte", GenreDeColonne.DISCRET, 46),
    ColonneDeTable("Coût", largeur=16),
    ColonneDeTable("Dernier jour", largeur=18),
    ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
)


def points(rapport: Rapport) -> Section | None:
    """Tous les points en entier, si la première page n'a pu les dire tous ou les a abrégés."""
    votes = voter(rapport)
    if len(votes) <= SUR_LA_PAGE and resserrer(votes) == votes:
        return None
    lignes = tuple(
        (
            v.rang,
            v.objet,
            majuscule(v.proposition),
            v.contexte,
            v.cout,
            v.dernier_jour,
            origine(p.ligne),
        )
        for v, p in zip(votes, rapport.points, strict=True)
    )
    tableau = Tableau("Dans l'ordre de la première page", _COLONNES, lignes)
    titre = "Tous les points à décider, en entier"
    return Section("points", "À décider", titre, (), (tableau,))
