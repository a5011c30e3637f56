"""D'où vient chaque chiffre du rapport : les lignes du classeur qui y comptent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Colonne, Genre, Section, Tableau
from pilotage_xlsx.rapport.mots import epurer, majuscule
from pilotage_xlsx.rapport.sections.cartes import libeller, montrer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre, plages

Source = tuple[str, str, tuple[Ligne, ...]]
"""Ce que dit le chiffre, sa valeur telle qu'elle s'écrit, les lignes comptées."""

_COLONNES = (
    Colonne("Chiffre", Genre.FORT, 46),
    Colonne("Valeur", Genre.MESURE, 13),
    Colonne("Lignes du classeur", largeur=66),
)


def sources(rapport: Rapport) -> Section:
    """Chaque chiffre du rapport, et où le recompter ; un compte nul n'a pas de ligne à montrer."""
    lignes = tuple(
        (majuscule(libelle), valeur, situer(comptees))
        for libelle, valeur, comptees in (*_cinq(rapport), *_comptes(rapport))
    )
    tableau = Tableau("Lignes comptées pour chaque chiffre", _COLONNES, lignes)
    return Section("sources", "Sources", "D'où vient chaque chiffre", (), (tableau,))


def _cinq(rapport: Rapport) -> Iterator[Source]:
    for chiffre in rapport.cinq:
        compte = chiffre.compte
        yield libeller(chiffre.mesure, compte), montrer(chiffre.mesure, compte), compte.lignes


def _comptes(rapport: Rapport) -> Iterator[Source]:
    """Les comptes de l'annexe qui ne sont pas nuls, dans l'ordre où ils s'y lisent."""
    familles = (_des_registres, _de_l_annee, _des_engagements, _du_partage)
    for famille in familles:
        for libelle, lignes in famille(rapport):
            if lignes:
                yield libelle, nombre(len(lignes)), tuple(lignes)


def _des_registres(rapport: Rapport) -> Iterator[tuple[str, Sequence[Ligne]]]:
    for registre, lignes in rapport.incompletes:
        yield f"lignes incomplètes : {registre}", lignes
    parc = rapport.parc
    yield "outils en service", parc.en_service
    yield "outils nouveaux", parc.nouveaux
    yield "outils arrêtés", parc.arretes
    yield "outils sans décision inscrite", parc.sans_decision


def _de_l_annee(rapport: Rapport) -> Iterator[tuple[str, Sequence[Ligne]]]:
    decisions, signalements = rapport.decisions, rapport.signalements
    yield "décisions de l'année", decisions.annee
    yield "décisions durables", decisions.durables
    yield "décisions durables datées d'une séance", decisions.vues
    yield "décisions mises en œuvre", decisions.mises_en_oeuvre
    yield "décisions en attente", decisions.en_attente
    yield "incidents de l'année", [incident.ligne for incident in rapport.incidents]
    yield "incidents qui ont touché", [incident.ligne for incident in rapport.a_savoir]
    yield "incidents d'années passées encore ouverts", rapport.incidents_encore_ouverts
    yield "signalements reçus", signalements.recus
    yield "signalements clos", signalements.clos
    yield "signalements ouverts depuis longtemps", signalements.anciens


def _des_engagements(rapport: Rapport) -> Iterator[tuple[str, Sequence[Ligne]]]:
    for prestataire, outils in rapport.dependance.par_prestataire:
        yield f"indispensables : {epurer(prestataire.texte('nom') or '')}", outils
    yield "outils très difficiles à quitter", rapport.dependance.captifs
    for lieu, outils in rapport.maitrise.par_lieu:
        yield f"données personnelles : {lieu}", outils
    yield "outils à données sensibles", rapport.maitrise.sensibles
    yield "données sensibles, groupe hors de Suisse", rapport.maitrise.sous_groupe_etranger
    contrats = rapport.contrats
    yield "échéances des douze mois", [echeance.outil for echeance in contrats.echeances]
    yield "contrats reconduits sans décision", [outil for outil, _ in contrats.reconduits]
    yield "contrats à durée indéterminée", contrats.indetermines
    yield "contrats sans fin inscrite", contrats.sans_fin
    for valeur, prestataires in contrats.ecrits:
        yield f"contrat écrit : {valeur.lower()}", prestataires


def _du_partage(rapport: Rapport) -> Iterator[tuple[str, Sequence[Ligne]]]:
    mutualisation = rapport.mutualisation
    yield "outils partagés", mutualisation.partages
    yield "outils fournis par le canton", mutualisation.cantonaux
    yield "échanges de l'année", mutualisation.echanges
    yield "solutions mutualisées examinées", mutualisation.examinees
    if rapport.evolution:
        changements = rapport.evolution.sans_decision
        restes = [changement.apres for changement in changements if changement.apres]
        perdus = [c.avant for c in changements if c.avant and not c.apres]
        yield "changements durables sans décision", restes
        yield f"outils disparus sans décision (classeur de {rapport.precedent})", perdus


def situer(lignes: Iterable[Ligne]) -> str:
    """« Outils : lignes 5, 6, 9 »."""
    par_feuille: dict[str, list[int]] = defaultdict(list)
    for ligne in lignes:
        par_feuille[ligne.lieu.feuille].append(ligne.numero)
    return (
        " ; ".join(
            f"{epurer(feuille)} : ligne{'s' if len(numeros) > 1 else ''} {plages(sorted(numeros))}"
            for feuille, numeros in par_feuille.items()
        )
        or "aucune"
    )
