"""L'effort d'un premier remplissage : ce qui se compte, et la borne qu'il tient."""

from __future__ import annotations

import pytest

from outils.effort import (
    COMMUNE_TYPE,
    GARDEES,
    MINUTES_AU_PLUS,
    MINUTES_AVEC_LE_KIT,
    Effort,
    estimer,
    estimer_avec_le_kit,
    total,
)
from pilotage_xlsx.modele.vocabulaire import Marque
from tests.tableaux import modele


def test_un_outil_indispensable_demande_plus_qu_un_accessoire() -> None:
    outils = estimer(modele())["outils"]
    toujours = sum(c.obligatoire_si is None for c in modele().par_id["outils"].essentielles)
    tous = len(modele().par_id["outils"].essentielles)
    assert outils.lignes == 25
    assert 25 * toujours < outils.textes + outils.choix < 25 * tous


def test_vingt_secondes_par_texte_et_huit_par_choix() -> None:
    assert Effort(1, 3, 0).minutes == 1
    assert Effort(1, 0, 15).minutes == 2
    assert Effort(1, 0, 0, 30).minutes == 1


def test_les_seuils_et_l_annee_sont_deja_ecrits() -> None:
    commune = estimer(modele())["commune"]
    assert commune.textes + commune.choix == len(modele().fiche.essentielles) - 1


@pytest.mark.parametrize("registre", COMMUNE_TYPE)
def test_la_commune_type_emploie_les_mots_du_modele(registre: str) -> None:
    for _, cles in COMMUNE_TYPE[registre]:
        for colonne, cle in cles.items():
            assert modele().libelles(Marque(registre, colonne, cle))


def test_un_premier_remplissage_tient_en_un_apres_midi() -> None:
    assert 0 < total(estimer(modele())).minutes <= MINUTES_AU_PLUS


def test_un_premier_remplissage_tient_en_une_heure_avec_le_kit() -> None:
    avec, sans = total(estimer_avec_le_kit(modele())), total(estimer(modele()))
    assert 0 < avec.minutes <= MINUTES_AVEC_LE_KIT
    assert avec.minutes < sans.minutes


def test_le_kit_ne_change_que_la_feuille_ou_il_propose() -> None:
    avec, sans = estimer_avec_le_kit(modele()), estimer(modele())
    assert [nom for nom in sans if avec[nom] != sans[nom]] == ["outils"]
    assert avec["outils"].lignes == sans["outils"].lignes


def test_le_kit_a_les_lignes_que_la_commune_type_en_garde() -> None:
    assert modele().kit is not None
    lignes = modele().kit.lignes  # type: ignore[union-attr]
    for gardees, cles in GARDEES:
        assert sum(cles.items() <= ligne.cellules.items() for ligne in lignes) >= gardees
    assert len({frozenset(ligne.cellules) for ligne in lignes}) == 1
