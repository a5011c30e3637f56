"""``campagne.py NOMBRE [GRAINE]`` : annoter, défaire et corriger des classeurs abîmés au hasard.

Un classeur que la lecture accepte se retouche, ou se refuse d'une phrase ; sa copie a le même
verdict, et rend l'original à l'octet. Les classeurs abîmés sont ceux de `tests.fuzz`, et une copie
déjà annotée.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.verification import verifier
from tests.fuzz.mutations import abimer
from tests.fuzz.sources import modeles
from tests.retouche.classeurs import ecrire_le_riche
from tests.retouche.copies import annoter, corriger, retirer
from tests.tableaux import AU, modele


def jouer(nombre: int, graine: int) -> tuple[Counter[str], list[str]]:
    """Ce qui est arrivé à chaque classeur abîmé, et une trace par faute."""
    issues: Counter[str] = Counter()
    fautes: list[str] = []
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        riche = ecrire_le_riche(dossier)
        constats = verifier(lire(riche, modele()), modele(), AU)
        sources = (*modeles()[:-1], riche.read_bytes(), annoter(riche, constats, "Bilan"))
        for rang in range(nombre):
            hasard = Random(f"{graine}-{rang}")
            (dossier / "abime.xlsx").write_bytes(abimer(hasard.choice(sources), hasard))
            try:
                issues[_eprouver(dossier / "abime.xlsx")] += 1
            except Exception:
                fautes.append(f"graine {graine} rang {rang} : {traceback.format_exc(limit=-3)}")
    return issues, fautes


def _eprouver(chemin: Path) -> str:
    registre = lire(chemin, modele())
    if registre.refus is not None:
        return "illisible"
    constats = verifier(registre, modele(), AU)
    adresses = ((c.lieu.feuille, c.lieu.ligne or 0, c.lieu.colonne or 0) for c in constats)
    try:
        corriger(chemin, dict.fromkeys(adresses, "réparé"), {})
        retirer(chemin)
        octets = annoter(chemin, constats, "Bilan")
    except Refus:
        return "refusé"
    copie = chemin.with_name("copie.xlsx")
    copie.write_bytes(octets)
    revus = verifier(lire(copie, modele()), modele(), AU)
    assert [(c.regle, c.lieu.feuille, cellule(c.lieu)) for c in revus] == [
        (c.regle, c.lieu.feuille, cellule(c.lieu)) for c in constats
    ]
    assert retirer(copie) in (chemin.read_bytes(), retirer(chemin))
    return "annoté"


def main() -> int:
    """Joue la campagne ; 1 si elle trouve une faute."""
    nombre, graine = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    issues, fautes = jouer(nombre, graine)
    print(dict(issues), *fautes[:5], f"{len(fautes)} fautes", sep="\n")
    return bool(fautes)


if __name__ == "__main__":
    sys.exit(main())
