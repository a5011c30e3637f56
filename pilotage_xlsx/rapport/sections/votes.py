"""Les points à décider, en mots : la question, ce qui arrive sinon, le motif, le coût, qui."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pilotage_xlsx.metier.affaires import Nature
from pilotage_xlsx.metier.expositions import Faiblesse
from pilotage_xlsx.rapport.chiffres import Point, Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau, Vote
from pilotage_xlsx.rapport.mots import (
    TIRET,
    abreger,
    citer_jusqu_a_dix,
    compter,
    de_executif,
    executif_sujet,
    l_executif,
    le_nommer,
    lire,
    lire_en_entier,
    lire_un_fait,
    majuscule,
    nommer,
)
from pilotage_xlsx.rapport.sections import devenirs
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour, montant, plages

PAR_AN, UNE_FOIS = "par\u00a0an", "une\u00a0fois"
_LONG = 120
_ACCEPTER = ("accepté", "refusé", "reporté")


def voter(rapport: Rapport) -> tuple[Vote, ...]:
    """Tous les points, en entier, numérotés dans leur ordre."""
    return tuple(_voter(rang, point, rapport) for rang, point in enumerate(rapport.points, 1))


def _voter(rang: int, point: Point, rapport: Rapport) -> Vote:
    question, cases = _demander(point, rapport)
    return Vote(
        rang,
        objet=_objet(point),
        question=question,
        cases=cases,
        sinon=_sinon(point, rapport),
        raison=_raison(point),
        source=_source(point, rapport),
        cout=_cout(point),
        dernier_jour=_dernier_jour(point, rapport.jour),
        pv=_pour_le_pv(point, rapport),
    )


def _objet(point: Point) -> str:
    match point.nature:
        case Nature.ADOPTION:
            return "Note de pilotage numérique"
        case Nature.REFERENT:
            return "Référent numérique communal"
        case Nature.SUPPLEANT:
            return "Suppléant du référent"
        case Nature.PROPOSITION | Nature.REVISION:
            numero = lire(point.ligne, "numero")
            return abreger(
                lire_un_fait(point.ligne, "outil", sinon=numero).replace(";", ","), _LONG
            )
        case Nature.EXPOSITION:
            return majuscule((point.faiblesse or Faiblesse.SANS_REPLI).value)
        case _:
            return nommer(point.ligne)


def _demander(point: Point, rapport: Rapport) -> tuple[str, tuple[str, ...]]:
    """La question, et les réponses entre lesquelles cocher."""
    match point.nature:
        case Nature.ADOPTION:
            return "Adopter la note de pilotage numérique ?", _ACCEPTER
        case Nature.REFERENT:
            return "Qui désigner comme référent numérique ?", _designer()
        case Nature.SUPPLEANT:
            return "Qui désigner pour remplacer le référent pendant ses absences ?", _designer()
        case Nature.PROPOSITION:
            return _interroger(_proposition(point.ligne)), _ACCEPTER
        case Nature.REVISION:
            quoi = lire_en_entier(point.ligne, "decision").rstrip(" .")
            numero = lire(point.ligne, "numero")
            question = f"Que faire de la décision {numero} (« {quoi} ») ?"
            return question, ("confirmée", "modifiée", "abandonnée", "reporté")
        case Nature.CONTRAT:
            return devenirs.demander(point, rapport.jour)
        case Nature.EXPOSITION:
            return _QUESTIONS[point.faiblesse or Faiblesse.SANS_REPLI][0](point), _ACCEPTER
        case Nature.PROJET:
            return f"Autoriser le projet {le_nommer(point.ligne)} ?", _ACCEPTER
        case _:
            return f"Préparer le remplacement de {le_nommer(point.ligne)} ?", _ACCEPTER


def _designer() -> tuple[str, ...]:
    return ("désigner : ____________________", "reporté")


def _proposition(decision: Ligne) -> str:
    """Ce que le référent propose, sinon la décision ; jamais coupé."""
    return lire_en_entier(decision, "proposition") or lire_en_entier(decision, "decision")


def _interroger(texte: str) -> str:
    """Le texte d'une personne, en question à laquelle une case répond."""
    return f"{texte.rstrip(' .?!')} ?" if texte else "Accepter cette proposition, sans texte ?"


