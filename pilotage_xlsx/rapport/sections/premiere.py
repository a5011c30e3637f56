"""La première page : ce que l'exécutif lit dix minutes avant la séance (docs/domaine.md §5).

Tout y tient sur une feuille, sauf les points à décider, qui continuent aussitôt sur la suivante.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from msgspec.structs import replace

from pilotage_xlsx.metier.chiffres.incidents import A_DETERMINER, INCIDENTS, OUVERTS, TOUCHANTS
from pilotage_xlsx.rapport.chiffres import Incident, Rapport
from pilotage_xlsx.rapport.document import CaseVide, Nouvelle, PremierePage, Vote
from pilotage_xlsx.rapport.mots import (
    abreger,
    citer_en,
    commune,
    compter,
    dire_l_executif,
    dire_le_referent,
    executif,
    executif_sujet,
    lire,
    lire_un_fait,
    nommer_court,
    surtitre,
)
from pilotage_xlsx.rapport.sections.cartes import dresser
from pilotage_xlsx.rapport.sections.expose import exposer
from pilotage_xlsx.rapport.sections.suites import resumer
from pilotage_xlsx.rapport.sections.votes import (
    classer_par_urgence,
    dire_les_jours,
    totaliser,
    voter,
)
from pilotage_xlsx.socle.typographie import jour, nombre

INCIDENTS_AU_PLUS = 3
_COMMUNE, _EXECUTIF, _OUTIL, _NOUVELLE, _AUTEUR, _NOMS = 70, 28, 40, 150, 60, 100
_LIGNES, _PAR_LIGNE, _EN_GRAS, _EN_PETIT, _A_COTE = 44, 98, 90, 108, 84
_A_COTE_DU_PRIX, _ENTETE = 58, 2.5
"""Les lignes d'une feuille hors des titres et des cinq chiffres, et les signes de chacune : sur
toute la largeur, en gras, en petit, à côté d'une date, à côté d'un prix. Le PDF mesure de
lui-même."""


_UNE_PAR_POINT = "Une phrase prête pour chaque point est en annexe."


def composer(rapport: Rapport) -> PremierePage:
    """La page de vote."""
    votes = voter(rapport)
    savoir = rapport.a_savoir
    page = PremierePage(
        avis="Interne : ne pas joindre au procès-verbal public",
        surtitre=_surtitre(rapport),
        titre=f"Pilotage numérique, rapport {rapport.annee}",
        alerte=_alerte(rapport),
        votes=votes,
        en_tete=len(votes),
        annonces=0,
        urgents=classer_par_urgence(rapport.points, rapport.jour),
        votes_sinon="Aucun point à décider inscrit.",
        jours=dire_les_jours(rapport.points, rapport.jour),
        total=totaliser(rapport.points),
        expose=exposer(rapport),
        savoir=tuple(_savoir(rapport)),
        nouvelles=nouvelles(rapport, savoir[:INCIDENTS_AU_PLUS]),
        nouvelles_sinon=CaseVide(
            f"Aucun incident inscrit en {rapport.annee} qui ait touché un service ou des données.",
            _reste(rapport.mesures[INCIDENTS].compte, len(savoir)),
        ),
        cartes=dresser(
            rapport.mesures,
            rapport.anciennes,
            annee_precedente=rapport.precedent or rapport.annee - 1,
            couts=rapport.couts,
        ),
        pv=_pv(rapport, votes),
    )
    en_tete, annonces = _compter_ceux_qui_tiennent(page)
    return replace(page, en_tete=en_tete, annonces=annonces)


def _surtitre(rapport: Rapport) -> str:
    """La commune, la séance, le jour des chiffres, qui l'a préparé."""
    debut = surtitre(rapport.commune, commune(rapport, _COMMUNE), rapport.au)
    seance = f" · pour la séance du {jour(rapport.seance)}" if rapport.seance else ""
    nom = abreger(lire_un_fait(rapport.commune, "referent_nom"), _AUTEUR)
    return f"{debut}{seance}{f' · préparé par {nom}' if nom else ''}"


def _compter_ceux_qui_tiennent(page: PremierePage) -> tuple[int, int]:
    """Combien de points tiennent sur la feuille, en entier puis en bref, avec tout le reste : tous
    s'y lisent, si la place le permet, et autant que possible en entier."""
    place = _LIGNES - _hauteur_du_reste(page)
    entiers, brefs = (tuple(map(h, page.votes)) for h in (hauteur, _hauteur_en_bref))
    if sum(entiers) <= place:
        return len(entiers), 0
    for en_tete in range(len(entiers) - 1, -1, -1):
        if sum(entiers[:en_tete]) + sum(brefs[en_tete:]) <= place - _ENTETE:
            return en_tete, len(entiers) - en_tete
    renvois = (_plier(renvoi or "", _EN_PETIT) for renvoi in page.renvois[1:])
    urgents = (brefs[rang - 1] for rang in page.urgents)
    prises = zip(accumulate(urgents), renvois, strict=True)
    return 0, sum(prise + renvoi <= place - _ENTETE for prise, renvoi in prises)


