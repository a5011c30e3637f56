"""Quels classeurs forment un rapport : un par commune pour l'année, et celui d'avant s'il y est."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.controle import Lu
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.textes import cle_large

Millesime = tuple[Lu, tuple[Lu, ...]]
"""Le classeur d'une commune pour l'année du rapport, et ceux d'avant, le plus récent d'abord."""


class Retenus(NamedTuple):
    """Les classeurs retenus, et une phrase par classeur laissé de côté."""

    millesimes: tuple[Millesime, ...]
    remarques: tuple[str, ...]


def choisir(controles: Sequence[Lu], annee: int) -> Retenus:
    """Les classeurs lisibles de ``annee``, un par commune, dans l'ordre reçu.

    Lève `GesteImpossible` si aucun n'est de cette année, ou si deux sont de la même commune et de
    la même année. Un classeur dont rien ne se sert est laissé, et dit ; ainsi d'un classeur sans
    nom de commune parmi d'autres : le classeur vierge ne fait pas une région.
    """
    controles, remarques = _nommes(controles)
    actuels, anciens = (
        dict(_un_par_commune(controles, une_annee)) for une_annee in (annee, annee - 1)
    )
    if not actuels:
        raise GesteImpossible(_expliquer(controles, annee), remarques=tuple(remarques))
    utiles = [*actuels.values(), *(c for commune, c in anciens.items() if commune in actuels)]
    for controle in controles:
        if not any(controle is utile for utile in utiles):
            lue = controle.registre.annee or "non inscrite"
            remarques.append(f"{controle.registre.fichier} : année {lue}, laissé de côté.")
    millesimes = (
        (controle, (anciens[commune],) if commune in anciens else ())
        for commune, controle in actuels.items()
    )
    return Retenus(tuple(millesimes), tuple(remarques))


def _nommes(controles: Sequence[Lu]) -> tuple[Sequence[Lu], list[str]]:
    """Ceux qui disent leur commune, et une phrase par autre ; tous, si aucun ne la dit."""
    nommes = [c for c in controles if c.registre.commune.texte("commune")]
    if not nommes:
        return controles, []
    muets = [c for c in controles if not any(c is nomme for nomme in nommes)]
    sans_commune = "la feuille Commune ne dit pas la commune, laissé de côté."
    return nommes, [f"{controle.registre.fichier} : {sans_commune}" for controle in muets]


def _un_par_commune(controles: Sequence[Lu], annee: int) -> Iterator[tuple[tuple[str, str], Lu]]:
    vus: dict[tuple[str, str], Lu] = {}
    for controle in controles:
        if controle.registre.annee != annee:
            continue
        commune = _identifier(controle)
        if autre := vus.get(commune):
            noms = f"{autre.registre.fichier}, {controle.registre.fichier}"
            nom = extraire(controle.registre.nom)
            raise GesteImpossible(
                f"Plusieurs classeurs de {nom} sont de {annee} ({noms}) : n'en donnez qu'un."
            )
        vus[commune] = controle
        yield commune, controle


def _identifier(controle: Lu) -> tuple[str, str]:
    """Le nom et le canton : deux communes de cantons différents peuvent porter le même nom."""
    registre = controle.registre
    return cle_large(registre.nom), cle_large(registre.commune.texte("canton") or "")


def _expliquer(controles: Sequence[Lu], annee: int) -> str:
    if not controles:
        return "Aucun classeur n'a pu être lu : le rapport n'est pas écrit."
    lues = ", ".join(f"{c.registre.fichier} : {c.registre.annee or 'vide'}" for c in controles)
    return (
        f"Aucun classeur n'est de {annee} (Année du rapport dans la feuille Commune ; {lues}) : "
        "corrigez la fiche, ou demandez une autre année."
    )
