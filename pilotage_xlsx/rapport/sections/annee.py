"""L'année : décisions, incidents avec leurs délais, signalements, mutualisation."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Rapport, Signalements
from pilotage_xlsx.rapport.document import Case, Colonne, Genre, Section, Tableau
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer,
    compter,
    de_executif,
    dire,
    dont,
    executif,
    lire,
    majuscule,
    origine,
)
from pilotage_xlsx.rapport.sections.citations import citer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre

_LONG = 120


def decisions(rapport: Rapport) -> Section:
    """Les décisions de l'année : durables, vues, mises en œuvre, en attente."""
    decisions, durables = rapport.decisions, rapport.decisions.durables
    if decisions.annee:
        part = dont(len(durables), "aucune durable", "durable ou significative", "durables")
        inscrites = f"{_inscrites(decisions.annee, rapport)}, {part}."
    else:
        inscrites = f"Aucune décision inscrite en {rapport.annee}."
    vues = (
        f"Durables datées d'une séance {de_executif(rapport.commune)} : "
        f"{nombre(len(decisions.vues))} sur {nombre(len(durables))}."
    )
    suite = (
        f"Mises en œuvre en {rapport.annee} : {nombre(len(decisions.mises_en_oeuvre))}. "
        f"En attente de décision : {nombre(len(decisions.en_attente))}."
    )
    phrases = (inscrites, vues, suite) if durables else (inscrites, suite)
    blocs = (_tableau_des_decisions(rapport),) if decisions.annee else ()
    return Section("decisions", "Décisions", f"Décisions de {rapport.annee}", phrases, blocs)


def _inscrites(decisions: tuple[Ligne, ...], rapport: Rapport) -> str:
    accord = "inscrite" if len(decisions) < 2 else "inscrites"
    return f"{compter(len(decisions), 'décision')} {accord} en {rapport.annee}"


def _tableau_des_decisions(rapport: Rapport) -> Tableau:
    colonnes = (
        Colonne("N°", Genre.CLE, 13),
        Colonne("Date", Genre.DATE, 12),
        Colonne("Outil ou service", largeur=26),
        Colonne("Décision", largeur=44),
        Colonne("Statut", largeur=14),
        Colonne("Séance du", Genre.DATE, 12),
        Colonne("Mise en œuvre", Genre.DATE, 14),
    )
    lignes = tuple(_decision(ligne) for ligne in rapport.decisions.annee)
    return Tableau(f"Décisions de {rapport.annee}", colonnes, lignes)


def _decision(ligne: Ligne) -> tuple[Case, ...]:
    return (
        lire(ligne, "numero"),
        chiffrer(ligne, "date"),
        lire(ligne, "outil").replace(";", ","),
        abreger(lire(ligne, "decision"), _LONG),
        lire(ligne, "statut"),
        chiffrer(ligne, "executif_le"),
        chiffrer(ligne, "mise_en_oeuvre_le"),
    )


def incidents(rapport: Rapport) -> Section:
    """Les incidents de l'année, chacun avec ses délais."""
    incidents = rapport.incidents
    titre = f"Incidents de {rapport.annee}"
    if not incidents:
        phrase = f"Aucun incident inscrit en {rapport.annee}."
        return Section("incidents", "Incidents", titre, (phrase, *_encore_ouverts(rapport)))
    heures = [h for i in incidents if (h := i.ligne.nombre("interruption_heures")) is not None]
    accord = "inscrit" if len(incidents) < 2 else "inscrits"
    phrases = (
        f"{compter(len(incidents), 'incident')} {accord}. "
        f"Ont touché un service ou des données : {nombre(len(rapport.a_savoir))}.",
        _dire_les_heures(heures, len(incidents)),
        *_encore_ouverts(rapport),
    )
    return Section("incidents", "Incidents", titre, phrases, (_tableau_des_incidents(rapport),))


def _dire_les_heures(heures: list[float], incidents: int) -> str:
    if not heures:
        return "Heures d'interruption : aucune inscrite."
    return (
        f"Heures d'interruption : {nombre(round(sum(heures), 2))}, inscrites pour "
        f"{compter(len(heures), 'incident')} sur {nombre(incidents)}."
    )


def _encore_ouverts(rapport: Rapport) -> tuple[str, ...]:
    """La phrase des incidents d'années passées qui attendent encore, s'il y en a."""
    ouverts = rapport.incidents_encore_ouverts
    if not ouverts:
        return ()
    return (citer("D'années passées, encore ouverts", ouverts, cle="numero"),)


