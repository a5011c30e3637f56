"""Qui dépend de qui, quelle décision couvre quel outil, et laquelle attend encore.

Le jour est le 24.11.2026.
"""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.condition import Condition, Parmi, Rempli
from pilotage_xlsx.modele.sens import DECISION_INTROUVABLE, INDISPENSABLE
from tests.metier.tables import feuille, lier, ligne, noms
from tests.tableaux import AU, modele, registre

PARC = """
    outils       | nom | criticite     | statut
                 | GED | Indispensable |
                 | Eau | Indispensable | À remplacer
                 | Gaz | Important     | En service
                 | Feu | Indispensable | En projet
                 | Air | Indispensable | Arrêté
                 | Sol | Indispensable | Bof
    prestataires | nom      | statut
                 | Alpha SA |
                 | Beta SA  | Terminé
                 | Gamma SA | Bof
"""


def test_ce_qui_sert_aujourd_hui_n_est_ni_arrete_ni_en_projet() -> None:
    liens = lier(PARC)
    assert noms(liens.outils) == ["GED", "Eau", "Gaz", "Feu"]
    assert noms(liens.outils_en_service) == ["GED", "Eau", "Gaz"]
    assert noms(liens.indispensables) == ["GED", "Eau"]
    assert noms(liens.prestataires) == ["Alpha SA"]


def test_un_statut_illisible_laisse_en_vigueur_sans_certitude() -> None:
    liens = lier(PARC)
    assert "Sol" in noms(liens.etat.en_vigueur("outils"))
    assert "Sol" not in noms(liens.en_vigueur("outils"))


def test_une_seule_cellule_fautive_suffit_a_faire_douter() -> None:
    hors_vigueur = Condition(((Parmi("statut", ("Arrêté",)), Rempli("domaine")),))
    outils = replace(feuille("outils"), hors_vigueur=hors_vigueur)
    autres = (une if une.id != "outils" else outils for une in modele().feuilles)
    lu = registre(
        """
        outils | nom | statut     | domaine
               | GED | En service | Archivage
               | Eau | Bof        | Archivage
               | Gaz | En service |
               | Feu | Arrêté     | Archivage
        """
    )
    liens = Liens(replace(modele(), feuilles=tuple(autres)), lu, AU)
    assert noms(liens.outils) == ["GED"]


def test_est_indispensable_veut_les_deux() -> None:
    liens = lier(PARC)
    dits = [o for o in noms(liens.outils) if liens.est_indispensable(ligne(liens, "outils", o))]
    assert dits == ["GED", "Eau"]


def test_une_ligne_de_l_annee_compte_quel_que_soit_son_statut() -> None:
    liens = lier(
        """
        commune   | annee
                  | 2026
        incidents | numero | constate_le | statut
                  | I-1    | 01.02.2026  | Bof
                  | I-2    | 01.02.2025  | Bof
                  | I-3    | 01.02.2025  | Ouvert
                  | I-4    | 01.02.2025  | Clos
                  | I-5    | 01.02.2026  | Clos
                  | I-6    | 01.02.2025  |
        """
    )
    assert noms(liens.incidents) == ["I-1", "I-3", "I-5"]


@pytest.mark.parametrize(
    ("jour", "ecoules"),
    [(None, None), (date(2026, 11, 23), 1), (AU, 0), (date(2026, 11, 25), -1)],
)
def test_les_jours_depuis(jour: date | None, ecoules: int | None) -> None:
    assert lier().jours_depuis(jour) == ecoules


@pytest.mark.parametrize(
    ("saisie", "statut"), [("", "En service"), ("arrêté", "Arrêté"), ("Bof", None)]
)
def test_le_statut_d_une_ligne_vide_ou_illisible(saisie: str, statut: str | None) -> None:
    liens = lier(f"outils | nom | statut\n | GED | {saisie}")
    assert liens.statut(ligne(liens, "outils", "GED")) == statut


def test_un_statut_que_le_modele_ne_presume_pas_reste_inconnu() -> None:
    liens = lier("decisions | numero\n | D-1")
    assert liens.statut(ligne(liens, "decisions", "D-1")) is None


PRESTATAIRES = """
    prestataires | nom
                 | Alpha SA
                 | Beta SA
    outils       | nom | prestataire      | autre_prestataire              | statut
                 | GED | Beta SA          | Alpha SA ; beta sa ; Spectre   |
                 | Eau | Géré à l'interne | Alpha SA                       |
                 | Gaz | Fantôme SA       |                                |
                 | Feu | Alpha SA         |                                | Arrêté
                 | Air | Alpha SA         |                                | Bof
"""


