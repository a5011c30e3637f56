"""Deux communes n'en font plus qu'une : rien ne se perd, rien ne se confond, tout se montre."""

from __future__ import annotations

import hashlib
from collections import Counter
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from outils.mesures.region import composer
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.fusionner import Fusionne, fusionner
from pilotage_xlsx.gestes.generer import generer
from pilotage_xlsx.gestes.lire import lire
from pilotage_xlsx.gestes.partager import partager
from pilotage_xlsx.gestes.verifier import verifier
from pilotage_xlsx.registre import Ligne, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.entree import EnMemoire
from tests.commandes.ligne import jouer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

VALMARIN: dict[str, Any] = {
    "commune": {"commune": "Valmarin", "annee": 2026, "canton": "VD", "habitants": 862},
    "outils": [
        {"nom": "Habitus", "prestataire": "Alpha SA", "cout_annuel": 4800,
         "decision_origine": "D-2026-001", "propres": {"Étage": "2e"}},
        {"nom": "Géoportail", "prestataire": "Alpha SA", "utilite": "Plans"},
        {"nom": "Total", "cout_annuel": 4800},
    ],
    "prestataires": [
        {"nom": "Alpha SA", "telephone_urgence": "021 555 01 01", "numero_client": "V-1"},
        {"nom": "Gamma Sàrl", "siege": "Suisse"},
    ],
    "decisions": [
        {"numero": "D-2026-001", "outil": "Habitus", "decision": "Garder Habitus"},
        {"numero": "D-2026-002", "outil": "Géoportail", "decision": "Choisir le géoportail"},
    ],
    "incidents": [{"numero": "I-2026-001", "outil": "Habitus", "description": "Coupure"}],
    "acceptes": [{"regle": "OUT-004", "ligne": "Habitus", "motif": "Essai prévu"}],
}  # fmt: skip
BELCOMBE: dict[str, Any] = {
    "commune": {"commune": "Belcombe", "annee": 2026, "canton": "VD", "habitants": 1846},
    "outils": [
        {"nom": "HABITUS", "prestataire": "Alpha SA", "cout_annuel": 3200,
         "decision_origine": "D-2026-001", "propres": {"Étage": "rez", "Clé": "A7"}},
        {"nom": "Géoportail", "prestataire": "Alpha SA", "criticite": "Important"},
        {"nom": "Piscine", "prestataire": "Gamma Sàrl", "decision_origine": "D-2026-002"},
    ],
    "prestataires": [
        {"nom": "Alpha SA", "telephone_urgence": "027 555 01 02", "numero_client": "B-7"},
        {"nom": "Gamma Sàrl", "siege": "Suisse", "remarques": "Deux bassins"},
    ],
    "decisions": [
        {"numero": "D-2026-001", "outil": "HABITUS", "decision": "Payer moins"},
        {"numero": "D-2026-002", "outil": "Piscine; HABITUS", "decision": "Compter les entrées",
         "motif": "Suite de D-2026-001, et de D-2025-009"},
        {"numero": "D-2025-009", "outil": "Piscine", "decision": "Ouvrir l'hiver"},
    ],
    "acceptes": [
        {"regle": "OUT-004", "ligne": "HABITUS", "motif": "Le fournisseur change"},
        {"regle": "COM-001", "ligne": "Belcombe", "motif": "Fusion en cours"},
    ],
}  # fmt: skip


def _classeur(donnees: dict[str, Any], feuille: str = "") -> EnMemoire:
    """Le classeur d'une commune, avec peut-être une feuille à elle."""
    nom = f"{donnees['commune']['commune']}.xlsx"
    with petites_tables():
        octets = generer(donnees=donnees, au=AU, modele=modele()).octets
    if not feuille:
        return EnMemoire(nom, octets)
    livre = load_workbook(BytesIO(octets))
    livre.create_sheet("Budget")["B2"] = feuille
    sortie = BytesIO()
    livre.save(sortie)
    return EnMemoire(nom, sortie.getvalue())


@pytest.fixture(scope="module")
def deux() -> tuple[EnMemoire, EnMemoire]:
    return _classeur(VALMARIN, "Bail du serveur"), _classeur(BELCOMBE, "Chauffage du bassin")


@pytest.fixture(scope="module")
def fusion(deux: tuple[EnMemoire, EnMemoire]) -> Fusionne:
    with petites_tables():
        return fusionner(deux, commune="Val-Neuf", au=AU, modele=modele())


@pytest.fixture(scope="module")
def relu(fusion: Fusionne) -> Registre:
    return lire(EnMemoire("val-neuf.xlsx", fusion.octets))


