"""Une commune, une année, un classeur : lequel est retenu, et pourquoi."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pilotage_xlsx.consolidation.pieces import nommer
from pilotage_xlsx.lecture import lire
from tests.consolidation.classeurs import (
    ClasseurExamine,
    classeur,
    commune,
    joindre,
    octets,
    refuse,
    sorts,
)
from tests.tableaux import modele

GED, MAIL = "outils | nom\n | GED", "outils | nom\n | Mail"


def test_le_dernier_donne_est_retenu() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin") + GED, "a.xlsx"),
        classeur(commune("VALMARIN ") + MAIL, "b.xlsx"),
    )
    assert sorts(consolidation) == {"a.xlsx": "Écarté", "b.xlsx": "Retenu"}
    assert list(consolidation.tables["outils"]["nom"]) == ["Mail"]


def test_le_prefere_est_retenu() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin") + GED, "a.xlsx"),
        classeur(commune("Valmarin") + MAIL, "b.xlsx"),
        prefere=[Path("a.xlsx")],
    )
    assert sorts(consolidation) == {"a.xlsx": "Retenu", "b.xlsx": "Écarté"}
    assert "désigné" in consolidation.provenance["raison"][1]


def test_le_dernier_modifie_est_retenu_si_tous_le_disent() -> None:
    soir, matin = datetime(2026, 11, 2, 18, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)
    consolidation = joindre(
        classeur(commune("Valmarin") + GED, "a.xlsx", modifie=soir),
        classeur(commune("Valmarin") + MAIL, "b.xlsx", modifie=matin),
    )
    assert sorts(consolidation) == {"a.xlsx": "Retenu", "b.xlsx": "Écarté"}


def test_une_date_connue_d_un_seul_cote_ne_decide_pas() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin") + GED, "a.xlsx", modifie=datetime(2026, 1, 1, tzinfo=UTC)),
        classeur(commune("Valmarin") + MAIL, "b.xlsx"),
    )
    assert sorts(consolidation) == {"a.xlsx": "Écarté", "b.xlsx": "Retenu"}


def test_une_copie_identique_se_dit() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin") + GED, "a.xlsx"),
        classeur(commune("Valmarin") + GED, "b.xlsx"),
    )
    assert "identique" in consolidation.provenance["raison"][0]


def test_deux_annees_ne_sont_pas_un_doublon() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin", 2025), "a.xlsx"), classeur(commune("Valmarin", 2026), "b.xlsx")
    )
    assert set(sorts(consolidation).values()) == {"Retenu"}


def test_deux_communes_de_meme_nom_dans_deux_cantons_restent_deux() -> None:
    consolidation = joindre(
        classeur(commune("Corbeil", canton="VD"), "a.xlsx"),
        classeur(commune("Corbeil", canton="FR"), "b.xlsx"),
    )
    assert set(sorts(consolidation).values()) == {"Retenu"}


def test_des_classeurs_sans_nom_de_commune_ne_se_confondent_pas() -> None:
    consolidation = joindre(classeur(GED, "a.xlsx"), classeur(MAIL, "b.xlsx"))
    assert set(sorts(consolidation).values()) == {"Retenu"}


def test_une_seule_annee_peut_etre_demandee() -> None:
    consolidation = joindre(
        classeur(commune("Valmarin", 2025), "a.xlsx"),
        classeur(commune("Valmarin", 2026), "b.xlsx"),
        annee=2026,
    )
    assert sorts(consolidation) == {"a.xlsx": "Écarté", "b.xlsx": "Retenu"}
    assert consolidation.conflits.empty


def test_un_fichier_refuse_est_dit_avec_sa_raison() -> None:
    refus = refuse("abime.xlsx")
    consolidation = joindre(refus, classeur(commune("Valmarin")))
    assert sorts(consolidation)["abime.xlsx"] == "Refusé"
    assert consolidation.provenance["raison"][0] == str(refus.registre.refus)
    assert list(consolidation.constats["regle"]) == ["FIC-004"]


def test_une_consolidation_ne_se_reconsolide_pas(tmp_path: Path) -> None:
    fichier = tmp_path / "consolide.xlsx"
    premiere = joindre(classeur(commune("Valmarin") + GED))
    fichier.write_bytes(octets(premiere))
    relue = ClasseurExamine(lire(fichier, modele()), (), "0" * 64, 0)
    assert sorts(joindre(relue)) == {"consolide.xlsx": "Refusé"}


def test_un_nom_de_fichier_suffit_s_il_est_seul() -> None:
    assert nommer([Path("x/a.xlsx"), Path("y/b.xlsx")]) == ("a.xlsx", "b.xlsx")


def test_deux_fichiers_de_meme_nom_se_distinguent_par_leur_dossier() -> None:
    chemins = [Path("x/commun/a.xlsx"), Path("y/commun/a.xlsx")]
    assert nommer(chemins) == ("x/commun/a.xlsx", "y/commun/a.xlsx")


def test_un_fichier_donne_deux_fois_porte_un_seul_nom() -> None:
    assert nommer([Path("a.xlsx"), Path("a.xlsx")]) == ("a.xlsx", "a.xlsx")
