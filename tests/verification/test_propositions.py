"""Ce que `corriger` propose : une question par cause, et la réponse à toutes ses cellules."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pilotage_xlsx.modele import Genre
from pilotage_xlsx.registre import Cellule, Illisible, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.dates import Jour, vers_serie
from pilotage_xlsx.verification import verifier
from pilotage_xlsx.verification.propositions import (
    ReparationProposee,
    chercher_les_propositions,
    joindre,
)
from pilotage_xlsx.verification.reparable import Reparee
from pilotage_xlsx.verification.reparations import Reparation, chercher_les_reparations
from tests.tableaux import AU, lire_cellule, modele, registre

Dit = tuple[str, str, int]

RENOMME = """
    outils       | nom | prestataire | autre_prestataire
                 | GED | Vieux SA    | Alpha SA ; vieux sa
                 | Eau | alpha sa    | Vieux SA ; Alpha sa
    prestataires | nom
                 | Alpha SA
                 | Neuf Sàrl
    decisions    | numero | conseil
                 | D-1    | Mme Favre ; Vieux SA
"""
CAS = {
    "un montant que le tableur a pris pour un négatif": (
        "outils | nom | cout_annuel\n | GED | -1200",
        [("-1200", "1'200", 1)],
    ),
    "un négatif dont le contraire est hors bornes": (
        "outils | nom | delai_resiliation\n | GED | -90",
        [],
    ),
    "zéro n'est pas un négatif": ("outils | nom | cout_annuel\n | GED | 0", []),
    "une durée à peu près": (
        "outils | nom | delai_resiliation\n | GED | 90 jours\n | Eau | 45 jours",
        [("90 jours", "3", 1)],
    ),
    "un nombre entouré de mots ne s'écrit pas à leur place": (
        "outils | nom | cout_annuel\n | GED | env. 500\n | Eau | 1200/an",
        [],
    ),
    "un nombre écrit à l'américaine": (
        "outils | nom | cout_annuel\n | GED | 1,234.50",
        [("1,234.50", "1'234.50", 1)],
    ),
    "la même coquille, une question": (
        "outils | nom | criticite\n | GED | Importnat\n | Eau | Importnat",
        [("Importnat", "Important", 2)],
    ),
    "une parenthèse dit plus que la réponse": (
        "outils | nom | lieu_donnees\n | GED | Suisse (Genève)",
        [],
    ),
    "une date à d'autres signes": (
        "outils | nom | echeance\n | GED | 12 03 2027\n | Eau | 12.03.2027 (PV 4)",
        [("12 03 2027", "12.03.2027", 1)],
    ),
    "un zéro mangé": (
        "prestataires | nom | telephone_urgence\n | Alpha | 325550102",
        [("325550102", "032 555 01 02", 1)],
    ),
    "un nom que rien ne cite, un nom cité partout": (RENOMME, [("Vieux SA", "Neuf Sàrl", 4)]),
    "un nom cité une fois n'est sans doute pas encore inscrit": (
        "outils | nom | prestataire\n | GED | Vieux SA\nprestataires | nom\n | Neuf Sàrl",
        [],
    ),
    "deux lignes que rien ne cite : on ne sait pas laquelle": (
        RENOMME.replace("Neuf Sàrl", "Neuf Sàrl\n | Autre AG"),
        [],
    ),
    "deux noms perdus : on ne sait pas lequel": (
        RENOMME.replace("Eau | alpha sa ", "Eau | Perdu SA "),
        [],
    ),
    "une ligne terminée n'est pas le nouveau nom": (
        RENOMME.replace("| nom\n                 | Alpha SA\n                 | Neuf Sàrl",
                        "| nom | statut\n | Alpha SA |\n | Neuf Sàrl | Terminé"),
        [],
    ),
    "un nom prolongé": (
        "outils | nom | prestataire\n | GED | Alpha\n"
        "prestataires | nom\n | Alpha Informatique SA\n | Zeta",
        [("Alpha", "Alpha Informatique SA", 1)],
    ),
    "deux noms qui prolongent": (
        "outils | nom | prestataire\n | GED | Alpha\n"
        "prestataires | nom\n | Alpha Informatique\n | Alpha Conseils",
        [],
    ),
    "un numéro de plus est une autre chose": (
        "outils | nom\n | Serveur 1\nincidents | numero | outil\n | I-1 | Serveur 2",
        [],
    ),
    "deux noms réunis d'une virgule": (
        "outils | nom\n | GED\n | Eau\n"
        "decisions | numero | outil | portee | statut\n | D-1 | GED, Eau | Courante | Validée\n"
        "incidents | numero | outil\n | I-1 | GED et Eau",
        [("GED, Eau", "GED; Eau", 1), ("GED et Eau", "GED; Eau", 1)],
    ),
    "un zéro tapé O": (
        "prestataires | nom | telephone_urgence\n | Alpha | O32 555 01 02",
        [("O32 555 01 02", "032 555 01 02", 1)],
    ),
    "une mention mal écrite ne vaut que dans sa colonne": (
        "outils | nom | prestataire | autre_prestataire\n"
        " | GED | Géré en interne | Géré en interne",
        [("Géré en interne", "Géré à l'interne", 1)],
    ),
    "un numéro ne se renomme pas": (
        "outils | nom | decision_origine\n | GED | D-2026-009\n | Eau | D-2026-009\n"
        "decisions | numero\n | D-2026-001",
        [],
    ),
    "l'exécutif d'ailleurs est l'organe délibérant d'ici": (
        "commune | executif_nom\n | Municipalité\n"
        "decisions | numero | decide_par\n | D-1 | Conseil communal",
        [("Conseil communal", "Organe délibérant", 1)],
    ),
    "un mot équivoque, l'exécutif inconnu": (
        "decisions | numero | decide_par\n | D-1 | Conseil communal",
        [],
    ),
}  # fmt: skip


def _chercher(lu: Registre) -> tuple[ReparationProposee, ...]:
    return chercher_les_propositions(lu, modele(), AU)


@pytest.mark.parametrize("cas", CAS)
def test_ce_qui_se_propose(cas: str) -> None:
    texte, voulues = CAS[cas]
    trouvees = [(p.avant, p.apres, len(p.reparations)) for p in _chercher(registre(texte))]
    assert trouvees == voulues


@pytest.mark.parametrize("cas", CAS)
def test_ce_qui_est_propose_une_fois_ecrit_se_lit_et_ne_se_demande_plus(cas: str) -> None:
    lu = registre(CAS[cas][0])
    for proposition in _chercher(lu):
        ecrites = joindre(chercher_les_reparations(lu, modele()), [proposition], lu)
        apres = _ecrire(lu, ecrites)
        for reparation in proposition.reparations:
            assert _lire(apres, reparation) == afficher(_ecrite(ecrites, reparation).valeur)
        lieux = {reparation.lieu for reparation in proposition.reparations}
        fautes = {c.regle for c in verifier(apres, modele(), AU) if c.lieu in lieux}
        assert not fautes & {"CEL-002", "CEL-003", "CEL-004", "CEL-006", "CEL-007", "CEL-016"}


def test_les_autres_noms_d_une_cellule_restent() -> None:
    lu = registre(RENOMME)
    (renommage,) = _chercher(lu)
    ecrites = joindre(chercher_les_reparations(lu, modele()), [renommage], lu)
    assert [(r.lieu.feuille, r.lieu.ligne, r.valeur) for r in ecrites] == [
        ("Outils", 6, "Neuf Sàrl"),
        ("Outils", 6, "Alpha SA; Neuf Sàrl"),
        ("Outils", 7, "Alpha SA"),
        ("Outils", 7, "Neuf Sàrl; Alpha SA"),
        ("Décisions", 6, "Mme Favre; Neuf Sàrl"),
    ]


def test_ce_que_la_commune_accepte_ne_se_propose_plus() -> None:
    accepte = """
    outils   | nom | cout_annuel
             | GED | -1200
    acceptes | regle   | registre | ligne | motif  | jusqu_au
             | CEL-016 | Outils   | GED   | Avoir  | 31.12.2026
    """
    assert _chercher(registre(accepte)) == ()


def _ecrite(ecrites: tuple[Reparation, ...], voulue: Reparation) -> Reparation:
    (une,) = (reparation for reparation in ecrites if reparation.lieu == voulue.lieu)
    return une


def _ecrire(lu: Registre, reparations: tuple[Reparation, ...]) -> Registre:
    """Le registre où ces cellules ont leur nouvelle valeur, relue."""
    valeurs = {reparation.lieu: reparation.valeur for reparation in reparations}
    feuilles = {
        nom: replace(lue, lignes=tuple(_recrire(ligne, valeurs) for ligne in lue.lignes))
        for nom, lue in lu.feuilles.items()
    }
    return replace(lu, feuilles=feuilles)


def _recrire(ligne: Ligne, valeurs: dict[object, Reparee]) -> Ligne:
    feuille = modele().par_id[ligne.lieu.registre]
    cellules = {
        colonne: _en_cellule(valeurs[lieu]) if (lieu := ligne.emplacement(colonne)) in valeurs
        else cellule
        for colonne, cellule in ligne.cellules.items()
    }  # fmt: skip
    lues = {
        colonne: lire_cellule(feuille, colonne, cellule) for colonne, cellule in cellules.items()
    }
    return replace(
        ligne, cellules=cellules, valeurs={c: v for c, v in lues.items() if v is not None}
    )


def _en_cellule(valeur: Reparee) -> Cellule:
    if isinstance(valeur, str):
        return Cellule(NatureDeCellule.TEXTE, valeur)
    if isinstance(valeur, Jour):
        return Cellule(NatureDeCellule.NOMBRE, repr(vers_serie(valeur)), est_date=True)
    return Cellule(NatureDeCellule.NOMBRE, repr(valeur))


def _lire(lu: Registre, reparation: Reparation) -> str:
    for lue in lu.feuilles.values():
        for ligne in lue.lignes:
            for colonne, valeur in ligne.valeurs.items():
                if ligne.emplacement(colonne) == reparation.lieu:
                    assert not isinstance(valeur, Illisible)
                    genre = modele().par_id[ligne.lieu.registre].par_id[colonne].genre
                    dit = afficher(valeur)
                    return afficher(float(dit)) if genre is Genre.ENTIER else dit
    raise AssertionError("cellule perdue")
