"""Ce qui se dit d'un partage, avant de l'écrire et sur sa première page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pilotage_xlsx.modele import Partage
from pilotage_xlsx.partage.reduction import BilanDuPartage, par_feuille
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.typographie import jour, nombre

A_QUI = {
    Partage.REGION: "la région",
    Partage.CANTON: "le canton",
    Partage.PUBLIC: "le public",
}


def dire_le_partage(
    bilan: BilanDuPartage, registre: Registre, niveau: Partage, au: date
) -> Iterator[str]:
    """Les phrases de la première page : rien n'y est de la commune, hors ce qui sort."""
    qui = afficher(registre.commune.valeurs.get("commune"))
    de = f" de {qui}" if qui else ""
    yield f"Une partie du classeur{de}, préparée le {jour(au)} pour {A_QUI[niveau]}."
    yield (
        f"{_cellules(bilan.parties)} ici : le modèle dit, colonne par colonne, ce qui peut "
        "sortir ; tout le reste est à la commune, et pas dans ce fichier."
    )
    if bilan.masquees:
        yield f"Numéros AVS et mots de passe masqués : {_cellules(bilan.masquees)}."
    retenues = sum(compte.retenues for compte in bilan.colonnes)
    if retenues:
        yield f"Textes retenus (une personne, un numéro, un code) : {_cellules(retenues)}."
    yield (
        "Il se réunit avec ceux d'autres communes, et dit avec qui s'entraider ; il ne remplace "
        "pas le classeur."
    )


def dire_le_reste(bilan: BilanDuPartage) -> str:
    """Ce qui se dit à la commune seule : combien de cellules restent chez elle."""
    return (
        f"{_cellules(bilan.parties)} dans le partage, {_cellules(bilan.restees)} restent chez vous."
    )


def montrer(bilan: BilanDuPartage) -> Iterator[str]:
    """Ce qui part et ce qui reste, pour l'écran, une ligne par feuille et par sort."""
    for comptes in par_feuille(bilan).values():
        yield comptes[0].feuille.libelle
        parties = [c for c in comptes if c.parties or c.retenues]
        restees = [c for c in comptes if not c.parties and not c.retenues]
        if parties:
            dites = ", ".join(f"{c.colonne.libelle} ({nombre(c.parties)})" for c in parties)
            yield f"  part  : {dites}"
        if restees:
            dites = ", ".join(f"{c.colonne.libelle} ({nombre(c.restees)})" for c in restees)
            yield f"  reste : {dites}"
    if bilan.propres:
        yield f"Colonnes de la commune\n  reste : {_cellules(bilan.propres)}"
    if bilan.feuilles_propres:
        yield f"Feuilles de la commune\n  reste : {nombre(bilan.feuilles_propres)}"


def _cellules(combien: int) -> str:
    return f"{nombre(combien)} {'cellule' if combien < 2 else 'cellules'}"
