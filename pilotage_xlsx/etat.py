"""L'état d'un registre : ce que partagent la feuille, le contrôle et le rapport (domaine.md §3).

Exigée, en vigueur, complète, à clarifier, dernier jour pour résilier : une seule définition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from typing import assert_never

import msgspec

from pilotage_xlsx.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.dates import ajouter_mois, est_une_serie
from pilotage_xlsx.modele import A_CLARIFIER, Colonne, Feuille, Genre, Modele
from pilotage_xlsx.registre import Illisible, Ligne, Nature, Registre
from pilotage_xlsx.textes import cle, cle_large

_TOTAUX = {"total", "totaux", "soustotal", "totalgeneral", "somme"}
_TEXTES = (str, Illisible, tuple)
_DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
_NATIFS = _DATES | {Genre.ENTIER, Genre.MONTANT}


def est_vraie(condition: Condition, ligne: Ligne) -> bool:
    """Évalue une condition sur une ligne ; une cellule fautive ne rend vrai que `Rempli`."""
    return any(
        all(_est_vrai(essai, ligne) for essai in essais) for essais in condition.alternatives
    )


def _est_vrai(essai: Essai, ligne: Ligne) -> bool:
    valeur = ligne[essai.colonne]
    match essai:
        case Parmi(_, valeurs):
            return valeur in valeurs
        case Sauf(_, valeurs):
            est_lisible = valeur is not None and not isinstance(valeur, Illisible)
            return est_lisible and valeur not in valeurs
        case Rempli():
            return valeur is not None
        case Vide():
            return valeur is None
        case _:
            assert_never(essai)


def est_exigee(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si la cellule doit être remplie : essentielle, et sa condition est vraie."""
    if not colonne.est_essentielle:
        return False
    return colonne.obligatoire_si is None or est_vraie(colonne.obligatoire_si, ligne)


