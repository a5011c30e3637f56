"""Les points à décider, en mots : la question, ce qui arrive sinon, le motif, le coût, qui."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.metier.affaires import Nature
from pilotage_xlsx.metier.expositions import Faiblesse
from pilotage_xlsx.rapport.chiffres import Point, Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau, Vote
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer_un_cout,
    citer_jusqu_a_dix,
    compter,
    de_executif,
    deliberant,
    executif_sujet,
    l_executif,
    le_nommer,
    lire,
    lire_en_entier,
    lire_un_fait,
    majuscule,
    nommer,
)
from pilotage_xlsx.rapport.points import DE_LA_COMMUNE
from pilotage_xlsx.rapport.sections import devenirs
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import jour, plages

_LONG, _BREF = 120, 32
_DATES = 5
"""Les points à venir dont la première phrase donne le jour."""

_ACCEPTER = ("accepté", "refusé", "reporté")
_VERBES = "accepte / refuse / reporte"
_AU_DELIBERANT = "préavise en faveur / contre / reporte"
_SANS_PRIX = (*DE_LA_COMMUNE, Nature.REVISION)


def voter(rapport: Rapport) -> tuple[Vote, ...]:
    """Tous les points, en entier, numérotés dans leur ordre."""
    return tuple(_voter(rang, point, rapport) for rang, point in enumerate(rapport.points, 1))


def classer_par_urgence(points: tuple[Point, ...], au: date) -> tuple[int, ...]:
    """Les rangs des points : l'adoption et les désignations, ceux dont le jour vient, le plus
    proche d'abord, puis les autres, chacun dans leur ordre."""

    def attendre(rang: int) -> tuple[bool, date]:
        point = points[rang - 1]
        fin = point.dernier_jour
        return point.nature not in DE_LA_COMMUNE, fin if fin and fin >= au else date.max

    return tuple(sorted(range(1, len(points) + 1), key=attendre))


