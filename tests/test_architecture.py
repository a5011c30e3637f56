"""La maison : chaque étage n'importe que ce qui est à sa droite, et les noms sont ASCII."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arbres import PAQUET, arbre, modules, noeuds, nommer

CHAINE = (
    ("bibliotheque",),
    ("commandes",),
    ("gestes", "documentation"),
    (
        *("lecture", "importation", "generation", "verification", "retouche", "consolidation"),
        *("rapport", "envoi", "partage"),
    ),
    ("metier", "effort"),
    ("registre",),
    ("modele",),
    ("socle",),
)


def _piece(chemin: Path) -> str:
    return chemin.relative_to(PAQUET).parts[0].removesuffix(".py")


def _importees(chemin: Path) -> Iterator[str]:
    for noeud in noeuds(chemin):
        noms: list[str] = []
        if isinstance(noeud, ast.Import):
            noms = [alias.name for alias in noeud.names]
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            noms = [noeud.module]
            if noeud.module == "pilotage_xlsx":
                noms = [f"pilotage_xlsx.{alias.name}" for alias in noeud.names]
        for nom in noms:
            parties = nom.split(".")
            if parties[0] == "pilotage_xlsx" and len(parties) > 1:
                yield parties[1]


def _etage(piece: str) -> int:
    return next(rang for rang, pieces in enumerate(CHAINE) if piece in pieces)


def test_un_etage_n_importe_que_ce_qui_est_a_sa_droite() -> None:
    for chemin in modules():
        ici = _piece(chemin)
        if ici in {"__init__", "__main__"}:
            continue
        for importee in set(_importees(chemin)) - {ici, "__version__"}:
            assert _etage(ici) < _etage(importee), f"{nommer(chemin)} importe {importee}"


def test_toute_piece_a_son_etage() -> None:
    pieces = {_piece(chemin) for chemin in modules()} - {"__init__", "__main__"}
    connues = {piece for pieces_d_etage in CHAINE for piece in pieces_d_etage}
    assert pieces <= connues


@pytest.mark.parametrize(
    "bibliotheque", ["pandas", "xlsxwriter", "jinja2", "typst", "openpyxl", "lxml", "icalendar"]
)
def test_une_bibliotheque_lourde_ne_vit_que_dans_sa_piece(bibliotheque: str) -> None:
    permises = {
        "pandas": {"consolidation"},
        "xlsxwriter": {"tableur", "emballage", "generation", "consolidation", "rapport"},
        "jinja2": {"page", "rapport"},
        "typst": {"papier"},
        "openpyxl": set(),
        "lxml": {"retouche"},
        "icalendar": {"rapport"},
    }[bibliotheque]
    for chemin in modules():
        noms = {
            nom.split(".")[0]
            for noeud in noeuds(chemin)
            for nom in (
                [alias.name for alias in noeud.names]
                if isinstance(noeud, ast.Import)
                else [noeud.module or ""]
                if isinstance(noeud, ast.ImportFrom)
                else []
            )
        }
        assert bibliotheque not in noms or permises & {_piece(chemin), chemin.stem}, chemin


def test_verifier_ne_charge_rien_de_lourd() -> None:
    programme = (
        "import sys; from pilotage_xlsx.commandes import executer; "
        "executer(['verifier', sys.argv[1]]); "
        "print(sorted(sys.modules.keys() & "
        "{'pandas','xlsxwriter','jinja2','typst','lxml','openpyxl','rapidfuzz','icalendar',"
        "'pilotage_xlsx.metier.evolution.comparaison','pilotage_xlsx.metier.regroupement'}))"
    )
    exemple = PAQUET.parent / "exemples" / "valmarin-2026.xlsx"
    sortie = subprocess.run(
        [sys.executable, "-c", programme, exemple], capture_output=True, text=True, check=True
    )
    assert sortie.stdout.strip().splitlines()[-1] == "[]"


def test_le_rapport_d_une_commune_ne_charge_rien_d_une_region(tmp_path: Path) -> None:
    programme = (
        "import sys; from pilotage_xlsx.commandes import executer; "
        "executer(['rapport', *sys.argv[1:]]); "
        "print(sorted(sys.modules.keys() & {'pandas','jinja2','typst','xlsxwriter','tomllib',"
        "'statistics','pilotage_xlsx.consolidation','pilotage_xlsx.rapport.publique'}))"
    )
    exemple = PAQUET.parent / "exemples" / "valmarin-2026.xlsx"
    suite = ["--annee", "2026", "--format", "txt", "--au", "24.11.2026", "--sortie", tmp_path / "r"]
    sortie = subprocess.run(
        [sys.executable, "-c", programme, exemple, *suite],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert sortie.stdout.strip().splitlines()[-1] == "[]"


PORTES = {
    "socle/entree.py",  # la porte
    "socle/paquet/ouverture.py",  # les classeurs, par l'ouvreur de la porte
    "socle/paquet/archive.py",  # les parties d'un classeur déjà ouvert
    "socle/emballage.py",  # les parties d'un classeur qui s'écrit
    "socle/page.py",  # nos propres gabarits, livrés avec le paquet
    "modele/decode.py",  # notre propre modèle, livré avec le paquet
    "socle/papier.py",
    "gestes/exigences.py",  # nos propres sources, pour savoir qui nomme des marques
    "commandes/demo.py",  # nos propres exemples, livrés avec le paquet
    "socle/ecriture/brouillons.py",  # nos propres brouillons, et leur journal
    "socle/ecriture/manifeste.py",
    "socle/ecriture/processus.py",  # ce que le système dit d'un processus
    "commandes/ouvrier.py",  # le tuyau entre le chef et son ouvrier
    "__main__.py",  # les sorties que le terminal n'a pas données
}
"""Où quelque chose s'ouvre pour être lu ; partout ailleurs, `socle.entree` le fait."""


