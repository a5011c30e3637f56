"""Ce qui expose la commune : cinq phrases au plus, groupées par sujet, chacune avec ses noms.

Une exposition dont une décision consigne le risque a sa réponse : elle n'est plus à dire ici.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.chiffres.parc import INDISPENSABLES
from pilotage_xlsx.metier.expositions import Exposition, Faiblesse
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import citer_en, majuscule, nommer, nommer_court, origine
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre

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
"""Les faiblesses qui se disent ensemble, de la plus grave à la moins grave."""

_PLACE = 210
"""Les signes de noms d'une phrase : elle tient sur trois lignes ; tous les noms sont en annexe."""

_RIEN = "Aucune exposition inscrite : ni outil indispensable sans sauvegarde, ni accès perdu."
_SANS_OUTIL = "Aucun outil indispensable inscrit : ce qui nous expose ne se voit pas encore."


def exposer(rapport: Rapport) -> tuple[str, ...]:
    """Une phrase par sujet, ou celle qui dit qu'il n'y a rien."""
    ouvertes = [exposition for exposition in rapport.expositions if exposition.reponse is None]
    phrases = []
    for sujet in SUJETS:
        par_faiblesse = {f: [e for e in ouvertes if e.faiblesse is f] for f in sujet}
        dites = {faiblesse: siennes for faiblesse, siennes in par_faiblesse.items() if siennes}
        parts = [_dire(f, siennes, _PLACE // len(dites)) for f, siennes in dites.items()]
        if parts:
            phrases.append(f"{majuscule(' ; '.join(parts))}.")
    rien = _RIEN if rapport.mesures[INDISPENSABLES].compte else _SANS_OUTIL
    return tuple(phrases) or (rien,)


def _dire(faiblesse: Faiblesse, expositions: list[Exposition], place: int) -> str:
    """« aucune sauvegarde, 2 : GED, Habitants » ; de qui l'on dépend, et pour quoi."""
    if faiblesse is Faiblesse.CONCENTRATION:
        part = place // len(expositions)
        dits = (
            f"{nommer_court(e.ligne)} pour {citer_en(e.outils, part, nommer_court)}"
            for e in expositions
        )
        return f"{faiblesse.value} : {' ; '.join(dits)}"
    outils = [outil for exposition in expositions for outil in exposition.outils]
    qui = list(dict.fromkeys(p for exposition in expositions for p in exposition.prestataires))
    par = f" (par {citer_en(qui, place // 3, nommer_court)})" if qui else ""
    noms = citer_en(outils, place, nommer_court)
    return f"{faiblesse.value}, {nombre(len(outils))} : {noms}{par}"


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
