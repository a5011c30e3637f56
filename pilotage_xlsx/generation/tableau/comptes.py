"""Les comptes du tableau de bord, en formules : la jumelle de `metier.chiffres`.

Ils comptent les colonnes cachées des registres ; une feuille effacée compte zéro.
"""

from __future__ import annotations

from itertools import product

from pilotage_xlsx.generation.mots import CODE_VIDE, Mots
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.techniques import code_de
from pilotage_xlsx.modele.sens import (
    DONNEES_TOUCHEES,
    DURABLE,
    INCIDENT_OUVERT,
    PROPOSEE,
    SERVICE_TOUCHE,
)
from pilotage_xlsx.modele.vocabulaire import Marque

Critere = tuple[str, str]
"""Une colonne cachée et ce qu'elle doit valoir."""


class ComptesDuTableau:
    """Les comptes d'un registre ; ``annee`` est la cellule de l'année du rapport."""

    def __init__(self, plan: Plan, registre: str, annee: str) -> None:
        self.modele = plan.modele
        self.registre = plan.registre(registre)
        self.annee = annee

    def outils(self) -> str:
        """Les outils en service."""
        return self._compter(("service", "1"))

    def repartis(self, colonne: str, libelle: str) -> str:
        """Ceux qui ont cette réponse."""
        return self._compter(("service", "1"), self._code(colonne, libelle))

    def inscrites(self) -> str:
        """Les lignes dont la date tombe dans l'année du rapport."""
        return self._compter(*self._de_l_annee)

    def durables(self) -> str:
        """Les décisions durables de l'année."""
        return self._repondent(DURABLE, *self._de_l_annee)

    def touchants(self) -> str:
        """Les incidents de l'année qui ont touché un service ou des données."""
        services, donnees = self._codes(SERVICE_TOUCHE), self._codes(DONNEES_TOUCHEES)
        uns = (self._compter(*self._de_l_annee, code) for code in (*services, *donnees))
        deux = (self._compter(*self._de_l_annee, *paire) for paire in product(services, donnees))
        return f"({'+'.join(uns)}-{'-'.join(deux)})"

    def en_attente(self) -> str:
        """Les décisions proposées."""
        return self._repondent(PROPOSEE, ("signes", '"V*"'))

    def ouverts(self) -> str:
        """Les incidents pas encore clos."""
        return self._repondent(INCIDENT_OUVERT, ("signes", '"V*"'))

    @property
    def _de_l_annee(self) -> tuple[Critere, Critere]:
        return ("annee", self.annee), ("total", "0")

    def _repondent(self, marque: Marque, *criteres: Critere) -> str:
        comptes = [self._compter(*criteres, code) for code in self._codes(marque)]
        if self.modele.si_vide(marque.feuille, marque.colonne) in self.modele.libelles(marque):
            colonne = self.registre.feuille.par_id[marque.colonne]
            comptes.append(self._compter(*criteres, (code_de(colonne), f'"{CODE_VIDE}"')))
        return f"({'+'.join(comptes)})"

    def _codes(self, marque: Marque) -> list[Critere]:
        return [self._code(marque.colonne, mot) for mot in self.modele.libelles(marque)]

    def _code(self, identifiant: str, libelle: str) -> Critere:
        colonne = self.registre.feuille.par_id[identifiant]
        return code_de(colonne), f'"{Mots(self.modele, colonne).code(libelle)}"'

    def _compter(self, *criteres: Critere) -> str:
        paires = (f"{self.registre.plage_technique(nom)},{valeur}" for nom, valeur in criteres)
        return f"IFERROR(COUNTIFS({','.join(paires)}),0)"
