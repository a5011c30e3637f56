"""Préparer l'année suivante depuis un classeur : ce qui suit, ce qui reste, dit en phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pilotage_xlsx.generation.propres import nommer_propres
from pilotage_xlsx.generation.reprise import CompteRepris, Reprise, reprendre
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.abords import dire_les_abords, mettre_en_feuille, recueillir
from pilotage_xlsx.gestes.heritage import dire_a_repondre, dire_l_heritage
from pilotage_xlsx.gestes.porte import dire_les_portes, lire, modele_de
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.lecture.fidelite import TROP_LONG
from pilotage_xlsx.lecture.propres import lire_feuilles_propres
from pilotage_xlsx.lecture.remarques import borner, remarquer_le_classeur, remarquer_les_entetes
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.versions import changements
from pilotage_xlsx.registre import FeuillePropre, Registre, Valeur
from pilotage_xlsx.socle.entree import Source
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.textes import TexteSaisi

_MEMOIRE, _MEMOIRE_DES_PROPRES = 76 << 20, 40 << 20
"""Moins que pour un contrôle : ce qui est lu s'écrit aussi. Dix mille outils y tiennent."""

_CLASSEURS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


class Ancien(NamedTuple):
    """Un classeur à continuer, et les feuilles de la commune."""

    registre: Registre
    propres: tuple[FeuillePropre, ...]
    autour: tuple[str, ...] = ()
    """Ce qui se dit de ce qui est autour de ses réponses, et de ce qui n'en suit pas."""


class Repris(NamedTuple):
    """Le contenu du nouveau classeur, ce qu'il y a à en dire, et les feuilles de la commune."""

    registre: Registre
    remarques: tuple[str, ...]
    propres: tuple[FeuillePropre, ...] = ()


def est_un_classeur(depuis: str) -> bool:
    """Vrai si ce nom est celui d'un classeur plutôt que d'un JSON."""
    return Path(depuis).suffix.lower() in _CLASSEURS


def reprendre_un_classeur(
    ancien: Ancien, options: Mapping[str, Any], modele: Modele, au: date
) -> Repris:
    """Ce qui suit d'un classeur dans celui de l'année suivante, ou de ``options["annee"]``."""
    lu, propres, autour = ancien
    registre, remarques = _renouveler(lu, options, modele, au)
    porte = dire_les_portes([(lu.nom_du_fichier, lu.porte)])
    dites = (*porte, *remarques, *dire_les_propres(modele, propres), *autour)
    return Repris(registre, dites, propres)


def lire_l_ancien(source: Source, modele: Modele) -> Ancien:
    """Le classeur à continuer ; lève `GesteImpossible` s'il ne se lit pas."""
    ancien = lire(source, modele, _MEMOIRE)
    try:
        if ancien.refus is not None:
            raise ancien.refus
        propres = lire_feuilles_propres(ancien, _MEMOIRE_DES_PROPRES)
        autour = recueillir(ancien, modele_de(ancien.porte, modele), _MEMOIRE)
        notees = mettre_en_feuille(autour, ancien)
        return Ancien(ancien, (*propres, *_marges(ancien), *notees), (*dire_les_abords(autour),))
    except Refus as refus:
        raise GesteImpossible(f"{ancien.fichier} : {refus}") from None


def _marges(ancien: Registre) -> Iterator[FeuillePropre]:
    """Ce que la commune a écrit dans ses colonnes, sur des lignes qui n'inscrivent rien."""
    for lue in ancien.feuilles.values():
        if lue.en_marge:
            rangs = {entete: rang for rang, entete in enumerate(lue.propres, 1)}
            cellules: dict[tuple[int, int], Valeur] = {
                (1, rang): TexteSaisi(entete) for entete, rang in rangs.items()
            }
            for ligne, libres in enumerate(lue.en_marge.values(), 2):
                cellules |= {(ligne, rangs[nom]): valeur for nom, valeur in libres.items()}
            yield FeuillePropre(f"{lue.lieu.feuille[:20]}, en marge", cellules)


