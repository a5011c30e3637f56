"""Après chaque geste d'une main : aucune erreur, tout se lit où c'est, menus et couleurs vivent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.generation.compilation import SANS_FORMULES
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER
from pilotage_xlsx.registre import Illisible, Motif, Registre
from pilotage_xlsx.socle.adresses import lettres_de
from tests.mains import constater
from tests.mains.atelier import PYTHON, RAISON, Mains, ouvrir_les_mains
from tests.tableaux import modele

Valeurs = dict[str, list[dict[str, Any]]]

SANS_CHANGEMENT = (
    "inserer_une_colonne_a_gauche",
    "inserer_des_lignes_de_tete",
    "filtrer",
    "deplacer_une_colonne",
    "deplacer_les_cellules_d_une_colonne",
    "deplacer_une_essentielle",
    "effacer_la_place_quittee",
    "deplacer_la_cle",
    "renommer_une_feuille",
    "renommer_un_en_tete",
    "effacer_les_feuilles_du_produit",
    "passer_par_ods",
    "inserer_une_colonne_au_milieu",
    "ajouter_une_colonne_et_une_feuille",
    "effacer_les_listes",
)
"""Les gestes après lesquels les registres disent exactement la même chose."""

SANS_ETAT = {
    "inserer_une_premiere_ligne": ["Prestataires!7"],
    "inserer_une_ligne_au_milieu": ["Prestataires!9"],
    "recopier_l_etat_seul": ["Prestataires!9"],
    "taper_sous_la_table": ["Outils!77", "Prestataires!72"],
    "inserer_un_outil_au_milieu": ["Outils!11"],
}
"""Les lignes neuves que LibreOffice n'étend pas : sans formule, elles n'ont pas encore d'état."""


pytestmark = pytest.mark.skipif(PYTHON is None, reason=RAISON)


@pytest.fixture(scope="module")
def mains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mains]:
    """Un seul LibreOffice pour tous les gestes."""
    with ouvrir_les_mains(tmp_path_factory.mktemp("mains")) as mains:
        yield mains


@pytest.fixture(scope="module")
def dossier(mains: Mains) -> Path:
    """Où sont les classeurs."""
    return mains.dossier


def _lire(dossier: Path, geste: str) -> Registre:
    registre = lire(dossier / f"{geste}.xlsx", modele())
    assert registre.refus is None
    assert registre.en_double == ()
    return registre


def _valeurs(registre: Registre) -> Valeurs:
    return {
        feuille.id: [dict(ligne.valeurs) for ligne in registre.lignes(feuille.id)]
        for feuille in modele().feuilles
    }


def _avec_un_nouveau(valeurs: Valeurs, rang: int, nom: str) -> None:
    valeurs["prestataires"].insert(rang, {"nom": nom})
    valeurs["outils"][0]["prestataire"] = nom


def _inserer_en_premier(valeurs: Valeurs) -> None:
    _avec_un_nouveau(valeurs, 0, "Nouveau Sàrl")


def _inserer_au_milieu(valeurs: Valeurs) -> None:
    _avec_un_nouveau(valeurs, 2, "Nouveau Sàrl")


def _recopier(valeurs: Valeurs) -> None:
    _avec_un_nouveau(valeurs, len(valeurs["prestataires"]), "Nouveau Sàrl")


def _effacer_en_premier(valeurs: Valeurs) -> None:
    del valeurs["outils"][0], valeurs["incidents"][0]


def _effacer_au_milieu(valeurs: Valeurs) -> None:
    del valeurs["outils"][3:5]


def _trier(valeurs: Valeurs) -> None:
    """L'ordre est celui du tableur : ici, seul le contenu se compare."""
    valeurs["outils"].sort(key=lambda outil: str(outil["nom"]))


def _coller(valeurs: Valeurs) -> None:
    valeurs["outils"] += [
        {"nom": "Vélos", "domaine": "Autre", "criticite": "Accessoire"},
        {"nom": "Drone", "domaine": "Autre", "criticite": Illisible("Vital", Motif.LISTE)},
        {"nom": "Borne"},
    ]


