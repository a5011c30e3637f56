"""Un classeur par commune : le plus récent ; les autres sont dits, avec leur raison."""

from __future__ import annotations

from pilotage_xlsx.consolidation.mutualisation import retenir
from tests.mutualisation.communes import commune

GED = "outils | nom\n | GED\n"


def _retenues(*participantes: object) -> list[str]:
    return [une.fichier for une in retenir(participantes)[0]]  # type: ignore[arg-type]


def test_le_plus_recent_de_chaque_commune() -> None:
    annees = [commune("Valmarin", GED, annee=annee) for annee in (2025, 2026, 2024)]
    retenues, ecartees = retenir(annees)
    assert [une.annee for une in retenues] == [2026]
    assert {e.raison for e in ecartees} == {
        "Un classeur plus récent est retenu : valmarin-2026.xlsx."
    }


def test_deux_communes_de_meme_nom_dans_deux_cantons_restent_deux() -> None:
    assert len(_retenues(commune("Roc", GED), commune("Roc", GED, canton="FR"))) == 2


def test_une_commune_renommee_se_reconnait_a_son_numero() -> None:
    ancienne = commune("Valmarin", GED, annee=2025, ofs=9999)
    nouvelle = commune("Val-Uni", GED, annee=2026, ofs=9999)
    retenues, ecartees = retenir([ancienne, nouvelle])
    assert [une.nom for une in retenues] == ["Val-Uni"]
    assert ecartees[0].raison.startswith("Même n° OFS que Val-Uni.")


def test_un_numero_double_la_meme_annee_n_ecarte_personne() -> None:
    assert len(_retenues(commune("Roc", GED, ofs=9999), commune("Pré", GED, ofs=9999))) == 2


def test_des_classeurs_sans_nom_ne_se_confondent_pas() -> None:
    assert len(_retenues(commune("", GED), commune("", GED))) == 2


def test_un_classeur_vierge_est_ecarte() -> None:
    retenues, ecartees = retenir([commune("Valmarin", "")])
    assert (retenues, len(ecartees)) == ((), 1)
