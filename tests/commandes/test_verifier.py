"""``verifier`` : codes de sortie, JSON du contrat, fichiers refusés."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.adresses import case
from tests.commandes.ligne import AU, DONNEES, classeur, jouer
from tests.tableaux import modele


@pytest.fixture(scope="module")
def propre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classeur(tmp_path_factory.mktemp("propre"))


@pytest.fixture
def fautif(tmp_path: Path) -> Path:
    """Deux criticités de la feuille Outils : vide ligne 7, hors liste ligne 8."""
    chemin = classeur(tmp_path)
    livre = load_workbook(chemin)
    livre["Outils"][case("outils", "criticite", 7)] = None
    livre["Outils"][case("outils", "criticite", 8)] = "Vitale"
    livre.save(tmp_path / "fautif.xlsx")
    return tmp_path / "fautif.xlsx"


def test_un_classeur_propre_rend_zero(propre: Path) -> None:
    assert jouer("verifier", propre, *AU).code == 0


def test_une_erreur_rend_un(fautif: Path) -> None:
    sortie = jouer("verifier", fautif, *AU)
    assert sortie.code == 1
    assert case("outils", "criticite", 7) in sortie.texte
    assert case("outils", "criticite", 8) in sortie.texte


def test_strict_compte_aussi_ce_qui_reste_a_remplir(tmp_path: Path) -> None:
    document = json.loads((DONNEES / "valmarin-2026.json").read_text("utf-8"))
    del document["commune"]["suppleant_nom"]
    chemin = tmp_path / "a.xlsx"
    jouer("generer", chemin, "--depuis", "-", *AU, entree=json.dumps(document))
    assert jouer("verifier", chemin, *AU).code == 0
    assert jouer("verifier", "--strict", chemin, *AU).code == 1


def test_le_json_suit_le_contrat(fautif: Path) -> None:
    sortie = jouer("verifier", "--format", "json", fautif, *AU)
    document = sortie.json
    assert document["format"] == 2
    assert document["modele"] == {"id": "communal", "version": modele().identite.version}
    assert document["date"] == "2026-11-24"
    resume = document["resume"]
    assert (resume["erreurs"], resume["a_remplir"], resume["bloquants"]) == (1, 1, 2)
    (vu,) = document["classeurs"]
    assert (vu["lisible"], vu["commune"], vu["annee"]) == (True, "Valmarin", 2026)
    assert vu["completude"]["outils"]["lignes"] == 28
    bloquants = [c for c in vu["constats"] if c["bloque"]]
    assert [(c["regle"], c["gravite"], c["cellule"], c["colonne"]) for c in bloquants] == [
        ("CEL-002", "erreur", case("outils", "criticite", 8), "criticite"),
        ("CEL-001", "a_remplir", case("outils", "criticite", 7), "criticite"),
    ]
    assert set(bloquants[0]) == {
        "regle", "gravite", "bloque", "registre", "feuille", "cellule", "ligne", "colonne",
        "libelle", "valeur", "message", "corriger", "paragraphe", "aussi",
    }  # fmt: skip
    assert [constat["valeur"] for constat in bloquants] == ["Vitale", None]


def test_la_sortie_va_dans_un_fichier_jamais_dans_un_classeur_recu(
    fautif: Path, tmp_path: Path
) -> None:
    fichier = tmp_path / "controle.json"
    appel = ("verifier", fautif, "--format", "json", *AU)
    assert jouer(*appel, "--sortie", fichier).code == 1
    assert json.loads(fichier.read_text("utf-8")) == jouer(*appel).json
    assert jouer(*appel, "--sortie", fichier).code == 2
    assert jouer(*appel, "--sortie", fichier, "--force").code == 1
    assert jouer(*appel, "--sortie", fautif, "--force").code == 2


def test_deux_classeurs_d_une_commune_se_disent_avec_leur_fichier(
    propre: Path, tmp_path: Path
) -> None:
    copie = tmp_path / "copie.xlsx"
    copie.write_bytes(propre.read_bytes())
    sortie = jouer("verifier", "--format", "json", propre, copie, *AU)
    (double,) = sortie.json["ensemble"]
    assert (double["regle"], double["fichier"]) == ("ENS-002", copie.name)
    assert [ailleurs["fichier"] for ailleurs in double["aussi"]] == [propre.name]
    assert sortie.code == 0
    assert jouer("verifier", "--strict", propre, copie, *AU).code == 1


def test_la_forme_accentuee_vaut_l_autre(propre: Path) -> None:
    assert jouer("vérifier", propre, *AU).code == 0


def test_un_dossier_examine_chacun_de_ses_classeurs(propre: Path) -> None:
    (propre.parent / "~$valmarin-2026.xlsx").write_bytes(b"")
    sortie = jouer("verifier", "--format", "json", propre.parent, *AU)
    (propre.parent / "~$valmarin-2026.xlsx").unlink()
    assert [Path(vu["fichier"]).name for vu in sortie.json["classeurs"]] == [propre.name]
    assert "~$valmarin-2026.xlsx" in sortie.erreur


def test_le_classeur_recu_n_est_pas_touche(fautif: Path) -> None:
    avant = fautif.read_bytes()
    jouer("verifier", fautif, *AU)
    assert fautif.read_bytes() == avant


def _refuses(dossier: Path) -> dict[str, Path]:
    """Un fichier de chaque sorte que l'on ne peut pas lire, par code attendu."""
    fichiers = {
        "FIC-002": b"",
        "FIC-003": b"nom;domaine\nGED;Autre\n",
        "FIC-006": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "FIC-004": b"PK\x03\x04 tronque",
    }
    chemins = {code: dossier / f"{code}.xlsx" for code in fichiers}
    for code, octets in fichiers.items():
        chemins[code].write_bytes(octets)
    chemins["FIC-001"] = dossier / "absent.xlsx"
    chemins["FIC-011"] = dossier / "dossier-vide"
    chemins["FIC-011"].mkdir()
    return chemins