def _a_qui(point: Point) -> str:
    """« à Alpha SA, Beta SA », ou « aux prestataires »."""
    noms = {lire_un_fait(outil, "prestataire") for outil in point.outils} - {""}
    return f"à {', '.join(sorted(noms))}" if noms else "aux prestataires"


_QUESTIONS: Mapping[Faiblesse, tuple[Callable[[Point], str], str]] = {
    Faiblesse.SANS_SAUVEGARDE: (
        lambda p: f"Faire sauvegarder {_les(p)} ?",
        "Sinon, une panne ou une attaque en efface les données, sans retour.",
    ),
    Faiblesse.ACCES_AU_PRESTATAIRE: (
        lambda p: f"Demander {_a_qui(p)} l'accès administrateur pour {_les(p)} ?",
        "Sinon, sans son prestataire, personne ne peut rien régler ni reprendre.",
    ),
    Faiblesse.SANS_SORTIE: (
        lambda p: f"Demander par écrit {_a_qui(p)} comment récupérer nos données de {_les(p)} ?",
        "Sinon, la commune ne peut pas changer d'outil sans perdre ses données.",
    ),
    Faiblesse.SANS_REPLI: (
        lambda p: f"Fixer comment servir la population sans {_les(p)} ?",
        "Sinon, une panne arrête le service à la population.",
    ),
}
"""Ce que l'exécutif peut décider d'une faiblesse, et ce qu'il en coûte de ne rien faire."""


def _les(point: Point) -> str:
    return citer_jusqu_a_dix(point.outils)


def _sinon(point: Point, rapport: Rapport) -> str:
    match point.nature:
        case Nature.ADOPTION:
            prevu = point.dernier_jour
            quand = f" Adoption prévue le {jour(prevu)}." if prevu else ""
            return f"Sinon, la note n'est pas en vigueur : rien n'oblige à la suivre.{quand}"
        case Nature.REFERENT:
            return "Sinon, personne ne suit les outils, les contrats ni les incidents."
        case Nature.SUPPLEANT:
            return "Sinon, pendant une absence du référent, personne ne répond d'un incident."
        case Nature.PROPOSITION:
            return " ".join(_si_rien_n_est_vote(point, rapport))
        case Nature.REVISION:
            return _si_rien_n_est_revu(point, rapport.jour)
        case Nature.CONTRAT:
            return devenirs.dire(point.contrat, rapport.jour) if point.contrat else ""
        case Nature.EXPOSITION:
            return _QUESTIONS[point.faiblesse or Faiblesse.SANS_REPLI][1]
        case Nature.PROJET:
            return "Sinon, l'outil reste en projet, sans décision qui le porte."
        case _:
            return "Sinon, l'outil reste en service, sans décision qui prépare la suite."


def _si_rien_n_est_vote(point: Point, rapport: Rapport) -> Iterator[str]:
    """Ce qui est déjà fait, ce que devient le contrat, sinon depuis quand la proposition attend."""
    if fait := dire_ce_qui_est_fait(point, rapport):
        yield fait
    if point.contrat is not None:
        nom = f"Contrat {le_nommer(point.contrat.ligne)} : "
        yield nom + devenirs.dire(point.contrat, rapport.jour)
    elif not fait:
        date_ = point.ligne.date("date")
        depuis = f" (depuis le {jour(date_)})" if date_ else ""
        yield f"Sinon, rien ne change : la proposition attend encore{depuis}."


def dire_ce_qui_est_fait(point: Point, rapport: Rapport) -> str:
    """« Fait avant la décision : … », si le changement proposé l'est déjà."""
    if point.fait_le:
        return f"Fait avant la décision, le {jour(point.fait_le)}."
    changements = rapport.evolution.anticipes if rapport.evolution else ()
    faits = [c for c in changements if any(d is point.ligne for d in c.decisions)]
    return "Fait avant la décision." if faits else ""