def test_le_principal_d_abord_chacun_une_fois() -> None:
    liens = lier(PRESTATAIRES)
    de = {nom: noms(liens.prestataires_de(ligne(liens, "outils", nom))) for nom in ("GED", "Eau")}
    assert de == {"GED": ["Beta SA", "Alpha SA"], "Eau": ["Alpha SA"]}
    assert liens.prestataires_de(ligne(liens, "outils", "Gaz")) == ()
    principal = liens.prestataire(ligne(liens, "outils", "GED"))
    assert principal is not None
    assert noms([principal]) == ["Beta SA"]
    assert liens.prestataire(ligne(liens, "outils", "Eau")) is None


def test_les_outils_d_un_prestataire_sont_en_vigueur_a_titre_principal_ou_non() -> None:
    liens = lier(PRESTATAIRES)
    de = [noms(liens.outils_de(ligne(liens, "prestataires", n))) for n in ("Alpha SA", "Beta SA")]
    assert de == [["GED", "Eau", "Air"], ["GED"]]
    assert lier("prestataires | nom\n | Seul SA").outils_de(liens.registre.commune) == ()


DECISIONS = """
    outils    | nom | decision_origine
              | GED | D-5
              | Eau | Prise avant ce registre
              | Gaz | D-1
    decisions | numero | outil     | statut
              | D-1    | GED ; Eau | Validée
              | D-2    | GED       | Refusée
              | D-3    | GED       | Abandonnée
              | D-4    | GED       | Remplacée
              | D-5    | Le nuage  | Proposée
              | D-6    | GED       |
"""


def test_une_decision_ne_repond_que_des_outils_qu_elle_nomme_ou_qui_la_citent() -> None:
    liens = lier(DECISIONS)
    sur = {
        nom: noms(liens.decisions_sur(ligne(liens, "outils", nom))) for nom in ("GED", "Eau", "Gaz")
    }
    assert sur == {
        "GED": ["D-1", "D-2", "D-3", "D-4", "D-6", "D-5"],
        "Eau": ["D-1"],
        "Gaz": ["D-1"],
    }
    assert liens.decisions_sur(liens.registre.commune) == ()


def test_les_decisions_liees_sont_proposees_ou_validees() -> None:
    liens = lier(DECISIONS)
    assert noms(liens.decisions_liees(ligne(liens, "outils", "GED"))) == ["D-1", "D-5"]


@pytest.mark.parametrize(
    ("jour", "recente"),
    [("23.11.2025", False), ("24.11.2025", True), ("25.11.2025", True), ("", True), ("x", True)],
)
def test_une_decision_recente_a_douze_mois_au_plus(jour: str, recente: bool) -> None:
    liens = lier(
        f"""
        outils    | nom
                  | GED
        decisions | numero | outil | statut  | date
                  | D-1    | GED   | Validée | {jour}
        """
    )
    assert bool(liens.decisions_recentes(ligne(liens, "outils", "GED"))) is recente


@pytest.mark.parametrize(
    ("statut", "mise_en_oeuvre", "ouverte"),
    [
        ("Proposée", "", True),
        ("Proposée", "01.01.2020", True),
        ("Validée", "", True),
        ("Validée", "23.11.2026", False),
        ("Validée", "24.11.2026", False),
        ("Validée", "25.11.2026", True),
        ("Refusée", "", False),
        ("Remplacée", "25.11.2026", False),
        ("", "", False),
    ],
)
def test_une_decision_attend_jusqu_au_jour_de_sa_mise_en_oeuvre(
    statut: str, mise_en_oeuvre: str, ouverte: bool
) -> None:
    liens = lier(
        f"decisions | numero | statut | mise_en_oeuvre_le\n | D-1 | {statut} | {mise_en_oeuvre}"
    )
    assert liens.est_ouverte(ligne(liens, "decisions", "D-1")) is ouverte


def _est_sans_decision(outil: str, decisions: str = "", adoption: str = "01.01.2026") -> bool:
    """« outil » : décision d'origine, puis mise en service."""
    liens = lier(
        f"""
        commune   | note_adoptee_le
                  | {adoption}
        outils    | nom | decision_origine | en_service_depuis
                  | GED | {outil}
                  | Eau |                  |
        decisions | numero | outil | statut
                  {decisions or "|"}
        """
    )
    return liens.est_sans_decision(ligne(liens, "outils", "GED"))


