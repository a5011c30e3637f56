"""Les chiffres de l'ensemble : de petits tableaux, chacun prêt pour un graphique."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.natives import Native
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.sens import INDISPENSABLE

_PREMIERS = 12
_BANDES = ((0.5, "Moins de la moitié"), (0.75, "De la moitié aux trois quarts"))
_PLUS, _TOUTES, _SANS_OBJET = "Plus des trois quarts", "Toutes", "Sans objet"


class PetitTableau(NamedTuple):
    """Un petit tableau : titre, phrase, en-têtes, rangées.

    ``tracees`` : les colonnes à tracer, la première exclue ; aucune si le tableau suffit.
    """

    titre: str
    phrase: str
    entetes: tuple[str, ...]
    rangees: Sequence[Sequence[Native]]
    tracees: tuple[int, ...] = ()


def compter_l_ensemble(consolidation: Consolidation) -> tuple[PetitTableau, ...]:
    """Les tableaux dans l'ordre où on les lit ; l'inventaire est celui de la dernière année."""
    dernieres = _dernieres(consolidation.retenues)
    outils = _Outils(
        consolidation.registres["outils"],
        {piece.nom for piece in dernieres},
        consolidation.modele,
    )
    return (
        _par_annee(consolidation.retenues),
        _par_completude(dernieres),
        PetitTableau(
            "Prestataires les plus présents",
            f"Dans combien de communes, sous leur nom réuni ; les {_PREMIERS} premiers.",
            ("Prestataire", "Communes", "Outils"),
            outils.prestataires(),
            (1,),
        ),
        PetitTableau(
            "Outils par domaine",
            "Les outils en vigueur, dernière année de chaque commune.",
            ("Domaine", "Outils", "dont indispensables"),
            outils.par("domaine"),
            (1, 2),
        ),
        PetitTableau(
            "Lieu des données",
            "Les outils en vigueur, dernière année de chaque commune.",
            ("Lieu", "Outils", "dont indispensables"),
            outils.par("lieu_donnees"),
            (1, 2),
        ),
    )


def _dernieres(retenues: Sequence[Piece]) -> tuple[Piece, ...]:
    """La dernière année de chaque commune ; un classeur sans nom compte pour lui-même."""
    dernieres: dict[tuple[str, str | None], Piece] = {}
    for piece in retenues:
        dernieres[piece.tete.cle or piece.nom, piece.tete.canton] = piece
    return tuple(dernieres.values())


def _par_annee(retenues: Sequence[Piece]) -> PetitTableau:
    par_annee: dict[int, list[Piece]] = defaultdict(list)
    for piece in retenues:
        par_annee[piece.tete.annee or 0].append(piece)
    rangees = [(annee or "Sans année", *_annee(par_annee[annee])) for annee in sorted(par_annee)]
    entetes = (
        "Année", "Classeurs", "Outils en service", "dont indispensables",
        "Coût annuel connu (CHF)", "Coûts connus", "Lignes en vigueur", "Lignes complètes",
        "Erreurs", "Avertissements", "Cellules à remplir", "Points d'attention",
    )  # fmt: skip
    phrase = "Tous les classeurs retenus, additionnés."
    return PetitTableau("Année par année", phrase, entetes, rangees, (8, 9, 10, 11))


def _annee(pieces: Sequence[Piece]) -> Iterator[Native]:
    tetes = [piece.tete for piece in pieces]
    totale = sum((part for t in tetes for part in t.completudes.values()), Completude())
    couts = [tete.cout for tete in tetes if tete.cout is not None]
    yield len(tetes)
    yield sum(tete.outils for tete in tetes)
    yield sum(tete.indispensables for tete in tetes)
    yield round(sum(couts), 2) if couts else None
    yield sum(tete.couts for tete in tetes)
    yield totale.lignes
    yield totale.completes
    yield sum(tete.resume.erreurs for tete in tetes)
    yield sum(tete.resume.avertissements for tete in tetes)
    yield sum(tete.resume.a_remplir for tete in tetes)
    yield sum(tete.resume.attentions for tete in tetes)


def _par_completude(pieces: Sequence[Piece]) -> PetitTableau:
    bandes = Counter(_bande(piece.tete.completudes) for piece in pieces)
    noms = (*(nom for _, nom in _BANDES), _PLUS, _TOUTES, _SANS_OBJET)
    rangees = [(nom, bandes[nom]) for nom in noms if bandes[nom] or nom != _SANS_OBJET]
    phrase = "Combien de communes ont rempli quelle part de leurs lignes en vigueur."
    return PetitTableau(
        "Communes par complétude", phrase, ("Lignes complètes", "Communes"), rangees, (1,)
    )


def _bande(completudes: Mapping[str, Completude]) -> str:
    totale = sum(completudes.values(), Completude())
    if not totale.lignes:
        return _SANS_OBJET
    if totale.completes == totale.lignes:
        return _TOUTES
    part = totale.completes / totale.lignes
    return next((nom for borne, nom in _BANDES if part < borne), _PLUS)


def _mentions(modele: Modele) -> Collection[str]:
    """Ce qui tient lieu de prestataire sans en être un : « Géré à l'interne »."""
    colonne = modele.par_id["outils"].par_id.get("prestataire")
    return colonne.mentions if colonne else ()


class _Outils:
    """Les outils en vigueur de la dernière année de chaque commune, comptés en un passage."""

    def __init__(self, table: Table, fichiers: set[str], modele: Modele) -> None:
        rangs = {nom: rang for rang, nom in enumerate(table.colonnes)}
        mentions, vitaux = _mentions(modele), modele.libelles(INDISPENSABLE)
        self._communes: dict[str, set[str]] = defaultdict(set)
        self._outils: Counter[str] = Counter()
        self._par: dict[str, dict[str, list[int]]] = {"domaine": {}, "lieu_donnees": {}}
        for rangee in table.rangees():
            fichier = str(rangee[rangs["source_fichier"]])
            if fichier not in fichiers or not rangee[rangs["en_vigueur"]]:
                continue
            prestataire = rangee[rangs["source_prestataire"]]
            if isinstance(prestataire, str) and prestataire not in mentions:
                self._communes[prestataire].add(fichier)
                self._outils[prestataire] += 1
            est_vital = "criticite" in rangs and rangee[rangs["criticite"]] in vitaux
            for colonne, comptes in self._par.items():
                if colonne in rangs:
                    compte = comptes.setdefault(str(rangee[rangs[colonne]] or "(vide)"), [0, 0])
                    compte[0] += 1
                    compte[1] += est_vital

    def prestataires(self) -> list[Sequence[Native]]:
        """Les plus présents : nom, communes, outils."""
        noms = sorted(self._outils, key=lambda n: (-len(self._communes[n]), -self._outils[n], n))
        return [(nom, len(self._communes[nom]), self._outils[nom]) for nom in noms[:_PREMIERS]]

    def par(self, colonne: str) -> list[Sequence[Native]]:
        """Les outils par valeur d'une colonne, les plus nombreux d'abord."""
        comptes = self._par[colonne]
        noms = sorted(comptes, key=lambda nom: (-comptes[nom][0], nom))
        return [(nom, *comptes[nom]) for nom in noms[:_PREMIERS]]
