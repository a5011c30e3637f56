"""``regles`` : le catalogue des contrôles, ou la fiche d'un seul."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import click

from pilotage_xlsx.commandes.commun import commande, dire_en_json
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.gestes.exigences import Endroit, muettes, privees
from pilotage_xlsx.gestes.regles import regles as regles_de
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.socle.typographie import paragraphe, typographier
from pilotage_xlsx.verification.catalogue import fonctions
from pilotage_xlsx.verification.regle import FicheDeRegle


@commande("regles")
@click.argument("code", required=False)
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "json"]),
    default="texte",
    help="La forme de la réponse.",
)
def regles(code: str | None, forme: str, modele: Modele) -> None:
    """Explique tous les contrôles, ou celui d'un CODE (OUT-003)."""
    choisies = regles_de(code)
    tues, amoindries = muettes(modele, fonctions()), privees(modele, fonctions())
    if forme == "json":
        dire_en_json(
            {"format": 1, "regles": [_en_donnee(fiche, tues, amoindries) for fiche in choisies]}
        )
    elif code is None:
        for fiche in choisies:
            gravite = "se tait" if fiche.code in tues else fiche.gravite.mot
            imprimer(f"{fiche.code}  {gravite:<13}  {typographier(fiche.message)}")
    else:
        imprimer(_expliquer(choisies[0]))
    for fiche in choisies:
        if fiche.code in tues:
            dire(f"{fiche.code} se tait avec ce modèle : {_dire_ce_qui_manque(tues[fiche.code])}.")
        if fiche.code in amoindries:
            absentes = ", ".join(f"« {colonne} » ({f})" for f, colonne in amoindries[fiche.code])
            dire(f"{fiche.code} se tait, ou dit moins, avec ce modèle : il n'a pas {absentes}.")


def _dire_ce_qui_manque(marques: Sequence[Marque]) -> str:
    lieux = (f"« {marque.nom} » ({marque.feuille}, {marque.colonne})" for marque in marques)
    return f"rien n'y répond à {', '.join(lieux)}"


def _nommer(fiche: FicheDeRegle) -> str:
    return fiche.nom.replace("_", " ")


def _expliquer(fiche: FicheDeRegle) -> str:
    code = click.style(fiche.code, bold=True)
    parties = (
        f"{code} · {fiche.gravite.mot} · note, {paragraphe(fiche.paragraphe)}",
        f"Constat :  {fiche.message}",
        f"Pourquoi : {fiche.pourquoi}",
        f"Remède :   {fiche.corriger}",
        f"Fausse alerte ? {' '.join(fiche.doute)}",
    )
    largeur = max(60, min(100, shutil.get_terminal_size((100, 24)).columns))
    return "\n".join(_plier(typographier(partie), largeur) for partie in parties)


def _plier(texte: str, largeur: int) -> str:
    return textwrap.fill(texte, largeur, subsequent_indent=" " * 11, break_on_hyphens=False)


def _en_donnee(
    fiche: FicheDeRegle,
    tues: Mapping[str, Sequence[Marque]],
    amoindries: Mapping[str, Sequence[Endroit]],
) -> dict[str, Any]:
    return {
        "code": fiche.code,
        "nom": _nommer(fiche),
        "gravite": fiche.gravite.value,
        "message": fiche.message,
        "pourquoi": fiche.pourquoi,
        "corriger": fiche.corriger,
        "paragraphe": fiche.paragraphe,
        "se_tait_sans": [".".join(marque) for marque in tues.get(fiche.code, ())],
        "dit_moins_sans": [".".join(endroit) for endroit in amoindries.get(fiche.code, ())],
        "doute": {"situation": fiche.doute[0], "raison": fiche.doute[1]},
    }
