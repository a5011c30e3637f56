"""Les références d'une ligne, en formule : ce qui est cité existe-t-il ?

Un nom se cherche parmi les clés comparables des registres cités. Une ligne insérée, ou tapée sous
la table, n'a pas encore les formules qui donnent sa clé : son nom se cherche tel qu'il est tapé.
Rien ne se trouve dans une feuille effacée.
"""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.generation.balises import EXTRAIT_DE_NOMS
from pilotage_xlsx.generation.plan import TAPEES, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import comparable, en_capitales
from pilotage_xlsx.modele import SEPARATEUR, Colonne

NOMS_AU_PLUS = 15
"""Les noms d'une cellule qui se cherchent tous ensemble."""


def nommer(noms: str, rang: str) -> str:
    """Le nom de ce rang (dès 0), ou les noms de ces rangs, parmi ceux que « ; » sépare."""
    separes = f'SUBSTITUTE({noms},"{SEPARATEUR}",REPT(" ",{EXTRAIT_DE_NOMS}))'
    return f"TRIM(MID({separes},{EXTRAIT_DE_NOMS}*{rang}+1,{EXTRAIT_DE_NOMS}))"


def ce_nom_manque(nom: str, cites: Sequence[PlanDeRegistre]) -> str:
    """1 si le nom n'est la clé d'aucun de ces registres, sinon 0."""
    return f'IF({nom}="",0,{_absent(nom, cites)})'


def un_nom_manque(
    noms: str,
    un_par_un: Sequence[str],
    cites: Sequence[PlanDeRegistre],
    colonne: Colonne,
    rangs: str,
) -> str:
    """1 si l'un des noms n'est ni une clé ni une mention ; ``un_par_un`` : les premiers, à part.

    ``rangs`` : les cellules qui comptent de 0 à `NOMS_AU_PLUS`. Des rangs écrits dans la formule
    la font partager de travers : LibreOffice y décale ses références à chaque colonne insérée.
    """
    mentions = [en_capitales(comparable(ecrit)) for ecrit in colonne.mentions_ecrites]
    manques = []
    for nom in un_par_un:
        connus = "".join(f",{nom}={mention}" for mention in mentions)
        rien = f'OR({nom}=""{connus})' if connus else f'{nom}=""'
        manques.append(f"IF({rien},0,{_absent(nom, cites)})")
    combien = f'LEN({noms})-LEN(SUBSTITUTE({noms},"{SEPARATEUR}",""))'
    tous = _ensemble(nommer(noms, rangs), cites, mentions)
    return f'IF({noms}="",0,IF({combien}<{len(un_par_un)},SIGN({"+".join(manques)}),SIGN({tous})))'


def _ensemble(nom: str, cites: Sequence[PlanDeRegistre], mentions: Sequence[str]) -> str:
    absents = "".join(f"*(({_trouver(nom, cite)})=0)" for cite in cites)
    autres = "".join(f"*({nom}<>{mention})" for mention in mentions)
    return f'SUMPRODUCT(({nom}<>""){absents}{autres})'


def _absent(nom: str, cites: Sequence[PlanDeRegistre]) -> str:
    trouves = "+".join(_trouver(nom, cite) for cite in cites)
    return f"IF({trouves}=0,1,0)"


def _trouver(nom: str, cite: PlanDeRegistre) -> str:
    """Plus de 0 si le nom est une clé comparable, ou telle que tapée ; « #REF! » n'en est pas une.

    Une recherche de LibreOffice trouve ce nom dans une cellule en erreur.
    """
    return (
        f"ISNUMBER(MATCH({nom},{cite.nommer('cle')},0))"
        f'+(LEFT({nom},1)<>"#")*ISNUMBER(MATCH({nom},{cite.nommer(TAPEES)},0))'
    )
