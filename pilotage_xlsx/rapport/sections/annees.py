"""Les cinq chiffres, d'année en année, chacun avec sa propre base."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, EN_SERVICE, INDISPENSABLES
from pilotage_xlsx.metier.mesure import Chiffre, Mesures
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import majuscule
from pilotage_xlsx.rapport.sections.cartes import montrer
from pilotage_xlsx.socle.typographie import nombre

_ASSEZ = 3


def annees(rapport: Rapport) -> Section | None:
    """Trois à cinq années côte à côte ; deux se lisent déjà sur la première page."""
    if len(rapport.annees) < _ASSEZ:
        return None
    colonnes = (
        ColonneDeTable("Chiffre", GenreDeColonne.FORT, 34),
        *(ColonneDeTable(str(annee), GenreDeColonne.MESURE, 20) for annee, _ in rapport.annees),
    )
    suivies = [mesures for _, mesures in rapport.annees]
    couts = [round(float(mesures[COUT_ANNUEL].valeur), 2) for mesures in suivies]
    centimes = any(not cout.is_integer() for cout in couts)
    lignes = tuple(
        (majuscule(c.libelle), *(_dire(c, mesures, centimes=centimes) for mesures in suivies))
        for c in CINQ
    )
    titre = "Les cinq chiffres, d'année en année"
    debut, fin = rapport.annees[0][0], rapport.annees[-1][0]
    tableau = Tableau(f"De {debut} à {fin}, chaque chiffre sur sa propre base", colonnes, lignes)
    return Section("annees", "D'année en année", titre, (), (tableau,))


def _dire(chiffre: Chiffre, mesures: Mesures, *, centimes: bool) -> str:
    mesure = mesures[chiffre]
    dit = montrer(chiffre, mesure, centimes=centimes)
    if chiffre is INDISPENSABLES:
        return f"{dit} sur {nombre(mesures[EN_SERVICE].compte)}"
    if chiffre.est_un_montant and mesure.lignes:
        return f"{dit} (pour {nombre(mesure.compte)} sur {nombre(mesure.sur or 0)})"
    return dit
