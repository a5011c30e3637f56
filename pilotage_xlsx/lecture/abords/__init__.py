"""Ce qui est autour des réponses d'un classeur : textes à côté, commentaires, liens, dessins.

`lire` ne rend que les réponses. Qui prépare un classeur neuf d'après un autre demande ici le reste,
pour que rien ne s'y perde en silence.
"""

from __future__ import annotations

from pilotage_xlsx.lecture.abords.lecture import lire_le_temoin, lire_les_abords
from pilotage_xlsx.lecture.abords.sortes import Abord, Abords, SorteDAbord
from pilotage_xlsx.lecture.abords.temoin import Temoin

__all__ = ["Abord", "Abords", "SorteDAbord", "Temoin", "lire_le_temoin", "lire_les_abords"]
