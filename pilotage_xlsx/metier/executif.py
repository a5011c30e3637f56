"""Le mot propre à la commune pour son exécutif, avec l'article qui lui va (docs/domaine.md §2).

>>> nommer("Municipalité").de_executif, nommer("le Conseil communal").a_executif
('de la Municipalité', 'au Conseil communal')
>>> nommer("Stadtrat").executif
"l'exécutif"
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.vocabulaire import MotsPropres
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle_large, normaliser

_ARTICLE = motif(r"^(?:la |le |l['’])", re.IGNORECASE)
_FEMININS = ("municipalite", "mairie", "direction", "commission")
_MASCULINS = ("conseil", "college", "comite", "bureau")


class Appellation(NamedTuple):
    """L'exécutif dans une phrase : sujet ou objet, « à… », « de… »."""

    executif: str
    a_executif: str
    de_executif: str


def sans_article(nom: Texte) -> str:
    """« Municipalité » pour « la Municipalité », les blancs normalisés."""
    return _ARTICLE.sub("", normaliser(nom))


def mots_propres(modele: Modele, commune: Ligne) -> MotsPropres:
    """Ce que la commune écrit pour les valeurs qu'elle nomme elle-même, sans article d'abord."""
    dits = {colonne: commune.texte(colonne) for colonne in modele.nommees}
    return {
        colonne: tuple(dict.fromkeys((sans_article(dit), normaliser(dit))))
        for colonne, dit in dits.items()
        if dit
    }


def nommer(nom: Texte | None) -> Appellation:
    """« la Municipalité », « au Conseil communal » ; « l'exécutif » si l'article est inconnu."""
    nom = sans_article(nom or "")
    forme = cle_large(nom)
    if nom and forme.startswith(_FEMININS):
        mot = f"la {nom}"
        return Appellation(mot, f"à {mot}", f"de {mot}")
    if nom and forme.startswith(_MASCULINS):
        return Appellation(f"le {nom}", f"au {nom}", f"du {nom}")
    return Appellation("l'exécutif", "à l'exécutif", "de l'exécutif")
