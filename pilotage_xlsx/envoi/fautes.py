"""Ce qui empêche un envoi : une phrase qui dit le fait et quoi faire, jamais une trace."""

from __future__ import annotations

from pilotage_xlsx.socle.systeme import Empechement


class EnvoiRefuse(Empechement):
    """Le message ne peut pas partir tel quel : entrée, adresse ou emploi (code de sortie 2)."""


class EnvoiImpossible(Exception):
    """Le serveur de courrier n'a pas pris le message (code de sortie 3).

    ``est_incertain`` : la liaison s'est rompue après le message, il est peut-être parti.
    """

    def __init__(self, phrase: str, *, est_incertain: bool = False) -> None:
        super().__init__(phrase)
        self.est_incertain = est_incertain