@pytest.fixture(scope="module")
def livre(fusion: Fusionne) -> Workbook:
    return load_workbook(BytesIO(fusion.octets))


def _par(relu: Registre, registre: str, colonne: str) -> dict[str, Ligne]:
    return {afficher(ligne[colonne]): ligne for ligne in relu.lignes(registre)}


def _montrees(livre: Workbook) -> list[tuple[str, ...]]:
    """Les rangées de la feuille « Fusion », en texte."""
    return [tuple(str(c or "") for c in rangee) for rangee in livre["Fusion"].values]


def _feuilles(valeur: Any) -> list[str]:
    """Tout ce qui est tapé dans un document, en texte."""
    match valeur:
        case dict():
            return [texte for une in valeur.values() for texte in _feuilles(une)]
        case list():
            return [texte for une in valeur for texte in _feuilles(une)]
        case _:
            return [str(valeur)]


def test_tout_ce_qui_fut_tape_est_dans_le_classeur(livre: Workbook) -> None:
    """Lu par openpyxl, sans notre lecture : aucun texte, aucun nombre des deux ne manque."""
    lus = " | ".join(
        str(cellule).replace("'", "")
        for feuille in livre
        for rangee in feuille.values
        for cellule in rangee
        if cellule is not None
    )
    voulus = [*_feuilles(VALMARIN), *_feuilles(BELCOMBE), "Bail du serveur", "Chauffage du bassin"]
    assert [texte for texte in voulus if texte.replace("'", "") not in lus] == []


def test_un_numero_des_deux_en_fait_deux_et_ce_qui_le_cite_suit(relu: Registre) -> None:
    decisions = _par(relu, "decisions", "decision")
    numeros = {dit: afficher(ligne["numero"]) for dit, ligne in decisions.items()}
    assert numeros == {
        "Garder Habitus": "D-2026-001", "Choisir le géoportail": "D-2026-002",
        "Payer moins": "D-2026-003", "Compter les entrées": "D-2026-004",
        "Ouvrir l'hiver": "D-2025-009",
    }  # fmt: skip
    outils = _par(relu, "outils", "nom")
    assert afficher(outils["Habitus (Valmarin)"]["decision_origine"]) == "D-2026-001"
    assert afficher(outils["HABITUS (Belcombe)"]["decision_origine"]) == "D-2026-003"
    assert afficher(outils["Piscine"]["decision_origine"]) == "D-2026-004"
    assert decisions["Compter les entrées"].textes("outil") == ("Piscine", "HABITUS (Belcombe)")
    assert decisions["Payer moins"].propres["Numéro d’avant"] == "D-2026-001"
    assert decisions["Payer moins"].propres["Commune d’avant"] == "Belcombe"
    assert afficher(relu.lignes("incidents")[0]["outil"]) == "Habitus (Valmarin)"


def test_un_texte_qui_cite_un_numero_change_reste_et_se_montre(
    relu: Registre, livre: Workbook
) -> None:
    motif = _par(relu, "decisions", "decision")["Compter les entrées"]["motif"]
    assert motif == "Suite de D-2026-001, et de D-2025-009"
    cites = [rangee for rangee in _montrees(livre) if rangee[2] == "Motif du choix"]
    assert [rangee[3:6] for rangee in cites] == [("Belcombe", "D-2026-001", "D-2026-003")]


def test_un_conflit_montre_les_deux_valeurs(relu: Registre, livre: Workbook) -> None:
    montrees = _montrees(livre)
    telephone = modele().par_id["prestataires"].libelle_de("telephone_urgence")
    assert ("Prestataires", "Alpha SA", telephone, "021 555 01 01", "027 555 01 02",
            "À clarifier") in montrees  # fmt: skip
    cout = [r for r in montrees if r[2] == modele().par_id["outils"].libelle_de("cout_annuel")]
    assert [rangee[3:5] for rangee in cout] == [("4'800", "3'200")]
    alpha = _par(relu, "prestataires", "nom")["Alpha SA"]
    assert afficher(alpha["telephone_urgence"]) == "À clarifier"
    assert alpha["numero_client"] == "V-1 (Valmarin) ; B-7 (Belcombe)"
    assert afficher(relu.commune["habitants"]) == "À clarifier"
    assert afficher(relu.commune["canton"]) == "VD"


def test_ce_qui_se_complete_n_est_qu_une_ligne(relu: Registre) -> None:
    geoportail = _par(relu, "outils", "nom")["Géoportail"]
    assert [geoportail["utilite"], geoportail["criticite"]] == ["Plans", "Important"]
    assert geoportail.propres["Commune d’avant"] == "Valmarin, Belcombe"
    gamma = _par(relu, "prestataires", "nom")["Gamma Sàrl"]
    assert [gamma["siege"], gamma["remarques"]] == ["Suisse", "Deux bassins"]


