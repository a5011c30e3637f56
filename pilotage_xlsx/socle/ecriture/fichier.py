"""Écrire un fichier que la personne a nommé : tout, ou rien, et jamais à l'insu de personne.

>>> from pilotage_xlsx.socle.ecriture.atelier import ouvrir_un_atelier
>>> with ouvrir_un_atelier() as dossier:
...     ecrire_atomique(dossier / "avis.txt", b"Bonjour", remplacer=False)
...     [fichier.name for fichier in dossier.iterdir()]
['avis.txt']
>>> exiger_la_place(Path("."), remplacer=True)
Traceback (most recent call last):
pilotage_xlsx.socle.ecriture.fautes.SortieImpossible: . est un dossier : indiquez un nom de fichier.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotage_xlsx.socle.ecriture.brouillons import Brouillon, balayer
from pilotage_xlsx.socle.ecriture.droits import choisir_les_droits
from pilotage_xlsx.socle.ecriture.fautes import SortieImpossible, expliquer_les_pannes


def preparer(chemin: Path, *, remplacer: bool) -> None:
    """Vérifie, avant tout long travail, que la sortie pourra s'écrire ; balaie son dossier."""
    balayer(_suivre(chemin).parent)
    exiger_la_place(chemin, remplacer=remplacer)


def exiger_la_place(chemin: Path, *, remplacer: bool) -> None:
    """`SortieImpossible` si rien ne peut s'écrire là, ou si cela remplacerait un fichier sans le
    vouloir."""
    with expliquer_les_pannes(chemin):
        if chemin.is_dir():
            raise SortieImpossible(f"{chemin} est un dossier : indiquez un nom de fichier.")
        if chemin.exists() and not chemin.is_file():
            raise SortieImpossible(
                f"{chemin} n'est pas un fichier ordinaire : choisissez un autre nom."
            )
        if chemin.exists() and not remplacer:
            raise SortieImpossible(
                f"{chemin} existe déjà : choisissez un autre nom, ou ajoutez --force pour le "
                "remplacer."
            )
        parent = _suivre(chemin).parent
        if not parent.is_dir():
            raise SortieImpossible(f"Le dossier {parent} n'existe pas : créez-le d'abord.")


def ecrire_atomique(
    chemin: Path, octets: bytes, *, remplacer: bool, sources: Iterable[Path] = ()
) -> None:
    """Écrit ``octets`` dans ``chemin`` d'un seul geste : tout, ou rien."""
    with ebaucher(chemin, remplacer=remplacer, sources=sources) as brouillon:
        brouillon.write_bytes(octets)


@contextmanager
def ebaucher(chemin: Path, *, remplacer: bool, sources: Iterable[Path] = ()) -> Iterator[Path]:
    """Un brouillon à remplir à côté de ``chemin``, dont il prend la place si rien n'a échoué.

    ``sources`` : ce dont la sortie est tirée ; elle n'est pas plus lisible qu'elles. Un lien reste
    un lien : c'est le fichier où il mène qui est remplacé.
    """
    exiger_la_place(chemin, remplacer=remplacer)
    with expliquer_les_pannes(chemin):
        brouillon = Brouillon(_suivre(chemin))
        try:
            yield brouillon.chemin
            exiger_la_place(chemin, remplacer=remplacer)
            brouillon.poser(choisir_les_droits(brouillon.cible, sources))
        finally:
            brouillon.abandonner()


def _suivre(chemin: Path) -> Path:
    """Le fichier où écrire : ``chemin``, ou celui où mène ce lien."""
    if not os.path.islink(chemin):  # noqa: PTH114 — ne lève rien, même pour un nom trop long
        return chemin
    cible = Path(os.path.realpath(chemin))
    if cible.is_symlink():
        raise SortieImpossible(f"{chemin} : ses liens tournent en rond. Donnez un autre nom.")
    return cible
