"""La passation : ce qui reste ouvert, où sont les accès, ce qu'on ne sait pas."""

from __future__ import annotations

import pytest

from pilotage_xlsx.rapport import fiches
from tests.rapport.fiches import bavarde, liens, pages
from tests.tableaux import AU

_COMMUNE = """
commune | commune | referent_nom | annee
        | Orvagne | Éloïse Guérin | 2026
prestataires | nom | dossier
        | Alpha SA | Armoire 2, mdp : Lac2026!
outils  | nom | criticite | prestataire | acces_administrateur | lieu_donnees | echeance | delai_resiliation | renouvellement | statut
        | Habitants | Indispensable | Alpha SA | Prestataire seul | À clarifier | 31.01.2027 | 1 | Tacite |
        | Vieux | Indispensable | Alpha SA | Commune | À clarifier | | | | Arrêté
decisions | numero | date | outil | decision | statut
        | D-2026-001 | 02.03.2026 | Agenda | Changer d'hébergeur | Proposée
        | D-2026-002 | 02.03.2026 | Habitants | Fermer le forum | Refusée
incidents | numero | constate_le | description | statut
        | I-2026-001 | 12.03.2026 | Écran noir | Ouvert
        | I-2026-002 | 13.03.2026 | Panne de courant | Clos
signalements | numero | date | description | statut
        | S-2026-001 | 12.03.2026 | Souris lente | Nouveau
"""  # noqa: E501 — un tableau se lit sur ses lignes


def _texte(commune: str = _COMMUNE) -> str:
    rendue = fiches.rendre(fiches.passation.composer(liens(commune)), "txt", AU)
    return " ".join(rendue.decode().split())


@pytest.mark.parametrize(
    "phrase",
    ["Éloïse Guérin", "Changer d'hébergeur", "Écran noir", "Souris lente", "Prestataire seul",
     "Armoire 2", "Dernier jour pour résilier", "Lieu des données"],
)  # fmt: skip
def test_ce_que_le_referent_laisse_y_est(phrase: str) -> None:
    assert phrase in _texte()


@pytest.mark.parametrize(
    "phrase", ["Fermer le forum", "Panne de courant", "Vieux", "Lac2026"], ids=str
)
def test_ce_qui_est_fini_et_ce_qui_est_secret_n_y_est_pas(phrase: str) -> None:
    assert phrase not in _texte()


def test_une_commune_vide_a_sa_fiche() -> None:
    texte = _texte("")
    assert "Aucune décision ouverte n'est inscrite." in texte
    assert "Aucun outil en service n'est inscrit." in texte


def test_une_commune_bavarde_tient_en_peu_de_pages() -> None:
    fiche = fiches.passation.composer(bavarde())
    assert pages(fiches.rendre(fiche, "pdf", AU)) <= 4
