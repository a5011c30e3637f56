"""D'un ``<c>`` à une `Cellule` : son type, son style et son texte disent sa nature.

Deux nombres ou deux textes partagés identiques sont une seule `Cellule`, gardée en mémoire.
"""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.lecture.chaines import TEXTE_MAX, decoder
from pilotage_xlsx.registre import Cellule, Nature
from pilotage_xlsx.socle.paquet import demesure

_BOOLEENS = {"true": "1", "false": "0"}
_NATURES = {"e": Nature.ERREUR, "d": Nature.DATE}


class Fabrique:
    """Fait les cellules d'un classeur d'après leurs attributs et leur texte."""

    def __init__(self, textes: Sequence[Cellule], styles_de_date: frozenset[str]) -> None:
        self._styles_de_date = styles_de_date
        self._textes = _Textes(textes)
        self._nombres = _Nombres(est_date=False)
        self._dates = _Nombres(est_date=True)

    def faire(
        self, type_: str | None, style: str | None, valeur: str | None, formule: str | None
    ) -> Cellule | None:
        """La cellule, rien si elle est vide ; `ValueError` si son texte partagé n'existe pas.

        Une formule sans résultat en est une si elle n'est pas, de type texte, un texte vide.
        """
        if not valeur:
            sans_resultat = formule is not None and type_ != "str"
            return Cellule(Nature.FORMULE, f"={formule}") if sans_resultat else None
        if type_ == "s":
            return self._textes[valeur]
        if type_ is None or type_ == "n":
            return self._dates[valeur] if style in self._styles_de_date else self._nombres[valeur]
        return _lire_autre(type_, valeur)


class _Textes(dict[str, Cellule | None]):
    """Les textes partagés par leur rang tel qu'écrit ; rien pour un texte vide."""

    def __init__(self, textes: Sequence[Cellule]) -> None:
        super().__init__()
        self._textes = textes

    def __missing__(self, rang: str) -> Cellule | None:
        numero = int(rang)
        if not 0 <= numero < len(self._textes):
            raise ValueError(rang)
        cellule = self[rang] = self._textes[numero] if self._textes[numero].texte else None
        return cellule


class _Nombres(dict[str, Cellule | None]):
    """Les nombres par leur écriture ; rien pour un blanc."""

    def __init__(self, *, est_date: bool) -> None:
        super().__init__()
        self._est_date = est_date

    def __missing__(self, ecrit: str) -> Cellule | None:
        texte = ecrit.strip()
        cellule = self[ecrit] = Cellule(Nature.NOMBRE, texte, self._est_date) if texte else None
        return cellule


def _lire_autre(type_: str, valeur: str) -> Cellule:
    if len(valeur) > TEXTE_MAX:
        raise demesure("texte d'une cellule")
    if type_ == "b":
        net = valeur.strip().lower()
        return Cellule(Nature.BOOLEEN, _BOOLEENS.get(net, net))
    if type_ in _NATURES:
        return Cellule(_NATURES[type_], valeur.strip())
    return Cellule(Nature.TEXTE, decoder(valeur))
