"""D'un ``<c>`` à une `Cellule` : son type, son style et son texte disent sa nature.

Deux nombres, deux textes partagés ou deux courts textes écrits sur place, identiques, sont une
seule `Cellule`, gardée en mémoire.
"""

from __future__ import annotations

from collections.abc import Sequence

from pilotage_xlsx.lecture.chaines import decoder, en_cellule
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.paquet import Budget
from pilotage_xlsx.socle.textes import Texte, TexteSaisi

_BOOLEENS = {"true": "1", "false": "0"}
_NATURES = {"e": NatureDeCellule.ERREUR, "d": NatureDeCellule.DATE}
_RANG_LONG, _NOMBRE_LONG = 9, 40
"""Au-delà, aucun tableur ne l'a écrit."""

_SUR_PLACE_COURT = 40
"""Au-delà, un texte écrit sur place n'est plus une réponse de menu, redite de ligne en ligne."""


class Fabrique:
    """Fait les cellules d'un classeur d'après leurs attributs et leur texte, et les pèse.

    ``textes`` : celles de ses textes partagés, par leur rang tel qu'écrit.
    """

    def __init__(
        self, textes: Sequence[Cellule | str], styles_de_date: frozenset[str], budget: Budget
    ) -> None:
        self._styles_de_date = styles_de_date
        self._budget = budget
        self.textes = _Textes(textes, budget)
        self._nombres = _Nombres(budget, est_date=False)
        self._dates = _Nombres(budget, est_date=True)
        self._sur_place = _SurPlace(budget)

    def faire(
        self, type_: str | None, style: str | None, valeur: Texte | None, formule: Texte | None
    ) -> Cellule | None:
        """La cellule, rien si elle est vide ; `ValueError` si son texte partagé n'existe pas.

        Une formule sans résultat en est une si elle n'est pas, de type texte, un texte vide.
        """
        if not valeur:
            sans_resultat = formule is not None and type_ != "str"
            return self._garder(NatureDeCellule.FORMULE, f"={formule}") if sans_resultat else None
        if type_ == "s":
            return self.textes[valeur]
        if type_ is None or type_ == "n":
            return self._dates[valeur] if style in self._styles_de_date else self._nombres[valeur]
        if type_ == "inlineStr" and len(valeur) <= _SUR_PLACE_COURT:
            return self._sur_place[valeur]
        return self._garder(*_lire_autre(type_, valeur))

    def _garder(self, nature: NatureDeCellule, texte: Texte) -> Cellule:
        cellule = en_cellule(nature, texte)
        self._budget.garder_des_textes((cellule.texte,))
        return cellule


class _Textes(dict[str, Cellule | None]):
    """Les textes partagés par leur rang tel qu'écrit ; rien pour un texte vide."""

    def __init__(self, textes: Sequence[Cellule | str], budget: Budget) -> None:
        super().__init__()
        self._textes, self._budget = textes, budget

    def __missing__(self, rang: str) -> Cellule | None:
        numero = int(rang) if len(rang) <= _RANG_LONG else -1
        if not 0 <= numero < len(self._textes):
            raise ValueError(rang)
        self._budget.garder_une_entree()
        texte = self._textes[numero]
        if isinstance(texte, str):
            cellule = _un_texte(texte) if texte else None
        else:
            cellule = texte if texte.texte else None
        self[rang] = cellule
        return cellule


def _un_texte(texte: str) -> Cellule:
    """La cellule d'un texte court, décodé ; sans passer par les valeurs par défaut, deux fois plus
    vite."""
    return tuple.__new__(Cellule, (NatureDeCellule.TEXTE, texte, False))


class _Nombres(dict[str, Cellule | None]):
    """Les nombres par leur écriture ; rien pour un blanc. Un « nombre » sans fin n'est qu'à lui."""

    def __init__(self, budget: Budget, *, est_date: bool) -> None:
        super().__init__()
        self._budget, self._est_date = budget, est_date

    def __missing__(self, ecrit: str) -> Cellule | None:
        texte = TexteSaisi(ecrit.strip())
        self._budget.garder_un_nombre(texte)
        if len(ecrit) > _NOMBRE_LONG:
            return en_cellule(NatureDeCellule.NOMBRE, texte) if texte else None
        cellule = self[ecrit] = (
            Cellule(NatureDeCellule.NOMBRE, texte, self._est_date) if texte else None
        )
        return cellule


class _SurPlace(dict[str, Cellule]):
    """Les courts textes écrits sur place, chacun en cellule."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def __missing__(self, ecrit: str) -> Cellule:
        cellule = self[ecrit] = en_cellule(NatureDeCellule.TEXTE, decoder(ecrit))
        self._budget.garder_une_entree()
        self._budget.garder_des_textes((cellule.texte,))
        return cellule


def _lire_autre(type_: str, valeur: Texte) -> tuple[NatureDeCellule, str]:
    if type_ == "b":
        net = valeur.strip().lower()
        return NatureDeCellule.BOOLEEN, _BOOLEENS.get(net, net)
    if type_ in _NATURES:
        return _NATURES[type_], valeur.strip()
    return NatureDeCellule.TEXTE, decoder(valeur)
