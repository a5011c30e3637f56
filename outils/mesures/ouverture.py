"""Le temps d'ouverture dans LibreOffice : nos classeurs contre la même donnée sans nos formules.

    python -m outils.mesures.ouverture [--lignes 200] [--passes 5]

Chaque registre a ses lignes pleines. Les deux s'ouvrent et s'enregistrent à tour de rôle ; un
classeur d'une cellule donne le temps du seul démarrage, retiré des deux. La table donne le moins de
temps de processeur, que le bruit ne change guère. Le rapport doit rester sous 1,5.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from outils.mesures.donnees import remplir
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele.chargement import charger
from tests.libreoffice import enregistrer

RAPPORT_AU_PLUS = 1.5


def main() -> int:
    """Mesure et imprime ; rend 1 si le rapport dépasse la borne."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lignes", type=int, default=200)
    arguments.add_argument("--passes", type=int, default=5)
    choisis = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporaire:
        classeurs = preparer(Path(temporaire), choisis.lignes)
        temps = mesurer(classeurs, Path(temporaire) / "sorties", choisis.passes)
    nu = temps["sans formules"] - temps["démarrage"]
    rapport = (temps["avec formules"] - temps["démarrage"]) / nu
    for nom, secondes in temps.items():
        print(f"{nom:16}{secondes:7.2f} s de processeur")
    print(f"rapport, sans le démarrage : {rapport:.2f}")
    return int(rapport > RAPPORT_AU_PLUS)


def preparer(dossier: Path, lignes: int) -> Mapping[str, Path]:
    """Les trois classeurs à ouvrir."""
    modele = charger()
    chemins = {
        nom: dossier / f"{nom.replace(' ', '-')}.xlsx"
        for nom in ("avec formules", "sans formules", "démarrage")
    }
    donnees = remplir(modele, {feuille.id: lignes for feuille in modele.registres})
    registre, _ = lire_donnees(donnees, modele, chemins["avec formules"])
    chemins["avec formules"].write_bytes(generer(modele, registre, date(2026, 11, 24)))
    _ecrire_sans_formules(chemins["avec formules"], chemins["sans formules"])
    Workbook().save(chemins["démarrage"])
    return chemins


def _ecrire_sans_formules(source: Path, sortie: Path) -> None:
    """Les mêmes cellules, menus et couleurs ; à la place d'une formule, sa valeur."""
    livre, valeurs = load_workbook(source), load_workbook(source, data_only=True)
    for page in livre:
        for rangee in page.iter_rows():
            for cellule in (c for c in rangee if c.data_type == "f"):
                cellule.value = valeurs[page.title][cellule.coordinate].value or None
    livre.save(sortie)


def mesurer(classeurs: Mapping[str, Path], sorties: Path, passes: int) -> dict[str, float]:
    """Le moins de secondes de processeur par classeur, après une passe d'échauffement."""
    sorties.mkdir()
    temps = dict.fromkeys(classeurs, float("inf"))
    for passe in range(passes + 1):
        for nom, chemin in classeurs.items():
            avant = _processeur()
            enregistrer([chemin], sorties)
            if passe:
                temps[nom] = min(temps[nom], _processeur() - avant)
    return temps


def _processeur() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
