"""Les cinq chiffres, en mots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    COUT_ANNUEL,
    EN_SERVICE,
    INDISPENSABLES,
    RESTAURATION,
)
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER
from pilotage_xlsx.metier.mesure import Chiffre, Mesure, Mesures
from pilotage_xlsx.rapport.document import Carte
from pilotage_xlsx.rapport.mots import TIRET, compter, sur
from pilotage_xlsx.socle.typographie import montant, nombre

SANS_OBJET = "sans objet"


def dresser(
    mesures: Mesures, anciennes: Mesures | None, *, annee_precedente: int
) -> tuple[Carte, ...]:
    """Les cinq cartes, dans l'ordre ; ``anciennes`` : les cinq de l'an passé, s'il est connu."""
    en_service = mesures[EN_SERVICE].compte
    return tuple(
        Carte(
            valeur=montrer(chiffre, mesures[chiffre]),
            libelle=chiffre.libeller(mesures[chiffre]),
            phrase=_PHRASES[chiffre.cle](mesures[chiffre], en_service),
            precedent=montrer(chiffre, anciennes[chiffre]) if anciennes else TIRET,
            annee_precedente=annee_precedente,
        )
        for chiffre in CINQ
    )


def montrer(chiffre: Chiffre, mesure: Mesure) -> str:
    """La valeur d'un chiffre telle qu'elle s'écrit partout ; une somme n'est part de rien."""
    if chiffre.est_un_montant:
        return _francs(mesure.valeur) if mesure.lignes else TIRET
    if chiffre.valeur is not None:
        return nombre(round(mesure.valeur, 2))
    return SANS_OBJET if mesure.sur == 0 else sur(mesure)


def _francs(valeur: float) -> str:
    """48'200, ou 48'200.50 s'il y a des centimes."""
    arrondie = round(float(valeur), 2)
    return nombre(arrondie) if arrondie.is_integer() else montant(arrondie)


def _dire_indispensables(_: Mesure, en_service: int) -> str:
    if not en_service:
        return "aucun outil en service inscrit"
    return f"sur {compter(en_service, 'outil')} en service"


def _dire_restauration(mesure: Mesure, _: int) -> str:
    reste = (mesure.sur or 0) - int(mesure.valeur)
    fait = (
        f"{nombre(reste)} sans essai inscrit" if reste else _tous(mesure, "avec un essai inscrit")
    )
    return fait + _dire_sans_objet(mesure)


def _dire_acces(mesure: Mesure, _: int) -> str:
    reste = (mesure.sur or 0) - int(mesure.valeur)
    fait = (
        compter(reste, "non tenu ou sans réponse", "non tenus ou sans réponse")
        if reste
        else _tous(mesure, "tenus")
    )
    return fait + _dire_sans_objet(mesure)


def _tous(mesure: Mesure, etat: str) -> str:
    if mesure.sur:
        return f"tous {etat}"
    return "aucun outil concerné" if mesure.sans_objet else "aucun outil indispensable inscrit"


def _dire_sans_objet(mesure: Mesure) -> str:
    return f", {nombre(mesure.sans_objet)} sans objet" if mesure.sans_objet else ""


def _dire_cout(mesure: Mesure, _: int) -> str:
    if not mesure.lignes:
        return "aucun coût inscrit"
    return f"connu pour {compter(mesure.compte, 'outil')} sur {nombre(mesure.sur or 0)}"


def _dire_clarifier(mesure: Mesure, _: int) -> str:
    if not mesure.lignes:
        return "aucune réponse « À clarifier »"
    return f"dans {compter(mesure.compte, 'ligne')}"


_PHRASES: Mapping[str, Callable[[Mesure, int], str]] = {
    INDISPENSABLES.cle: _dire_indispensables,
    RESTAURATION.cle: _dire_restauration,
    ACCES.cle: _dire_acces,
    COUT_ANNUEL.cle: _dire_cout,
    A_CLARIFIER.cle: _dire_clarifier,
}
