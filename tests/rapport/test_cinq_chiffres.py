"""Les cinq chiffres, contre des comptes faits à la main."""

from __future__ import annotations

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.chiffres import Mesure
from tests.rapport.communes import VALMARIN, rapporter


def _valeurs(texte: str) -> dict[Mesure, tuple[float, int | None]]:
    return {c.mesure: (c.compte.valeur, c.compte.sur) for c in rapporter(texte).cinq}


def test_les_cinq_chiffres_de_valmarin() -> None:
    assert _valeurs(VALMARIN) == {
        Mesure.INDISPENSABLES: (3, None),
        Mesure.RESTAURATION: (1, 3),
        Mesure.ACCES: (2, 3),
        Mesure.COUT: (23600.50, 5),
        Mesure.A_CLARIFIER: (3, None),
    }


def test_une_commune_vide_compte_zero() -> None:
    assert {valeur for valeur, _ in _valeurs("").values()} == {0}


def test_chaque_chiffre_garde_ses_lignes() -> None:
    cinq = {chiffre.mesure: chiffre.compte.lignes for chiffre in rapporter(VALMARIN).cinq}
    assert [ligne["nom"] for ligne in cinq[Mesure.RESTAURATION]] == ["Habitants"]
    assert [ligne.numero for ligne in cinq[Mesure.COUT]] == [6, 7, 9]


def test_l_an_passe_reste_inconnu_sans_son_classeur() -> None:
    assert all(chiffre.precedent is None for chiffre in rapporter(VALMARIN).cinq)


def test_l_an_passe_vient_de_son_classeur() -> None:
    ancien = "outils | nom | criticite\n | GED | Indispensable"
    premier = rapporter(VALMARIN, precedent=ancien).cinq[0]
    assert premier.precedent is not None
    assert premier.precedent.valeur == 1


def test_un_cout_illisible_ne_compte_pas_comme_connu() -> None:
    cout = rapporter("outils | nom | cout_annuel\n | GED | env. 500\n | Site | 100").cinq[3].compte
    assert (cout.valeur, len(cout.lignes), cout.sur) == (100, 1, 2)


def test_sans_objet_ne_compte_ni_pour_ni_contre() -> None:
    comptes = _valeurs(
        """
        outils | nom | criticite     | sauvegarde           | acces_administrateur
               | Un  | Indispensable | Restauration testée  | Sans objet
               | Deux | Indispensable | Sans objet          | Commune
               | Trois | Indispensable | Aucune             | Commune
        """
    )
    assert comptes[Mesure.RESTAURATION] == (1, 2)
    assert comptes[Mesure.ACCES] == (2, 2)


def test_les_sans_objet_se_disent() -> None:
    cartes = composer(
        rapporter("outils | nom | criticite | sauvegarde\n | Un | Indispensable | Sans objet")
    ).premiere.cartes
    assert (cartes[1].valeur, cartes[1].phrase) == (
        "sans objet",
        "aucun outil concerné, 1 sans objet",
    )
