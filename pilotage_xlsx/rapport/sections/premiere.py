"""La première page : ce que l'exécutif lit dix minutes avant la séance (docs/domaine.md §5)."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Incident, Rapport
from pilotage_xlsx.rapport.document import CaseVide, Nouvelle, PremierePage, Vote
from pilotage_xlsx.rapport.mots import (
    abreger,
    commune,
    compter,
    dire,
    executif,
    executif_sujet,
    lire,
    surtitre,
)
from pilotage_xlsx.rapport.sections.cartes import dresser
from pilotage_xlsx.rapport.sections.votes import SUR_LA_PAGE, resserrer, voter

_COMMUNE, _EXECUTIF, _OUTIL, _NOUVELLE, _OBJET_AU_PV = 70, 28, 32, 108, 40


def composer(rapport: Rapport) -> PremierePage:
    """La page de vote."""
    votes = resserrer(voter(rapport))
    savoir = rapport.a_savoir
    return PremierePage(
        avis="Interne : ne pas joindre au procès-verbal public",
        surtitre=surtitre(rapport.commune, commune(rapport, _COMMUNE), rapport.au),
        titre=f"Pilotage numérique, rapport {rapport.annee}",
        alerte=_alerte(rapport),
        votes=votes[:SUR_LA_PAGE],
        votes_sinon=CaseVide("Aucun point à décider inscrit.", _reste(len(votes), "autre point")),
        nouvelles=nouvelles(rapport, savoir[:SUR_LA_PAGE]),
        nouvelles_sinon=CaseVide(
            f"Aucun incident inscrit en {rapport.annee} qui ait touché un service ou des données.",
            _reste(len(savoir), "autre incident"),
        ),
        cartes=dresser(
            rapport.mesures,
            rapport.anciennes,
            annee_precedente=rapport.precedent or rapport.annee - 1,
        ),
        pv=_pv(rapport, votes[:SUR_LA_PAGE]),
    )


def nouvelles(rapport: Rapport, incidents: tuple[Incident, ...]) -> tuple[Nouvelle, ...]:
    """Les incidents à savoir, du premier au dernier."""
    par_date = sorted(incidents, key=lambda i: (i.ligne.date("constate_le"), i.ligne.numero))
    return tuple(_annoncer(rapport, incident) for incident in par_date)


def _annoncer(rapport: Rapport, incident: Incident) -> Nouvelle:
    ligne = incident.ligne
    outil = abreger(lire(ligne, "outil").replace(";", ","), _OUTIL)
    statut = " (pas clos)" if incident.est_ouvert else ""
    nature = lire(ligne, "nature")
    place = _NOUVELLE - len(nature) - len(statut)
    return Nouvelle(
        ligne.date("constate_le"),
        objet=nature,
        fait=abreger(_raconter(outil, lire(ligne, "description", sinon="")), place) + statut,
        informes=(
            f"informés : référent {dire(incident.referent)} · "
            f"{abreger(executif(rapport.commune), _EXECUTIF)} {dire(incident.executif)}"
        ),
    )


def _raconter(outil: str, description: str) -> str:
    return f"{outil} : {description}" if description else outil


def _alerte(rapport: Rapport) -> str | None:
    """Ce qui rend les chiffres incertains : des erreurs, des incidents qu'aucun an ne compte."""
    erreurs, sans_date = rapport.constats.erreurs, rapport.incidents_sans_date
    vides, phrases = rapport.constats.bloquants - erreurs, []
    if restes := [
        *([compter(erreurs, "erreur")] if erreurs else ()),
        *([compter(vides, "cellule à remplir", "cellules à remplir")] if vides else ()),
    ]:
        compte = " et ".join(restes)
        phrases.append(f"Le classeur contient encore {compte} : les chiffres peuvent changer.")
    if sans_date:
        phrases.append(f"Sans date lisible, donc pas comptés : {compter(sans_date, 'incident')}.")
    return " ".join(phrases) or None


def _reste(total: int, singulier: str) -> str | None:
    reste = total - SUR_LA_PAGE
    if reste <= 0:
        return None
    return f"{compter(reste, singulier, f'autres {singulier.split()[1]}s')} en annexe."


def _pv(rapport: Rapport, votes: tuple[Vote, ...]) -> str:
    """La phrase du procès-verbal : les objets seulement, la suite est laissée à la séance."""
    sujet = executif_sujet(rapport.commune)
    acte = f"{sujet} prend acte du rapport {rapport.annee} sur le pilotage numérique"
    if not votes:
        return f"« {acte}. »"
    objets = " ; ".join(f"{vote.rang}. {abreger(vote.objet, _OBJET_AU_PV)} : …" for vote in votes)
    return f"« {acte} et décide : {objets} »"
