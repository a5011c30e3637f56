"""Ce qui engage la commune, et jusqu'à quand : échéances, reconductions, contrats sans fin, écrits.

Une fin qui manque ne doit jamais disparaître : elle n'existe pas (durée indéterminée), ou elle
n'est pas inscrite.

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils | nom  | echeance   | renouvellement
...        | GED  | 24.11.2027 | Tacite
...        | Site | 25.11.2027 | Tacite
...        | Fax  |            | Durée indéterminée
... ''')
>>> noms(ECHEANCES.mesurer(liens, 2026).lignes), noms(INDETERMINES.mesurer(liens, 2026).lignes)
(['GED'], ['Fax'])

Source : note § 3.2 (coordination des prestataires).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.metier.affaires import reconductions
from pilotage_xlsx.metier.jugements import est_sans_fin
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.lignes import repartir
from pilotage_xlsx.metier.mesure import Addition, Chapitre, Chiffre, Part
from pilotage_xlsx.modele.sens import DUREE_INDETERMINEE
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import ajouter_mois


def _echeances(liens: Liens, _: int | None) -> Iterator[Ligne]:
    fin = ajouter_mois(liens.au, 12)
    for outil in liens.outils_en_service:
        if (jour := outil.date("echeance")) and liens.au <= jour <= fin:
            yield outil


def _reconduits(liens: Liens, _: int | None) -> Iterator[Ligne]:
    return (affaire.ligne for affaire in reconductions(liens))


def _sans_fin(liens: Liens, *, est_indetermine: bool) -> Iterator[Ligne]:
    for outil in liens.outils_en_service:
        if est_sans_fin(liens, outil) and liens.est(outil, DUREE_INDETERMINEE) is est_indetermine:
            yield outil


def _ecrits(liens: Liens, prestataires: Sequence[Ligne]) -> Iterator[Part]:
    for reponse, lignes in repartir(liens, prestataires, "prestataires", "contrat"):
        yield str(reponse).lower(), lignes


ECHEANCES = Chiffre(
    "echeances",
    "échéances des douze mois",
    Chapitre.CONTRATS,
    _echeances,
)
RECONDUITS = Chiffre(
    "reconduits",
    "contrats reconduits sans décision",
    Chapitre.CONTRATS,
    _reconduits,
)
INDETERMINES = Chiffre(
    "indetermines",
    "contrats à durée indéterminée",
    Chapitre.CONTRATS,
    lambda liens, _: _sans_fin(liens, est_indetermine=True),
    citation="À durée indéterminée",
)
SANS_FIN = Chiffre(
    "sans_fin",
    "contrats sans fin inscrite",
    Chapitre.CONTRATS,
    lambda liens, _: _sans_fin(liens, est_indetermine=False),
    citation="Sans fin de contrat inscrite",
)
ECRITS = Chiffre(
    "contrats_ecrits",
    "contrat écrit",
    Chapitre.CONTRATS,
    lambda liens, _: liens.prestataires,
    addition=Addition.AUCUNE,
    parts=_ecrits,
)
