"""Le rapport annuel : des classeurs d'une année à ses chiffres, puis à ses formes en octets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes import choisir as choisir_un_nom
from pilotage_xlsx.gestes.classeurs import (
    Classeur,
    Recu,
    charger_une_fois,
    ouvrir,
    plusieurs,
    situer,
)
from pilotage_xlsx.gestes.controle import Lire, Lu
from pilotage_xlsx.gestes.millesimes import Millesime, choisir
from pilotage_xlsx.gestes.porte import modele_de, relire_comme
from pilotage_xlsx.metier.evolution import est_la_meme_commune
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import FORMES, Rapport, Region, rendre, rendre_la_publique, reunir
from pilotage_xlsx.rapport import calculer as chiffrer
from pilotage_xlsx.rapport.region import alleger
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.entree import Source

if TYPE_CHECKING:
    from pilotage_xlsx.consolidation.mutualisation import Participante

ANNEES_AVANT = 4
"""Les années d'avant, au plus : avec celle du rapport, cinq côte à côte."""


class Calcule(NamedTuple):
    """Les chiffres figés d'une commune ou d'une région, et une phrase par classeur laissé."""

    rapport: Rapport | Region
    remarques: tuple[str, ...]


def rapport(
    classeurs: Classeur | Iterable[Classeur],
    *,
    annee: int,
    precedent: Classeur | Iterable[Classeur] | None = None,
    formes: Iterable[str] = FORMES,
    public: bool = False,
    attendues: Recu | None = None,
    au: date | None = None,
    seance: date | None = None,
    modele: Modele | None = None,
) -> Mapping[str, bytes]:
    """Le rapport de ``annee`` : ses fichiers par nom, ``rapport.json`` compris.

    Les classeurs de plusieurs communes donnent un rapport régional. ``precedent`` : le classeur de
    l'an passé, ou ceux de plusieurs années ; ``formes`` : parmi « html », « pdf », « xlsx »,
    « txt » (toujours rendu) ; ``public`` : aussi la page qui peut se publier, d'une commune
    seule ; ``seance`` : le jour où l'exécutif en délibère ; ``attendues`` : la liste des communes
    attendues, un CSV ou un classeur. Lève `GesteImpossible` si aucun classeur n'est de cette année,
    ou si l'un ne se lit pas.
    """
    demandees = tuple(choisir_un_nom(forme, FORMES, "une forme de rapport") for forme in formes)
    choisi, jour = modele or charger_une_fois(), au or date.today()
    tache = Lire(choisi, jour)
    lus = [tache.rendre(ouvrir(classeur, choisi)) for classeur in plusieurs(classeurs)]
    exiger_lisibles(lus)
    donnes = () if precedent is None else plusieurs(precedent)
    anciens = [tache.rendre(ouvrir(ancien, choisi)) for ancien in donnes]
    fait = calculer(
        lus,
        annee=annee,
        precedents=anciens,
        au=jour,
        seance=seance,
        modele=choisi,
        attendues=None if attendues is None else situer(attendues),
    ).rapport
    if not public:
        return rendre(fait, demandees)
    dire_ce_qui_est_tu(fait)
    return {**rendre(fait, demandees), **rendre_la_publique(fait, demandees)}


def exiger_lisibles(lus: Iterable[Lu]) -> None:
    """Lève `GesteImpossible` au premier classeur qui ne se lit pas."""
    for lu in lus:
        if not lu.est_lisible:
            raise GesteImpossible(f"{lu.registre.fichier} : pas lu. {lu.registre.refus}")


def dire_ce_qui_est_tu(fait: Rapport | Region) -> tuple[str, ...]:
    """Ce que la page publique laisse, une phrase par chose ; une région n'a pas de telle page."""
    if isinstance(fait, Region):
        raise GesteImpossible(
            "La page à publier ne vaut que pour une commune : donnez le classeur d'une seule."
        )
    from pilotage_xlsx.rapport import publique  # noqa: PLC0415  # seulement si on la demande

    return publique.composer(fait).laisses


def tel_quel(lu: Lu) -> Lu:
    """Le même : il est déjà entier."""
    return lu