def _taper_dessous(valeurs: Valeurs) -> None:
    valeurs["prestataires"].append({"nom": "Sous la table SA"})
    valeurs["outils"][0]["prestataire"] = "Sous la table SA"
    valeurs["outils"].append({"nom": "Outil tapé dessous"})


def _couper_en_premier(valeurs: Valeurs) -> None:
    valeurs["outils"].append(valeurs["outils"].pop(0))


def _effacer_l_utilite(valeurs: Valeurs) -> None:
    for outil in valeurs["outils"]:
        outil.pop("utilite", None)


def _effacer_la_feuille(valeurs: Valeurs) -> None:
    valeurs["echanges"] = []


def _effacer_la_fiche(valeurs: Valeurs) -> None:
    valeurs["commune"] = []


def _renommer(valeurs: Valeurs) -> None:
    valeurs["outils"][0]["nom"] = "Nom tout neuf"


def _remplacer(valeurs: Valeurs) -> None:
    for ligne in (*valeurs["prestataires"], *valeurs["outils"]):
        for colonne, valeur in ligne.items():
            if isinstance(valeur, str):
                ligne[colonne] = valeur.replace("Alpha Informatique SA", "Alpha SA")
            elif isinstance(valeur, tuple):
                ligne[colonne] = tuple(
                    nom.replace("Alpha Informatique SA", "Alpha SA") for nom in valeur
                )


def _taper(valeurs: Valeurs) -> None:
    """LibreOffice garde « 1'200.- » pour -1200 ; le reste se lit, un synonyme aussi."""
    premier, deuxieme, troisieme, quatrieme = valeurs["outils"][:4]
    premier["cout_annuel"] = Illisible("-1200", Motif.BORNES)
    deuxieme["cout_annuel"], troisieme["delai_resiliation"] = 1250, 3
    quatrieme["statut"] = "En service"


def _clarifier(valeurs: Valeurs) -> None:
    for colonne in ("echeance", "cout_annuel", "prestataire", "delai_resiliation"):
        valeurs["outils"][0][colonne] = A_CLARIFIER


def _couper_une_plage(valeurs: Valeurs) -> None:
    for rang in range(3):
        for colonne in ("domaine", "criticite"):
            valeurs["outils"][5 + rang][colonne] = valeurs["outils"][rang].pop(colonne)


def _fusionner(valeurs: Valeurs) -> None:
    """La valeur est celle du coin ; les autres n'en ont plus, sauf celle qui l'a gardée."""
    del valeurs["outils"][1]["domaine"], valeurs["outils"][3]["criticite"]


def _inserer_un_outil(valeurs: Valeurs) -> None:
    valeurs["outils"].insert(4, {"nom": "Outil inséré"})


def _remplir_vers_le_bas(valeurs: Valeurs) -> None:
    for rang in range(1, 4):
        valeurs["outils"][rang]["domaine"] = valeurs["outils"][0]["domaine"]


CHANGEMENTS: Mapping[str, Callable[[Valeurs], None]] = {
    "inserer_une_premiere_ligne": _inserer_en_premier,
    "inserer_une_ligne_au_milieu": _inserer_au_milieu,
    "recopier_une_ligne_inseree": _recopier,
    "recopier_l_etat_seul": _inserer_au_milieu,
    "effacer_la_premiere_ligne": _effacer_en_premier,
    "effacer_une_ligne_au_milieu": _effacer_au_milieu,
    "trier": _trier,
    "coller_d_un_autre_classeur": _coller,
    "taper_sous_la_table": _taper_dessous,
    "couper_des_cellules": _couper_en_premier,
    "effacer_une_colonne": _effacer_l_utilite,
    "effacer_une_feuille": _effacer_la_feuille,
    "effacer_la_fiche": _effacer_la_fiche,
    "renommer_un_outil": _renommer,
    "remplacer_partout": _remplacer,
    "taper_comme_elle": _taper,
    "choisir_a_clarifier": _clarifier,
    "couper_une_plage": _couper_une_plage,
    "inserer_un_outil_au_milieu": _inserer_un_outil,
    "fusionner_des_cellules": _fusionner,
    "remplir_vers_le_bas": _remplir_vers_le_bas,
}
"""Ce que chaque autre geste change, et rien d'autre."""

