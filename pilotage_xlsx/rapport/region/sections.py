"""Le rapport d'une région en sections : la page des communes, puis l'annexe."""

from __future__ import annotations

from pilotage_xlsx.metier.mesure import Chiffre, Mesure
from pilotage_xlsx.rapport.document import (
    Case,
    ColonneDeTable,
    Document,
    GenreDeColonne,
    PageRegionale,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import commune as nommer_commune
from pilotage_xlsx.rapport.mots import compter
from pilotage_xlsx.rapport.region import annexe
from pilotage_xlsx.rapport.region.chiffres import Region
from pilotage_xlsx.rapport.region.tables import LARGEURS, NOM
from pilotage_xlsx.rapport.sections.cartes import dresser, montrer
from pilotage_xlsx.socle.typographie import jour


def composer(region: Region) -> Document:
    """Le rapport de la région, prêt pour tous les rendus."""
    nombre = compter(len(region.communes), "commune")
    return Document(
        premiere=PageRegionale(
            avis="Interne : ne pas publier",
            surtitre=f"{nombre} · état au {jour(region.au)}",
            titre=f"Pilotage numérique, rapport régional {region.annee}",
            alerte=_alerte(region),
            cartes=dresser(region.mesures, region.anciennes, annee_precedente=region.annee - 1),
            communes=_une_ligne_par_commune(region),
        ),
        annexe=_annexe(region),
        pied=f"Interne · {nombre} · pilotage numérique {region.annee}",
    )


def _annexe(region: Region) -> tuple[Section, ...]:
    sections = (composer_section(region) for composer_section in annexe.SECTIONS)
    return tuple(section for section in sections if section is not None)


def _alerte(region: Region) -> str | None:
    """Combien de classeurs ont encore des erreurs ; lesquels ne se dit pas ici."""
    fautifs = sum(rapport.constats.erreurs > 0 for rapport in region.communes)
    if not fautifs:
        return None
    total = compter(len(region.communes), "classeur")
    accord = "contient" if fautifs == 1 else "contiennent"
    return f"Sur {total}, {fautifs} {accord} encore des erreurs : les chiffres peuvent changer."


def _une_ligne_par_commune(region: Region) -> Tableau:
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 28),
        *(ColonneDeTable(c.colonne, _genrer(c), largeur) for c, largeur in LARGEURS.items()),
    )
    lignes = tuple(
        (nommer_commune(rapport, NOM), *(_montrer(c, rapport.mesures[c]) for c in LARGEURS))
        for rapport in region.communes
    )
    return Tableau("Les communes, par ordre alphabétique", colonnes, lignes)


def _genrer(chiffre: Chiffre) -> GenreDeColonne:
    """Un nombre, ou un texte s'il se dit sur une base."""
    return GenreDeColonne.NOMBRE if chiffre.base is None else GenreDeColonne.MESURE


def _montrer(chiffre: Chiffre, mesure: Mesure) -> Case:
    return int(mesure.valeur) if chiffre.base is None else montrer(chiffre, mesure)
