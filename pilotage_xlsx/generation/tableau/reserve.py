"""La réserve du tableau de bord : par ligne de registre, ce que les listes et les totaux en tirent.

Chaque cellule porte un nom défini, comme les colonnes d'état des registres, et sa valeur juste.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format

from pilotage_xlsx.generation.echeancier import Echeancier
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.premiere import nom_de_feuille
from pilotage_xlsx.generation.tableau.places import (
    AUJOURD_HUI,
    COUT,
    DEPENDANCE,
    HORIZON,
    JOUR,
    NOM,
    ORDRE,
    POIDS,
    PRESTATAIRE,
    SANS_FIN,
    Calculee,
    Segment,
    ailleurs,
    colonne,
)
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.jugements import est_sans_fin
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import Travail, a_faire
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import vers_serie

_PREFIXE = "tableau_"
_DES_OUTILS = {COUT: "cout", PRESTATAIRE: "prestataire", SANS_FIN: "sans_fin"}
FAMILLES: Mapping[Travail, str] = {
    Travail.REVISION: "revision",
    Travail.PROPOSITION: "proposition",
    Travail.INCIDENT: "incident",
}
"""La famille d'un travail ; les autres sont des contrats."""


def noms_de_la_reserve(plan: Plan, segments: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """Les noms définis : le jour d'une tâche, puis ce que dit un outil.

    Rien au-delà de la table : des lignes effacées la raccourcissent.
    """
    for segment in segments:
        echeancier = _echeancier(plan, segment)
        jour = getattr(echeancier, segment.famille)()
        cle = f"{jour}*{POIDS}+{_ordre()}"
        yield _PREFIXE + segment.famille, f'=IFERROR({cle},"")'
    outil = _echeancier(plan, segments[0])
    prestataire = f'IF({outil.est_indispensable()},{outil.prestataire()},"")'
    yield _PREFIXE + "cout", f'=IFERROR({outil.cout()},"")'
    yield _PREFIXE + "prestataire", f'=IFERROR({prestataire},"")'
    yield _PREFIXE + "sans_fin", f'=IFERROR(IF({outil.est_sans_fin()},{_ordre()},""),"")'


def _echeancier(plan: Plan, segment: Segment) -> Echeancier:
    return Echeancier(
        plan,
        segment.registre,
        position=f"{_ordre()}-{segment.debut}",
        aujourd_hui=ailleurs(AUJOURD_HUI),
        horizon=ailleurs(HORIZON),
    )


def _ordre() -> str:
    """Le numéro de la ligne de réserve : un nom défini se compte depuis A1."""
    return ailleurs(f"${ORDRE}1")


def calculer_la_reserve(
    segments: Sequence[Segment], plan: Plan, liens: Liens, style: Format
) -> Iterator[Calculee]:
    """Toutes les cellules de la réserve, avec leurs valeurs."""
    jours = _jours(segments, liens)
    for segment in segments:
        for rang in range(segment.debut + 1, segment.fin + 1):
            nom = _PREFIXE + segment.famille
            yield Calculee(f"{JOUR}{rang}", f"={nom}", jours.get(rang, ""), style)
    yield from _outils(segments[0], liens, style)
    yield from _dependances(plan, liens, segments[0].fin, style)
    for rang, segment in enumerate(segments, 1):
        libelle = segment.registre.feuille.libelle
        yield Calculee(f"{NOM}{rang}", f"={nom_de_feuille(libelle)}", libelle, style)


def _jours(segments: Sequence[Segment], liens: Liens) -> Mapping[int, float]:
    """La clé de tri de chaque tâche, par numéro de ligne de réserve."""
    par_famille = {segment.famille: segment for segment in segments}
    places = {segment.famille: _places(segment.registre.lignes) for segment in segments}
    cles: dict[int, float] = {}
    for tache in a_faire(liens):
        famille = FAMILLES.get(tache.travail, "contrat")
        rang = par_famille[famille].debut + places[famille][tache.ligne]
        cles[rang] = vers_serie(tache.jour) * POIDS + rang
    return cles


def _outils(segment: Segment, liens: Liens, style: Format) -> Iterator[Calculee]:
    dits = [*_dire_les_outils(segment, liens)]
    for rang in range(1, segment.longueur + 1):
        dit = dits[rang - 1] if rang <= len(dits) else {}
        for ou, nom in _DES_OUTILS.items():
            yield Calculee(f"{ou}{rang}", f"={_PREFIXE}{nom}", dit.get(nom, ""), style)


def _dire_les_outils(segment: Segment, liens: Liens) -> Iterator[Mapping[str, float]]:
    """Pour chaque outil, ce que la réserve en retient."""
    en_service, indispensables = set(liens.outils_en_service), set(liens.indispensables)
    prestataires = _places(liens.registre.lignes("prestataires"))
    for rang, outil in enumerate(segment.registre.lignes, 1):
        dit: dict[str, float] = {}
        if outil in en_service:
            if (cout := outil.nombre("cout_annuel")) is not None:
                dit["cout"] = cout
            if est_sans_fin(liens, outil):
                dit["sans_fin"] = rang
        if outil in indispensables and (cite := liens.prestataire(outil)):
            dit["prestataire"] = prestataires[cite]
        yield dit


def _dependances(plan: Plan, liens: Liens, fin: int, style: Format) -> Iterator[Calculee]:
    """Par prestataire, le nombre d'outils indispensables qui en dépendent, en clé de tri."""
    registre = plan.registre("prestataires")
    places = _places(registre.lignes)
    parts = PAR_PRESTATAIRE.mesurer(liens, liens.registre.annee).parts
    comptes = {places[nom]: len(siens) for nom, siens in parts if isinstance(nom, Ligne)}
    for rang in range(1, registre.derniere - registre.ligne_entete + 1):
        compte = f"COUNTIF({colonne(PRESTATAIRE, fin)},{rang})"
        formule = f'=IF({compte}>0,{compte}*{POIDS}+{POIDS - 1 - rang},"")'
        valeur = comptes[rang] * POIDS + POIDS - 1 - rang if rang in comptes else ""
        yield Calculee(f"{DEPENDANCE}{rang}", formule, valeur, style)


def _places(lignes: Sequence[Ligne]) -> Mapping[Ligne, int]:
    """La place de chaque ligne dans sa table (dès 1)."""
    return {ligne: rang for rang, ligne in enumerate(lignes, 1)}
