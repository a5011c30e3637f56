"""Les gestes d'une main sur un classeur rempli, faits dans LibreOffice par son interface.

À lancer avec le Python qui connaît LibreOffice, ``tests`` sur son chemin :
``gestes.py CLASSEUR ETRANGER DOSSIER``, les noms des gestes sur l'entrée, un par ligne ; un « + »
en enchaîne. Chaque ligne repart du même classeur, laisse dans le dossier un fichier à son nom, et
se dit faite par une ligne. Un seul LibreOffice sert à tous.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bureau import FORMAT_XLSX, bureau_de, libreoffice, propriete  # type: ignore[import-not-found]

FORMAT_ODS = "calc8"
_RANGEES, _COLONNES = 12, 100


class Table:
    """Un registre dans sa feuille : sa ligne d'en-tête, la place de ses colonnes."""

    def __init__(self, document: Any, nom: str) -> None:
        self.feuille = document.Sheets.getByName(nom)
        self.entete = next(r for r in range(_RANGEES) if self._cles(r)) + 1
        self.colonnes = self._cles(self.entete - 1)
        self.premiere = self.entete + 1

    def _cles(self, rang: int) -> dict[str, int]:
        textes = [self.feuille.getCellByPosition(c, rang).String for c in range(_COLONNES)]
        return {
            texte.split(".", 1)[1]: colonne
            for colonne, texte in enumerate(textes)
            if "." in texte and " " not in texte
        }

    def cellule(self, colonne: str, rang: int) -> Any:
        """La cellule du rang donné, compté depuis la première ligne de données."""
        return self.feuille.getCellByPosition(self.colonnes[colonne], self.premiere + rang)

    def plage(self, lignes: int) -> Any:
        """Les premières lignes de données, de l'état à la dernière colonne du modèle."""
        fin = max(place for nom, place in self.colonnes.items() if not nom.startswith("#"))
        bas = self.premiere + lignes - 1
        return self.feuille.getCellRangeByPosition(self.colonnes["#etat"], self.premiere, fin, bas)


def inserer_une_colonne_a_gauche(document: Any, _: Any) -> None:
    for nom in ("Outils", "Commune"):
        document.Sheets.getByName(nom).Columns.insertByIndex(0, 1)


