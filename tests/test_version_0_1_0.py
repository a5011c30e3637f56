"""Les classeurs de la version 0.1.0 : lus, contrôlés, annotés, corrigés, repris, et c'est dit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele.versions import changements
from pilotage_xlsx.registre import Registre, Sorte
from pilotage_xlsx.registre.donnees import en_donnees
from tests.commandes.ligne import AU, jouer
from tests.tableaux import modele

ANCIENS = Path(__file__).parent / "donnees" / "version-0.1.0"
COMMUNES = sorted(p.stem for p in ANCIENS.glob("*.xlsx") if "consolidation" not in p.stem)
LIBREOFFICE = "les-essarts-2026-libreoffice"
AJOUTEES = changements(modele().identite, ("communal", "1.0")).ajoutes
"""« outils.double_authentification »… : ce que le modèle dit avoir ajouté depuis."""


def _ancien(nom: str) -> Path:
    return ANCIENS / f"{nom}.xlsx"


def _constats(chemin: Path) -> list[dict[str, Any]]:
    (seul,) = jouer("verifier", chemin, "--format", "json", *AU).json["classeurs"]
    constats: list[dict[str, Any]] = seul["constats"]
    return constats


def _typographie(texte: str) -> str:
    return " ".join(texte.replace("\u202f", " ").replace("\xa0", " ").split())


@pytest.mark.parametrize("nom", COMMUNES)
def test_il_se_lit_en_entier(nom: str) -> None:
    """Chaque feuille, chaque colonne que la version avait, et elles seules."""
    lu = lire(_ancien(nom), modele())
    assert (lu.refus, lu.version) == (None, ("communal", "1.0"))
    assert not lu.feuilles_propres
    for feuille in modele().a_lire:
        lieu = lu.feuilles[feuille.id].lieu
        presentes = {c.id for c in feuille.colonnes if lieu.a(c.id)}
        absentes = {f"{feuille.id}.{nom}" for nom in {*feuille.par_id} - presentes}
        assert absentes <= {*AJOUTEES}
        assert not {f"{feuille.id}.{nom}" for nom in presentes} & {*AJOUTEES}
        assert not lu.feuilles[feuille.id].anciennes


@pytest.mark.parametrize("nom", COMMUNES)
def test_ce_que_la_version_n_avait_pas_ne_lui_manque_pas(nom: str) -> None:
    structure = [c for c in _constats(_ancien(nom)) if c["regle"].startswith("STR")]
    (seul,) = structure
    assert (seul["regle"], seul["gravite"]) == ("STR-006", "avertissement")
    assert "qui ajoute" in seul["message"]
    assert "Double authentification" in seul["message"]
    assert "l'année suivante" in seul["corriger"]


def test_un_classeur_sain_le_reste() -> None:
    assert not [c for c in _constats(_ancien("valmarin-2026")) if c["gravite"] == "erreur"]


@pytest.mark.parametrize("nom", COMMUNES)
def test_il_s_annote_et_se_rend_a_l_octet(nom: str, tmp_path: Path) -> None:
    assert jouer("verifier", _ancien(nom), "--annoter", tmp_path, *AU).code in (0, 1)
    copie = tmp_path / f"{nom}-annote.xlsx"
    assert lire(copie, modele()).sorte is Sorte.ANNOTEE
    assert jouer("verifier", copie, "--retirer").code == 0
    assert (tmp_path / f"{nom}-sans-annotation.xlsx").read_bytes() == _ancien(nom).read_bytes()


def test_il_se_corrige(tmp_path: Path) -> None:
    livre = load_workbook(_ancien("valmarin-2026"))
    livre["Outils"]["D7"] = "indispensable "
    fautif = tmp_path / "fautif.xlsx"
    livre.save(fautif)
    sortie = jouer("corriger", fautif)
    assert "« indispensable␣ » → « Indispensable »" in _typographie(sortie.texte)
    corrige = lire(tmp_path / "fautif-corrige.xlsx", modele())
    assert en_donnees(corrige, modele()) == en_donnees(lire(fautif, modele()), modele())


@pytest.mark.parametrize("nom", COMMUNES)
def test_il_se_corrige_sans_rien_perdre(nom: str, tmp_path: Path) -> None:
    jouer("corriger", _ancien(nom), "--sortie", tmp_path / "corrige.xlsx")
    if (tmp_path / "corrige.xlsx").exists():
        repare = en_donnees(lire(tmp_path / "corrige.xlsx", modele()), modele())
        assert repare == en_donnees(lire(_ancien(nom), modele()), modele())


@pytest.mark.parametrize("nom", COMMUNES)
def test_il_se_reprend_sans_rien_perdre(nom: str, tmp_path: Path) -> None:
    """La même année : tout ce qui est en vigueur, valeur par valeur, et ce qui reste est compté."""
    ancien = lire(_ancien(nom), modele())
    options = ("--annee", ancien.annee or 2026, *AU)
    sortie = jouer("generer", tmp_path / "neuf.xlsx", "--depuis", _ancien(nom), *options)
    assert sortie.code == 0
    dit = _typographie(sortie.erreur)
    assert "Classeur de la version 1.0 du modèle, repris dans la version 1.1" in dit
    assert "« Double authentification »" in dit
    neuf = lire(tmp_path / "neuf.xlsx", modele())
    assert neuf.version == ("communal", modele().identite.version)
    _comparer(ancien, neuf, dit)


@pytest.mark.parametrize("nom", COMMUNES)
def test_le_nouveau_n_a_aucune_erreur_nouvelle(nom: str, tmp_path: Path) -> None:
    annee = lire(_ancien(nom), modele()).annee or 2026
    neuf = tmp_path / "neuf.xlsx"
    jouer("generer", neuf, "--depuis", _ancien(nom), "--annee", annee, *AU)
    assert {*_erreurs(neuf)} <= {*_erreurs(_ancien(nom))}
    assert not [c for c in _constats(neuf) if c["regle"].startswith("STR")]


def test_une_consolidation_d_alors_se_reconnait() -> None:
    refus = jouer("generer", "neuf.xlsx", "--depuis", ANCIENS / "consolidation-2026.xlsx", *AU)
    assert refus.code == 2
    assert "consolidation" in refus.erreur
    assert lire(ANCIENS / "consolidation-2026.xlsx", modele()).sorte is Sorte.REUNION


def test_l_ancien_et_le_nouveau_se_comparent_et_se_consolident(tmp_path: Path) -> None:
    neuf = tmp_path / "neuf.xlsx"
    jouer("generer", neuf, "--depuis", _ancien("valmarin-2026"), *AU)
    assert jouer("comparer", _ancien("valmarin-2026"), neuf, *AU).code in (0, 1)
    sortie = jouer("consolider", *(_ancien(n) for n in COMMUNES if n != "classeur-vierge"),
                   "--sortie", tmp_path / "tout.xlsx", *AU)  # fmt: skip
    assert sortie.code in (0, 1), sortie.erreur


def _erreurs(chemin: Path) -> list[tuple[str, str]]:
    graves = [c for c in _constats(chemin) if c["gravite"] == "erreur"]
    return [(constat["regle"], constat["message"]) for constat in graves]


def _comparer(ancien: Registre, neuf: Registre, dit: str) -> None:
    """Fiche, puis chaque ligne, par sa clé ou son rang ; ce qui manque est compté dans ``dit``."""
    avant, apres = (en_donnees(lu, modele()) for lu in (ancien, neuf))
    for feuille in modele().registres:
        restantes = [ligne for ligne in avant[feuille.id] if ligne not in apres[feuille.id]]
        gardees = [ligne for ligne in avant[feuille.id] if ligne in apres[feuille.id]]
        assert gardees == apres[feuille.id]
        laissees = f"; {len(restantes) or 'aucune'} laissée"
        assert f"{feuille.libelle} : {len(gardees) or 'aucune'} ligne" in dit
        total = sum("Total" in ligne.values() for ligne in restantes)
        assert total or laissees in dit
    assert {**avant["commune"], "annee": None} == {**apres["commune"], "annee": None}
    assert avant["acceptes"] == apres["acceptes"]
