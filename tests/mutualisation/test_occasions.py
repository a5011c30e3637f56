"""Qui pourrait parler à qui : un genre d'occasion à la fois, et ce qui n'en est pas une."""

from __future__ import annotations

from datetime import date

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
from tests.campagne import combien
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
        "Alpha Informatique SA, Compta, GED → Montval, Valmarin"
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


@pytest.mark.parametrize(
    "nom", ["Administration cantonale", "État de Vaud", "Canton de Vaud", "Le canton"]
)
def test_le_canton_n_est_pas_a_negocier_quel_que_soit_son_nom(nom: str) -> None:
    texte = outils("prestataire | domaine | echeance", f"Impôts | {nom} | Archivage | 31.12.2027")
    assert mutualiser(commune("Valmarin", texte), commune("Montval", texte)).occasions == ()


def test_une_banque_cantonale_se_negocie() -> None:
    texte = outils("prestataire", "Paiements | Banque Cantonale du Lac SA")
    assert dits(GenreDOccasion.PRESTATAIRES, commune("Roc", texte), commune("Pré", texte))


def test_ce_que_fournit_un_organisme_lie_par_la_loi_n_est_pas_a_negocier() -> None:
    texte = outils("prestataire", "Taxes | Association du Lac") + (
        "prestataires | nom | contrat\n"
        " | Association du Lac | Base légale ou convention (canton, association)\n"
    )
    assert mutualiser(commune("Roc", texte), commune("Pré", texte)).occasions == ()


def test_le_meme_outil_a_le_meme_nom_et_le_meme_prestataire() -> None:
    trois = [commune(nom, ALPHA) for nom in ("Valmarin", "Montval")]
    ailleurs = commune("Roc", ALPHA.replace("Alpha SA", "Omega Sàrl"))
    assert dits(GenreDOccasion.OUTILS, *trois, ailleurs) == [
        "Compta, Alpha SA, Comptabilité et finances → Montval, Valmarin"
    ]


@pytest.mark.parametrize(
    ("noms", "montre"),
    [
        (("Compta", "Comptabilité", "Comptabilité communale"), "Comptabilité communale"),
        (("COMPTABILITÉ", "Compta", "Alpha Compta"), "Alpha Compta"),
        (("GED", "Gestion des documents", "Logiciel GED"), "Gestion des documents"),
        (("Locabis", "LOCABIS", "Module Locabis"), "Locabis"),
    ],
)
def test_un_outil_nomme_de_trois_facons_n_en_fait_qu_un(noms: tuple[str, ...], montre: str) -> None:
    toutes = [
        commune(f"C{rang}", outils("prestataire", f"{nom} | Alpha SA"))
        for rang, nom in enumerate(noms)
    ]
    assert dits(GenreDOccasion.OUTILS, *toutes) == [f"{montre}, Alpha SA → C0, C1, C2"]


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Compta | Alpha SA", "Salaires | Alpha SA"),
        ("Compta | Alpha SA", "Compta | Beta SA"),
        ("Messagerie | Alpha SA", "Messagerie des écoles | Alpha SA"),
        ("Permis | Alpha SA", "Permanence | Alpha SA"),
    ],
)
def test_deux_outils_differents_restent_deux(un: str, autre: str) -> None:
    deux = (commune("Roc", outils("prestataire", un)), commune("Pré", outils("prestataire", autre)))
    assert dits(GenreDOccasion.OUTILS, *deux) == []


def test_jamais_les_capitales() -> None:
    crie = outils("prestataire", "SUITE COMMUNALE | ALPHA INFORMATIQUE SA")
    toutes = [commune(f"C{rang}", crie) for rang in range(3)]
    assert dits(GenreDOccasion.OUTILS, *toutes) == [
        "Suite Communale, Alpha Informatique SA → C0, C1, C2"
    ]
    bien = commune("D", outils("prestataire", "Suite communale | Alpha informatique"))
    (dit,) = dits(GenreDOccasion.OUTILS, *toutes, bien)
    assert dit == "Suite communale, Alpha informatique → C0, C1, C2, D"


