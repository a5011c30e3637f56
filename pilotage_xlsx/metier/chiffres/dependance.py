"""De qui dépendent les outils indispensables, et ceux dont on ne sort pas.

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils       | nom  | criticite     | prestataire
...              | GED  | Indispensable | Alpha SA
...              | Mail | Indispensable | Géré à l'interne
... prestataires | nom
...              | Alpha SA
... ''')
>>> mesure = PAR_PRESTATAIRE.mesurer(liens, 2026)
>>> mesure.valeur, mesure.sur, [(noms([qui]), noms(quoi)) for qui, quoi in mesure.parts]
(1, 2, [(['Alpha SA'], ['GED'])])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.metier.chiffres.parc import INDISPENSABLES
from pilotage_xlsx.metier.jugements import est_captif
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.lignes import qui_repondent
from pilotage_xlsx.metier.mesure import Addition, Chapitre, Chiffre, Part
from pilotage_xlsx.modele.sens import IMPORTANT, INDISPENSABLE
from pilotage_xlsx.registre import Ligne


def _par_prestataire(liens: Liens, lignes: Sequence[Ligne]) -> Sequence[Part]:
    """Le premier prestataire en tête ; à égalité, dans l'ordre de leur feuille."""
    outils: dict[Ligne, list[Ligne]] = {p: [] for p in liens.etat.lignes("prestataires")}
    for outil in lignes:
        if prestataire := liens.prestataire(outil):
            outils[prestataire].append(outil)
    groupes = [(prestataire, tuple(siens)) for prestataire, siens in outils.items() if siens]
    return sorted(groupes, key=lambda groupe: -len(groupe[1]))


def _captifs(liens: Liens, _: int | None) -> Iterator[Ligne]:
    for outil in qui_repondent(liens, liens.outils_en_service, INDISPENSABLE, IMPORTANT):
        if est_captif(liens, outil):
            yield outil


PAR_PRESTATAIRE = Chiffre(
    "par_prestataire",
    "indispensables",
    Chapitre.DEPENDANCE,
    lambda liens, _: (o for o in liens.indispensables if liens.prestataire(o)),
    addition=Addition.AUCUNE,
    base=INDISPENSABLES,
    parts=_par_prestataire,
)
CAPTIFS = Chiffre(
    "captifs",
    "outils très difficiles à quitter",
    Chapitre.DEPENDANCE,
    _captifs,
    citation="Indispensables ou importants très difficiles à remplacer, sans récupération assurée",
    colonne="Très difficiles à quitter",
)
