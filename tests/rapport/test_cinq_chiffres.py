"""Les cinq chiffres, contre des comptes faits à la main."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    COUT_ANNUEL,
    INDISPENSABLES,
    RESTAURATION,
)
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import Rapport, calculer, composer
from pilotage_xlsx.rapport.document import Tableau
from tests.rapport.communes import VALMARIN, rapporter
from tests.tableaux import AU, modele, registre


def _valeurs(texte: str) -> list[tuple[float, int | None]]:
    mesures = rapporter(texte).mesures
    return [(mesures[chiffre].valeur, mesures[chiffre].sur) for chiffre in CINQ]


def test_les_cinq_chiffres_de_valmarin() -> None:
    assert _valeurs(VALMARIN) == [(3, None), (1, 3), (2, 3), (23600.50, 5), (3, None)]


def test_une_commune_vide_compte_zero() -> None:
    assert {valeur for valeur, _ in _valeurs("")} == {0}


def test_chaque_chiffre_garde_ses_lignes() -> None:
    mesures = rapporter(VALMARIN).mesures
    assert [ligne["nom"] for ligne in mesures[RESTAURATION].lignes] == ["Habitants"]
    assert [ligne.numero for ligne in mesures[COUT_ANNUEL].lignes] == [6, 7, 9]


def test_l_an_passe_reste_inconnu_sans_son_classeur() -> None:
    assert rapporter(VALMARIN).anciennes is None


def test_l_an_passe_vient_de_son_classeur() -> None:
    ancien = "outils | nom | criticite\n | GED | Indispensable"
    anciennes = rapporter(VALMARIN, precedent=ancien).anciennes
    assert anciennes is not None
    assert anciennes[INDISPENSABLES].valeur == 1


def test_un_cout_illisible_ne_compte_pas_comme_connu() -> None:
    texte = "outils | nom | cout_annuel\n | GED | env. 500\n | Site | 100"
    cout = rapporter(texte).mesures[COUT_ANNUEL]
    assert (cout.valeur, cout.compte, cout.sur) == (100, 1, 2)


def test_sans_objet_ne_compte_ni_pour_ni_contre() -> None:
    mesures = rapporter(
        """
        outils | nom | criticite     | sauvegarde           | acces_administrateur
               | Un  | Indispensable | Restauration testée  | Sans objet
               | Deux | Indispensable | Sans objet          | Commune
               | Trois | Indispensable | Aucune             | Commune
        """
    ).mesures
    assert [(mesures[c].valeur, mesures[c].sur) for c in (RESTAURATION, ACCES)] == [(1, 2), (2, 2)]


def test_les_sans_objet_se_disent() -> None:
    cartes = composer(
        rapporter("outils | nom | criticite | sauvegarde\n | Un | Indispensable | Sans objet")
    ).premiere.cartes
    assert (cartes[1].valeur, cartes[1].phrase) == (
        "sans objet",
        "aucun outil concerné, 1 sans objet",
    )


def _de(annee: int, *couts: str) -> str:
    outils = "".join(
        f" | Outil {n} | Indispensable | {cout}\n" for n, cout in enumerate(couts) if cout != "-"
    )
    return f"commune | annee\n | {annee}\noutils | nom | criticite | cout_annuel\n{outils}"


def _suivre(*communes: str) -> Rapport:
    """Le rapport de la première, d'après toutes celles d'avant."""
    actuelle, *anciennes = map(registre, communes)
    return calculer(actuelle, modele(), annee=2026, au=AU, constats=Resume(), precedents=anciennes)


def test_l_an_passe_a_sa_propre_base_et_les_couts_se_comparent_sur_les_memes_outils() -> None:
    """L'outil 0 renchérit de 200 ; le 1 n'avait pas de coût ; le 2 n'est plus là."""
    rapport = _suivre(_de(2026, "1200", "500.50"), _de(2025, "1000", "", "9000"))
    cartes = composer(rapport).premiere.cartes
    assert cartes[0].avant == "2025 : 3 sur 3 outils"
    cout = cartes[3]
    assert (cout.valeur, cout.avant) == ("1'700.50", "2025 : 10'000.00, pour 2 sur 3")
    assert cout.phrase == "connu pour 2 outils sur 2, + 200 sur 1 comparable"


def test_trois_annees_se_lisent_cote_a_cote() -> None:
    trois = (_de(2026, "1", "2"), _de(2025, "1"), _de(2024, "3"))
    section = next(s for s in composer(_suivre(*trois)).annexe if s.cle == "annees")
    (tableau,) = section.blocs
    assert isinstance(tableau, Tableau)
    assert [colonne.titre for colonne in tableau.colonnes] == ["Chiffre", "2024", "2025", "2026"]
    assert tableau.lignes[0][1:] == ("1 sur 1", "1 sur 1", "2 sur 2")
    assert "annees" not in {s.cle for s in composer(_suivre(*trois[:2])).annexe}
