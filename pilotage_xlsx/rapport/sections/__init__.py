"""Des chiffres au document : une fonction par section, dans l'ordre où elles se lisent.

Une section qui se regarde chaque année dit « aucun … inscrit » quand elle est vide ; une section
qui n'existe que par ce qu'elle montre (phrases du procès-verbal, expositions, dépendance, maîtrise,
écarts) disparaît.
"""

from __future__ import annotations

from collections.abc import Callable

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Document, Section
from pilotage_xlsx.rapport.mots import commune
from pilotage_xlsx.rapport.sections import (
    annee,
    annees,
    contrats,
    ecarts,
    expose,
    lettre,
    outils,
    premiere,
    registres,
    sources,
    suites,
    votes,
)

ANNEXE: tuple[Callable[[Rapport], Section | None], ...] = (
    votes.phrases_du_pv,
    expose.expositions,
    suites.devenues,
    annees.annees,
    registres.completude,
    registres.a_clarifier,
    outils.parc,
    outils.indispensables,
    annee.decisions,
    annee.incidents,
    annee.signalements,
    outils.dependance,
    outils.maitrise,
    contrats.contrats,
    annee.mutualisation,
    ecarts.ecarts,
    registres.roles,
    registres.note,
    sources.sources,
)


def composer(rapport: Rapport) -> Document:
    """Le rapport en sections, prêt pour tous les rendus."""
    sections = (composer_section(rapport) for composer_section in ANNEXE)
    return Document(
        premiere=premiere.composer(rapport),
        annexe=tuple(section for section in sections if section is not None),
        lettre=lettre.composer(rapport),
        pied=f"Interne · {commune(rapport, 60)} · pilotage numérique {rapport.annee}",
    )