def _ouvre_pour_lire(appel: ast.Call) -> bool:
    """Vrai si l'appel lit un fichier, ou l'ouvre sans dire qu'il l'écrit."""
    nom = getattr(appel.func, "attr", getattr(appel.func, "id", ""))
    if nom in {"read_bytes", "read_text", "FileIO"}:
        return True
    modes = [str(arg.value) for arg in appel.args[:2] if isinstance(arg, ast.Constant)]
    ecrit = any(set(mode) & set("wxa") and len(mode) < 4 for mode in modes)
    rien = {"O_WRONLY", "devnull"} & {getattr(n, "attr", "") for n in ast.walk(appel)}
    return nom in {"open", "fdopen"} and not ecrit and not rien


def test_un_fichier_recu_n_entre_que_par_la_porte() -> None:
    ouvrent = {
        nommer(chemin)
        for chemin in modules()
        if any(isinstance(n, ast.Call) and _ouvre_pour_lire(n) for n in noeuds(chemin))
    }
    assert ouvrent <= PORTES


def test_un_classeur_s_ouvre_par_l_ouvreur_de_la_porte() -> None:
    ouvertures = [
        appel
        for appel in noeuds(PAQUET / "socle" / "paquet" / "ouverture.py")
        if isinstance(appel, ast.Call) and getattr(appel.func, "id", "") == "_FichierBorne"
    ]
    assert ouvertures
    for appel in ouvertures:
        assert {mot.arg: ast.unparse(mot.value) for mot in appel.keywords} == {"opener": "ouvreur"}


def test_les_identifiants_sont_ascii() -> None:
    for chemin in modules():
        for noeud in noeuds(chemin):
            nom = (
                getattr(noeud, "name", None)
                or getattr(noeud, "id", None)
                or getattr(noeud, "arg", None)
            )
            assert not isinstance(nom, str) or nom.isascii(), (nommer(chemin), nom)


def test_les_fonctions_tiennent_dans_l_oeil() -> None:
    longueurs = [
        (noeud.end_lineno or 0) - noeud.lineno + 1
        for chemin in modules()
        for noeud in noeuds(chemin)
        if isinstance(noeud, ast.FunctionDef)
    ]
    assert sorted(longueurs)[len(longueurs) // 2] <= 10


def test_un_nom_de_classe_n_a_qu_un_proprietaire() -> None:
    proprietaires: dict[str, list[str]] = {}
    for chemin in modules():
        for noeud in arbre(chemin).body:
            if isinstance(noeud, ast.ClassDef) and not noeud.name.startswith("_"):
                proprietaires.setdefault(noeud.name, []).append(str(chemin.relative_to(PAQUET)))
    assert {nom: ou for nom, ou in proprietaires.items() if len(ou) > 1} == {}


def test_un_motif_se_compile_au_premier_usage() -> None:
    for chemin in modules():
        pour_plus_tard = {
            dedans
            for noeud in noeuds(chemin)
            if isinstance(noeud, ast.FunctionDef)
            for dedans in ast.walk(noeud)
        }
        a_l_import = (
            ast.unparse(noeud.func)
            for noeud in noeuds(chemin)
            if isinstance(noeud, ast.Call) and noeud not in pour_plus_tard
        )
        assert "re.compile" not in a_l_import, f"{nommer(chemin)} : motif(…), de socle/motifs.py"
