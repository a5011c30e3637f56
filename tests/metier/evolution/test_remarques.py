"""Ce qu'une comparaison dit d'abord : ordre, années, communes, n° OFS, feuilles absentes."""

from __future__ import annotations

from pilotage_xlsx.metier.evolution import comparer, ordonner
from pilotage_xlsx.metier.liens import Liens
from tests.metier.evolution.annees import classeur

GED = "outils | nom\n | GED\n"


def _remarques(avant: Liens, apres: Liens) -> str:
    return " ".join(comparer(avant, apres).remarques)


def test_deux_annees_qui_se_suivent_n_appellent_aucune_remarque() -> None:
    assert _remarques(classeur(GED, 2025), classeur(GED, 2026)) == ""


def test_l_ordre_inverse_se_redresse() -> None:
    ancien, recent = classeur(GED, 2025), classeur(GED, 2026)
    assert ordonner(recent, ancien) == (ancien, recent)
    assert ordonner(ancien, recent) == (ancien, recent)


def test_la_meme_annee_garde_l_ordre_donne() -> None:
    un, autre = classeur(GED, 2026), classeur(GED, 2026, nom="valmarin ")
    assert ordonner(un, autre) == (un, autre)
    assert "sont de 2026" in _remarques(un, autre)


def test_une_annee_absente_se_dit() -> None:
    assert "L'année du rapport manque" in _remarques(classeur(GED, ""), classeur(GED, 2026))


def test_plusieurs_annees_d_ecart_se_disent() -> None:
    assert "3 ans" in _remarques(classeur(GED, 2023), classeur(GED, 2026))


def test_le_meme_classeur_deux_fois_se_dit() -> None:
    un = classeur(GED, 2026)
    assert "donné deux fois" in _remarques(un, un)


def test_deux_communes_differentes_se_disent() -> None:
    autre = classeur(GED, 2026, nom="Montval", ofs=9998)
    assert "communes différentes : Valmarin et Montval" in _remarques(classeur(GED, 2025), autre)


def test_une_commune_renommee_se_reconnait_a_son_numero() -> None:
    autre = classeur(GED, 2026, nom="Val-Marin-le-Haut")
    assert "a changé de nom" in _remarques(classeur(GED, 2025), autre)


def test_un_numero_change_fait_penser_a_une_fusion() -> None:
    autre = classeur(GED, 2026, ofs=9998)
    assert "9999, puis 9998" in _remarques(classeur(GED, 2025), autre)


def test_un_nom_reecrit_est_le_meme() -> None:
    assert _remarques(classeur(GED, 2025), classeur(GED, 2026, nom="VALMARIN")) == ""


def test_une_feuille_absente_ou_vide_se_dit_et_ne_fait_rien_disparaitre() -> None:
    sans = comparer(classeur(GED, 2025), classeur("", 2026, sans=("outils",)))
    vide = comparer(classeur("", 2025), classeur(GED, 2026))
    assert "pas de feuille « Outils »" in " ".join(sans.remarques)
    assert "aucun outil inscrit" in " ".join(vide.remarques)
    assert sans.changements == vide.changements == ()
