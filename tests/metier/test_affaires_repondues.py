"""À quoi une décision répond, et ce qui appelle encore. Le jour est le 24.11.2026."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage_xlsx.metier.affaires import (
    Affaire,
    Nature,
    Sinon,
    Urgence,
    du_contrat,
    horizon,
    recenser,
    reconductions,
    situer,
)
from tests.metier.tables import lier, ligne, noms
from tests.tableaux import AU


def _affaires(texte: str, nature: Nature, sans: tuple[str, ...] = ()) -> list[Affaire]:
    return [affaire for affaire in recenser(lier(texte, sans=sans)) if affaire.nature is nature]


def _reponse(affaire: Affaire) -> str | None:
    return None if affaire.reponse is None else noms([affaire.reponse])[0]


def _contrat(outil: str, decisions: str = "", colonnes: str = "renouvellement") -> Affaire | None:
    """L'affaire du contrat de GED : « échéance | délai | … », et une décision."""
    liens = lier(
        f"""
        outils    | nom | echeance | delai_resiliation | {colonnes}
                  | GED | {outil}
                  | Eau |
        decisions | numero | outil | statut | date
                  | {decisions}
        """
    )
    return du_contrat(liens, ligne(liens, "outils", "GED"))


@pytest.mark.parametrize(
    ("jour", "urgence"),
    [
        (None, Urgence.SANS_JOUR),
        (date(2026, 11, 23), Urgence.PASSEE),
        (AU, Urgence.PROCHE),
        (date(2027, 4, 23), Urgence.PROCHE),
        (date(2027, 4, 24), Urgence.LOINTAINE),
    ],
)
def test_un_jour_se_situe_entre_aujourd_hui_et_l_horizon(
    jour: date | None, urgence: Urgence
) -> None:
    assert situer(lier(), jour) is urgence
    assert horizon(lier()) == date(2027, 4, 23)


def test_l_horizon_suit_les_seuils_de_la_commune() -> None:
    fiche = "commune | seuil_alerte_contrat | seuil_preparation\n | 0 | 1"
    assert horizon(lier(fiche)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("renouvellement", "delai", "dernier_jour", "delai_connu"),
    [
        ("Tacite", "3", date(2026, 12, 31), True),
        ("Tacite", "", date(2027, 3, 31), False),
        ("Durée indéterminée", "3", date(2026, 12, 31), True),
        ("À clarifier", "3", date(2026, 12, 31), True),
        ("Sur décision expresse", "3", date(2027, 3, 31), True),
        ("Sur décision expresse", "", date(2027, 3, 31), True),
        ("Sans contrat", "3", date(2027, 3, 31), True),
    ],
)
def test_le_dernier_jour_utile_d_un_contrat(
    renouvellement: str, delai: str, dernier_jour: date, delai_connu: bool
) -> None:
    affaire = _contrat(f"31.03.2027 | {delai} | {renouvellement}")
    assert affaire is not None
    assert (affaire.dernier_jour, affaire.delai_connu) == (dernier_jour, delai_connu)
    assert (affaire.terme, affaire.outils) == (date(2027, 3, 31), (affaire.ligne,))
    assert affaire.urgence is Urgence.PROCHE


def test_un_contrat_fini_se_compte_de_son_terme() -> None:
    affaire = _contrat("23.11.2026 | 3 | Sur décision expresse")
    assert affaire is not None
    assert (affaire.sinon, affaire.dernier_jour) == (Sinon.A_PRIS_FIN, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("outil", "compte"),
    [
        ("24.11.2026 | | Tacite | Arrêté", True),
        ("23.11.2026 | | Tacite | Arrêté", False),
        ("24.11.2026 | | Sur décision expresse | Arrêté", False),
        ("24.11.2026 | | Durée indéterminée | Arrêté", False),
        ("24.11.2026 | | À clarifier | Arrêté", False),
        ("23.11.2026 | | Sur décision expresse | En projet", False),
        ("24.11.2026 | | Sur décision expresse | En projet", True),
        ("23.11.2026 | | Tacite | En projet", True),
        ("23.11.2026 | | Sur décision expresse |", True),
        (" | | Tacite |", False),
        ("jamais | | Tacite |", False),
    ],
)
def test_un_contrat_compte_tant_qu_il_engage(outil: str, compte: bool) -> None:
    assert (_contrat(outil, colonnes="renouvellement | statut") is not None) is compte


def test_sans_la_colonne_du_renouvellement_aucun_contrat_ne_se_juge() -> None:
    table = "outils | nom | echeance\n | GED | 23.11.2026"
    assert len(_affaires(table, Nature.CONTRAT)) == 1
    assert _affaires(table, Nature.CONTRAT, sans=("outils.renouvellement",)) == []


