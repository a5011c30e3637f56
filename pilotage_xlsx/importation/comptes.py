"""Ce que devient chaque cellule reçue, compté : inscrite, ou écartée avec sa raison.

La somme est celle des cellules de la liste ; sinon, une cellule s'est perdue, et rien ne s'écrit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.importation.attribution import Emploi
from pilotage_xlsx.importation.decoupage import RaisonDEcart
from pilotage_xlsx.importation.lignes import LignesAjoutees
from pilotage_xlsx.importation.proposition import ListeProposee, TableProposee
from pilotage_xlsx.registre import Ligne, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.tableaux import ListeRecue
from pilotage_xlsx.socle.textes import Texte, normaliser


class BilanDesCellules(NamedTuple):
    """Toutes les cellules d'une liste : celles du modèle, celles de la commune, et les autres."""

    recues: int
    au_modele: int
    a_la_commune: int
    titres_de_groupe: int
    deja_inscrites: int
    laissees: int
    refusees: int
    ecartees: Mapping[RaisonDEcart, int]

    @property
    def inexpliquees(self) -> int:
        """Ce qui manquerait au compte : zéro."""
        comptees = (
            self.au_modele + self.a_la_commune + self.titres_de_groupe + self.deja_inscrites
            + self.laissees + self.refusees + sum(self.ecartees.values())
        )  # fmt: skip
        return self.recues - comptees


def compter(liste: ListeRecue, proposee: ListeProposee, apport: LignesAjoutees) -> BilanDesCellules:
    """Le bilan, chaque cellule comptée une fois."""
    places = [
        est_au_modele
        for lignes in apport.lignes.values()
        for une in lignes
        for est_au_modele, _ in une.places.values()
    ]
    prises = [une for une in proposee.tables if une.feuille is not None]
    refusees = [une for une in proposee.tables if une.feuille is None]
    ecartees = Counter[RaisonDEcart]()
    for ecart in proposee.ecarts:
        ecartees[ecart.raison] += len(ecart.places)
    return BilanDesCellules(
        recues=sum(len(rang) for tableau in liste.tableaux for rang in tableau.lignes.values()),
        au_modele=sum(places),
        a_la_commune=len(places) - sum(places),
        titres_de_groupe=sum(len(une.table.titres_de_groupe) for une in prises),
        deja_inscrites=sum(combien for _, combien in apport.identiques),
        laissees=sum(_laissees(une) for une in prises),
        refusees=sum(_remplies(une) + len(une.table.titres_de_groupe) for une in refusees),
        ecartees=ecartees,
    )


def _remplies(une: TableProposee) -> int:
    return sum(len(une.table.tableau.lignes[numero]) for numero in une.table.lignes)


def _laissees(une: TableProposee) -> int:
    """Les cellules des colonnes laissées."""
    laissees = {a.entete.place for a in une.attributions if a.emploi is Emploi.LAISSEE}
    lignes = une.table.tableau.lignes
    return sum(len(laissees & lignes[numero].keys()) for numero in une.table.lignes)


class CellulePerdue(NamedTuple):
    """Une valeur inscrite que le classeur relu ne rend pas."""

    feuille: str
    ligne: int
    colonne: str
    texte: str


def perdues(
    lignes: Mapping[str, Sequence[Ligne]], relu: Registre, premieres: Mapping[str, int]
) -> Iterator[CellulePerdue]:
    """Ce que le classeur écrit, relu, ne rend pas de ces lignes.

    ``premieres`` : le numéro, dans sa feuille, de la première de chaque registre.
    """
    for registre, siennes in lignes.items():
        relues = {ligne.numero: ligne for ligne in relu.lignes(registre)}
        for numero, ligne in enumerate(siennes, premieres[registre]):
            autre = relues.get(numero)
            if autre is None and not ligne.valeurs:
                continue  # sans une réponse du modèle, une ligne est en marge : rien ne s'en relit
            for est_propre, valeurs in enumerate((ligne.valeurs, ligne.propres)):
                for colonne, valeur in valeurs.items():
                    if not _est_la(autre, colonne, afficher(valeur), est_propre=bool(est_propre)):
                        yield CellulePerdue(registre, numero, colonne, afficher(valeur))


def _est_la(ligne: Ligne | None, colonne: str, texte: Texte, *, est_propre: bool) -> bool:
    """Vrai si la ligne relue a ce texte dans cette colonne ; un blanc en bord ne compte pas."""
    if ligne is None:
        return False
    lue = (ligne.propres if est_propre else ligne.valeurs).get(colonne)
    lus = [afficher(lue)]
    if colonne in ligne.cellules and not est_propre:
        lus.append(ligne.cellules[colonne].texte)
    return normaliser(texte) in map(normaliser, lus)
