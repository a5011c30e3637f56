"""Relire ce qui vient d'être écrit : chaque cellule voulue s'y retrouve, sinon rien ne s'écrit."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import normaliser


def exiger_la_relecture(voulu: Registre, relu: Registre) -> None:
    """Lève `GesteImpossible` si le classeur relu ne rend pas chaque cellule, ligne après ligne."""
    if manquantes := [*_manquantes(voulu, relu)]:
        raise GesteImpossible(
            f"{len(manquantes)} cellules ne se retrouvent pas dans le classeur écrit, dont "
            f"« {manquantes[0]} » : rien n'est écrit."
        )


def _manquantes(voulu: Registre, relu: Registre) -> Iterator[str]:
    for nom, lue in voulu.feuilles.items():
        relues = relu.lignes(nom)
        for rang, ligne in enumerate(lue.lignes):
            autre = relues[rang] if rang < len(relues) else None
            lus = {} if autre is None else {**autre.propres, **autre.valeurs}
            for colonne, valeur in {**ligne.propres, **ligne.valeurs}.items():
                if normaliser(afficher(lus.get(colonne))) != normaliser(afficher(valeur)):
                    yield f"{nom}.{colonne}"
