"""L'annexe d'une région : complétude, année, données, contrats, partage, et d'où tout vient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import (
    Barre,
    Barres,
    Bloc,
    Case,
    Colonne,
    Genre,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import commune, compter, epurer, majuscule
from pilotage_xlsx.rapport.region.chiffres import Region
from pilotage_xlsx.rapport.sections.cartes import SANS_OBJET, libeller
from pilotage_xlsx.rapport.sections.sources import situer
from pilotage_xlsx.socle.typographie import nombre

Compteur = tuple[str, Callable[[Rapport], float]]
"""Le titre d'une colonne, et ce qu'elle compte dans le rapport d'une commune."""

_NOM, _PAR_COMMUNE = 40, "Comptes par commune, puis ensemble"
_ANNEE: tuple[Compteur, ...] = (
    ("Décisions", lambda r: len(r.decisions.annee)),
    ("dont durables", lambda r: len(r.decisions.durables)),
    ("En attente", lambda r: len(r.decisions.en_attente)),
    ("Incidents", lambda r: len(r.incidents)),
    ("Ont touché un service ou des données", lambda r: len(r.a_savoir)),
    ("Signalements reçus", lambda r: len(r.signalements.recus)),
)
_DONNEES: tuple[Compteur, ...] = (
    ("Outils à données personnelles", lambda r: sum(len(o) for _, o in r.maitrise.par_lieu)),
    ("dont sensibles", lambda r: len(r.maitrise.sensibles)),
    ("sous un groupe hors de Suisse", lambda r: len(r.maitrise.sous_groupe_etranger)),
    ("Très difficiles à quitter", lambda r: len(r.dependance.captifs)),
)
_PARTAGE: tuple[Compteur, ...] = (
    ("Outils partagés", lambda r: len(r.mutualisation.partages)),
    ("Fournis par le canton", lambda r: len(r.mutualisation.cantonaux)),
    ("Échanges de l'année", lambda r: len(r.mutualisation.echanges)),
    ("Solutions mutualisées examinées", lambda r: len(r.mutualisation.examinees)),
)


def completude(region: Region) -> Section:
    """Lignes complètes sur lignes en vigueur, par registre et par commune."""
    registres = [libelle for libelle, _ in region.communes[0].completude]
    colonnes = (
        Colonne("Commune", Genre.FORT, 32),
        *(
            Colonne(registre, Genre.MESURE, max(12, len(registre) + 2))
            for registre in (*registres, "Total")
        ),
    )
    lignes = tuple(
        (
            commune(rapport, _NOM),
            *(
                f"{nombre(part.completes)} sur {nombre(part.lignes)}" if part.lignes else SANS_OBJET
                for part in (*(part for _, part in rapport.completude), rapport.completude_totale)
            ),
        )
        for rapport in region.communes
    )
    tableau = Tableau("Lignes complètes sur lignes en vigueur", colonnes, lignes)
    titre = "Complétude des registres"
    return Section("completude", "Complétude", titre, (), (tableau,))


def annee(region: Region) -> Section:
    """Décisions, incidents et signalements de l'année ; leurs textes restent aux communes."""
    titre = f"Décisions, incidents et signalements de {region.annee}"
    tableau = _compter(region, _PAR_COMMUNE, _ANNEE)
    return Section("annee", "Année", titre, (), (tableau,))


def donnees(region: Region) -> Section:
    """Où sont les données personnelles de la région, et ce qu'on quitterait difficilement."""
    lieux: Counter[str] = Counter()
    for rapport in region.communes:
        lieux.update({lieu: len(outils) for lieu, outils in rapport.maitrise.par_lieu})
    titre = "Données et dépendance"
    blocs: tuple[Bloc, ...] = (_compter(region, _PAR_COMMUNE, _DONNEES),)
    if total := lieux.total():
        barres = _barres(lieux, total)
        legende = "Outils à données personnelles, par lieu"
        blocs = (Barres(legende, "Outils", "En tout", barres), *blocs)
    return Section("donnees", "Données", titre, (), blocs)


def contrats(region: Region) -> Section:
    """Les échéances des douze mois par domaine : où se grouper aurait un sens."""
    domaines = Counter(
        epurer(echeance.outil.texte("domaine") or "Domaine non inscrit")
        for rapport in region.communes
        for echeance in rapport.contrats.echeances
    )
    total = domaines.total()
    titre = "Contrats à échéance dans les douze mois"
    if not total:
        phrase = "Aucune échéance de contrat inscrite pour les douze prochains mois."
        return Section("contrats", "Contrats", titre, (phrase,))
    phrase = f"{compter(total, 'échéance')} de contrat, tous domaines ensemble."
    barres = Barres("Échéances, par domaine", "Échéances", "En tout", _barres(domaines, total))
    return Section("contrats", "Contrats", titre, (phrase,), (barres,))


def partage(region: Region) -> Section:
    """Ce que les communes partagent déjà."""
    titre = "Mutualisation et échanges"
    tableau = _compter(region, _PAR_COMMUNE, _PARTAGE)
    return Section("mutualisation", "Mutualisation", titre, (), (tableau,))


def sources(region: Region) -> Section:
    """Dans le classeur de chaque commune, les lignes comptées pour les cinq chiffres ; un chiffre
    nul n'en a pas."""
    colonnes = (
        Colonne("Chiffre", Genre.FORT, 30),
        Colonne("Commune", largeur=28),
        Colonne("Lignes du classeur", largeur=60),
    )
    lignes = tuple(
        (
            majuscule(libeller(chiffre.mesure, ensemble.compte)),
            commune(rapport, _NOM),
            situer(chiffre.compte.lignes),
        )
        for rang, ensemble in enumerate(region.cinq)
        for rapport in region.communes
        for chiffre in (rapport.cinq[rang],)
        if chiffre.compte.lignes
    )
    titre = "D'où vient chaque chiffre"
    if not lignes:
        return Section("sources", "Sources", titre, ("Aucune ligne à recompter.",))
    tableau = Tableau("Lignes comptées pour chaque chiffre", colonnes, lignes)
    return Section("sources", "Sources", titre, (), (tableau,))


SECTIONS: tuple[Callable[[Region], Section], ...] = (
    completude,
    annee,
    donnees,
    contrats,
    partage,
    sources,
)


def _compter(region: Region, titre: str, compteurs: tuple[Compteur, ...]) -> Tableau:
    """Une ligne par commune, une colonne par compte, puis la région."""
    colonnes = (
        Colonne("Commune", Genre.FORT, 30),
        *(Colonne(titre, Genre.NOMBRE, 16) for titre, _ in compteurs),
    )
    lignes: list[tuple[Case, ...]] = [
        (commune(rapport, _NOM), *(int(compte(rapport)) for _, compte in compteurs))
        for rapport in region.communes
    ]
    lignes.append(("Ensemble", *(int(region.somme(compte)) for _, compte in compteurs)))
    return Tableau(titre, colonnes, tuple(lignes))


def _barres(comptes: Counter[str], total: int) -> tuple[Barre, ...]:
    """Du plus grand au plus petit, puis par nom."""
    triees = sorted(comptes.items(), key=lambda paire: (-paire[1], paire[0]))
    return tuple(Barre(nom, n, total, f"{nombre(n)} sur {nombre(total)}") for nom, n in triees)