def _tableau_des_incidents(rapport: Rapport) -> Tableau:
    colonnes = (
        Colonne("N°", Genre.CLE, 13),
        Colonne("Constaté", Genre.DATE, 16),
        Colonne("Nature et outil", largeur=30),
        Colonne("Description", largeur=44),
        Colonne("Référent", largeur=14),
        Colonne(abreger(majuscule(executif(rapport.commune)), 28), largeur=18),
        Colonne("Heures", Genre.NOMBRE, 9),
        Colonne("Statut", largeur=11),
    )
    lignes = tuple(
        (
            lire(i.ligne, "numero"),
            i.ligne.date("constate_le"),
            f"{lire(i.ligne, 'nature')} · {lire(i.ligne, 'outil').replace(';', ',')}",
            abreger(lire(i.ligne, "description"), _LONG),
            dire(i.referent),
            dire(i.executif),
            chiffrer(i.ligne, "interruption_heures"),
            lire(i.ligne, "statut"),
        )
        for i in rapport.incidents
    )
    return Tableau("Incidents, et le temps jusqu'à l'information de chacun", colonnes, lignes)


def signalements(rapport: Rapport) -> Section:
    """Ce que l'administration a signalé."""
    signalements = rapport.signalements
    titre = "Signalements"
    if not (signalements.recus or signalements.clos or signalements.anciens):
        phrase = f"Aucun signalement inscrit en {rapport.annee}."
        return Section("signalements", "Signalements", titre, (phrase,))
    phrases = (
        f"Reçus en {rapport.annee} : {nombre(len(signalements.recus))}. "
        f"Clos en {rapport.annee} : {nombre(len(signalements.clos))}.",
        f"Ouverts depuis plus de {signalements.seuil_jours} jours : "
        f"{nombre(len(signalements.anciens))}.",
    )
    blocs = (_tableau_des_signalements(signalements),) if signalements.anciens else ()
    return Section("signalements", "Signalements", titre, phrases, blocs)


def _tableau_des_signalements(signalements: Signalements) -> Tableau:
    colonnes = (
        Colonne("N°", Genre.CLE, 13),
        Colonne("Date", Genre.DATE, 12),
        Colonne("Genre", largeur=18),
        Colonne("Description", largeur=54),
        Colonne("Priorité", largeur=12),
        Colonne("Origine", Genre.DISCRET, 24),
    )
    return Tableau(
        "Signalements ouverts depuis longtemps",
        colonnes,
        tuple(
            (
                lire(s, "numero"),
                s.date("date"),
                lire(s, "genre"),
                abreger(lire(s, "description"), _LONG),
                lire(s, "priorite", sinon=signalements.priorite_tacite),
                origine(s),
            )
            for s in signalements.anciens
        ),
    )


def mutualisation(rapport: Rapport) -> Section:
    """Ce que la commune partage avec d'autres."""
    mutualisation = rapport.mutualisation
    examinees = (
        f"Décisions durables de {rapport.annee} où une solution mutualisée fut examinée : "
        f"{nombre(len(mutualisation.examinees))} sur {nombre(mutualisation.durables)}."
    )
    phrases = (
        citer("Outils partagés avec d'autres communes", mutualisation.partages),
        citer("Outils fournis par le canton", mutualisation.cantonaux),
        f"Échanges inscrits en {rapport.annee} : {nombre(len(mutualisation.echanges))}.",
        *((examinees,) if mutualisation.durables else ()),
    )
    blocs = (_tableau_des_echanges(rapport),) if mutualisation.echanges else ()
    return Section("mutualisation", "Mutualisation", "Mutualisation et échanges", phrases, blocs)


def _tableau_des_echanges(rapport: Rapport) -> Tableau:
    colonnes = (
        Colonne("Date", Genre.DATE, 12),
        Colonne("Avec", Genre.FORT, 28),
        Colonne("Sujet", largeur=46),
        Colonne("Apport", largeur=26),
        Colonne("Suite", largeur=24),
    )
    lignes = tuple(
        (
            e.date("date"),
            lire(e, "organisme"),
            abreger(lire(e, "sujet"), _LONG),
            lire(e, "apport"),
            lire(e, "suite"),
        )
        for e in rapport.mutualisation.echanges
    )
    return Tableau(f"Échanges de {rapport.annee}", colonnes, lignes)
