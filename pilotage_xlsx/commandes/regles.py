"""``regles`` : le catalogue des contrôles, ou la fiche d'un seul."""

from __future__ import annotations

import click

from pilotage_xlsx.commandes.commun import Echec, commande, dire_en_json
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.textes import cle_large
from pilotage_xlsx.typographie import paragraphe, typographier
from pilotage_xlsx.verification.catalogue import fiches
from pilotage_xlsx.verification.regle import Fiche


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
    choisies = tuple(fiches()) if code is None else (_trouver(code),)
    if forme == "json":
        dire_en_json({"format": 1, "regles": [_en_donnee(fiche) for fiche in choisies]})
    elif code is None:
        for fiche in choisies:
            click.echo(f"{fiche.code}  {fiche.gravite:<13}  {_nommer(fiche)}")
    else:
        click.echo(_expliquer(choisies[0]))


def _trouver(code: str) -> Fiche:
    for fiche in fiches():
        if cle_large(fiche.code) == cle_large(code):
            return fiche
    raise Echec(f"La règle « {code} » n'existe pas : « pilotage-xlsx regles » les montre toutes.")


def _nommer(fiche: Fiche) -> str:
    return fiche.nom.replace("_", " ")


def _expliquer(fiche: Fiche) -> str:
    code = click.style(fiche.code, bold=True)
    parties = (
        f"{code} · {fiche.gravite} · note, {paragraphe(fiche.paragraphe)}",
        f"Constat :  {fiche.message}",
        f"Pourquoi : {fiche.pourquoi}",
        f"Remède :   {fiche.corriger}",
    )
    return typographier("\n".join(parties))


def _en_donnee(fiche: Fiche) -> dict[str, str]:
    return {
        "code": fiche.code,
        "nom": _nommer(fiche),
        "gravite": fiche.gravite.value,
        "message": fiche.message,
        "pourquoi": fiche.pourquoi,
        "corriger": fiche.corriger,
        "paragraphe": fiche.paragraphe,
    }
