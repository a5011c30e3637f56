"""Où est chaque colonne d'un registre, maintenant : une cellule cachée par colonne le calcule.

Les formules d'une ligne désignent une cellule par sa place dans la ligne. Une cellule se coupe et
se colle, une colonne entière aussi, la place quittée s'efface : rien ne se casse, tout se retrouve.
La place se cherche comme la lecture le fait : par la clé cachée si l'en-tête est encore le sien,
sinon par l'en-tête, sinon par la clé (un en-tête renommé).
"""

from __future__ import annotations

import re

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.plan import RANG_ETAT, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import citer, proteger
from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import Classeur

_JOKERS = re.compile(r"[~*?]")
PERDUE = 9999
"""La place d'une colonne effacée : la ligne se lit comme si elle était vide."""


def plage_de_la_ligne(plan: PlanDeRegistre) -> str:
    """Les cellules de la ligne, sans son état ; un nom défini se compte depuis A1.

    L'état n'en est pas : il dépend d'elles.
    """
    debut, fin = lettres_de(RANG_ETAT + 1), lettres_de(plan.largeur)
    return f"{citer(plan.feuille.libelle)}!${debut}1:${fin}1"


def nom_du_debut(plan: PlanDeRegistre) -> str:
    """Le nom défini du rang où commencent les cellules d'une ligne."""
    return f"debut_{plan.feuille.id}"


def debut_de_la_ligne(plan: PlanDeRegistre) -> str:
    """La formule de ce rang : il suit les colonnes insérées comme `plage_de_la_ligne`."""
    return f"=SUMPRODUCT(MIN(COLUMN({plage_de_la_ligne(plan)})))"


def ecrire_places(classeur: Classeur, feuille: Worksheet, plan: PlanDeRegistre) -> None:
    """Écrit, sur la ligne des clés, la place de chaque colonne du modèle."""
    style, rangs = classeur.style("legende"), [plan.rang_place(c.id) for c in plan.feuille.colonnes]
    feuille.set_column(min(rangs) - 1, max(rangs) - 1, 4, None, {"hidden": True})
    for rang, colonne in zip(rangs, plan.feuille.colonnes, strict=True):
        place = plan.rang(colonne.id) - RANG_ETAT
        formule = f"={_chercher(plan, colonne)}"
        feuille.write_formula(plan.ligne_cles - 1, rang - 1, formule, style, place)


def _chercher(plan: PlanDeRegistre, colonne: Colonne) -> str:
    cles, entetes = (_rangee(plan, ligne) for ligne in (plan.ligne_cles, plan.ligne_entete))
    libelle = proteger(colonne.libelle)
    cherche = _JOKERS.sub(r"~\g<0>", libelle)
    par_cle = f'MATCH("{plan.feuille.id}.{colonne.id}",{cles},0)'
    par_texte = f'MATCH("{cherche}",{entetes},0)'
    est_chez_elle = f'INDEX({entetes},{par_cle})="{libelle}"'
    trouvee = f"IF({est_chez_elle},{par_cle},IFERROR({par_texte},{par_cle}))"
    debut = f"SUMPRODUCT(MIN(COLUMN({cles})))"
    rang = f"IFERROR({trouvee},{par_texte})+{debut}-{nom_du_debut(plan)}"
    return f"IFERROR(IF({rang}<1,{PERDUE},{rang}),{PERDUE})"


def _rangee(plan: PlanDeRegistre, ligne: int) -> str:
    """De l'état à la première colonne libre : deux bords que nul ne coupe."""
    return f"${lettres_de(RANG_ETAT)}${ligne}:${lettres_de(plan.largeur + 1)}${ligne}"
