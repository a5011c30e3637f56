"""``consolider`` : plusieurs classeurs en un, chaque ligne avec son origine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    argument_classeurs,
    commande,
    dire_les_restes,
    option_au,
    option_force,
    refuser_d_ecraser,
    vrai_chemin,
)
from pilotage_xlsx.commandes.fichiers import Recensement, recenser
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import ebaucher, preparer
from pilotage_xlsx.socle.ecriture.dossier import Depot
from pilotage_xlsx.socle.montrable import nommer_le_fichier

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation import Consolidation, Rayon, Tete


FORMES = ("xlsx", "json", "csv", "parquet")
_EN_DOSSIER = ("csv", "parquet")


def preparer_la_sortie(
    sortie: Path, forme: str, chemins: tuple[Path, ...], modele: Modele, *, force: bool
) -> None:
    """Vérifie, avant tout long travail, que la consolidation pourra s'écrire."""
    from pilotage_xlsx.consolidation.rendus.dossier import nommer_les_tables

    if forme == "parquet" and find_spec("pyarrow") is None:
        raise Echec(
            "Le format parquet demande un complément : pip install 'pilotage-xlsx[parquet]'. "
            "Sans lui, --format csv donne les mêmes tables."
        )
    if forme not in _EN_DOSSIER:
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=force)
        return
    noms = nommer_les_tables(modele, forme)
    refuser_d_ecraser((sortie / nom for nom in noms), chemins)
    Depot(sortie, "consolider", remplacer=force).exiger(noms)


def ecrire_la_consolidation(
    consolide: Consolidation, sortie: Path, forme: str, chemins: Sequence[Path], *, force: bool
) -> None:
    """Écrit la consolidation des classeurs ``chemins`` : un fichier, ou ses tables."""
    if forme == "xlsx":
        from pilotage_xlsx.consolidation.rendus.classeur import ecrire_classeur

        with ebaucher(sortie, remplacer=force, sources=chemins) as brouillon:
            ecrire_classeur(consolide, brouillon, sortie)
    elif forme == "json":
        from pilotage_xlsx.consolidation.rendus.donnees import ecrire_json

        with (
            ebaucher(sortie, remplacer=force, sources=chemins) as brouillon,
            brouillon.open("wb") as fichier,
        ):
            ecrire_json(consolide, fichier)
    else:
        with Depot(sortie, "consolider", remplacer=force) as depot:
            _deposer(consolide, depot, forme, chemins)


def _deposer(consolide: Consolidation, depot: Depot, forme: str, chemins: Sequence[Path]) -> None:
    """Chaque table dans son fichier ; celles d'une fois d'avant, de même forme, s'en vont."""
    from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv, tables_de
    from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet

    ecrire_une = ecrire_csv if forme == "csv" else ecrire_parquet
    for table in tables_de(consolide):
        with depot.ebaucher(f"{table.id}.{forme}", chemins) as brouillon:
            ecrire_une(table, brouillon)
    depot.poser()
    dire_les_restes(depot.enlever_le_reste(lambda nom: nom.endswith(f".{forme}")))


