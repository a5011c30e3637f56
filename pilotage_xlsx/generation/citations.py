"""Les références d'une ligne, en formule : ce qui est cité existe-t-il ?

Un nom se cherche parmi les clés comparables des registres cités. Une ligne insérée, ou tapée sous
la table, n'a pas encore les formules qui donnent sa clé : son nom se cherche tel qu'il est tapé.
Rien ne se trouve dans une feuille effacée.
"""

from __future__ import annotations

from collections.abc import Iterable

from pilotage_xlsx.generation.formules import plage
from pilotage_xlsx.generation.plan import PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import capitaliser, citer, proteger, sans_jokers
from pilotage_xlsx.modele import SEPARATEUR
from pilotage_xlsx.socle.adresses import lettres_de

LARGEUR = 1000
"""Les signes lus d'une cellule qui cite, et la place faite à chaque nom pour les séparer."""

NOMS_AU_PLUS = 20


def est_introuvable(noms: str, cites: Iterable[PlanDeRegistre]) -> str:
    """Vrai si aucun registre cité n'a cette clé (``noms`` : un nom, en capitales)."""
    return _absent_de_tous(noms, cites) + ">0"


def un_est_introuvable(texte: str, cites: Iterable[PlanDeRegistre], mentions: Iterable[str]) -> str:
    """Vrai si l'un des noms, séparés par « ; », n'est ni une clé ni une mention."""
    noms = _separer(texte)
    absents = _absent_de_tous(noms, cites)
    autres = "".join(f'*({noms}<>"{proteger(capitaliser(m))}")' for m in mentions)
    return f'SUMPRODUCT(({noms}<>"")*{absents}{autres})>0'


def _separer(texte: str) -> str:
    rangs = ",".join(str(rang) for rang in range(NOMS_AU_PLUS))
    espace = f'SUBSTITUTE({texte},"{SEPARATEUR}",REPT(" ",{LARGEUR}))'
    return f"TRIM(MID({espace},{{{rangs}}}*{LARGEUR}+1,{LARGEUR}))"


def _absent_de_tous(noms: str, cites: Iterable[PlanDeRegistre]) -> str:
    return "*".join(_absent(noms, cite) for cite in cites)


def _absent(noms: str, cite: PlanDeRegistre) -> str:
    cherche, cles = sans_jokers(noms), _cles(cite)
    tapees = f'COUNTIFS({plage(cite, cite.feuille.cle or "")},"="&{cherche},{cles},"=")'
    return f"ISERROR(MATCH({cherche},{cles},0))*(IFERROR({tapees},0)=0)"


def _cles(cite: PlanDeRegistre) -> str:
    """La colonne des clés comparables, de l'en-tête jusque sous la table."""
    ou = lettres_de(cite.rang_technique("cle"))
    return f"{citer(cite.feuille.libelle)}!${ou}${cite.ligne_entete}:${ou}${cite.derniere_aidee}"
