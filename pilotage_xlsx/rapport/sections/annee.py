"""L'année : décisions, incidents avec leurs délais, signalements, mutualisation."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.decisions import (
    DECISIONS,
    DURABLES,
    EN_ATTENTE,
    MISES_EN_OEUVRE,
    VUES,
)
from pilotage_xlsx.metier.chiffres.incidents import (
    A_DETERMINER,
    ENCORE_OUVERTS,
    INCIDENTS,
    OUVERTS,
    TOUCHANTS,
)
from pilotage_xlsx.metier.chiffres.mutualisation import ECHANGES, EXAMINEES
from pilotage_xlsx.metier.chiffres.signalements import ANCIENS, CLOS, RECUS
from pilotage_xlsx.metier.mesure import Chapitre
from pilotage_xlsx.rapport.chiffres import Incident, Rapport
from pilotage_xlsx.rapport.document import Case, ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import (
    TARD,
    abreger,
    chiffrer,
    citer_jusqu_a_dix,
    compter,
    de_executif,
    dire_l_executif,
    dire_le_referent,
    dont,
    executif,
    lire,
    majuscule,
    origine,
    sur,
)
from pilotage_xlsx.rapport.sections.citations import citer, citer_le_chapitre
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre

_LONG = 120


def decisions(rapport: Rapport) -> Section:
    """Les décisions de l'année : durables, vues, mises en œuvre, en attente."""
    mesures, vues = rapport.mesures, rapport.mesures[VUES]
    seances = f"Durables validées, datées d'une séance {de_executif(rapport.commune)} : {sur(vues)}"
    phrases = (
        _dire_les_decisions(rapport),
        *((f"{seances}{_entre_parentheses(vues.lignes)}.",) if vues.sur else ()),
        citer(f"Mises en œuvre en {rapport.annee}", mesures[MISES_EN_OEUVRE].lignes),
        citer("En attente de décision", mesures[EN_ATTENTE].lignes),
        *citer_le_chapitre(rapport, Chapitre.DECISIONS),
    )
    blocs = (_tableau_des_decisions(rapport),) if mesures[DECISIONS].compte else ()
    return Section("decisions", "Décisions", f"Décisions de {rapport.annee}", phrases, blocs)


def _entre_parentheses(lignes: tuple[Ligne, ...]) -> str:
    return f" ({citer_jusqu_a_dix(lignes)})" if lignes else ""


def _dire_les_decisions(rapport: Rapport) -> str:
    decisions, durables = (rapport.mesures[c].compte for c in (DECISIONS, DURABLES))
    if not decisions:
        return f"Aucune décision inscrite en {rapport.annee}."
    accord = "inscrite" if decisions < 2 else "inscrites"
    part = dont(durables, "aucune durable", "durable ou significative", "durables")
    noms = _entre_parentheses(rapport.mesures[DURABLES].lignes)
    return f"{compter(decisions, 'décision')} {accord} en {rapport.annee}, {part}{noms}."


def _tableau_des_decisions(rapport: Rapport) -> Tableau:
    colonnes = (
        ColonneDeTable("N°", GenreDeColonne.CLE, 13),
        ColonneDeTable("Date", GenreDeColonne.DATE, 12),
        ColonneDeTable("Outil ou service", largeur=26),
        ColonneDeTable("Décision", largeur=44),
        ColonneDeTable("Statut", largeur=14),
        ColonneDeTable("Séance du", GenreDeColonne.DATE, 12),
        ColonneDeTable("Mise en œuvre", GenreDeColonne.DATE, 14),
    )
    lignes = tuple(_decision(ligne) for ligne in rapport.mesures[DECISIONS].lignes)
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
    incidents = rapport.mesures[INCIDENTS]
    titre = f"Incidents de {rapport.annee}"
    suite = (*_encore_ouverts(rapport), *citer_le_chapitre(rapport, Chapitre.INCIDENTS))
    if not incidents.compte:
        phrase = f"Aucun incident inscrit en {rapport.annee}."
        return Section("incidents", "Incidents", titre, (phrase, *suite))
    accord = "inscrit" if incidents.compte < 2 else "inscrits"
    heures, jours = rapport.reperes.delais_admis
    phrases = (
        f"{compter(incidents.compte, 'incident')} {accord}.",
        citer("Ont touché un service ou des données", rapport.mesures[TOUCHANTS].lignes),
        citer("À l'effet encore à déterminer", rapport.mesures[A_DETERMINER].lignes),
        citer("Encore ouverts", rapport.mesures[OUVERTS].lignes),
        _dire_les_heures(rapport),
        *suite,
        f"« {TARD} » : informé plus de {heures} heures après le constat pour le référent, plus de "
        f"{compter(jours, 'jour')} pour l'exécutif.",
    )
    return Section("incidents", "Incidents", titre, phrases, (_tableau_des_incidents(rapport),))


def _dire_les_heures(rapport: Rapport) -> str:
    lignes = [incident.ligne for incident in rapport.incidents]
    heures = [h for ligne in lignes if (h := ligne.nombre("interruption_heures")) is not None]
    if not heures:
        return "Heures d'interruption : aucune inscrite."
    return (
        f"Heures d'interruption : {nombre(round(sum(heures), 2))}, inscrites pour "
        f"{compter(len(heures), 'incident')} sur {nombre(len(lignes))}."
    )


