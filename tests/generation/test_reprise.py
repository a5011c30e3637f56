"""Du classeur d'une année à celui de la suivante : rien ne se perd, le clos reste derrière."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pilotage_xlsx.generation.reprise import Reprise, reprendre
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.registre import Registre
from tests.commandes.ligne import DONNEES
from tests.tableaux import modele, registre


def _reprendre(texte: str, annee: int = 2027) -> Reprise:
    return reprendre(registre(texte), modele(), {"annee": annee})


def _cles(reprise: Reprise, nom: str) -> list[str | None]:
    cle = modele().par_id[nom].cle or ""
    return [ligne.texte(cle) for ligne in reprise.registre.lignes(nom)]


def test_le_clos_reste_derriere_et_se_compte() -> None:
    reprise = _reprendre(
        """
        outils | nom    | statut
               | GED    | En service
               | Fax    | Arrêté
               | Agenda |
        """
    )
    assert _cles(reprise, "outils") == ["GED", "Agenda"]
    compte = reprise.comptes["outils"]
    assert (compte.reprises, compte.citees, compte.laissees, compte.totaux) == (2, 0, 1, 0)


def test_ce_qui_est_encore_a_confirmer_suit() -> None:
    reprise = _reprendre("outils | nom | statut\n | GED | À confirmer\n | Fax | Arrêté")
    assert _cles(reprise, "outils") == ["GED"]
    assert reprise.comptes["outils"].citees == 0


def test_une_ligne_close_mais_citee_suit_de_proche_en_proche() -> None:
    reprise = _reprendre(
        """
        decisions    | numero     | statut    | outil | remplace
                     | D-2026-002 | Validée   | GED   | D-2025-001
                     | D-2025-001 | Remplacée | Fax   |
                     | D-2024-009 | Refusée   | GED   |
        outils       | nom | statut | prestataire
                     | GED |        | Géré à l'interne
                     | Fax | Arrêté | Vieux SA
        prestataires | nom      | statut
                     | Vieux SA | Terminé
        """
    )
    assert _cles(reprise, "decisions") == ["D-2026-002", "D-2025-001"]
    assert _cles(reprise, "outils") == ["GED", "Fax"]
    assert _cles(reprise, "prestataires") == ["Vieux SA"]
    assert reprise.comptes["decisions"].citees == 1


def test_l_employeur_du_referent_suit() -> None:
    reprise = _reprendre(
        """
        commune      | referent_employeur
                     | Vieux SA
        prestataires | nom      | statut
                     | Vieux SA | Terminé
        """
    )
    assert _cles(reprise, "prestataires") == ["Vieux SA"]


def test_un_incident_clos_de_la_nouvelle_annee_suit() -> None:
    reprise = _reprendre(
        """
        incidents | numero     | constate_le | statut
                  | I-2026-001 | 03.02.2026  | Clos
                  | I-2026-002 | 04.02.2026  | Ouvert
                  | I-2027-001 | 04.01.2027  | Clos
        """
    )
    assert _cles(reprise, "incidents") == ["I-2026-002", "I-2027-001"]


def test_un_numero_de_la_nouvelle_annee_ne_ressert_pas() -> None:
    reprise = _reprendre(
        """
        decisions | numero     | statut
                  | D-2027-001 | Abandonnée
                  | D-2026-001 | Abandonnée
        """
    )
    assert _cles(reprise, "decisions") == ["D-2027-001"]


def test_une_ligne_total_et_une_ligne_sans_nom() -> None:
    reprise = _reprendre(
        """
        outils | nom   | domaine | cout_annuel
               |       | Autre   | 200
               | Total |         | 200
        """
    )
    assert _cles(reprise, "outils") == [None]
    assert reprise.comptes["outils"].totaux == 1


def test_la_fiche_suit_sauf_l_annee() -> None:
    reprise = _reprendre(
        """
        commune | commune  | annee | seuil_preparation | Syndic
                | Valmarin | 2026  | 45                | Paul Favre
        """
    )
    fiche = reprise.registre.commune
    assert (fiche["commune"], fiche["seuil_preparation"]) == ("Valmarin", 45)
    assert (fiche["annee"], fiche.propres) == (2027, {"Syndic": "Paul Favre"})


def test_les_colonnes_de_la_commune_suivent_meme_vides_ou_en_double() -> None:
    reprise = _reprendre(
        """
        outils | nom | Étage | Domaine | Vide
               | GED | 2e    | cave    |
        """
    )
    lue = reprise.registre.feuilles["outils"]
    assert list(lue.propres) == ["Étage", "Domaine (2)", "Vide"]
    assert lue.lignes[0].propres == {"Étage": "2e", "Domaine (2)": "cave"}


@pytest.mark.parametrize("nom", sorted(fichier.stem for fichier in DONNEES.glob("*.json")))
def test_aucune_reference_ne_devient_introuvable(nom: str) -> None:
    document = json.loads((DONNEES / f"{nom}.json").read_text("utf-8"))
    ancien, _ = lire_donnees(document, modele(), Path("a.xlsx"))
    reprise = reprendre(ancien, modele(), {"annee": (ancien.annee or 0) + 1})
    assert _introuvables(reprise.registre) <= _introuvables(ancien)
    for registre_, compte in reprise.comptes.items():
        total = compte.reprises + compte.laissees + compte.totaux
        assert total == len(ancien.lignes(registre_))


def _introuvables(lu: Registre) -> set[str]:
    etat = Etat(modele(), lu)
    return {
        nom
        for feuille in modele().feuilles
        for ligne in lu.lignes(feuille.id)
        for colonne in feuille.colonnes
        for nom in etat.introuvables(colonne, ligne)
    }
