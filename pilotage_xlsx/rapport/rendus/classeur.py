"""Le classeur du rapport : la page de vote, puis une feuille par section.

Les nombres et les dates restent des nombres et des dates ; les graphiques sont natifs.
"""

from __future__ import annotations

from datetime import date

from pilotage_xlsx import __version__
from pilotage_xlsx.modele import PROPRIETE
from pilotage_xlsx.rapport.document import Document, PageRegionale, Section
from pilotage_xlsx.rapport.rendus.classeur_annexe import ecrire_section
from pilotage_xlsx.rapport.rendus.classeur_page import ecrire_page
from pilotage_xlsx.registre import RAPPORT
from pilotage_xlsx.socle.tableur import Classeur
from pilotage_xlsx.socle.typographie import typographier


def rendre(document: Document, creation: date) -> bytes:
    """Le document en classeur ; le même document donne les mêmes octets."""
    classeur = Classeur(creation, {"title": document.premiere.titre, "comments": document.pied})
    classeur.livre.set_custom_property(PROPRIETE, f"{RAPPORT} {__version__}")
    ecrire_page(classeur, document)
    for section in (*_communes(document), *document.annexe):
        ecrire_section(classeur, section, typographier(document.pied))
    return classeur.octets()


def _communes(document: Document) -> tuple[Section, ...]:
    """Les communes d'une région, sur leur propre feuille : la page de vote n'en a pas."""
    page = document.premiere
    if not isinstance(page, PageRegionale):
        return ()
    titre = "Une ligne par commune"
    return (Section("communes", "Communes", titre, (), (page.communes,)),)
