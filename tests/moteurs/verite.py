"""Ce que chaque cellule doit dire d'un classeur rempli par d'autres mains : relu, et jugé par nous.

Rien n'est supposé de la place des colonnes : les clés cachées la disent. Une cellule sans formule
n'est pas attendue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.datetime import to_excel

from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.numeros import prochain_numero
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.bilan import dire_etat, relever
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import Ligne, Registre
from tests.generation.parite import attendre_dernier_jour, compter
from tests.moteurs.fichiers import Adresse, Classeur, Valeur

Attendues = dict[Adresse, Valeur]


def attendre(chemin: Path, classeur: Classeur, modele: Modele) -> Attendues:
    """L'état et le dernier jour de chaque ligne ; les comptes de Contrôle."""
    registre = lire(chemin, modele)
    assert registre.refus is None, registre.refus
    etat = Etat(modele, registre)
    lues = [feuille for feuille in modele.registres if feuille.id in registre.feuilles]
    attendues: Attendues = {}
    for feuille in lues:
        attendues.update(_attendre_registre(classeur, registre, etat, feuille))
    if not _lignes_sans_formule(classeur, registre, lues):
        attendues.update(_attendre_controle(classeur, registre, etat, lues))
    return attendues


def _attendre_registre(
    classeur: Classeur, registre: Registre, etat: Etat, feuille: Feuille
) -> Iterator[tuple[Adresse, Valeur]]:
    lignes = {ligne.numero: ligne for ligne in registre.lignes(feuille.id)}
    for cle, juger in (("#etat", _dire_etat), ("dernier_jour", _dire_dernier_jour)):
        calculees = {
            coordinate_from_string(adresse[1])[1]: adresse
            for adresse in _calculees_sous(classeur, registre, feuille, cle)
        }
        libre = _premiere_libre(feuille, lignes, sorted(calculees)) if cle == "#etat" else None
        for numero, adresse in calculees.items():
            attendu = juger(etat, feuille, lignes.get(numero))
            if numero == libre and not attendu and registre.annee:
                suivant = prochain_numero(feuille, registre.lignes(feuille.id), registre.annee)
                attendu = f"Prochain n°\u202f: {suivant}"
            yield adresse, attendu


def _premiere_libre(
    feuille: Feuille, lignes: Mapping[int, Ligne], calculees: Sequence[int]
) -> int | None:
    """La première ligne calculée dont la clé est vide : elle annonce le prochain numéro."""
    if not feuille.prefixe:
        return None
    cle = feuille.cle or ""
    libres = (n for n in calculees if n not in lignes or lignes[n][cle] is None)
    return next(libres, None)


def _dire_etat(etat: Etat, feuille: Feuille, ligne: Ligne | None) -> Valeur:
    return dire_etat(feuille, etat.signes(feuille, ligne) if ligne else "")


def _dire_dernier_jour(etat: Etat, feuille: Feuille, ligne: Ligne | None) -> Valeur:
    jour = attendre_dernier_jour(feuille, ligne)
    return to_excel(jour) if isinstance(jour, datetime) else jour


def _calculees_sous(
    classeur: Classeur, registre: Registre, feuille: Feuille, cle: str
) -> list[Adresse]:
    """Les cellules calculées de la colonne que nomme une clé cachée."""
    lieu = registre.feuilles[feuille.id].lieu
    voulue = f"{feuille.id}.{cle}"
    colonnes = {
        coordinate_from_string(ou[1])[0]
        for ou, cellule in classeur.cellules.items()
        if cellule.valeur == voulue
    }
    return [
        (nom, adresse)
        for nom, adresse in classeur.formules
        if nom == lieu.feuille
        and coordinate_from_string(adresse)[0] in colonnes
        and coordinate_from_string(adresse)[1] > lieu.ligne_entete
    ]


def _lignes_sans_formule(classeur: Classeur, registre: Registre, lues: list[Feuille]) -> bool:
    """Des lignes que le tableur n'a pas étendues : Contrôle les annonce, et ne les compte pas."""
    for feuille in lues:
        calculees = {
            coordinate_from_string(adresse)[1]
            for _, adresse in _calculees_sous(classeur, registre, feuille, "#etat")
        }
        if any(ligne.numero not in calculees for ligne in registre.lignes(feuille.id)):
            return True
    return False


def _attendre_controle(
    classeur: Classeur, registre: Registre, etat: Etat, lues: list[Feuille]
) -> Iterator[tuple[Adresse, Valeur]]:
    """Les comptes de chaque registre, à droite de son nom."""
    rangees = {
        cellule.valeur: coordinate_from_string(adresse)[1]
        for (nom, adresse), cellule in classeur.cellules.items()
        if nom == CONTROLE and coordinate_from_string(adresse)[0] == "A"
    }
    for feuille in lues:
        rangee = rangees.get(registre.feuilles[feuille.id].lieu.feuille)
        for rang, compte in enumerate(compter(feuille, relever(etat, feuille)), 2):
            adresse = (CONTROLE, f"{get_column_letter(rang)}{rangee}")
            if rangee and adresse in classeur.formules:
                yield adresse, compte