def inserer_une_colonne_au_milieu(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    table.feuille.Columns.insertByIndex(table.colonnes["domaine"], 1)
    table.feuille.getCellByPosition(table.colonnes["domaine"], table.entete).String = "Bureau"
    table.feuille.getCellByPosition(table.colonnes["domaine"], table.premiere).String = "Accueil"


def inserer_des_lignes_de_tete(document: Any, _: Any) -> None:
    for nom in ("Outils", "Commune"):
        document.Sheets.getByName(nom).Rows.insertByIndex(0, 2)


def inserer_une_premiere_ligne(document: Any, _: Any) -> None:
    table = Table(document, "Prestataires")
    table.feuille.Rows.insertByIndex(table.premiere, 1)
    table.cellule("nom", 0).String = "Nouveau Sàrl"
    Table(document, "Outils").cellule("prestataire", 0).String = "Nouveau Sàrl"


def inserer_une_ligne_au_milieu(document: Any, _: Any) -> None:
    table = Table(document, "Prestataires")
    table.feuille.Rows.insertByIndex(table.premiere + 2, 1)
    table.cellule("nom", 2).String = "Nouveau Sàrl"
    Table(document, "Outils").cellule("prestataire", 0).String = "Nouveau Sàrl"


def recopier_une_ligne_inseree(document: Any, contexte: Any) -> None:
    """Le geste que dit Contrôle : sans l'état, dans la première ligne libre ; puis supprimer."""
    inserer_une_ligne_au_milieu(document, contexte)
    table = Table(document, "Prestataires")
    source = table.plage(3).RangeAddress
    source.StartColumn, source.StartRow = table.colonnes["nom"], source.EndRow
    cible = table.cellule("nom", _premier_vide(table)).CellAddress
    table.feuille.copyRange(cible, source)
    table.feuille.Rows.removeByIndex(source.StartRow, 1)


def recopier_l_etat_seul(document: Any, contexte: Any) -> None:
    """Étirer l'état sur une ligne insérée ; Excel le fait de lui-même dans une table."""
    inserer_une_ligne_au_milieu(document, contexte)
    table = Table(document, "Prestataires")
    table.feuille.copyRange(
        table.cellule("#etat", 2).CellAddress, table.cellule("#etat", 1).RangeAddress
    )


def effacer_la_premiere_ligne(document: Any, _: Any) -> None:
    for nom in ("Outils", "Incidents"):
        table = Table(document, nom)
        table.feuille.Rows.removeByIndex(table.premiere, 1)


def effacer_une_ligne_au_milieu(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    table.feuille.Rows.removeByIndex(table.premiere + 3, 2)


def trier(document: Any, _: Any) -> None:
    import uno
    from com.sun.star.table import TableSortField  # type: ignore[import-not-found]

    table = Table(document, "Outils")
    champ = TableSortField()
    champ.Field, champ.IsAscending = table.colonnes["nom"] - table.colonnes["#etat"], False
    ordre = uno.Any("[]com.sun.star.table.TableSortField", (champ,))
    table.plage(200).sort((propriete("SortFields", ordre), propriete("ContainsHeader", False)))


def filtrer(document: Any, _: Any) -> None:
    from com.sun.star.sheet import TableFilterField  # type: ignore[import-not-found]
    from com.sun.star.sheet.FilterOperator import EQUAL  # type: ignore[import-not-found]

    table = Table(document, "Outils")
    champ = TableFilterField()
    champ.Field = table.colonnes["criticite"] - table.colonnes["#etat"]
    champ.Operator, champ.StringValue = EQUAL, "Indispensable"
    plage = table.plage(200)
    plage = table.feuille.getCellRangeByPosition(
        plage.RangeAddress.StartColumn, table.entete, plage.RangeAddress.EndColumn,
        plage.RangeAddress.EndRow,
    )  # fmt: skip
    filtre = plage.createFilterDescriptor(True)
    filtre.ContainsHeader = True
    filtre.setFilterFields((champ,))
    plage.filter(filtre)


def coller_d_un_autre_classeur(document: Any, etranger: Any) -> None:
    """Collées, les cellules apportent leur format, et emportent les menus de celles d'ici."""
    source = etranger.Sheets.getByIndex(0).getCellRangeByName("A1:C3")
    etranger.CurrentController.select(source)
    table = Table(document, "Outils")
    document.CurrentController.setActiveSheet(table.feuille)
    rang = _premier_vide(table)
    document.CurrentController.select(table.cellule("nom", rang))
    document.CurrentController.insertTransferable(etranger.CurrentController.getTransferable())


def taper_sous_la_table(document: Any, _: Any) -> None:
    prestataires, outils = Table(document, "Prestataires"), Table(document, "Outils")
    prestataires.cellule("nom", 65).String = "Sous la table SA"
    outils.cellule("prestataire", 0).String = "Sous la table SA"
    outils.cellule("nom", 70).String = "Outil tapé dessous"


def deplacer_une_colonne(document: Any, _: Any) -> None:
    """Couper « Remarques » en entier, et la coller dans une colonne insérée après la clé."""
    _deplacer(document, "remarques")


def effacer_la_place_quittee(document: Any, _: Any) -> None:
    depart = _deplacer(document, "remarques")
    document.Sheets.getByName("Outils").Columns.removeByIndex(depart, 1)


def deplacer_une_essentielle(document: Any, _: Any) -> None:
    _deplacer(document, "criticite")


def deplacer_les_cellules_d_une_colonne(document: Any, _: Any) -> None:
    """Couper depuis l'en-tête seulement : la clé cachée reste où elle était."""
    place, table = _inserer_apres_la_cle(document), Table(document, "Outils")
    _couper(table.feuille, table.colonnes["remarques"], table.entete, place)


def deplacer_la_cle(document: Any, _: Any) -> None:
    """Couper la colonne du nom, la coller après le domaine, effacer la place quittée."""
    table = Table(document, "Outils")
    depart, place = table.colonnes["nom"], table.colonnes["domaine"] + 1
    table.feuille.Columns.insertByIndex(place, 1)
    _couper(table.feuille, depart, 0, place)
    table.feuille.Columns.removeByIndex(depart, 1)


def couper_des_cellules(document: Any, _: Any) -> None:
    """Couper le contenu d'une ligne, et le coller dans la première ligne libre."""
    table = Table(document, "Outils")
    source = table.plage(1).RangeAddress
    source.StartColumn = table.colonnes["nom"]
    cible = table.cellule("nom", _premier_vide(table)).CellAddress
    table.feuille.moveRange(cible, source)


def effacer_une_colonne(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    table.feuille.Columns.removeByIndex(table.colonnes["utilite"], 1)


def renommer_une_feuille(document: Any, _: Any) -> None:
    document.Sheets.getByName("Outils").Name = "Nos logiciels d'ici"
    document.Sheets.getByName("Commune").Name = "Fiche"


def renommer_un_en_tete(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    noms = {"prestataire": "Qui nous le fournit", "criticite": "Combien ça compte"}
    for colonne, texte in noms.items():
        table.feuille.getCellByPosition(table.colonnes[colonne], table.entete).String = texte


def effacer_une_feuille(document: Any, _: Any) -> None:
    document.Sheets.removeByName("Échanges")


def effacer_les_feuilles_du_produit(document: Any, _: Any) -> None:
    for nom in ("Lisez-moi", "Contrôle", "Tableau de bord"):
        if document.Sheets.hasByName(nom):
            document.Sheets.removeByName(nom)


def ajouter_une_colonne_et_une_feuille(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    droite = max(table.colonnes.values()) + 1
    table.feuille.getCellByPosition(droite, table.entete).String = "Étagère"
    table.feuille.getCellByPosition(droite, table.premiere).Value = 3
    document.Sheets.insertNewByName("Clés du bâtiment", 2)
    document.Sheets.getByName("Clés du bâtiment").getCellByPosition(0, 0).String = "Cave"


def effacer_la_fiche(document: Any, _: Any) -> None:
    document.Sheets.removeByName("Commune")


def effacer_les_listes(document: Any, _: Any) -> None:
    document.Sheets.removeByName("Listes")


def renommer_un_outil(document: Any, _: Any) -> None:
    """Dans son registre seulement : ce qui le cite garde l'ancien nom."""
    Table(document, "Outils").cellule("nom", 0).String = "Nom tout neuf"


def remplacer_partout(document: Any, _: Any) -> None:
    """Rechercher et remplacer, dans les deux feuilles où le nom est écrit."""
    for nom in ("Prestataires", "Outils"):
        recherche = document.Sheets.getByName(nom).createReplaceDescriptor()
        recherche.SearchString, recherche.ReplaceString = "Alpha Informatique SA", "Alpha SA"
        recherche.SearchWords = True
        document.Sheets.getByName(nom).replaceAll(recherche)


def taper_comme_elle(document: Any, _: Any) -> None:
    """Tapés dans la cellule, dans la langue du poste."""
    table = Table(document, "Outils")
    for colonne, rang, texte in (
        ("cout_annuel", 0, "1'200.-"),
        ("cout_annuel", 1, "1 250"),
        ("delai_resiliation", 2, "3 mois"),
        ("statut", 3, "actif"),
    ):
        table.cellule(colonne, rang).FormulaLocal = texte


def choisir_a_clarifier(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    for colonne in ("echeance", "cout_annuel", "prestataire", "delai_resiliation"):
        table.cellule(colonne, 0).FormulaLocal = "À clarifier"


def couper_une_plage(document: Any, _: Any) -> None:
    """Trois lignes de deux colonnes, coupées et collées plus bas, sur d'autres."""
    table = Table(document, "Outils")
    gauche, droite = table.colonnes["domaine"], table.colonnes["criticite"]
    haut = table.premiere
    source = table.feuille.getCellRangeByPosition(gauche, haut, droite, haut + 2).RangeAddress
    table.feuille.moveRange(table.cellule("domaine", 5).CellAddress, source)


def fusionner_des_cellules(document: Any, _: Any) -> None:
    """Deux cellules d'une colonne, deux d'une ligne, deux d'une colonne encore : ce qu'elles
    cachent se vide deux fois, puis se garde ; LibreOffice le demande."""
    table = Table(document, "Outils")
    for colonne, rang, large, haut in (
        ("domaine", 0, 0, 1), ("domaine", 3, 1, 0), ("criticite", 6, 0, 1)
    ):  # fmt: skip
        ou = table.cellule(colonne, rang).CellAddress
        fin = (ou.Column + large, ou.Row + haut)
        if rang < 6:
            table.feuille.getCellByPosition(*fin).String = ""
        table.feuille.getCellRangeByPosition(ou.Column, ou.Row, *fin).merge(True)


def coller_une_ligne_d_ailleurs(document: Any, _: Any) -> None:
    """Une ligne entière d'un autre registre, colonnes cachées comprises."""
    autre, table = Table(document, "Prestataires"), Table(document, "Outils")
    fin = max(autre.colonnes.values())
    ligne = autre.feuille.getCellRangeByPosition(0, autre.premiere, fin, autre.premiere)
    rang = table.premiere + _premier_vide(table)
    cible = table.feuille.getCellByPosition(0, rang).CellAddress
    table.feuille.copyRange(cible, ligne.RangeAddress)


def inserer_un_outil_au_milieu(document: Any, _: Any) -> None:
    table = Table(document, "Outils")
    table.feuille.Rows.insertByIndex(table.premiere + 4, 1)
    table.cellule("nom", 4).String = "Outil inséré"


def remplir_vers_le_bas(document: Any, _: Any) -> None:
    """Étirer un domaine sur les trois lignes suivantes."""
    from com.sun.star.sheet.FillDirection import TO_BOTTOM  # type: ignore[import-not-found]

    table = Table(document, "Outils")
    rang, haut = table.colonnes["domaine"], table.premiere
    table.feuille.getCellRangeByPosition(rang, haut, rang, haut + 3).fillAuto(TO_BOTTOM, 1)


def passer_par_ods(document: Any, _: Any) -> None:
    """Rien que l'aller-retour, que `main` fait."""


GESTES: tuple[Callable[[Any, Any], None], ...] = (
    inserer_une_colonne_a_gauche,
    inserer_une_colonne_au_milieu,
    inserer_des_lignes_de_tete,
    inserer_une_premiere_ligne,
    inserer_une_ligne_au_milieu,
    recopier_une_ligne_inseree,
    recopier_l_etat_seul,
    effacer_la_premiere_ligne,
    effacer_une_ligne_au_milieu,
    trier,
    filtrer,
    coller_d_un_autre_classeur,
    taper_sous_la_table,
    deplacer_une_colonne,
    deplacer_les_cellules_d_une_colonne,
    deplacer_une_essentielle,
    effacer_la_place_quittee,
    deplacer_la_cle,
    couper_des_cellules,
    effacer_une_colonne,
    renommer_une_feuille,
    renommer_un_en_tete,
    effacer_une_feuille,
    effacer_les_feuilles_du_produit,
    ajouter_une_colonne_et_une_feuille,
    effacer_la_fiche,
    effacer_les_listes,
    renommer_un_outil,
    remplacer_partout,
    taper_comme_elle,
    choisir_a_clarifier,
    couper_une_plage,
    fusionner_des_cellules,
    coller_une_ligne_d_ailleurs,
    inserer_un_outil_au_milieu,
    remplir_vers_le_bas,
    passer_par_ods,
)


def _premier_vide(table: Table) -> int:
    return next(rang for rang in range(200) if not table.cellule("nom", rang).String)


def _inserer_apres_la_cle(document: Any) -> int:
    table = Table(document, "Outils")
    place = table.colonnes["nom"] + 1
    table.feuille.Columns.insertByIndex(place, 1)
    return int(place)


def _deplacer(document: Any, colonne: str) -> int:
    """Coupe la colonne et la colle après la clé ; rend la place qu'elle laisse vide."""
    place, table = _inserer_apres_la_cle(document), Table(document, "Outils")
    depart = table.colonnes[colonne]
    _couper(table.feuille, depart, 0, place)
    return int(depart)


def _couper(feuille: Any, depart: int, haut: int, place: int) -> None:
    bas = 520
    source = feuille.getCellRangeByPosition(depart, haut, depart, bas)
    feuille.moveRange(feuille.getCellByPosition(place, haut).CellAddress, source.RangeAddress)


def main(classeur: Path, etranger: Path, dossier: Path) -> None:
    """Fait chaque geste demandé, et enregistre ; « passer_par_ods » repart de l'.ods."""
    par_nom = {geste.__name__: geste for geste in GESTES}
    with libreoffice() as contexte:
        bureau = bureau_de(contexte)
        autre = _ouvrir(bureau, etranger)
        for demande in sys.stdin:
            nom = demande.strip()
            document = _ouvrir(bureau, classeur)
            for geste in map(par_nom.__getitem__, nom.split("+")):
                geste(document, autre)
            if nom == passer_par_ods.__name__:
                ods = dossier / "passage.ods"
                _enregistrer(document, ods, FORMAT_ODS)
                document = _ouvrir(bureau, ods)
            _enregistrer(document, dossier / f"{nom}.xlsx", FORMAT_XLSX)
            print(nom, flush=True)
        autre.close(True)


def _ouvrir(bureau: Any, chemin: Path) -> Any:
    caches = (propriete("Hidden", valeur=True),)
    return bureau.loadComponentFromURL(chemin.as_uri(), "_blank", 0, caches)


def _enregistrer(document: Any, chemin: Path, forme: str) -> None:
    document.storeToURL(chemin.as_uri(), (propriete("FilterName", forme),))
    document.close(True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
