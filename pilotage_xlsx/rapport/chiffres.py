"""Les chiffres du rapport : figés, sans phrase, chacun avec les lignes dont il vient.

Les rendus les lisent tous ici : la page, le classeur et le courriel disent la même chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilotage_xlsx.constats import Resume
from pilotage_xlsx.etat import Completude
from pilotage_xlsx.evolution import Evolution
from pilotage_xlsx.liens import Reconduction
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import Texte


class Nature(StrEnum):
    """D'où vient un point à décider."""

    DECISION = "décision proposée"
    CONTRAT = "contrat"
    REVISION = "révision échue"
    REMPLACEMENT = "outil à remplacer"


@dataclass(frozen=True, slots=True)
class Point:
    """Un point à décider : la ligne dont il vient, les outils qu'il concerne, ce qu'il coûte.

    ``dernier_jour`` est le dernier jour utile ; il peut être passé. ``cout_est_annuel`` distingue
    le prix d'un contrat de celui d'une décision.
    """

    nature: Nature
    ligne: Ligne
    outils: tuple[Ligne, ...]
    cout: float | None = None
    cout_est_annuel: bool = False
    dernier_jour: date | None = None
    reconduction: Reconduction | None = None


@dataclass(frozen=True, slots=True)
class Delai:
    """Le temps entre le constat et une information, en minutes si les deux heures sont connues.

    Les deux vides : la date manque. Négatif : les dates se contredisent.
    """

    minutes: int | None = None
    jours: int | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Un incident de l'année et ses délais ; ``a_signaler`` : il a touché un service ou des
    données."""

    ligne: Ligne
    referent: Delai
    executif: Delai
    a_signaler: bool
    touche_des_donnees: bool
    est_ouvert: bool


class Mesure(StrEnum):
    """Les cinq chiffres, dans l'ordre."""

    INDISPENSABLES = "indispensables"
    RESTAURATION = "restauration"
    ACCES = "acces"
    COUT = "cout"
    A_CLARIFIER = "a_clarifier"


@dataclass(frozen=True, slots=True)
class Compte:
    """Un nombre et, s'il en a un, son total (3 sur 7) ; les lignes comptées ; combien d'autres
    répondent « Sans objet », et ne sont pas du total."""

    valeur: float
    sur: int | None = None
    lignes: tuple[Ligne, ...] = ()
    sans_objet: int = 0


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Un des cinq chiffres, avec celui de l'an passé s'il est connu."""

    mesure: Mesure
    compte: Compte
    precedent: Compte | None = None


@dataclass(frozen=True, slots=True)
class AClarifier:
    """Une ligne et les libellés de ses cellules « À clarifier »."""

    ligne: Ligne
    nom: str
    libelles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parc:
    """Les outils : en service, indispensables, nouveaux et arrêtés dans l'année, sans décision."""

    en_service: tuple[Ligne, ...]
    indispensables: tuple[Ligne, ...]
    nouveaux: tuple[Ligne, ...]
    arretes: tuple[Ligne, ...]
    sans_decision: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Les décisions de l'année, et celles qui attendent, de quelque année qu'elles soient."""

    annee: tuple[Ligne, ...]
    durables: tuple[Ligne, ...]
    vues: tuple[Ligne, ...]
    mises_en_oeuvre: tuple[Ligne, ...]
    en_attente: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Signalements:
    """Les signalements : reçus et clos dans l'année, ouverts depuis trop longtemps."""

    recus: tuple[Ligne, ...]
    clos: tuple[Ligne, ...]
    anciens: tuple[Ligne, ...]
    seuil_jours: int
    priorite_tacite: str


@dataclass(frozen=True, slots=True)
class Dependance:
    """Les prestataires dont dépendent les outils indispensables, le premier en tête ; les outils
    « captifs » sont très difficiles à remplacer sans récupération assurée."""

    par_prestataire: tuple[tuple[Ligne, tuple[Ligne, ...]], ...]
    indispensables: int
    captifs: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Maitrise:
    """Les outils à données personnelles par lieu ; les sensibles sous un groupe étranger."""

    par_lieu: tuple[tuple[str, tuple[Ligne, ...]], ...]
    sensibles: tuple[Ligne, ...]
    sous_groupe_etranger: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Echeance:
    """La fin d'un contrat dans les douze mois, et le dernier jour pour le résilier."""

    outil: Ligne
    fin: date
    dernier_jour: date | None


@dataclass(frozen=True, slots=True)
class Contrats:
    """Les échéances des douze mois ; les reconductions sans décision ; ce qui n'a pas de fin,
    parce qu'il n'en a pas (``indetermines``) ou qu'elle n'est pas inscrite (``sans_fin``)."""

    echeances: tuple[Echeance, ...]
    reconduits: tuple[tuple[Ligne, Reconduction], ...]
    indetermines: tuple[Ligne, ...]
    sans_fin: tuple[Ligne, ...]
    ecrits: tuple[tuple[str, tuple[Ligne, ...]], ...]
    prestataires: int


@dataclass(frozen=True, slots=True)
class Mutualisation:
    """Les outils partagés ou cantonaux, les échanges de l'année, les solutions examinées."""

    partages: tuple[Ligne, ...]
    cantonaux: tuple[Ligne, ...]
    echanges: tuple[Ligne, ...]
    examinees: tuple[Ligne, ...]
    durables: int


@dataclass(frozen=True, slots=True)
class Rapport:
    """Tout ce que dit le rapport d'une commune ; ``precedent`` : l'année du classeur comparé ;
    ``incidents_encore_ouverts`` : ceux d'années passées, que l'année ne compte pas ;
    ``incompletes`` : par registre, les lignes en vigueur où une réponse demandée manque."""

    commune: Ligne
    nom: Texte
    annee: int
    au: date
    precedent: int | None
    constats: Resume
    points: tuple[Point, ...]
    incidents: tuple[Incident, ...]
    a_savoir: tuple[Incident, ...]
    incidents_encore_ouverts: tuple[Ligne, ...]
    incidents_sans_date: int
    cinq: tuple[Chiffre, ...]
    completude: tuple[tuple[str, Completude], ...]
    completude_totale: Completude
    incompletes: tuple[tuple[str, tuple[Ligne, ...]], ...]
    a_clarifier: tuple[AClarifier, ...]
    statut_tacite: str
    parc: Parc
    decisions: Decisions
    signalements: Signalements
    dependance: Dependance
    maitrise: Maitrise
    contrats: Contrats
    mutualisation: Mutualisation
    evolution: Evolution | None
    relecture_jours: int
