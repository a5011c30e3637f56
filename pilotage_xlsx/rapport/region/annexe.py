"""L'annexe d'une région : complétude, année, données, contrats, partage, et d'où tout vient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES
from pilotage_xlsx.metier.chiffres.maitrise import PERSONNELLES
from pilotage_xlsx.metier.mesure import Chapitre
from pilotage_xlsx.rapport.document import (
    Barre,
    Barres,
    Bloc,
    ColonneDeTable,
    GenreDeColonne,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import commune, compter, epurer, majuscule
from pilotage_xlsx.rapport.region.chiffres import Region
from pilotage_xlsx.rapport.region.tables import NOM, tabler
from pilotage_xlsx.rapport.sections.cartes import SANS_OBJET
from pilotage_xlsx.rapport.sections.sources import situer
from pilotage_xlsx.socle.typographie import nombre


def parc(region: Region) -> Section | None:
    """Les chiffres du parc que la première page n'a pas."""
    tableaux = tabler(region, Chapitre.PARC)
    return Section("outils", "Outils", "Outils", (), tableaux) if tableaux else None


def completude(region: Region) -> Section:
    """Lignes complètes sur lignes en vigueur, par registre et par commune."""
    registres = [libelle for libelle, _ in region.communes[0].completude]
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 32),
        *(
            ColonneDeTable(registre, GenreDeColonne.MESURE, max(12, len(registre) + 2))
            for registre in (*registres, "Total")
        ),
    )
    lignes = tuple(
        (
            commune(rapport, NOM),
            *(
                f"{nombre(part.completes)} sur {nombre(part.lignes)}" if part.lignes else SANS_OBJET
                for part in (*(part for _, part in rapport.completude), rapport.completude_totale)
            ),
        )
        for rapport in region.communes
    )
    tableau = Tableau("Lignes complètes sur lignes en vigueur", colonnes, lignes)
    titre = "Complétude des registres"
    blocs = (tableau, *tabler(region, Chapitre.REGISTRES))
    return Section("completude", "Complétude", titre, (), blocs)


def annee(region: Region) -> Section:
    """Décisions, incidents et signalements de l'année ; leurs textes restent aux communes."""
    titre = f"Décisions, incidents et signalements de {region.annee}"
    chapitres = (Chapitre.DECISIONS, Chapitre.INCIDENTS, Chapitre.SIGNALEMENTS)
    return Section("annee", "Année", titre, (), tabler(region, *chapitres))


def donnees(region: Region) -> Section:
    """Où sont les données personnelles de la région, et ce qu'on quitterait difficilement."""
    personnelles = region.mesures[PERSONNELLES]
    titre = "Données et dépendance"
    blocs: tuple[Bloc, ...] = tabler(region, Chapitre.MAITRISE, Chapitre.DEPENDANCE)
    if total := personnelles.compte:
        barres = _barres({str(lieu): len(outils) for lieu, outils in personnelles.parts}, total)
        legende = "Outils à données personnelles, par lieu"
        blocs = (Barres(legende, "Outils", "En tout", barres), *blocs)
    return Section("donnees", "Données", titre, (), blocs)


def contrats(region: Region) -> Section:
    """Les échéances des douze mois par domaine : où se grouper aurait un sens."""
    domaines = Counter(
        epurer(outil.texte("domaine") or "Domaine non inscrit")
        for outil in region.mesures[ECHEANCES].lignes
    )
    tableaux = tabler(region, Chapitre.CONTRATS)
    total = domaines.total()
    titre = "Contrats à échéance dans les douze mois"
    if not total:
        phrase = "Aucune échéance de contrat inscrite pour les douze prochains mois."
        return Section("contrats", "Contrats", titre, (phrase,), tableaux)
    phrase = f"{compter(total, 'échéance')} de contrat, tous domaines ensemble."
    barres = Barres("Échéances, par domaine", "Échéances", "En tout", _barres(domaines, total))
    return Section("contrats", "Contrats", titre, (phrase,), (barres, *tableaux))


def partage(region: Region) -> Section:
    """Ce que les communes partagent déjà."""
    titre = "Mutualisation et échanges"
    tableaux = tabler(region, Chapitre.MUTUALISATION)
    return Section("mutualisation", "Mutualisation", titre, (), tableaux)


def sources(region: Region) -> Section:
    """Dans le classeur de chaque commune, les lignes comptées pour les cinq chiffres ; un chiffre
    nul n'en a pas."""
    colonnes = (
        ColonneDeTable("Chiffre", GenreDeColonne.FORT, 30),
        ColonneDeTable("Commune", largeur=28),
        ColonneDeTable("Lignes du classeur", largeur=60),
    )
    lignes = tuple(
        (
            majuscule(chiffre.libeller(region.mesures[chiffre])),
            commune(rapport, NOM),
            situer(rapport.mesures[chiffre].lignes),
        )
        for chiffre in CINQ
        for rapport in region.communes
        if rapport.mesures[chiffre].lignes
    )
    titre = "D'où vient chaque chiffre"
    if not lignes:
        return Section("sources", "Sources", titre, ("Aucune ligne à recompter.",))
    tableau = Tableau("Lignes comptées pour chaque chiffre", colonnes, lignes)
    return Section("sources", "Sources", titre, (), (tableau,))


SECTIONS: tuple[Callable[[Region], Section | None], ...] = (
    completude,
    parc,
    annee,
    donnees,
    contrats,
    partage,
    sources,
)


def _barres(comptes: Mapping[str, int], total: int) -> tuple[Barre, ...]:
    """Du plus grand au plus petit, puis par nom."""
    triees = sorted(comptes.items(), key=lambda paire: (-paire[1], paire[0]))
    return tuple(Barre(nom, n, total, f"{nombre(n)} sur {nombre(total)}") for nom, n in triees if n)
