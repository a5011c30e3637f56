"""Porter : le modèle qui n'est pas le livré voyage dans les propriétés de son classeur.

Le porteur a été choisi par la mesure, un texte de 28'000 signes enregistré par d'autres :

=====================  ===========  =================  ========  =======  =======
                       LibreOffice  .ods, puis .xlsx   openpyxl  SheetJS  exceljs
=====================  ===========  =================  ========  =======  =======
propriétés propres     gardées      gardées            gardées   gardées  perdues
partie XML à part      gardée       perdue             perdue    –        –
feuille « très cachée » cachée       cachée             gardée    gardée   gardée
=====================  ===========  =================  ========  =======  =======

Une feuille cachée se montre, se copie et se change d'un clic, et serait à écarter partout où des
feuilles se comptent ; les propriétés tiennent déjà le nom et la version du modèle, et ce qui les
perd perd aussi ceux-ci. Excel en arrête chacune à 255 signes : le texte s'y range par bouts.
"""

from __future__ import annotations

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import PORTE
from pilotage_xlsx.socle.tableur import Classeur

_BOUT = 250


def porter(classeur: Classeur, modele: Modele) -> None:
    """Inscrit dans le classeur le modèle d'après lequel il se relira ; rien pour le livré."""
    texte = modele.porte.texte if modele.porte else ""
    for rang, debut in enumerate(range(0, len(texte), _BOUT), 1):
        classeur.livre.set_custom_property(f"{PORTE}-{rang}", texte[debut : debut + _BOUT], "text")
