"""Chaque module du socle et du métier montre, dans sa docstring, un exemple qui se joue."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

RACINE = Path(__file__).resolve().parent.parent

SANS_EXEMPLE = {
    "socle": "une phrase, et rien d'autre",
    "socle.ecriture": "réexporte ses modules",
    "socle.ecriture.brouillons": "des fichiers et les processus qui les tiennent",
    "socle.ecriture.droits": "les droits que le système donne à un fichier",
    "socle.ecriture.processus": "les processus de la machine",
    "socle.langue": "règle la langue de tout le processus",
    "socle.paquet": "réexporte ses modules",
    "socle.signaux": "règle les signaux de tout le processus",
    "metier": "une phrase, et rien d'autre",
    "metier.evolution": "réexporte ses modules, à l'usage",
}
"""Les modules qui n'ont pas d'exemple, et pourquoi."""


def _modules() -> list[str]:
    paquet = RACINE / "pilotage_xlsx"
    chemins = (c for etage in ("socle", "metier") for c in sorted((paquet / etage).rglob("*.py")))
    noms = (".".join(c.relative_to(paquet).with_suffix("").parts) for c in chemins)
    return [nom.removesuffix(".__init__") for nom in noms]


def _charger(nom: str) -> ModuleType:
    return import_module(f"pilotage_xlsx.{nom}")


def _exemples(nom: str) -> list[doctest.Example]:
    """Ceux de la docstring du module même."""
    return doctest.DocTestParser().get_examples(_charger(nom).__doc__ or "")


@pytest.mark.parametrize("nom", [nom for nom in _modules() if nom not in SANS_EXEMPLE])
def test_le_module_montre_un_exemple_qui_se_joue(
    nom: str, capsys: pytest.CaptureFixture[str]
) -> None:
    joues = doctest.testmod(_charger(nom))
    assert joues.failed == 0, capsys.readouterr().out
    assert joues.attempted and _exemples(nom)


@pytest.mark.parametrize("nom", SANS_EXEMPLE)
def test_une_exception_en_est_encore_une(nom: str) -> None:
    assert nom in _modules() and not _exemples(nom)
