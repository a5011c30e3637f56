"""Retoucher le classeur d'autrui sans rien en perdre : l'annoter, le réparer, le remplir.

Seules les parties concernées changent ; les autres passent telles quelles, comprimées, du fichier à
la copie. Chaque geste s'ouvre par ``with`` et rend une copie ; c'est à l'appelant de l'écrire,
jamais par-dessus le classeur reçu.
"""

from __future__ import annotations

from pilotage_xlsx.retouche.a_corriger import Dit
from pilotage_xlsx.retouche.annotation import annoter, retirer
from pilotage_xlsx.retouche.copie import Copie
from pilotage_xlsx.retouche.correction import corriger
from pilotage_xlsx.retouche.remplissage import Ajout, remplir

__all__ = ["Ajout", "Copie", "Dit", "annoter", "corriger", "remplir", "retirer"]
