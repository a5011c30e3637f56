"""Les réparations à choisir : ce que les « Vouliez-vous dire » du contrôle proposent d'écrire.

Une proposition est une question : la même coquille de toute une colonne, ou un nom que plusieurs
feuilles citent encore. Rien ne s'en écrit sans que la personne le demande.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Modele
from pilotage_xlsx.registre import Emplacement, Ligne, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.genres import citer as separer
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.textes import Texte, cle, normaliser
from pilotage_xlsx.verification import voir
from pilotage_xlsx.verification.regle import Fait
from pilotage_xlsx.verification.renommages import citations
from pilotage_xlsx.verification.reparable import Reparee, Voulu
from pilotage_xlsx.verification.reparations import Reparation

Ordre = Callable[[Reparation], tuple[int, int, int]]


class ReparationProposee(msgspec.Struct, frozen=True):
    """Une question, et ce qui s'écrit si la réponse est oui ; ``avant`` et ``apres`` se montrent.

    ``numero`` : son rang parmi celles du classeur, dès 1 ; c'est par lui qu'on l'accepte.

    ``echange`` : le nom cité et le nouveau, si les autres noms de chaque cellule restent.
    """

    avant: str
    apres: str
    reparations: tuple[Reparation, ...]
    echange: tuple[str, str] | None = None
    numero: int = 0


def chercher_les_propositions(
    registre: Registre, modele: Modele, au: date
) -> tuple[ReparationProposee, ...]:
    """Les propositions d'un classeur, dans l'ordre de ses feuilles et de ses lignes."""
    groupes: dict[Hashable, ReparationProposee] = {}
    for fait, liens in voir(registre, modele, au):
        for voulu in fait.voulus:
            cause, proposition = _proposer(fait, voulu, liens)
            deja = groupes.get(cause)
            groupes[cause] = proposition if deja is None else _reunir(deja, proposition)
    ordre = _ordonner(registre)
    rangees = [
        replace(proposition, reparations=tuple(sorted(proposition.reparations, key=ordre)))
        for proposition in groupes.values()
    ]
    rangees.sort(key=lambda proposition: ordre(proposition.reparations[0]))
    return tuple(replace(une, numero=numero) for numero, une in enumerate(rangees, 1))


def joindre(
    sures: Iterable[Reparation], acceptees: Iterable[ReparationProposee], registre: Registre
) -> tuple[Reparation, ...]:
    """Ce qui s'écrit : une cellule où plusieurs noms changent les change tous."""
    ecrites = {reparation.lieu: reparation for reparation in sures}
    for proposition in acceptees:
        for voulue in proposition.reparations:
            deja = ecrites.get(voulue.lieu)
            ecrites[voulue.lieu] = (
                voulue
                if deja is None or proposition.echange is None
                else _changer(deja, proposition.echange)
            )
    return tuple(sorted(ecrites.values(), key=_ordonner(registre)))


def _proposer(fait: Fait, voulu: Voulu, liens: Liens) -> tuple[Hashable, ReparationProposee]:
    assert fait.ligne is not None and fait.colonne is not None
    colonne = liens.modele.par_id[fait.ligne.lieu.registre].par_id[fait.colonne]
    if voulu.ancien is None:
        avant = _tape(fait.ligne, colonne)
        seule = _reparer(fait.ligne, colonne, voulu.nouveau)
        seul = (fait.registre, fait.colonne, avant, voulu.nouveau)
        return seul, ReparationProposee(seule.avant, seule.apres, (seule,))
    echange = (voulu.ancien, str(voulu.nouveau))
    reparations = tuple(
        _reparer(ligne, autre, _echanger(_tape(ligne, autre), autre, echange))
        for ligne, autre in _cellules(fait.ligne, colonne, echange, liens)
    )
    cause = (colonne.reference, cle(voulu.ancien), voulu.nouveau)
    avant, apres = map(masquer, echange)
    return cause, ReparationProposee(avant, apres, reparations, echange)


def _cellules(
    ligne: Ligne, colonne: Colonne, echange: tuple[str, str], liens: Liens
) -> Iterable[tuple[Ligne, Colonne]]:
    """Toutes celles qui citent l'ancien nom ; une mention ne vaut que dans sa colonne."""
    ancien, nouveau = echange
    if nouveau in colonne.mentions:
        return ((ligne, colonne),)
    return (
        (citante, autre)
        for citante, autre in citations(liens, colonne, ancien)
        if autre.id in citante.cellules
    )


def _tape(ligne: Ligne, colonne: Colonne) -> Texte:
    return ligne.cellules[colonne.id].texte


def _echanger(texte: Texte, colonne: Colonne, echange: tuple[str, str]) -> str:
    return _remplacer(texte, echange) if colonne.plusieurs else echange[1]


def _remplacer(texte: Texte, echange: tuple[str, str]) -> str:
    """Le texte où un nom cité en devient un autre, une seule fois."""
    ancien, nouveau = echange
    noms = (nouveau if cle(nom) == cle(ancien) else normaliser(nom) for nom in separer(texte))
    return f"{SEPARATEUR} ".join(dict.fromkeys(noms))


def _changer(reparation: Reparation, echange: tuple[str, str]) -> Reparation:
    valeur = _remplacer(str(reparation.valeur), echange)
    return replace(reparation, valeur=valeur, apres=masquer(valeur))


def _reparer(ligne: Ligne, colonne: Colonne, valeur: Reparee) -> Reparation:
    return Reparation(
        ligne.emplacement(colonne.id),
        colonne.libelle,
        masquer(_tape(ligne, colonne)),
        masquer(afficher(valeur)),
        valeur,
    )


def _reunir(une: ReparationProposee, autre: ReparationProposee) -> ReparationProposee:
    cellules: Mapping[Emplacement, Reparation] = {
        reparation.lieu: reparation for reparation in (*une.reparations, *autre.reparations)
    }
    return replace(une, reparations=tuple(cellules.values()))


def _ordonner(registre: Registre) -> Ordre:
    """L'ordre des feuilles lues, puis des lignes et des colonnes."""
    rangs = {lue.lieu.feuille: rang for rang, lue in enumerate(registre.feuilles.values())}

    def place(reparation: Reparation) -> tuple[int, int, int]:
        lieu = reparation.lieu
        return (rangs.get(lieu.feuille, len(rangs)), lieu.ligne or 0, lieu.colonne or 0)

    return place
