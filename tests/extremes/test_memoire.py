"""300 Mo suffisent, quel que soit le classeur : le pire de chaque sorte, et chaque lecture.

Un enfant par commande, dont le système dit la mémoire la plus haute. Le code est celui du contrat,
un refus compris : passer la borne n'est pas une faute, l'ignorer en serait une.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campagne import EST_LONGUE
from tests.extremes.classeurs import faire

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="POSIX dit seul cette mémoire")

BORNE = 300
"""Mo, tout compris."""

_PIRES = {
    "emoji_de_32767": 0.6,
    "un_emoji_par_texte": 0.5,
    "cellules_minuscules": 0.5,
    "cellules_dans_huit_feuilles": 1,
    "textes_courts_partout": 0.4,
    "une_grande_feuille_propre": 0.5,
    "noms_d_elements": 1,
    "ods_emoji": 0.5,
}
"""Ce qu'on lit au plus près de la borne, ou juste au-delà : c'est là que la mémoire est au plus."""

_LOURDS = ("emoji_de_32767", "cellules_minuscules")


_LANCEUR = """
import os, sys
rien = [(os.POSIX_SPAWN_OPEN, rang, os.devnull, os.O_WRONLY, 0) for rang in (1, 2)]
pid = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ, file_actions=rien)
_, etat, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(etat), usage.ru_maxrss)
"""
"""Un petit parent : la mémoire du sien compte dans celle d'un enfant."""


def _jouer(*arguments: object) -> tuple[int, float]:
    """Le code de la commande, et les Mo qu'elle a pris."""
    commande = ("-m", "pilotage_xlsx", *map(str, arguments), "--au", "24.11.2026")
    lanceur = [sys.executable, "-c", _LANCEUR, *commande]
    joue = subprocess.run(lanceur, capture_output=True, text=True, check=True)
    code, memoire = map(int, joue.stdout.split())
    return code, memoire / (1024 if sys.platform == "linux" else 1024 * 1024)


@pytest.mark.parametrize("nom", _PIRES)
def test_300_mo_suffisent_a_lire_et_a_rendre(tmp_path: Path, nom: str) -> None:
    """``consolider`` contrôle ce qu'il réunit : à la porte, ``verifier`` ne redit que deux cas."""
    recu = faire(nom, tmp_path, _PIRES[nom])
    _exiger("consolider", recu, "--format", "json", "--sortie", tmp_path / "c.json")
    if EST_LONGUE or nom in _LOURDS:
        _exiger("verifier", recu, "--format", "json")


_CONTINUES = [nom for nom, part in _PIRES.items() if part < 1]
"""Ceux qui se lisent, donc se continuent ; la porte joue les deux plus lourds."""


@pytest.mark.parametrize("nom", _CONTINUES if EST_LONGUE else _LOURDS)
def test_300_mo_suffisent_a_continuer_un_classeur(tmp_path: Path, nom: str) -> None:
    """Ce qui est repris s'écrit aussi : la borne est à moins de la moitié."""
    _exiger("generer", tmp_path / "g.xlsx", "--depuis", faire(nom, tmp_path, _PIRES[nom] * 0.4))


def _exiger(*commande: object) -> None:
    code, memoire = _jouer(*commande)
    assert code in (0, 1, 2), commande
    assert memoire <= BORNE, commande
