"""Ce que la commande ajoute au remède d'un geste, qui vaut partout : ses options."""

from __future__ import annotations

from collections.abc import Iterable

from pilotage_xlsx.socle.systeme import Moyen

OPTIONS = {
    Moyen.DESTINATAIRE: "Ou dites à qui : --a ADRESSE.",
    Moyen.EXPEDITEUR: "Ou dites de qui : --de ADRESSE.",
    Moyen.MODELE: "Ou dites d'après quel modèle lire : --modele DOSSIER, ou --modele communal, "
    "celui qui est livré.",
}
"""Chaque remède que seul l'appelant peut donner, par l'option qui le donne ici."""


def proposer(moyens: Iterable[Moyen]) -> Iterable[str]:
    """Une phrase par moyen."""
    return (OPTIONS[moyen] for moyen in moyens)
