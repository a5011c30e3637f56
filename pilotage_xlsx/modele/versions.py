"""D'une version du modèle à l'autre : ce que devient chaque endroit, de proche en proche.

Un endroit est une feuille (« outils »), une colonne (« outils.criticite ») ou une valeur
(« listes.criticite.indispensable »). Pur : des endroits, aucun modèle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain

import msgspec

from pilotage_xlsx.modele.identite import Depuis, Identite
from pilotage_xlsx.socle.motifs import motif

_NUMERO = motif(r"\d{1,9}(?:\.\d{1,9})*")


class Devenir(Enum):
    """Ce qu'est devenu un endroit d'une version d'avant."""

    RENOMME = "renomme"
    SCINDE = "scinde"
    DEPLACE = "deplace"
    RETIRE = "retire"


Devenu = tuple[Devenir, tuple[str, ...]]
Pas = Mapping[str, Devenu]
"""Ce que deviennent des endroits, et où ils sont ; nulle part s'ils sont retirés."""


class Changements(msgspec.Struct, frozen=True):
    """Ce qui sépare une version d'aujourd'hui.

    ``ajoutes`` : les endroits qu'elle n'avait pas. ``devenus`` : les siens qui n'ont plus leur nom,
    et les endroits d'aujourd'hui où ils sont ; aucun s'ils sont retirés.
    """

    ajoutes: frozenset[str] = frozenset()
    devenus: Pas = {}


class Parente(Enum):
    """Ce qu'est la version d'un classeur pour le modèle qui le lit."""

    MEME = "meme"
    ANCIENNE = "ancienne"
    RECENTE = "recente"
    AUTRE = "autre"


def situer(identite: Identite, trouvee: tuple[str, str]) -> Parente:
    """La parenté d'un classeur qui se dit de ce modèle et de cette version."""
    nom, version = trouvee
    if trouvee == (identite.id, identite.version):
        return Parente.MEME
    if nom not in (identite.id, identite.base):
        return Parente.AUTRE
    if any(depuis.version == version for depuis in identite.depuis):
        return Parente.ANCIENNE
    ecart = comparer(version, identite.version)
    return Parente.RECENTE if nom == identite.id and ecart == 1 else Parente.AUTRE


def changements(identite: Identite, trouvee: tuple[str, str] | None) -> Changements:
    """Ce qui a changé depuis la version d'un classeur ; rien si elle n'est pas connue."""
    if trouvee is None or situer(identite, trouvee) is not Parente.ANCIENNE:
        return Changements()
    rang = next(r for r, depuis in enumerate(identite.depuis) if depuis.version == trouvee[1])
    return composer(identite.depuis[rang:])


def cles_d_avant(identite: Identite) -> Mapping[str, str]:
    """Chaque endroit qui s'est nommé autrement, sans changer de feuille ni de sens."""
    return {
        depart: endroits[0]
        for depart, (devenir, endroits) in devenus(identite).items()
        if devenir is Devenir.RENOMME
    }


def devenus(identite: Identite) -> Pas:
    """Ce qu'est devenu chaque endroit de n'importe quelle version d'avant."""
    rangs = range(len(identite.depuis))
    suites = (composer(identite.depuis[rang:]).devenus.items() for rang in rangs)
    return dict(chain.from_iterable(suites))


def composer(suite: Iterable[Depuis]) -> Changements:
    """Ce que plusieurs versions, la plus ancienne d'abord, ont changé ensemble."""
    ajoutes: set[str] = set()
    devenus: dict[str, Devenu] = {}
    for depuis in suite:
        pas = dict(_pas(depuis))
        connus = {e for _, endroits in devenus.values() for e in endroits} | ajoutes
        for depart, (devenir, endroits) in devenus.items():
            devenus[depart] = _suivre(devenir, endroits, pas)
        ajoutes = set(chain.from_iterable(_suites(endroit, pas) for endroit in ajoutes))
        devenus |= {depart: devenu for depart, devenu in pas.items() if depart not in connus}
        ajoutes |= {*depuis.ajoutes, *_neufs(pas)}
    return Changements(frozenset(ajoutes), devenus)


def comparer(une: str, autre: str) -> int | None:
    """-1, 0 ou 1 selon l'ordre de deux versions (« 1.9 » avant « 1.10 ») ; rien sans numéros."""
    if not (_NUMERO.fullmatch(une) and _NUMERO.fullmatch(autre)):
        return None
    gauche, droite = ([int(n) for n in version.split(".")] for version in (une, autre))
    return (gauche > droite) - (gauche < droite)


def _pas(depuis: Depuis) -> Iterator[tuple[str, Devenu]]:
    yield from ((d, (Devenir.RENOMME, (a,))) for d, a in depuis.renommes.items())
    yield from ((d, (Devenir.SCINDE, a)) for d, a in depuis.scindes.items())
    yield from ((d, (Devenir.DEPLACE, (a,))) for d, a in depuis.deplaces.items())
    yield from ((d, (Devenir.RETIRE, ())) for d in depuis.retires)


def _suivre(devenir: Devenir, endroits: tuple[str, ...], pas: Pas) -> Devenu:
    """Un endroit déjà changé, un pas plus loin ; ce qui est scindé ou déplacé le reste."""
    suites = tuple(dict.fromkeys(chain.from_iterable(_suites(e, pas) for e in endroits)))
    if not suites:
        return Devenir.RETIRE, ()
    if devenir is Devenir.RENOMME and endroits[0] in pas:
        return pas[endroits[0]][0], suites
    return devenir, suites


def _suites(endroit: str, pas: Pas) -> tuple[str, ...]:
    """Où est un endroit après ce pas ; une colonne suit sa feuille."""
    if endroit in pas:
        return pas[endroit][1]
    feuille, _, colonne = endroit.partition(".")
    if colonne and feuille in pas:
        return tuple(f"{suite}.{colonne}" for suite in pas[feuille][1])
    return (endroit,)


def _neufs(pas: Pas) -> Iterator[str]:
    """Les endroits d'arrivée qui n'existaient pas : ceux d'une scission ou d'un déplacement."""
    for depart, (devenir, endroits) in pas.items():
        if devenir in (Devenir.SCINDE, Devenir.DEPLACE):
            yield from (endroit for endroit in endroits if endroit != depart)