@pytest.mark.parametrize(
    ("decision", "repond"),
    [
        ("D-1 | GED | Validée | 23.11.2025", False),
        ("D-1 | GED | Validée | 24.11.2025", True),
        ("D-1 | GED | Proposée | 24.11.2025", True),
        ("D-1 | GED | Validée |", True),
        ("D-1 | GED | Validée | un jour", True),
        ("D-1 | GED | Validée | 12 mars 2016", True),
        ("D-1 | GED | Refusée | 01.11.2026", False),
        ("D-1 | GED | Remplacée | 01.11.2026", False),
        ("D-1 | Eau | Validée | 01.11.2026", False),
    ],
)
def test_une_decision_repond_au_contrat_depuis_que_la_question_se_pose(
    decision: str, repond: bool
) -> None:
    affaire = _contrat("31.05.2027 | 3 | Tacite", decision)
    assert affaire is not None
    assert _reponse(affaire) == ("D-1" if repond else None)


@pytest.mark.parametrize(("jour", "repond"), [("29.09.2025", False), ("30.09.2025", True)])
def test_avant_un_jour_deja_passe_les_douze_mois_se_comptent_de_lui(
    jour: str, repond: bool
) -> None:
    affaire = _contrat("31.12.2026 | 3 | Tacite", f"D-1 | GED | Validée | {jour}")
    assert affaire is not None
    assert affaire.dernier_jour == date(2026, 9, 30)
    assert (affaire.reponse is not None) is repond


def test_une_decision_trop_ancienne_n_arrete_pas_la_recherche() -> None:
    affaire = _contrat(
        "31.05.2027 | 3 | Tacite",
        "D-1 | GED | Validée | 01.01.2010\n | D-2 | GED | Validée | 01.11.2026",
    )
    assert affaire is not None
    assert _reponse(affaire) == "D-2"


@pytest.mark.parametrize(
    ("urgence", "repondue", "appelle", "presse"),
    [
        (Urgence.PASSEE, False, True, True),
        (Urgence.PROCHE, False, True, True),
        (Urgence.SANS_JOUR, False, True, False),
        (Urgence.LOINTAINE, False, False, False),
        (Urgence.PROCHE, True, False, True),
    ],
)
def test_une_affaire_appelle_si_rien_n_y_repond_ni_ne_laisse_du_temps(
    urgence: Urgence, repondue: bool, appelle: bool, presse: bool
) -> None:
    commune = lier().registre.commune
    reponse = commune if repondue else None
    affaire = Affaire(Nature.REFERENT, commune, urgence=urgence, reponse=reponse)
    assert (affaire.appelle, affaire.est_pressante) == (appelle, presse)
    assert affaire.delai_connu


RECONDUCTIONS = """
    outils    | nom | echeance   | delai_resiliation | renouvellement        | statut
              | GED | 23.12.2026 | 1                 | Tacite                |
              | Eau | 24.12.2026 | 1                 | Tacite                |
              | Gaz | 23.11.2026 |                   | Tacite                |
              | Feu | 23.12.2026 | 1                 | Tacite                | En projet
              | Air | 23.12.2026 | 1                 | Tacite                | Arrêté
              | Sol | 23.11.2026 |                   | Sur décision expresse |
              | Bus | 23.12.2026 | 1                 | À clarifier           |
              | Car | 23.12.2026 | 1                 | Tacite                |
    decisions | numero | outil | statut  | date
              | D-1    | Car   | Validée | 01.11.2026
"""


def test_les_contrats_repartis_sans_decision() -> None:
    assert [noms([a.ligne])[0] for a in reconductions(lier(RECONDUCTIONS))] == ["GED", "Gaz"]


def test_les_contrats_dans_l_ordre_des_outils_puis_ceux_des_arretes() -> None:
    contrats = _affaires(RECONDUCTIONS, Nature.CONTRAT)
    assert noms(a.ligne for a in contrats) == [
        *("GED", "Eau", "Gaz", "Feu", "Sol", "Bus", "Car"),
        "Air",
    ]


@pytest.mark.parametrize(
    ("saisie", "jours"),
    [
        ("23.11.2026", []),
        ("24.11.2026", []),
        ("25.11.2026", [date(2026, 11, 25)]),
        ("", [None]),
    ],
)
def test_la_note_s_adopte_un_jour_qui_n_est_pas_a_venir(
    saisie: str, jours: list[date | None]
) -> None:
    affaires = _affaires(f"commune | note_adoptee_le\n | {saisie}", Nature.ADOPTION)
    assert [affaire.dernier_jour for affaire in affaires] == jours


