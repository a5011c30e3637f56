"""Ce que devient un contrat, en mots : ce qui se demande, et ce qui arrive si rien n'est décidé.

Un jour passé se dit passé : l'exécutif ne vote pas ce qui ne peut plus se faire.
"""

from __future__ import annotations

from datetime import MAXYEAR, date

from pilotage_xlsx.metier.affaires import Affaire, Sinon
from pilotage_xlsx.rapport.chiffres import Point
from pilotage_xlsx.rapport.mots import le_nommer, lire_un_fait, majuscule
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.typographie import jour

_GARDER = ("garder", "renégocier", "résilier", "reporté")
_RENOUVELER = ("renouveler", "renégocier", "laisser finir", "reporté")
_TROP_TARD = ("garder", "renégocier", "résilier au prochain terme", "reporté")
_ECHU = ("renouveler", "renégocier", "arrêter l'outil", "reporté")
_UN_AN = 12
_QUI_REPART = (Sinon.SERA_RECONDUIT, Sinon.A_ETE_RECONDUIT)


def demander(point: Point, au: date) -> tuple[str, tuple[str, ...]]:
    """La question que pose un contrat, et les réponses entre lesquelles cocher."""
    contrat = point.contrat
    if contrat is None or contrat.terme is None:
        return f"Que faire du contrat {le_nommer(point.ligne)} ?", _GARDER
    prestataire = lire_un_fait(point.ligne, "prestataire")
    avec = f" avec {prestataire}" if prestataire else ""
    cases, fin = _cases(contrat, au), jour(contrat.terme)
    court = f"qui a couru jusqu'au {fin}" if contrat.terme < au else f"qui court jusqu'au {fin}"
    if cases is _TROP_TARD:
        court = f"qui ne se résilie plus pour le {fin}"
    *premiers, dernier, _ = cases
    choix = f"{', '.join(premiers)} ou {dernier}"
    return f"Que faire du contrat{avec}, {court} : {choix} ?", cases


def _cases(contrat: Affaire, au: date) -> tuple[str, ...]:
    match contrat.sinon:
        case Sinon.PREND_FIN:
            return _RENOUVELER
        case Sinon.A_PRIS_FIN:
            return _ECHU
        case _:
            est_passe = contrat.dernier_jour is not None and contrat.dernier_jour < au
            return _TROP_TARD if est_passe else _GARDER


def dire(contrat: Affaire, au: date) -> str:
    """Ce qui arrive au contrat, et quand, si rien n'est décidé."""
    terme, dernier = contrat.terme, contrat.dernier_jour
    if terme is None or dernier is None:
        return ""
    if _est_reparti(contrat, au):
        return (
            f"Le dernier jour était le {jour(dernier)} ; {_dire_ou_il_repart(contrat, terme, au)}"
        )
    match contrat.sinon:
        case Sinon.SERA_RECONDUIT:
            delai = "" if contrat.delai_connu else " Le délai pour résilier n'est pas inscrit."
            duree = _duree(contrat)
            fin = f", jusqu'au {jour(_prochain_terme(terme, au, duree))}" if duree else ""
            debut = f"Sans décision d'ici au {jour(dernier)}, il est reconduit"
            combien = "" if duree else " Durée pas inscrite."
            return f"{debut} le {jour(terme)}{fin}.{combien}{delai}"
        case Sinon.PREND_FIN:
            return f"Sans décision, il prend fin le {jour(terme)}, et ce qu'il couvre avec lui."
        case Sinon.A_PRIS_FIN:
            return f"Il a pris fin le {jour(terme)} : l'outil sert encore, sans contrat inscrit."
        case Sinon.CONTINUE:
            return f"Sans décision d'ici au {jour(dernier)}, il continue après le {jour(terme)}."
        case _:
            return (
                f"Sans décision d'ici au {jour(dernier)}, il finit ou se reconduit le "
                f"{jour(terme)} : son renouvellement n'est pas inscrit."
            )


def dire_en_bref(contrat: Affaire, au: date) -> str:
    """De même, sans le jour passé, que la page dit à côté."""
    if contrat.terme is None or not _est_reparti(contrat, au):
        return dire(contrat, au)
    return majuscule(_dire_ou_il_repart(contrat, contrat.terme, au))


def _est_reparti(contrat: Affaire, au: date) -> bool:
    """Vrai d'un contrat qui n'attend plus de vote : son dernier jour est passé."""
    repart = contrat.sinon in (*_QUI_REPART, Sinon.INCERTAIN)
    return repart and contrat.dernier_jour is not None and contrat.dernier_jour < au


def _dire_ou_il_repart(contrat: Affaire, terme: date, au: date) -> str:
    """« reconduit jusqu'au 31.03.2028. » ; si la durée n'est pas inscrite, le jour est celui d'une
    année, et cela se dit."""
    sort = "peut-être reconduit" if contrat.sinon is Sinon.INCERTAIN else "reconduit"
    duree = _duree(contrat)
    quand = _prochain_terme(terme, au, duree or _UN_AN)
    sous_reserve = "" if duree else ", si c'est d'un an (durée pas inscrite)"
    dit = f"{sort} jusqu'au {jour(quand)}{sous_reserve}."
    delai = contrat.ligne.nombre("delai_resiliation")
    if duree is None or delai is None:
        return dit
    prochain = _prochain_dernier_jour(quand, au, duree, int(delai))
    return f"{dit} Le prochain dernier jour est le {jour(prochain)}." if prochain else dit


def _prochain_dernier_jour(terme: date, au: date, duree: int, delai: int) -> date | None:
    """Le premier jour, pas encore passé, où résilier ; un délai plus long que la reconduction en
    laisse passer plus d'une."""
    while terme.year + (duree + delai) // 12 < MAXYEAR:
        if (dernier := ajouter_mois(terme, -delai)) >= au:
            return dernier
        terme = ajouter_mois(terme, duree)
    return None


def _duree(contrat: Affaire) -> int | None:
    """Pour combien de mois le contrat repart, si la commune l'a inscrit."""
    mois = contrat.ligne.nombre("reconduction")
    return int(mois) if mois else None


def _prochain_terme(terme: date, au: date, mois: int) -> date:
    """La fin d'une reconduction après l'autre, de ``mois`` chacune, qui n'est pas encore passée."""
    ecart = 12 * (au.year - terme.year) + au.month - terme.month
    passes = mois * max(1, ecart // mois)
    if terme.year + (passes + mois) // 12 >= MAXYEAR:
        return date.max
    fin = ajouter_mois(terme, passes)
    return fin if fin >= au else ajouter_mois(terme, passes + mois)
