"""Un numéro AVS ou un mot de passe ne sort par aucune forme, même tapé comme un nombre."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from tests.commandes.ligne import AU, jouer
from tests.petites_tables import petites_tables
from tests.tableaux import AU as LE_24
from tests.tableaux import modele

NUMERO, SECRET = 7569217076985, "Soleil-9x"
ECRITS = ("756.9217.0769.85", "7569217076985", "7'569'217'076'985", "7’569’217’076’985", SECRET)
SORTIES = (
    ("verifier", "c.xlsx"),
    ("verifier", "c.xlsx", "--format", "json"),
    ("verifier", "c.xlsx", "--format", "csv", "--sortie", "c.csv"),
    ("verifier", "c.xlsx", "--format", "html", "--sortie", "c.html"),
    ("consolider", "c.xlsx", "--sortie", "tout.xlsx"),
    ("consolider", "c.xlsx", "--sortie", "tout.json", "--format", "json"),
    ("consolider", "c.xlsx", "--sortie", "tables", "--format", "csv"),
    (
        "rapport",
        "c.xlsx",
        "--annee",
        "2026",
        "--sortie",
        "r",
        "--format",
        "txt",
        "--format",
        "html",
    ),
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur qui garde des secrets partout où un texte ou un nombre se tape."""
    dossier = tmp_path_factory.mktemp("secrets")
    outil = {
        "nom": f"Paie mdp : {SECRET}",
        "criticite": "Indispensable",
        "utilite": "Dossier de 756.9217.0769.85",
        "cout_annuel": NUMERO,
        "repli": f"code d'accès : {SECRET}",
        "propres": {"N° du responsable": NUMERO, "Accès": f"pwd={SECRET}"},
    }
    acceptation = {
        "regle": "OUT-003",
        "ligne": outil["nom"],
        "motif": f"mdp : {SECRET}",
        "jusqu_au": "2026-12-31",
    }
    document = {
        "commune": {"commune": "Valmarin", "annee": 2026, "orientations": "Voir 7569217076985"},
        "outils": [outil],
        "acceptes": [acceptation],
    }
    lu, _ = lire_donnees(document, modele(), dossier / "c.xlsx")
    with petites_tables():
        (dossier / "c.xlsx").write_bytes(generer(modele(), lu, LE_24))
    return dossier


@pytest.mark.parametrize("commande", SORTIES, ids=" ".join)
def test_aucune_sortie_ne_dit_le_secret(dossier: Path, commande: tuple[str, ...]) -> None:
    dit = (
        jouer(*commande, *AU, "--force", dans=dossier)
        if "--sortie" in commande
        else jouer(*commande, *AU, dans=dossier)
    )
    assert dit.code in (0, 1), dit.erreur
    textes = [dit.texte, dit.erreur]
    if "--sortie" in commande:
        sortie = dossier / commande[commande.index("--sortie") + 1]
        fichiers = [f for f in sortie.rglob("*") if f.is_file()] if sortie.is_dir() else [sortie]
        assert fichiers
        textes += [texte for fichier in fichiers for texte in _lire(fichier)]
    for ecrit in ECRITS:
        assert not [texte for texte in textes if ecrit in texte], ecrit


def test_les_notes_de_la_copie_annotee_ne_le_disent_pas(dossier: Path) -> None:
    annotes = dossier / "annotes"
    assert jouer("verifier", "c.xlsx", "--annoter", "annotes", *AU, dans=dossier).code == 1
    (copie,) = annotes.glob("*.xlsx")
    livre = openpyxl.load_workbook(copie)
    notes = [
        cellule.comment.text
        for feuille in livre.worksheets
        for rangee in feuille.iter_rows()
        for cellule in rangee
        if cellule.comment
    ]
    liste = [str(cellule.value) for rangee in livre["À corriger"].iter_rows() for cellule in rangee]
    assert notes
    for ecrit in ECRITS:
        assert not [texte for texte in (*notes, *liste) if ecrit in texte], ecrit


def _lire(fichier: Path) -> list[str]:
    """Les textes d'un fichier ; d'un classeur, ceux de toutes ses parties."""
    if fichier.suffix != ".xlsx":
        return [fichier.read_text("utf-8", errors="replace")]
    with zipfile.ZipFile(fichier) as archive:
        return [archive.read(nom).decode("utf-8", errors="replace") for nom in archive.namelist()]
