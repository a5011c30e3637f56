"""Des classeurs examinés, écrits comme de petits tableaux de texte, et leur consolidation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.consolidation import (
    Consolidation,
    Rayon,
    assembler,
    documents,
    emballer,
    extraire,
)
from pilotage_xlsx.consolidation.rendus.classeur import ecrire_classeur
from pilotage_xlsx.consolidation.rendus.donnees import ecrire_json
from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Emplacement, Registre
from pilotage_xlsx.socle.paquet.refus import ABIME
from tests.tableaux import AU, modele, registre


class ClasseurExamine(NamedTuple):
    """Un classeur lu et contrôlé : ses constats, son empreinte, sa taille.

    ``modifie`` : l'instant que le tableur a inscrit dans le fichier, si connu.
    """

    registre: Registre
    constats: tuple[Constat, ...]
    empreinte: str
    octets: int
    modifie: datetime | None = None


def classeur(
    texte: str, fichier: str = "valmarin.xlsx", *, modifie: datetime | None = None
) -> ClasseurExamine:
    """Un classeur lu et contrôlé ; la même empreinte pour le même contenu."""
    lu = registre(texte, fichier=fichier)
    return ClasseurExamine(lu, (), sha256(texte.encode()).hexdigest(), len(texte), modifie)


def commune(nom: str, annee: int = 2026, canton: str = "VD") -> str:
    """La feuille Commune d'un classeur ; à faire suivre de ses registres."""
    return f"commune | commune | annee | canton\n | {nom} | {annee} | {canton}\n"


def refuse(fichier: str = "abime.xlsx") -> ClasseurExamine:
    """Un classeur que la lecture a refusé, avec son constat."""
    refus = ABIME.refuser()
    lieu = Emplacement(fichier, "", None, None)
    constat = Constat(refus.code, Gravite.ERREUR, refus.fait, refus.remede, "2", lieu)
    return ClasseurExamine(Registre(Path(fichier), refus=refus), (constat,), "0" * 64, 12)


def joindre(
    *examines: ClasseurExamine, prefere: Sequence[Path] = (), annee: int | None = None
) -> Consolidation:
    """La consolidation de ces classeurs, au jour des tests."""
    rayon, tetes = Rayon(), []
    for rang, examine in enumerate(examines):
        liens = Liens(modele(), examine.registre, AU)
        extrait = extraire(liens, examine.constats, examine.empreinte, examine.octets)
        rayon.ranger(rang, emballer(extrait, donnees=documents.en_json(examine.registre, modele())))
        tetes.append(replace(extrait.tete, modifie=examine.modifie or extrait.tete.modifie))
    ensemble = Ensemble(modele(), tuple(examine.registre for examine in examines))
    return assembler(
        tetes, rayon, modele(), AU, d_ensemble=(), prestataires=ensemble.prestataires,
        prefere=prefere, annee=annee,
    )  # fmt: skip


def sorts(consolidation: Consolidation) -> dict[str, str]:
    """Le sort de chaque fichier."""
    return {piece.nom: piece.sort.value for piece in consolidation.pieces}


def octets(consolidation: Consolidation) -> bytes:
    """Le classeur consolidé, en octets."""
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier, "consolide.xlsx")
        ecrire_classeur(consolidation, chemin, Path("consolide.xlsx"))
        return chemin.read_bytes()


def en_json(consolidation: Consolidation) -> bytes:
    """La consolidation en JSON."""
    sortie = BytesIO()
    ecrire_json(consolidation, sortie)
    return sortie.getvalue()


def feuilles(consolidation: Consolidation) -> dict[str, Worksheet]:
    """Les feuilles du classeur consolidé, relues par openpyxl."""
    livre = load_workbook(BytesIO(octets(consolidation)))
    return {nom: livre[nom] for nom in livre.sheetnames}


def lignes(feuille: Worksheet) -> list[dict[str, object]]:
    """Les lignes du tableau d'une feuille, par en-tête."""
    (table,) = feuille.tables.values()
    entetes, *rangees = feuille[table.ref]
    noms = [str(cellule.value) for cellule in entetes]
    return [
        dict(zip(noms, [cellule.value for cellule in rangee], strict=True))
        for rangee in rangees
        if any(cellule.value is not None for cellule in rangee)
    ]
