"""Chaque seuil à son bord : la veille, le jour même, le lendemain.

`A_LEUR_JOUR` contrôle le même registre trois jours de suite ; `ENTRE_DEUX_DATES` tient le contrôle
au 24.11.2026 et déplace d'un jour la date que le texte appelle ``{jour}``.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pilotage_xlsx.modele.identite import Seuils
from tests.tableaux import AU, cellules, modele

SE_TAIT_LE_JOUR, PARLE_LE_JOUR, SE_TAIT_ENSUITE = (0, 0, 1), (0, 1, 1), (1, 1, 0)
PARLE_JUSQUE_LA = (1, 0, 0)

A_LEUR_JOUR = [
    (
        "COM-003", "seuil_relecture", "01.01.2027", SE_TAIT_LE_JOUR,
        """
        commune | inventaire_revu_le
                | 01.01.2026
        """,
    ),
    (
        "DEC-003", "decision_en_attente_jours", "30.08.2026", SE_TAIT_LE_JOUR,
        """
        decisions | numero | date       | statut
                  | D-1    | 01.06.2026 | Proposée
        """,
    ),
    (
        "DEC-004", "", "01.06.2026", SE_TAIT_LE_JOUR,
        """
        decisions | numero | statut  | date       | a_revoir_le
                  | D-1    | Validée | 01.01.2026 | 01.06.2026
        """,
    ),
    (
        "DEC-008", "mise_en_oeuvre_jours", "01.06.2026", SE_TAIT_LE_JOUR,
        """
        decisions | numero | statut  | date       | mise_en_oeuvre_le
                  | D-1    | Validée | 01.06.2025 |
                  | D-2    | Validée | 02.06.2025 | 03.06.2025
        """,
    ),
    (
        "DEC-011", "seuil_preparation", "03.05.2026", PARLE_LE_JOUR,
        """
        outils    | nom | statut     | echeance   | delai_resiliation | renouvellement
                  | GED | En service | 31.12.2026 | 3                 | Tacite
        decisions | numero | statut   | date       | outil
                  | D-1    | Proposée | 01.04.2026 | GED
        """,
    ),
    (
        "DEC-012", "revision_jours", "02.04.2026", PARLE_LE_JOUR,
        """
        decisions | numero | statut  | date       | a_revoir_le
                  | D-1    | Validée | 01.01.2026 | 01.06.2026
        """,
    ),
    (
        "OUT-005", "seuil_alerte_contrat", "03.05.2026", PARLE_LE_JOUR,
        """
        outils | nom | statut     | echeance   | delai_resiliation | renouvellement
               | GED | En service | 31.12.2026 | 3                 | Tacite
        """,
    ),
    (
        "OUT-005", "", "01.10.2026", PARLE_JUSQUE_LA,
        """
        outils | nom | statut     | echeance   | delai_resiliation | renouvellement
               | GED | En service | 31.12.2026 | 3                 | Tacite
        """,
    ),
    (
        "OUT-006", "", "30.09.2026", SE_TAIT_LE_JOUR,
        """
        outils | nom | statut     | echeance   | delai_resiliation | renouvellement
               | GED | En service | 31.12.2026 | 3                 | Tacite
        """,
    ),
    (
        "INC-009", "decision_recente_mois", "01.02.2027", SE_TAIT_LE_JOUR,
        """
        outils    | nom | statut
                  | GED | En service
        decisions | numero | statut  | date       | outil
                  | D-1    | Validée | 01.02.2026 | GED
        incidents | numero | constate_le | outil
                  | I-1    | 10.06.2026  | GED
                  | I-2    | 01.08.2026  | GED
                  | I-3    | 01.09.2026  | GED
        """,
    ),
    (
        "OUT-007", "", "30.09.2026", SE_TAIT_LE_JOUR,
        """
        outils | nom | statut     | echeance   | renouvellement
               | GED | En service | 30.09.2026 | Sur décision expresse
        """,
    ),
    (
        "OUT-020", "seuil_alerte_contrat", "03.05.2026", PARLE_LE_JOUR,
        """
        outils | nom | statut     | echeance   | renouvellement
               | GED | En service | 30.09.2026 | Sur décision expresse
        """,
    ),
    (
        "OUT-022", "", "31.12.2026", SE_TAIT_ENSUITE,
        """
        outils | nom | statut | echeance   | delai_resiliation | renouvellement | arrete_le
               | GED | Arrêté | 31.12.2026 | 3                 | Tacite         | 01.02.2026
        """,
    ),
    (
        "INC-001", "seuil_information", "17.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | service_touche | statut
                  | I-1    | 10.06.2026  | Oui            | Ouvert
        """,
    ),
    (
        "INC-005", "a_determiner_jours", "17.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | service_touche | statut
                  | I-1    | 10.06.2026  | À déterminer   | Ouvert
        """,
    ),
    (
        "INC-006", "annonce_heures", "11.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | nature                | annonce_ofcs
                  | I-1    | 10.06.2026  | Cyberattaque          | À évaluer
        """,
    ),
    (
        "INC-008", "incident_ouvert_jours", "10.07.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | statut
                  | I-1    | 10.06.2026  | Ouvert
        """,
    ),
    (
        "INC-009", "incidents_repetes_mois", "10.06.2027", SE_TAIT_ENSUITE,
        """
        outils    | nom | statut
                  | GED | En service
        incidents | numero | constate_le | outil
                  | I-1    | 10.06.2026  | GED
                  | I-2    | 01.08.2026  | GED
                  | I-3    | 01.09.2026  | GED
        """,
    ),
    (
        "SIG-001", "signalement_nouveau_jours", "01.07.2026", SE_TAIT_LE_JOUR,
        """
        signalements | numero | date       | priorite | statut
                     | S-1    | 01.06.2026 | Haute    | Nouveau
        """,
    ),
    (
        "ECH-001", "echange_sans_suite_mois", "24.11.2026", SE_TAIT_LE_JOUR,
        """
        echanges | numero | date       | apport
                 | E-1    | 24.05.2026 | Solution mutualisée possible
        """,
    ),
    (
        "ECH-001", "echange_sans_suite_mois", "24.11.2026", SE_TAIT_LE_JOUR,
        """
        echanges | numero | date       | apport                       | suite
                 | E-1    | 24.05.2026 | Solution mutualisée possible | À proposer à l'exécutif
        """,
    ),
    (
        "CEL-022", "", "01.06.2026", PARLE_JUSQUE_LA,
        """
        outils | nom | en_service_depuis | statut
               | GED | 01.06.2026        | En service
        """,
    ),
    (
        "INC-010", "", "01.06.2026", PARLE_JUSQUE_LA,
        """
        incidents | numero | constate_le
                  | I-1    | 01.06.2026
        """,
    ),
]  # fmt: skip

ENTRE_DEUX_DATES = [
    (
        "INC-002", "seuil_information", "17.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | service_touche | executif_informe_le | statut
                  | I-1    | 10.06.2026  | Oui            | {jour}              | Ouvert
        """,
    ),
    (
        "INC-003", "annonce_heures", "11.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | referent_informe_le | statut
                  | I-1    | 10.06.2026  | {jour}              | Ouvert
        """,
    ),
    (
        "INC-007", "annonce_heures", "11.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | nature                | ofcs_le | statut
                  | I-1    | 10.06.2026  | Cyberattaque          | {jour}  | Ouvert
        """,
    ),
    (
        "INC-011", "", "10.06.2026", PARLE_JUSQUE_LA,
        """
        incidents | numero | constate_le | clos_le
                  | I-1    | 10.06.2026  | {jour}
        """,
    ),
    (
        "INC-014", "complement_jours", "24.06.2026", SE_TAIT_LE_JOUR,
        """
        incidents | numero | constate_le | ofcs_le    | ofcs_complete_le | statut
                  | I-1    | 10.06.2026  | 10.06.2026 | {jour}           | Ouvert
        """,
    ),
    (
        "DEC-013", "", "10.06.2026", PARLE_JUSQUE_LA,
        """
        decisions | numero | statut  | date       | mise_en_oeuvre_le
                  | D-1    | Validée | 10.06.2026 | {jour}
        """,
    ),
    (
        "CEL-023", "", "10.06.2026", PARLE_JUSQUE_LA,
        """
        outils | nom | statut | en_service_depuis | arrete_le
               | GED | Arrêté | 10.06.2026        | {jour}
        """,
    ),
]  # fmt: skip

