"""Le modèle : ce qui doit être. Des données (``modeles/communal/``), décodées une fois, figées.

Un modèle est un dossier : ``modele.toml`` (identité, ordre des feuilles, seuils), ``listes.toml``,
``note.toml`` (paragraphes de la note, faits sourcés) et ``feuilles/*.toml``. Les vérifications qui
demandent de tout connaître (listes, références, conditions) sont dans `coherence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pilotage_xlsx.condition import Condition
from pilotage_xlsx.identite import Identite, Note, Strict
from pilotage_xlsx.socle.textes import Texte, cle_large

A_CLARIFIER = "À clarifier"
"""Réponse permise dans toute liste marquée (c) : compte comme remplie et sort à part."""

PROPRIETE = "pilotage-modele"
"""La propriété du classeur qui dit de quel modèle il vient : « communal 1.0 »."""

ETAT = "État"
"""L'en-tête de la colonne calculée qui dit, en mots, l'état d'une ligne."""

TECHNIQUES = ("ligne", "cle", "signes")
"""Les colonnes calculées et cachées dont vit l'état ; leur en-tête est « #ligne », « #cle »…"""

ACCEPTES = "acceptes"
"""L'identifiant de la feuille des constats acceptés."""

FICHE_PAPIER = "Fiche papier"
"""Le début du nom d'une feuille à imprimer et à remplir au stylo ; elle ne se relit pas."""

FEUILLE_A_CORRIGER, TABLE_A_CORRIGER = "À corriger", "pilotage_a_corriger"
"""La feuille d'une copie annotée, et sa table, qui la fait reconnaître même renommée."""

FEUILLES_DU_PRODUIT = ("Lisez-moi", "Contrôle", "Tableau de bord", "Listes")
"""Les feuilles qui ne se saisissent pas ; un registre ne peut pas prendre leur nom."""

SEPARATEUR = ";"
"""Sépare les références d'une cellule qui en admet plusieurs."""


class Genre(StrEnum):
    """Ce qu'une colonne contient ; les valeurs sont celles du JSON de ``modele``."""

    TEXTE = "texte"
    LISTE = "liste"
    REFERENCE = "reference"
    DATE = "date"
    DATE_HEURE = "date_heure"
    ENTIER = "entier"
    MONTANT = "montant"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    IDE = "ide"
    CALCULE = "calcule"


class Niveau(StrEnum):
    """Essentielle : compte dans la complétude. Utile : ne bloque jamais."""

    ESSENTIELLE = "E"
    UTILE = "U"


class Forme(StrEnum):
    """Une fiche porte une valeur par ligne ; un registre, une ligne par chose inscrite."""

    FICHE = "fiche"
    REGISTRE = "registre"


class Calcul(StrEnum):
    """Les colonnes calculées : un nom fermé, pas un langage."""

    DERNIER_JOUR_POUR_RESILIER = "dernier_jour_pour_resilier"


class ValeurDeListe(Strict, frozen=True):
    """Une valeur d'une liste fermée et, où il n'est pas évident, son sens."""

    valeur: str
    sens: str | None = None


class Liste(Strict, frozen=True):
    """Une liste fermée ; ``a_clarifier`` y ajoute la réponse honnête « À clarifier »."""

    valeurs: tuple[ValeurDeListe, ...]
    a_clarifier: bool = False

    @property
    def choix(self) -> tuple[str, ...]:
        """Les valeurs admises, dans l'ordre du menu déroulant."""
        choix = tuple(valeur.valeur for valeur in self.valeurs)
        return (*choix, A_CLARIFIER) if self.a_clarifier else choix


