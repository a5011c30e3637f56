"""Les petites tables de nombres, chacune avec ses barres : un graphique natif, aligné sur elle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.echeancier import plage_de
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.syntaxe import blanchir
from pilotage_xlsx.generation.tableau.comptes import comptes
from pilotage_xlsx.generation.tableau.places import (
    DEPENDANCE,
    FEUILLE,
    POIDS,
    PREMIERE_DES_CRITICITES,
    PREMIERE_DES_LIEUX,
    PREMIERE_DES_PRESTATAIRES,
    PRESTATAIRES_MONTRES,
    Calculee,
    colonne,
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import Styles
from pilotage_xlsx.socle.tableur import BLEU, Classeur
from pilotage_xlsx.tableau import Repartition, Tableau

_SANS_REPONSE, _AUTRES = "Pas de réponse", "Autres, ou à l'interne"
_SANS_TRAIT = {"none": True}
_PIXELS_PAR_LIGNE, _LARGEUR = 21, 160


class Table(msgspec.Struct, frozen=True):
    """Une table de nombres : son titre, ses lignes, ses cellules, et ses derniers libellés."""

    titre: str
    premiere: int
    longueur: int
    cellules: Sequence[Calculee]
    libelles: Sequence[str]

    @property
    def description(self) -> str:
        """Le texte de remplacement du graphique."""
        return f"{self.titre} : barres horizontales des nombres de la table à sa gauche."


def planifier_les_tables(plan: Plan, tableau: Tableau, styles: Styles) -> Sequence[Table]:
    """Les trois tables, dans l'ordre de la feuille."""
    repartiteur = _Repartiteur(plan, tableau.outils, styles)
    criticites = "Outils en service, par criticité"
    return (
        repartiteur.table(criticites, PREMIERE_DES_CRITICITES, "criticite", tableau.par_criticite),
        repartiteur.table(
            "Où sont leurs données", PREMIERE_DES_LIEUX, "lieu_donnees", tableau.par_lieu
        ),
        _dependre(plan, styles, tableau),
    )


class _Repartiteur:
    """Les outils en service, répartis par valeur d'une colonne."""

    def __init__(self, plan: Plan, total: int, styles: Styles) -> None:
        self.comptes = comptes(plan, "outils")
        self.total = total
        self.style = styles.nombre

    def table(self, titre: str, premiere: int, nom: str, repartition: Repartition) -> Table:
        """La table d'une colonne ; ce qui reste n'a pas de réponse lisible."""
        cellules = [
            Calculee(f"H{rang}", f"={self.comptes.outils(nom, valeur)}", compte, self.style)
            for rang, (valeur, compte) in enumerate(repartition, premiere)
        ]
        fin = premiere + len(repartition)
        reste = self.total - sum(compte for _, compte in repartition)
        formule = f"={self.comptes.outils()}-SUM(H{premiere}:H{fin - 1})"
        cellules.append(Calculee(f"H{fin}", formule, reste, self.style))
        libelles = (*(valeur for valeur, _ in repartition), _SANS_REPONSE)
        return Table(titre, premiere, len(libelles), cellules, libelles)


def _dependre(plan: Plan, styles: Styles, tableau: Tableau) -> Table:
    """Les premiers prestataires des outils indispensables, et le reste."""
    premiere, fin = PREMIERE_DES_PRESTATAIRES, PREMIERE_DES_PRESTATAIRES + PRESTATAIRES_MONTRES
    registre = plan.registre("prestataires")
    cles = colonne(DEPENDANCE, registre.derniere - registre.ligne_entete)
    noms = plage_de(registre, registre.rang("nom"))
    justes = [(montrer(ligne, "nom"), compte) for ligne, compte in tableau.prestataires]
    cellules: list[Calculee] = []
    for rang in range(1, PRESTATAIRES_MONTRES + 1):
        cle, ligne = f"LARGE({cles},{rang})", premiere + rang - 1
        nom = blanchir(f'IFERROR(INDEX({noms},{POIDS}-MOD({cle},{POIDS}))&"","")')
        nombre = f'=IFERROR(INT({cle}/{POIDS}),"")'
        qui, combien = justes[rang - 1] if rang <= len(justes) else ("", "")
        cellules.append(Calculee(f"G{ligne}", f"={nom}", qui, styles.texte))
        cellules.append(Calculee(f"H{ligne}", nombre, combien, styles.nombre))
    reste = tableau.indispensables - sum(n for _, n in tableau.prestataires[:PRESTATAIRES_MONTRES])
    formule = f"=$H${PREMIERE_DES_CRITICITES}-SUM(H{premiere}:H{fin - 1})"
    cellules.append(Calculee(f"H{fin}", formule, reste, styles.nombre))
    titre = "De qui dépendent les indispensables"
    return Table(titre, premiere, PRESTATAIRES_MONTRES + 1, cellules, (_AUTRES,))


def tracer(classeur: Classeur, feuille: Worksheet, table: Table) -> None:
    """Les barres d'une table, une par ligne, à sa droite."""
    graphique = classeur.livre.add_chart({"type": "bar"})
    debut, fin = table.premiere - 1, table.premiere + table.longueur - 2
    graphique.add_series(
        {
            "name": table.titre,
            "categories": [FEUILLE, debut, 6, fin, 6],
            "values": [FEUILLE, debut, 7, fin, 7],
            "fill": {"color": BLEU},
            "border": _SANS_TRAIT,
            "gap": 70,
        }
    )
    graphique.set_legend(_SANS_TRAIT)
    graphique.set_title(_SANS_TRAIT)
    graphique.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    graphique.set_y_axis({"visible": False, "reverse": True})
    graphique.set_chartarea({"border": _SANS_TRAIT, "fill": _SANS_TRAIT})
    graphique.set_plotarea({"layout": {"x": 0.02, "y": 0, "width": 0.96, "height": 1}})
    graphique.set_size({"width": _LARGEUR, "height": table.longueur * _PIXELS_PAR_LIGNE})
    pose = {"description": table.description, "object_position": 2}
    feuille.insert_chart(debut, 8, graphique, pose)


def cellules_des(tables: Sequence[Table]) -> Iterator[Calculee]:
    """Les cellules de toutes les tables."""
    for table in tables:
        yield from table.cellules
