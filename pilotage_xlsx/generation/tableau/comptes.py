"""Les comptes du tableau de bord, en formules : la jumelle de `metier.chiffres`."""

from __future__ import annotations

from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.echeancier import plage_de
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.modele.sens import (
    DONNEES_TOUCHEES,
    DURABLE,
    EN_SERVICE,
    INCIDENT_OUVERT,
    PROPOSEE,
    SERVICE_TOUCHE,
)
from pilotage_xlsx.modele.vocabulaire import Marque


class ComptesDuTableau(Compilateur):
    """Les comptes d'un registre : chaque épreuve y porte sur toute la table à la fois."""

    def outils(self, colonne: str = "", valeur: str = "") -> str:
        """Les outils en service, ou ceux d'une valeur."""
        statut = self.registre.feuille.par_id["statut"]
        statuts = [self._est_vide(statut), *self._epreuves(EN_SERVICE)]
        epreuves = [self._en_vigueur(), f"({'+'.join(statuts)}>0)"]
        return _compter([*epreuves, self._vaut(colonne, valeur)] if colonne else epreuves)

    def de_l_annee(self, colonne: str, *epreuves: str) -> str:
        """Les lignes dont la date tombe dans l'année du rapport."""
        return _compter([self._inscrite(), self._date_de_l_annee(colonne), *epreuves])

    def durables(self) -> str:
        """Les décisions durables de l'année."""
        return self.de_l_annee("date", self._repond(DURABLE))

    def touchants(self) -> str:
        """Les incidents de l'année qui ont touché un service ou des données."""
        service, donnees = self._repond(SERVICE_TOUCHE), self._repond(DONNEES_TOUCHEES)
        return self.de_l_annee("constate_le", f"({service}+{donnees}>0)")

    def en_attente(self) -> str:
        """Les décisions proposées."""
        return _compter([self._en_vigueur(), self._repond(PROPOSEE)])

    def ouverts(self) -> str:
        """Les incidents pas encore clos."""
        return _compter([self._en_vigueur(), self._repond(INCIDENT_OUVERT)])

    def _repond(self, marque: Marque) -> str:
        """Une épreuve qui porte sur toute la table : « ou » s'y écrit par une somme."""
        epreuves = self._epreuves(marque)
        return epreuves[0] if len(epreuves) == 1 else f"({'+'.join(epreuves)}>0)"

    def _epreuves(self, marque: Marque) -> list[str]:
        return [self._vaut(marque.colonne, v) for v in self.plan.modele.libelles(marque)]

    def _en_vigueur(self) -> str:
        return f'(LEFT({self._technique("signes")},1)="V")'

    def _inscrite(self) -> str:
        return f"(LEN({self._technique('signes')})>1)"

    def _date_de_l_annee(self, colonne: str) -> str:
        """Une division par zéro, ou l'erreur de la cellule, veut dire non."""
        jours, annee = self._cellule(colonne), self.plan.annee_du_rapport()
        debut, fin = f"DATE({annee},1,1)", f"DATE({annee}+1,1,1)"
        return f"ISNUMBER(1/(ISNUMBER({jours})*({jours}>={debut})*({jours}<{fin})))"

    def _cellule(self, colonne: str) -> str:
        return self._relative(self.registre.rang(colonne))

    def _relative(self, rang: int) -> str:
        return plage_de(self.registre, rang)


def comptes(plan: Plan, registre: str) -> ComptesDuTableau:
    """Les comptes d'un registre du plan."""
    trouve: PlanDeRegistre = plan.registre(registre)
    return ComptesDuTableau(plan, trouve)


def _compter(epreuves: list[str]) -> str:
    """Le nombre de lignes où toutes les épreuves sont vraies ; l'en-tête n'en passe aucune."""
    return f"SUMPRODUCT({'*'.join(epreuves)})"