@commande("consolider")
@argument_classeurs
@click.option(
    "--sortie",
    required=True,
    metavar="CONSOLIDE.xlsx",
    type=click.Path(path_type=Path),
    help="Le fichier à écrire ; pour csv et parquet, un dossier.",
)
@click.option(
    "--format",
    "forme",
    type=click.Choice(FORMES),
    default="xlsx",
    help="Un classeur, ou de quoi nourrir un autre programme.",
)
@click.option(
    "--prefere",
    multiple=True,
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Celui à retenir, si une commune en a deux (se répète).",
)
@click.option(
    "--correspondances",
    metavar="FICHIER.csv",
    type=click.Path(path_type=Path),
    help="Les prestataires à réunir : lu s'il existe, sinon écrit, à corriger.",
)
@click.option("--annee", type=int, metavar="2026", help="Ne retenir que cette année.")
@option_au
@option_force
def consolider(
    entrees: tuple[Path, ...],
    sortie: Path,
    forme: str,
    prefere: tuple[Path, ...],
    correspondances: Path | None,
    annee: int | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Joint plusieurs classeurs en un ; chaque ligne dit sa source."""
    from pilotage_xlsx.consolidation import Rayon

    recensement = recenser(entrees, nommes=prefere)
    chemins = recensement.chemins
    _exiger_les_preferes(prefere, chemins)
    preparer_la_sortie(sortie, forme, recensement.intouchables(sortie), modele, force=force)
    connues = _lire_les_correspondances(correspondances, chemins, sortie)
    with Rayon() as rayon:
        consolide = _joindre(
            rayon, recensement, modele, au, forme, connues, {"prefere": prefere, "annee": annee}
        )
        _exiger_l_annee(consolide, annee)
        ecrire_la_consolidation(consolide, sortie, forme, chemins, force=force)
        _suivre_les_correspondances(consolide, correspondances, connues, chemins)
        _dire_les_refus([piece.tete for piece in consolide.pieces])
        imprimer(f"{nommer_le_fichier(sortie)} : {consolide.phrase()}")
        imprimer(consolide.comptes.phrase())
        return 0 if all(piece.est_lue for piece in consolide.pieces) else 2


def _joindre(
    rayon: Rayon, recensement: Recensement, modele: Modele, au: date, forme: str,
    connues: Mapping[str, str], choix: Mapping[str, Any],
) -> Consolidation:  # fmt: skip
    from pilotage_xlsx.commandes.atelier import examiner_tous
    from pilotage_xlsx.gestes.consolider import joindre
    from pilotage_xlsx.gestes.extraction import Extraction, Rendu

    rendus: list[Rendu] = []
    for rendu in examiner_tous(recensement, Extraction(modele, au, forme == "json")):
        rayon.ranger(len(rendus), rendu.parties)
        rendus.append(rendu._replace(parties={}))
    tetes = [rendu.tete for rendu in rendus]
    if all(tete.refus for tete in tetes):
        _dire_les_refus(tetes)
        raise Echec("Aucun classeur n'a pu être lu : rien n'est écrit.")
    return joindre(rendus, rayon, modele, au, correspondances=connues, **choix)


def _lire_les_correspondances(
    fichier: Path | None, chemins: tuple[Path, ...], sortie: Path
) -> Mapping[str, str]:
    from pilotage_xlsx.consolidation.correspondances import (
        CorrespondancesIllisibles,
        lire_correspondances,
    )

    if fichier is None:
        return {}
    if not fichier.exists():
        refuser_d_ecraser(fichier, (*chemins, sortie))
        preparer(fichier, remplacer=False)
        return {}
    try:
        return lire_correspondances(fichier)
    except CorrespondancesIllisibles as faute:
        raise Echec(str(faute)) from None


def _suivre_les_correspondances(
    consolide: Consolidation, fichier: Path | None, connues: Mapping[str, str],
    chemins: Sequence[Path],
) -> None:  # fmt: skip
    """Écrit le fichier s'il n'existe pas ; sinon, dit ce qu'il ne connaît pas encore."""
    from pilotage_xlsx.consolidation.regroupements import presenter
    from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv

    if fichier is None:
        return
    if not fichier.exists():
        with ebaucher(fichier, remplacer=False, sources=chemins) as brouillon:
            ecrire_csv(presenter(consolide.prestataires, est_complete=True), brouillon)
        dire(f"{fichier} : les prestataires et leurs réunions, à corriger puis à redonner.")
        return
    from pilotage_xlsx.socle.textes import cle
    from pilotage_xlsx.verification.phrases import accorder

    vues = {cle(ecrit) for ecrit in connues}
    groupes = consolide.prestataires.groupes
    neuves = [m.nom for groupe in groupes for m in groupe.membres if cle(m.nom) not in vues]
    if neuves:
        cites = ", ".join(f"« {nom} »" for nom in neuves[:10])
        autres = f", et {accorder(len(neuves) - 10, 'autre')}" if len(neuves) > 10 else ""
        dire(
            f"{fichier} ne connaît pas encore : {cites}{autres}. La feuille "
            "« Prestataires réunis » les montre."
        )


def _dire_les_refus(tetes: Sequence[Tete]) -> None:
    for tete in tetes:
        if tete.refus:
            dire(f"{tete.chemin} : pas lu. {tete.refus}")


def _exiger_l_annee(consolide: Consolidation, annee: int | None) -> None:
    if not consolide.retenues:
        lues = {str(piece.tete.annee) for piece in consolide.pieces if piece.tete.annee}
        connues = f" (années lues : {', '.join(sorted(lues))})" if lues else ""
        raise Echec(f"Aucun classeur n'est de {annee}{connues} : rien n'est écrit.")


def _exiger_les_preferes(preferes: tuple[Path, ...], chemins: tuple[Path, ...]) -> None:
    recus = set(map(vrai_chemin, chemins))
    for prefere in preferes:
        if vrai_chemin(prefere) not in recus:
            raise Echec(f"--prefere {prefere} : ce classeur n'est pas parmi ceux à consolider.")
