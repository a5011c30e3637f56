"""Les petites tables de nombres, chacune avec ses barres : un graphique natif, aligné sur elle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.echeancier import UNE_FAMILLE
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.syntaxe import blanchir
from pilotage_xlsx.generation.tableau.comptes import ComptesDuTableau
from pilotage_xlsx.generation.tableau.disposition import (
    FEUILLE,
    LIBELLES,
    NOMBRES,
    PRESTATAIRES_MONTRES,
    Calculee,
    Disposition,
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.parc import INDISPENSABLES
from pilotage_xlsx.metier.chiffres.tableau_de_bord import PAR_CRITICITE, PAR_LIEU
from pilotage_xlsx.metier.mesure import Mesure, Mesures
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.tableur import BLEU, Classeur
from pilotage_xlsx.socle.typographie import phraser

_AUTRES = phraser("Autres, ou à l'interne")
_SANS_TRAIT = {"none": True}
_PIXELS_PAR_LIGNE, _LARGEUR = 21, 160


class TableDeBarres(msgspec.Struct, frozen=True):
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


def planifier_les_tables(
    plan: Plan, disposition: Disposition, mesures: Mesures, styles: StylesDuTableau
) -> Sequence[TableDeBarres]:
    """Les trois tables, dans l'ordre de la feuille."""
    repartiteur = _Repartiteur(plan, disposition, styles)
    return (
        repartiteur.table(
            "Outils en service, par criticité",
            disposition.premiere_criticite,
            "criticite",
            mesures[PAR_CRITICITE],
        ),
        repartiteur.table(
            "Où sont leurs données", disposition.premier_lieu, "lieu_donnees", mesures[PAR_LIEU]
        ),
        _dependre(plan, disposition, mesures, styles),
    )


class _Repartiteur:
    """Les outils en service, répartis par valeur d'une colonne."""

    def __init__(self, plan: Plan, disposition: Disposition, styles: StylesDuTableau) -> None:
        self.comptes = ComptesDuTableau(plan, "outils", disposition.annee)
        self.style = styles.nombre

    def table(self, titre: str, premiere: int, nom: str, mesure: Mesure) -> TableDeBarres:
        """La table d'une colonne ; ce qui reste n'a pas de réponse lisible."""
        libelles = [str(reponse) for reponse, _ in mesure.parts]
        fin = premiere + len(libelles) - 1
        reste = f"{self.comptes.outils()}-SUM({NOMBRES}{premiere}:{NOMBRES}{fin - 1})"
        formules = [*(self.comptes.repartis(nom, valeur) for valeur in libelles[:-1]), reste]
        cellules = [
            Calculee(f"{NOMBRES}{rang}", f"={formule}", len(outils), self.style)
            for rang, (formule, (_, outils)) in enumerate(
                zip(formules, mesure.parts, strict=True), premiere
            )
        ]
        return TableDeBarres(titre, premiere, len(libelles), cellules, libelles)


def _dependre(
    plan: Plan, disposition: Disposition, mesures: Mesures, styles: StylesDuTableau
) -> TableDeBarres:
    """Les premiers prestataires des outils indispensables, et le reste."""
    premiere = disposition.premier_prestataire
    fin = premiere + PRESTATAIRES_MONTRES
    registre = plan.registre("prestataires")
    cles, noms = registre.plage_technique("dependants"), registre.plage("nom")
    justes = dependances(mesures)[:PRESTATAIRES_MONTRES]
    cellules: list[Calculee] = []
    for rang in range(1, PRESTATAIRES_MONTRES + 1):
        cle, ligne = f"LARGE({cles},{rang})", premiere + rang - 1
        place = f"{UNE_FAMILLE}-MOD({cle},{UNE_FAMILLE})"
        nom = blanchir(f'IFERROR(INDEX({noms},{place})&"","")')
        nombre = f'=IFERROR(INT({cle}/{UNE_FAMILLE}),"")'
        qui, combien = justes[rang - 1] if rang <= len(justes) else ("", "")
        cellules.append(Calculee(f"{LIBELLES}{ligne}", f"={nom}", qui, styles.texte))
        cellules.append(Calculee(f"{NOMBRES}{ligne}", nombre, combien, styles.nombre))
    reste = mesures[INDISPENSABLES].compte - sum(combien for _, combien in justes)
    tous = f"IFERROR(COUNT({plan.registre('outils').plage_technique('indispensable')}),0)"
    formule = f"={tous}-SUM({NOMBRES}{premiere}:{NOMBRES}{fin - 1})"
    cellules.append(Calculee(f"{NOMBRES}{fin}", formule, reste, styles.nombre))
    titre = "De qui dépendent les indispensables"
    return TableDeBarres(titre, premiere, PRESTATAIRES_MONTRES + 1, cellules, (_AUTRES,))


def dependances(mesures: Mesures) -> Sequence[tuple[str, int]]:
    """Les prestataires des indispensables, tels que la feuille les montre, le premier en tête."""
    parts = mesures[PAR_PRESTATAIRE].parts
    return [(montrer(nom, "nom"), len(outils)) for nom, outils in parts if isinstance(nom, Ligne)]


def tracer(classeur: Classeur, feuille: Worksheet, table: TableDeBarres) -> None:
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


def cellules_des(tables: Sequence[TableDeBarres]) -> Iterator[Calculee]:
    """Les cellules de toutes les tables."""
    for table in tables:
        yield from table.cellules
