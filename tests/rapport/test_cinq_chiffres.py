"""Les cinq chiffres, contre des comptes faits à la main."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    COUT_ANNUEL,
    INDISPENSABLES,
    RESTAURATION,
)
from pilotage_xlsx.rapport import composer
from tests.rapport.communes import VALMARIN, rapporter


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
