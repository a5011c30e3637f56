"""Les organes publics au nom commun : « Administration cantonale » est une autre par canton."""

from __future__ import annotations

from pilotage_xlsx.metier.regroupement.formes import former
from pilotage_xlsx.metier.regroupement.lieux import est_propre
from pilotage_xlsx.socle.textes import Texte, retenir

_PUBLICS = frozenset({"canton", "cantonal", "etat", "intercommunal", "district", "regional"})


def selon_le_canton(nom: Texte, canton: Texte | None) -> str:
    """« Administration cantonale (VD) » ; le nom tel quel s'il désigne quelqu'un à lui seul."""
    return f"{nom} ({canton})" if canton and _est_un_organe(nom) else nom


@retenir(50_000)
def _est_un_organe(nom: Texte) -> bool:
    mots = former(nom).mots
    return bool(_PUBLICS & set(mots)) and not any(map(est_propre, mots))
