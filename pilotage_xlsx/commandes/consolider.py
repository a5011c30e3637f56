"""``consolider`` : plusieurs classeurs en un, chaque ligne avec son origine."""

from __future__ import annotations

import tempfile
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
    dire,
    option_au,
    option_force,
    progression,
    refuser_d_ecraser,
    vrai_chemin,
)
from pilotage_xlsx.commandes.fichiers import recenser
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import (
    ebaucher,
    ebaucher_un_dossier,
    preparer,
    preparer_le_dossier_neuf,
)

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation import Consolidation, Rayon, Tete

_FORMES = ("xlsx", "json", "csv", "parquet")
_EN_DOSSIER = ("csv", "parquet")


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
    type=click.Choice(_FORMES),
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

    chemins = recenser(entrees)
    _exiger_les_preferes(prefere, chemins)
    _preparer_la_sortie(sortie, forme, chemins, force=force)
    connues = _lire_les_correspondances(correspondances, chemins, sortie)
    with Rayon() as rayon:
        consolide = _joindre(
            rayon, chemins, modele, au, forme, connues, {"prefere": prefere, "annee": annee}
        )
        _exiger_l_annee(consolide, annee)
        _ecrire(consolide, sortie, forme, force=force)
        _suivre_les_correspondances(consolide, correspondances, connues)
        _dire_les_refus([piece.tete for piece in consolide.pieces])
        click.echo(f"{sortie} : {consolide.phrase()}\n{consolide.comptes.phrase()}")
        return 0 if all(piece.est_lue for piece in consolide.pieces) else 2


def _joindre(
    rayon: Rayon, chemins: Sequence[Path], modele: Modele, au: date, forme: str,
    connues: Mapping[str, str], choix: Mapping[str, Any],
) -> Consolidation:  # fmt: skip
    from pilotage_xlsx.commandes.atelier import examiner_tous
    from pilotage_xlsx.commandes.extraction import Extraction, Rendu
    from pilotage_xlsx.consolidation import assembler
    from pilotage_xlsx.registre import Ensemble
    from pilotage_xlsx.verification import verifier_ensemble

    rendus: dict[int, Rendu] = {}
    with progression(len(chemins)) as barre:
        for rang, rendu in examiner_tous(chemins, Extraction(modele, au, forme == "json")):
            if barre:
                barre.update(1)
            _ranger(rayon, rang, rendu.parties)
            rendus[rang] = rendu._replace(parties={})
    tetes = [rendus[rang].tete for rang in range(len(chemins))]
    if all(tete.refus for tete in tetes):
        _dire_les_refus(tetes)
        raise Echec("Aucun classeur n'a pu être lu : rien n'est écrit.")
    alleges = tuple(rendus[rang].allege for rang in range(len(chemins)))
    ensemble = Ensemble(modele, alleges, dict(connues))
    d_ensemble = verifier_ensemble(ensemble, modele)
    return assembler(
        tetes, rayon, modele, au, d_ensemble=d_ensemble, prestataires=ensemble.prestataires, **choix
    )


def _ranger(rayon: Rayon, rang: int, parties: Mapping[str, bytes]) -> None:
    try:
        rayon.ranger(rang, parties)
    except OSError:
        dossier = tempfile.gettempdir()
        raise Echec(
            f"Il n'y a plus de place dans {dossier} pour travailler : libérez-en."
        ) from None


def _preparer_la_sortie(
    sortie: Path, forme: str, chemins: tuple[Path, ...], *, force: bool
) -> None:
    if forme == "parquet" and find_spec("pyarrow") is None:
        raise Echec(
            "Le format parquet demande un complément : pip install 'pilotage-xlsx[parquet]'. "
            "Sans lui, --format csv donne les mêmes tables."
        )
    if forme not in _EN_DOSSIER:
        refuser_d_ecraser(sortie, chemins)
        preparer(sortie, remplacer=force)
        return
    dossier = vrai_chemin(sortie)
    if any(vrai_chemin(chemin).is_relative_to(dossier) for chemin in chemins):
        raise Echec(f"{sortie} contient des classeurs reçus : donnez un autre dossier.")
    preparer_le_dossier_neuf(sortie, remplacer=force)


def _ecrire(consolide: Consolidation, sortie: Path, forme: str, *, force: bool) -> None:
    from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv, tables_de

    if forme == "xlsx":
        from pilotage_xlsx.consolidation.rendus.classeur import ecrire_classeur

        with ebaucher(sortie, remplacer=force) as brouillon:
            ecrire_classeur(consolide, brouillon, sortie)
    elif forme == "json":
        from pilotage_xlsx.consolidation.rendus.donnees import ecrire_json

        with ebaucher(sortie, remplacer=force) as brouillon, brouillon.open("xb") as fichier:
            ecrire_json(consolide, fichier)
    else:
        from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet

        ecrire_une = ecrire_csv if forme == "csv" else ecrire_parquet
        with ebaucher_un_dossier(sortie, remplacer=force) as dossier:
            for table in tables_de(consolide):
                ecrire_une(table, dossier / f"{table.id}.{forme}")


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
    consolide: Consolidation, fichier: Path | None, connues: Mapping[str, str]
) -> None:
    """Écrit le fichier s'il n'existe pas ; sinon, dit ce qu'il ne connaît pas encore."""
    from pilotage_xlsx.consolidation.regroupements import presenter
    from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv

    if fichier is None:
        return
    if not fichier.exists():
        with ebaucher(fichier, remplacer=False) as brouillon:
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
