"""L'aide et le contrôle à la saisie d'une colonne, en données que xlsxwriter comprend.

Tout est en « avertissement » : la feuille dit le remède et laisse continuer ; `verifier` dira le
reste. Pas de formule personnalisée : LibreOffice les abîme à la première insertion (mesuré).
"""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

from pilotage_xlsx.generation.choix import choix_de
from pilotage_xlsx.generation.listes import nom_de_menu
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from pilotage_xlsx.socle.typographie import phraser

TITRE_AU_PLUS, MESSAGE_AU_PLUS = 32, 255
"""Ce qu'un tableur montre d'une aide : un titre plus long est coupé."""

_LIGNE_AU_PLUS = 60

_PREMIER_JOUR = date(1970, 1, 1)


def valider(colonne: Colonne) -> dict[str, Any]:
    """La validation d'une colonne : aide à l'entrée, menu ou borne, message qui dit le remède."""
    return {**_epreuve(colonne), **_aide(colonne), "ignore_blank": True}


def _aide(colonne: Colonne) -> dict[str, Any]:
    return {
        "input_title": colonne.libelle[:TITRE_AU_PLUS],
        "input_message": _en_lignes(colonne.aide),
    }


def _en_lignes(aide: str) -> str:
    """L'aide, en lignes courtes : la bulle de LibreOffice ne les coupe pas d'elle-même."""
    return "\n".join(textwrap.wrap(phraser(aide), _LIGNE_AU_PLUS, break_on_hyphens=False))[
        :MESSAGE_AU_PLUS
    ]


def _epreuve(colonne: Colonne) -> dict[str, Any]:
    match colonne.genre:
        case Genre.LISTE:
            source = f"={nom_de_menu(colonne.liste or '')}"
            return {
                "validate": "list",
                "source": source,
                **_refuser("Choisissez dans le menu."),
            }
        case Genre.REFERENCE:
            return _epreuve_de_reference(colonne)
        case Genre.DATE | Genre.DATE_HEURE | Genre.ENTIER | Genre.MONTANT if colonne.admet_l_aveu:
            return _proposer([*colonne.mentions, A_CLARIFIER])
        case Genre.DATE | Genre.DATE_HEURE:
            epreuve = {"validate": "date", "criteria": ">=", "value": _PREMIER_JOUR}
            exemple = " 10:30" if colonne.genre is Genre.DATE_HEURE else ""
            return {
                **epreuve,
                **_refuser(f"Écrivez une date, par exemple 12.03.2026{exemple}."),
            }
        case Genre.ENTIER | Genre.MONTANT:
            return _epreuve_de_nombre(colonne)
        case _:
            return {"validate": "any"}


def _proposer(reponses: list[str]) -> dict[str, Any]:
    """Un menu des réponses convenues, qui n'arrête pas ce qui se tape à leur place."""
    return {"validate": "list", "source": reponses, "show_error": False}


def _epreuve_de_reference(colonne: Colonne) -> dict[str, Any]:
    epreuve: dict[str, Any] = {"validate": "list", "source": f"={choix_de(colonne).nom}"}
    if colonne.plusieurs or colonne.texte_libre:
        return {**epreuve, "show_error": False}
    return {
        **epreuve,
        **_refuser("Choisissez dans le menu, ou inscrivez d'abord la ligne citée."),
    }


def _epreuve_de_nombre(colonne: Colonne) -> dict[str, Any]:
    genre = "integer" if colonne.genre is Genre.ENTIER else "decimal"
    minimum = 0 if colonne.min is None else colonne.min
    if colonne.max is None:
        remede = f"Écrivez un nombre seul, {minimum} au moins."
        return {"validate": genre, "criteria": ">=", "value": minimum, **_refuser(remede)}
    remede = f"Écrivez un nombre de {minimum} à {colonne.max}."
    bornes = {"criteria": "between", "minimum": minimum, "maximum": colonne.max}
    return {"validate": genre, **bornes, **_refuser(remede)}


def _refuser(remede: str) -> dict[str, Any]:
    return {
        "error_type": "warning",
        "error_title": "À vérifier",
        "error_message": f"{phraser(remede)} Vous pouvez aussi continuer.",
    }
