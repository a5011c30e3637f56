"""Un nombre avec son unité : « 3 mois », « 1 an », « trois mois », « 1h30 ».

>>> mois = etablir(Unite(nom="mois", exacts={"mois": "1", "an": "12"}, proches={"jours": "1/30"}),
...                {"trois": 3})
>>> mois.lire("3 mois"), mois.lire("1 an"), mois.lire("Trois mois"), mois.lire("90 jours")
(3.0, 12.0, 3.0, None)
>>> mois.approcher("90 jours"), mois.approcher("env. 3 mois"), mois.parle_d_une_autre("90 jours")
(3.0, None, True)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pilotage_xlsx.modele.identite import Unite
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOMBRE, Texte, cle_large, normaliser

_MILLIERS = motif(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_PARTIE = motif(r"(\d+(?:[.,]\d+)?) ?([^\W\d_]+\.?|%)? ?")
_MOT = motif(r"[^\W\d_]+|%")
UNE = "1"
"""Combien vaut un mot de l'unité elle-même."""


class Bareme(NamedTuple):
    """Une unité, prête à lire : ses mots par forme comparable, et les nombres en lettres."""

    nom: str
    exacts: Mapping[str, str]
    proches: Mapping[str, str]
    autres: frozenset[str]
    nombres: Mapping[str, int]
    ensuite: str

    def lire(self, texte: Texte) -> float | None:
        """Combien le texte en dit, exactement ; rien s'il dit autre chose."""
        return self._compter(texte, self.exacts)

    def approcher(self, texte: Texte) -> float | None:
        """Combien le texte en dit à peu près : « 90 jours », trois mois."""
        return self._compter(texte, {**self.proches, **self.exacts})

    def parle_d_une_autre(self, texte: Texte) -> bool:
        """Vrai si un mot du texte est une autre unité : ses nombres ne comptent pas celle-ci."""
        mots = [*map(_forme, _MOT.findall(texte[:LONGUEUR_D_UN_NOMBRE]))]
        connues = {**self.proches, **self.exacts}
        return any(mot in self.autres or connues.get(mot, UNE) != UNE for mot in mots)

    def _compter(self, texte: Texte, mots: Mapping[str, str]) -> float | None:
        """La somme des parties ; rien si l'une n'est pas connue, ou ne s'écrit pas au centième."""
        if len(texte) > LONGUEUR_D_UN_NOMBRE:
            return None
        net = self._en_chiffres(_MILLIERS.sub("", normaliser(texte)))
        parties = _PARTIE.findall(net)
        if not parties or "".join(partie[0] for partie in _PARTIE.finditer(net)) != net:
            return None
        (_, premier), *suites = parties
        noms = (premier, *(mot or self.ensuite for _, mot in suites))
        connus = mots if suites else {**mots, "": UNE}
        valeurs = [connus.get(_forme(nom)) for nom in noms]
        nombres = [nombre for nombre, _ in parties]
        return None if None in valeurs else _sommer(nombres, [v for v in valeurs if v])

    def _en_chiffres(self, texte: str) -> str:
        """« trois mois » : « 3 mois »."""
        premier, blanc, suite = texte.partition(" ")
        dit = self.nombres.get(_forme(premier))
        return texte if dit is None else f"{dit}{blanc}{suite}"


def etablir(unite: Unite, nombres: Mapping[str, int]) -> Bareme:
    """L'unité du modèle, prête à lire."""
    return Bareme(
        unite.nom,
        {_forme(mot): combien for mot, combien in unite.exacts.items()},
        {_forme(mot): combien for mot, combien in unite.proches.items()},
        frozenset(map(_forme, unite.autres)),
        {_forme(mot): nombre for mot, nombre in nombres.items()},
        unite.ensuite or "",
    )


def est_une_part(combien: str) -> bool:
    """Vrai pour ce qu'un mot peut valoir : « 12 », « 1/60 »."""
    return bool(re.fullmatch(r"[1-9]\d{0,5}(/[1-9]\d{0,5})?", combien))


@lru_cache(maxsize=1_000)
def _forme(mot: str) -> str:
    return cle_large(mot) or mot.strip()


def _sommer(nombres: list[str], parts: list[str]) -> float | None:
    from fractions import Fraction  # noqa: PLC0415 — quatorze millièmes, et presque jamais

    ecrits = (nombre.replace(",", ".") for nombre in nombres)
    comptes = (Fraction(n) * Fraction(part) for n, part in zip(ecrits, parts, strict=True))
    total = 100 * sum(comptes, Fraction())
    return float(total / 100) if total.denominator == 1 else None
