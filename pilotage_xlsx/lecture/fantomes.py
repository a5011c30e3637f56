"""Sauter les lignes fantômes : un million de cellules mises en forme, et rien dedans.

Une cellule qui contient quelque chose finit par ``</c>`` ; entre deux débuts de ligne d'un morceau
qui n'en a aucun, il n'y a rien à lire, et l'analyseur n'a pas à le voir. La ligne gardée porte son
numéro : celles d'avant ne manquent pas pour compter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_LIGNE = b"<row "
_LIGNE_NUMEROTEE = b'<row r="'
_CONTENUS = (b"</c>", b"<!", b"<?")


def sauter_lignes_vides(morceaux: Iterable[bytes]) -> Iterator[bytes]:
    """Les morceaux d'une feuille, sans les suites de lignes où aucune cellule n'est remplie."""
    for morceau in morceaux:
        debut, fin = morceau.find(_LIGNE), morceau.rfind(_LIGNE_NUMEROTEE)
        if 0 <= debut < fin and not _a_du_contenu(morceau, debut, fin):
            yield morceau[:debut]
            yield morceau[fin:]
        else:
            yield morceau


def _a_du_contenu(morceau: bytes, debut: int, fin: int) -> bool:
    return any(morceau.find(contenu, debut, fin) >= 0 for contenu in _CONTENUS)
