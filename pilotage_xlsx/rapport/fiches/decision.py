"""La fiche d'une décision : une page pour la séance (note, § 5 : outil, motif, risques)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotage_xlsx.metier.jugements import coute_chaque_annee
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Case,
    Champs,
    ColonneDeTable,
    Fiche,
    GenreDeColonne,
    Paragraphes,
    Tableau,
)
from pilotage_xlsx.rapport.fiches.communs import (
    BREF,
    COURT,
    INTERNE,
    MANQUE,
    borner,
    pied,
    remplis,
    surtitre,
)
from pilotage_xlsx.rapport.fiches.vote import a_voter, attend, extraire
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer,
    chiffrer_un_cout,
    compter,
    epurer,
    lire,
    nommer,
)
from pilotage_xlsx.rapport.points import a_decider
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour

_OUTILS, _CITEES, _CITES = 3, 2, 6
_MOYEN = 280
"""Les signes d'un motif ou d'un risque : la proposition, elle, se lit plus longuement."""

_SUITES = {"incidents": "description", "signalements": "description", "echanges": "sujet"}
_AUJOURD_HUI, _PAS_EN_SERVICE = "Ce qui existe aujourd'hui", "Ce qui n'est pas en service"


def composer(liens: Liens, decision: Ligne) -> Fiche:
    """La fiche de cette décision : ce qui est proposé, pourquoi, à quel prix, et la phrase à
    voter si elle attend encore l'exécutif."""
    numero = borner(decision, "numero", BREF)
    return Fiche(
        avis=INTERNE,
        surtitre=surtitre(liens),
        titre=f"Décision {numero} : {borner(decision, 'outil', BREF)}",
        blocs=tuple(_blocs(liens, decision)),
        pied=pied(liens, f"décision {numero}"),
    )


def _blocs(liens: Liens, decision: Ligne) -> Iterator[BlocDeFiche]:
    yield Champs("", (("État", _etat(decision)), *_propos(decision)))
    yield Champs("Ce qu'il faut peser", tuple(remplis(_pesee(liens, decision))))
    yield from _outils(liens, decision)
    yield a_voter(liens, decision)
    if extrait := extraire(liens, decision):
        yield extrait


def _etat(decision: Ligne) -> str:
    statut = lire(decision, "statut", sinon="statut non inscrit")
    portee = lire(decision, "portee", sinon="portée non inscrite").lower()
    return f"{statut}, {portee} ; inscrite le {lire(decision, 'date', sinon=MANQUE)}"


def _propos(decision: Ligne) -> Iterator[tuple[str, str]]:
    """Ce qui est proposé : les mots du référent, et la décision telle qu'elle est inscrite."""
    yield "Outil ou service", borner(decision, "outil", COURT)
    yield "Décision", borner(decision, "decision")
    if decision.dit("proposition"):
        yield "Proposition du référent", borner(decision, "proposition")
    yield "Motif", borner(decision, "motif", _MOYEN)


def _pesee(liens: Liens, decision: Ligne) -> Iterator[tuple[str, str]]:
    yield "Principaux risques", borner(decision, "risques", _MOYEN)
    yield "Options écartées", borner(decision, "options", _MOYEN, sinon="aucune inscrite")
    yield "Solution mutualisée", borner(decision, "mutualisee", COURT, sinon="")
    yield "Coût", _cout(liens, decision)
    yield "Sur conseil de", borner(decision, "conseil", COURT, sinon="")
    yield "Fait suite à", ", ".join(_citer(liens, decision, "suite_de", _SUITES))
    yield "Remplace", ", ".join(_citer(liens, decision, "remplace", {"decisions": "decision"}))
    yield "Dernier jour utile", _dernier_jour(liens, decision)
    yield "À revoir le", borner(decision, "a_revoir_le", COURT, sinon="")


def _citer(liens: Liens, decision: Ligne, colonne: str, ou: Mapping[str, str]) -> Iterator[str]:
    """Les lignes citées, par leur numéro et leurs premiers mots."""
    for registre, texte in ou.items():
        for citee in liens.etat.citees(decision, colonne, registre)[:_CITEES]:
            yield f"{borner(citee, 'numero', BREF)} ({borner(citee, texte, BREF)})"


def _cout(liens: Liens, decision: Ligne) -> str:
    cout = decision.nombre("cout")
    if cout is None:
        return borner(decision, "cout", COURT)
    return f"CHF {chiffrer_un_cout(cout, par_an=coute_chaque_annee(liens, decision))}"


def _dernier_jour(liens: Liens, decision: Ligne) -> str:
    """Le jour que dit aussi le rapport : un contrat à résilier presse la décision."""
    jours = (point.dernier_jour for point in a_decider(liens) if point.ligne is decision)
    dernier = next(jours, None)
    if dernier is None or not attend(liens, decision):
        return ""
    if dernier < liens.au:
        return f"passé : c'était le {jour(dernier)}"
    return f"{jour(dernier)} (contrat à résilier)"


def _outils(liens: Liens, decision: Ligne) -> Iterator[BlocDeFiche]:
    """Les outils dont la commune se sert aujourd'hui, puis ceux qui ne servent pas, ou plus."""
    outils = liens.etat.citees(decision, "outil", "outils")
    servent = tuple(outil for outil in outils if liens.est_en_service(outil))
    autres = tuple(outil for outil in outils if not liens.est_en_service(outil))
    for titre, siens in ((_AUJOURD_HUI, servent), (_PAS_EN_SERVICE, autres)):
        if siens:
            yield _tableau(liens, titre, siens[:_OUTILS])
        if reste := siens[_OUTILS:]:
            noms = ", ".join(abreger(nommer(outil), 30) for outil in reste[:_CITES])
            suite = f" et {compter(len(reste) - _CITES, 'autre')}" if reste[_CITES:] else ""
            yield Paragraphes("", (f"Aussi : {noms}{suite}.",))


def _tableau(liens: Liens, titre: str, outils: tuple[Ligne, ...]) -> Tableau:
    """Ces outils, sans les colonnes qu'aucun ne remplit ; leur statut s'ils ne servent pas."""
    colonnes = (
        ColonneDeTable("Outil", GenreDeColonne.FORT, 28),
        ColonneDeTable("Statut", largeur=14),
        ColonneDeTable("Criticité", largeur=18),
        ColonneDeTable("Prestataire", largeur=28),
        ColonneDeTable("Lieu des données", largeur=24),
        ColonneDeTable("Par an (CHF)", GenreDeColonne.MONTANT, 14),
        ColonneDeTable("Contrat jusqu'au", GenreDeColonne.DATE, 16),
    )
    dit_le_statut = titre == _PAS_EN_SERVICE
    lignes = tuple(
        _outil(outil, (liens.statut(outil) or "") if dit_le_statut else "") for outil in outils
    )
    gardees = [
        rang for rang, cases in enumerate(zip(*lignes, strict=True)) if {*cases} - {None, ""}
    ]
    return Tableau(
        titre,
        tuple(colonnes[rang] for rang in gardees),
        tuple(tuple(ligne[rang] for rang in gardees) for ligne in lignes),
    )


def _outil(outil: Ligne, statut: str) -> tuple[Case, ...]:
    return (
        abreger(nommer(outil), BREF),
        abreger(epurer(statut), BREF),
        borner(outil, "criticite", BREF, sinon=""),
        borner(outil, "prestataire", BREF, sinon=""),
        borner(outil, "lieu_donnees", BREF, sinon=""),
        chiffrer(outil, "cout_annuel"),
        borner(outil, "echeance", BREF, sinon=""),
    )
