"""Dans Pyodide : tracer ce qui sert, précompiler, et rendre deux archives sans compression.

La standard est un zip, que Python lit tel quel ; les lots, une table des matières et des fichiers
bout à bout, que l'ouvrier range sans rien demander à Python.

De la bibliothèque standard ne restent que les modules que les gestes chargent, joués ici sur des
classeurs d'essai, et ceux que le code nomme (un import dans une fonction peut ne pas s'être joué).
"""

from __future__ import annotations

import compileall
import importlib
import json
import os
import py_compile
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

LOTS, STANDARD, ESSAIS, SORTIE = Path("/lots"), Path("/standard"), Path("/essais"), Path("/sortie")
_LE_JOUR = (2020, 2, 2, 0, 0, 0)

_TOUJOURS = (
    *(f"encodings.{nom}" for nom in ("ascii", "cp437", "cp850", "cp1252", "idna", "latin_1")),
    *(f"encodings.{nom}" for nom in ("iso8859_15", "mac_roman", "utf_16", "utf_16_be")),
    *(f"encodings.{nom}" for nom in ("utf_16_le", "utf_32", "utf_7", "utf_8_sig")),
    "linecache",
    "stringprep",
    "traceback",
)
"""Ce qu'un fichier reçu ou une panne peut demander, et qu'aucun essai d'ici ne demande."""


def jouer_les_gestes() -> None:
    """Chaque geste de la page, sur les classeurs d'essai."""
    guichet = importlib.import_module("guichet")
    classeurs = [(c.name, c.read_bytes()) for c in sorted(ESSAIS.iterdir())]
    jour, instant = "2026-11-24", "2026-11-24T12:00:00+01:00"
    faits = guichet.jouer("verifier", classeurs[:1], {}, jour, instant)["faits"]
    numeros = faits["classeurs"][0]["numeros"]
    for geste in guichet.annoncer()["gestes"]:
        reponses = {"annee": "2026", "kit": True}
        for question in geste["questions"]:
            if question["genre"] == "numero":
                reponses["numero"] = numeros[question["parmi"]][0][0]
        recus = classeurs[: max(geste["classeurs"][0], 0)]
        if geste["apercu"]:
            guichet.jouer(geste["id"], recus, reponses, jour, instant, apercu=True)
        rendu = guichet.jouer(geste["id"], recus, reponses, jour, instant)
        if geste["id"] == "importer":
            guichet.jouer("importer", [_LISTE], reponses, jour, instant)
        if rendu["refus"] and geste["id"] not in _SE_REFUSE:
            raise RuntimeError(f"{geste['id']} : {rendu['refus']}")


_LISTE = ("liste.csv", b"Logiciel;Fournisseur\nMessagerie;Alpha SA\n")

_SE_REFUSE = {"importer", "retirer"}
"""Aucun classeur d'essai n'est une liste, ni une copie annotée."""


def tracer() -> set[str]:
    """Les modules de la bibliothèque standard qui servent, par nom."""
    jouer_les_gestes()
    du_standard = {fichier.relative_to(STANDARD).parts[0] for fichier in STANDARD.iterdir()}
    racines = {nom.removesuffix(".py") for nom in du_standard} - _SANS_EMPLOI
    tous = Path("/nommes.txt").read_text("utf-8").split()
    nommes = {nom for nom in tous if nom.partition(".")[0] in racines}
    for nom in sorted(nommes | set(_TOUJOURS)):
        with suppress(Exception):
            importlib.import_module(nom)
    return {nom for nom in sys.modules if trouver(nom) is not None}


_SANS_EMPLOI = {"asyncio", "concurrent", "multiprocessing", "tkinter", "unittest", "doctest"}
"""Nommés par nos sources ou par une roue, jamais joués dans une page : ni fil, ni processus."""


def trouver(module: str) -> Path | None:
    """Le fichier de la bibliothèque standard qui tient ce module."""
    base = STANDARD / module.replace(".", "/")
    return next((f for f in (base / "__init__.py", base.with_suffix(".py")) if f.is_file()), None)


def compiler(dossier: Path) -> None:
    """Chaque source, à côté d'elle, sans date : mêmes octets à chaque fois.

    Les textes de documentation restent dehors (`python -OO`), sauf là où ils servent.
    """
    for entree in sorted(dossier.iterdir()):
        reglages = {
            "quiet": 2,
            "legacy": True,
            "stripdir": dossier,
            "optimize": 0 if entree.name in _GARDENT_LEURS_MOTS else 2,
            "invalidation_mode": py_compile.PycInvalidationMode.UNCHECKED_HASH,
        }
        faire = compileall.compile_dir if entree.is_dir() else compileall.compile_file
        faire(entree, **reglages)


_GARDENT_LEURS_MOTS = {"_pyodide", "pyodide"}


def fichiers_de(dossier: Path) -> Iterator[tuple[str, bytes]]:
    """Tout le dossier, dans l'ordre des noms ; d'une source compilée, seulement le résultat."""
    for fichier in sorted(dossier.rglob("*")):
        est_compile = fichier.suffix == ".py" and fichier.with_suffix(".pyc").exists()
        if fichier.is_file() and not est_compile:
            yield fichier.relative_to(dossier).as_posix(), fichier.read_bytes()


def archiver(dossier: Path, nom: str) -> None:
    """Un zip sans compression : la page comprime le tout."""
    with ZipFile(SORTIE / nom, "w", ZIP_STORED) as archive:
        for chemin, octets in fichiers_de(dossier):
            archive.writestr(ZipInfo(chemin, _LE_JOUR), octets)


def mettre_bout_a_bout(dossier: Path, nom: str) -> None:
    """La longueur d'une table (nom, taille), la table en JSON, puis les fichiers."""
    fichiers = list(fichiers_de(dossier))
    table = json.dumps([[chemin, len(octets)] for chemin, octets in fichiers]).encode()
    corps = [len(table).to_bytes(4, "little"), table, *(octets for _, octets in fichiers)]
    (SORTIE / nom).write_bytes(b"".join(corps))


def preparer() -> None:
    """Déplie, trace, taille, compile, archive."""
    warnings.simplefilter("ignore")
    for archive, dossier in (("sources", LOTS), ("standard", STANDARD), ("essais", ESSAIS)):
        with ZipFile(f"/{archive}.zip") as lue:
            lue.extractall(dossier)
    SORTIE.mkdir()
    sys.path.insert(0, str(LOTS))
    sys.dont_write_bytecode = True
    servent = tracer()
    gardes = {trouver(nom) for nom in servent}
    for fichier in STANDARD.rglob("*"):
        if fichier.is_file() and fichier.suffix == ".py" and fichier not in gardes:
            fichier.unlink()
    for dossier in (STANDARD, LOTS):
        compiler(dossier)
    archiver(STANDARD, "standard.zip")
    mettre_bout_a_bout(LOTS, "lots.bin")
    (SORTIE / "trace.txt").write_text("".join(f"{nom}\n" for nom in sorted(servent)), "utf-8")
    os.sync()


preparer()