def _hauteur_en_bref(vote: Vote) -> float:
    texte = f"{vote.objet} : {vote.question} {vote.bref}"
    return max(_plier(texte, _A_COTE_DU_PRIX), len(vote.prix_bref)) + 0.7


def hauteur(vote: Vote) -> float:
    """Les lignes que prend un point, un peu plus que trop peu."""
    return (
        _plier(f"{vote.objet} : {vote.question}", _EN_GRAS)
        + _hauteur_du_texte(vote)
        + _plier("".join(f"☐ {case}  " for case in (*vote.cases, *vote.prix)), _EN_GRAS)
        + 0.6
    )


def _hauteur_du_texte(vote: Vote) -> float:
    """Sans motif ni risque, ce qui arrive sinon et qui décide tiennent sur la même ligne."""
    if not vote.raison:
        return _plier(f"{vote.sinon} {vote.source}", _PAR_LIGNE - 4)
    sinon = _plier(vote.sinon, _PAR_LIGNE - 4) if vote.sinon else 0
    return sinon + 0.95 * _plier(f"{vote.raison} {vote.source}", _EN_PETIT)


def _hauteur_du_reste(page: PremierePage) -> float:
    phrases = (
        *page.expose,
        *page.savoir,
        page.pv,
        page.alerte or "",
        page.jours or "",
        page.total or "",
    )
    nouvelles_ = (f"{n.objet} {n.fait} {n.informes}" for n in page.nouvelles)
    dites = sum(_plier(texte, _PAR_LIGNE) + 0.3 for texte in phrases if texte)
    return dites + sum(_plier(texte, _A_COTE) + 0.3 for texte in nouvelles_)


def _plier(texte: str, place: int) -> int:
    return 1 + len(texte) // place


def _savoir(rapport: Rapport) -> Iterable[str]:
    """Ce que sont devenus les votes, ce qui a changé sans décision, ce qu'on sait des incidents."""
    yield resumer(rapport)
    if changes := _dire_les_changements(rapport):
        yield changes
    if rapport.mesures[INCIDENTS].compte:
        yield dire_les_incidents(rapport)


def _dire_les_changements(rapport: Rapport) -> str:
    evolution = rapport.evolution
    if evolution is None:
        return ""
    faits = {
        "sans décision": dict.fromkeys(c.outil for c in evolution.sans_decision),
        "avant la décision": dict.fromkeys(c.outil for c in evolution.anticipes),
    }
    parts = [
        f"{nombre(len(outils))} {mot} ({citer_en(list(outils), _NOMS, nommer_court)})"
        for mot, outils in faits.items()
        if outils
    ]
    return (
        f"Changements durables depuis {rapport.precedent} : {' ; '.join(parts)}." if parts else ""
    )


def dire_les_incidents(rapport: Rapport) -> str:
    """« 4 incidents inscrits en 2026 : 2 ont touché un service ou des données ; … »"""
    inscrits, touchants, vagues, ouverts = (
        rapport.mesures[c].compte for c in (INCIDENTS, TOUCHANTS, A_DETERMINER, OUVERTS)
    )
    accord = "inscrit" if inscrits < 2 else "inscrits"
    verbe = "ont touché" if touchants > 1 else "a touché"
    sujet = f"{nombre(touchants)} {verbe}" if touchants else "aucun n'a touché"
    parts = (
        f"{sujet} un service ou des données",
        f"{nombre(vagues)} à l'effet à déterminer" if vagues else "",
        compter(ouverts, "encore ouvert", "encore ouverts") if ouverts else "aucun encore ouvert",
    )
    debut = f"{compter(inscrits, 'incident')} {accord} en {rapport.annee}"
    return f"{debut} : {', '.join(filter(None, parts))}."


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
            f"Informés : référent {_apres(dire_le_referent(incident))}, "
            f"{abreger(executif(rapport.commune), _EXECUTIF)} {_apres(dire_l_executif(incident))}."
        ),
    )


def _apres(delai: str) -> str:
    """« après 15 min », « après 12 jours (tard) », « le jour même » ; « (manque) »."""
    quand, _, tard = delai.replace(" ", "\u00a0").partition(",\u00a0")
    if not quand[:1].isdigit():
        return quand if quand.startswith("le\u00a0") else f"({quand})"
    return f"après {quand} ({tard})" if tard else f"après {quand}"


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


def _reste(inscrits: int, a_savoir: int) -> str | None:
    reste = inscrits - min(a_savoir, INCIDENTS_AU_PLUS) if a_savoir else 0
    return (
        f"{compter(reste, 'autre incident', 'autres incidents')} en annexe." if reste > 0 else None
    )


def _pv(rapport: Rapport, votes: tuple[Vote, ...]) -> str:
    """La phrase du procès-verbal, qui ne révèle rien ; celle de chaque point est en annexe."""
    sujet = executif_sujet(rapport.commune)
    seance = f", en séance du {jour(rapport.seance)}," if rapport.seance else ""
    acte = f"{sujet}{seance} prend acte du rapport {rapport.annee} sur le pilotage numérique"
    if not votes:
        return f"« {acte}. »"
    combien = "son point" if len(votes) == 1 else f"ses {nombre(len(votes))} points"
    return f"« {acte} et se prononce sur {combien} à décider. » {_UNE_PAR_POINT}"
