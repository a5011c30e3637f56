"""Les pages des règles se lisent sans connaître les codes : chacune redit ce que dit la règle."""

from __future__ import annotations

from outils.documentation.regles import pages_des_regles
from pilotage_xlsx.verification import fiches


def test_le_titre_d_une_page_est_le_constat_avec_ses_accents() -> None:
    page = pages_des_regles()["regles/CEL-020.md"]
    assert "# CEL-020 : la ligne … est une copie de l'en-tête\n" in page
    assert "en tete" not in page


def test_chaque_fausse_alerte_se_lit_avec_ce_que_dit_la_regle() -> None:
    table = pages_des_regles()["fausses-alertes.md"].splitlines()
    rangees = [ligne for ligne in table if ligne.startswith("| [")]
    assert len(rangees) == len(list(fiches()))
    assert all(ligne.count(" | ") >= 3 for ligne in rangees)
