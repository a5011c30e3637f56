"""Le modèle : ce qui doit être. Des données (``modeles/communal/``), décodées une fois, figées.

Un modèle est un dossier : ``modele.toml`` (identité, ordre des feuilles, seuils), ``listes.toml``,
``note.toml`` (paragraphes de la note, faits sourcés), ``feuilles/*.toml``, et ``kit.toml`` s'il
propose des lignes d'avance. Les vérifications qui demandent de tout connaître (listes, références,
conditions) sont dans `coherence`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

import msgspec

from pilotage_xlsx.modele.bareme import Bareme, etablir
from pilotage_xlsx.modele.condition import Condition
from pilotage_xlsx.modele.identite import Identite, Note, Strict
from pilotage_xlsx.modele.porte import Porte
from pilotage_xlsx.modele.vocabulaire import (
    AUCUN_MOT_PROPRE,
    AVEU,
    Liste,
    Marque,
    Mot,
    MotsPropres,
    OuiOuNon,
    ecritures,
)
from pilotage_xlsx.socle.annuaire import Annuaire
from pilotage_xlsx.socle.longueur import abreger, en_bref
from pilotage_xlsx.socle.textes import Texte, cle, cle_large

PROPRIETE = "pilotage-modele"
"""La propriété du classeur qui dit de quel modèle il vient : « communal 1.0 »."""

PROPRIETE_DE_PARTAGE = "pilotage-partage"
"""La propriété d'un classeur de partage, qui dit à qui il est remis : « region »."""

ETAT = "État"
"""L'en-tête de la colonne calculée qui dit, en mots, l'état d'une ligne."""

ENTETE_TECHNIQUE = "#px_"
"""Ce qui commence l'en-tête d'une colonne calculée et cachée dont vit l'état."""

TECHNIQUES_D_AVANT = frozenset({"#ligne", "#cle", "#signes"})
"""Les en-têtes de ces colonnes dans les classeurs d'avant la version 1.1."""

ACCEPTES = "acceptes"
"""L'identifiant de la feuille des constats acceptés."""

FICHE_PAPIER = "Fiche papier"
"""Le début du nom d'une feuille à imprimer et à remplir au stylo ; elle ne se relit pas."""

FEUILLE_A_CORRIGER, TABLE_A_CORRIGER = "À corriger", "pilotage_a_corriger"
"""La feuille d'une copie annotée, et sa table, qui la fait reconnaître même renommée."""

MARQUES_DE_NOTE = ("▼ À corriger (contrôle pilotage-xlsx)", "▲")
"""Ce qui ouvre et ferme notre passage dans une note d'une copie annotée."""

LISTES, TITRE_DES_LISTES = "Listes", "Les listes, leur sens, et un lexique"
"""La feuille dont vivent les menus, et sa première cellule, qui la fait reconnaître renommée."""

FEUILLES_DU_PRODUIT = ("Lisez-moi", "Contrôle", "Tableau de bord", "Listes")
"""Les feuilles qui ne se saisissent pas ; un registre ne peut pas prendre leur nom."""

_NOM_MAX = 60

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


class Partage(StrEnum):
    """À qui une colonne peut être remise hors de la commune."""

    REGION = "region"
    CANTON = "canton"
    PUBLIC = "public"


class Calcul(StrEnum):
    """Les colonnes calculées : un nom fermé, pas un langage."""

    DERNIER_JOUR_POUR_RESILIER = "dernier_jour_pour_resilier"


