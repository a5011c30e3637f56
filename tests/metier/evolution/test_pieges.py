"""Deux années à pièges : ce qui a l'air d'un changement et n'en est pas, et l'inverse."""

from __future__ import annotations

from tests.metier.evolution.annees import codes, dits

OUTILS = (
    "outils | nom | domaine | prestataire | cout_annuel | statut | arrete_le | en_service_depuis\n"
)
CONTACTS = "prestataires | nom | telephone_urgence\n"
DECISIONS = "decisions | numero | date | outil | decision | statut | portee\n"
GED = "Gestion des documents et affaires"


def test_renomme_prestataire_reecrit_et_hausse_sous_un_seul_seuil() -> None:
    avant = f"{OUTILS} | GED communale | {GED} | Alpha Docs SA | 1600\n"
    apres = f"{OUTILS} | Gestion doc. communale | {GED} | ALPHA DOCS S.A. | 2000\n"
    assert dits(avant, apres) == [
        "renomme « GED communale » → « Gestion doc. communale » : même prestataire, même domaine, "
        "noms voisins"
    ]


def test_arrete_par_une_decision() -> None:
    avant = f"{OUTILS} | Compta | Comptabilité et finances | Beta SA\n"
    apres = (
        f"{OUTILS} | Compta | Comptabilité et finances | Beta SA | | Arrêté | 30.06.2026\n"
        f"{DECISIONS} | D-2026-001 | 02.05.2026 | Compta | L'arrêter | Validée | Courante\n"
    )
    assert dits(avant, apres) == ["disparu « Compta », arrêté le 30.06.2026"]
    assert codes(avant, apres) == []


def test_remplace_le_meme_jour_chez_le_meme_prestataire() -> None:
    ancien = "Téléphonie IP | Téléphonie | Gamma SA | 900"
    avant = f"{OUTILS} | {ancien}\n"
    neuf = " | Téléphonie cloud | Téléphonie | Gamma SA | 900 | | | 30.06.2026\n"
    garde = f"{OUTILS} | {ancien} | Arrêté | 30.06.2026\n{neuf}"
    efface = f"{OUTILS}{neuf}"
    for apres in (garde, efface):
        assert [dit.split()[0] for dit in dits(avant, apres)] == ["apparu", "disparu"]


def test_un_outil_efface_n_est_pas_un_autre_qui_existait_deja() -> None:
    autre = " | Pare-feu | Sécurité (antivirus, pare-feu) | Delta\n"
    avant = f"{OUTILS} | Antivirus | Sécurité (antivirus, pare-feu) | Delta\n{autre}"
    assert dits(avant, OUTILS + autre) == ["disparu « Antivirus » ne figure plus dans la feuille"]


def test_deux_prestataires_inscrits_cote_a_cote_sont_deux_meme_au_meme_telephone() -> None:
    fiches = f"{CONTACTS} | Epsilon | 021 555 01 10\n | Zeta | 021 555 01 10\n"
    avant = f"{OUTILS} | Plans | Cimetière | Epsilon\n{fiches}"
    apres = f"{OUTILS} | Plans | Cimetière | Zeta\n{fiches}"
    assert dits(avant, apres) == ["prestataire « Plans » : Epsilon → Zeta"]
    assert codes(avant, apres) == []  # le même téléphone laisse un doute : montré, pas accusé
