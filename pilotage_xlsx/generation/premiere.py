"""La première cellule à remplir d'une feuille : les formules qui la trouvent, et leurs valeurs."""

from __future__ import annotations

import msgspec

from pilotage_xlsx.bilan import Releve
from pilotage_xlsx.constats import lettre
from pilotage_xlsx.generation.formules import citer
from pilotage_xlsx.generation.plan import PlanDeRegistre

AUCUNE = 1_000_000
"""La ligne que rend la formule quand rien ne manque."""


class Premiere(msgspec.Struct, frozen=True):
    """Le lien vers la première cellule vide : formules de sa ligne, de sa colonne, de son titre.

    ``place`` et ``titre`` sont leurs valeurs ; ``sans`` est la ligne calculée quand rien ne manque.
    """

    ligne: str
    colonne: str
    entete: str
    sans: int
    place: tuple[int, int] | None
    titre: str


def premiere_du_registre(plan: PlanDeRegistre, releve: Releve, signes: str, ligne: str) -> Premiere:
    feuille, entete = citer(plan.feuille.libelle), plan.ligne_entete
    manque = f'(LEFT({signes},1)="V")*ISNUMBER(FIND("M",{signes}))'
    places = (f"{feuille}!${lettre(plan.rang(c.id))}${entete}" for c in plan.feuille.saisies)
    colonnes = ",".join(f"COLUMN({place})" for place in places)
    rang = f'FIND("M",INDEX({signes},{ligne}-MIN(ROW({signes}))+1))-1'
    place = None
    if releve.premiere:
        vue, colonne = releve.premiere
        place = plan.premiere + plan.lignes.index(vue), plan.rang(colonne.id)
    return Premiere(
        f"IFERROR(SUMPRODUCT(MIN((1-{manque})*{AUCUNE}+ROW({signes}))),{AUCUNE + 1})",
        f'IF({ligne}>{AUCUNE},"",CHOOSE({rang},{colonnes}))',
        f"INDEX({feuille}!$A${entete}:${lettre(plan.largeur)}${entete},{{colonne}})",
        AUCUNE + entete,
        place,
        releve.premiere[1].libelle if releve.premiere else "",
    )


def nom_de_feuille(libelle: str) -> str:
    """Le nom actuel de la feuille, même renommée ; Excel et LibreOffice le disent autrement."""
    fichier = f'CELL("filename",{citer(libelle)}!$A$1)'
    excel, libre = (f'MID({fichier},FIND("{m}",{fichier})+{len(m)},99)' for m in ("]", "#$"))
    return f'IFERROR({excel},IFERROR(SUBSTITUTE({libre},"\'",""),"{libelle}"))'
