"""Ce que la commune partage, et ce qu'elle a cherché à partager dans l'année.

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils | nom  | mutualisation
...        | GED  | Partagé avec d'autres communes
...        | Rôle | Fourni par le canton
...        | Site | Propre à la commune
... ''')
>>> noms(PARTAGES.mesurer(liens, 2026).lignes), noms(CANTONAUX.mesurer(liens, 2026).lignes)
(['GED'], ['Rôle'])
"""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.decisions import DURABLES
from pilotage_xlsx.metier.lignes import de_l_annee, qui_repondent
from pilotage_xlsx.metier.mesure import Chapitre, Chiffre
from pilotage_xlsx.modele.sens import CANTONAL
from pilotage_xlsx.modele.vocabulaire import Marque

_PARTAGE = Marque("outils", "mutualisation", "partage")
_EXAMINEE = Marque("decisions", "mutualisee", "examinee")

PARTAGES = Chiffre(
    "partages",
    "outils partagés",
    Chapitre.MUTUALISATION,
    lambda liens, _: qui_repondent(liens, liens.outils_en_service, _PARTAGE),
    citation="Outils partagés avec d'autres communes",
    colonne="Outils partagés",
)
CANTONAUX = Chiffre(
    "cantonaux",
    "outils fournis par le canton",
    Chapitre.MUTUALISATION,
    lambda liens, _: qui_repondent(liens, liens.outils_en_service, CANTONAL),
    citation="Outils fournis par le canton",
    colonne="Fournis par le canton",
)
ECHANGES = Chiffre(
    "echanges",
    "échanges de l'année",
    Chapitre.MUTUALISATION,
    lambda liens, annee: de_l_annee(liens.etat.lignes("echanges"), "date", annee),
    colonne="Échanges de l'année",
)
EXAMINEES = Chiffre(
    "examinees",
    "solutions mutualisées examinées",
    Chapitre.MUTUALISATION,
    lambda liens, annee: qui_repondent(liens, DURABLES.lignes(liens, annee), _EXAMINEE),
    base=DURABLES,
    colonne="Solutions mutualisées examinées",
)
