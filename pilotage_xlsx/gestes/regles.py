"""Les règles du contrôle, chacune avec ce qu'elle constate, son pourquoi et son remède."""

from __future__ import annotations

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.registre.rapprochement import proposer
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.catalogue import fiches
from pilotage_xlsx.verification.regle import FicheDeRegle


def regles(code: str | None = None) -> tuple[FicheDeRegle, ...]:
    """Toutes les fiches, ou celle de ce code (« out 3 » vaut OUT-003).

    Lève `GesteImpossible` si ce code n'existe pas ; la phrase en propose un.
    """
    return tuple(fiches()) if code is None else (_trouver(code),)


def _trouver(code: str) -> FicheDeRegle:
    """La fiche d'un code ; « out 3 » ou « OUT003 » valent OUT-003."""
    cherche = cle_large(code)
    for fiche in fiches():
        famille, numero = cle_large(fiche.code)[:3], int(fiche.code[4:])
        est_le_numero = cherche[3:].isdecimal() and int(cherche[3:]) == numero
        if cherche.startswith(famille) and est_le_numero:
            return fiche
    voisin = proposer(code, (fiche.code for fiche in fiches()))
    suite = f" ; vouliez-vous dire « {voisin} » ?" if voisin else "."
    raise GesteImpossible(f"La règle « {code} » n'existe pas{suite} Sans code, toutes se montrent.")
