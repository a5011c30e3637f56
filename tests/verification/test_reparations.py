"""Les réparations sans doute : saisie → ce qu'on écrit à la place, ou rien.

Un cas par ligne : colonne | saisie | réparation (« – » : aucune). « ␣ » est une espace en bord.
"""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from pilotage_xlsx.registre import Cellule, FeuilleLue, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.verification import verifier
from pilotage_xlsx.verification.reparations import Reparation, chercher_les_reparations
from tests.commandes.ligne import DONNEES
from tests.tableaux import AU, lire_cellule, modele, registre

_INSCRITS = """
    outils       | nom
                 | Comptabilité
    prestataires | nom
                 | Beta Sàrl
    incidents    | numero
                 | I-2026-001
"""
CAS = """
    outils.criticite              | indispensable              | Indispensable
    outils.criticite              | ␣Important␣                | Important
    outils.criticite              | a clarifier                | À clarifier
    outils.criticite              | Importnat                  | –
    outils.criticite              | Vitale                     | –
    outils.criticite              | Indispensable              | –
    outils.sauvegarde             | restauration testee        | Restauration testée
    outils.sauvegarde             | Par le prestataire sans preuve | Par le prestataire, sans preuve
    outils.domaine                | comptabilite et finances   | Comptabilité et finances
    outils.prestataire            | beta sàrl                  | Beta Sàrl
    outils.prestataire            | Beta Sarl                  | Beta Sàrl
    outils.prestataire            | Beta Srl                   | –
    outils.prestataire            | geré a l'interne           | Géré à l'interne
    outils.en_service_depuis      | 12/03/2026                 | 12.03.2026
    outils.en_service_depuis      | 12.3.26                    | 12.03.2026
    outils.en_service_depuis      | 12 mars 2026               | 12.03.2026
    outils.en_service_depuis      | 2026-03-12                 | 12.03.2026
    outils.en_service_depuis      | mars 2026                  | –
    outils.en_service_depuis      | 31.02.2026                 | –
    outils.en_service_depuis      | env. 2019                  | –
    outils.cout_annuel            | 1’234,50                   | 1'234.50
    outils.cout_annuel            | 1 234.-                    | 1'234
    outils.cout_annuel            | CHF 1200                   | 1'200
    outils.cout_annuel            | 1.234                      | –
    outils.cout_annuel            | env. 500                   | –
    outils.cout_annuel            | ?                          | –
    outils.delai_resiliation      | 3␣mois                     | 3
    outils.delai_resiliation      | 1 an                       | 12
    outils.delai_resiliation      | 90 jours                   | –
    outils.delai_resiliation      | env. 3 mois                | –
    incidents.interruption_heures | 1h30                       | 1.50
    incidents.interruption_heures | 20 min                     | –
    commune.habitants             | 1 250 habitants            | 1250
    commune.seuil_relecture       | 1 an                       | –
    commune.seuil_alerte_contrat  | 8 semaines                 | 56
    commune.seuil_concentration   | 50 %                       | 50
    outils.remarques              | ␣Voir le contrat␣          | Voir le contrat
    outils.remarques              | deux  espaces              | –
    prestataires.ide              | che 123 456 788            | CHE-123.456.788
    prestataires.ide              | CHE123456788TVA            | CHE-123.456.788 TVA
    prestataires.ide              | CHE–123.456.788            | CHE-123.456.788
    prestataires.ide              | CHE-123.456.789            | –
    prestataires.ide              | 123.456.788                | –
    prestataires.telephone_urgence        | 0215550101                 | 021 555 01 01
    prestataires.telephone_urgence        | 021/555.01.01              | 021 555 01 01
    prestataires.telephone_urgence        | +41 (0)21 555 01 01        | +41 21 555 01 01
    prestataires.telephone_urgence        | 0041215550101              | +41 21 555 01 01
    prestataires.telephone_urgence        | 0800555101                 | 0800 555 101
    prestataires.telephone_urgence        | 555 01 01                  | –
    prestataires.telephone_urgence        | 117                        | –
    prestataires.telephone_urgence        | +33 1 55 55 55 55          | –
    prestataires.telephone_urgence        | 021 555 01 01 (piquet)     | –
    prestataires.telephone_urgence        | 0215550101 / 0795550101    | –
    prestataires.telephone_urgence        | aucun                      | Aucun
    decisions.suite_de            | i-2026-001                 | I-2026-001
    commune.canton                | vd                         | VD
    commune.designe_le            | 12/03/2026                 | 12.03.2026
"""


