"""L'aide du programme : une table qui ne charge aucune commande et dit ce que chacune dit."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from pilotage_xlsx.commandes import COMMANDES, pilotage

_CHARGES = (
    "import sys; from pilotage_xlsx.commandes import executer; executer(['--help']); "
    "print(*sys.modules)"
)


@pytest.mark.parametrize("nom", COMMANDES)
def test_la_table_dit_de_chaque_commande_la_phrase_qui_ouvre_son_aide(nom: str) -> None:
    commande = pilotage.get_command(click.Context(pilotage), nom)
    assert commande is not None and commande.help is not None
    assert commande.help.split("\n\n")[0].replace("\n", " ") == COMMANDES[nom]


def test_demander_l_aide_ne_charge_aucune_commande() -> None:
    joue = subprocess.run(
        [sys.executable, "-c", _CHARGES], capture_output=True, text=True, check=True
    )
    aide, charges = joue.stdout.rsplit("\n", 2)[:2]
    assert all(f"\n  {nom}" in aide for nom in COMMANDES)
    assert "pathlib" not in charges.split(), "3 ms sur 50"
    assert not {f"pilotage_xlsx.commandes.{nom}" for nom in COMMANDES} & set(charges.split())
    maison = [nom for nom in charges.split() if nom.startswith("pilotage_xlsx.")]
    assert not any(".gestes" in nom or ".modele" in nom for nom in maison)
