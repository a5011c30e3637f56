"""Lire : un classeur .xlsx, .xlsm ou .ods → un `Registre`. Ne juge rien, ne lève rien.

Ce qui ne se comprend pas est une valeur (`Illisible`), un classeur illisible est un registre avec
son ``refus``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.identification import est_du_produit, identifier
from pilotage_xlsx.lecture.proprietes import lire_le_partage, lire_le_porte, lire_version
from pilotage_xlsx.lecture.registres import Contexte, lire_feuille
from pilotage_xlsx.lecture.source import ClasseurSource, lire_source
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.modele import LISTES, TABLE_A_CORRIGER, TITRE_DES_LISTES, Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide
from pilotage_xlsx.registre import SORTIES, FeuilleLue, Registre, Sorte
from pilotage_xlsx.socle.adresses import LIGNES_MAX
from pilotage_xlsx.socle.entree import EnMemoire, Source, chemin_de
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.paquet import (
    AUTRE_ORIGINE,
    MEMOIRE_MAX,
    Paquet,
    Refus,
    demesure,
    interrompu,
    modele_porte,
    ouvrir_tout,
    reunion,
)
from pilotage_xlsx.socle.textes import cle_large

__all__ = ["lire", "reconnaitre"]

_APERCU = 200
"""Lignes qui suffisent à reconnaître une feuille : les autres ne se lisent pas en entier."""


Admettre = Callable[[str], Modele]
"""Du texte que porte un classeur à son modèle ; lève `ModeleInvalide`."""


def lire(
    source: Source,
    modele: Modele,
    memoire: int = MEMOIRE_MAX,
    *,
    admettre: Admettre | None = None,
) -> Registre:
    """Le contenu d'un classeur d'après le modèle, ou un registre qui porte le refus de le lire.

    ``memoire``, en octets : ce que la lecture peut en garder. ``admettre`` : pour que le modèle que
    porte le classeur, s'il en porte un, l'emporte sur ``modele``.
    """
    try:
        with ouvrir_tout(source, memoire) as paquet:
            return _lire(source, paquet, modele, admettre)
    except Refus as refus:
        return Registre(source, refus=refus)
    except (MemoryError, RecursionError):
        return Registre(source, refus=demesure("mémoire"))
    except OSError:
        return Registre(source, refus=interrompu())


def reconnaitre(chemin: Path) -> Sorte:
    """De qui est un classeur, sans en lire les cellules ; d'une commune si rien ne se lit."""
    try:
        with ouvrir_tout(chemin) as paquet:
            est_reunion = _est_une_reunion(paquet)
            return Sorte.REUNION if est_reunion else _reconnaitre(lire_source(paquet))
    except (Refus, OSError, MemoryError, RecursionError):
        return Sorte.DE_COMMUNE


def _est_une_reunion(paquet: Paquet) -> bool:
    """Se demande avant de lire les textes : une consolidation peut être bien trop grande."""
    version = lire_version(paquet)
    return version is not None and version[0] in SORTIES


def _reconnaitre(classeur: ClasseurSource) -> Sorte:
    tables = (table for feuille in classeur.feuilles for table in feuille.tables)
    est_annotee = any(table.startswith(TABLE_A_CORRIGER) for table in tables)
    return Sorte.ANNOTEE if est_annotee else Sorte.DE_COMMUNE


def _lire(source: Source, paquet: Paquet, modele: Modele, admettre: Admettre | None) -> Registre:
    if _est_une_reunion(paquet):
        return Registre(source, refus=reunion(), sorte=Sorte.REUNION)
    porte = None
    if admettre is not None and (texte := lire_le_porte(paquet)):
        modele = _admettre(texte, admettre)
        porte = modele.porte
    classeur = lire_source(paquet)
    apercus = list(_apercevoir(classeur, modele))
    identification = identifier(apercus, modele)
    if not identification.retenues:
        raise AUTRE_ORIGINE.refuser()
    nom = nommer_le_fichier(chemin_de(source).name)
    contexte = Contexte(nom, modele, classeur.origine, paquet.budget)
    return Registre(
        source,
        _lire_les_feuilles(classeur, identification.retenues, contexte),
        identification.en_double,
        identification.propres,
        classeur.version,
        classeur.modifie,
        _a_un_verrou(source),
        sorte=_reconnaitre(classeur),
        porte=porte,
        partage=lire_le_partage(paquet),
        sans_listes=classeur.version is not None and not _a_ses_listes(classeur, apercus),
    )


def _admettre(texte: str, admettre: Admettre) -> Modele:
    try:
        return admettre(texte)
    except ModeleInvalide as faute:
        raise modele_porte(faute.fautes[0]) from faute


def _lire_les_feuilles(
    classeur: ClasseurSource, retenues: Mapping[str, Grille], contexte: Contexte
) -> Mapping[str, FeuilleLue]:
    """La fiche d'abord : les autres feuilles se lisent avec les mots de la commune."""
    lues: dict[str, FeuilleLue] = {}
    modele = contexte.modele
    for feuille in sorted(modele.a_lire, key=lambda feuille: feuille is not modele.fiche):
        if feuille.id in retenues:
            grille = _completer(classeur, retenues[feuille.id])
            lues[feuille.id] = lire_feuille(grille, feuille, contexte)
            if feuille is modele.fiche:
                propres = mots_propres(modele, lues[feuille.id].lignes[0])
                contexte = replace(contexte, propres=propres)
    return {feuille.id: lues[feuille.id] for feuille in modele.a_lire if feuille.id in lues}


def _a_ses_listes(classeur: ClasseurSource, apercus: Iterable[Grille]) -> bool:
    """Vrai si la feuille des listes est là, à son nom ou, renommée, à sa première cellule."""
    if any(cle_large(feuille.nom) == cle_large(LISTES) for feuille in classeur.feuilles):
        return True
    premieres = (grille.lignes.get(1, {}).get(1) for grille in apercus)
    return any(cellule is not None and cellule.texte == TITRE_DES_LISTES for cellule in premieres)


def _apercevoir(classeur: ClasseurSource, modele: Modele) -> Iterator[Grille]:
    """Les feuilles qu'une table désigne, entières ; des autres, de quoi les reconnaître."""
    tables = {feuille.table for feuille in modele.a_lire if feuille.table}
    for feuille in classeur.feuilles:
        if tables.intersection(feuille.tables):
            yield classeur.lire(feuille, LIGNES_MAX)
        elif not est_du_produit(feuille):
            yield classeur.lire(feuille, _APERCU)


def _completer(classeur: ClasseurSource, grille: Grille) -> Grille:
    return grille if grille.est_entiere else classeur.lire(grille.feuille, LIGNES_MAX)


def _a_un_verrou(source: Source) -> bool:
    """Vrai si Excel ou LibreOffice tient le classeur ouvert : leur fichier de verrou est à côté."""
    if isinstance(source, EnMemoire):
        return False
    verrous = (f"~${source.name}", f".~lock.{source.name}#")
    # Un nom de verrou trop long pour le système n'est pas là : `Path.exists` le lèverait.
    return any(os.path.exists(source.with_name(verrou)) for verrou in verrous)  # noqa: PTH110
