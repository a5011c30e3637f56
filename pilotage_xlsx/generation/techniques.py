"""Les colonnes cachées d'un registre : ce que ses formules se passent, de gauche à droite.

Elles sont dans la table : une ligne insérée, effacée ou triée les emporte avec elle. Chacune ne
regarde que sa ligne, ou des colonnes entières ; la suite de leurs noms est la seule à le dire.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from pilotage_xlsx.modele import Colonne, Feuille, Genre
from pilotage_xlsx.modele.sens import (
    ARRETE,
    DONNEES_TOUCHEES,
    DURABLE,
    DUREE_INDETERMINEE,
    EN_SERVICE,
    INCIDENT_OUVERT,
    INDISPENSABLE,
    PROPOSEE,
    SERVICE_TOUCHE,
)

BORD = "bord"
"""Vide : le bord droit de la ligne, que nul ne coupe ; une colonne perdue s'y lit vide."""

BRUTS = "bruts"
"""Les signes qu'une ligne a d'elle seule : sans autre ligne ni autre feuille, ils ne bougent pas
quand une clé change ailleurs, ni tout ce qui en vit."""

RIEN = "\ue008"
"""Ce qu'une colonne cachée dont d'autres vivent dit d'une cellule vide.

LibreOffice recalcule à l'ouverture une formule dont la valeur écrite est un texte vide, et tout ce
qui en dépend : 2'000 lignes par registre s'ouvraient en deux fois plus de temps (mesuré).
"""

_CODE, _CITE, _NOM, _PERDU = "code_", "cite_", "nom_", "perdu_"

UN_PAR_UN = 2
"""Les premiers noms d'une cellule qui en cite plusieurs ont chacun leur colonne cachée."""

_DEMANDEES = (
    *(ARRETE, DUREE_INDETERMINEE, EN_SERVICE, INDISPENSABLE),
    *(PROPOSEE, DURABLE, INCIDENT_OUVERT, SERVICE_TOUCHE, DONNEES_TOUCHEES),
)
"""Une marque par colonne de liste que l'échéancier ou le tableau de bord interrogent."""

_REPARTIES = (("outils", "lieu_donnees"),)
"""Les colonnes que le tableau de bord répartit par valeur, et que rien d'autre n'interroge."""

VISES = tuple(f"vise_{rang + 1}" for rang in range(UN_PAR_UN))
"""Les premiers outils que cite une décision vivante, chacun dans sa colonne cachée."""

VISES_ENSEMBLE = "vises"
"""Tous, si elle en cite davantage."""

_DU_METIER: Mapping[str, tuple[str, ...]] = {
    "outils": (
        *("service", "indispensable", "cout", "fournisseur", "dependance", "sans_fin"),
        *("terme", "dernier", "cherche", "visee", "liee", "autres_visees", "autres"),
        *("reponse", "contrat", "sigle"),
    ),
    "prestataires": ("dependants",),
    "decisions": (
        *("vivante", "numero_vivant", "noms", *VISES, VISES_ENSEMBLE),
        *("remplacees", "revision", "proposition"),
    ),
    "incidents": ("incident",),
}  # fmt: skip
"""Ce que l'échéancier et le tableau de bord tirent de chaque ligne (`echeancier`)."""


PARTAGEES = ("cle", "dependance", "vivante", "numero_vivant", *VISES, VISES_ENSEMBLE)
"""Celles que les formules d'un autre registre consultent."""


def techniques_de(feuille: Feuille) -> tuple[str, ...]:
    """Les noms des colonnes cachées d'un registre, dans leur ordre."""
    references = [colonne for colonne in feuille.saisies if se_cherche(colonne)]
    return (
        BORD, "texte", "total", "cle", "rang",
        *map(code_de, codees(feuille)),
        *chain.from_iterable(map(_d_une_reference, references)),
        *(("annee",) if date_comptee(feuille) else ()),
        BRUTS, "signes", "cherches", "dits",
        "manquent", "a_clarifier", "introuvables", "a_corriger",
        *(("numero",) if feuille.prefixe else ()),
        *_DU_METIER.get(feuille.id, ()),
    )  # fmt: skip


def _d_une_reference(colonne: Colonne) -> Iterator[str]:
    yield cite_de(colonne)
    if colonne.plusieurs:
        yield from (nom_de(colonne, rang) for rang in range(UN_PAR_UN))
    yield perdu_de(colonne)


def date_comptee(feuille: Feuille) -> str | None:
    """La colonne dont l'année se compte : celle de la feuille, ou celle d'une décision."""
    return feuille.date or ("date" if feuille.id == "decisions" else None)


def a_des_echeances(feuille: Feuille) -> bool:
    """Vrai pour un registre dont le tableau de bord tire des tâches."""
    return feuille.id in ("outils", "decisions", "incidents")


def codees(feuille: Feuille) -> tuple[Colonne, ...]:
    """Les colonnes de liste qu'une formule interroge : une condition, l'échéancier, le tableau."""
    interrogees = {*_des_conditions(feuille), *_du_produit(feuille)}
    listes = (colonne for colonne in feuille.saisies if colonne.genre is Genre.LISTE)
    return tuple(colonne for colonne in listes if colonne.id in interrogees)


def _des_conditions(feuille: Feuille) -> Iterator[str]:
    conditions = (feuille.hors_vigueur, *(colonne.obligatoire_si for colonne in feuille.colonnes))
    essais = chain.from_iterable(condition.essais() for condition in conditions if condition)
    yield from (essai.colonne for essai in essais)


def _du_produit(feuille: Feuille) -> Iterator[str]:
    demandees = ((marque.feuille, marque.colonne) for marque in _DEMANDEES)
    yield from (nom for ou, nom in (*demandees, *_REPARTIES) if ou == feuille.id)


def se_cherche(colonne: Colonne) -> bool:
    """Vrai pour une référence dont les noms doivent exister."""
    return bool(colonne.reference) and not colonne.texte_libre


def code_de(colonne: Colonne) -> str:
    """La colonne cachée du code d'une réponse de liste (`Mots`)."""
    return f"{_CODE}{colonne.id}"


def cite_de(colonne: Colonne) -> str:
    """La colonne cachée des noms qu'une cellule cite, prêts à se chercher."""
    return f"{_CITE}{colonne.id}"


def nom_de(colonne: Colonne, rang: int) -> str:
    """La colonne cachée du nom de ce rang (dès 0), parmi ceux qu'une cellule cite."""
    return f"{_NOM}{colonne.id}_{rang + 1}"


def perdu_de(colonne: Colonne) -> str:
    """La colonne cachée qui vaut 1 si un de ces noms ne se trouve pas."""
    return f"{_PERDU}{colonne.id}"
