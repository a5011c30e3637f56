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

NOMS_AU_PLUS = 5
"""Les noms d'une cellule que la feuille cherche ; `verifier` les cherche tous."""


def nommer(noms: str, rang: int) -> str:
    """Le nom de ce rang (dès 0), parmi ceux que « ; » sépare."""
    separes = f'SUBSTITUTE({noms},"{SEPARATEUR}",REPT(" ",{EXTRAIT_DE_NOMS}))'
    return f"TRIM(MID({separes},{EXTRAIT_DE_NOMS * rang + 1},{EXTRAIT_DE_NOMS}))"


def ce_nom_manque(nom: str, cites: Sequence[PlanDeRegistre]) -> str:
    """1 si le nom n'est la clé d'aucun de ces registres, sinon 0."""
    return f'IF({nom}="",0,{_absent(nom, cites)})'


def un_nom_manque(
    noms: str, premiers: Sequence[str], cites: Sequence[PlanDeRegistre], colonne: Colonne
) -> str:
    """1 si l'un des noms n'est ni une clé ni une mention ; ``premiers`` : ceux qui sont à part.

    Un par un, sans tableau écrit dans la formule : LibreOffice perd alors les références de la
    ligne quand on en efface une autre (mesuré), et peu de moteurs savent la calculer.
    """
    mentions = [en_capitales(comparable(ecrit)) for ecrit in colonne.mentions_ecrites]

    def manquer(nom: str) -> str:
        connus = "".join(f",{nom}={mention}" for mention in mentions)
        rien = f'OR({nom}=""{connus})' if connus else f'{nom}=""'
        return f"IF({rien},0,{_absent(nom, cites)})"

    suivants = [nommer(noms, rang) for rang in range(len(premiers), NOMS_AU_PLUS)]
    combien = f'LEN({noms})-LEN(SUBSTITUTE({noms},"{SEPARATEUR}",""))'
    suite = f"IF({combien}<{len(premiers)},0,{'+'.join(map(manquer, suivants))})"
    return f'IF({noms}="",0,SIGN({"+".join(map(manquer, premiers))}+{suite}))'


def _absent(nom: str, cites: Sequence[PlanDeRegistre]) -> str:
    """1 si le nom n'est une clé d'aucun registre : telle que tapée d'abord, puis comparable.

    LibreOffice parcourt bien plus vite des cellules tapées que des formules (mesuré). « #REF! »
    n'est pas un nom : sa recherche le trouve dans une cellule en erreur.
    """
    absent = ""
    for cite in reversed(cites):
        tapee = f'(LEFT({nom},1)<>"#")*ISNUMBER(MATCH({nom},{cite.nommer(TAPEES)},0))'
        par_cle = f"ISNUMBER(MATCH({nom},{cite.nommer('cle')},0))"
        absent = f"IF({par_cle},0,{absent})" if absent else f"1-{par_cle}"
        absent = f"IF({tapee},0,{absent})"
    return absent
