"""Les gestes vont d'octets en octets : aucun fichier ne s'écrit, aucun ne se lit hors du paquet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandes.ligne import classeur

_PROLOGUE = """
import os, sys, sysconfig
from datetime import UTC, date, datetime
from pathlib import Path
import pilotage_xlsx as px

sys.dont_write_bytecode = True
OCTETS = Path(sys.argv[1]).read_bytes()
AU, INSTANT = date(2026, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC)
RACINES = tuple({sys.base_prefix, sys.prefix, *sysconfig.get_paths().values(), sys.argv[2]})
EXTERNES = ("/etc/", "/usr/share/zoneinfo", os.devnull)

def guetter(evenement, faits):
    if evenement == "open" and isinstance(faits[0], str):
        chemin, _, drapeaux = faits
        ecrit = drapeaux & (os.O_WRONLY | os.O_RDWR)
        if ecrit or not chemin.startswith((*RACINES, *EXTERNES)):
            raise AssertionError(f"{chemin} s'ouvre")
    if evenement in ("os.chdir", "os.mkdir", "os.rename", "os.remove", "signal.signal"):
        raise AssertionError(f"{evenement} {faits}")

sys.addaudithook(guetter)
"""

GESTES = {
    "generer": """
octets = px.generer(commune="Valmarin", canton="VD", annee=2026, au=AU).octets
assert px.lire(octets).nom == "Valmarin"
assert octets == px.generer(commune="Valmarin", canton="VD", annee=2026, au=AU).octets
""",
    "generer depuis": """
suivant = px.lire(px.generer(OCTETS, au=AU).octets)
assert (suivant.nom, suivant.annee) == ("Valmarin", 2027)
""",
    "generer des données": """
fait = px.generer(donnees={"outils": [{"nom": "GED", "criticite": "vital"}]}, au=AU)
assert "outils[0].criticite" in fait.remarques[0]
""",
    "lire et vérifier": """
assert px.lire(px.EnMemoire("v.xlsx", OCTETS)).nom_du_fichier == "v.xlsx"
assert {c.regle for c in px.verifier(b"rien", au=AU)} == {"FIC-003"}
assert {c.gravite for c in px.verifier(OCTETS, au=AU)} == {px.Gravite.ATTENTION}
""",
    "annoter et retirer": """
annote = px.annoter(OCTETS, au=AU)
assert annote.porte_l_original and px.retirer(annote.octets) == OCTETS
assert px.retirer(OCTETS) is None
assert px.retirer(px.annoter(annote.octets, au=AU).octets) == OCTETS
""",
    "corriger": """
assert px.corriger(OCTETS, au=AU) == (None, (), ())
""",
    "comparer": """
suivant = px.generer(OCTETS, au=AU).octets
assert px.comparer(OCTETS, suivant, au=AU).sans_decision == ()
""",
    "consolider": """
ensemble = px.consolider([OCTETS], au=AU)
assert len(ensemble.tables["outils"]) > 10
""",
    "mutualiser": """
assert px.mutualiser([OCTETS], au=AU).octets.startswith(b"PK")
""",
    "rapport et courriel": """
fichiers = px.rapport(OCTETS, annee=2026, formes=["html", "xlsx"], au=AU)
assert sorted(nom.rpartition(".")[2] for nom in fichiers) == ["html", "json", "txt", "xlsx"]
courriel = px.preparer_le_courriel(fichiers, instant=INSTANT)
assert courriel == px.preparer_le_courriel(fichiers, instant=INSTANT)
assert b"X-Unsent: 1" in courriel
""",
    "fiche": """
assert px.fiche("urgence", OCTETS, forme="html", au=AU).octets.lower().startswith(b"<!doctype html")
""",
    "fiches de la commune": """
for sujet in ("urgence", "note", "passation"):
    rendue = px.fiche(sujet, OCTETS, forme="txt", au=AU)
    assert rendue.octets == px.fiche(sujet, OCTETS, forme="txt", au=AU).octets
