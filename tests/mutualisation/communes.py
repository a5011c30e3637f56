"""Des communes écrites comme de petits tableaux de texte, et ce qu'elles pourraient se dire."""

from __future__ import annotations

from pilotage_xlsx.consolidation.mutualisation import (
    GenreDOccasion,
    Mutualisation,
    Participante,
    chercher,
    reduire,
    retenir,
)
from pilotage_xlsx.metier.liens import Liens
from tests.tableaux import AU, modele, registre

FICHE = (
    "commune | commune | canton | numero_ofs | annee | referent_courriel | contact_transmissible"
    " | habitants"
)


def commune(
    nom: str,
    texte: str,
    *,
    canton: str = "VD",
    annee: int | str = 2026,
    ofs: int | str = "",
    transmissible: str = "Non",
    habitants: int | str = "",
) -> Participante:
    """Le classeur d'une commune, réduit à ce qu'elle partage."""
    courriel = f"greffe@{nom.lower()}.example"
    fiche = f"{FICHE}\n | {nom} | {canton} | {ofs} | {annee} | {courriel} | {transmissible}"
    fiche += f" | {habitants}\n"
    lu = registre(fiche + texte, fichier=f"{nom.lower()}-{annee}.xlsx")
    return reduire(Liens(modele(), lu, AU))


def mutualiser(*participantes: Participante) -> Mutualisation:
    """Toutes les occasions, au jour des tests."""
    return chercher(*retenir(participantes), AU)


def dits(genre: GenreDOccasion, *participantes: Participante) -> list[str]:
    """Les occasions d'un genre : « GED, Alpha SA → Montval, Valmarin »."""
    return [
        f"{', '.join(str(part) for part in o.objet if part)} → "
        + ", ".join(une.nom for une in o.communes)
        for o in mutualiser(*participantes).de_genre(genre)
    ]
