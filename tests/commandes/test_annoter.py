"""``verifier --annoter`` et ``--retirer`` : où vont les copies, codes, refus, secrets."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.adresses import case
from tests.commandes.ligne import AU, jouer
from tests.retouche.classeurs import ecrire_le_classeur


@pytest.fixture
def fautif(tmp_path: Path) -> Path:
    return ecrire_le_classeur(tmp_path)


def _copies(dossier: Path) -> list[str]:
    return sorted(copie.name for copie in dossier.glob("*.xlsx"))


def test_la_copie_va_dans_le_dossier_et_le_classeur_ne_change_pas(
    fautif: Path, tmp_path: Path
) -> None:
    avant = fautif.read_bytes()
    sortie = jouer("verifier", fautif, "--annoter", tmp_path / "copies", *AU)
    assert sortie.code == 1
    assert "copie annotée" in sortie.erreur
    assert _copies(tmp_path / "copies") == ["valmarin-annote.xlsx"]
    assert fautif.read_bytes() == avant


def test_le_json_de_la_copie_est_celui_de_l_original(fautif: Path, tmp_path: Path) -> None:
    avant = jouer("verifier", fautif, "--annoter", tmp_path, "--format", "json", *AU).json
    apres = jouer("verifier", tmp_path / "valmarin-annote.xlsx", "--format", "json", *AU).json
    assert avant["classeurs"][0]["constats"] == apres["classeurs"][0]["constats"]
    assert avant["resume"] == apres["resume"]


def test_un_nom_tres_long_rend_aussi_son_original(fautif: Path, tmp_path: Path) -> None:
    """« -sans-annotation » ne tiendrait plus dans le nom : il en perd la fin."""
    recu = tmp_path / f"{'é' * 122}.xlsx"
    recu.write_bytes(fautif.read_bytes())
    assert jouer("verifier", recu, "--annoter", tmp_path / "a", *AU).code == 1
    (copie,) = (tmp_path / "a").glob("*.xlsx")
    assert jouer("verifier", copie, "--retirer", "--annoter", tmp_path / "r").code == 0
    (rendu,) = (tmp_path / "r").glob("*.xlsx")
    assert rendu.read_bytes() == recu.read_bytes()


def test_retirer_rend_l_original(fautif: Path, tmp_path: Path) -> None:
    jouer("verifier", fautif, "--annoter", tmp_path, *AU)
    sortie = jouer("verifier", tmp_path / "valmarin-annote.xlsx", "--retirer")
    assert sortie.code == 0
    assert (tmp_path / "valmarin-sans-annotation.xlsx").read_bytes() == fautif.read_bytes()


def test_retirer_dans_un_dossier(fautif: Path, tmp_path: Path) -> None:
    jouer("verifier", fautif, "--annoter", tmp_path, *AU)
    copie, rendus = tmp_path / "valmarin-annote.xlsx", tmp_path / "rendus"
    assert jouer("verifier", copie, "--retirer", "--annoter", rendus).code == 0
    rendu = rendus / "valmarin-sans-annotation.xlsx"
    assert rendu.read_bytes() == fautif.read_bytes()


def test_retirer_d_un_classeur_sans_annotation_le_dit(fautif: Path, tmp_path: Path) -> None:
    sortie = jouer("verifier", fautif, "--retirer")
    assert sortie.code == 2
    assert "aucune annotation" in sortie.erreur
    assert not list(tmp_path.glob("*sans-annotation*"))


def test_deux_classeurs_de_meme_nom_ne_s_ecrasent_pas(fautif: Path, tmp_path: Path) -> None:
    (tmp_path / "autre").mkdir()
    shutil.copy(fautif, tmp_path / "autre" / fautif.name)
    dossier = tmp_path / "copies"
    jouer("verifier", fautif, tmp_path / "autre", "--annoter", dossier, *AU)
    assert _copies(dossier) == ["valmarin-annote-2.xlsx", "valmarin-annote.xlsx"]


def test_une_copie_existante_n_est_remplacee_qu_avec_force(fautif: Path, tmp_path: Path) -> None:
    arguments = ("verifier", fautif, "--annoter", tmp_path, *AU)
    assert [jouer(*arguments, *force).code for force in ((), (), ("--force",))] == [1, 2, 1]
    assert load_workbook(tmp_path / "valmarin-annote.xlsx").sheetnames[0] == "À corriger"


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_un_fichier_d_autrui_au_nom_de_la_copie_n_est_jamais_remplace(
    fautif: Path, tmp_path: Path, force: tuple[str, ...]
) -> None:
    (tmp_path / "valmarin-annote.xlsx").write_text("à garder")
    sortie = jouer("verifier", fautif, "--annoter", tmp_path, *force, *AU)
    assert (sortie.code, (tmp_path / "valmarin-annote.xlsx").read_text()) == (2, "à garder")
    assert "valmarin-annote.xlsx" in sortie.erreur


def test_une_copie_que_l_on_a_remplie_n_est_jamais_remplacee(fautif: Path, tmp_path: Path) -> None:
    jouer("verifier", fautif, "--annoter", tmp_path, *AU)
    copie = tmp_path / "valmarin-annote.xlsx"
    livre = load_workbook(copie)
    livre["Outils"][case("outils", "nom", 30)] = "tapé dans la copie"
    livre.save(copie)
    avant = copie.read_bytes()
    sortie = jouer("verifier", fautif, "--annoter", tmp_path, "--force", *AU)
    assert (sortie.code, copie.read_bytes()) == (2, avant)
    assert "changé depuis" in sortie.erreur


def test_annoter_un_autre_classeur_n_enleve_pas_la_premiere_copie(
    fautif: Path, tmp_path: Path
) -> None:
    autre, copies = tmp_path / "autre.xlsx", tmp_path / "copies"
    shutil.copy(fautif, autre)
    for classeur in (fautif, autre):
        jouer("verifier", classeur, "--annoter", copies, "--force", *AU)
    assert _copies(copies) == ["autre-annote.xlsx", "valmarin-annote.xlsx"]


def test_annoter_une_copie_annotee_ne_l_ecrase_pas_et_ne_double_rien(
    fautif: Path, tmp_path: Path
) -> None:
    jouer("verifier", fautif, "--annoter", tmp_path, *AU)
    copie = tmp_path / "valmarin-annote.xlsx"
    sortie = jouer("verifier", copie, "--annoter", tmp_path, "--force", *AU)
    assert sortie.code == 2
    assert "classeur reçu" in sortie.erreur
    assert jouer("verifier", copie, "--annoter", tmp_path / "neuf", *AU).code == 1
    assert (tmp_path / "neuf" / "valmarin-annote.xlsx").read_bytes() == copie.read_bytes()


def test_un_ods_est_refuse_avec_le_geste(tmp_path: Path) -> None:
    ods = _ecrire_un_ods(tmp_path / "valmarin.ods")
    sortie = jouer("verifier", ods, "--annoter", tmp_path / "copies", *AU)
    assert sortie.code == 2
    assert ".ods" in sortie.erreur
    assert "Enregistrer sous" in sortie.erreur
    assert not (tmp_path / "copies").exists()


def _ecrire_un_ods(chemin: Path) -> Path:
    rangees = (
        ("Outil ou service", "Domaine", "Criticité", "Prestataire"),
        ("GED", "Archivage", "Vitale", "Alpha SA"),
    )
    case = '<t:table-cell o:value-type="string"><x:p>{}</x:p></t:table-cell>'
    lignes = "".join(
        f"<t:table-row>{''.join(case.format(texte) for texte in rangee)}</t:table-row>"
        for rangee in rangees
    )
    espaces = " ".join(
        f'xmlns:{prefixe}="urn:oasis:names:tc:opendocument:xmlns:{nom}:1.0"'
        for prefixe, nom in (("o", "office"), ("t", "table"), ("x", "text"))
    )
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<o:document-content {espaces}><o:body><o:spreadsheet>"
            f'<t:table t:name="Outils">{lignes}</t:table>'
            "</o:spreadsheet></o:body></o:document-content>",
        )
    return chemin


def test_un_secret_n_est_ecrit_dans_aucune_note(tmp_path: Path) -> None:
    chemin = tmp_path / "secret.xlsx"
    donnees = {"outils": [{"nom": "GED", "remarques": "AVS 756.9217.0769.85, mdp : Tulipe2026!"}]}
    jouer("generer", chemin, "--depuis", "-", *AU, entree=json.dumps(donnees))
    jouer("verifier", chemin, "--annoter", tmp_path, *AU)
    livre = load_workbook(tmp_path / "secret-annote.xlsx")
    textes = [
        (case.comment.text if case.comment else "")
        + (str(case.value) if feuille.title != "Outils" else "")
        for feuille in livre
        for rangee in feuille.iter_rows()
        for case in rangee
    ]
    assert any("CEL-013" in texte for texte in textes)
    assert not any("9217" in texte or "Tulipe" in texte for texte in textes)


def test_un_illisible_n_empeche_pas_les_autres(fautif: Path, tmp_path: Path) -> None:
    (tmp_path / "abime.xlsx").write_bytes(b"PK\x03\x04")
    sortie = jouer("verifier", tmp_path / "abime.xlsx", fautif, "--annoter", tmp_path / "c", *AU)
    assert sortie.code == 2
    assert _copies(tmp_path / "c") == ["valmarin-annote.xlsx"]
