"""Ce que sont devenues nos décisions : faites, en cours, en retard, chacune avec son jour."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.suites import OuEnEst, Retard, Suite
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Case, ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import (
    abreger,
    compter,
    lire,
    lire_en_entier,
    lire_un_fait,
    majuscule,
    origine,
)
from pilotage_xlsx.socle.typographie import jour, nombre

_SUR_LA_PAGE, _OBJET, _VOULU = 3, 40, 48
_SINGULIERS = {
    OuEnEst.EN_RETARD: "en retard",
    OuEnEst.EN_COURS: "en cours",
    OuEnEst.FAITE: "faite",
    OuEnEst.EN_VIGUEUR: "orientation en vigueur",
}
_PLURIELS = _SINGULIERS | {
    OuEnEst.FAITE: "faites",
    OuEnEst.EN_VIGUEUR: "orientations en vigueur",
}


def resumer(rapport: Rapport, au_plus: int = _SUR_LA_PAGE) -> str:
    """« Nos décisions depuis 2025 : 1 en retard : … ; 1 en cours : … ; 2 faites : …. »"""
    depuis = rapport.annee - 1
    if not rapport.suites:
        return f"Nos décisions depuis {depuis} : aucune validée n'est inscrite."
    parts = [part for sort in OuEnEst if (part := _compter(rapport, sort, au_plus))]
    if not {suite.sort for suite in rapport.suites} & {OuEnEst.EN_RETARD, OuEnEst.EN_COURS}:
        parts.append("plus rien à mettre en œuvre")
    return f"Nos décisions depuis {depuis} : {' ; '.join(parts)}."


def _compter(rapport: Rapport, sort: OuEnEst, au_plus: int) -> str:
    siennes = [suite for suite in rapport.suites if suite.sort is sort]
    if not siennes:
        return ""
    reste = len(siennes) - au_plus
    noms = ", ".join(map(_nommer, siennes[:au_plus]))
    suite = f" et {nombre(reste)} de plus" if reste > 0 else ""
    mot = (_SINGULIERS if len(siennes) == 1 else _PLURIELS)[sort]
    return f"{nombre(len(siennes))} {mot} : {noms}{suite}"


def _nommer(suite: Suite) -> str:
    """« Messagerie (le 01.06.2026) » ; de ce qui reste à faire, ce qui fut voté : « Site : le
    refaire (votée le 12.03.2025, pas mise en œuvre) »."""
    jours = "".join(f" ({dit})" for dit in _dater(suite))
    voulu = ""
    if suite.sort in (OuEnEst.EN_RETARD, OuEnEst.EN_COURS):
        voulu = abreger(lire_un_fait(suite.decision, "decision").rstrip(" ."), _VOULU)
    return f"{_objet(suite)}{f' : {voulu}' if voulu else ''}{jours}"


def _objet(suite: Suite) -> str:
    numero = lire(suite.decision, "numero")
    *debut, dernier = lire_un_fait(suite.decision, "outil", sinon=numero).split("; ")
    return abreger(f"{', '.join(debut)} et {dernier}" if debut else dernier, _OBJET)


def _dater(suite: Suite) -> Iterator[str]:
    match suite.sort, suite.motif:
        case OuEnEst.EN_RETARD, Retard.A_REVOIR if suite.jour:
            yield f"à revoir depuis le {jour(suite.jour)}"
        case OuEnEst.EN_RETARD, _ if suite.vote:
            yield f"votée le {jour(suite.vote)}, pas mise en œuvre"
        case OuEnEst.EN_COURS, _ if suite.jour:
            yield f"prévue le {jour(suite.jour)}"
        case OuEnEst.EN_COURS, _ if suite.vote:
            yield f"votée le {jour(suite.vote)}"
        case _ if suite.jour:
            yield f"le {jour(suite.jour)}"


_COLONNES = (
    ColonneDeTable("N°", GenreDeColonne.CLE, 13),
    ColonneDeTable("Outil ou service", largeur=26),
    ColonneDeTable("Décision", largeur=44),
    ColonneDeTable("Votée le", GenreDeColonne.DATE, 12),
    ColonneDeTable("Où elle en est", GenreDeColonne.FORT, 34),
    ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
)


def devenues(rapport: Rapport) -> Section:
    """Les décisions votées l'an passé et depuis, et celles d'avant qui sont en retard."""
    titre = "Ce que sont devenues nos décisions"
    phrases = (resumer(rapport, au_plus=10),)
    if not rapport.suites:
        return Section("suites", "Nos décisions", titre, phrases)
    rangs = list(OuEnEst)
    ordre = sorted(rapport.suites, key=lambda suite: rangs.index(suite.sort))
    compte = compter(len(ordre), "décision validée", "décisions validées")
    tableau = Tableau(f"{compte}, en retard d'abord", _COLONNES, tuple(map(_montrer, ordre)))
    return Section("suites", "Nos décisions", titre, phrases, (tableau,))


def _montrer(suite: Suite) -> tuple[Case, ...]:
    return (
        lire(suite.decision, "numero"),
        lire(suite.decision, "outil").replace(";", ","),
        lire_en_entier(suite.decision, "decision", sinon="–"),
        suite.vote,
        majuscule(", ".join((suite.sort.value, *_dater(suite)))),
        origine(suite.decision),
    )
