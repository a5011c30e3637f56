"""Le contrôle en CSV : une ligne par constat, acceptés et constats entre classeurs compris."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pilotage_xlsx.gestes.controle import Controle, Cumul
from pilotage_xlsx.metier.constats import Constat, cellule
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.tabulation import en_csv, en_lignes
from pilotage_xlsx.verification import Accepte

ENTETES = (
    "Fichier",
    "Commune",
    "Année",
    "Gravité",
    "Feuille",
    "Cellule",
    "Ligne",
    "Colonne",
    "Valeur",
    "Constat",
    "Que faire",
    "Aussi",
    "Règle",
    "Note",
    "Accepté jusqu'au",
    "Motif",
)


class EnCsv:
    """Un tableau (`tabulation`) ; aucun constat donne les seuls en-têtes."""

    def mettre_en_piece(self, controle: Controle) -> bytes:
        """Les lignes d'un classeur."""
        return en_lignes(_lignes(controle))

    def assembler(self, pieces: Iterable[bytes], cumul: Cumul) -> Iterator[bytes]:
        """L'en-tête, les lignes de chaque classeur, puis celles d'entre les classeurs."""
        yield en_csv(ENTETES, ())
        yield from pieces
        yield en_lignes(
            (constat.lieu.fichier, "", "", *_constat(constat), "", "")
            for constat in cumul.d_ensemble
        )


def _lignes(controle: Controle) -> Iterator[Sequence[object]]:
    registre = controle.registre
    tete = (nommer_le_fichier(registre.fichier), registre.commune.texte("commune"), registre.annee)
    for constat in controle.constats:
        yield (*tete, *_constat(constat), "", "")
    for accepte in controle.acceptes:
        yield (*tete, *_constat(accepte.constat), *_accord(accepte))


def _constat(constat: Constat) -> tuple[object, ...]:
    lieu = constat.lieu
    return (
        constat.gravite.value,
        lieu.feuille,
        cellule(lieu),
        lieu.ligne,
        constat.libelle,
        constat.valeur,
        constat.message,
        constat.corriger,
        ", ".join(f"{autre.feuille} {cellule(autre) or ''}".strip() for autre in constat.aussi),
        constat.regle,
        constat.paragraphe,
    )


def _accord(accepte: Accepte) -> tuple[object, ...]:
    return f"{accepte.jusqu_au:%d.%m.%Y}", accepte.motif