def _si_rien_n_est_revu(point: Point, au: date) -> str:
    if point.dernier_jour is None:
        return "Sinon, elle vaut encore, sans avoir été revue."
    verbe = "était" if point.dernier_jour < au else "est"
    return (
        f"Sinon, elle vaut encore : le jour fixé pour la revoir {verbe} le "
        f"{jour(point.dernier_jour)}."
    )


def _raison(point: Point) -> str:
    """Le motif et les risques, dans les mots du classeur."""
    ligne = point.ligne
    match point.nature:
        case Nature.PROPOSITION | Nature.REVISION:
            dits = (("Motif", "motif"), ("Risques", "risques"))
            textes = ((mot, lire_en_entier(ligne, c).rstrip(" .")) for mot, c in dits)
            return " ".join(f"{mot} : {texte}." for mot, texte in textes if texte)
        case Nature.CONTRAT | Nature.REMPLACEMENT | Nature.PROJET:
            return _dire_l_outil(ligne)
        case _:
            return ""


def _dire_l_outil(outil: Ligne) -> str:
    """« Indispensable : registre des habitants. Remplacement : difficile. »"""
    criticite, utilite = (lire_un_fait(outil, c).rstrip(" .") for c in ("criticite", "utilite"))
    remplacement = lire_un_fait(outil, "remplacement").lower()
    quoi = " : ".join(filter(None, (criticite, utilite)))
    suite = f"Remplacement : {remplacement}" if remplacement else ""
    return " ".join(f"{phrase}." for phrase in (quoi, suite) if phrase)


def _source(point: Point, rapport: Rapport) -> str:
    """« Décide : la Municipalité. Décision D-2026-005, proposée le 12.10.2026. »"""
    return " ".join((f"Décide : {_competent(point, rapport)}.", *_origine(point)))


def _competent(point: Point, rapport: Rapport) -> str:
    if not point.est_au_deliberant:
        return l_executif(rapport.commune)
    organe = lire(point.ligne, "decide_par").lower()
    return f"{organe}, sur préavis {de_executif(rapport.commune)}"


def _origine(point: Point) -> Iterator[str]:
    ligne = point.ligne
    match point.nature:
        case Nature.PROPOSITION | Nature.REVISION:
            verbe = "proposée" if point.nature is Nature.PROPOSITION else "prise"
            date_ = lire_un_fait(ligne, "date")
            yield f"Décision {lire(ligne, 'numero')}" + (f", {verbe} le {date_}." if date_ else ".")
            if point.nature is Nature.PROPOSITION and ligne.dit("proposition"):
                inscrite = lire_en_entier(ligne, "decision").rstrip(" .")
                yield from ([f"Inscrite ainsi : {inscrite}."] if inscrite else ())
        case Nature.CONTRAT:
            yield "Aucune proposition inscrite."
        case Nature.REMPLACEMENT | Nature.PROJET:
            prestataire = lire_un_fait(ligne, "prestataire")
            yield from ([f"Prestataire : {prestataire}."] if prestataire else ())
            yield "Aucune proposition inscrite."
        case Nature.EXPOSITION:
            yield f"{compter(len(point.outils), 'outil indispensable', 'outils indispensables')}."


def _cout(point: Point) -> str:
    if point.cout is None:
        illisible = point.nature is Nature.PROPOSITION and point.ligne["cout"] is not None
        return lire(point.ligne, "cout") if illisible else TIRET
    return f"{montant(point.cout)} {PAR_AN if point.cout_est_annuel else UNE_FOIS}"


def _dernier_jour(point: Point, au: date) -> str:
    if point.dernier_jour is None:
        return TIRET
    passe = " (passé)" if point.dernier_jour < au else ""
    return f"{jour(point.dernier_jour)}{passe}"


