"""Ce qui expose la commune : cinq phrases au plus, groupées par sujet, la pire d'abord, chacune
avec ses noms et le point à décider qui en répond.

Une exposition dont une décision consigne le risque a sa réponse : elle n'est plus à dire ici.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.chiffres.parc import INDISPENSABLES
from pilotage_xlsx.metier.expositions import Exposition, Faiblesse
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import (
    citer_en,
    compter,
    majuscule,
    nommer,
    nommer_court,
    origine,
)
from pilotage_xlsx.registre import Ligne

SUJETS: tuple[tuple[Faiblesse, ...], ...] = (
    (Faiblesse.SANS_SAUVEGARDE, Faiblesse.SAUVEGARDE_NON_PROUVEE),
    (Faiblesse.ACCES_AU_PRESTATAIRE,),
    (Faiblesse.SANS_SORTIE, Faiblesse.SANS_REPLI),
    (
        Faiblesse.HORS_DE_SUISSE,
        Faiblesse.LIEU_INCERTAIN,
        Faiblesse.GROUPE_ETRANGER,
        Faiblesse.PRESTATAIRE_ETRANGER,
    ),
    (Faiblesse.CONCENTRATION,),
)
"""Les faiblesses qui se disent ensemble."""

_QUI_DISENT = ("sauvegarde", "acces_administrateur", "repli")
"""Les colonnes demandées d'un outil indispensable, qui disent s'il expose."""

_PLACE = 120
"""Les signes de noms d'une phrase : elle tient sur deux lignes ; tous les noms sont en annexe."""

_AU_PLUS = 5
_RIEN = "Aucune exposition inscrite : ni outil indispensable sans sauvegarde, ni accès perdu."
_LE_PIRE = "Le plus grave : "
_SANS_OUTIL = "Aucun outil indispensable inscrit : ce qui nous expose ne se voit pas encore."


def exposer(rapport: Rapport) -> tuple[str, ...]:
    """Une phrase par sujet, du pire au moindre, ou celle qui dit qu'il n'y a rien."""
    phrases = [phrase for _, phrase in sorted(_par_sujet(rapport))]
    if len(phrases) > 1:
        phrases[0] = f"{_LE_PIRE}{phrases[0]}"
    dites = tuple(f"{majuscule(phrase)}." for phrase in phrases) or (
        _dire_qu_il_n_y_a_rien(rapport),
    )
    return (*dites, *_dire_ce_qui_est_consigne(rapport), *_dire_ce_qui_est_de_droit(rapport))[
        :_AU_PLUS
    ]


def _dire_ce_qui_est_consigne(rapport: Rapport) -> Iterator[str]:
    """Les faiblesses dont une décision, votée ou proposée, inscrit déjà le risque : les cinq
    chiffres les comptent encore."""
    inscrites = [exposition for exposition in rapport.expositions if exposition.reponse is not None]
    par_faiblesse = {f: siennes for f in Faiblesse if (siennes := _de(f, inscrites))}
    if par_faiblesse:
        part = _PLACE // len(par_faiblesse)
        dites = [_dire(f, siennes, part, point=None) for f, siennes in par_faiblesse.items()]
        yield f"Risque déjà inscrit dans une décision : {' ; '.join(dites)}."


def _dire_ce_qui_est_de_droit(rapport: Rapport) -> Iterator[str]:
    if rapport.de_droit:
        noms = citer_en(rapport.de_droit, _PLACE, nommer_court)
        yield f"Tenus par le canton ou un organisme lié, dans les chiffres mais pas ici : {noms}."


def _dire_qu_il_n_y_a_rien(rapport: Rapport) -> str:
    """Rien n'expose, ou rien ne le dit encore : une réponse qui manque ne rassure pas."""
    indispensables = rapport.mesures[INDISPENSABLES].lignes
    if not indispensables:
        return _SANS_OUTIL
    muets = [o for o in indispensables if any(o.est_vide(c) for c in _QUI_DISENT)]
    if muets:
        noms = citer_en(muets, _PLACE, nommer_court)
        return f"Aucune exposition inscrite, mais des réponses manquent encore pour {noms}."
    return _RIEN


def _par_sujet(rapport: Rapport) -> Iterator[tuple[int, str]]:
    """La phrase de chaque sujet, avec le rang de la pire de ses faiblesses."""
    points = {p.faiblesse: rang for rang, p in enumerate(rapport.points, 1) if p.faiblesse}
    ouvertes = [exposition for exposition in rapport.expositions if exposition.reponse is None]
    for sujet in SUJETS:
        dites = {f: siennes for f in Faiblesse if f in sujet and (siennes := _de(f, ouvertes))}
        parts = [_dire(f, e, _PLACE // len(dites), points.get(f)) for f, e in dites.items()]
        if parts:
            yield list(Faiblesse).index(next(iter(dites))), " ; ".join(parts)


def _de(faiblesse: Faiblesse, expositions: list[Exposition]) -> list[Exposition]:
    return [exposition for exposition in expositions if exposition.faiblesse is faiblesse]


def _dire(
    faiblesse: Faiblesse, expositions: list[Exposition], place: int, point: int | None
) -> str:
    """« aucune sauvegarde pour GED, Habitants (2 outils, point 1) » ; de qui l'on dépend."""
    if faiblesse is Faiblesse.CONCENTRATION:
        part = place // len(expositions)
        return " ; ".join(_dire_de_qui(exposition, part) for exposition in expositions)
    outils = [outil for exposition in expositions for outil in exposition.outils]
    qui = list(dict.fromkeys(p for exposition in expositions for p in exposition.prestataires))
    precisions = (
        compter(len(outils), "outil") if len(outils) > 1 else "",
        f"par {citer_en(qui, place // 3, nommer_court)}" if qui else "",
        f"point {point}" if point else "",
    )
    noms = citer_en(outils, place, nommer_court)
    suite = ", ".join(filter(None, precisions))
    return f"{faiblesse.value} pour {noms}{f' ({suite})' if suite else ''}"


def _dire_de_qui(exposition: Exposition, place: int) -> str:
    """« dépendance à Alpha SA pour GED, Habitants, Salaires (3 outils) »"""
    outils = exposition.outils
    noms, combien = citer_en(outils, place, nommer_court), compter(len(outils), "outil")
    return f"dépendance à {nommer_court(exposition.ligne)} pour {noms} ({combien})"


_COLONNES = (
    ColonneDeTable("Ce qui expose", GenreDeColonne.FORT, 40),
    ColonneDeTable("Outil ou prestataire", largeur=30),
    ColonneDeTable("Risque consigné par", largeur=20),
    ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
)


def expositions(rapport: Rapport) -> Section | None:
    """Chaque exposition et sa ligne, y compris celles dont une décision consigne le risque."""
    if not rapport.expositions:
        return None
    tableau = Tableau("Expositions, une par ligne", _COLONNES, tuple(_lister(rapport)))
    titre = "Ce qui nous expose"
    return Section("expositions", "Expositions", titre, exposer(rapport), (tableau,))


def _lister(rapport: Rapport) -> Iterator[tuple[str, ...]]:
    for e in rapport.expositions:
        yield (majuscule(e.faiblesse.value), nommer(e.ligne), _reponse(e.reponse), origine(e.ligne))


def _reponse(decision: Ligne | None) -> str:
    return nommer(decision) if decision else ""
