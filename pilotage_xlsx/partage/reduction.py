"""Réduire un registre à ce qui peut sortir, et compter ce qui part et ce qui reste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from pilotage_xlsx.metier.discretion import Discretion
from pilotage_xlsx.metier.etat import est_en_vigueur
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele, Partage
from pilotage_xlsx.registre import FeuilleLue, Illisible, Ligne, Registre, Valeur
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.textes import TexteSaisi

RETENU = TexteSaisi("(retenu par la commune)")
"""Ce qui prend la place d'un texte qui nomme une personne, une adresse ou un numéro."""

_PRESTATAIRES = "prestataires"
_SURS = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT, Genre.IDE})


class CompteDeColonne(NamedTuple):
    """Une colonne, et combien de ses cellules remplies sortent, sont retenues, restent."""

    feuille: Feuille
    colonne: Colonne
    parties: int
    retenues: int
    restees: int


class BilanDuPartage(msgspec.Struct, frozen=True):
    """Tout ce qui était rempli, et ce qu'il en sort.

    ``propres`` : les cellules des colonnes de la commune ; ``feuilles_propres`` : ses feuilles ;
    ``masquees`` : les cellules dont un secret est masqué.
    """

    colonnes: tuple[CompteDeColonne, ...]
    propres: int
    feuilles_propres: int
    masquees: int

    @property
    def parties(self) -> int:
        """Les cellules qui sortent."""
        return sum(compte.parties for compte in self.colonnes)

    @property
    def restees(self) -> int:
        """Les cellules qui ne sortent pas, celles de la commune comprises."""
        return self.propres + sum(c.restees + c.retenues for c in self.colonnes)


class Reduit(NamedTuple):
    """Le registre qui peut sortir, et son bilan."""

    registre: Registre
    bilan: BilanDuPartage


def reduire(registre: Registre, modele: Modele, niveau: Partage) -> Reduit:
    """Ce qui peut sortir à ce niveau ; une ligne dont rien ne sort n'y est pas."""
    tri = _Tri(registre, modele, niveau)
    feuilles = dict(tri.feuilles())
    comptes = tuple(tri.comptes())
    bilan = BilanDuPartage(comptes, tri.propres, len(registre.feuilles_propres), tri.masquees)
    return Reduit(Registre(registre.source, feuilles, version=registre.version), bilan)


class _Tri:
    """Ce que devient chaque cellule, compté à mesure."""

    def __init__(self, registre: Registre, modele: Modele, niveau: Partage) -> None:
        self._registre, self._modele, self._niveau = registre, modele, niveau
        self._discretion = Discretion(registre)
        self._parties: dict[tuple[str, str], int] = {}
        self._retenues: dict[tuple[str, str], int] = {}
        self.propres = self.masquees = 0

    def feuilles(self) -> Iterator[tuple[str, FeuilleLue]]:
        """Les feuilles dont quelque chose sort, réduites."""
        for feuille in self._modele.feuilles:
            lignes = tuple(
                reduite
                for ligne in self._registre.lignes(feuille.id)
                if self._se_compte_pareil(ligne, feuille)
                if (reduite := self._reduire(ligne, feuille)).valeurs
            )
            if lignes:
                yield feuille.id, FeuilleLue(lignes[0].lieu, lignes)

    def _se_compte_pareil(self, ligne: Ligne, feuille: Feuille) -> bool:
        """Faux pour une ligne hors vigueur dont rien ne dirait, dehors, qu'elle l'est."""
        if feuille.hors_vigueur is None or est_en_vigueur(feuille, ligne, self._registre.annee):
            return True
        juges = {essai.colonne for essai in feuille.hors_vigueur.essais()}
        return all(self._niveau in feuille.par_id[colonne].partage for colonne in juges)

    def comptes(self) -> Iterator[CompteDeColonne]:
        """Une ligne de compte par colonne remplie."""
        for feuille in self._modele.a_lire:
            lignes = self._registre.lignes(feuille.id)
            self.propres += sum(len(ligne.propres) for ligne in lignes)
            for colonne in feuille.saisies:
                remplies = sum(colonne.id in ligne.valeurs for ligne in lignes)
                parties = self._parties.get((feuille.id, colonne.id), 0)
                retenues = self._retenues.get((feuille.id, colonne.id), 0)
                if remplies:
                    restees = remplies - parties - retenues
                    yield CompteDeColonne(feuille, colonne, parties, retenues, restees)

    def _reduire(self, ligne: Ligne, feuille: Feuille) -> Ligne:
        valeurs = {
            colonne.id: self._epurer(ligne, feuille, colonne)
            for colonne in feuille.saisies
            if self._niveau in colonne.partage and colonne.id in ligne.valeurs
        }
        return Ligne(ligne.lieu, ligne.numero, valeurs)

    def _epurer(self, ligne: Ligne, feuille: Feuille, colonne: Colonne) -> Valeur:
        """La valeur, sans secret ni personne ; ce qui n'a pas de sens ici est un texte libre."""
        valeur = ligne.valeurs[colonne.id]
        ou = (feuille.id, colonne.id)
        epuree = self._sans_personne(valeur, feuille, colonne)
        retenue = epuree == RETENU or (isinstance(epuree, tuple) and RETENU in epuree)
        compte = self._retenues if retenue else self._parties
        compte[ou] = compte.get(ou, 0) + 1
        self.masquees += not retenue and epuree != valeur and not isinstance(valeur, Illisible)
        return epuree

    def _sans_personne(self, valeur: Valeur, feuille: Feuille, colonne: Colonne) -> Valeur:
        match valeur:
            case Illisible(brut=brut):
                return self._texte(brut)
            case tuple():
                return tuple(self._nom(nom) for nom in valeur)
            case str() if colonne.genre is Genre.LISTE or valeur in colonne.mentions:
                return valeur
            case str() if colonne.genre is Genre.REFERENCE or _nomme_une_societe(feuille, colonne):
                return self._nom(valeur)
            case str() if colonne.genre not in _SURS:
                return self._texte(valeur)
            case str():
                return TexteSaisi(masquer(valeur))
            case _:
                return valeur

    def _nom(self, nom: TexteSaisi | str) -> TexteSaisi:
        """Un nom de prestataire ; une société n'est pas une personne."""
        cite = self._discretion.citer(nom)
        return RETENU if cite is None else TexteSaisi(cite)

    def _texte(self, texte: TexteSaisi | str) -> TexteSaisi:
        se_tait = self._discretion.parle_de_quelqu_un(texte)
        return RETENU if se_tait else TexteSaisi(masquer(texte))


def _nomme_une_societe(feuille: Feuille, colonne: Colonne) -> bool:
    return feuille.id == _PRESTATAIRES and colonne.id == feuille.cle


def par_feuille(bilan: BilanDuPartage) -> Mapping[str, tuple[CompteDeColonne, ...]]:
    """Les comptes de chaque feuille, par son identifiant."""
    rangees: dict[str, tuple[CompteDeColonne, ...]] = {}
    for compte in bilan.colonnes:
        rangees[compte.feuille.id] = (*rangees.get(compte.feuille.id, ()), compte)
    return rangees
