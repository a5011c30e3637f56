"""Un essai par moteur ; ceux où les formules d'aujourd'hui ne calculent pas encore sont marqués.

Quand les formules seront devenues ordinaires, ``par_moteur`` n'aura plus rien à marquer.
"""

import pytest

from tests.moteurs.moteurs import MOTEURS

_EN_COURS = pytest.mark.xfail(strict=False, reason="en cours : les formules deviennent ordinaires")
_FAUX_PARTOUT = ("Gnumeric", "IronCalc", "formualizer")


def en_cours(nom: str) -> pytest.MarkDecorator:
    """La marque d'un contrôle que le classeur d'aujourd'hui ne passe pas."""
    return pytest.mark.xfail(strict=False, reason=f"en cours : {nom}")


def par_moteur(*aussi: str) -> pytest.MarkDecorator:
    """Un essai par moteur ; ``aussi`` nomme ceux qui se trompent encore ici, et pas partout."""
    faux = (*_FAUX_PARTOUT, *aussi)
    cas = [pytest.param(m, marks=_EN_COURS if m.nom in faux else (), id=m.nom) for m in MOTEURS]
    return pytest.mark.parametrize("moteur", cas)
