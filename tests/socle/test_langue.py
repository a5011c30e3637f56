"""click parle français : chacune de ses phrases a sa traduction, compilée et à jour."""

from __future__ import annotations

import ast
import gettext
import io
import os
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pilotage_xlsx.socle.langue import DOSSIER

MESSAGES = Path(DOSSIER, "fr", "LC_MESSAGES", "messages.po")
SOURCE = read_po(io.BytesIO(MESSAGES.read_bytes()))


def phrases_du_fichier(source: Path) -> Iterator[tuple[str, ...]]:
    """Ce que le fichier passe à gettext : la phrase, ou son singulier et son pluriel."""
    for noeud in ast.walk(ast.parse(source.read_text("utf-8"))):
        match noeud:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(phrase))]):
                yield (phrase,)
            case ast.Call(
                func=ast.Name(id="ngettext"),
                args=[ast.Constant(value=str(un)), ast.Constant(value=str(plusieurs)), _],
            ):
                yield (un, plusieurs)


def phrases_de_click() -> list[tuple[str, ...]]:
    dossier = Path(click.__file__).parent
    return sorted({p for source in dossier.glob("*.py") for p in phrases_du_fichier(source)})


def champs(phrase: str) -> set[str]:
    return {nom for _, nom, _, _ in string.Formatter().parse(phrase) if nom}


@pytest.fixture(scope="module")
def catalogue() -> gettext.GNUTranslations:
    with MESSAGES.with_suffix(".mo").open("rb") as compile_:
        return gettext.GNUTranslations(compile_)


def test_les_phrases_de_click_se_trouvent() -> None:
    assert len(phrases_de_click()) >= 55


@pytest.mark.parametrize("phrase", phrases_de_click(), ids=lambda p: p[0][:40])
def test_chaque_phrase_de_click_est_traduite(
    catalogue: gettext.GNUTranslations, phrase: tuple[str, ...]
) -> None:
    connues = {cle if isinstance(cle, str) else cle[0] for cle in catalogue._catalog}
    assert phrase[0] in connues


@pytest.mark.parametrize("message", [message for message in SOURCE if message.id], ids=str)
def test_une_traduction_n_invente_aucun_champ(message: Message) -> None:
    originaux = message.id if isinstance(message.id, tuple) else (message.id,)
    traductions = message.string if isinstance(message.string, tuple) else (message.string,)
    permis = set().union(*map(champs, originaux))
    assert all(traductions)
    assert set().union(*map(champs, traductions)) <= permis


def test_le_catalogue_compile_est_a_jour(catalogue: gettext.GNUTranslations) -> None:
    frais = io.BytesIO()
    write_mo(frais, SOURCE)
    attendu = gettext.GNUTranslations(io.BytesIO(frais.getvalue()))._catalog
    assert {**catalogue._catalog, "": ""} == {**attendu, "": ""}


PROGRAMME = """
from pilotage_xlsx.socle.langue import installer
installer()
import click
from pilotage_xlsx.commandes.types import DATE

@click.command()
@click.option("--au", type=DATE, required=True, help="Aujourd'hui.")
def montrer(au):
    print(au.isoformat())

montrer(prog_name="essai")
"""


def executer(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAMME, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LANGUAGE": "en", "PYTHONUTF8": "1"},
        check=False,
    )


def test_l_aide_est_en_francais() -> None:
    aide = executer("--help").stdout
    assert "Utilisation" in aide
    assert "Montre cette aide." in aide
    assert "obligatoire" in aide
    assert "JJ.MM.AAAA" in aide


def test_une_option_inconnue_se_dit_en_francais() -> None:
    refus = executer("--demain")
    assert refus.returncode == 2
    assert "Option inconnue" in refus.stderr
    assert "Erreur" in refus.stderr


@pytest.mark.parametrize("ecrite", ["24.11.2026", "2026-11-24"])
def test_une_date_s_ecrit_a_la_suisse_ou_en_iso(ecrite: str) -> None:
    assert executer("--au", ecrite).stdout.strip() == "2026-11-24"


@pytest.mark.parametrize("ecrite", ["31.02.2026", "demain", "11/2026", "24.11.2026 10:30"])
def test_une_date_impossible_est_refusee(ecrite: str) -> None:
    refus = executer("--au", ecrite)
    assert refus.returncode == 2
    assert "n'est pas une date" in refus.stderr
