"""La fiche d'une décision : une page pour la séance (note, § 5 : outil, motif, risques)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DURABLE, PROPOSEE, VALIDEE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Case,
    Champs,
    ColonneDeTable,
    Encadre,
    Fiche,
    GenreDeColonne,
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
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer,
    executif,
    executif_sujet,
    lire,
    majuscule,
    nommer,
)
from pilotage_xlsx.rapport.points import a_decider
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour, montant

_OUTILS, _CITEES = 4, 2
_SUITES = {"incidents": "description", "signalements": "description", "echanges": "sujet"}
_A_HAUTE_VOIX = 240
_EXECUTIF = Marque("decisions", "decide_par", "executif")
"""Ce que dit la liste « Décidé par » ; la fiche dit le mot de la commune."""

_CASES = ("accepté", "refusé", "reporté")
_A_REMPLIR = ("Séance du", "Procès-verbal, point")


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
    if outils := liens.etat.citees(decision, "outil", "outils"):
        yield _tableau(outils[:_OUTILS])
    yield _a_voter(liens, decision)


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
    yield "Motif", borner(decision, "motif")


def _pesee(liens: Liens, decision: Ligne) -> Iterator[tuple[str, str]]:
    yield "Principaux risques", borner(decision, "risques")
    yield "Options écartées", borner(decision, "options", sinon="aucune inscrite")
    yield "Solution mutualisée", borner(decision, "mutualisee", COURT, sinon="")
    yield "Coût", _cout(decision)
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


def _cout(decision: Ligne) -> str:
    cout = decision.nombre("cout")
    return borner(decision, "cout", COURT) if cout is None else f"CHF {montant(cout)}"


def _dernier_jour(liens: Liens, decision: Ligne) -> str:
    """Le jour que dit aussi le rapport : un contrat à résilier presse la décision."""
    jours = (point.dernier_jour for point in a_decider(liens) if point.ligne is decision)
    dernier = next(jours, None)
    return f"{jour(dernier)} (contrat à résilier)" if dernier and _attend(liens, decision) else ""


def _tableau(outils: tuple[Ligne, ...]) -> Tableau:
    """Les outils concernés, sans les colonnes qu'aucun ne remplit."""
    colonnes = (
        ColonneDeTable("Outil", GenreDeColonne.FORT, 28),
        ColonneDeTable("Criticité", largeur=18),
        ColonneDeTable("Prestataire", largeur=28),
        ColonneDeTable("Lieu des données", largeur=24),
        ColonneDeTable("Par an (CHF)", GenreDeColonne.MONTANT, 14),
        ColonneDeTable("Contrat jusqu'au", GenreDeColonne.DATE, 16),
    )
    lignes = tuple(map(_outil, outils))
    gardees = [
        rang for rang, cases in enumerate(zip(*lignes, strict=True)) if {*cases} - {None, ""}
    ]
    return Tableau(
        "Ce qui existe aujourd'hui",
        tuple(colonnes[rang] for rang in gardees),
        tuple(tuple(ligne[rang] for rang in gardees) for ligne in lignes),
    )


def _outil(outil: Ligne) -> tuple[Case, ...]:
    return (
        abreger(nommer(outil), BREF),
        borner(outil, "criticite", BREF, sinon=""),
        borner(outil, "prestataire", BREF, sinon=""),
        borner(outil, "lieu_donnees", BREF, sinon=""),
        chiffrer(outil, "cout_annuel"),
        borner(outil, "echeance", BREF, sinon=""),
    )


def _attend(liens: Liens, decision: Ligne) -> bool:
    return liens.est(decision, PROPOSEE)


def _a_voter(liens: Liens, decision: Ligne) -> Encadre:
    """La formulation proposée à l'exécutif, ou ce qui est déjà décidé."""
    sujet, numero = executif_sujet(liens.registre.commune), borner(decision, "numero", BREF)
    if _attend(liens, decision):
        return Encadre(
            "Formulation proposée", _formuler(sujet, numero, decision), _CASES, _A_REMPLIR
        )
    if liens.est(decision, DURABLE) and liens.est(decision, VALIDEE) and not _est_vue(decision):
        objet = borner(decision, "decision", _A_HAUTE_VOIX).rstrip(" .")
        texte = f"« {sujet} prend connaissance de la décision {numero} : {objet}. »"
        return Encadre("Formulation proposée", texte, a_remplir=_A_REMPLIR)
    return Encadre("Ce qui est décidé", _dire_le_sort(liens, decision))


def _est_vue(decision: Ligne) -> bool:
    return decision.dit("executif_le")


def _formuler(sujet: str, numero: str, decision: Ligne) -> str:
    origine = ", sur proposition du référent," if decision.dit("proposition") else ""
    cout = decision.nombre("cout")
    prix = "" if cout is None else f" Coût : CHF {montant(cout)}"
    return f"« {sujet}{origine} décide ({numero}) : {_objet(decision)}.{prix} »"


def _objet(decision: Ligne) -> str:
    """Les mots mêmes que le rapport met au vote : la proposition, sinon la décision.

    Un texte trop long pour se lire à haute voix se désigne : il est juste au-dessus.
    """
    colonne = "proposition" if decision.dit("proposition") else "decision"
    texte = borner(decision, colonne).rstrip(" .")
    if len(texte) <= _A_HAUTE_VOIX:
        return texte
    quoi = "la proposition du référent" if colonne == "proposition" else "la décision"
    return f"suivre {quoi}, telle qu'elle est écrite ci-dessus"


def _dire_le_sort(liens: Liens, decision: Ligne) -> str:
    """« Validée. Décidé par : Municipalité. Municipalité, séance du : 19.05.2025. »"""
    mot = abreger(majuscule(executif(liens.registre.commune)), BREF)
    champs = (
        ("Décidé par", "decide_par"),
        (f"{mot}, séance du", "executif_le"),
        ("Procès-verbal", "pv"),
        ("Mise en œuvre le", "mise_en_oeuvre_le"),
    )
    executifs = liens.modele.libelles(_EXECUTIF)
    dits = ((libelle, borner(decision, colonne, COURT, sinon="")) for libelle, colonne in champs)
    phrases = (
        f"{libelle} : {mot if texte in executifs else texte}." for libelle, texte in remplis(dits)
    )
    return " ".join((f"{lire(decision, 'statut', sinon='Statut non inscrit')}.", *phrases))