def test_un_nom_de_produit_se_reconnait_chez_deux_revendeurs() -> None:
    un = commune("Valmarin", outils("prestataire", "Suite 365 | Alpha SA"))
    autre = commune("Montval", outils("prestataire", "Suite 365 | Omega Sàrl"))
    assert dits(GenreDOccasion.OUTILS, un, autre) == [
        "Suite 365, Alpha SA, Omega Sàrl → Montval, Valmarin"
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
    assert len(dits(GenreDOccasion.ECHEANCES, un, autre)) == est_voisine


def test_le_dernier_jour_commun_est_le_premier_a_venir() -> None:
    entete = "domaine | echeance | delai_resiliation"
    un = commune("Valmarin", outils(entete, "A | Archivage | 31.12.2027 | 6"))
    autre = commune("Montval", outils(entete, "B | Archivage | 31.03.2028 | 3"))
    (occasion,) = mutualiser(un, autre).de_genre(GenreDOccasion.ECHEANCES)
    assert occasion.dernier_jour == date(2027, 6, 30)
    assert occasion.objet[1] == "31.12.2027 – 31.03.2028"
    assert occasion.premiere.commune.nom == "Valmarin"


def test_un_contrat_dont_le_dernier_jour_est_passe_n_est_plus_une_occasion() -> None:
    entete = "domaine | echeance | delai_resiliation | renouvellement"
    un = commune("Valmarin", outils(entete, "A | Archivage | 31.12.2027 | 6 | Tacite"))
    passe = commune("Montval", outils(entete, "B | Archivage | 31.03.2028 | 24 | Tacite"))
    assert dits(GenreDOccasion.ECHEANCES, un, passe) == []


def test_chaque_contrat_voisin_est_d_une_ligne_et_peu_de_lignes_suffisent() -> None:
    entete = "domaine | echeance"
    jours = [f"28.{mois:02}.{annee}" for annee in (2027, 2028) for mois in range(1, 13)]
    toutes = [
        commune(f"C{rang:02}", outils(entete, f"Doc | Archivage | {jour}"))
        for rang, jour in enumerate(jours)
    ]
    groupes = mutualiser(*toutes).de_genre(GenreDOccasion.ECHEANCES)
    assert {une.nom for o in groupes for une in o.communes} == {une.nom for une in toutes}
    assert len(groupes) == 4


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
    trouvees = mutualiser(testee, captive).de_genre(GenreDOccasion.RECUPERATION)
    assert [o.premiere.commune.nom for o in trouvees] == ["Valmarin"] * est_utile
    assert all(o.premiere.raison.startswith("récupération testée") for o in trouvees)


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
    deux = (commune("Valmarin", SOLUTION), commune("Montval", besoin))
    (occasion,) = mutualiser(*deux).de_genre(GenreDOccasion.SOLUTIONS)
    assert occasion.objet[0] == SITE
    assert str(occasion.objet[1]) == "Valmarin, échange E-2026-003"
    assert str(occasion.objet[2]).startswith("Montval, ")
    assert occasion.premiere.commune.nom == "Valmarin"


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


@pytest.mark.parametrize(
    ("domaines", "montre"),
    [
        ((SITE,), SITE),
        ((SITE, "Archivage"), f"Archivage ou {SITE}"),
        ((SITE, "Archivage", "Social"), "Plusieurs domaines"),
    ],
)
def test_des_besoins_sans_domaine_tiennent_une_ligne(
    domaines: tuple[str, ...], montre: str
) -> None:
    """Deux besoins qui ressemblent aux solutions de plusieurs domaines, et pas tous les mêmes."""
    offres = [
        commune(
            f"Offre{n}", f"{ECHANGE} | E-1 | Guichet commun | Solution mutualisée possible | {d}\n"
        )
        for n, d in enumerate((*domaines, *domaines))
    ]
    besoins = [
        commune(f"Besoin{n}", f"{SIGNALE} | S-1 | Besoin | Aucun | Un guichet commun | Nouveau\n")
        for n in range(2)
    ]
    aussi = commune(
        "Offre0bis", f"{ECHANGE} | E-1 | Un guichet commun | Aide demandée | | En cours\n"
    )
    (occasion,) = mutualiser(*offres, *besoins, aussi).de_genre(GenreDOccasion.SOLUTIONS)
    assert occasion.objet[0] == montre
    assert {"Besoin0", "Besoin1"} < {une.nom for une in occasion.communes}


def test_des_domaines_meles_ne_sont_pas_par_ou_commencer() -> None:
    """Fussent-ils plus de communes que toute autre solution."""
    domaines = (SITE, "Archivage", "Social")
    offres = [
        commune(
            f"Offre{n}", f"{ECHANGE} | E-1 | Guichet commun | Solution mutualisée possible | {d}\n"
        )
        for n, d in enumerate(domaines)
    ]
    vague = commune("Vague", f"{SIGNALE} | S-1 | Besoin | Aucun | Un guichet commun | Nouveau\n")
    precis = commune("Precis", OUTIL_SITE)
    premieres = mutualiser(*offres, vague, precis).premieres
    assert [o.objet[0] for o in premieres] == [SITE, "Plusieurs domaines"]


def test_une_commune_ne_se_repond_pas_a_elle_meme() -> None:
    assert mutualiser(commune("Valmarin", OUTIL_SITE + SOLUTION)).occasions == ()


@settings(max_examples=combien(12, 40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registres(), registres())
def test_n_importe_quels_registres_se_rapprochent(un: Registre, autre: Registre) -> None:
    participantes = [reduire(Liens(modele(), lu, AU)) for lu in (un, autre)]
    assert rendre(chercher(*retenir(participantes), AU), modele())


def test_une_ligne_par_groupe_dit_communes_habitants_et_francs() -> None:
    cout = "prestataire | cout_annuel"
    toutes = [
        commune(f"C{rang}", outils(cout, f"Compta | Alpha SA | {cher}"), habitants=habitants)
        for rang, (cher, habitants) in enumerate([(1000, 500), (2500, 300), ("", "")])
    ]
    (ligne,) = mutualiser(*toutes).de_genre(GenreDOccasion.PRESTATAIRES)
    assert (len(ligne.communes), ligne.habitants) == (3, 800)
    assert (ligne.francs, ligne.chiffrees) == (3500, 2)


def test_le_montant_d_une_seule_commune_ne_sort_pas() -> None:
    un = commune("Roc", outils("prestataire | cout_annuel", "Compta | Alpha SA | 1234"))
    autre = commune("Pré", outils("prestataire", "Compta | Alpha SA"))
    (ligne,) = mutualiser(un, autre).de_genre(GenreDOccasion.PRESTATAIRES)
    assert ligne.francs is None


@pytest.mark.parametrize(
    ("transmissibles", "habitants", "premiere", "raison"),
    [
        (("Non", "Oui"), (900, 100), "C1", "contact transmis"),
        (("Oui", "Oui"), (100, 900), "C1", "contact transmis"),
        (("Non", "Non"), (100, 900), "C1", "la plus peuplée du groupe"),
    ],
)
def test_a_qui_parler_en_premier(
    transmissibles: tuple[str, str], habitants: tuple[int, int], premiere: str, raison: str
) -> None:
    texte = outils("prestataire", "Compta | Alpha SA")
    deux = [
        commune(f"C{rang}", texte, transmissible=transmissible, habitants=combien)
        for rang, (transmissible, combien) in enumerate(zip(transmissibles, habitants, strict=True))
    ]
    (ligne,) = mutualiser(*deux).de_genre(GenreDOccasion.PRESTATAIRES)
    assert (ligne.premiere.commune.nom, ligne.premiere.raison) == (premiere, raison)


def test_par_ou_commencer_dit_les_groupes_les_plus_nombreux() -> None:
    alpha = outils("prestataire", "Compta | Alpha SA")
    toutes = [commune(f"A{rang}", alpha) for rang in range(3)]
    toutes += [
        commune(f"B{rang}", alpha.replace("Alpha", f"Omega{rang % 8}")) for rang in range(16)
    ]
    premieres = mutualiser(*toutes).premieres
    assert (premieres[0].objet[0], len(premieres[0].communes)) == ("Alpha SA", 3)
    des_prestataires = [o for o in premieres if o.genre is GenreDOccasion.PRESTATAIRES]
    assert len(des_prestataires) == 5