GESTES = [*SANS_CHANGEMENT, *CHANGEMENTS]

FEUILLES_EFFACEES = {
    "effacer_une_feuille": "la feuille «\u202fÉchanges\u202f»",
    "effacer_la_fiche": "la feuille «\u202fCommune\u202f»",
    "effacer_les_listes": "la feuille «\u202fListes\u202f»",
}
"""Ce que Contrôle dit alors d'abord."""


@pytest.fixture(scope="module", params=GESTES)
def geste(request: pytest.FixtureRequest, mains: Mains) -> str:
    """Un geste fait ; toutes ses épreuves se suivent, sur un classeur ouvert une seule fois."""
    mains.faire(request.param)
    return str(request.param)


def test_aucune_cellule_n_est_en_erreur(dossier: Path, geste: str) -> None:
    assert constater.cellules_en_erreur(dossier / f"{geste}.xlsx") == []


def test_aucune_regle_n_est_abimee(dossier: Path, geste: str) -> None:
    """Sauf ce qui citait la feuille effacée, et qui ne sert plus à rien."""
    if geste in FEUILLES_EFFACEES:
        return
    assert constater.regles_abimees(dossier / f"{geste}.xlsx") == []


def test_chaque_valeur_se_lit_ou_elle_est(dossier: Path, geste: str) -> None:
    attendues, lues = _valeurs(_lire(dossier, "source")), _valeurs(_lire(dossier, geste))
    CHANGEMENTS.get(geste, lambda _: None)(attendues)
    if geste == "trier":
        _trier(lues)
    assert lues == attendues


def test_chaque_ligne_montre_son_etat(dossier: Path, geste: str) -> None:
    """L'état de la feuille est celui que nous calculons de ce qui y est maintenant."""
    registre = _lire(dossier, geste)
    faux = constater.etats_faux(dossier / f"{geste}.xlsx", registre, modele())
    dit = SANS_FORMULES if geste == "recopier_l_etat_seul" else ""
    assert [(ou, vu) for ou, vu, _ in faux] == [(ou, dit) for ou in SANS_ETAT.get(geste, [])]


def _emportees(geste: str, registre: Registre) -> set[str]:
    """Les cellules dont le geste emporte le menu et les couleurs : collées d'ailleurs, coupées."""
    if geste == "coller_d_un_autre_classeur":
        collees = registre.lignes("outils")[-3:]
        return {f"{colonne}{ligne.numero}" for ligne in collees for colonne in "CDE"}
    lieu = registre.feuilles["outils"].lieu
    if geste == "couper_une_plage":
        rangs = (lieu.colonnes[nom] for nom in ("domaine", "criticite"))
        return {f"{lettres_de(r)}{lieu.ligne_entete + n}" for r in rangs for n in (1, 2, 3)}
    if geste == "couper_des_cellules":
        return {f"{lettres_de(rang)}{lieu.ligne_entete + 1}" for rang in lieu.colonnes.values()}
    return set()


def test_les_menus_sont_la(dossier: Path, geste: str) -> None:
    registre = _lire(dossier, geste)
    for nom in ("outils", "prestataires", "decisions", "incidents"):
        feuille = modele().par_id[nom]
        chemin = dossier / f"{geste}.xlsx"
        perdues = constater.sans_menu(chemin, registre, feuille, range(1, 55))
        assert set(perdues) <= _emportees(geste, registre)


def test_les_couleurs_sont_la(dossier: Path, geste: str) -> None:
    registre = _lire(dossier, geste)
    for nom in ("outils", "prestataires", "decisions", "incidents"):
        feuille = modele().par_id[nom]
        chemin = dossier / f"{geste}.xlsx"
        perdues = constater.sans_couleur(chemin, registre, feuille, range(1, 55))
        assert set(perdues) <= _emportees(geste, registre)


