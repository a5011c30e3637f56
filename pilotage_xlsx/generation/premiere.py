"""La première cellule à remplir d'une feuille : les formules qui la trouvent, et leurs valeurs."""

from __future__ import annotations

import msgspec

from pilotage_xlsx.generation.plan import PlanDeRegistre
from pilotage_xlsx.generation.reperage import PERDUE, nom_du_debut
from pilotage_xlsx.generation.syntaxe import citer, proteger
from pilotage_xlsx.metier.bilan import Releve
from pilotage_xlsx.socle.adresses import lettres_de

AUCUNE = 1_000_000
"""La ligne que rend la formule quand rien ne manque."""

LIGNE, COLONNE = "\ue010", "\ue011"
"""Dans la formule du titre, la place des deux cellules : des signes que personne ne tape."""


class Premiere(msgspec.Struct, frozen=True):
    """Le lien vers la première cellule vide : formules de sa ligne, de sa colonne, de son titre.

    ``place`` et ``titre`` sont leurs valeurs ; ``sans`` est la place calculée quand rien ne manque.
    """

    ligne: str
    colonne: str
    entete: str
    sans: tuple[int, int | str]
    place: tuple[int, int] | None
    titre: str


def premiere_du_registre(plan: PlanDeRegistre, releve: Releve, signes: str, ligne: str) -> Premiere:
    feuille, entete = citer(plan.feuille.libelle), plan.ligne_entete
    manque = f'(LEFT({signes},1)="V")*ISNUMBER(FIND("M",{signes}))'
    saisies = plan.feuille.saisies
    bords = (lettres_de(plan.rang_place(colonne.id)) for colonne in (saisies[0], saisies[-1]))
    places = f"{feuille}!{':'.join(f'${bord}${plan.ligne_cles}' for bord in bords)}"
    rang = f'FIND("M",INDEX({signes},{ligne}-MIN(ROW({signes}))+1))-1'
    trouvee = f"INDEX({places},{rang})"
    place_ou_etat = f"IF({trouvee}<{PERDUE},{trouvee},0)"
    place = None
    if releve.premiere:
        vue, colonne = releve.premiere
        place = plan.premiere + plan.lignes.index(vue), plan.rang(colonne.id)
    return Premiere(
        f"IFERROR(SUMPRODUCT(MIN((1-{manque})*{AUCUNE}+ROW({signes}))),{AUCUNE + 1})",
        f'IF({ligne}>{AUCUNE},"",{place_ou_etat}+{nom_du_debut(plan)}-1)',
        f"INDEX({feuille}!$A${entete}:${lettres_de(plan.largeur)}${entete},{COLONNE})",
        (AUCUNE + entete, ""),
        place,
        releve.premiere[1].libelle if releve.premiere else "",
    )


def nom_de_feuille(libelle: str) -> str:
    """Le nom actuel de la feuille, même renommée ; Excel et LibreOffice le disent autrement."""
    fichier = f'CELL("filename",{citer(libelle)}!$A$1)'
    excel, libre = (f'MID({fichier},FIND("{m}",{fichier})+{len(m)},99)' for m in ("]", "#$"))
    return f'IFERROR({excel},IFERROR(SUBSTITUTE({libre},"\'",""),"{proteger(libelle)}"))'