""",
    "page publique et région": """
publics = px.rapport(OCTETS, annee=2026, formes=["txt"], public=True, au=AU)
assert any("publique" in nom for nom in publics)
region = px.rapport(OCTETS, annee=2026, formes=["txt"], au=AU, attendues=b"Commune\\nRoc\\n")
assert any("Roc" in octets.decode() for nom, octets in region.items() if nom.endswith(".txt"))
""",
    "échéances": """
for forme in ("texte", "ics", "json"):
    rendues = px.echeances(OCTETS, forme=forme, au=AU)
    assert rendues.octets == px.echeances(OCTETS, forme=forme, au=AU).octets != b""
""",
    "importer": """
LISTE = "Outil;Fournisseur\\nGED;Alpha SA\\nSIT;Beta Sàrl\\n".encode()
proposee = px.proposer_l_import(LISTE)
neuf = px.importer(LISTE, colonnes=proposee.colonnes, au=AU)
assert [o["nom"] for o in px.lire(neuf.octets).lignes("outils")] == ["GED", "SIT"]
rempli = px.lire(px.importer(LISTE, dans=OCTETS, au=AU).octets)
assert len(rempli.lignes("outils")) == len(px.lire(OCTETS).lignes("outils")) + 2
""",
    "partager": """
partage = px.partager(OCTETS, "canton", au=AU)
assert partage.octets == px.partager(OCTETS, "canton", au=AU).octets
assert [c.regle for c in px.verifier(partage.octets, au=AU)] == ["FIC-013"]
assert len(px.consolider([partage.octets], au=AU).tables["outils"]) > 10
""",
    "modèle et règles": """
assert px.modele().fiche.id == "commune"
assert [fiche.code for fiche in px.regles("out 3")] == ["OUT-003"]
""",
    "impossible": """
for geste in (
    lambda: px.regles("OUT-999"), lambda: px.generer(b"rien"), lambda: px.corriger(b"rien"),
    lambda: px.comparer(b"a", b"b"), lambda: px.rapport(OCTETS, annee=1999, au=AU),
    lambda: px.fiche("decision", OCTETS, "D-1999-001"), lambda: px.annoter(b"rien"),
    lambda: px.mutualiser([b"rien"]), lambda: px.preparer_le_courriel({}, instant=INSTANT),
    lambda: px.generer(donnees={"outils": 3}), lambda: px.retirer(b"rien"),
    lambda: px.generer(donnees=[]), lambda: px.fiche("urgance", OCTETS),
    lambda: px.fiche("urgence", OCTETS, forme="docx"),
    lambda: px.partager(OCTETS, "voisin"), lambda: px.partager(b"rien", "canton"),
    lambda: px.importer(b"PK"), lambda: px.importer(b"Outil\\nGED\\n", dans=b"rien"),
    lambda: px.proposer_l_import(b""), lambda: px.echeances(OCTETS, forme="pdf"),
    lambda: px.rapport(OCTETS, annee=2026, attendues=b"", au=AU),
    lambda: px.rapport(OCTETS, annee=2026, formes=["docx"]),
    lambda: px.en_fichiers(px.consolider([]), "ods"),
):
    try:
        geste()
    except px.GesteImpossible as faute:
        assert str(faute)
    else:
        raise AssertionError("rien n'est refusé")
""",
}


@pytest.fixture(scope="module")
def fichier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classeur(tmp_path_factory.mktemp("octets"))


@pytest.mark.parametrize("geste", GESTES)
def test_un_geste_ne_touche_a_aucun_fichier(geste: str, fichier: Path) -> None:
    racine = Path(__file__).resolve().parents[2]
    programme = _PROLOGUE + GESTES[geste]
    joue = subprocess.run(
        [sys.executable, "-c", programme, str(fichier), str(racine)],
        capture_output=True, text=True, check=False, cwd=racine,
    )  # fmt: skip
    assert (joue.returncode, joue.stdout, joue.stderr) == (0, "", "")
