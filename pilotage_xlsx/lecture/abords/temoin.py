"""Ce que le produit écrit lui-même, feuille par feuille : les textes d'un classeur vierge.

Un texte est à nous s'il est, sur la même feuille, celui du classeur vierge, autant de fois que lui
et au jour près : rien de ce qu'une commune tape ne s'écarte parce qu'il y ressemble.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle, cle_large

_JOUR = motif(r"\b\d{2}\.\d{2}\.\d{4}\b")

Place = tuple[int, int]


class Temoin(msgspec.Struct, frozen=True):
    """Les textes d'un classeur vierge, par feuille et par place.

    ``est_d_origine`` : il est du modèle, et de la version, du classeur que l'on compare.
    """

    textes: Mapping[str, Mapping[Place, str]]
    est_d_origine: bool = True

    def ecarter(
        self, nom: str, textes: Mapping[Place, Texte], feuille: Feuille | None = None
    ) -> Iterator[Place]:
        """Les places de cette feuille dont le texte n'est pas à nous.

        ``feuille`` : le registre qu'elle tient. Le texte resté à sa place passe avant sa copie.
        """
        siens = self.textes.get(cle_large(feuille.libelle if feuille else nom), {})
        restent = Counter(siens.values())
        formes = {place: forme(texte, place) for place, texte in textes.items()}
        for place in sorted(formes, key=lambda place: siens.get(place) != formes[place]):
            if restent[formes[place]] > 0:
                restent[formes[place]] -= 1
            elif feuille is None or not _est_une_cle(textes[place], feuille):
                yield place


def forme(texte: Texte, place: Place) -> str:
    """Ce qui se compare d'un texte : ni blancs, ni casse, ni apostrophe, ni le jour qu'il dit.

    D'un nombre ou d'une date seuls, la colonne aussi.
    """
    sans_jour = _JOUR.sub("", texte)
    if any(map(str.isalpha, sans_jour)):
        return cle(sans_jour)
    return f"{texte} {place[1]}" if texte[:1].isdigit() else cle(texte)


def _est_une_cle(texte: Texte, feuille: Feuille) -> bool:
    """Vrai pour une clé cachée, d'aujourd'hui ou d'une version d'avant."""
    prefixe, point, _ = texte.partition(".#")
    return texte in feuille.cles_d_avant or bool(point and prefixe in feuille.prefixes)
