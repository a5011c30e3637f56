"""Ce que dit le rapport : figé, sans phrase, chaque chiffre avec les lignes dont il vient.

Un chiffre se déclare dans `metier.chiffres`. Les rendus les lisent tous ici : la page, le classeur
et le courriel disent la même chose.
"""

from __future__ import annotations

from datetime import date

import msgspec

from pilotage_xlsx.metier.affaires import Affaire, Nature, Sinon
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.metier.evolution import CoutComparable, Evolution
from pilotage_xlsx.metier.expositions import Exposition, Faiblesse
from pilotage_xlsx.metier.mesure import Mesures
from pilotage_xlsx.metier.suites import Suite
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import Texte


class Point(msgspec.Struct, frozen=True):
    """Un point à décider : la ligne dont il vient, les outils qu'il concerne.

    ``cout`` : ce que coûterait un oui ; ``depense`` : ce que ces outils coûtent aujourd'hui, par
    an, si chacun le dit.

    ``criticite`` : 0 si l'un des outils est indispensable, 1 s'il est important, 2 sinon.
    ``dernier_jour`` est le dernier jour utile ; il peut être passé. ``contrat`` : celui qui se
    décide, ou qui presse la proposition. ``faiblesse`` : ce qui expose ces outils. ``fait_le`` :
    le jour où la proposition fut mise en œuvre, avant d'être décidée.
    """

    nature: Nature
    ligne: Ligne
    outils: tuple[Ligne, ...]
    criticite: int = 0
    cout: float | None = None
    cout_est_annuel: bool = False
    depense: float | None = None
    dernier_jour: date | None = None
    contrat: Affaire | None = None
    faiblesse: Faiblesse | None = None
    fait_le: date | None = None
    est_au_deliberant: bool = False


class Delai(msgspec.Struct, frozen=True):
    """Le temps entre le constat et une information, en minutes si les deux heures sont connues.

    Les deux vides : la date manque. Négatif : les dates se contredisent.
    """

    minutes: int | None = None
    jours: int | None = None


class Incident(msgspec.Struct, frozen=True):
    """Un incident de l'année et ses délais ; ``a_signaler`` : il a touché un service ou des
    données.

    ``executif_demande`` : le modèle demande d'en informer l'exécutif. ``referent_tarde``,
    ``executif_tarde`` : informés au-delà de ce que le modèle et la commune admettent.
    """

    ligne: Ligne
    referent: Delai
    executif: Delai
    a_signaler: bool
    touche_un_service: bool
    touche_des_donnees: bool
    est_a_determiner: bool
    est_ouvert: bool
    executif_demande: bool
    referent_tarde: bool
    executif_tarde: bool


class AClarifier(msgspec.Struct, frozen=True):
    """Une ligne et les libellés de ses cellules « À clarifier »."""

    ligne: Ligne
    nom: Texte
    libelles: tuple[str, ...]


class Echeance(msgspec.Struct, frozen=True):
    """La fin d'un contrat dans les douze mois, et le dernier jour pour le résilier."""

    outil: Ligne
    fin: date
    dernier_jour: date | None


class Reperes(msgspec.Struct, frozen=True):
    """Ce que le modèle et la commune tiennent pour convenu, et pour trop long.

    ``seuil_signalement`` et ``relecture_jours`` : en jours ; ``delais_admis`` : en heures pour le
    référent, en jours pour l'exécutif.
    """

    statut_tacite: str
    priorite_tacite: str
    seuil_signalement: int
    delais_admis: tuple[int, int]
    relecture_jours: int


class Rapport(msgspec.Struct, frozen=True):
    """Tout ce que dit le rapport d'une commune ; ``precedent`` : l'année du classeur comparé.

    ``au`` : le jour où les chiffres sont arrêtés, au plus tard le 31 décembre de l'année ;
    ``jour`` : celui où ce qui échoit se juge, la ``seance`` si on la connaît.
    ``expositions`` : ce qui expose la commune ; ``de_droit`` : les indispensables que tient le
    canton ou un organisme lié ; ``suites`` : ce que sont devenues ses décisions.
    ``mesures`` : tous les chiffres du rapport ; ``anciennes`` : les cinq premiers, dans le classeur
    comparé ; ``annees`` : les mêmes, de chaque année connue, la plus ancienne d'abord ; ``couts`` :
    ceux des outils connus les deux ans. ``incidents`` : leurs délais, par date ; ``a_savoir`` :
    ceux qui ont touché.
    """

    commune: Ligne
    nom: Texte
    annee: int
    au: date
    jour: date
    seance: date | None
    precedent: int | None
    constats: Resume
    mesures: Mesures
    anciennes: Mesures | None
    points: tuple[Point, ...]
    expositions: tuple[Exposition, ...]
    de_droit: tuple[Ligne, ...]
    suites: tuple[Suite, ...]
    incidents: tuple[Incident, ...]
    a_savoir: tuple[Incident, ...]
    incidents_sans_date: int
    completude: tuple[tuple[str, Completude], ...]
    completude_totale: Completude
    a_clarifier: tuple[AClarifier, ...]
    echeances: tuple[Echeance, ...]
    reconduits: tuple[tuple[Ligne, Sinon], ...]
    reperes: Reperes
    evolution: Evolution | None
    couts: CoutComparable | None
    annees: tuple[tuple[int, Mesures], ...]
