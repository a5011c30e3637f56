"""Regrouper : les façons d'écrire un même prestataire, réunies ou proposées, avec la confiance.

Au sol : ne connaît que des textes. Le contrôle, la consolidation et la mutualisation s'en servent.

>>> selon_le_canton("Administration cantonale", "VD"), selon_le_canton("Alpha SA", "VD")
('Canton de Vaud', 'Alpha SA')
"""

from __future__ import annotations

from pilotage_xlsx.metier.regroupement.canton import est_le_canton, nommer_le_canton
from pilotage_xlsx.metier.regroupement.formes import former
from pilotage_xlsx.metier.regroupement.groupes import (
    GroupeDeNoms,
    Membre,
    Proposition,
    Regroupement,
    regrouper,
)
from pilotage_xlsx.metier.regroupement.lieux import est_propre
from pilotage_xlsx.metier.regroupement.paires import numero_valide
from pilotage_xlsx.metier.regroupement.produits import (
    Produit,
    former_un_produit,
    le_mieux_ecrit,
    sans_capitales,
    sont_le_meme,
)
from pilotage_xlsx.socle.textes import Texte, retenir

_PUBLICS = frozenset({"canton", "cantonal", "etat", "intercommunal", "district", "regional"})


def selon_le_canton(nom: Texte, canton: Texte | None) -> str:
    """« Canton de Vaud », « Association intercommunale (VD) » ; le nom tel quel s'il se suffit."""
    if est_le_canton(nom):
        return nommer_le_canton(nom, canton)
    return f"{nom} ({canton})" if canton and _est_un_organe(nom) else nom


@retenir(50_000)
def _est_un_organe(nom: Texte) -> bool:
    mots = former(nom).mots
    return bool(_PUBLICS & set(mots)) and not any(map(est_propre, mots))


__all__ = [
    "GroupeDeNoms",
    "Membre",
    "Produit",
    "Proposition",
    "Regroupement",
    "est_le_canton",
    "former_un_produit",
    "le_mieux_ecrit",
    "numero_valide",
    "regrouper",
    "sans_capitales",
    "selon_le_canton",
    "sont_le_meme",
]