@pytest.mark.parametrize(
    ("depuis", "sans"),
    [
        ("31.12.2025", False),
        ("01.01.2026", False),
        ("02.01.2026", True),
        ("23.11.2026", True),
        ("24.11.2026", True),
        ("25.11.2026", False),
        ("", False),
        ("un jour", False),
    ],
)
def test_un_outil_entre_apres_la_note_sans_decision(depuis: str, sans: bool) -> None:
    assert _est_sans_decision(f"| {depuis}") is sans


def test_sans_note_adoptee_rien_n_est_entre_apres() -> None:
    assert not _est_sans_decision("| 02.01.2026", adoption="")


@pytest.mark.parametrize(
    ("statut", "sans"),
    [
        ("Validée", False),
        ("Proposée", False),
        ("Remplacée", False),
        ("Refusée", True),
        ("Abandonnée", True),
    ],
)
def test_une_decision_ecartee_n_en_est_pas_une(statut: str, sans: bool) -> None:
    assert _est_sans_decision("| 02.01.2026", f"| D-1 | GED | {statut}") is sans


@pytest.mark.parametrize(
    ("origine", "sans"),
    [
        ("Aucune décision trouvée", True),
        ("Prise avant ce registre", False),
        ("D-9", False),
        ("À clarifier", False),
    ],
)
def test_la_decision_d_origine_repond_avant_les_dates(origine: str, sans: bool) -> None:
    assert _est_sans_decision(f"{origine} | 02.01.2026") is sans


def test_une_decision_qui_ne_dit_pas_son_outil_fait_douter() -> None:
    muette = "| D-1 | | Validée"
    assert not _est_sans_decision("| 02.01.2026", muette)
    assert not _est_sans_decision("Aucune décision trouvée |", muette)
    assert _est_sans_decision("| 02.01.2026", "| D-1 | | Refusée")
    assert _est_sans_decision("Aucune décision trouvée |", "| D-1 | Eau | Validée")


@pytest.mark.parametrize(
    "sans",
    [
        "decisions",
        "decisions.numero",
        "decisions.outil",
        "decisions.statut",
        "outils.decision_origine",
    ],
)
def test_une_absence_ne_se_prouve_pas_sans_sa_colonne(sans: str) -> None:
    table = "outils | nom\n | GED"
    complet, ampute = lier(table), lier(table, sans=(sans,))
    assert complet.connait_les_decisions(ligne(complet, "outils", "GED"))
    assert not ampute.connait_les_decisions(ligne(ampute, "outils", "GED"))


@pytest.mark.parametrize(
    ("origine", "decisions", "connait"),
    [
        ("", "| D-1 | GED | Validée", True),
        ("", "| D-1 | GED | Bof", False),
        ("", "| D-1 | GED |", False),
        ("", "| D-1 | Eau | Bof", True),
        ("", "| D-1 | | Validée", False),
        ("", "| D-1 | | Refusée", True),
        ("D-9", "| D-1 | GED | Validée", False),
    ],
)
def test_une_faute_peut_cacher_une_decision(origine: str, decisions: str, connait: bool) -> None:
    liens = lier(
        f"""
        outils    | nom | decision_origine
                  | GED | {origine}
                  | Eau |
        decisions | numero | outil | statut
                  {decisions}
        """
    )
    assert liens.connait_les_decisions(ligne(liens, "outils", "GED")) is connait


def test_une_suite_lie_la_decision_a_ce_qui_l_appelait() -> None:
    liens = lier(
        """
        incidents    | numero
                     | I-1
                     | I-2
        signalements | numero
                     | S-1
                     | S-2
        echanges     | numero
                     | E-1
        decisions    | numero | suite_de
                     | D-1    | I-1 ; s-1
                     | D-2    | E-1
                     | D-3    |
        """
    )
    lignes = {n: liens.etat.lignes(n) for n in ("incidents", "signalements", "echanges")}
    suivies = [noms(u for u in unes if liens.est_suivie(u)) for unes in lignes.values()]
    assert suivies == [["I-1"], ["S-1"], ["E-1"]]


def test_le_delai_de_decision_ajoute_l_alerte_a_la_preparation() -> None:
    assert lier().delai_de_decision == 150
    assert (
        lier("commune | seuil_alerte_contrat | seuil_preparation\n | 10 | 3").delai_de_decision
        == 13
    )


def test_une_de_ces_marques_suffit() -> None:
    liens = lier("outils | nom | criticite\n | GED | Indispensable")
    outil = ligne(liens, "outils", "GED")
    assert liens.est(outil, DECISION_INTROUVABLE, INDISPENSABLE)
    assert not liens.est(outil, DECISION_INTROUVABLE)