def test_chaque_refus_a_son_code_et_les_autres_sont_examines(tmp_path: Path, propre: Path) -> None:
    refuses = _refuses(tmp_path)
    sortie = jouer("verifier", "--format", "json", *refuses.values(), propre, *AU)
    assert sortie.code == 2
    *illisibles, lisible = sortie.json["classeurs"]
    assert [vu["constats"][0]["regle"] for vu in illisibles] == list(refuses)
    assert not any(vu["lisible"] for vu in illisibles)
    assert lisible["lisible"]
    assert sortie.json["resume"]["illisibles"] == len(refuses)


def test_un_docx_renomme_et_un_classeur_d_ailleurs(tmp_path: Path) -> None:
    docx, ailleurs = tmp_path / "note.xlsx", tmp_path / "ailleurs.xlsx"
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    from openpyxl import Workbook

    Workbook().save(ailleurs)
    vus = jouer("verifier", "--format", "json", docx, ailleurs, *AU).json["classeurs"]
    assert [vu["constats"][0]["regle"] for vu in vus] == ["FIC-003", "FIC-009"]


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root lit tout")
def test_sans_droit_de_lecture(propre: Path, tmp_path: Path) -> None:
    chemin = tmp_path / "ferme.xlsx"
    chemin.write_bytes(propre.read_bytes())
    chemin.chmod(0)
    assert jouer("verifier", chemin, *AU).code == 2


def test_une_option_inconnue_se_dit_en_francais(propre: Path) -> None:
    sortie = jouer("verifier", "--bla", propre)
    assert sortie.code == 2
    assert "Option inconnue" in sortie.erreur


def test_regles_explique_une_regle() -> None:
    sortie = jouer("regles", "out-003")
    assert sortie.code == 0
    assert "OUT-003" in sortie.texte
    assert jouer("regles", "XXX-999").code == 2
    assert {"code", "gravite", "message"} <= set(
        jouer("regles", "--format", "json").json["regles"][0]
    )