class Colonne(Strict, frozen=True, dict=True):
    """Une colonne d'un registre, ou une ligne d'une fiche.

    ``obligatoire_si`` restreint une essentielle aux lignes où la condition est vraie ; ``si_vide``
    dit ce que vaut une cellule vide (« En service ») ; ``defaut`` est un seuil préinscrit ;
    ``mentions`` sont des textes admis à la place d'une référence, d'une date ou d'un téléphone ;
    ``rubrique`` est le titre qui précède cette ligne dans une fiche.
    """

    id: str
    libelle: str
    aide: str
    genre: Genre
    niveau: Niveau
    paragraphe: str
    largeur: int = 16
    liste: str | None = None
    reference: tuple[str, ...] = ()
    plusieurs: bool = False
    mentions: tuple[str, ...] = ()
    texte_libre: bool = False
    unique: bool = False
    min: int | None = None
    max: int | None = None
    obligatoire_si: Condition | None = None
    gravite_si_vide: Literal["erreur", "avertissement"] = "erreur"
    si_vide: str | None = None
    defaut: int | None = None
    calcul: Calcul | None = None
    alias: tuple[str, ...] = ()
    rubrique: str | None = None

    @property
    def est_essentielle(self) -> bool:
        """Vrai si la colonne compte dans la complétude, toujours ou sous condition."""
        return self.niveau is Niveau.ESSENTIELLE

    @property
    def est_saisie(self) -> bool:
        """Vrai si la commune la remplit ; faux pour une colonne calculée."""
        return self.genre is not Genre.CALCULE


class Feuille(Strict, frozen=True, dict=True):
    """Une feuille du classeur.

    Une ligne où ``hors_vigueur`` est vraie ne compte plus ; si ``date`` nomme une colonne, elle
    compte encore pendant l'année du rapport où tombe cette date (domaine.md §3, « En vigueur »).
    ``prefixe`` numérote les lignes (« D » donne ``D-2026-001``).
    """

    id: str
    libelle: str
    titre: str
    forme: Forme
    paragraphe: str
    resume: str
    singulier: str
    colonnes: tuple[Colonne, ...]
    consigne: str | None = None
    cle: str | None = None
    table: str | None = None
    prefixe: str | None = None
    date: str | None = None
    hors_vigueur: Condition | None = None
    alias: tuple[str, ...] = ()

    @cached_property
    def par_id(self) -> Mapping[str, Colonne]:
        """Les colonnes par identifiant."""
        return {colonne.id: colonne for colonne in self.colonnes}

    @cached_property
    def saisies(self) -> tuple[Colonne, ...]:
        """Les colonnes que la commune remplit."""
        return tuple(colonne for colonne in self.colonnes if colonne.est_saisie)

    @cached_property
    def essentielles(self) -> tuple[Colonne, ...]:
        """Les colonnes qui comptent dans la complétude."""
        return tuple(colonne for colonne in self.colonnes if colonne.est_essentielle)

    def libelle_de(self, identifiant: str) -> str:
        """Le libellé de la colonne ``identifiant`` (`KeyError` si elle n'existe pas)."""
        return self.par_id[identifiant].libelle


class Modele(Strict, frozen=True, dict=True):
    """Le modèle entier, cohérent : tout le produit en dérive.

    ``acceptations`` : la feuille des constats acceptés. Ce n'est pas un registre : elle ne compte
    dans aucune complétude, et rien ne la cite.
    """

    identite: Identite
    listes: dict[str, Liste]
    note: Note
    feuilles: tuple[Feuille, ...]
    acceptations: Feuille | None = None

    @cached_property
    def par_id(self) -> Mapping[str, Feuille]:
        """Les feuilles par identifiant."""
        return {feuille.id: feuille for feuille in self.a_lire}

    @cached_property
    def a_lire(self) -> tuple[Feuille, ...]:
        """Ce qui se lit d'un classeur : les feuilles, et celle des constats acceptés."""
        return self.feuilles + ((self.acceptations,) if self.acceptations else ())

    @cached_property
    def fiche(self) -> Feuille:
        """La fiche de la commune (il y en a une seule)."""
        return next(feuille for feuille in self.feuilles if feuille.forme is Forme.FICHE)

    @cached_property
    def registres(self) -> tuple[Feuille, ...]:
        """Les registres, dans l'ordre du classeur."""
        return tuple(f for f in self.feuilles if f.forme is Forme.REGISTRE)

    def par_le_sens(self, colonne: Colonne, dit: Texte) -> str | None:
        """La valeur de la liste dont c'est le sens : « Vaud » est VD ; rien sinon."""
        valeurs = self.listes[colonne.liste].valeurs if colonne.liste else ()
        cherche = cle_large(dit)
        return next((v.valeur for v in valeurs if v.sens and cle_large(v.sens) == cherche), None)

    def choix(self, colonne: Colonne) -> tuple[str, ...]:
        """Les valeurs admises d'une colonne de liste ; vide pour les autres genres."""
        return self.listes[colonne.liste].choix if colonne.liste else ()