def _renouveler(
    ancien: Registre, options: Mapping[str, Any], modele: Modele, au: date
) -> tuple[Registre, tuple[str, ...]]:
    """Le contenu du nouveau classeur, et ce qui s'en dit, dont le compte de chaque registre."""
    annee = options["annee"] or (au.year if ancien.annee is None else ancien.annee + 1)
    document = {modele.fiche.id: {**options, "annee": annee}}
    fiche, remarques = lire_donnees(document, modele, ancien.fichier)
    reprise = reprendre(ancien, modele, fiche.commune.valeurs)
    changements = chain(
        remarquer_les_entetes(ancien, reprise.registre),
        remarquer_le_classeur(reprise.registre, modele),
    )
    avant = (*avertir(ancien, modele), *dire_l_heritage(ancien, modele))
    comptes = _dire_les_comptes(ancien, reprise, modele)
    encore = dire_a_repondre(ancien, reprise.registre, modele)
    return reprise.registre, (*avant, *remarques, *borner(changements), *comptes, *encore)


def _dire_les_comptes(ancien: Registre, reprise: Reprise, modele: Modele) -> Iterator[str]:
    for identifiant, compte in reprise.comptes.items():
        yield f"{modele.par_id[identifiant].libelle} : {_dire_compte(compte)}."
    if any(compte.laissees for compte in reprise.comptes.values()):
        yield f"Ce qui est laissé est clos, et reste dans {ancien.nom_du_fichier}."


def dire_les_propres(modele: Modele, propres: tuple[FeuillePropre, ...]) -> Iterator[str]:
    """Ce que deviennent les feuilles de la commune."""
    for propre, nommee in zip(propres, nommer_propres(modele, propres), strict=True):
        if nommee.nom != propre.nom:
            yield (
                f"Feuille « {propre.nom} » : ce nom est pris, ou un tableur ne l'admet pas ; elle "
                f"se nomme « {nommee.nom} »."
            )
        cellules = _compter(len(propre.cellules), "cellule reprise", "cellules reprises")
        if not propre.intitules:
            yield (
                f"Feuille « {propre.nom} » : {cellules}, en valeurs. Ses formules, sa mise en "
                "forme, ses menus et ses graphiques ne suivent pas."
            )
        if propre.coupees:
            yield f"Feuille « {propre.nom} », {', '.join(propre.coupees)} : {TROP_LONG}."


def avertir(ancien: Registre, modele: Modele) -> Iterator[str]:
    """Ce qu'un classeur à reprendre ne dit pas, ou dit deux fois."""
    if ancien.a_un_verrou:
        yield "Ce classeur est ouvert ailleurs : ce qui n'y est pas enregistré n'est pas repris."
    if ancien.annee is None:
        yield "L'année de l'ancien classeur ne se lit pas : vérifiez celle du nouveau."
    ajoutes = changements(modele.identite, ancien.version).ajoutes
    for feuille in modele.feuilles:
        if feuille.id not in ancien.feuilles and feuille.id not in ajoutes:
            yield f"{feuille.libelle} : l'ancien classeur n'a pas cette feuille."
    for identifiant, nom in ancien.en_double:
        libelle = modele.par_id[identifiant].libelle
        yield f"Feuille « {nom} » : un second registre « {libelle} », qui n'est pas repris."


def _dire_compte(compte: CompteRepris) -> str:
    phrase = _compter(compte.reprises, "ligne reprise", "lignes reprises")
    if compte.citees:
        phrase += f", dont {_compter(compte.citees, 'close mais citée', 'closes mais citées')}"
    phrase += f" ; {_compter(compte.laissees, 'laissée', 'laissées')}"
    if compte.totaux:
        phrase += f", et {_compter(compte.totaux, 'ligne', 'lignes')} « Total »"
    return phrase


def _compter(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre or 'aucune'} {un if nombre < 2 else plusieurs}"
