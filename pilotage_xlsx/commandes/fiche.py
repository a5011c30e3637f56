"""``fiche`` : une page pour la séance, le dossier, le mur, ou l'avis à l'exécutif."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    commande,
    option_au,
    option_force,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import fiches
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import proposer
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.textes import cle_large, est_egal

_REGISTRES = {"decision": "decisions", "incident": "incidents", "avis": "incidents"}
_SUJETS = (*_REGISTRES, "urgence")
_OU = "decision, incident, avis ou urgence"
_AU_PLUS = 8


def _lire_le_sujet(ctx: click.Context, param: click.Parameter, texte: str) -> str:
    """Le sujet, accents et casse ignorés."""
    sujet = cle_large(texte)
    if sujet not in _SUJETS:
        proche = proposer(texte, _SUJETS)
        conseil = f"vouliez-vous dire « {proche} » ?" if proche else f"dites {_OU}."
        raise Echec(f"« {texte} » n'est pas une fiche : {conseil}")
    return sujet


@commande("fiche")
@click.argument("sujet", metavar="decision|incident|avis|urgence", callback=_lire_le_sujet)
@click.argument("classeur", metavar="CLASSEUR", type=click.Path(path_type=Path))
@click.argument("numero", metavar="[NUMERO]", required=False)
@click.option(
    "--sortie",
    required=True,
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Le fichier à écrire.",
)
@click.option(
    "--format",
    "forme",
    type=click.Choice(fiches.FORMES),
    help="La forme ; celle du nom de fichier, sinon pdf.",
)
@option_au
@option_force
def fiche(
    sujet: str,
    classeur: Path,
    numero: str | None,
    sortie: Path,
    forme: str | None,
    au: date,
    modele: Modele,
    force: bool,
) -> int:
    """Écrit une fiche d'une page, d'après un CLASSEUR.

    decision D-2026-003 pour la séance, incident I-2026-002 pour le dossier, avis I-2026-002 pour
    informer l'exécutif, urgence à afficher.
    """
    refuser_d_ecraser(sortie, [classeur])
    preparer(sortie, remplacer=force)
    composee = _composer(sujet, _lire(classeur, modele, au), numero)
    extension = sortie.suffix.lower().removeprefix(".")
    choisie = forme or (extension if extension in fiches.FORMES else fiches.FORMES[0])
    octets = fiches.rendre(composee, choisie, au)
    ecrire_atomique(sortie, octets, remplacer=force, sources=[classeur])
    imprimer(nommer_le_fichier(sortie))
    _dire_la_suite(composee, sortie, choisie)
    return 0


def _lire(classeur: Path, modele: Modele, au: date) -> Liens:
    registre = lire(classeur, modele)
    if registre.refus is not None:
        raise Echec(f"{classeur} : pas lu. {registre.refus}")
    return Liens(modele, registre, au)


def _composer(sujet: str, liens: Liens, numero: str | None) -> fiches.Fiche:
    if sujet == "urgence":
        if numero is not None:
            raise Echec(f"La fiche d'urgence est celle de la commune : retirez « {numero} ».")
        return fiches.urgence.composer(liens)
    ligne = _trouver(liens, _REGISTRES[sujet], numero)
    match sujet:
        case "decision":
            return fiches.decision.composer(liens, ligne)
        case "incident":
            return fiches.incident.composer(liens, ligne)
        case _:
            if refus := fiches.avis.refuser(liens, ligne):
                raise Echec(refus)
            return fiches.avis.composer(liens, ligne)


def _trouver(liens: Liens, registre: str, numero: str | None) -> Ligne:
    """La ligne de ce numéro ; s'il manque ou n'existe pas, une phrase qui en propose."""
    feuille = liens.modele.par_id[registre].libelle
    numeros = [n for ligne in liens.etat.lignes(registre) if (n := ligne.texte("numero"))]
    if not numeros:
        raise Echec(f"La feuille {feuille} n'a aucun numéro inscrit.")
    if numero is None:
        derniers = ", ".join(numeros[-_AU_PLUS:])
        raise Echec(f"Indiquez le numéro, après le classeur ; les derniers inscrits : {derniers}.")
    if (ligne := liens.etat.trouver(registre, numero)) is None:
        proche = proposer(numero, numeros)
        conseil = (
            f"vouliez-vous dire « {proche} » ?" if proche else f"relisez la feuille {feuille}."
        )
        raise Echec(f"« {numero} » n'est pas dans la feuille {feuille} : {conseil}")
    if sum(est_egal(n, numero) for n in numeros) > 1:
        dire(f"« {numero} » est inscrit plusieurs fois : la fiche dit la première ligne.")
    return ligne


def _dire_la_suite(composee: fiches.Fiche, sortie: Path, forme: str) -> None:
    """Un avis en texte part par ``envoyer`` : dire comment, et ce qui lui manque."""
    if composee.courrier is None or forme != "txt":
        return
    chemin = f'"{sortie}"' if " " in str(sortie) else str(sortie)
    dire(f"À relire, puis : pilotage-xlsx envoyer {chemin} --brouillon avis.eml")
    if composee.courrier.a is None:
        dire("Le courriel de l'exécutif manque dans la feuille Commune : ajoutez --a ADRESSE.")
    if composee.courrier.de is None:
        dire("Le courriel du référent manque dans la feuille Commune : ajoutez --de ADRESSE.")
