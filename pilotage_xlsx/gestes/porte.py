"""Le modèle d'après lequel lire : celui que l'on donne, sinon celui du classeur, sinon le livré.

Un registre garde ce que portait son classeur ; qui s'en sert demande ici le modèle qui va avec.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pilotage_xlsx import lecture
from pilotage_xlsx.gestes.exigences import admettre
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import Porte
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.entree import Source
from pilotage_xlsx.socle.paquet import MEMOIRE_MAX, partage_recu
from pilotage_xlsx.socle.typographie import nombre


def lire(
    source: Source,
    modele: Modele,
    memoire: int = MEMOIRE_MAX,
    *,
    est_un_partage_admis: bool = False,
) -> Registre:
    """Un classeur d'après ce modèle ; d'après celui qu'il porte, si personne n'a choisi le premier.

    Un modèle porté qui ne se lit pas est un refus du classeur ; un partage aussi, pour qui veut le
    classeur entier d'une commune.
    """
    admis = admettre if modele.est_par_defaut else None
    lu = lecture.lire(source, modele, memoire, admettre=admis)
    if lu.partage is None or lu.refus is not None or est_un_partage_admis:
        return lu
    return Registre(source, refus=partage_recu(), partage=lu.partage)


def modele_de(porte: Porte | None, modele: Modele) -> Modele:
    """Le modèle d'après lequel fut lu un registre qui garde ce ``porte``."""
    return admettre(porte.texte) if porte is not None and modele.est_par_defaut else modele


def modele_commun(portes: Iterable[Porte | None], modele: Modele) -> Modele:
    """Celui de tous ces classeurs s'ils n'en ont qu'un ; sinon ``modele``, d'où ils viennent."""
    distincts = set(portes)
    return modele_de(distincts.pop(), modele) if len(distincts) == 1 else modele


def relire_comme(registre: Registre, sur: Registre, modele: Modele) -> Registre:
    """Un registre, relu s'il le faut d'après le modèle d'un autre.

    Deux années ne se comparent que d'après un même modèle : ce qu'il renomme n'a pas changé.
    """
    if not modele.est_par_defaut or registre.porte == sur.porte or registre.refus is not None:
        return registre
    relu = lecture.lire(registre.source, modele_de(sur.porte, modele))
    return replace(relu, porte=sur.porte)


def dire_les_portes(classeurs: Iterable[tuple[str, Porte | None]]) -> Iterator[str]:
    """Une phrase par modèle porté, d'après lequel sont lus ces classeurs, donnés par leur nom."""
    noms: dict[Porte, list[str]] = {}
    for nom, porte in classeurs:
        if porte is not None:
            noms.setdefault(porte, []).append(nom)
    for porte, siens in noms.items():
        qui = f"porte {siens[0]}" if len(siens) == 1 else f"portent {nombre(len(siens))} classeurs"
        yield f"Lecture d'après le modèle « {porte.nom} », que {qui}."