_OUTIL = "\n       | Outil {rang} | En service | Indispensable | {chez}"
COMBIEN = [
    (
        "INC-009", "incidents_repetes", 3,
        "outils | nom | statut\n | GED | En service\nincidents | numero | constate_le | outil",
        "\n | I-{rang} | 01.0{rang}.2026 | GED", "",
    ),
    (
        "PRE-005", "concentration_minimum", 3,
        "prestataires | nom\n | Alpha\noutils | nom | statut | criticite | prestataire",
        _OUTIL, "Alpha",
    ),
    (
        "PRE-005", "seuil_concentration", 4,
        "prestataires | nom\n | Alpha\n | Bêta\noutils | nom | statut | criticite | prestataire"
        + "".join(_OUTIL.format(rang=rang, chez="Bêta") for rang in range(10, 14)),
        _OUTIL, "Alpha",
    ),
]  # fmt: skip


def _jours_autour(dit: str) -> list[date]:
    jour, mois, annee = map(int, dit.split("."))
    return [date(annee, mois, jour) + timedelta(days=ecart) for ecart in (-1, 0, 1)]


@pytest.mark.parametrize(("code", "seuil", "jour", "attendu", "texte"), A_LEUR_JOUR)
def test_un_jour_avant_le_jour_un_jour_apres(
    code: str, seuil: str, jour: str, attendu: tuple[int, ...], texte: str
) -> None:
    dits = [len(cellules(code, texte, au=au)) for au in _jours_autour(jour)]
    assert tuple(dits) == attendu


