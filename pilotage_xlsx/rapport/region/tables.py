"""Les comptes par commune, puis ensemble : une colonne par chiffre qui en a une."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.metier.chiffres import CINQ, du_chapitre
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.parc import EN_SERVICE
from pilotage_xlsx.metier.mesure import Addition, Chapitre, Chiffre, Mesure
from pilotage_xlsx.rapport.document import Case, ColonneDeTable, GenreDeColonne, Tableau
from pilotage_xlsx.rapport.mots import commune
from pilotage_xlsx.rapport.region.chiffres import Region

LARGEURS: Mapping[Chiffre, int] = dict(
    zip((EN_SERVICE, *CINQ, INCIDENTS), (11, 16, 13, 11, 12, 11, 10), strict=True)
)
"""Les chiffres de la première page d'une région, et la largeur de leur colonne en signes."""

NOM = 40
"""Le nom d'une commune, au plus long."""

_LARGEUR = 16


def tabler(region: Region, *chapitres: Chapitre) -> tuple[Tableau, ...]:
    """Les chiffres de ces chapitres, une ligne par commune ; rien si la première page les dit."""
    chiffres = [c for chapitre in chapitres for c in du_chapitre(chapitre) if c.colonne]
    if all(chiffre in LARGEURS for chiffre in chiffres):
        return ()
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 30),
        *(ColonneDeTable(chiffre.colonne, _genrer(chiffre), _LARGEUR) for chiffre in chiffres),
    )
    lignes = (
        *(
            (commune(rapport, NOM), *(_compter(c, rapport.mesures[c]) for c in chiffres))
            for rapport in region.communes
        ),
        ("Ensemble", *(_additionner(chiffre, region) for chiffre in chiffres)),
    )
    return (Tableau("Comptes par commune, puis ensemble", colonnes, lignes),)


def _genrer(chiffre: Chiffre) -> GenreDeColonne:
    return GenreDeColonne.MONTANT if chiffre.est_un_montant else GenreDeColonne.NOMBRE


def _compter(chiffre: Chiffre, mesure: Mesure) -> Case:
    return round(mesure.valeur, 2) if chiffre.est_un_montant else int(mesure.valeur)


def _additionner(chiffre: Chiffre, region: Region) -> Case:
    """La case de l'ensemble ; vide pour un chiffre qui ne s'additionne pas."""
    if chiffre.addition is Addition.AUCUNE:
        return None
    return _compter(chiffre, region.mesures[chiffre])
