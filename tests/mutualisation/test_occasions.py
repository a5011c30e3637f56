"""Qui pourrait parler à qui : un genre d'occasion à la fois, et ce qui n'en est pas une."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pilotage_xlsx.consolidation.mutualisation import (
    GenreDOccasion,
    chercher,
    reduire,
    rendre,
    retenir,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Registre
from tests.mutualisation.communes import commune, dits, mutualiser
from tests.tableaux import AU, modele
from tests.verification.test_robustesse import registres

ALPHA = "outils | nom | domaine | prestataire\n | Compta | Comptabilité et finances | Alpha SA\n"


def outils(entete: str, *lignes: str) -> str:
    return f"outils | nom | {entete}\n" + "".join(f" | {ligne}\n" for ligne in lignes)


def test_le_meme_prestataire_meme_ecrit_autrement() -> None:
    un = commune("Valmarin", outils("prestataire", "GED | Alpha Informatique SA", "Site | Beta"))
    autre = commune("Montval", outils("prestataire", "Compta | ALPHA INFORMATIQUE"))
    assert dits(GenreDOccasion.PRESTATAIRES, un, autre) == [
        "Montval : Alpha Informatique SA, Compta → Valmarin",
        "Valmarin : Alpha Informatique SA, GED → Montval",
    ]


@pytest.mark.parametrize(
    ("prestataire", "mutualisation"),
    [("Géré à l'interne", ""), ("Canton de Vaud", "Fourni par le canton"), ("", "")],
)
def test_ce_qui_ne_se_negocie_pas_n_est_pas_une_occasion(
    prestataire: str, mutualisation: str
) -> None:
    texte = outils("prestataire | mutualisation", f"GED | {prestataire} | {mutualisation}")
    assert mutualiser(commune("Valmarin", texte), commune("Montval", texte)).occasions == ()


def test_l_administration_cantonale_n_est_pas_celle_d_un_autre_canton() -> None:
    texte = outils("prestataire", "Impôts | Administration cantonale")
    vaud, valais = commune("Valmarin", texte), commune("Belcombe", texte, canton="VS")
    assert dits(GenreDOccasion.PRESTATAIRES, vaud, valais) == []
    autre = commune("Montval", texte)
    assert len(dits(GenreDOccasion.PRESTATAIRES, vaud, valais, autre)) == 2


def test_le_meme_outil_a_le_meme_nom_et_le_meme_prestataire() -> None:
    trois = [commune(nom, ALPHA) for nom in ("Valmarin", "Montval")]
    ailleurs = commune("Roc", ALPHA.replace("Alpha SA", "Omega Sàrl"))
    assert dits(GenreDOccasion.OUTILS, *trois, ailleurs) == [
        "Montval : Compta, Alpha SA, Comptabilité et finances → Valmarin",
        "Valmarin : Compta, Alpha SA, Comptabilité et finances → Montval",
    ]


def test_un_nom_de_produit_se_reconnait_chez_deux_revendeurs() -> None:
    un = commune("Valmarin", outils("prestataire", "Suite 365 | Alpha SA"))
    autre = commune("Montval", outils("prestataire", "Suite 365 | Omega Sàrl"))
    assert dits(GenreDOccasion.OUTILS, un, autre) == [
        "Montval : Suite 365, Omega Sàrl → Valmarin",
        "Valmarin : Suite 365, Alpha SA → Montval",
    ]


@pytest.mark.parametrize(
    ("fin", "autre_fin", "est_voisine"),
    [
        ("31.12.2027", "31.12.2027", True),
        ("31.12.2027", "29.06.2028", True),
        ("31.12.2027", "30.06.2028", False),  # six mois exactement
        ("01.01.2028", "01.07.2028", False),
        ("01.01.2028", "30.06.2028", True),
        ("31.12.2020", "31.12.2020", False),  # déjà passée
        ("31.12.2027", "", False),
    ],
)
def test_des_contrats_du_meme_domaine_finissent_a_moins_de_six_mois(
    fin: str, autre_fin: str, est_voisine: bool
) -> None:
    un, autre = (
        commune(nom, outils("domaine | echeance", f"{nom}Doc | Archivage | {jour}"))
        for nom, jour in (("Valmarin", fin), ("Montval", autre_fin))
    )
    assert len(dits(GenreDOccasion.ECHEANCES, un, autre)) == 2 * est_voisine


def test_l_echeance_dit_avant_quand_demander_l_offre() -> None:
    entete = "domaine | echeance | delai_resiliation"
    un = commune("Valmarin", outils(entete, "A | Archivage | 31.12.2027 | 6"))
    autre = commune("Montval", outils(entete, "B | Archivage | 31.03.2028 | 24"))
    raisons = {o.raison for o in mutualiser(un, autre).de_genre(GenreDOccasion.ECHEANCES)}
    assert raisons == {
        "Contrats qui finissent à moins de 6 mois : demander une offre commune avant le 30.06.2027."
    }, "le 31.03.2026 est passé"


def test_un_autre_domaine_ou_aucun_n_est_pas_une_occasion() -> None:
    un = commune("Valmarin", outils("domaine | echeance", "A | Archivage | 31.12.2027"))
    autre = commune("Montval", outils("domaine | echeance", "B | Téléphonie | 31.12.2027"))
    vague = outils("domaine | echeance", "C | Autre | 31.12.2027")
    toutes = (un, autre, commune("Roc", vague), commune("Pré", vague))
    assert dits(GenreDOccasion.ECHEANCES, *toutes) == []


@pytest.mark.parametrize(
    ("remplacement", "recuperation", "est_utile"),
    [
        ("Très difficile", "Non prévue", True),
        ("Très difficile", "À clarifier", True),
        ("Très difficile", "", False),  # une cellule vide ne prouve rien
        ("Très difficile", "Testée", False),
        ("Très difficile", "Sans objet", False),
        ("Difficile", "Non prévue", False),
    ],
)
def test_une_sortie_deja_testee_sert_a_qui_depend(
    remplacement: str, recuperation: str, est_utile: bool
) -> None:
    entete = "domaine | prestataire | remplacement | recuperation"
    compta = "Comptabilité et finances | Alpha SA"
    testee = commune("Valmarin", outils(entete, f"AlphaCompta | {compta} | Facile | Testée"))
    captive = commune(
        "Montval", outils(entete, f"Compta | {compta} | {remplacement} | {recuperation}")
    )
    attendu = ["Montval : Compta, Alpha SA, Comptabilité et finances → Valmarin"]
    assert dits(GenreDOccasion.RECUPERATION, testee, captive) == attendu * est_utile


ECHANGE = "echanges | numero | sujet | apport | domaine | suite\n"
SITE = "Site internet et guichet en ligne"
SOLUTION = f"{ECHANGE} | E-2026-003 | Guichet commun | Solution mutualisée possible | {SITE}\n"
OUTIL_SITE = f"outils | nom | domaine | statut\n | Site | {SITE} | À remplacer\n"
SIGNALE = "signalements | numero | genre | outil | description | statut\n"


@pytest.mark.parametrize(
    "besoin",
    [
        OUTIL_SITE,
        OUTIL_SITE.replace("À remplacer", "En projet"),
        OUTIL_SITE.replace("À remplacer", "En service")
        + f"{SIGNALE} | S-2026-001 | Besoin | Site | Payer en ligne | Nouveau\n",
        OUTIL_SITE.replace("À remplacer", "En service")
        + "decisions | numero | outil | statut\n | D-2026-001 | Site | Proposée\n",
        f"{ECHANGE} | E-2026-001 | Notre site | Aide demandée | {SITE} | En cours\n",
        f"{SIGNALE} | S-2026-001 | Besoin | Aucun | Un guichet commun serait utile | Nouveau\n",
    ],
)
def test_une_solution_repond_au_besoin_ouvert_d_une_autre(besoin: str) -> None:
    (dit,) = dits(
        GenreDOccasion.SOLUTIONS, commune("Valmarin", SOLUTION), commune("Montval", besoin)
    )
    assert dit.startswith("Montval : ")
    assert dit.endswith(" → Valmarin")


@pytest.mark.parametrize(
    ("solution", "besoin"),
    [
        (SOLUTION.replace(f"{SITE}\n", f"{SITE} | Sans suite\n"), OUTIL_SITE),
        (SOLUTION.replace("Solution mutualisée possible", "Bonne pratique"), OUTIL_SITE),
        (SOLUTION, OUTIL_SITE.replace("À remplacer", "En service")),
        (SOLUTION, OUTIL_SITE.replace(SITE, "Archivage")),
        (SOLUTION, f"{SIGNALE} | S-1 | Besoin | Aucun | Un guichet commun | Clos\n"),
        (SOLUTION, f"{SIGNALE} | S-1 | Risque | Aucun | Un guichet commun | Nouveau\n"),
        (SOLUTION, f"{SIGNALE} | S-1 | Besoin | Aucun | Une imprimante commune | Nouveau\n"),
    ],
)
def test_ce_qui_ne_repond_a_rien(solution: str, besoin: str) -> None:
    assert (
        dits(GenreDOccasion.SOLUTIONS, commune("Valmarin", solution), commune("Montval", besoin))
        == []
    )


def test_une_commune_ne_se_repond_pas_a_elle_meme() -> None:
    assert mutualiser(commune("Valmarin", OUTIL_SITE + SOLUTION)).occasions == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registres(), registres())
def test_n_importe_quels_registres_se_rapprochent(un: Registre, autre: Registre) -> None:
    participantes = [reduire(Liens(modele(), lu, AU)) for lu in (un, autre)]
    assert rendre(chercher(*retenir(participantes), AU), modele())


def test_les_communes_du_meme_canton_d_abord_et_huit_au_plus() -> None:
    loin = [commune(f"A{rang}", ALPHA, canton="GE") for rang in range(7)]
    proches = [commune(f"Z{rang}", ALPHA) for rang in range(3)]
    trouvee = mutualiser(*loin, *proches)
    (ligne,) = (o for o in trouvee.de_genre(GenreDOccasion.PRESTATAIRES) if o.commune.nom == "Z0")
    assert [une.nom for une in ligne.nommees][:3] == ["Z1", "Z2", "A0"]
    assert (len(ligne.nommees), ligne.reste) == (8, 1)


def test_qui_appeler_d_abord() -> None:
    ged = outils("prestataire", "Compta | Alpha SA", "Site | Beta Sàrl")
    toutes = (commune("Valmarin", ged), commune("Montval", ged), commune("Roc", ALPHA))
    voisines = [(v.commune.nom, v.autre.nom) for v in mutualiser(*toutes).voisines]
    assert voisines[:2] == [("Montval", "Valmarin"), ("Montval", "Roc")]