@pytest.mark.parametrize(("code", "seuil", "jour", "attendu", "texte"), ENTRE_DEUX_DATES)
def test_une_date_un_jour_plus_tot_ou_plus_tard(
    code: str, seuil: str, jour: str, attendu: tuple[int, ...], texte: str
) -> None:
    dits = [
        len(cellules(code, texte.format(jour=f"{le:%d.%m.%Y}"), au=AU))
        for le in _jours_autour(jour)
    ]
    assert tuple(dits) == attendu


@pytest.mark.parametrize(("code", "seuil", "combien", "debut", "une", "chez"), COMBIEN)
def test_un_de_moins_ne_dit_rien(
    code: str, seuil: str, combien: int, debut: str, une: str, chez: str
) -> None:
    def dits(nombre: int) -> int:
        lignes = "".join(une.format(rang=rang, chez=chez) for rang in range(1, nombre + 1))
        return len(cellules(code, debut + lignes, au=AU))

    accuses = 2 if seuil == "seuil_concentration" else 1
    assert [dits(combien - 1) > 0, dits(combien)] == [seuil == "seuil_concentration", accuses]


def test_chaque_seuil_a_son_bord() -> None:
    """Ceux du modèle et ceux de la commune ; la hausse de coût est d'une année à l'autre."""
    ailleurs = {"seuil_hausse_pourcent", "seuil_hausse_chf"}
    de_la_commune = {c.id for c in modele().fiche.colonnes if c.id.startswith("seuil_")}
    tenus = {cas[1] for cas in (*A_LEUR_JOUR, *ENTRE_DEUX_DATES, *COMBIEN)} - {""}
    assert tenus == {*Seuils.__struct_fields__, *de_la_commune} - ailleurs
