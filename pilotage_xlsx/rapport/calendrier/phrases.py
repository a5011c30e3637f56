"""Les mots d'une échéance : ce qui tombe ce jour-là, et ce qui arrive si personne ne décide."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.metier.affaires import Affaire, Nature, Sinon, Urgence
from pilotage_xlsx.socle.typographie import jour

_DU_CONTRAT: Mapping[Sinon, tuple[str, str]] = {
    Sinon.SERA_RECONDUIT: (
        "dernier jour pour résilier",
        "Sans résiliation ce jour-là au plus tard, le contrat repart au-delà du {terme}.",
    ),
    Sinon.A_ETE_RECONDUIT: (
        "contrat reparti de lui-même",
        "Le contrat est reparti au-delà du {terme} : inscrire sa nouvelle fin.",
    ),
    Sinon.PREND_FIN: (
        "fin du contrat",
        "Sans décision expresse, le contrat prend fin le {terme}.",
    ),
    Sinon.A_PRIS_FIN: ("contrat échu", "Le contrat a pris fin le {terme}."),
    Sinon.CONTINUE: (
        "jour inscrit pour un contrat sans fin",
        "Sans résiliation, le contrat continue au-delà du {terme}.",
    ),
    Sinon.INCERTAIN: (
        "dernier jour pour résilier, si le contrat se reconduit",
        "Le classeur ne dit pas si le contrat repart au-delà du {terme} : relire le contrat.",
    ),
}
_SANS_DELAI = {
    Sinon.SERA_RECONDUIT: "fin du contrat, délai de résiliation pas inscrit",
    Sinon.INCERTAIN: "fin du contrat, délai et renouvellement pas inscrits",
}
"""Faute de délai, le jour est celui de la fin : il ne se dit pas « dernier jour »."""

_REPARTIRA = "Le dernier jour est passé : le contrat repart au-delà du {terme}."
_DES_AUTRES: Mapping[Nature, tuple[str, str]] = {
    Nature.ADOPTION: ("adoption prévue", "La note ne vaut qu'une fois adoptée."),
    Nature.PROPOSITION: (
        "décision proposée, dernier jour utile",
        "Sans décision ce jour-là au plus tard, le contrat suit son cours.",
    ),
    Nature.REVISION: ("décision à revoir", "Sans nouvelle décision, elle reste en vigueur."),
}


def dire_quoi(affaire: Affaire) -> str:
    """Ce qui tombe ce jour-là : « dernier jour pour résilier »."""
    if affaire.sinon is None:
        return _des_autres(affaire)[0]
    if not affaire.delai_connu and affaire.sinon in _SANS_DELAI:
        return _SANS_DELAI[affaire.sinon]
    return _DU_CONTRAT[affaire.sinon][0]


def dire_sinon(affaire: Affaire) -> str:
    """Ce qui arrive sans décision, en une phrase ; d'un jour passé, ce qui est arrivé."""
    if affaire.sinon is None:
        return _des_autres(affaire)[1]
    phrase = _DU_CONTRAT[affaire.sinon][1]
    if affaire.sinon is Sinon.SERA_RECONDUIT and affaire.urgence is Urgence.PASSEE:
        phrase = _REPARTIRA
    if affaire.sinon is Sinon.SERA_RECONDUIT and not affaire.delai_connu:
        phrase = "Le contrat repart au-delà du {terme} : inscrire le délai de résiliation."
    return phrase.format(terme=jour(affaire.terme) if affaire.terme else "terme")


def _des_autres(affaire: Affaire) -> tuple[str, str]:
    return _DES_AUTRES.get(affaire.nature, (affaire.nature.value, ""))
