"""Les incidents de l'année, leurs délais, et ce que l'exécutif doit savoir."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pilotage_xlsx.rapport.document import PremierePage
from pilotage_xlsx.rapport.incidents import mesurer
from pilotage_xlsx.rapport.mots import dire
from pilotage_xlsx.rapport.sections import composer
from pilotage_xlsx.socle.dates import Jour
from tests.rapport.communes import VALMARIN, rapporter

MATIN = datetime(2026, 3, 12, 8, 10)
JOUR = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("debut", "fin", "phrase"),
    [
        (MATIN, datetime(2026, 3, 12, 8, 30), "20 min"),
        (MATIN, datetime(2026, 3, 12, 11, 40), "3 h 30"),
        (MATIN, datetime(2026, 3, 13, 8, 10), "24 h"),
        (MATIN, datetime(2026, 3, 16, 9, 10), "4 jours"),
        (MATIN, JOUR, "le jour même"),
        (JOUR, date(2026, 3, 13), "1 jour"),
        (JOUR, None, "non inscrit"),
        (None, JOUR, "non inscrit"),
        (JOUR, date(2026, 3, 1), "dates à vérifier"),
        (MATIN, datetime(2026, 3, 12, 7, 0), "dates à vérifier"),
    ],
)
def test_un_delai_se_dit_a_l_heure_seulement_si_les_deux_sont_connues(
    debut: Jour | None, fin: Jour | None, phrase: str
) -> None:
    assert dire(mesurer(debut, fin)) == phrase


def test_seule_l_annee_compte() -> None:
    numeros = [incident.ligne["numero"] for incident in rapporter(VALMARIN).incidents]
    assert numeros == ["I-2026-001", "I-2026-002"]


@pytest.mark.parametrize(
    ("annee", "statut", "phrase"),
    [
        (2025, "Ouvert", "D'années passées, encore ouverts : 1 (I-1)."),
        (2025, "En cours", "D'années passées, encore ouverts : 1 (I-1)."),
        (2025, "Clos", "Aucun incident inscrit en 2026."),
        (2027, "Ouvert", "Aucun incident inscrit en 2026."),
    ],
)
def test_un_incident_d_une_annee_passee_encore_ouvert_se_dit(
    annee: int, statut: str, phrase: str
) -> None:
    rapport = rapporter(
        f"incidents | numero | constate_le | statut\n | I-1 | 12.03.{annee} | {statut}"
    )
    assert rapport.incidents == ()
    section = next(s for s in composer(rapport).annexe if s.cle == "incidents")
    assert section.phrases[-1] == phrase


def test_a_savoir_ce_qui_a_touche_un_service_ou_des_donnees() -> None:
    savoir = rapporter(VALMARIN).a_savoir
    assert [incident.ligne["numero"] for incident in savoir] == ["I-2026-001"]


def test_les_donnees_touchees_passent_avant_les_pannes_recentes() -> None:
    savoir = rapporter(
        "incidents | numero | constate_le | service_touche | donnees_touchees\n"
        "          | I-1 | 12.02.2026 | Non | Oui\n"
        "          | I-2 | 12.11.2026 | Oui | Non"
    ).a_savoir
    assert [incident.ligne["numero"] for incident in savoir] == ["I-1", "I-2"]


def test_un_incident_sans_date_lisible_se_dit_en_premiere_page() -> None:
    rapport = rapporter(
        """
        commune   | commune  | annee
                  | Valmarin | 2026
        incidents | numero     | constate_le | nature
                  | I-2026-001 | hier        | Panne
        """
    )
    assert rapport.incidents_sans_date == 1
    assert "1 incident" in (composer(rapport).premiere.alerte or "")


@pytest.mark.parametrize(
    ("statut", "fin"),
    [("Ouvert", " (pas clos)"), ("En cours", " (pas clos)"), ("Clos", ""), ("", "")],
)
def test_un_incident_sans_description_ni_statut_n_en_invente_pas(statut: str, fin: str) -> None:
    page = composer(
        rapporter(
            "incidents | numero | constate_le | nature | outil | service_touche | statut\n"
            f" | I-1 | 12.03.2026 | Panne | Autre / plusieurs | Oui | {statut}"
        )
    ).premiere
    assert isinstance(page, PremierePage)
    assert [nouvelle.fait for nouvelle in page.nouvelles] == [f"Autre / plusieurs{fin}"]


def test_des_heures_que_personne_n_a_inscrites_ne_font_pas_zero() -> None:
    rapport = rapporter("incidents | numero | constate_le\n | I-1 | 12.03.2026")
    section = next(s for s in composer(rapport).annexe if s.cle == "incidents")
    assert "Heures d'interruption : aucune inscrite." in section.phrases
