"""Ce que le modèle dit de lui-même : identité, seuils, note interne, faits qui l'entourent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base de tout ce que le modèle décrit : figé, et aucune clé inconnue n'est admise."""


class Seuils(Strict, frozen=True):
    """Les seuils fixes des règles (docs/domaine.md §4) ; ceux de la commune sont dans sa fiche."""

    decision_en_attente_jours: int
    mise_en_oeuvre_jours: int
    revision_jours: int
    decision_recente_mois: int
    a_determiner_jours: int
    incident_ouvert_jours: int
    incidents_repetes: int
    incidents_repetes_mois: int
    annonce_heures: int
    complement_jours: int
    signalement_nouveau_jours: int
    echange_sans_suite_mois: int
    concentration_minimum: int


class Unite(Strict, frozen=True):
    """Une unité : ses mots et leurs multiples, et combien chacun en vaut (« an » : « 12 » mois).

    ``exacts`` se lisent ; ``proches`` (« jour » : « 1/30 ») ne font que se proposer ; ``autres``
    sont des unités dont aucun nombre ne se tire. ``ensuite`` est ce que compte un nombre qui suit
    sans unité : « 1h30 ».
    """

    nom: str
    exacts: dict[str, str]
    proches: dict[str, str] = {}
    autres: tuple[str, ...] = ()
    ensuite: str | None = None


class Paragraphe(Strict, frozen=True):
    """Un paragraphe de la note interne."""

    titre: str
    resume: str


class FaitEtabli(Strict, frozen=True):
    """Un fait juridique ou de terrain : son texte, sa source et où la lire, sa certitude.

    ``date`` est celle de la source ou de l'événement ; ``releve_le``, le jour où nous l'avons lue.
    """

    id: str
    texte: str
    source: str
    adresse: str
    releve_le: date
    date: date
    certitude: Literal["sûr", "position", "indicatif"]


class Autorite(Strict, frozen=True):
    """L'autorité cantonale de protection des données : une donnée datée, à mettre à jour.

    ``devoir`` : ce qu'elle demande d'annoncer, là où la source le dit ; ailleurs, le droit cantonal
    seul le dit.
    """

    canton: str
    nom: str
    adresse: str
    releve_le: date
    devoir: str | None = None


class GrandsFournisseurs(Strict, frozen=True):
    """Les grands fournisseurs internationaux dont parle un fait ; une liste datée, à relire.

    ``noms`` : le mot qui, dans le nom d'un prestataire, le désigne ; ``risques`` : le début des
    mots qui, dans les risques d'une décision, parlent d'un lieu ou d'un droit étranger.
    """

    fait: str
    releve_le: date
    noms: tuple[str, ...]
    risques: tuple[str, ...] = ()


class Terme(Strict, frozen=True):
    """Un mot du lexique : ce qu'il veut dire ici, et son équivalent anglais."""

    terme: str
    sens: str
    anglais: str


class Depuis(Strict, frozen=True):
    """Ce qui a changé depuis une version, jusqu'à la suivante ; un endroit : « outils.criticite ».

    Une feuille s'y nomme seule, « outils » ; une valeur, par sa liste et sa clé,
    « listes.criticite.indispensable ». ``ajoutes`` : ce que la version n'avait pas ; une colonne
    qui vient d'une scission ou d'un déplacement n'a pas à s'y redire.
    """

    version: str
    ajoutes: tuple[str, ...] = ()
    renommes: dict[str, str] = {}
    scindes: dict[str, tuple[str, ...]] = {}
    deplaces: dict[str, str] = {}
    retires: tuple[str, ...] = ()

    def arrivees(self) -> tuple[str, ...]:
        """Les endroits où quelque chose est arrivé : ils doivent exister."""
        scindes = (endroit for endroits in self.scindes.values() for endroit in endroits)
        venus = (*self.renommes.values(), *scindes, *self.deplaces.values())
        return (*self.ajoutes, *venus)

    def departs(self) -> tuple[str, ...]:
        """Les endroits que la version avait, et qui n'ont plus ce nom."""
        return (*self.renommes, *self.scindes, *self.deplaces, *self.retires)


class Importation(Strict, frozen=True):
    """Ce qui se reconnaît dans une liste faite ailleurs, et ne s'y inscrit pas.

    ``oui`` et ``non`` répondent à une question ; ``inconnus`` n'en sait rien. ``appareils`` : les
    en-têtes d'un inventaire de matériel ; ``sortes_d_appareils``, ce que disent ses cellules.
    ``totaux`` nomme une ligne de total, ``notes`` commence une note de bas de liste ; ``devises``,
    dans un en-tête, une autre monnaie que le franc ; ``riens``, ce qui n'est le nom de personne ;
    ``secrets``, les en-têtes d'une colonne qui n'entre dans aucun classeur ; ``accessoires``, ce
    qu'un en-tête dit de plus sans désigner autre chose (« nom légal du fournisseur ») ; ``mois``,
    de janvier à décembre, leurs noms en d'autres langues, séparés d'un blanc ; ``neutres``, par
    colonne (« outils.nom ») ou pour toutes (« * »), les mots qui peuvent accompagner l'un de ses
    noms (« date de fin du contrat ») ; ``habillages``, par colonne, ceux qui entourent l'une de ses
    valeurs (« logiciel de comptabilité ») ; ``douteux``, par colonne, les en-têtes qui la nomment
    parfois, et parfois autre chose.
    """

    oui: tuple[str, ...] = ()
    non: tuple[str, ...] = ()
    appareils: tuple[str, ...] = ()
    sortes_d_appareils: tuple[str, ...] = ()
    accessoires: tuple[str, ...] = ()
    totaux: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mois: tuple[str, ...] = ()
    neutres: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    habillages: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    douteux: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    devises: tuple[str, ...] = ()
    inconnus: tuple[str, ...] = ()
    riens: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


class Identite(Strict, frozen=True):
    """``modele.toml`` : qui est ce modèle. La date est aussi celle de création des classeurs.

    ``acceptations`` nomme la feuille où la commune accepte des constats, si le modèle en a une.
    ``base`` nomme le modèle livré dont celui-ci n'est qu'une touche. ``depuis`` dit ce qui a changé
    d'une version à l'autre, la plus ancienne d'abord. ``unites`` : ce qu'une colonne peut compter ;
    ``nombres`` : les nombres qui s'écrivent en lettres. ``importation`` : les mots des listes
    faites ailleurs qui ne sont ni d'une colonne, ni d'une valeur.
    """

    id: str
    version: str
    date: date
    libelle: str
    feuilles: tuple[str, ...]
    seuils: Seuils
    acceptations: str | None = None
    base: str | None = None
    depuis: tuple[Depuis, ...] = ()
    unites: dict[str, Unite] = {}
    nombres: dict[str, int] = {}
    importation: Importation = Importation()


class Note(Strict, frozen=True):
    """``note.toml`` : la note interne, ses paragraphes, les faits qui l'entourent, le lexique."""

    titre: str
    objectif: str
    paragraphes: dict[str, Paragraphe]
    faits: tuple[FaitEtabli, ...]
    autorites: tuple[Autorite, ...]
    lexique: tuple[Terme, ...] = ()
    grands_fournisseurs: GrandsFournisseurs | None = None