def _voter(rang: int, point: Point, rapport: Rapport) -> Vote:
    question, cases = _demander(point, rapport)
    return Vote(
        rang,
        objet=_objet(point),
        nom=abreger(_objet(point), _BREF),
        question=question,
        cases=cases,
        sinon=_sinon(point, rapport),
        bref=_sinon_en_bref(point, rapport),
        raison=_raison(point),
        source=_source(point, rapport),
        prix=(*_couts(point, "Coût d'un oui"), *_dernier_jour(point, rapport.jour)),
        prix_bref=(*_couts(point, "Un oui"), *_jour_en_bref(point, rapport.jour)),
        pv=_pour_le_pv(rang, point, rapport),
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
            return _interroger(*_proposition(point.ligne)), _ACCEPTER
        case Nature.REVISION:
            quoi = lire_en_entier(point.ligne, "decision").rstrip(" .")
            numero = lire(point.ligne, "numero")
            question = f"Que faire de la décision {numero} (« {quoi} ») ?"
            return question, ("confirmée", "modifiée", "abandonnée", "reporté")
        case Nature.CONTRAT:
            return devenirs.demander(point, rapport.jour)
        case Nature.EXPOSITION:
            return _QUESTIONS[point.faiblesse or Faiblesse.SANS_REPLI].demander(point), _ACCEPTER
        case Nature.PROJET:
            return f"Autoriser le projet {le_nommer(point.ligne)} ?", _ACCEPTER
        case _:
            return f"Préparer le remplacement de {le_nommer(point.ligne)} ?", _ACCEPTER


def _designer() -> tuple[str, ...]:
    return ("désigner : ____________________", "reporté")


def _proposition(decision: Ligne) -> Iterator[str]:
    """La décision inscrite, et ce que le référent en propose ; jamais coupés."""
    textes = (lire_en_entier(decision, c).strip(" .?!") for c in ("decision", "proposition"))
    return filter(None, dict.fromkeys(textes))


def _interroger(*textes: str) -> str:
    """Les textes d'une personne, en question à laquelle une case répond."""
    return f"{'. '.join(textes)} ?" if textes else "Accepter cette proposition, sans texte ?"


def _a_qui(point: Point) -> str:
    """« à Alpha SA, Beta SA », ou « aux prestataires »."""
    noms = {lire_un_fait(outil, "prestataire") for outil in point.outils} - {""}
    return f"à {', '.join(sorted(noms))}" if noms else "aux prestataires"


class _Remede(NamedTuple):
    """Ce que l'exécutif peut décider d'une faiblesse : la question, ce qui arrive sinon, et les
    mots du procès-verbal, qui ne la révèlent pas."""

    demander: Callable[[Point], str]
    sinon: str
    mesure: str


_QUESTIONS: Mapping[Faiblesse, _Remede] = {
    Faiblesse.SANS_SAUVEGARDE: _Remede(
        lambda p: f"Faire sauvegarder {_les(p)} ?",
        "Sinon, une panne ou une attaque en efface les données, sans retour.",
        "une mesure de protection des données",
    ),
    Faiblesse.ACCES_AU_PRESTATAIRE: _Remede(
        lambda p: f"Demander {_a_qui(p)} l'accès administrateur pour {_les(p)} ?",
        "Sinon, sans son prestataire, personne ne peut rien régler ni reprendre.",
        "une demande aux prestataires",
    ),
    Faiblesse.SANS_SORTIE: _Remede(
        lambda p: f"Demander par écrit {_a_qui(p)} comment récupérer nos données de {_les(p)} ?",
        "Sinon, la commune ne peut pas changer d'outil sans perdre ses données.",
        "une demande écrite aux prestataires",
    ),
    Faiblesse.SANS_REPLI: _Remede(
        lambda p: f"Fixer comment servir la population sans {_les(p)} ?",
        "Sinon, une panne arrête le service à la population.",
        "une mesure de continuité du service",
    ),
}


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
            return _QUESTIONS[point.faiblesse or Faiblesse.SANS_REPLI].sinon
        case Nature.PROJET:
            return "Sinon, l'outil reste en projet, sans décision qui le porte."
        case _:
            return "Sinon, cet outil que nous voulons remplacer reste en service."


def _sinon_en_bref(point: Point, rapport: Rapport) -> str:
    """Ce qui arrive sinon, en une ligne, sans ce que le prix et le jour disent déjà à côté."""
    if point.nature not in (Nature.PROPOSITION, Nature.CONTRAT):
        return _sinon(point, rapport)
    if fait := dire_ce_qui_est_fait(point, rapport):
        return fait
    if point.contrat is None:
        return "Sinon, rien ne change."
    lequel = f"{nommer(point.contrat.ligne)} : " if len(point.outils) > 1 else ""
    return lequel + devenirs.dire_en_bref(point.contrat, rapport.jour)


def _si_rien_n_est_vote(point: Point, rapport: Rapport) -> Iterator[str]:
    """Ce qui est déjà fait, ce que devient le contrat, sinon depuis quand la proposition attend."""
    fait = dire_ce_qui_est_fait(point, rapport)
    if fait:
        yield fait
    if point.contrat is not None:
        nom = f"Contrat {le_nommer(point.contrat.ligne)} : "
        yield nom + devenirs.dire(point.contrat, rapport.jour)
    elif not fait:
        yield f"Sinon, rien ne change ; {_dire_l_attente(point.ligne)}."


def _dire_l_attente(decision: Ligne) -> str:
    date_ = decision.date("date")
    return f"la proposition attend {f'depuis le {jour(date_)}' if date_ else 'encore'}"


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
    return f"{deliberant(rapport.commune)}, sur préavis {de_executif(rapport.commune)}"


def _origine(point: Point) -> Iterator[str]:
    ligne = point.ligne
    match point.nature:
        case Nature.PROPOSITION | Nature.REVISION:
            verbe = "proposée" if point.nature is Nature.PROPOSITION else "prise"
            date_ = lire_un_fait(ligne, "date")
            yield f"Décision {lire(ligne, 'numero')}" + (f", {verbe} le {date_}." if date_ else ".")
        case Nature.CONTRAT:
            yield "Aucune proposition inscrite."
        case Nature.REMPLACEMENT | Nature.PROJET:
            prestataire = lire_un_fait(ligne, "prestataire")
            yield from ([f"Prestataire : {prestataire}."] if prestataire else ())
            yield "Aucune proposition inscrite."
        case Nature.EXPOSITION:
            yield f"{compter(len(point.outils), 'outil indispensable', 'outils indispensables')}."


def _couts(point: Point, oui: str) -> Iterator[str]:
    """Ce que coûte un oui, ce qui se paie aujourd'hui ; rien là où rien ne se paie."""
    if point.nature not in (*_SANS_PRIX, Nature.CONTRAT):
        yield f"{oui} : {_chiffrer(point)}"
    if point.depense is not None:
        yield f"Aujourd'hui : {chiffrer_un_cout(point.depense, par_an=True)}"
    elif point.nature is Nature.CONTRAT:
        yield "Aujourd'hui : inconnu"


def _chiffrer(point: Point) -> str:
    if point.cout is not None:
        return chiffrer_un_cout(point.cout, par_an=point.cout_est_annuel)
    est_dite = point.nature is Nature.PROPOSITION and point.ligne["cout"] is not None
    return lire(point.ligne, "cout") if est_dite else "inconnu"


def _dernier_jour(point: Point, au: date) -> Iterator[str]:
    if point.dernier_jour is not None:
        passe = " (passé)" if point.dernier_jour < au else ""
        yield f"Dernier jour : {jour(point.dernier_jour)}{passe}"


def _jour_en_bref(point: Point, au: date) -> Iterator[str]:
    if point.dernier_jour is not None:
        debut = "Jour passé :" if point.dernier_jour < au else "Jusqu'au"
        yield f"{debut} {jour(point.dernier_jour)}"


def dire_les_jours(points: tuple[Point, ...], au: date) -> str | None:
    """« Le plus urgent, jusqu'au 30.12.2026 : point 5, Site (sinon, le contrat sera reconduit) ;
    le 31.03.2027 : point 9 ; dernier jour déjà passé : point 4 ; sans jour inscrit : point 3. »"""
    if not any(point.dernier_jour for point in points):
        return "Aucun de ces points n'a de jour inscrit." if points else None
    par_jour: dict[date | None, list[int]] = defaultdict(list)
    for rang, point in enumerate(points, 1):
        par_jour[point.dernier_jour].append(rang)
    sans = par_jour.pop(None, [])
    dates = sorted((fin, rangs) for fin, rangs in par_jour.items() if fin)
    a_venir = [(fin, rangs) for fin, rangs in dates if fin >= au]
    groupes = {
        "plus tard": sorted(rang for _, rangs in a_venir[_DATES:] for rang in rangs),
        "dernier jour déjà passé": sorted(r for fin, rangs in dates if fin < au for r in rangs),
        "sans jour inscrit": sans,
    }
    phrases = [
        *(_dire_le_plus_urgent(fin, rangs, points) for fin, rangs in a_venir[:1]),
        *(f"le {jour(fin)} : {_nommer_les_points(rangs)}" for fin, rangs in a_venir[1:_DATES]),
        *(f"{quoi} : {_nommer_les_points(rangs)}" for quoi, rangs in groupes.items() if rangs),
    ]
    return f"{majuscule(' ; '.join(phrases))}."


def _dire_le_plus_urgent(fin: date, rangs: list[int], points: tuple[Point, ...]) -> str:
    premier, *autres = rangs
    presse = points[premier - 1]
    suite = f" et {_nommer_les_points(autres)}" if autres else ""
    return (
        f"le plus urgent, jusqu'au {jour(fin)} : point {premier}, "
        f"{abreger(_objet(presse), _BREF)}{_dire_ce_que_devient_le_contrat(presse)}{suite}"
    )


def _coute_on_ne_sait_combien(point: Point) -> bool:
    """Vrai d'un oui sans prix inscrit ; d'un remplacement, seul celui d'aujourd'hui l'est."""
    return point.nature not in (*_SANS_PRIX, Nature.CONTRAT) and point.cout is None


def _dire_ce_que_devient_le_contrat(point: Point) -> str:
    """« (sinon, le contrat sera reconduit) », si l'on sait ce qu'il devient."""
    sinon = point.contrat and point.contrat.sinon
    return f" (sinon, le contrat {sinon.value})" if sinon else ""


def _nommer_les_points(rangs: list[int]) -> str:
    """« point 4 », « points 1 à 3, 6 »."""
    return f"{'point' if len(rangs) == 1 else 'points'} {plages(rangs)}"


def totaliser(points: tuple[Point, ...]) -> str | None:
    """Ce que coûteraient tous les oui, une fois et par an, et les points dont le coût est inconnu ;
    à part, ce qui se paie déjà."""
    connus = [p for p in points if p.cout is not None]
    phrases = []
    sommes = [
        chiffrer_un_cout(sum(p.cout or 0 for p in de_ce_genre), par_an=annuel)
        for annuel in (False, True)
        if (de_ce_genre := [p for p in connus if p.cout_est_annuel is annuel])
    ]
    propositions = [p for p in points if p.nature is Nature.PROPOSITION]
    if sommes:
        deja = " ; ce qu'elles remplaceraient n'est pas déduit" if _depenser(propositions) else ""
        phrases.append(f"Propositions toutes acceptées : {' et '.join(sommes)}{deja}.")
    if muets := [rang for rang, p in enumerate(points, 1) if _coute_on_ne_sait_combien(p)]:
        non_compris = ", non compris" if sommes else ""
        phrases.append(f"Coût inconnu{non_compris} : {_nommer_les_points(muets)}.")
    if autres := _depenser(p for p in points if p.nature is not Nature.PROPOSITION):
        phrases.append(f"Les autres outils en cause coûtent aujourd'hui {autres}.")
    if points and not phrases:
        return "Aucun coût inscrit pour ces points."
    return " ".join(phrases) or None


def _depenser(points: Iterable[Point]) -> str:
    """Ce que coûtent aujourd'hui, chaque année, les outils de ces points, chacun une fois."""
    payes = (outil for p in points if p.depense is not None for outil in p.outils)
    couts = {outil.numero: outil.nombre("cout_annuel") or 0 for outil in payes}
    return chiffrer_un_cout(sum(couts.values()), par_an=True) if couts else ""


def _pour_le_pv(rang: int, point: Point, rapport: Rapport) -> str:
    """« La Municipalité, en séance du …, (accepte / refuse / reporte) : … »"""
    seance = jour(rapport.seance) if rapport.seance else "…"
    sujet, acte = executif_sujet(rapport.commune), _acte(rang, point, rapport)
    return f"« {sujet}, en séance du {seance}, {acte}. »"


def _acte(rang: int, point: Point, rapport: Rapport) -> str:
    """Ce que décide l'exécutif, à trancher entre les verbes ; un procès-verbal se publie, il ne
    dit donc pas ce qui expose la commune."""
    match point.nature:
        case Nature.EXPOSITION:
            mesure = _QUESTIONS[point.faiblesse or Faiblesse.SANS_REPLI].mesure
            return f"({_VERBES}) : {mesure}, point {rang} du rapport interne"
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
            verbes = _AU_DELIBERANT if point.est_au_deliberant else _VERBES
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
