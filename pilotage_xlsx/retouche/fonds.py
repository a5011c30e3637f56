"""Le fond d'une cellule fautive : ce que montre un aperçu, un téléphone, un programme simple.

Ceux-là ignorent les mises en forme conditionnelles (`couleurs.py`). Un fond n'est posé que sur une
cellule qui n'en a pas : l'enlever ne perd donc rien.
"""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.retouche.classeur import FeuilleARetoucher
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.grille import Grille
from pilotage_xlsx.retouche.schema import entier
from pilotage_xlsx.retouche.styles import Styles
from pilotage_xlsx.retouche.valeurs import cellules_de

FONDS: Mapping[Gravite, str] = {
    Gravite.ERREUR: "F9D9DF",
    Gravite.AVERTISSEMENT: "FFE2B9",
    Gravite.A_REMPLIR: "FCE4D7",
    Gravite.ATTENTION: "FFF6D7",
}
"""Les fonds de `couleurs.PALETTE`, à une unité de bleu près : ainsi les nôtres se reconnaissent."""


def peindre(feuille: FeuilleARetoucher, gravites: Mapping[Place, Gravite], styles: Styles) -> None:
    """Donne à ces cellules le fond de leur gravité, sauf à celles qui en ont déjà un."""
    grille = Grille(feuille.racine, gravites.keys())
    for place, gravite in sorted(gravites.items()):
        rang = grille.format_de(place)
        if styles.est_sans_fond(rang):
            cellule = grille.exiger(place)
            if cellule is not None:
                cellule.set("s", str(styles.avec_le_fond(rang, FONDS[gravite])))


def effacer_les_fonds(feuille: FeuilleARetoucher, styles: Styles) -> bool:
    """Rend sans fond les cellules qui ont le nôtre, enlève les vides ; vrai s'il y en avait."""
    notres = styles.formats_de_fond(frozenset(FONDS.values()))
    if not notres or feuille.est_trop_grande:
        return False
    vue = feuille.archive.lire(feuille.partie)
    peintes = [(place, c) for place, c in cellules_de(vue) if entier(c.get("s")) in notres]
    if not peintes:
        return False
    grille = Grille(feuille.racine, {place for place, _ in peintes})
    for place, cellule in peintes:
        rang = styles.sans_le_fond(entier(cellule.get("s")))
        cellule.set("s", str(rang))
        if not len(cellule) and rang == grille.format_alentour(place):
            grille.enlever(place, cellule)
    return True