def calculer(
    lus: Sequence[Lu],
    *,
    annee: int,
    precedents: Sequence[Lu] = (),
    au: date,
    modele: Modele,
    seance: date | None = None,
    attendues: Source | None = None,
    entier: Callable[[Lu], Lu] = tel_quel,
) -> Calcule:
    """Les chiffres du rapport de classeurs déjà lus ; ceux qui ne se lisent pas sont laissés.

    ``attendues`` : la liste des communes d'une région ; une seule commune en fait une.
    ``entier`` : tout d'un classeur dont ``lus`` n'a que la fiche ; d'une région, un à la fois.
    """
    choix = choisir([lu for lu in lus if lu.est_lisible], annee)
    millesimes = choix.millesimes
    if precedents:
        millesimes = _remplacer_les_precedents(millesimes, precedents)
    chiffrer_un = partial(_chiffrer, modele=modele, annee=annee, au=au, seance=seance)
    if len(millesimes) == 1 and attendues is None:
        actuel, anciens = millesimes[0]
        entiers = entier(actuel), tuple(map(entier, anciens))
        return Calcule(chiffrer_un(entiers), choix.remarques)

    from pilotage_xlsx.gestes import region  # noqa: PLC0415  # la mutualisation : pour plusieurs

    calcules: list[Rapport] = []
    participantes: list[Participante] = []
    for actuel, anciens in millesimes:
        lu = entier(actuel)
        calcules.append(alleger(chiffrer_un((lu, tuple(map(entier, anciens))))))
        participantes.append(region.participer(lu, modele, au))
    absentes = None if attendues is None else region.attendre(attendues, calcules)
    partages = region.partager(participantes, au)
    reunie = reunir(calcules, annee=annee, au=au, partages=partages, attendues=absentes)
    return Calcule(reunie, choix.remarques)


def _chiffrer(
    millesime: Millesime, modele: Modele, *, annee: int, au: date, seance: date | None
) -> Rapport:
    """Les chiffres d'une commune ; les classeurs d'avant se lisent d'après le même modèle."""
    actuel, anciens = millesime
    return chiffrer(
        actuel.registre,
        modele_de(actuel.registre.porte, modele),
        annee=annee,
        au=au,
        constats=actuel.resume,
        precedents=[relire_comme(a.registre, actuel.registre, modele) for a in anciens],
        seance=seance,
    )


def _remplacer_les_precedents(
    millesimes: Sequence[Millesime], anciens: Sequence[Lu]
) -> tuple[Millesime, ...]:
    """Les classeurs d'années d'avant que l'on donne, de la même commune, un par année."""
    if len(millesimes) > 1:
        raise GesteImpossible(
            "Un classeur d'avant ne se donne à part que pour une commune : pour une région, donnez "
            "ceux de l'an passé avec les autres."
        )
    ((actuel, _),) = millesimes
    for ancien in anciens:
        _exiger_un_precedent(ancien, actuel)
    ordonnes = sorted(anciens, key=lambda lu: lu.registre.annee or 0, reverse=True)
    if len(ordonnes) > ANNEES_AVANT:
        raise GesteImpossible(
            f"{len(ordonnes)} classeurs d'années d'avant : donnez-en {ANNEES_AVANT} au plus, pour "
            "lire cinq années côte à côte."
        )
    for un, autre in pairwise(ordonnes):
        if un.registre.annee == autre.registre.annee:
            raise GesteImpossible(
                f"{un.registre.fichier} et {autre.registre.fichier} sont de la même année : "
                "n'en donnez qu'un."
            )
    return ((actuel, tuple(ordonnes)),)


def _exiger_un_precedent(ancien: Lu, actuel: Lu) -> None:
    precedent = ancien.registre.fichier
    if not ancien.est_lisible:
        raise GesteImpossible(f"{precedent} : pas lu. {ancien.registre.refus}")
    if not est_la_meme_commune(ancien.registre, actuel.registre):
        une, autre = extraire(ancien.registre.nom), extraire(actuel.registre.nom)
        raise GesteImpossible(
            f"{precedent} est le classeur de {une}, et le rapport celui de {autre} : donnez "
            "un classeur d'avant de la même commune."
        )
    if ancien.registre.annee is not None and ancien.registre.annee >= (actuel.registre.annee or 0):
        raise GesteImpossible(
            f"{precedent} est de {ancien.registre.annee} : donnez le classeur d'une année d'avant "
            f"{actuel.registre.annee}."
        )