def _cas() -> list[tuple[str, str, str, str]]:
    lignes = [ligne.split("|") for ligne in CAS.strip().splitlines()]
    return [
        (*place.strip().split("."), saisie.strip().replace("␣", " "), voulu.strip())  # type: ignore[misc]
        for place, saisie, voulu in lignes
    ]


def _saisir(feuille: str, colonne: str, saisie: str) -> Registre:
    """Les noms inscrits, et une ligne de plus où cette cellule porte ce texte."""
    base = registre(_INSCRITS)
    lue = base.feuilles[feuille]
    cellule = Cellule(NatureDeCellule.TEXTE, saisie)
    valeur = lire_cellule(modele().par_id[feuille], colonne, cellule)
    valeurs = {} if valeur is None else {colonne: valeur}
    numero = max((ligne.numero for ligne in lue.lignes), default=5) + 1
    ligne = Ligne(lue.lieu, numero, valeurs, {colonne: cellule} if valeurs else {})
    lignes = (ligne,) if feuille == "commune" else (*lue.lignes, ligne)
    feuilles = {**base.feuilles, feuille: FeuilleLue(lue.lieu, lignes)}
    return Registre(base.fichier, feuilles)


def _reparer(feuille: str, colonne: str, saisie: str) -> tuple[Reparation, ...]:
    return chercher_les_reparations(_saisir(feuille, colonne, saisie), modele())


@pytest.mark.parametrize(("feuille", "colonne", "saisie", "voulu"), _cas())
def test_saisie_et_reparation(feuille: str, colonne: str, saisie: str, voulu: str) -> None:
    assert modele().par_id[feuille].par_id[colonne]
    trouvees = [reparation.apres for reparation in _reparer(feuille, colonne, saisie)]
    assert trouvees == ([] if voulu == "–" else [voulu])


@pytest.mark.parametrize(("feuille", "colonne", "saisie", "voulu"), _cas())
def test_reparer_ce_qui_est_repare_ne_trouve_rien(
    feuille: str, colonne: str, saisie: str, voulu: str
) -> None:
    for reparation in _reparer(feuille, colonne, saisie):
        if isinstance(reparation.valeur, str):
            assert _reparer(feuille, colonne, reparation.valeur) == ()


def test_une_date_est_une_vraie_date_avec_son_heure_si_elle_est_ecrite() -> None:
    (sans,) = _reparer("incidents", "constate_le", "12/03/2026")
    (avec,) = _reparer("incidents", "constate_le", "12.03.2026 14h30")
    assert (sans.valeur, avec.valeur) == (date(2026, 3, 12), datetime(2026, 3, 12, 14, 30))


def test_un_montant_est_un_vrai_nombre() -> None:
    (reparation,) = _reparer("outils", "cout_annuel", "CHF 1’234,50")
    assert reparation.valeur == 1234.5


def test_deux_noms_sans_accents_pareils_ne_se_devinent_pas() -> None:
    cite = registre("""
    prestataires | nom       | prestation
                 | Béta SA   |
                 | Bêta SA   |
    outils       | nom | prestataire
                 | GED | Beta SA
    """)
    assert chercher_les_reparations(cite, modele()) == ()


def test_un_secret_est_masque_avant_et_apres() -> None:
    (reparation,) = _reparer("outils", "remarques", " AVS 756.9217.0769.85 ")
    assert "9217" not in reparation.avant + reparation.apres
    assert "9217" in str(reparation.valeur)


def test_une_formule_ou_une_erreur_ne_se_repare_pas() -> None:
    cite = registre("""
    outils | nom | criticite | cout_annuel
           | GED | #REF!     | =A1
    """)
    assert chercher_les_reparations(cite, modele()) == ()


def test_les_exemples_n_ont_rien_a_reparer() -> None:
    from pilotage_xlsx.lecture.donnees import lire_donnees

    for chemin in sorted(DONNEES.glob("*-2026.json")):
        lu, _ = lire_donnees(json.loads(chemin.read_text("utf-8")), modele(), chemin)
        assert [(r.libelle, r.avant) for r in chercher_les_reparations(lu, modele())] == []


def test_ce_qui_se_repare_se_lit_pareil() -> None:
    """Une réparation ne change jamais ce que le contrôle comprend, sauf un hors-liste retrouvé."""
    for feuille, colonne, saisie, voulu in _cas():
        lu = lire_cellule(modele().par_id[feuille], colonne, Cellule(NatureDeCellule.TEXTE, saisie))
        if voulu != "–" and isinstance(lu, date | float | int):
            assert afficher(lu) == voulu
    assert verifier(registre(_INSCRITS), modele(), AU)