class Colonne(Strict, frozen=True, dict=True):
    """Une colonne d'un registre, ou une ligne d'une fiche.

    ``obligatoire_si`` restreint une essentielle aux lignes où la condition est vraie ; ``si_vide``
    dit ce que vaut une cellule vide (« En service ») ; ``defaut`` est un seuil préinscrit ;
    ``mots`` (``mentions`` dans le TOML) sont des textes admis à la place d'une référence, d'une
    date ou d'un téléphone ; ``rubrique`` est le titre qui précède cette ligne dans une fiche ;
    ``sans_aveu`` : « À clarifier » n'y est pas une réponse (une clé n'en admet jamais) ;
    ``en_vue`` : utile seulement, mais toujours dépliée ;
    ``partage`` dit qui peut la recevoir hors de la commune : personne, si rien n'est dit ;
    ``passe_si`` : là où c'est vrai, la date est celle d'un fait, jamais à venir ; ``suppose`` : ce
    qu'une date passée dit vrai de sa ligne ; ``apres`` : la date qu'elle ne peut pas précéder ;
    ``unite`` nomme ce qu'un nombre y compte (``[unites]`` de ``modele.toml``) ;
    ``anciens_noms`` sont les identifiants et libellés qu'elle portait dans d'autres versions ;
    ``ailleurs`` : comment une liste faite ailleurs la nomme, et ``questions``, ce qu'elle y demande
    par oui ou par non ; seul `importer` les lit.
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
    mots: tuple[Mot, ...] = msgspec.field(default=(), name="mentions")
    texte_libre: bool = False
    unique: bool = False
    min: int | None = None
    max: int | None = None
    obligatoire_si: Condition | None = None
    gravite_si_vide: Literal["erreur", "avertissement"] = "erreur"
    si_vide: str | None = None
    defaut: int | None = None
    calcul: Calcul | None = None
    synonymes: tuple[str, ...] = ()
    anciens_noms: tuple[str, ...] = ()
    ailleurs: tuple[str, ...] = ()
    questions: tuple[OuiOuNon, ...] = ()
    partage: tuple[Partage, ...] = ()
    rubrique: str | None = None
    sans_aveu: bool = False
    en_vue: bool = False
    unite: str | None = None
    passe_si: Condition | None = None
    suppose: Condition | None = None
    apres: str | None = None

    @cached_property
    def mentions(self) -> tuple[str, ...]:
        """Les textes admis à la place d'une référence, d'une date ou d'un téléphone."""
        return tuple(mot.libelle for mot in self.mots)

    @cached_property
    def mentions_ecrites(self) -> Mapping[str, str]:
        """Ce qui peut s'écrire pour chaque mention, et son libellé."""
        return ecritures(self.mots, avec_cles=self.genre is not Genre.REFERENCE)

    @property
    def admet_l_aveu(self) -> bool:
        """Vrai si « À clarifier » y répond : partout, sauf dans ce qui nomme ou situe."""
        return not (self.unique or self.sans_aveu or self.genre is Genre.CALCULE)

    @property
    def connait_les_remises(self) -> bool:
        """Vrai si « ? » ou « idem » n'y dit rien encore : là où une réponse peut être demandée."""
        return self.est_essentielle and not self.unique

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
    compte encore l'année du rapport où tombe cette date (docs/domaine.md §3, « En vigueur »).
    Une ligne où ``a_confirmer`` est vraie n'est que proposée : hors vigueur, et comptée à part.
    ``prefixe`` numérote les lignes (« D » donne ``D-2026-001``) ; ``lignes_pretes`` : combien de
    lignes un classeur vierge en prépare. ``cles_d_avant`` : les clés
    cachées que d'autres versions ont écrites, et la colonne qu'elles désignent aujourd'hui ; le
    chargement les tient de l'histoire du modèle.
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
    lignes_pretes: int = 60
    a_confirmer: Condition | None = None
    synonymes: tuple[str, ...] = ()
    anciens_noms: tuple[str, ...] = ()
    cles_d_avant: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Feuille {self.id} : {len(self.colonnes)} colonnes>"

    @property
    def s_importe(self) -> bool:
        """Vrai si une liste faite ailleurs peut en devenir des lignes : sa clé y a des noms."""
        return self.cle is not None and bool(self.par_id[self.cle].ailleurs)

    @cached_property
    def par_id(self) -> Mapping[str, Colonne]:
        """Les colonnes par identifiant."""
        return Annuaire({colonne.id: colonne for colonne in self.colonnes})

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Ce qui commence une clé cachée de cette feuille, dans une version ou une autre."""
        return frozenset({self.id, *(cle.partition(".")[0] for cle in self.cles_d_avant)})

    @cached_property
    def saisies(self) -> tuple[Colonne, ...]:
        """Les colonnes que la commune remplit."""
        return tuple(colonne for colonne in self.colonnes if colonne.est_saisie)

    @cached_property
    def calculees(self) -> tuple[Colonne, ...]:
        """Les colonnes que le produit calcule."""
        return tuple(colonne for colonne in self.colonnes if colonne.calcul is not None)

    @cached_property
    def essentielles(self) -> tuple[Colonne, ...]:
        """Les colonnes qui comptent dans la complétude."""
        return tuple(colonne for colonne in self.colonnes if colonne.est_essentielle)

    @cached_property
    def memoire(self) -> dict[Hashable, Any]:
        """Comme `Modele.memoire`."""
        return {}

    def libelle_de(self, identifiant: str) -> str:
        """Le libellé de la colonne ``identifiant`` (`KeyError` si elle n'existe pas)."""
        return self.par_id[identifiant].libelle


class LigneDuKit(Strict, frozen=True):
    """Une ligne proposée : sa clé stable, et par colonne un texte, ou une clé de sa liste."""

    cle: str
    cellules: dict[str, str]


class Kit(Strict, frozen=True):
    """``kit.toml`` : les lignes qu'un classeur peut proposer dans un registre, à confirmer."""

    registre: str
    lignes: tuple[LigneDuKit, ...]


class Modele(Strict, frozen=True, dict=True):
    """Le modèle entier, cohérent : tout le produit en dérive.

    ``acceptations`` : la feuille des constats acceptés. Ce n'est pas un registre : elle ne compte
    dans aucune complétude, et rien ne la cite. ``porte`` : ce que portent ses classeurs, pour se
    relire d'après lui ; rien pour le modèle livré. ``est_par_defaut`` : personne ne l'a
    choisi, et le modèle que porte un classeur l'emporte.
    """

    identite: Identite
    listes: dict[str, Liste]
    note: Note
    feuilles: tuple[Feuille, ...]
    acceptations: Feuille | None = None
    porte: Porte | None = None
    est_par_defaut: bool = False
    kit: Kit | None = None

    def __repr__(self) -> str:
        feuilles = ", ".join(feuille.id for feuille in self.feuilles)
        return en_bref(f"Modele {self.nom} : {feuilles}")

    @property
    def nom(self) -> str:
        """« communal 1.1 », à mettre dans une phrase."""
        return abreger(f"{self.identite.id} {self.identite.version}", _NOM_MAX)

    @cached_property
    def par_id(self) -> Mapping[str, Feuille]:
        """Les feuilles par identifiant."""
        return Annuaire({feuille.id: feuille for feuille in self.a_lire})

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
        cherche = cle_large(dit)
        mots = self.mots(colonne)
        return next((m.libelle for m in mots if m.sens and cle_large(m.sens) == cherche), None)

    def choix(self, colonne: Colonne) -> tuple[str, ...]:
        """Les libellés admis d'une colonne de liste ; vide pour les autres genres."""
        return self.listes[colonne.liste].choix if colonne.liste else ()

    def ecritures(
        self, colonne: Colonne, propres: MotsPropres = AUCUN_MOT_PROPRE
    ) -> Mapping[str, str]:
        """Ce qui peut s'écrire pour chaque valeur d'une colonne de liste, et son libellé.

        ``propres`` : les mots de la commune ; celui qui dit déjà une autre valeur ne compte pas,
        et celui qu'elle donne à deux valeurs dit la première.
        """
        if colonne.liste is None:
            return {}
        valeurs = self.listes[colonne.liste].valeurs
        convenues = ecritures((*valeurs, *((AVEU,) if colonne.admet_l_aveu else ())))
        prises = set(map(cle, convenues)) if propres else set()
        siennes = {
            nom: mot.libelle
            for mot in reversed(valeurs)
            for nom in propres.get(mot.nomme_par or "", ())
        }
        return convenues | {nom: dit for nom, dit in siennes.items() if cle(nom) not in prises}

    def mots_propres(self, colonne: Colonne, propres: MotsPropres) -> Mapping[str, str]:
        """Ce que la commune écrit pour les valeurs qu'elle nomme, et le mot qu'elle emploie."""
        valeurs = self.listes[colonne.liste].valeurs if colonne.liste else ()
        suites = (propres.get(mot.nomme_par or "", ()) for mot in valeurs)
        return {nom: noms[0] for noms in suites for nom in noms}

    @cached_property
    def nommees(self) -> frozenset[str]:
        """Les colonnes de la fiche où la commune nomme elle-même une valeur."""
        mots = (mot for liste in self.listes.values() for mot in liste.valeurs)
        return frozenset(mot.nomme_par for mot in mots if mot.nomme_par)

    def mots(self, colonne: Colonne) -> tuple[Mot, ...]:
        """Ce qu'une colonne admet de convenu : valeurs de sa liste, mentions, « À clarifier »."""
        valeurs = self.listes[colonne.liste].valeurs if colonne.liste else ()
        return (*valeurs, *colonne.mots, *((AVEU,) if colonne.admet_l_aveu else ()))

    def bareme(self, colonne: Colonne) -> Bareme | None:
        """De quoi lire « 3 mois » dans une colonne qui compte des mois ; rien sans unité."""
        return self._baremes.get(colonne.unite or "")

    @cached_property
    def _baremes(self) -> Mapping[str, Bareme]:
        identite = self.identite
        return {nom: etablir(u, identite.nombres) for nom, u in identite.unites.items()}

    def si_vide(self, feuille: str, colonne: str) -> str | None:
        """Ce que vaut une cellule vide de cette colonne, si le modèle le dit et s'il l'a."""
        decrite = self.par_id[feuille].par_id.get(colonne) if feuille in self.par_id else None
        return decrite.si_vide if decrite else None

    def libelles(self, marque: Marque) -> tuple[str, ...]:
        """Les libellés qui répondent à cette marque, dans l'ordre du menu ; vide s'il n'y en a pas.

        Une colonne ou une feuille que le modèle n'a pas ne répond à rien.
        """
        if marque not in self._libelles:
            self._libelles[marque] = self._chercher(marque)
        return self._libelles[marque]

    def _chercher(self, marque: Marque) -> tuple[str, ...]:
        feuille = self.par_id.get(marque.feuille)
        colonne = feuille.par_id.get(marque.colonne) if feuille else None
        mots = self.mots(colonne) if colonne else ()
        return tuple(mot.libelle for mot in mots if mot.repond_a(marque.nom))

    @cached_property
    def _libelles(self) -> dict[Marque, tuple[str, ...]]:
        return {}

    @cached_property
    def memoire(self) -> dict[Hashable, Any]:
        """Ce que d'autres en tirent une fois pour toutes les communes ; ne voyage pas avec lui."""
        return {}