def test_ce_que_la_fiche_ne_demande_pas_ne_se_decide_pas() -> None:
    colonnes = ("note_adoptee_le", "referent_nom", "suppleant_nom")
    assert recenser(lier(sans=tuple(f"commune.{nom}" for nom in colonnes))) == ()


@pytest.mark.parametrize(
    ("echeances", "presse", "urgence"),
    [
        (["23.11.2026"], None, Urgence.SANS_JOUR),
        (["24.11.2026"], AU, Urgence.PROCHE),
        (["23.04.2027", "25.11.2026"], date(2026, 11, 25), Urgence.PROCHE),
        (["25.11.2026", "23.04.2027"], date(2026, 11, 25), Urgence.PROCHE),
        (["24.04.2027"], None, Urgence.SANS_JOUR),
        ([""], None, Urgence.SANS_JOUR),
    ],
)
def test_une_proposition_presse_avec_le_plus_proche_de_ses_contrats(
    echeances: list[str], presse: date | None, urgence: Urgence
) -> None:
    outils = "".join(f"\n | O{n} | {jour} | Tacite" for n, jour in enumerate(echeances))
    cites = " ; ".join(f"O{n}" for n, _ in enumerate(echeances))
    table = f"outils | nom | echeance | renouvellement{outils}\n"
    table += f"decisions | numero | statut | outil\n | D-1 | Proposée | {cites}\n"
    table += f" | D-2 | Validée | {cites}"
    (affaire,) = _affaires(table, Nature.PROPOSITION)
    assert (affaire.dernier_jour, affaire.urgence) == (presse, urgence)
    assert len(affaire.outils) == len(echeances)


def test_une_revision_est_d_une_decision_validee_et_une_proposition_la_reprend() -> None:
    revisions = _affaires(
        """
        decisions | numero | statut    | a_revoir_le | remplace
                  | D-1    | Validée   | 24.11.2026  |
                  | D-2    | Validée   |             |
                  | D-3    | Proposée  | 24.11.2026  | D-1
                  | D-4    | Remplacée | 24.11.2026  | D-5
                  | D-5    | Validée   | 24.04.2027  |
        """,
        Nature.REVISION,
    )
    dites = [(noms([a.ligne])[0], _reponse(a), a.urgence) for a in revisions]
    assert dites == [("D-1", "D-3", Urgence.PROCHE), ("D-5", None, Urgence.LOINTAINE)]


def test_un_outil_a_remplacer_ou_en_projet_et_la_decision_qui_y_repond() -> None:
    table = """
        outils    | nom | statut      | decision_origine
                  | GED | À remplacer |
                  | Eau | À remplacer |
                  | Gaz | En projet   |
                  | Feu | En projet   |
                  | Air | En projet   | Prise avant ce registre
                  | Sol |             |
        decisions | numero | outil | statut  | mise_en_oeuvre_le
                  | D-1    | GED   | Validée | 24.11.2026
                  | D-2    | Eau   | Validée | 24.11.2026
                  | D-3    | Eau   | Validée | 25.11.2026
                  | D-4    | Gaz   | Validée | 01.01.2020
                  | D-5    | Feu   | Refusée |
        """
    dites = [
        [(noms([a.ligne])[0], _reponse(a)) for a in _affaires(table, nature)]
        for nature in (Nature.REMPLACEMENT, Nature.PROJET)
    ]
    assert dites == [[("GED", None), ("Eau", "D-3")], [("Gaz", "D-4"), ("Feu", None)]]


def test_une_exposition_se_decide_si_un_indispensable_la_subit() -> None:
    affaires = _affaires(
        """
        outils | nom | criticite     | sauvegarde  | donnees_personnelles | lieu_donnees
               | GED | Indispensable | Aucune      |                      |
               | Eau | Indispensable | À clarifier |                      |
               | Gaz | Important     | Aucune      |                      |
               | Feu | Indispensable |             | Sensibles            | Autre pays
        """,
        Nature.EXPOSITION,
    )
    assert noms(a.ligne for a in affaires) == ["GED"]
    (affaire,) = affaires
    assert affaire.exposition is not None
    assert affaire.outils == affaire.exposition.outils == (affaire.ligne,)


def test_la_liste_suit_l_ordre_des_natures() -> None:
    natures = [
        affaire.nature
        for affaire in recenser(
            lier(
                """
                outils    | nom | statut      | echeance   | renouvellement | criticite     | repli
                          | GED | À remplacer | 24.11.2026 | Tacite         | Indispensable | Aucun
                          | Eau | En projet   |            |                |               |
                decisions | numero | statut   | a_revoir_le
                          | D-1    | Proposée |
                          | D-2    | Validée  | 24.11.2026
                """
            )
        )
    ]
    assert natures == [*Nature]
