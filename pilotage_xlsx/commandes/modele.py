"""``modele`` : ce qu'un programme étranger doit savoir pour remplir un classeur."""

from __future__ import annotations

import click

from pilotage_xlsx.commandes.commun import commande, dire_en_json
from pilotage_xlsx.commandes.terminal import imprimer
from pilotage_xlsx.gestes.modele import en_donnees
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.modele.condition import decrire
from pilotage_xlsx.socle.typographie import paragraphe, typographier


@commande("modele")
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "json"]),
    default="texte",
    help="La forme de la réponse.",
)
def modele(forme: str, modele: Modele) -> None:
    """Montre le modèle : feuilles, colonnes, listes, conditions."""
    if forme == "json":
        dire_en_json(en_donnees(modele))
    else:
        imprimer("\n\n".join(_texte(modele, feuille) for feuille in modele.feuilles))


def _texte(modele: Modele, feuille: Feuille) -> str:
    titre = click.style(f"{feuille.libelle} (note, {paragraphe(feuille.paragraphe)})", bold=True)
    lignes = [titre, feuille.resume]
    for colonne in feuille.colonnes:
        lignes += [f"  {colonne.niveau} {colonne.libelle} · {colonne.genre}"]
        if colonne.obligatoire_si:
            condition = decrire(colonne.obligatoire_si, feuille.libelle_de)
            lignes.append(f"      demandé si {condition}")
        if choix := modele.choix(colonne):
            lignes.append(f"      {' · '.join(choix)}")
    return typographier("\n".join(lignes))
