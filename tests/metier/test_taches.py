"""Ce qui est à faire et quand : la veille, le jour et le lendemain. Le jour est le 24.11.2026."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage_xlsx.metier.taches import ECHEANCES, Tache, Travail, a_faire, est_en_retard
from tests.metier.tables import lier, noms
from tests.tableaux import AU

_Dite = tuple[str, str, date]


def _taches(texte: str) -> list[_Dite]:
    return [(noms([t.ligne])[0], t.travail.name, t.jour) for t in a_faire(lier(texte))]


def _du_contrat(echeance: str, delai: str, renouvellement: str) -> list[tuple[str, date]]:
    table = "outils | nom | echeance | delai_resiliation | renouvellement"
    dites = _taches(f"{table}\n | GED | {echeance} | {delai} | {renouvellement}")
    return [(travail, jour) for _, travail, jour in dites]


@pytest.mark.parametrize(
    ("echeance", "delai", "travail", "jour"),
    [
        ("23.11.2026", "1", "ECHU", date(2026, 11, 23)),
        ("23.11.2026", "", "ECHU", date(2026, 11, 23)),
        ("24.11.2026", "1", "RESILIATION_PASSEE", date(2026, 10, 24)),
        ("23.12.2026", "1", "RESILIATION_PASSEE", date(2026, 11, 23)),
        ("24.12.2026", "1", "RESILIATION", date(2026, 11, 24)),
        ("25.12.2026", "1", "RESILIATION", date(2026, 11, 25)),
        ("23.05.2027", "1", "RESILIATION", date(2027, 4, 23)),
        ("24.05.2027", "1", None, None),
        ("24.11.2026", "", "FIN", date(2026, 11, 24)),
        ("23.04.2027", "", "FIN", date(2027, 4, 23)),
        ("24.04.2027", "", None, None),
    ],
)
def test_ce_que_demande_un_contrat_tacite(
    echeance: str, delai: str, travail: str | None, jour: date | None
) -> None:
    attendu = [] if travail is None else [(travail, jour)]
    assert _du_contrat(echeance, delai, "Tacite") == attendu


@pytest.mark.parametrize(
    ("echeance", "travail"),
    [
        ("23.11.2026", "ECHU"),
        ("24.11.2026", "RENOUVELLEMENT"),
        ("23.04.2027", "RENOUVELLEMENT"),
        ("24.04.2027", None),
    ],
)
def test_un_contrat_sur_decision_expresse_se_renouvelle_a_son_terme(
    echeance: str, travail: str | None
) -> None:
    dits = [dit for dit, _ in _du_contrat(echeance, "3", "Sur décision expresse")]
    assert dits == ([] if travail is None else [travail])


@pytest.mark.parametrize(
    ("a_revoir_le", "est_la"),
    [
        ("23.11.2026", True),
        ("24.11.2026", True),
        ("23.04.2027", True),
        ("24.04.2027", False),
        ("", False),
    ],
)
def test_une_decision_se_revoit_des_que_son_jour_est_proche(a_revoir_le: str, est_la: bool) -> None:
    dites = _taches(f"decisions | numero | statut | a_revoir_le\n | D-1 | Validée | {a_revoir_le}")
    assert [travail for _, travail, _ in dites] == (["REVISION"] if est_la else [])


def test_une_attente_dit_depuis_quand_ou_aujourd_hui() -> None:
    dites = _taches(
        """
        decisions | numero | statut   | date
                  | D-1    | Proposée | 01.03.2026
                  | D-2    | Proposée |
                  | D-3    | Validée  | 01.03.2026
        incidents | numero | statut   | constate_le
                  | I-1    | Ouvert   | 01.02.2026 08:10
                  | I-2    | En cours |
                  | I-3    | Clos     | 01.02.2026
        """
    )
    assert dites == [
        ("I-1", "INCIDENT", date(2026, 2, 1)),
        ("D-1", "PROPOSITION", date(2026, 3, 1)),
        ("D-2", "PROPOSITION", AU),
        ("I-2", "INCIDENT", AU),
    ]


def test_le_meme_jour_les_contrats_d_abord_dans_l_ordre_de_leur_feuille() -> None:
    dites = _taches(
        """
        incidents | numero | statut | constate_le
                  | I-1    | Ouvert | 24.11.2026
        decisions | numero | statut   | date       | a_revoir_le
                  | D-1    | Proposée | 24.11.2026 |
                  | D-2    | Validée  | 01.01.2020 | 24.11.2026
        outils    | nom | echeance   | renouvellement | delai_resiliation | statut
                  | GED | 24.11.2026 | Tacite         | 0                 | Arrêté
                  | Eau | 24.11.2026 | Tacite         | 0                 |
                  | Gaz | 23.11.2026 | Tacite         | 0                 |
        """
    )
    assert [nom for nom, _, _ in dites] == ["Gaz", "GED", "Eau", "D-2", "D-1", "I-1"]


@pytest.mark.parametrize(
    ("jour", "en_retard"),
    [(date(2026, 11, 23), True), (AU, False), (date(2026, 11, 25), False)],
)
def test_un_terme_passe_est_en_retard_une_attente_jamais(jour: date, en_retard: bool) -> None:
    commune = lier().registre.commune
    retards = {t for t in Travail if est_en_retard(Tache(t, commune, jour), AU)}
    assert retards == (set(ECHEANCES) if en_retard else set())
    assert not {Travail.PROPOSITION, Travail.INCIDENT} & set(ECHEANCES)
