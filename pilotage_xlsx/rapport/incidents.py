"""Les incidents de l'année et leurs délais : constat → référent, constat → exécutif."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pilotage_xlsx.metier.delais import champs_illisibles, est_tardif, jours_entre
from pilotage_xlsx.metier.jugements import concerne_l_executif, est_a_annoncer, est_a_determiner
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DONNEES_TOUCHEES, INCIDENT_OUVERT, SERVICE_TOUCHE
from pilotage_xlsx.rapport.chiffres import Delai, Incident
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import Jour, le_jour


def suivre(liens: Liens, lignes: tuple[Ligne, ...]) -> tuple[Incident, ...]:
    """Ces incidents et leurs délais, du premier au dernier."""
    return tuple(_suivre(liens, ligne) for ligne in sorted(lignes, key=_jour_du_constat))


def sans_date(liens: Liens) -> int:
    """Combien d'incidents n'ont pas de date lisible : aucune année ne les compte."""
    return sum(ligne.date("constate_le") is None for ligne in liens.etat.lignes("incidents"))


def a_savoir(incidents: tuple[Incident, ...]) -> tuple[Incident, ...]:
    """Ceux qui concernent l'exécutif : les données touchées d'abord, puis les récents."""
    retenus = (incident for incident in incidents if incident.a_signaler)
    recents = sorted(retenus, key=lambda incident: _jour_du_constat(incident.ligne), reverse=True)
    return tuple(sorted(recents, key=lambda incident: not incident.touche_des_donnees))


def mesurer(debut: Jour | None, fin: Jour | None) -> Delai:
    """Le délai entre deux instants ; à l'heure si les deux en portent une, sinon au jour."""
    if debut is None or fin is None:
        return Delai()
    if isinstance(debut, datetime) and isinstance(fin, datetime):
        return Delai(minutes=round((fin - debut) / timedelta(minutes=1)))
    return Delai(jours=(le_jour(fin) - le_jour(debut)).days)


def _suivre(liens: Liens, ligne: Ligne) -> Incident:
    constat, demande = ligne.jour("constate_le"), est_a_annoncer(liens, ligne)
    jours = jours_entre(liens, ligne, "constate_le", "executif_informe_le")
    return Incident(
        ligne,
        referent=mesurer(constat, ligne.jour("referent_informe_le")),
        executif=mesurer(constat, ligne.jour("executif_informe_le")),
        a_signaler=concerne_l_executif(liens, ligne),
        touche_un_service=liens.est(ligne, SERVICE_TOUCHE),
        touche_des_donnees=liens.est(ligne, DONNEES_TOUCHEES),
        est_a_determiner=est_a_determiner(liens, ligne),
        est_ouvert=liens.est(ligne, INCIDENT_OUVERT),
        executif_demande=demande,
        referent_tarde=est_tardif(liens, ligne, "referent_informe_le"),
        executif_tarde=demande and jours is not None and _est_tard(liens, jours),
    )


def _est_tard(liens: Liens, jours: int) -> bool:
    """Vrai au-delà du seuil de la commune ; un seuil qui ne se lit pas ne prouve rien."""
    est_connu = not champs_illisibles(liens, "seuil_information")
    return est_connu and jours > liens.etat.seuil("seuil_information")


def _jour_du_constat(ligne: Ligne) -> date:
    return ligne.date("constate_le") or date.min
