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
perd perd aussi ceux-ci.
"""

from __future__ import annotations

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.porte import en_proprietes
from pilotage_xlsx.socle.tableur import Classeur


def porter(classeur: Classeur, modele: Modele) -> None:
    """Inscrit dans le classeur le modèle d'après lequel il se relira ; rien pour le livré."""
    for nom, bout in en_proprietes(modele.porte):
        classeur.livre.set_custom_property(nom, bout, "text")
