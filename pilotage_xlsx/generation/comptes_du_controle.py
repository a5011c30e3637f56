"""Les comptes de la feuille Contrôle : par feuille, des formules et leurs valeurs.

Ils comptent les signes (`Etat.signes`) des lignes d'un registre, ou des réponses de la fiche.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.formules import plage
from pilotage_xlsx.generation.plan import (
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    COLONNE_SIGNES,
    PlanDeFiche,
    PlanDeRegistre,
)
from pilotage_xlsx.generation.premiere import AUCUNE, LIGNE, Premiere, premiere_du_registre
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.metier.bilan import Releve
from pilotage_xlsx.metier.etat import EMPECHENT, FAUTES, SIGNE_AVEU, SIGNE_VIDE, Etat
from pilotage_xlsx.registre.saisie import TOTAUX
from pilotage_xlsx.socle.adresses import lettres_de


class CompteDuControle(msgspec.Struct, frozen=True):
    """Une ligne de la feuille : des formules, et leurs valeurs, dans l'ordre des titres.

    ``sans_etat`` et ``premiere_sans_etat`` : le compte et le rang des lignes qui ont une clé mais
    aucune formule, insérées ou tapées sous la table ; un classeur neuf n'en a pas.
    """

    feuille: str
    formules: Sequence[str]
    valeurs: Sequence[Any]
    premiere: Premiere
    sans_etat: str = "0"
    premiere_sans_etat: str = '""'


def compter_le_registre(
    plan: PlanDeRegistre, releve: Releve, numero: int, ligne: str
) -> CompteDuControle:
    """Le compte d'un registre, écrit à la ligne ``numero`` ; ``ligne`` : où est celle du lien."""
    signes = Compilateur.plage_technique(plan, "signes")
    vigueur = f'(LEFT({signes},1)="V")'
    comptes = ("M", "C", "Rr", FAUTES)
    return CompteDuControle(
        plan.feuille.libelle,
        (
            _compter(f"--{vigueur}"),
            _compter(f"{vigueur}*(LEN({signes})=LEN({_sans(signes, EMPECHENT)}))"),
            f'IF(B{numero}=0,"sans objet",C{numero}&" sur "&B{numero})',
            *(_compter(f"{vigueur}*(LEN({signes})-LEN({_sans(signes, c)}))") for c in comptes),
        ),
        (
            releve.en_vigueur,
            releve.completes,
            dire_completude(releve.completes, releve.en_vigueur),
            releve.manquantes,
            releve.a_clarifier,
            releve.introuvables,
            releve.a_corriger,
        ),
        premiere_du_registre(plan, releve, signes, ligne),
        _compter(_sans_etat(plan)),
        _premier_rang(_sans_etat(plan), plage(plan, plan.feuille.cle or "")),
    )


def compter_la_fiche(plan: PlanDeFiche, etat: Etat) -> CompteDuControle:
    """La fiche n'a pas de lignes : on y compte ses réponses."""
    feuille, nom = plan.feuille, citer(plan.feuille.libelle)
    signes = etat.signes(feuille, etat.registre.commune)[1:]
    rangs = plan.lignes.values()
    ou = f"${lettres_de(COLONNE_SIGNES)}"
    ici = f"{nom}!{ou}${min(rangs)}:{ou}${max(rangs)}"
    manquent, aveux, fautives = (_compter(f'--({ici}="{signe}")') for signe in "MCF")
    fautes = sum(signe in FAUTES for signe in signes)
    vides = [c for c, s in zip(feuille.saisies, signes, strict=True) if s == SIGNE_VIDE]
    question = f"{nom}!${lettres_de(COLONNE_QUESTIONS)}$1:${lettres_de(COLONNE_QUESTIONS)}$200"
    return CompteDuControle(
        feuille.libelle,
        ("1", f"IF({manquent}+{fautives}=0,1,0)", '"–"', manquent, aveux, "0", fautives),
        (1, int(not vides and not fautes), "–", len(vides), signes.count(SIGNE_AVEU), 0, fautes),
        Premiere(
            _premier_rang(f'({ici}="M")', ici),
            f"COLUMN({nom}!${lettres_de(COLONNE_REPONSES)}$1)",
            f"INDEX({question},{LIGNE})",
            (AUCUNE + min(rangs), COLONNE_REPONSES),
            (plan.lignes[vides[0].id], COLONNE_REPONSES) if vides else None,
            vides[0].libelle if vides else "",
        ),
    )


def dire_completude(completes: int, lignes: int) -> str:
    """« 24 sur 28 » ; zéro ligne est « sans objet », jamais 100 % (docs/domaine.md §5)."""
    return f"{completes} sur {lignes}" if lignes else "sans objet"


def _sans_etat(plan: PlanDeRegistre) -> str:
    """Vrai où une clé est tapée sans que la ligne ait ses formules ; un total n'en a pas besoin."""
    cles, ou = plage(plan, plan.feuille.cle or ""), lettres_de(plan.rang_technique("ligne"))
    bords = f"${ou}${plan.ligne_entete}:${ou}${plan.derniere_aidee}"
    lignes = f"{citer(plan.feuille.libelle)}!{bords}"
    totaux = ",".join(f'"{total}"' for total in TOTAUX)
    autres = f"ISNA(MATCH(TRIM({cles}),{{{totaux}}},0))"
    return f"(ISTEXT({cles})+ISNUMBER({cles})>0)*(LEN({lignes})=0)*{autres}"


def _premier_rang(epreuve: str, plage_: str) -> str:
    """Le rang de la première ligne où l'épreuve est vraie ; aucune, au-delà de `AUCUNE`."""
    rangs = f"MIN((1-{epreuve})*{AUCUNE}+ROW({plage_}))"
    return f"IFERROR(SUMPRODUCT({rangs}),{AUCUNE + 1})"


def _compter(lignes: str) -> str:
    """Un compte ; zéro si la feuille a été effacée."""
    return f"IFERROR(SUMPRODUCT({lignes}),0)"


def _sans(signes: str, retires: str) -> str:
    for signe in retires:
        signes = f'SUBSTITUTE({signes},"{signe}","")'
    return signes
