"""Les outils : parc, indispensables, dépendance, maîtrise."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Barre, Barres, Colonne, Genre, Section, Tableau
from pilotage_xlsx.rapport.mots import compter, dont, lire, nommer, origine
from pilotage_xlsx.rapport.sections.citations import citer
from pilotage_xlsx.socle.typographie import nombre

_SENSIBLE, _AUCUN_SENSIBLE = "avec des données sensibles", "aucun avec des données sensibles"


def parc(rapport: Rapport) -> Section:
    """Combien d'outils, lesquels sont nouveaux, arrêtés, sans décision."""
    parc = rapport.parc
    if not parc.en_service:
        return Section("outils", "Outils", "Outils", ("Aucun outil en service inscrit.",))
    phrases = (
        f"{compter(len(parc.en_service), 'outil')} en service, "
        f"{dont(len(parc.indispensables), 'aucun indispensable', 'indispensable')}.",
        citer(f"Nouveaux en {rapport.annee}", parc.nouveaux),
        citer(f"Arrêtés en {rapport.annee}", parc.arretes),
        citer("Sans décision inscrite", parc.sans_decision),
    )
    return Section("outils", "Outils", "Outils", phrases)


def indispensables(rapport: Rapport) -> Section:
    """La liste des indispensables : qui les fournit, comment faire sans eux."""
    outils = rapport.parc.indispensables
    titre = "Outils indispensables"
    if not outils:
        phrase = "Aucun outil indispensable inscrit."
        return Section("indispensables", "Indispensables", titre, (phrase,))
    colonnes = (
        Colonne("Outil", Genre.FORT, 28),
        Colonne("Prestataire", largeur=24),
        Colonne("Mode de repli", largeur=44),
        Colonne("Sauvegarde", largeur=26),
        Colonne("Origine", Genre.DISCRET, 24),
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
    dependance = rapport.dependance
    if not dependance.indispensables:
        return None
    barres = tuple(
        _barre(nommer(prestataire), len(outils), dependance.indispensables)
        for prestataire, outils in dependance.par_prestataire
    )
    graphique = Barres(
        "Outils indispensables, par prestataire",
        "Outils",
        "Indispensables",
        barres,
    )
    return Section(
        "dependance",
        "Dépendance",
        "Dépendance",
        (_dire_premier(rapport), _dire_captifs(rapport)),
        (graphique,) if barres else (),
    )


def _dire_premier(rapport: Rapport) -> str:
    dependance = rapport.dependance
    if not dependance.par_prestataire:
        return "Aucun outil indispensable n'est rattaché à un prestataire inscrit."
    prestataire, outils = dependance.par_prestataire[0]
    return (
        f"Premier prestataire : {nommer(prestataire)}, {nombre(len(outils))} "
        f"sur {compter(dependance.indispensables, 'outil indispensable', 'outils indispensables')}."
    )


def _dire_captifs(rapport: Rapport) -> str:
    return citer(
        "Indispensables ou importants très difficiles à remplacer, sans récupération assurée",
        rapport.dependance.captifs,
    )


def _barre(libelle: str, valeur: int, sur: int) -> Barre:
    return Barre(libelle, valeur, sur, f"{nombre(valeur)} sur {nombre(sur)}")


def maitrise(rapport: Rapport) -> Section | None:
    """Où sont les données personnelles ; les sensibles sous un groupe étranger."""
    maitrise = rapport.maitrise
    total = sum(len(outils) for _, outils in maitrise.par_lieu)
    if not total:
        return None
    barres = tuple(_barre(lieu, len(outils), total) for lieu, outils in maitrise.par_lieu)
    phrases = (
        f"{compter(total, 'outil')} avec des données personnelles, "
        f"{dont(len(maitrise.sensibles), _AUCUN_SENSIBLE, _SENSIBLE, _SENSIBLE)}.",
        citer(
            "Outils à données sensibles dont le prestataire appartient à un groupe hors de Suisse",
            maitrise.sous_groupe_etranger,
        ),
    )
    graphique = Barres("Outils à données personnelles, par lieu", "Outils", "En tout", barres)
    return Section("maitrise", "Maîtrise", "Maîtrise des données", phrases, (graphique,))
