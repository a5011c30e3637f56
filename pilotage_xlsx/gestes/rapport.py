"""Le rapport annuel : des classeurs d'une année à ses chiffres, puis à ses formes en octets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes import choisir as choisir_un_nom
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, ouvrir, plusieurs
from pilotage_xlsx.gestes.controle import Lire, Lu
from pilotage_xlsx.gestes.millesimes import Millesime, choisir
from pilotage_xlsx.gestes.porte import modele_de, relire_comme
from pilotage_xlsx.metier.evolution import est_la_meme_commune
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import FORMES, Rapport, Region, rendre, rendre_la_publique, reunir
from pilotage_xlsx.rapport import calculer as chiffrer
from pilotage_xlsx.rapport import publique as page_publique
from pilotage_xlsx.socle.confidentiel import extraire


class Calcule(NamedTuple):
    """Les chiffres figés d'une commune ou d'une région, et une phrase par classeur laissé."""

    rapport: Rapport | Region
    remarques: tuple[str, ...]


def rapport(
    classeurs: Classeur | Iterable[Classeur],
    *,
    annee: int,
    precedent: Classeur | None = None,
    formes: Iterable[str] = FORMES,
    public: bool = False,
    au: date | None = None,
    modele: Modele | None = None,
) -> Mapping[str, bytes]:
    """Le rapport de ``annee`` : ses fichiers par nom, ``rapport.json`` compris.

    Les classeurs de plusieurs communes donnent un rapport régional. ``precedent`` : le classeur de
    l'an passé ; ``formes`` : parmi « html », « pdf », « xlsx », « txt » (toujours rendu) ;
    ``public`` : aussi la page qui peut se publier, d'une commune seule. Lève
    `GesteImpossible` si aucun classeur n'est de cette année, ou si l'un ne se lit pas.
    """
    demandees = tuple(choisir_un_nom(forme, FORMES, "une forme de rapport") for forme in formes)
    choisi, jour = modele or charger_une_fois(), au or date.today()
    tache = Lire(choisi, jour)
    lus = [tache.rendre(ouvrir(classeur, choisi)) for classeur in plusieurs(classeurs)]
    for lu in lus:
        if not lu.est_lisible:
            raise GesteImpossible(f"{lu.registre.fichier} : pas lu. {lu.registre.refus}")
    ancien = None if precedent is None else tache.rendre(ouvrir(precedent, choisi))
    fait = calculer(lus, annee=annee, precedent=ancien, au=jour, modele=choisi).rapport
    if not public:
        return rendre(fait, demandees)
    dire_ce_qui_est_tu(fait)
    return {**rendre(fait, demandees), **rendre_la_publique(fait, demandees)}


def dire_ce_qui_est_tu(fait: Rapport | Region) -> tuple[str, ...]:
    """Ce que la page publique laisse, une phrase par chose ; une région n'a pas de telle page."""
    if isinstance(fait, Region):
        raise GesteImpossible(
            "--public ne vaut que pour une commune : donnez le classeur d'une seule."
        )
    return page_publique.composer(fait).laisses


def calculer(
    lus: Sequence[Lu], *, annee: int, precedent: Lu | None, au: date, modele: Modele
) -> Calcule:
    """Les chiffres du rapport de classeurs déjà lus ; ceux qui ne se lisent pas sont laissés."""
    choix = choisir([lu for lu in lus if lu.est_lisible], annee)
    millesimes = choix.millesimes
    if precedent is not None:
        millesimes = _remplacer_le_precedent(millesimes, precedent)
    calcules = [_chiffrer(millesime, modele, annee=annee, au=au) for millesime in millesimes]
    seul = calcules[0] if len(calcules) == 1 else None
    return Calcule(seul or reunir(calcules, annee=annee, au=au), choix.remarques)


def _chiffrer(millesime: Millesime, modele: Modele, *, annee: int, au: date) -> Rapport:
    """Les chiffres d'une commune ; le classeur de l'an passé se lit d'après le même modèle."""
    actuel, ancien = millesime
    return chiffrer(
        actuel.registre,
        modele_de(actuel.registre.porte, modele),
        annee=annee,
        au=au,
        constats=actuel.resume,
        precedent=relire_comme(ancien.registre, actuel.registre, modele) if ancien else None,
    )


def _remplacer_le_precedent(millesimes: Sequence[Millesime], ancien: Lu) -> tuple[Millesime, ...]:
    """Le classeur de l'an passé que l'on donne : de la même commune, d'une année d'avant."""
    if len(millesimes) > 1:
        raise GesteImpossible(
            "--precedent ne vaut que pour une commune : pour une région, donnez les classeurs de "
            "l'an passé avec les autres."
        )
    ((actuel, _),) = millesimes
    precedent = ancien.registre.fichier
    if not ancien.est_lisible:
        raise GesteImpossible(f"{precedent} : pas lu. {ancien.registre.refus}")
    if not est_la_meme_commune(ancien.registre, actuel.registre):
        une, autre = extraire(ancien.registre.nom), extraire(actuel.registre.nom)
        raise GesteImpossible(
            f"{precedent} est le classeur de {une}, et le rapport celui de {autre} : donnez à "
            "--precedent un classeur de la même commune."
        )
    if ancien.registre.annee is not None and ancien.registre.annee >= (actuel.registre.annee or 0):
        raise GesteImpossible(
            f"{precedent} est de {ancien.registre.annee} : donnez à --precedent le classeur d'une "
            f"année d'avant {actuel.registre.annee}."
        )
    return ((actuel, ancien),)
