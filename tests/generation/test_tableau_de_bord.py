"""Le tableau de bord : ce qu'il montre, et LibreOffice qui calcule la même chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.generation import generer, plan
from pilotage_xlsx.generation.tableau.a_faire import OBJET_AU_PLUS
from pilotage_xlsx.generation.tableau.disposition import FEUILLE, TACHES_MONTREES
from pilotage_xlsx.gestes.modele import en_donnees as en_json
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.registre import Registre
from tests.campagne import combien
from tests.generation.classeurs import octets, ouvrir
from tests.generation.parite import alleger
from tests.generation.remplissages import Remplissage
from tests.generation.tableau import comparer, disposition, montrees
from tests.hasard import tirer
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

GRAINES = range(combien(2, 8))
COMMUNES = range(combien(1, 3))
sans_libreoffice = pytest.mark.skipif(SOFFICE is None, reason=RAISON)


def montrer(**registres: Any) -> Mapping[str, Any]:
    """Les cellules visibles du tableau de bord que ces données donnent."""
    return montrees(BytesIO(octets({"commune": {"annee": 2026}, **registres})))


def test_vierge_il_ne_dit_que_des_zeros_et_sa_date() -> None:
    vues = montrer()
    assert vues["A2"] == AU
    assert (vues["A5"], vues["G5"], vues["E5"]) == (0, 0, "–")
    assert vues["A10"] == "Rien n’est inscrit d’ici là."
    assert vues[f"A{disposition().premier_sans_fin - 1}"] == "Contrats sans date de fin\u202f: 0"


@pytest.mark.parametrize(
    ("couts", "dit"), [([], "0 outil sur 2"), ([9], "1 outil sur 2"), ([9, 8], "2 outils sur 2")]
)
def test_un_seul_outil_se_dit_au_singulier(couts: list[int], dit: str) -> None:
    outils: list[dict[str, Any]] = [{"nom": nom, "statut": "En service"} for nom in ("GED", "Site")]
    for outil, cout in zip(outils, couts, strict=False):
        outil["cout_annuel"] = cout
    assert montrer(outils=outils)["I6"] == dit


def test_les_taches_par_date_avec_un_lien_et_un_delai() -> None:
    vues = montrer(
        outils=[
            {"nom": "Site", "echeance": "2027-03-31", "delai_resiliation": 3},
            {"nom": "Loin", "echeance": "2031-12-31", "delai_resiliation": 3},
        ],
        incidents=[{"numero": "I-2026-001", "constate_le": "2026-11-20", "statut": "Ouvert"}],
    )
    assert [vues[f"{c}10"] for c in "ACD"] == ["Incident ouvert", "il y a 4 jours", "I-2026-001"]
    assert [vues[f"{c}11"] for c in "ACD"] == [
        "Dernier jour pour résilier",
        "dans 37 jours",
        "Site",
    ]
    assert (vues["A5"], vues["A6"]) == (2, "dont en retard\u202f: 0")


@pytest.mark.parametrize(("longueur", "suite"), [(OBJET_AU_PLUS, ""), (OBJET_AU_PLUS + 1, "…")])
def test_une_longue_decision_se_coupe_et_le_dit(longueur: int, suite: str) -> None:
    decision = {"numero": "D-2026-001", "date": "2026-11-01", "statut": "Proposée"}
    vues = montrer(decisions=[{**decision, "decision": "x" * longueur}])
    assert vues["E10"] == "x" * OBJET_AU_PLUS + suite


def test_ce_qui_ne_tient_pas_dans_la_liste_se_compte() -> None:
    incidents = [
        {"numero": f"I-2026-{rang:03}", "constate_le": "2026-11-01", "statut": "En cours"}
        for rang in range(TACHES_MONTREES + 3)
    ]
    vues = montrer(incidents=incidents)
    assert vues[f"A{10 + TACHES_MONTREES}"] == "Et encore\u202f: 3, dans les registres."


def test_un_contrat_sans_fin_reste_visible() -> None:
    vues = montrer(
        prestataires=[{"nom": "Alpha SA"}],
        outils=[
            {"nom": "GED", "prestataire": "Alpha SA"},
            {"nom": "Fibre", "renouvellement": "Durée indéterminée"},
            {"nom": "Libre", "renouvellement": "Sans contrat"},
        ],
    )
    premier = disposition().premier_sans_fin
    assert vues[f"A{premier - 1}"] == "Contrats sans date de fin\u202f: 2"
    assert [vues[f"{c}{premier}"] for c in "AB"] == ["GED", "date de fin à inscrire"]
    assert [vues[f"{c}{premier + 1}"] for c in "AB"] == ["Fibre", "durée indéterminée"]


def test_les_seuils_sont_ceux_de_la_fiche() -> None:
    outil = {"nom": "Site", "echeance": "2027-03-31", "delai_resiliation": 3}
    presse = {"annee": 2026, "seuil_alerte_contrat": 30, "seuil_preparation": 10}
    vues = montrer(commune={**presse, "seuil_alerte_contrat": 20}, outils=[outil])
    assert (vues["A8"], vues["A5"]) == (AU + timedelta(days=30), 0)
    assert montrer(commune=presse, outils=[outil])["A5"] == 1


def test_il_est_protege_sans_mot_de_passe_et_tient_sur_une_page() -> None:
    page = ouvrir()[FEUILLE]
    assert page.protection.sheet
    assert page.protection.password is None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight or 1) == (1, 1)
    assert page.page_setup.paperSize == 9
    assert page.oddFooter.left.text.startswith("Interne")


def test_chaque_graphique_a_son_texte_de_remplacement() -> None:
    with ZipFile(BytesIO(octets())) as archive:
        dessins = [archive.read(nom).decode() for nom in archive.namelist() if "drawings/d" in nom]
    (dessin,) = dessins
    assert dessin.count("<c:chart ") == dessin.count('descr="') == 3


def test_aucun_tableau_dynamique_ni_fusion() -> None:
    livre = ouvrir()
    assert not livre[FEUILLE].merged_cells.ranges
    formules = [c.value for ligne in livre[FEUILLE].iter_rows() for c in ligne]
    assert not any("_xlfn" in formule for formule in formules if isinstance(formule, str))


@pytest.fixture(scope="module")
def petit() -> Iterator[None]:
    """Des tables de douze lignes : les mêmes formules, plus vite calculées."""
    with petites_tables():
        yield


@sans_libreoffice
@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")
@pytest.mark.usefixtures("petit")
def test_rempli_a_la_main_libreoffice_calcule_ce_que_nous_calculons(tmp_path: Path) -> None:
    """Le jour est celui du poste : LibreOffice n'en connaît pas d'autre."""
    vide = Registre(Path("vierge.xlsx"))
    livre = alleger(load_workbook(BytesIO(generer(modele(), vide, date.today()))))
    (tmp_path / "remplis").mkdir()
    remplis = [tmp_path / "remplis" / f"{graine}.xlsx" for graine in GRAINES]
    for graine, chemin in zip(GRAINES, remplis, strict=True):
        Remplissage(plan.planifier(modele(), vide), graine).enregistrer(livre, chemin)
    assert _ecarts(remplis, tmp_path) == {}


@sans_libreoffice
def test_prepare_d_avance_libreoffice_ne_change_rien(tmp_path: Path) -> None:
    """Des communes entières, avec nos valeurs enregistrées."""
    (tmp_path / "prets").mkdir()
    prets = [tmp_path / "prets" / f"{graine}.xlsx" for graine in COMMUNES]
    for graine, chemin in zip(COMMUNES, prets, strict=True):
        donnees = tirer(en_json(modele()), Random(graine), lignes=30)
        registre, _ = lire_donnees(donnees, modele(), chemin)
        chemin.write_bytes(_sans_valeurs(generer(modele(), registre, date.today())))
    assert _ecarts(prets, tmp_path) == {}


def _sans_valeurs(classeur: bytes) -> bytes:
    """Réenregistré par openpyxl, qui retire toute valeur de formule : tout est à recalculer."""
    sortie = BytesIO()
    alleger(load_workbook(BytesIO(classeur))).save(sortie)
    return sortie.getvalue()


def _ecarts(classeurs: list[Path], dossier: Path) -> dict[str, Any]:
    enregistrer(classeurs, dossier)
    vus = {chemin.stem: comparer(dossier / chemin.name, date.today()) for chemin in classeurs}
    return {graine: ecarts for graine, ecarts in vus.items() if ecarts}
