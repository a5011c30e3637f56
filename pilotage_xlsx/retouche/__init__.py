"""Retoucher le classeur d'autrui sans rien en perdre : l'annoter, l'en défaire, le réparer.

Seules les parties concernées changent ; les autres ressortent identiques à l'octet. Tout rend des
octets : c'est à l'appelant de les écrire, jamais par-dessus le classeur reçu.
"""

from __future__ import annotations

from pilotage_xlsx.retouche.annotation import annoter, retirer
from pilotage_xlsx.retouche.correction import corriger

__all__ = ["annoter", "corriger", "retirer"]
