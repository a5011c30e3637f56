"""Le rapport d'une région en sections : la page des communes, puis l'annexe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from pilotage_xlsx.metier.chiffres import CINQ, du_chapitre
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.maitrise import PERSONNELLES
from pilotage_xlsx.metier.chiffres.parc import EN_SERVICE
from pilotage_xlsx.metier.mesure import Addition, Chapitre, Chiffre, Mesure
from pilotage_xlsx.rapport.document import (
    Barre,
    Barres,
    Bloc,
    Case,
    ColonneDeTable,
    Document,
    GenreDeColonne,
    Lettre,
    PageRegionale,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import commune as nommer_commune
from pilotage_xlsx.rapport.mots import compter, epurer, majuscule
from pilotage_xlsx.rapport.region import traverses
from pilotage_xlsx.rapport.region.chiffres import Region, habitants_de
from pilotage_xlsx.rapport.sections.cartes import SANS_OBJET, dresser, montrer
from pilotage_xlsx.rapport.sections.lettre import APPEL, JOINTS
from pilotage_xlsx.rapport.sections.sources import situer
from pilotage_xlsx.socle.typographie import jour, nombre

LARGEURS: Mapping[Chiffre, int] = dict(
    zip((EN_SERVICE, *CINQ, INCIDENTS), (11, 16, 13, 11, 12, 11, 10), strict=True)
)
"""Les chiffres de la première page d'une région, et la largeur de leur colonne en signes."""

NOM = 40
"""Le nom d'une commune, au plus long."""

_LARGEUR = 16


def tabler(region: Region, *chapitres: Chapitre) -> tuple[Tableau, ...]:
    """Les chiffres de ces chapitres, une ligne par commune ; rien si la première page les dit."""
    chiffres = [c for chapitre in chapitres for c in du_chapitre(chapitre) if c.colonne]
    if all(chiffre in LARGEURS for chiffre in chiffres):
        return ()
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 30),
        *(
            ColonneDeTable(chiffre.colonne, _genrer_la_colonne(chiffre), _LARGEUR)
            for chiffre in chiffres
        ),
    )
    lignes = (
        *(
            (nommer_commune(rapport, NOM), *(_compter(c, rapport.mesures[c]) for c in chiffres))
            for rapport in region.communes
        ),
        ("Ensemble", *(_additionner(chiffre, region) for chiffre in chiffres)),
    )
    return (Tableau("Comptes par commune, puis ensemble", colonnes, lignes),)


def _genrer_la_colonne(chiffre: Chiffre) -> GenreDeColonne:
    return GenreDeColonne.MONTANT if chiffre.est_un_montant else GenreDeColonne.NOMBRE


def _compter(chiffre: Chiffre, mesure: Mesure) -> Case:
    return round(mesure.valeur, 2) if chiffre.est_un_montant else int(mesure.valeur)


def _additionner(chiffre: Chiffre, region: Region) -> Case:
    """La case de l'ensemble ; vide pour un chiffre qui ne s'additionne pas."""
    if chiffre.addition is Addition.AUCUNE:
        return None
    return _compter(chiffre, region.mesures[chiffre])


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
            nommer_commune(rapport, NOM),
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
            nommer_commune(rapport, NOM),
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
    traverses.absentes,
    traverses.prestataires,
    traverses.fins,
    traverses.ensemble,
    traverses.deux_annees,
    traverses.medianes,
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


def composer(region: Region) -> Document:
    """Le rapport de la région, prêt pour tous les rendus."""
    combien = compter(len(region.communes), "commune")
    habitants = f" · {compter(region.habitants, 'habitant')}" if region.habitants else ""
    return Document(
        premiere=PageRegionale(
            avis="Interne : ne pas publier",
            surtitre=f"{combien}{habitants} · état au {jour(region.au)}",
            titre=f"Pilotage numérique, rapport régional {region.annee}",
            alerte=_alerte(region),
            phrases=traverses.dire_les_absentes(region),
            cartes=dresser(region.mesures, region.anciennes, annee_precedente=region.annee - 1),
            tableaux=traverses.sur_la_page(region),
            communes=_une_ligne_par_commune(region),
        ),
        annexe=_annexe(region),
        lettre=_lettre(region),
        pied=f"Interne · {combien} · pilotage numérique {region.annee}",
    )


def _lettre(region: Region) -> Lettre:
    """Une région n'a pas de référent à elle : qui envoie signe."""
    quoi = f"Voici le rapport régional {region.annee} sur le pilotage numérique"
    nombre = compter(len(region.communes), "commune")
    return Lettre(APPEL, (f"{quoi}, pour {nombre}.", JOINTS), ())


def _annexe(region: Region) -> tuple[Section, ...]:
    sections = (composer_section(region) for composer_section in SECTIONS)
    return tuple(section for section in sections if section is not None)


def _alerte(region: Region) -> str | None:
    """Combien de classeurs ont encore des erreurs ; lesquels ne se dit pas ici."""
    fautifs = sum(rapport.constats.erreurs > 0 for rapport in region.communes)
    if not fautifs:
        return None
    total = compter(len(region.communes), "classeur")
    accord = "contient" if fautifs == 1 else "contiennent"
    return f"Sur {total}, {fautifs} {accord} encore des erreurs : les chiffres peuvent changer."


def _une_ligne_par_commune(region: Region) -> Tableau:
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 26),
        ColonneDeTable("Habitants", GenreDeColonne.NOMBRE, 10),
        *(ColonneDeTable(c.colonne, _genrer(c), largeur) for c, largeur in LARGEURS.items()),
    )
    lignes = tuple(
        (
            nommer_commune(rapport, NOM),
            habitants_de(rapport),
            *(_montrer(c, rapport.mesures[c]) for c in LARGEURS),
        )
        for rapport in region.communes
    )
    return Tableau("Les communes, par ordre alphabétique", colonnes, lignes)


def _genrer(chiffre: Chiffre) -> GenreDeColonne:
    """Un nombre, ou un texte s'il se dit sur une base."""
    return GenreDeColonne.NOMBRE if chiffre.base is None else GenreDeColonne.MESURE


def _montrer(chiffre: Chiffre, mesure: Mesure) -> Case:
    return int(mesure.valeur) if chiffre.base is None else montrer(chiffre, mesure)
