"""La table des prestataires réunis ou proposés, et le fichier de correspondances qui la corrige."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.consolidation.natives import Genree, Native, Type
from pilotage_xlsx.consolidation.tables import Entete, Table, entier
from pilotage_xlsx.metier.regroupement import Regroupement

_REUNI, _PROPOSE, _SEUL = "Réuni", "À décider", "Seul"
ECRIT, RETENU = "Écrit", "Prestataire"
"""Les deux colonnes que le fichier de correspondances doit avoir."""

_ENTETES = (
    Entete("ecrit", ECRIT, 32, "gras"),
    Entete("prestataire", RETENU, 32),
    Entete("etat", "État", 11),
    Entete("propose", "Peut-être le même que", 32),
    Entete("confiance", "Confiance", 11, "pour_cent", Genree(Type.REEL)),
    Entete("raison", "Raison", 32),
    Entete("ide", "IDE", 16),
    entier("lignes", "Lignes", 8),
)


def presenter(regroupement: Regroupement, *, est_complete: bool = False) -> Table:
    """Une ligne par écriture : celles qui sont réunies ou à décider, ou toutes.

    ``est_complete`` : aussi celles qui n'ont qu'une écriture, comme le fichier de
    correspondances les veut.
    """
    rangees = [rangee for rangee in _rangees(regroupement) if est_complete or rangee[2] != _SEUL]
    phrases = (
        "Les prestataires écrits de plusieurs façons. « Réuni » : compté sous un seul nom. "
        "« À décider » : peut-être le même, laissé à part.",
        "Pour corriger : le même nom dans chaque classeur ; ou, pour cette réunion seule, ce "
        "tableau (les correspondances), sa colonne « Prestataire » changée.",
    )
    return Table(
        "regroupements", "Prestataires réunis", "Prestataires réunis", phrases, _ENTETES,
        lambda: iter(rangees), len(rangees),
    )  # fmt: skip


def _rangees(regroupement: Regroupement) -> Iterator[Sequence[Native]]:
    proposes: dict[str, tuple[str, float, str]] = {}
    for un, autre, confiance, raison in regroupement.propositions:
        proposes.setdefault(un, (autre, confiance, raison))
        proposes.setdefault(autre, (un, confiance, raison))
    for groupe in regroupement.groupes:
        propose = proposes.get(groupe.nom)
        for membre in groupe.membres:
            debut, fin = (membre.nom, groupe.nom), (_ecrire_ide(membre.ide), membre.effectif)
            if len(groupe.membres) > 1:
                ailleurs = propose[0] if propose and membre.nom == groupe.nom else None
                yield (*debut, _REUNI, ailleurs, membre.confiance, membre.raison, *fin)
            elif propose:
                yield (*debut, _PROPOSE, *propose, *fin)
            else:
                yield (*debut, _SEUL, None, None, None, *fin)


def _ecrire_ide(chiffres: str) -> str | None:
    return f"CHE-{chiffres[:3]}.{chiffres[3:6]}.{chiffres[6:]}" if chiffres else None
