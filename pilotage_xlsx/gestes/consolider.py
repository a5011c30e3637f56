"""Consolider : plusieurs classeurs en un ensemble, chaque ligne avec son origine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pilotage_xlsx import verification
from pilotage_xlsx.consolidation import Consolidation, Rayon, assembler
from pilotage_xlsx.consolidation.rendus.dossier import tables_de
from pilotage_xlsx.gestes import GesteImpossible, choisir
from pilotage_xlsx.gestes.classeurs import Chemin, Classeur, charger_une_fois, ouvrir
from pilotage_xlsx.gestes.extraction import Extraction, Rendu
from pilotage_xlsx.gestes.porte import modele_commun, modele_de
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import base_du_porte
from pilotage_xlsx.modele.union import unir
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.ecriture import ouvrir_un_atelier
from pilotage_xlsx.socle.entree import lire
from pilotage_xlsx.socle.systeme import Moyen
from pilotage_xlsx.verification.phrases import enumerer

_UN_FICHIER = "consolidation"


def consolider(
    classeurs: Iterable[Classeur],
    *,
    au: date | None = None,
    annee: int | None = None,
    prefere: Iterable[Chemin] = (),
    correspondances: Mapping[str, str] | None = None,
    modele: Modele | None = None,
) -> Consolidation:
    """Joint des classeurs ; ``.tables`` donne chaque registre en DataFrame, avec sa provenance.

    ``annee`` : la seule année à retenir ; ``prefere`` : ceux à garder si une commune en a deux ;
    ``correspondances`` : nom de prestataire écrit → nom à montrer. Un classeur illisible est dit
    dans ``.provenance``.
    """
    choisi, jour, rayon = modele or charger_une_fois(), au or date.today(), Rayon()
    tache = Extraction(choisi, jour, veut_le_json=True)
    rendus: list[Rendu] = []
    for rang, classeur in enumerate(classeurs):
        rendu = tache.rendre(ouvrir(classeur, choisi, est_un_partage_admis=True))
        rayon.ranger(rang, rendu.parties)
        rendus.append(rendu._replace(parties={}))
    return joindre(
        rendus,
        rayon,
        choisi,
        jour,
        annee=annee,
        prefere=tuple(map(Path, prefere)),
        correspondances=correspondances or {},
    )


def joindre(
    rendus: Sequence[Rendu],
    rayon: Rayon,
    modele: Modele,
    au: date,
    *,
    annee: int | None,
    prefere: Sequence[Path],
    correspondances: Mapping[str, str],
) -> Consolidation:
    """L'ensemble de classeurs déjà extraits, dont le rayon tient les lignes.

    Un modèle et ses touches se joignent : les colonnes et les valeurs de toutes. Lève
    `GesteImpossible` s'ils portent d'autres modèles, différents.
    """
    pris = {
        rang: rendu
        for rang, rendu in enumerate(rendus)
        if rendu.tete.refus is None and annee in (None, rendu.tete.annee)
    }
    choisi, modele = modele, _exiger_un_modele([r.allege for r in pris.values()], modele)
    for rang, rendu in pris.items():
        _aligner(rayon, rang, modele_de(rendu.allege.porte, choisi), modele)
    ensemble = Ensemble(modele, tuple(rendu.allege for rendu in rendus), dict(correspondances))
    return assembler(
        [rendu.tete for rendu in rendus],
        rayon,
        modele,
        au,
        d_ensemble=verification.verifier_ensemble(ensemble, modele),
        prestataires=ensemble.prestataires,
        prefere=tuple(prefere),
        annee=annee,
    )


def _exiger_un_modele(lus: Sequence[Registre], modele: Modele) -> Modele:
    """Le modèle de tous ces classeurs, ou l'union du livré et de ses touches."""
    suivis = {registre.porte: registre for registre in lus}
    if len(suivis) > 1 and modele.est_par_defaut:
        base = modele.identite.id
        if all(porte is None or base_du_porte(porte.texte) == base for porte in suivis):
            touches = sorted((p for p in suivis if p is not None), key=lambda porte: porte.nom)
            if union := unir([modele, *(modele_de(porte, modele) for porte in touches)]):
                return union
    if len(suivis) > 1:
        cites = (
            f"« {porte.nom if porte else modele.nom} » ({registre.nom_du_fichier})"
            for porte, registre in suivis.items()
        )
        raise GesteImpossible(
            f"Ces classeurs suivent des modèles différents : {enumerer(cites)}. Une consolidation "
            "n'en a qu'un : réunissez à part ceux de chaque modèle.",
            moyens=(Moyen.MODELE,),
        )
    return modele_commun(suivis, modele)


def _aligner(rayon: Rayon, rang: int, sien: Modele, modele: Modele) -> None:
    """Range les cellules d'un classeur dans l'ordre des colonnes du modèle de tous."""
    if sien is modele:
        return
    for feuille in modele.a_lire:
        siennes = [colonne.id for colonne in sien.par_id[feuille.id].colonnes]
        if siennes == [colonne.id for colonne in feuille.colonnes]:
            continue
        places = {colonne: place for place, colonne in enumerate(siennes)}
        rayon.realigner(rang, feuille.id, [places.get(c.id) for c in feuille.colonnes])


def en_fichiers(consolidation: Consolidation, forme: str = "xlsx") -> Mapping[str, bytes]:
    """Ce que la commande ``consolider`` écrirait : le contenu de chaque fichier, par nom.

    ``forme`` : « xlsx » ou « json », en un fichier ; « csv » ou « parquet », un par table.
    """
    choisir(forme, ("xlsx", "json", "csv", "parquet"), "une forme de consolidation")
    with ouvrir_un_atelier() as atelier:
        _ecrire(consolidation, forme, atelier)
        ecrits = sorted(atelier.glob(f"*.{forme}"))
        return {f.name: lire(f, f.stat().st_size) for f in ecrits}


def _ecrire(consolidation: Consolidation, forme: str, dossier: Path) -> None:
    un_fichier = dossier / f"{_UN_FICHIER}.{forme}"
    match forme:
        case "xlsx":
            from pilotage_xlsx.consolidation.rendus.classeur import ecrire_classeur  # noqa: PLC0415

            ecrire_classeur(consolidation, un_fichier, Path(un_fichier.name))
        case "json":
            from pilotage_xlsx.consolidation.rendus.donnees import ecrire_json  # noqa: PLC0415

            with un_fichier.open("wb") as fichier:
                ecrire_json(consolidation, fichier)
        case "csv":
            from pilotage_xlsx.consolidation.rendus.dossier import ecrire_csv  # noqa: PLC0415

            for table in tables_de(consolidation):
                ecrire_csv(table, dossier / f"{table.id}.csv")
        case _:
            from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet  # noqa: PLC0415

            for table in tables_de(consolidation):
                ecrire_parquet(table, dossier / f"{table.id}.parquet")
