"""Envoyer : le brouillon d'un rapport ou d'un avis ; remettre au serveur reste à `envoi`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pilotage_xlsx.envoi import (
    Depart,
    EnvoiRefuse,
    choisir_destinataires,
    choisir_expediteur,
    contenu_de_l_avis,
    contenu_du_rapport,
    octets_du_brouillon,
)
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.socle.entree import EntreeRefusee


def preparer_le_courriel(
    fichiers: Mapping[str, bytes],
    *,
    instant: datetime,
    a: Iterable[str] = (),
    de: str | None = None,
) -> bytes:
    """Le brouillon ``.eml`` d'un rapport ou d'un avis, à ouvrir, relire et envoyer.

    ``fichiers`` : ce que rend `rapport`, ou un avis en texte et ce qui s'y joint. ``instant`` date
    le message (avec fuseau) ; son identifiant en découle. ``a``, ``de`` : l'exécutif et le référent
    du classeur, par défaut. Lève `GesteImpossible` si une adresse manque, ou si le rapport est
    abîmé.
    """
    try:
        contenu = contenu_de_l_avis(fichiers) or contenu_du_rapport(fichiers)
        depart = Depart(
            contenu,
            choisir_expediteur(contenu, de),
            choisir_destinataires(contenu, tuple(a)),
            instant,
        )
        return octets_du_brouillon(depart.message)
    except (EnvoiRefuse, EntreeRefusee) as faute:
        raise GesteImpossible(str(faute), moyens=faute.moyens) from None