def est_fautive(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si la cellule est illisible, ou exigée et vide : aucune règle de plus n'en part."""
    valeur = ligne[colonne.id]
    return isinstance(valeur, Illisible) or (valeur is None and est_exigee(colonne, ligne))


def a_clarifier(feuille: Feuille, ligne: Ligne) -> Iterator[Colonne]:
    """Les cellules qui répondent « À clarifier », dans l'ordre des colonnes."""
    if A_CLARIFIER in ligne.valeurs.values():
        for colonne in feuille.saisies:
            if ligne[colonne.id] == A_CLARIFIER:
                yield colonne


def est_tape_en_texte(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai pour une date ou un nombre lisible, mais que le tableur ne tient pas pour tel.

    Un texte (« 12 mars 2026 »), ou « 20260312 » dans une cellule de date : aucune échéance ne s'en
    calcule dans la feuille.
    """
    if colonne.genre not in _NATIFS or colonne.id not in ligne.cellules:
        return False
    if isinstance(ligne[colonne.id], str | Illisible):
        return False
    cellule = ligne.cellules[colonne.id]
    if cellule.nature is Nature.NOMBRE:
        return colonne.genre in _DATES and not est_une_serie(float(cellule.texte))
    return cellule.nature is Nature.TEXTE


def est_total(ligne: Ligne) -> bool:
    """Vrai pour une ligne « Total » tapée sous la liste : des nombres, et presque aucun texte."""
    textes = [*islice((v for v in ligne.valeurs.values() if isinstance(v, _TEXTES)), 3)]
    if len(textes) > 2:
        return False
    bruts = (v.brut if isinstance(v, Illisible) else v for v in textes)
    return any(isinstance(brut, str) and cle_large(brut) in _TOTAUX for brut in bruts)


def est_en_vigueur(feuille: Feuille, ligne: Ligne, annee: int | None) -> bool:
    """Vrai si la ligne compte : pas close, ou datée de l'année du rapport."""
    if feuille.hors_vigueur is None or not est_vraie(feuille.hors_vigueur, ligne):
        return True
    return est_de_l_annee(feuille, ligne, annee)


def est_de_l_annee(feuille: Feuille, ligne: Ligne, annee: int | None) -> bool:
    """Vrai si la date qui compte pour cette feuille tombe dans l'année du rapport."""
    jour = ligne.date(feuille.date) if feuille.date else None
    return jour is not None and jour.year == annee


def dernier_jour_pour_resilier(outil: Ligne) -> date | None:
    """Échéance du contrat moins le délai de résiliation ; rien si l'un des deux manque."""
    echeance, delai = outil.date("echeance"), outil.nombre("delai_resiliation")
    if echeance is None or delai is None:
        return None
    return ajouter_mois(echeance, -int(delai))


class Completude(msgspec.Struct, frozen=True):
    """Lignes complètes sur lignes en vigueur ; zéro ligne est « sans objet », jamais 100 %."""

    completes: int = 0
    lignes: int = 0

    def __add__(self, autre: Completude) -> Completude:
        return Completude(self.completes + autre.completes, self.lignes + autre.lignes)


class Etat:
    """L'état d'un classeur lu : ses lignes en vigueur, leurs références, sa complétude."""

    def __init__(self, modele: Modele, registre: Registre) -> None:
        self.modele = modele
        self.registre = registre

    @cached_property
    def par_cle(self) -> Mapping[str, Mapping[str, Ligne]]:
        """Pour chaque registre, ses lignes par clé comparable (la première d'un doublon)."""
        return {feuille.id: self._par_cle(feuille) for feuille in self.modele.registres}

    def _par_cle(self, feuille: Feuille) -> Mapping[str, Ligne]:
        lignes: dict[str, Ligne] = {}
        for ligne in self.lignes(feuille.id):
            if nom := ligne.texte(feuille.cle or ""):
                lignes.setdefault(cle(nom), ligne)
        return lignes

    def lignes(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes d'un registre, sans les lignes « Total »."""
        return self._lignes[registre]

    @cached_property
    def _lignes(self) -> Mapping[str, tuple[Ligne, ...]]:
        return {
            feuille.id: tuple(
                ligne for ligne in self.registre.lignes(feuille.id) if ligne not in self.totaux
            )
            for feuille in self.modele.feuilles
        }

    @cached_property
    def totaux(self) -> frozenset[Ligne]:
        """Les lignes « Total » tapées sous une liste, tous registres ensemble."""
        return frozenset(
            ligne
            for feuille in self.modele.registres
            for ligne in self.registre.lignes(feuille.id)
            if est_total(ligne)
        )

    @cached_property
    def illisibles(self) -> tuple[tuple[Ligne, Colonne, Illisible], ...]:
        """Les cellules remplies que le modèle ne comprend pas, dans l'ordre du classeur."""
        return tuple(
            (ligne, feuille.par_id[identifiant], valeur)
            for feuille in self.modele.feuilles
            for ligne in self.lignes(feuille.id)
            for identifiant, valeur in ligne.valeurs.items()
            if isinstance(valeur, Illisible)
        )

    def en_vigueur(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes en vigueur d'un registre."""
        return self._en_vigueur[registre]

    @cached_property
    def _en_vigueur(self) -> Mapping[str, tuple[Ligne, ...]]:
        annee = self.registre.annee
        return {
            feuille.id: tuple(
                ligne for ligne in self.lignes(feuille.id) if est_en_vigueur(feuille, ligne, annee)
            )
            for feuille in self.modele.feuilles
        }

    def trouver(self, registre: str, nom: str | None) -> Ligne | None:
        """La ligne de ce registre qui porte cette clé, à la casse et aux blancs près."""
        return self.par_cle[registre].get(cle(nom)) if nom else None

    def citees(self, ligne: Ligne, colonne: str, registre: str) -> tuple[Ligne, ...]:
        """Les lignes de ``registre`` que la cellule cite et qui existent."""
        trouvees = (self.trouver(registre, nom) for nom in ligne.textes(colonne))
        return tuple(trouvee for trouvee in trouvees if trouvee is not None)

    def introuvables(self, colonne: Colonne, ligne: Ligne) -> tuple[str, ...]:
        """Les noms cités qui ne sont ni une ligne, ni une mention, ni un texte libre admis."""
        if not colonne.reference or colonne.texte_libre:
            return ()
        return tuple(
            nom
            for nom in ligne.textes(colonne.id)
            if nom not in colonne.mentions
            and not any(self.trouver(registre, nom) for registre in colonne.reference)
        )

    def est_fautive(self, ligne: Ligne, colonne: str) -> bool:
        """Vrai si la cellule est illisible, exigée et vide, ou cite un nom introuvable."""
        decrite = self.modele.par_id[ligne.lieu.registre].par_id[colonne]
        return est_fautive(decrite, ligne) or bool(self.introuvables(decrite, ligne))

    def est_complete(self, feuille: Feuille, ligne: Ligne) -> bool:
        """Vrai si chaque cellule exigée est remplie, lisible, dans sa liste, référence trouvée."""
        return all(
            self._est_bonne(colonne, ligne)
            for colonne in feuille.essentielles
            if est_exigee(colonne, ligne)
        )

    def _est_bonne(self, colonne: Colonne, ligne: Ligne) -> bool:
        valeur = ligne[colonne.id]
        if valeur is None or isinstance(valeur, Illisible):
            return False
        if colonne.genre is Genre.REFERENCE:
            return not self.introuvables(colonne, ligne)
        return not est_tape_en_texte(colonne, ligne)

    @cached_property
    def completude(self) -> Mapping[str, Completude]:
        """La complétude de chaque registre, dans l'ordre du classeur."""
        return {feuille.id: self._completude(feuille) for feuille in self.modele.registres}

    def _completude(self, feuille: Feuille) -> Completude:
        lignes = self.en_vigueur(feuille.id)
        completes = sum(self.est_complete(feuille, ligne) for ligne in lignes)
        return Completude(completes, len(lignes))

    @property
    def completude_totale(self) -> Completude:
        """Les lignes cumulées de tous les registres."""
        return sum(self.completude.values(), Completude())

    def seuil(self, identifiant: str) -> int:
        """Un seuil de la commune : sa valeur dans la fiche, sinon celle du modèle."""
        valeur = self.registre.commune.nombre(identifiant)
        return self.modele.fiche.par_id[identifiant].defaut or 0 if valeur is None else int(valeur)
