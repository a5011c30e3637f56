"""Le canton n'est qu'un : « État de Vaud », « Canton de Vaud », « Administration cantonale ».

Une banque ou un hôpital « cantonal » n'est pas le canton, ni une société.

>>> [est_le_canton(nom) for nom in ("État de Vaud", "Administration cantonale vaudoise")]
[True, True]
>>> [est_le_canton(nom) for nom in ("Banque Cantonale Vaudoise", "Cantonale SA", "Vaud Net")]
[False, False, False]
>>> nommer_le_canton("Administration cantonale", "VD"), nommer_le_canton("État de Vaud", "FR")
('Canton de Vaud', 'Canton de Vaud')
"""

from __future__ import annotations

from pilotage_xlsx.metier.regroupement.vocabulaire import CANTONS, FORMES_JURIDIQUES, MOTS_OUTILS
from pilotage_xlsx.registre.rapprochement import mots
from pilotage_xlsx.socle.textes import Texte, retenir

_LE_DISENT = frozenset({"canton", "cantonal", "cantonale", "cantonaux", "etat", "kanton"})
_SES_SERVICES = frozenset(
    {"administration", "administrations", "republique", "service", "services", "informatique"}
    | {"direction", "departement", "chancellerie", "office", "numerique", "systemes", "information"}
    | {"generale", "general", "autorite", "autorites"}
)
_OUBLIES = MOTS_OUTILS | _LE_DISENT | _SES_SERVICES
_PAR_MOT = {mot: sigle for sigle, (_, siens) in CANTONS.items() for mot in siens}


@retenir(50_000)
def est_le_canton(nom: Texte) -> bool:
    """Vrai si ce nom ne désigne que l'administration d'un canton."""
    siens = set(mots(nom))
    if not siens & _LE_DISENT or siens & FORMES_JURIDIQUES:
        return False
    return all(mot in _PAR_MOT or mot in _OUBLIES for mot in siens)


def nommer_le_canton(nom: Texte, sigle: Texte | None) -> str:
    """« Canton de Vaud » : celui que le nom dit, sinon celui de la commune ; à défaut, le nom."""
    trouves = {_PAR_MOT[mot] for mot in mots(nom) if mot in _PAR_MOT}
    le_sien = trouves.pop() if len(trouves) == 1 else sigle
    if le_sien is None:
        return nom
    return CANTONS[le_sien][0] if le_sien in CANTONS else f"Canton ({le_sien})"
