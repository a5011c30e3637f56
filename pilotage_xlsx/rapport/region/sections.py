"""Le rapport d'une région en sections : la page des communes, puis l'annexe."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Mesure, Rapport
from pilotage_xlsx.rapport.document import (
    Case,
    Colonne,
    Document,
    Genre,
    PageRegionale,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import commune as nommer_commune
from pilotage_xlsx.rapport.mots import compter
from pilotage_xlsx.rapport.region import annexe
from pilotage_xlsx.rapport.region.chiffres import Region
from pilotage_xlsx.rapport.sections.cartes import dresser, montrer
from pilotage_xlsx.socle.typographie import jour

_COLONNES = (
    Colonne("Commune", Genre.FORT, 28),
    Colonne("Outils en service", Genre.NOMBRE, 11),
    Colonne("dont indispensables", Genre.NOMBRE, 16),
    Colonne("Restauration testée", Genre.MESURE, 13),
    Colonne("Accès tenus", Genre.MESURE, 11),
    Colonne("Francs par an", Genre.MESURE, 12),
    Colonne("Points à clarifier", Genre.NOMBRE, 11),
    Colonne("Incidents", Genre.NOMBRE, 10),
)
_NOM = 40


def composer(region: Region) -> Document:
    """Le rapport de la région, prêt pour tous les rendus."""
    nombre = compter(len(region.communes), "commune")
    return Document(
        premiere=PageRegionale(
            avis="Interne : ne pas publier",
            surtitre=f"{nombre} · état au {jour(region.au)}",
            titre=f"Pilotage numérique, rapport régional {region.annee}",
            alerte=_alerte(region),
            cartes=dresser(
                region.cinq,
                en_service=int(region.somme(lambda r: len(r.parc.en_service))),
                annee_precedente=region.annee - 1,
            ),
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
    lignes = tuple(_ligne(rapport) for rapport in region.communes)
    return Tableau("Les communes, par ordre alphabétique", _COLONNES, lignes)


def _ligne(rapport: Rapport) -> tuple[Case, ...]:
    cinq = {chiffre.mesure: chiffre.compte for chiffre in rapport.cinq}
    return (
        nommer_commune(rapport, _NOM),
        len(rapport.parc.en_service),
        int(cinq[Mesure.INDISPENSABLES].valeur),
        *(montrer(m, cinq[m]) for m in (Mesure.RESTAURATION, Mesure.ACCES, Mesure.COUT)),
        int(cinq[Mesure.A_CLARIFIER].valeur),
        len(rapport.incidents),
    )