def _encore_ouverts(rapport: Rapport) -> tuple[str, ...]:
    """La phrase des incidents d'années passées qui attendent encore, s'il y en a."""
    ouverts = rapport.mesures[ENCORE_OUVERTS].lignes
    return (citer("D'années passées, encore ouverts", ouverts),) if ouverts else ()


def _tableau_des_incidents(rapport: Rapport) -> Tableau:
    colonnes = (
        ColonneDeTable("N°", GenreDeColonne.CLE, 13),
        ColonneDeTable("Constaté", GenreDeColonne.DATE, 16),
        ColonneDeTable("Nature et outil", largeur=30),
        ColonneDeTable("Description", largeur=44),
        ColonneDeTable("Référent", largeur=14),
        ColonneDeTable(abreger(majuscule(executif(rapport.commune)), 28), largeur=18),
        ColonneDeTable("A touché", GenreDeColonne.FORT, 15),
        ColonneDeTable("Heures", GenreDeColonne.NOMBRE, 9),
        ColonneDeTable("Statut", largeur=11),
    )
    lignes = tuple(
        (
            lire(i.ligne, "numero"),
            i.ligne.date("constate_le"),
            f"{lire(i.ligne, 'nature')} · {lire(i.ligne, 'outil').replace(';', ',')}",
            abreger(lire(i.ligne, "description"), _LONG),
            dire_le_referent(i),
            dire_l_executif(i),
            _touche(i),
            chiffrer(i.ligne, "interruption_heures"),
            lire(i.ligne, "statut"),
        )
        for i in rapport.incidents
    )
    return Tableau("Incidents, et le temps jusqu'à l'information de chacun", colonnes, lignes)


def _touche(incident: Incident) -> str:
    """Ce que l'incident a touché ; vide s'il n'a rien touché."""
    touches = (
        ("un service", incident.touche_un_service),
        ("des données", incident.touche_des_donnees),
        ("à déterminer", incident.est_a_determiner),
    )
    return ", ".join(mot for mot, est_vrai in touches if est_vrai)


def signalements(rapport: Rapport) -> Section:
    """Ce que l'administration a signalé."""
    recus, clos, anciens = (rapport.mesures[c].compte for c in (RECUS, CLOS, ANCIENS))
    vieux = rapport.mesures[ANCIENS].lignes
    titre, suite = "Signalements", citer_le_chapitre(rapport, Chapitre.SIGNALEMENTS)
    if not (recus or clos or anciens):
        phrase = f"Aucun signalement inscrit en {rapport.annee}."
        return Section("signalements", "Signalements", titre, (phrase, *suite))
    phrases = (
        citer(f"Reçus en {rapport.annee}", rapport.mesures[RECUS].lignes),
        citer(f"Clos en {rapport.annee}", rapport.mesures[CLOS].lignes),
        citer(f"Ouverts depuis plus de {rapport.reperes.seuil_signalement} jours", vieux),
        *suite,
    )
    blocs = (_tableau_des_signalements(rapport),) if anciens else ()
    return Section("signalements", "Signalements", titre, phrases, blocs)


def _tableau_des_signalements(rapport: Rapport) -> Tableau:
    colonnes = (
        ColonneDeTable("N°", GenreDeColonne.CLE, 13),
        ColonneDeTable("Date", GenreDeColonne.DATE, 12),
        ColonneDeTable("Genre", largeur=18),
        ColonneDeTable("Description", largeur=54),
        ColonneDeTable("Priorité", largeur=12),
        ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
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
                lire(s, "priorite", sinon=rapport.reperes.priorite_tacite),
                origine(s),
            )
            for s in rapport.mesures[ANCIENS].lignes
        ),
    )


def mutualisation(rapport: Rapport) -> Section:
    """Ce que la commune partage avec d'autres."""
    echanges, examinees = rapport.mesures[ECHANGES].lignes, rapport.mesures[EXAMINEES]
    quoi = f"Décisions durables de {rapport.annee} où une solution mutualisée fut examinée"
    phrases = (
        *citer_le_chapitre(rapport, Chapitre.MUTUALISATION),
        citer(f"Échanges inscrits en {rapport.annee}", echanges),
        *(
            (f"{quoi} : {sur(examinees)}{_entre_parentheses(examinees.lignes)}.",)
            if examinees.sur
            else ()
        ),
    )
    blocs = (_tableau_des_echanges(rapport),) if echanges else ()
    return Section("mutualisation", "Mutualisation", "Mutualisation et échanges", phrases, blocs)


def _tableau_des_echanges(rapport: Rapport) -> Tableau:
    colonnes = (
        ColonneDeTable("Date", GenreDeColonne.DATE, 12),
        ColonneDeTable("Avec", GenreDeColonne.FORT, 28),
        ColonneDeTable("Sujet", largeur=46),
        ColonneDeTable("Apport", largeur=26),
        ColonneDeTable("Suite", largeur=24),
    )
    lignes = tuple(
        (
            e.date("date"),
            lire(e, "organisme"),
            abreger(lire(e, "sujet"), _LONG),
            lire(e, "apport"),
            lire(e, "suite"),
        )
        for e in rapport.mesures[ECHANGES].lignes
    )
    return Tableau(f"Échanges de {rapport.annee}", colonnes, lignes)