@pytest.mark.parametrize("geste", SANS_ETAT, indirect=True)
def test_le_controle_dit_les_lignes_sans_etat(dossier: Path, geste: str) -> None:
    """Rien ne les compte : Contrôle les annonce, avec le geste, et le tableau de bord aussi."""
    lignes = SANS_ETAT[geste]
    livre = constater.ouvrir(dossier / f"{geste}.xlsx", en_valeurs=True)
    une = "Une ligne sans état, qui ne compte"
    annonce = une if len(lignes) == 1 else f"{len(lignes)} lignes sans état, qui ne comptent"
    assert livre["Contrôle"]["A5"].value.startswith(f"{annonce} nulle part. Recopiez")
    assert f"compte pas\u202f: {len(lignes)} " in livre["Tableau de bord"]["B2"].value


def test_sans_ligne_oubliee_le_controle_se_tait(dossier: Path, geste: str) -> None:
    livre = constater.ouvrir(dossier / f"{geste}.xlsx", en_valeurs=True)
    if "Contrôle" in livre.sheetnames and geste not in SANS_ETAT:
        assert not livre["Contrôle"]["A5"].value


def test_la_fiche_se_lit_apres_chaque_geste(dossier: Path, geste: str) -> None:
    source = _lire(dossier, "source").commune.valeurs
    attendues = {} if geste == "effacer_la_fiche" else source
    assert _lire(dossier, geste).commune.valeurs == attendues


@pytest.mark.parametrize("geste", FEUILLES_EFFACEES, indirect=True)
def test_ce_qui_est_efface_se_dit_d_abord(dossier: Path, geste: str) -> None:
    """Avec le geste qui le rend ; rien n'est « Complet » alors."""
    page = constater.ouvrir(dossier / f"{geste}.xlsx", en_valeurs=True)["Contrôle"]
    assert page["A3"].value.startswith(
        f"Il manque\u202f: {FEUILLES_EFFACEES[geste]}. Dans LibreOffice"
    )
    assert page["A4"].value.startswith("Incomplet")


@pytest.mark.parametrize("geste", ["effacer_une_colonne"], indirect=True)
def test_une_colonne_effacee_se_dit_d_abord(dossier: Path, geste: str) -> None:
    page = constater.ouvrir(dossier / f"{geste}.xlsx", en_valeurs=True)["Contrôle"]
    assert page["A3"].value.startswith(
        "Il manque\u202f: dans «\u202fOutils\u202f»\u202f: Utilité. Dans LibreOffice"
    )


@pytest.mark.parametrize("geste", ["effacer_les_listes"], indirect=True)
def test_les_listes_effacees_se_disent(dossier: Path, geste: str) -> None:
    assert _lire(dossier, geste).sans_listes


@pytest.mark.parametrize("geste", ["coller_une_ligne_d_ailleurs"], indirect=True)
def test_une_ligne_collee_d_un_autre_registre_parle(dossier: Path, geste: str) -> None:
    """Ses cellules sont à corriger, pour la feuille comme pour nous."""
    faux = constater.etats_faux(dossier / f"{geste}.xlsx", _lire(dossier, geste), modele())
    assert all(vu.startswith("À corriger") and nous[:10] == vu[:10] for _, vu, nous in faux)


@pytest.mark.parametrize(
    ("geste", "feuilles", "colonnes"),
    [
        ("ajouter_une_colonne_et_une_feuille", ("Clés du bâtiment",), {"Étagère": 3}),
        ("inserer_une_colonne_au_milieu", (), {"Bureau": "Accueil"}),
    ],
    indirect=["geste"],
)
def test_ce_que_la_commune_ajoute_est_garde(
    dossier: Path, geste: str, feuilles: tuple[str, ...], colonnes: dict[str, Any]
) -> None:
    registre = _lire(dossier, geste)
    assert registre.lignes("outils")[0].propres == colonnes
    assert registre.feuilles_propres == feuilles


@pytest.mark.parametrize("geste", ["filtrer"], indirect=True)
def test_le_filtre_cache_des_lignes_qui_comptent(dossier: Path, geste: str) -> None:
    assert any(ligne.est_masquee for ligne in _lire(dossier, geste).lignes("outils"))
