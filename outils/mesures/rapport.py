"""Le banc du rapport : chaque forme, les quatre, et une région ; temps de processeur, processus
entiers.

    python -m outils.mesures.rapport [--passes 5] [--communes 40]

Rend 1 si une borne est passée : 0,8 s une forme ou les quatre, 5 s une région, et trois fois ce
que coûte à typst seul le même PDF, ses données déjà prêtes.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import run

from outils.mesures import region
from outils.mesures.mesurer import comme_installe
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.rapport import FORMES, calculer, composer
from pilotage_xlsx.rapport.rendus.pdf import preparer
from pilotage_xlsx.socle.papier import NORMES, RACINE, ecrire_les_donnees

_UNE, _QUATRE, _REGION, _FOIS_TYPST = 0.8, 0.8, 5.0, 3.0
_AU = datetime.date(2026, 11, 24)
_NU = """
import sys, typst
polices = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
gabarit, racine, donnees, *normes = sys.argv[1:]
with open(donnees, encoding="utf-8") as lues:
    donne = {"donnees": lues.read()}
nu = typst.Compiler(gabarit, root=racine, font_paths=polices, sys_inputs=donne)
nu.compile(format="pdf", pdf_standards=normes)
"""
"""Une compilation nue : rien de la maison n'y entre."""


def mesurer(entrees: list[Path], sortie: Path, formes: tuple[str, ...], passes: int) -> float:
    """Secondes médianes d'un ``rapport`` de ces classeurs."""
    options = [f"--format={forme}" for forme in formes]
    commande = [sys.executable, "-m", "pilotage_xlsx", "rapport", *map(str, entrees), *options]
    suite = ["--annee", "2026", "--sortie", str(sortie), "--au", f"{_AU:%d.%m.%Y}"]
    return statistics.median(_chronometrer([*commande, *suite], sortie) for _ in range(passes))


def mesurer_typst(classeur: Path, dossier: Path, passes: int) -> float:
    """Secondes médianes de typst seul sur le même rapport."""
    modele = charger()
    lu = lire(classeur, modele)
    rapport = calculer(lu, modele, annee=2026, au=_AU, constats=Resume())
    gabarit, donnees = preparer(composer(rapport))
    chemin = dossier / "donnees.json"
    chemin.write_text(ecrire_les_donnees(donnees), "utf-8")
    commande = [sys.executable, "-c", _NU, str(gabarit), str(RACINE), str(chemin), *NORMES]
    return statistics.median(_chronometrer(commande, dossier / "rien") for _ in range(passes))


def _chronometrer(commande: Sequence[str], sortie: Path) -> float:
    shutil.rmtree(sortie, ignore_errors=True)
    avant = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(commande, check=True, capture_output=True)
    apres = resource.getrusage(resource.RUSAGE_CHILDREN)
    return apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime


def main() -> int:
    """Imprime la table ; rend 1 si une mesure dépasse sa borne."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--passes", type=int, default=5)
    arguments.add_argument("--communes", type=int, default=40)
    choix = arguments.parse_args()
    comme_installe()
    with tempfile.TemporaryDirectory() as temporaire:
        dossier, sortie = Path(temporaire), Path(temporaire, "rapport")
        classeurs = [region.ecrire(dossier, rang) for rang in range(choix.communes)]
        essais = [(forme, classeurs[:1], (forme,), _UNE) for forme in FORMES]
        essais.append(("les quatre", classeurs[:1], FORMES, _QUATRE))
        essais.append((f"{choix.communes} communes, les quatre", classeurs, FORMES, _REGION))
        depassees, durees = 0, {}
        for nom, entrees, formes, borne in essais:
            durees[nom] = mesurer(entrees, sortie, formes, choix.passes)
            depassees += durees[nom] > borne
            print(f"{nom:28}{durees[nom]:7.2f} s   (borne {borne} s)")
        seul = mesurer_typst(classeurs[0], dossier, choix.passes)
        fois = durees["les quatre"] / seul
        depassees += fois > _FOIS_TYPST
        print(f"{'typst seul':28}{seul:7.2f} s")
        print(f"{'les quatre ÷ typst seul':28}{fois:7.2f}     (borne {_FOIS_TYPST})")
    return int(depassees > 0)


if __name__ == "__main__":
    sys.exit(main())
