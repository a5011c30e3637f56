"""Les outils : parc, indispensables, dépendance, maîtrise."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.maitrise import PERSONNELLES, SENSIBLES
from pilotage_xlsx.metier.chiffres.parc import EN_SERVICE, INDISPENSABLES
from pilotage_xlsx.metier.mesure import Chapitre, Mesure
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import (
    Barre,
    Barres,
    ColonneDeTable,
    GenreDeColonne,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import compter, dont, lire, nommer, nommer_la_part, origine
from pilotage_xlsx.rapport.sections.citations import citer_le_chapitre
from pilotage_xlsx.socle.typographie import nombre

_SENSIBLE, _AUCUN_SENSIBLE = "avec des données sensibles", "aucun avec des données sensibles"


def parc(rapport: Rapport) -> Section:
    """Combien d'outils, lesquels sont nouveaux, arrêtés, sans décision."""
    en_service, indispensables = (rapport.mesures[c].compte for c in (EN_SERVICE, INDISPENSABLES))
    if not en_service:
        return Section("outils", "Outils", "Outils", ("Aucun outil en service inscrit.",))
    phrases = (
        f"{compter(en_service, 'outil')} en service, "
        f"{dont(indispensables, 'aucun indispensable', 'indispensable')}.",
        *citer_le_chapitre(rapport, Chapitre.PARC),
    )
    return Section("outils", "Outils", "Outils", phrases)


def indispensables(rapport: Rapport) -> Section:
    """La liste des indispensables : qui les fournit, comment faire sans eux."""
    outils = rapport.mesures[INDISPENSABLES].lignes
    titre = "Outils indispensables"
    if not outils:
        phrase = "Aucun outil indispensable inscrit."
        return Section("indispensables", "Indispensables", titre, (phrase,))
    colonnes = (
        ColonneDeTable("Outil", GenreDeColonne.FORT, 28),
        ColonneDeTable("Prestataire", largeur=24),
        ColonneDeTable("Mode de repli", largeur=44),
        ColonneDeTable("Sauvegarde", largeur=26),
        ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
    )
    lignes = tuple(
        (
            nommer(o),
            *(lire(o, colonne) for colonne in ("prestataire", "repli", "sauvegarde")),
            origine(o),
        )
        for o in outils
    )
    tableau = Tableau("Indispensables, prestataire, repli et sauvegarde", colonnes, lignes)
    return Section("indispensables", "Indispensables", titre, (), (tableau,))


def dependance(rapport: Rapport) -> Section | None:
    """De qui dépendent les indispensables ; ce qui est très difficile à quitter."""
    mesure = rapport.mesures[PAR_PRESTATAIRE]
    if not mesure.sur:
        return None
    barres = _barres(mesure, mesure.sur)
    graphique = Barres("Outils indispensables, par prestataire", "Outils", "Indispensables", barres)
    return Section(
        "dependance",
        "Dépendance",
        "Dépendance",
        (_dire_premier(mesure, mesure.sur), *citer_le_chapitre(rapport, Chapitre.DEPENDANCE)),
        (graphique,) if barres else (),
    )


def _dire_premier(mesure: Mesure, indispensables: int) -> str:
    if not mesure.parts:
        return "Aucun outil indispensable n'est rattaché à un prestataire inscrit."
    prestataire, outils = mesure.parts[0]
    return (
        f"Premier prestataire : {nommer_la_part(prestataire)}, {nombre(len(outils))} "
        f"sur {compter(indispensables, 'outil indispensable', 'outils indispensables')}."
    )


def _barres(mesure: Mesure, sur: int) -> tuple[Barre, ...]:
    return tuple(
        Barre(nommer_la_part(nom), len(outils), sur, f"{nombre(len(outils))} sur {nombre(sur)}")
        for nom, outils in mesure.parts
        if outils
    )


def maitrise(rapport: Rapport) -> Section | None:
    """Où sont les données personnelles ; les sensibles sous un groupe étranger."""
    mesure, sensibles = rapport.mesures[PERSONNELLES], rapport.mesures[SENSIBLES].compte
    total = mesure.compte
    if not total:
        return None
    phrases = (
        f"{compter(total, 'outil')} avec des données personnelles, "
        f"{dont(sensibles, _AUCUN_SENSIBLE, _SENSIBLE, _SENSIBLE)}.",
        *citer_le_chapitre(rapport, Chapitre.MAITRISE),
    )
    legende = "Outils à données personnelles, par lieu"
    graphique = Barres(legende, "Outils", "En tout", _barres(mesure, total))
    return Section("maitrise", "Maîtrise", "Maîtrise des données", phrases, (graphique,))