def test_les_colonnes_et_les_feuilles_des_communes_suivent(relu: Registre, livre: Workbook) -> None:
    outils = _par(relu, "outils", "nom")
    assert outils["Habitus (Valmarin)"].propres["Étage"] == "2e"
    propres = outils["HABITUS (Belcombe)"].propres
    assert [propres["Étage"], propres["Clé"]] == ["rez", "A7"]
    assert livre["Budget Valmarin"]["B2"].value == "Bail du serveur"
    assert livre["Budget Belcombe"]["B2"].value == "Chauffage du bassin"


def test_un_total_ne_se_reprend_pas_et_se_montre(relu: Registre, livre: Workbook) -> None:
    assert "Total" not in _par(relu, "outils", "nom")
    assert ("Outils", "Valmarin", "Total", "4'800") in [r[:4] for r in _montrees(livre)]


def test_un_constat_accepte_suit_sa_ligne(relu: Registre) -> None:
    assert [afficher(ligne["ligne"]) for ligne in relu.lignes("acceptes")] == [
        "Habitus (Valmarin)", "HABITUS (Belcombe)", "Commune",
    ]  # fmt: skip


def test_les_cellules_se_comptent(fusion: Fusionne) -> None:
    recues = {"Valmarin": VALMARIN, "Belcombe": BELCOMBE}
    tapees = {nom: len(_feuilles(donnees)) for nom, donnees in recues.items()}
    lues = dict(fusion.bilan.recues)
    seuils = sum(colonne.defaut is not None for colonne in modele().fiche.colonnes)
    assert lues == {nom: combien + seuils for nom, combien in tapees.items()}
    assert sum(fusion.bilan.sorts.values()) == sum(lues.values())
    assert fusion.bilan.de_leurs_feuilles == 2


def test_la_fusion_de_deux_grandes_communes_n_ajoute_aucune_erreur() -> None:
    """Ce que chacune avait d'introuvable, d'illisible ou en double : pas une cellule de plus."""
    classeurs = [_classeur(composer(rang)) for rang in (3, 9)]
    with petites_tables():
        fait = fusionner(classeurs, au=AU, modele=modele())
    avant, apres = _cellules_fautives(*classeurs), _cellules_fautives(EnMemoire("f", fait.octets))
    assert apres <= avant


def _cellules_fautives(*classeurs: EnMemoire) -> Counter[str]:
    constats = chain.from_iterable(verifier(c, au=AU, modele=modele()) for c in classeurs)
    return Counter(c.regle for c in constats if c.regle.startswith(("CEL", "STR", "FIC", "ACC")))


def test_ce_qui_ne_se_fusionne_pas_se_dit(deux: tuple[EnMemoire, EnMemoire]) -> None:
    partage = EnMemoire("p.xlsx", partager(deux[1], "region", au=AU, modele=modele()).octets)
    autre = EnMemoire("liste.csv", b"Nom;Prix\nA;1\n")
    for recus, dit in (
        ([deux[0]], "deux communes au moins"),
        ([deux[0], deux[0]], "sont de la même commune"),
        ([deux[0], partage], "partag"),
        ([deux[0], autre], "liste.csv"),
    ):
        with pytest.raises(GesteImpossible, match=dit):
            fusionner(recus, au=AU, modele=modele())


def test_la_commande_dit_ce_qui_change_et_ne_touche_a_rien(
    deux: tuple[EnMemoire, EnMemoire], tmp_path: Path
) -> None:
    chemins = [tmp_path / recu.nom for recu in deux]
    for chemin, recu in zip(chemins, deux, strict=True):
        chemin.write_bytes(recu.octets)
    empreintes = [hashlib.sha256(chemin.read_bytes()).digest() for chemin in chemins]
    sortie = tmp_path / "val-neuf.xlsx"
    fait = jouer("fusionner", *chemins, "--sortie", sortie, "--au", "24.11.2026")
    assert fait.code == 0, fait.erreur
    assert [hashlib.sha256(chemin.read_bytes()).digest() for chemin in chemins] == empreintes
    dit = " ".join(fait.erreur.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "« 021 555 01 01 » pour Valmarin ; « 027 555 01 02 » pour Belcombe" in dit
    assert "Aucune n'est perdue." in dit
    assert jouer("fusionner", *chemins, "--sortie", sortie).code == 2
    assert jouer("fusionner", *chemins, "--sortie", chemins[0], "--force").code == 2
    assert jouer("verifier", sortie, "--au", "24.11.2026").code in (0, 1)
