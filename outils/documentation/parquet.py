"""La page du Parquet : chaque table, chaque colonne, son type, son unité, ce qui identifie.

Les tables sont celles d'une consolidation de zéro classeur : le schéma ne dépend pas de ce qu'on y
verse.
"""

from __future__ import annotations

from collections.abc import Iterator

import pilotage_xlsx as px
from outils.documentation.markdown import DERIVEE, rangee
from pilotage_xlsx.consolidation.natives import AVEUX, Type
from pilotage_xlsx.consolidation.rendus.dossier import tables_de
from pilotage_xlsx.consolidation.tables import Entete, Table
from pilotage_xlsx.modele import Colonne, Modele

TYPES = {
    Type.TEXTE: "string",
    Type.CHOIX: "dictionary&lt;string&gt;",
    Type.ENTIER: "int64",
    Type.REEL: "double",
    Type.DATE: "date32",
    Type.INSTANT: "timestamp",
    Type.OUI_NON: "bool",
    Type.LIBRE: "string",
}
_CLES = {
    "communes": "`source_fichier` ; d'ordinaire `source_commune`, `source_canton`, `source_annee`",
    "provenance": "`fichier`",
    "regroupements": "`ecrit`, `ide`",
    "constats": "aucune : plusieurs constats peuvent viser la même cellule",
    "conflits": "aucune : une cellule peut en avoir plusieurs",
}
_TETE = f"""{DERIVEE}

# Le Parquet d'une consolidation

`consolider dossier/ --sortie region --format parquet` écrit un fichier par table. Dix questions
qu'un canton leur pose : [DuckDB](duckdb.md).

**Ce qui ne change pas.** Une colonne se nomme par sa clé dans le modèle, jamais par son libellé ;
elle ne change ni de nom ni de type sans que le modèle (`[[depuis]]`) et
[le journal](../CHANGELOG.md) le disent. Le schéma est le même pour zéro, une ou deux mille
communes : les types sont déclarés, pas devinés. Une version nouvelle peut ajouter des colonnes :
nommez celles que vous lisez, plutôt que `SELECT *`. Le fichier porte, en métadonnées, le libellé de
chaque colonne et le numéro de ce schéma.

**Ce qui s'ajoute.** `COLONNE.texte` (string), seulement si une valeur n'entre pas dans le type :
« env. 500 » reste en toutes lettres. `propres.EN-TÊTE` (string), une par colonne que les communes
ont ajoutée. `{AVEUX}` nomme les colonnes où la ligne répond « À clarifier », séparées par « ; » :
la cellule est alors nulle, comme une cellule vide.

**D'où vient une ligne.** `source_commune`, `source_ofs`, `source_canton`, `source_annee`,
`source_fichier`, `source_feuille`, `source_ligne`. Les lignes hors vigueur y sont : filtrez sur
`en_vigueur`. `source_prestataire` est le nom sous lequel un prestataire écrit de plusieurs façons
se compte une fois ; le canton n'y est qu'un."""


def page_du_parquet(modele: Modele) -> str:
    """La page entière, en Markdown."""
    return "\n".join((_TETE, *_tables(modele), ""))


def _tables(modele: Modele) -> Iterator[str]:
    for table in tables_de(px.consolider([])):
        titre = "Communes, en chiffres" if table.id == "communes" else table.nom
        yield from ("", f"## `{table.id}.parquet` : {titre}", "")
        yield from (f"Clé : {_cle(table, modele)}.", "")
        yield from (rangee("Colonne", "Type", "Unité", "Ce que c'est"), "|---|---|---|---|")
        feuille = modele.par_id.get(table.id)
        for entete in table.entetes:
            colonne = feuille.par_id.get(entete.colonne) if feuille else None
            yield _ligne(entete, colonne)
        if table.est_registre:
            aveux = "Les colonnes de la ligne qui répondent « À clarifier »"
            yield f"| `{AVEUX}` | string | | {aveux} |"


def _cle(table: Table, modele: Modele) -> str:
    if table.id in _CLES:
        return _CLES[table.id]
    feuille = modele.par_id.get(table.id)
    d_ordinaire = " ; d'ordinaire `source_commune`, `source_canton`, `source_annee`"
    sienne = f"{d_ordinaire}, `{feuille.cle}`" if feuille and feuille.cle else ""
    return f"`source_fichier`, `source_feuille`, `source_ligne`{sienne}"


def _ligne(entete: Entete, colonne: Colonne | None) -> str:
    cases = (f"`{entete.colonne}`", TYPES[entete.genree.type], _unite(entete, colonne))
    titre = rangee(entete.titre)[2:-2]
    return f"| {' | '.join(cases)} | {titre} |"


def _unite(entete: Entete, colonne: Colonne | None) -> str:
    if colonne and colonne.unite:
        return colonne.unite.replace("_", "-")
    return "francs" if entete.style == "montant" else ""
