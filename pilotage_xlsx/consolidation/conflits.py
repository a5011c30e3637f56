"""Les conflits : deux classeurs d'une même commune et d'une même année, cellule à cellule.

Les deux valeurs sont montrées, chacune avec sa place et le fichier retenu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.consolidation.extraits import FeuilleExtraite, Rangee
from pilotage_xlsx.consolidation.natives import Native
from pilotage_xlsx.consolidation.pieces import Piece
from pilotage_xlsx.consolidation.rayon import Rayon
from pilotage_xlsx.consolidation.tables import Entete, Table, entier, fixe
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import cle

_LIGNE_ENTIERE = "(la ligne)"
_ABSENTE, _PRESENTE = "absente", "présente"
_SANS_DIFFERENCE = "Aucune différence : les deux classeurs disent la même chose."
_ENTETES = (
    Entete("commune", "Commune", 18, "gras"),
    entier("annee", "Année", 8, "numero"),
    Entete("feuille", "Feuille", 14),
    Entete("ligne", "Inscription", 22),
    Entete("colonne", "Colonne", 20),
    Entete("valeur_retenue", "Valeur retenue", 28),
    Entete("place_retenue", "Place retenue", 17),
    Entete("retenu", "Fichier retenu", 22),
    Entete("valeur_ecartee", "Valeur écartée", 28),
    Entete("place_ecartee", "Place écartée", 17),
    Entete("ecarte", "Fichier écarté", 22),
)

Nom = tuple[str, int]
"""Le nom d'une ligne dans sa feuille et son rang parmi celles qui portent ce nom."""


class Cote(NamedTuple):
    """Un côté d'une différence : ce que la cellule dit, et où."""

    dit: str | None
    place: str | None


class Difference(NamedTuple):
    """Ce que deux classeurs ne disent pas pareil : la ligne, la colonne, les deux côtés."""

    ligne: str | None
    colonne: str | None
    retenue: Cote
    ecartee: Cote


_VIDE = FeuilleExtraite("", {}, {}, ())


def confronter(pieces: Sequence[Piece], rayon: Rayon, modele: Modele) -> Table:
    """Une ligne par différence, ou une seule qui dit qu'il n'y en a pas."""
    par_nom = {piece.nom: piece for piece in pieces if piece.est_retenue}
    rangees = [
        rangee
        for ecartee in pieces
        if ecartee.doublon_de
        for rangee in _comparer(par_nom[ecartee.doublon_de], ecartee, rayon, modele)
    ]
    phrase = "Deux classeurs d'une même commune pour une même année : ce que dit chacun."
    return Table(
        "conflits", "Conflits", "Conflits", (phrase,), _ENTETES, fixe(rangees), len(rangees)
    )


def _comparer(
    retenue: Piece, ecartee: Piece, rayon: Rayon, modele: Modele
) -> list[Sequence[Native]]:
    tete = (retenue.tete.nom, retenue.tete.annee)
    rangees: list[Sequence[Native]] = [
        (
            *tete, feuille.libelle, d.ligne, d.colonne,
            *d.retenue, retenue.nom, *d.ecartee, ecartee.nom,
        )
        for feuille in modele.a_lire
        for d in _comparer_feuilles(
            feuille,
            rayon.feuille(retenue.rang, feuille.id) or _VIDE,
            rayon.feuille(ecartee.rang, feuille.id) or _VIDE,
        )
    ]  # fmt: skip
    rien = (*tete, None, None, None, _SANS_DIFFERENCE, None, retenue.nom, None, None, ecartee.nom)
    return rangees or [rien]


def _comparer_feuilles(
    feuille: Feuille, retenue: FeuilleExtraite, ecartee: FeuilleExtraite
) -> Iterator[Difference]:
    rang = _rang_de_la_cle(feuille)
    gardees, autres = _par_nom(retenue, rang), _par_nom(ecartee, rang)
    for nom in dict.fromkeys((*gardees, *autres)):
        gardee, autre = gardees.get(nom), autres.get(nom)
        titre = _titre(gardee or autre, rang)
        if gardee and autre:
            for colonne, un, deux in _comparer_lignes(feuille, (retenue, gardee), (ecartee, autre)):
                yield Difference(titre, colonne, un, deux)
        else:
            presences = _presence(retenue, gardee), _presence(ecartee, autre)
            yield Difference(titre, _LIGNE_ENTIERE, *presences)


def _comparer_lignes(
    feuille: Feuille, gardee: tuple[FeuilleExtraite, Rangee], autre: tuple[FeuilleExtraite, Rangee]
) -> Iterator[tuple[str, Cote, Cote]]:
    (page, une), (autre_page, deux) = gardee, autre
    for colonne, un, second in zip(feuille.colonnes, une.cellules, deux.cellules, strict=True):
        if un != second and colonne.est_saisie:
            yield (
                colonne.libelle,
                Cote(_dire(un), page.place(colonne.id, une.numero)),
                Cote(_dire(second), autre_page.place(colonne.id, deux.numero)),
            )
    for entete in dict.fromkeys((*une.propres, *deux.propres)):
        un, second = une.propres.get(entete), deux.propres.get(entete)
        if un != second:
            cotes = Cote(_dire(un), _ou(page, une)), Cote(_dire(second), _ou(autre_page, deux))
            yield (entete, *cotes)


def _par_nom(feuille: FeuilleExtraite, rang: int | None) -> Mapping[Nom, Rangee]:
    """Les lignes par clé ; un doublon, ou une ligne sans clé, se distingue par son rang."""
    vues: Counter[str] = Counter()
    noms: dict[Nom, Rangee] = {}
    for rangee in feuille.rangees:
        nom = cle(_titre(rangee, rang) or "")
        noms[(nom, vues[nom])] = rangee
        vues[nom] += 1
    return noms


def _rang_de_la_cle(feuille: Feuille) -> int | None:
    ids = [colonne.id for colonne in feuille.colonnes]
    return ids.index(feuille.cle) if feuille.cle in ids else None


def _titre(rangee: Rangee | None, rang: int | None) -> str | None:
    contenu = rangee.cellules[rang] if rangee and rang is not None else None
    return contenu if isinstance(contenu, str) else None


def _dire(contenu: Native) -> str | None:
    return None if contenu is None else afficher(contenu)


def _presence(feuille: FeuilleExtraite, rangee: Rangee | None) -> Cote:
    return Cote(_PRESENTE, _ou(feuille, rangee)) if rangee else Cote(_ABSENTE, None)


def _ou(feuille: FeuilleExtraite, rangee: Rangee) -> str:
    return f"{feuille.nom}, ligne {rangee.numero}"
