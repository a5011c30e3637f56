"""Ce que dit le rapport : figé, sans phrase, chaque chiffre avec les lignes dont il vient.

Un chiffre se déclare dans `metier.chiffres`. Les rendus les lisent tous ici : la page, le classeur
et le courriel disent la même chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage_xlsx.metier.affaires import Nature, Sinon
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.metier.evolution import Evolution
from pilotage_xlsx.metier.mesure import Mesures
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import Texte


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
    sinon: Sinon | None = None


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


@dataclass(frozen=True, slots=True)
class AClarifier:
    """Une ligne et les libellés de ses cellules « À clarifier »."""

    ligne: Ligne
    nom: Texte
    libelles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Echeance:
    """La fin d'un contrat dans les douze mois, et le dernier jour pour le résilier."""

    outil: Ligne
    fin: date
    dernier_jour: date | None


@dataclass(frozen=True, slots=True)
class Rapport:
    """Tout ce que dit le rapport d'une commune ; ``precedent`` : l'année du classeur comparé.

    ``mesures`` : tous les chiffres du rapport ; ``anciennes`` : les cinq premiers, dans le classeur
    comparé. ``incidents`` : leurs délais, par date ; ``a_savoir`` : ceux qui ont touché ;
    ``seuil_signalement`` et ``relecture_jours`` : en jours.
    """

    commune: Ligne
    nom: Texte
    annee: int
    au: date
    precedent: int | None
    constats: Resume
    mesures: Mesures
    anciennes: Mesures | None
    points: tuple[Point, ...]
    incidents: tuple[Incident, ...]
    a_savoir: tuple[Incident, ...]
    incidents_sans_date: int
    completude: tuple[tuple[str, Completude], ...]
    completude_totale: Completude
    a_clarifier: tuple[AClarifier, ...]
    echeances: tuple[Echeance, ...]
    reconduits: tuple[tuple[Ligne, Sinon], ...]
    statut_tacite: str
    priorite_tacite: str
    seuil_signalement: int
    evolution: Evolution | None
    relecture_jours: int
