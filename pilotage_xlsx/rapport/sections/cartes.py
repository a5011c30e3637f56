"""Les cinq chiffres, en mots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pilotage_xlsx.rapport.chiffres import Chiffre, Compte, Mesure
from pilotage_xlsx.rapport.document import Carte
from pilotage_xlsx.rapport.mots import TIRET, compter, sur
from pilotage_xlsx.socle.typographie import montant, nombre

SANS_OBJET = "sans objet"


def dresser(
    cinq: tuple[Chiffre, ...], *, en_service: int, annee_precedente: int
) -> tuple[Carte, ...]:
    """Les cinq cartes, dans l'ordre ; ``en_service`` : le nombre d'outils en service."""
    return tuple(_dresser(chiffre, en_service, annee_precedente) for chiffre in cinq)


def montrer(mesure: Mesure, compte: Compte) -> str:
    """La valeur d'un des cinq chiffres telle qu'elle s'écrit partout."""
    if mesure is Mesure.COUT:
        return _francs(compte.valeur) if compte.lignes else TIRET
    return SANS_OBJET if compte.sur == 0 else sur(compte)


def libeller(mesure: Mesure, compte: Compte) -> str:
    """Le libellé d'un des cinq chiffres, accordé à sa valeur."""
    singulier, pluriel = _LIBELLES[mesure]
    return singulier if compte.valeur < 2 else pluriel


def _francs(valeur: float) -> str:
    """48'200, ou 48'200.50 s'il y a des centimes."""
    return nombre(valeur) if float(valeur).is_integer() else montant(valeur)


def _dresser(chiffre: Chiffre, en_service: int, annee: int) -> Carte:
    ancien = chiffre.precedent
    return Carte(
        valeur=montrer(chiffre.mesure, chiffre.compte),
        libelle=libeller(chiffre.mesure, chiffre.compte),
        phrase=_PHRASES[chiffre.mesure](chiffre.compte, en_service),
        precedent=montrer(chiffre.mesure, ancien) if ancien else TIRET,
        annee_precedente=annee,
    )


_LIBELLES: Mapping[Mesure, tuple[str, str]] = {
    Mesure.INDISPENSABLES: ("outil indispensable", "outils indispensables"),
    Mesure.RESTAURATION: ("restauration testée",) * 2,
    Mesure.ACCES: ("accès tenus par la commune",) * 2,
    Mesure.COUT: ("francs par an",) * 2,
    Mesure.A_CLARIFIER: ("point à clarifier", "points à clarifier"),
}


def _dire_indispensables(_: Compte, en_service: int) -> str:
    if not en_service:
        return "aucun outil en service inscrit"
    return f"sur {compter(en_service, 'outil')} en service"


def _dire_restauration(compte: Compte, _: int) -> str:
    reste = (compte.sur or 0) - int(compte.valeur)
    fait = (
        f"{nombre(reste)} sans essai inscrit" if reste else _tous(compte, "avec un essai inscrit")
    )
    return fait + _dire_sans_objet(compte)


def _dire_acces(compte: Compte, _: int) -> str:
    reste = (compte.sur or 0) - int(compte.valeur)
    fait = (
        compter(reste, "non tenu ou sans réponse", "non tenus ou sans réponse")
        if reste
        else _tous(compte, "tenus")
    )
    return fait + _dire_sans_objet(compte)


def _tous(compte: Compte, etat: str) -> str:
    if compte.sur:
        return f"tous {etat}"
    return "aucun outil concerné" if compte.sans_objet else "aucun outil indispensable inscrit"


def _dire_sans_objet(compte: Compte) -> str:
    return f", {nombre(compte.sans_objet)} sans objet" if compte.sans_objet else ""


def _dire_cout(compte: Compte, _: int) -> str:
    if not compte.lignes:
        return "aucun coût inscrit"
    return f"connu pour {compter(len(compte.lignes), 'outil')} sur {nombre(compte.sur or 0)}"


def _dire_clarifier(compte: Compte, _: int) -> str:
    if not compte.lignes:
        return "aucune réponse « À clarifier »"
    return f"dans {compter(len(compte.lignes), 'ligne')}"


_PHRASES: Mapping[Mesure, Callable[[Compte, int], str]] = {
    Mesure.INDISPENSABLES: _dire_indispensables,
    Mesure.RESTAURATION: _dire_restauration,
    Mesure.ACCES: _dire_acces,
    Mesure.COUT: _dire_cout,
    Mesure.A_CLARIFIER: _dire_clarifier,
}