def dire_les_jours(points: tuple[Point, ...], au: date) -> str | None:
    """« Prochain dernier jour : le 30.12.2026 (point 5) ; déjà passé : points 4, 8. »"""
    dates = [(p.dernier_jour, rang) for rang, p in enumerate(points, 1) if p.dernier_jour]
    passes = [rang for dernier, rang in dates if dernier < au]
    prochain = min((d for d in dates if d[0] >= au), default=None)
    phrases = []
    if prochain:
        phrases.append(f"prochain dernier jour : le {jour(prochain[0])} (point {prochain[1]})")
    if passes:
        mot = "point" if len(passes) == 1 else "points"
        phrases.append(f"dernier jour déjà passé : {mot} {plages(passes)}")
    return f"{majuscule(' ; '.join(phrases))}." if phrases else None


def totaliser(points: tuple[Point, ...]) -> str | None:
    """La somme des propositions, une fois et par an ; à part, celle des contrats en jeu."""
    propositions = [p for p in points if p.nature is Nature.PROPOSITION]
    contrats = [p for p in points if p.cout_est_annuel and p.nature is not Nature.PROPOSITION]
    phrases = []
    if propositions:
        connus = [p for p in propositions if p.cout is not None]
        sommes = [
            f"{montant(sum(p.cout or 0 for p in de_ce_genre))} {mot}"
            for annuel, mot in ((False, UNE_FOIS), (True, PAR_AN))
            if (de_ce_genre := [p for p in connus if p.cout_est_annuel is annuel])
        ] or ["coût inconnu"]
        muets = len(propositions) - len(connus)
        sans = f" ({muets} sans coût inscrit)" if muets else ""
        phrases.append(f"Propositions, en tout : {' et '.join(sommes)}{sans}.")
    if couts := [p.cout for p in contrats if p.cout is not None]:
        phrases.append(f"Contrats et outils en jeu : {montant(sum(couts))} {PAR_AN}.")
    return " ".join(phrases) or None


def _pour_le_pv(point: Point, rapport: Rapport) -> str:
    """« La Municipalité, en séance du …, (accepte / refuse / reporte) : … »"""
    seance = jour(rapport.seance) if rapport.seance else "…"
    return f"« {executif_sujet(rapport.commune)}, en séance du {seance}, {_acte(point, rapport)}. »"


def _acte(point: Point, rapport: Rapport) -> str:
    """Ce que décide l'exécutif, à trancher entre les verbes."""
    match point.nature:
        case Nature.REFERENT:
            return "désigne … comme référent numérique communal"
        case Nature.SUPPLEANT:
            return "désigne … comme suppléant du référent numérique"
        case Nature.CONTRAT:
            prestataire = lire_un_fait(point.ligne, "prestataire")
            avec = f" avec {prestataire}" if prestataire else ""
            choix = " / ".join(_demander(point, rapport)[1])
            return f"décide de ({choix}) le contrat {le_nommer(point.ligne)}{avec}"
        case Nature.REVISION:
            quoi = lire_en_entier(point.ligne, "decision").rstrip(" .")
            numero = lire(point.ligne, "numero")
            return f"(confirme / modifie / abandonne) la décision {numero} : {quoi}"
        case _:
            quoi = _demander(point, rapport)[0].removesuffix(" ?")
            source = (
                f"{lire(point.ligne, 'numero')}, {_objet(point)} : "
                if point.nature is Nature.PROPOSITION
                else ""
            )
            verbes = "accepte / refuse / reporte"
            if point.est_au_deliberant:
                verbes = "préavise en faveur / contre / reporte"
            return f"({verbes}) : {source}{quoi[:1].lower() + quoi[1:]}"


_COLONNES = (
    ColonneDeTable("N°", GenreDeColonne.NOMBRE, 6),
    ColonneDeTable("Objet", GenreDeColonne.FORT, 30),
    ColonneDeTable("Phrase prête pour le procès-verbal", largeur=90),
)


def phrases_du_pv(rapport: Rapport) -> Section | None:
    """Une phrase prête par point, à finir en séance."""
    votes = voter(rapport)
    if not votes:
        return None
    lignes = tuple((vote.rang, vote.objet, vote.pv) for vote in votes)
    tableau = Tableau("Une phrase par point, à finir en séance", _COLONNES, lignes)
    return Section("pv", "Procès-verbal", "Pour le procès-verbal, point par point", (), (tableau,))
