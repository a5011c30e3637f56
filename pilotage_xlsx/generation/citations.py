"""Les références d'une ligne, en formule : ce qui est cité existe-t-il ?

Un nom se cherche parmi les clés comparables des registres cités. Une ligne insérée, ou tapée sous
la table, n'a pas encore les formules qui donnent sa clé : son nom se cherche tel qu'il est tapé.
Rien ne se trouve dans une feuille effacée.
"""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.generation.balises import EXTRAIT_DE_NOMS
from pilotage_xlsx.generation.plan import TAPEES, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import comparable, en_capitales, ne_dit_rien, un_de
from pilotage_xlsx.generation.techniques import RIEN
from pilotage_xlsx.modele import SEPARATEUR, Colonne

NOMS_AU_PLUS = 5
"""Les noms d'une cellule que la feuille cherche ; `verifier` les cherche tous."""


def nommer(noms: str, rang: int) -> str:
    """Le nom de ce rang (dès 0), parmi ceux que « ; » sépare."""
    separes = f'SUBSTITUTE({noms},"{SEPARATEUR}",REPT(" ",{EXTRAIT_DE_NOMS}))'
    return f"TRIM(MID({separes},{EXTRAIT_DE_NOMS * rang + 1},{EXTRAIT_DE_NOMS}))"


def nommer_s_il_y_est(noms: str, rang: int) -> str:
    """Le même, `RIEN` s'il y en a moins."""
    if not rang:
        return f'IF({noms}="{RIEN}",{noms},{nommer(noms, rang)})'
    return f'IF({combien_de_separateurs(noms)}<{rang},"{RIEN}",{nommer(noms, rang)})'


def combien_de_separateurs(noms: str) -> str:
    """Ce qui sépare ces noms."""
    return f'LEN({noms})-LEN(SUBSTITUTE({noms},"{SEPARATEUR}",""))'


def ce_nom_manque(nom: str, cites: Sequence[PlanDeRegistre]) -> str:
    """1 si le nom n'est la clé d'aucun de ces registres, sinon 0."""
    return f"IF({ne_dit_rien(nom)},0,{_absent(nom, cites, _est_sain(nom))})"


def un_nom_manque(
    noms: str, premiers: Sequence[str], cites: Sequence[PlanDeRegistre], colonne: Colonne
) -> str:
    """1 si l'un des noms n'est ni une clé ni une mention ; ``premiers`` : ceux qui sont à part.

    Un par un, sans tableau écrit dans la formule : LibreOffice perd alors les références de la
    ligne quand on en efface une autre (mesuré), et peu de moteurs savent la calculer.
    """
    mentions = [en_capitales(comparable(ecrit)) for ecrit in colonne.mentions_ecrites]

    def manquer(nom: str, *riens: str, sain: str) -> str:
        connus = [f"{nom}={connu}" for connu in ('""', *riens, *mentions)]
        return f"IF({un_de(connus)},0,{_absent(nom, cites, sain)})"

    a_part = (manquer(nom, f'"{RIEN}"', sain=_est_sain(nom)) for nom in premiers)
    sains = f'ISERROR(FIND("#",{noms}))'
    rangs = range(len(premiers), NOMS_AU_PLUS)
    suivants = "+".join(manquer(nommer(noms, rang), sain=sains) for rang in rangs)
    suite = f"IF({combien_de_separateurs(noms)}<{len(premiers)},0,{suivants})"
    return f'IF({noms}="{RIEN}",0,SIGN({"+".join(a_part)}+{suite}))'


def _est_sain(nom: str) -> str:
    """« #REF! » n'est pas un nom : sa recherche le trouve dans une cellule en erreur."""
    return f'LEFT({nom},1)<>"#"'


def _absent(nom: str, cites: Sequence[PlanDeRegistre], sain: str) -> str:
    """1 si le nom n'est une clé d'aucun registre : telles que tapées d'abord, puis comparables.

    LibreOffice parcourt bien plus vite des cellules tapées que des formules (mesuré).
    """
    tapees = (f"({sain})*ISNUMBER(MATCH({nom},{cite.nommer(TAPEES)},0))" for cite in cites)
    par_cle = (f"ISNUMBER(MATCH({nom},{cite.nommer('cle')},0))" for cite in cites)
    essais = [*tapees, *par_cle]
    return "".join(f"IF({essai},0," for essai in essais) + "1" + ")" * len(essais)
