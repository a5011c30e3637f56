"""La place de tout dans le tableau de bord : ce qui se voit, et la réserve cachée à droite.

La réserve tient, l'une sous l'autre, les lignes des registres que « À faire » mêle : un segment par
famille de tâches. Une ligne de la réserve porte son propre numéro, qui dit son segment et sa place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from xlsxwriter.format import Format

from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.textes import normaliser

FEUILLE = "Tableau de bord"
AUJOURD_HUI, HORIZON = "$A$2", "$A$8"
DERNIERE_COLONNE = 9

(
    ORDRE, JOUR, COUT, PRESTATAIRE, SANS_FIN, DEPENDANCE, NOM,
    CLE, RANG, SEGMENT, POSITION, ADRESSE,
) = map(lettres_de, range(11, 23))  # fmt: skip
"""Les colonnes cachées : la réserve, puis ce dont vivent les lignes des deux listes."""

RESERVE = (ORDRE, ADRESSE)
POIDS = 1_000_000
"""Une clé de tri est un nombre : le jour (ou le compte) × POIDS, plus un rang qui départage."""

TACHES_MONTREES, PREMIERE_TACHE = 12, 10
SANS_FIN_MONTRES, PREMIER_SANS_FIN = 11, 25
PREMIERE_DES_CRITICITES, PREMIERE_DES_LIEUX = 9, 16
PRESTATAIRES_MONTRES, PREMIERE_DES_PRESTATAIRES = 4, 26
PREMIERE_DE_L_ANNEE = 33
DERNIERE_LIGNE = PREMIERE_DE_L_ANNEE + 4


class Segment(msgspec.Struct, frozen=True):
    """Une famille de tâches : son registre, et après combien de lignes elle commence."""

    famille: str
    registre: PlanDeRegistre
    debut: int

    @property
    def longueur(self) -> int:
        """Le nombre de lignes de la table."""
        return self.registre.derniere - self.registre.ligne_entete

    @property
    def fin(self) -> int:
        """La dernière ligne de la réserve qui lui appartient."""
        return self.debut + self.longueur


class Calculee(msgspec.Struct, frozen=True):
    """Une cellule calculée : où, sa formule, sa valeur juste, son style."""

    ou: str
    formule: str
    valeur: Any
    style: Format


def segmenter(plan: Plan) -> Sequence[Segment]:
    """Les familles de tâches, dans l'ordre qui départage deux tâches du même jour."""
    familles = (
        ("contrat", "outils"),
        ("revision", "decisions"),
        ("proposition", "decisions"),
        ("incident", "incidents"),
    )
    segments: list[Segment] = []
    for famille, registre in familles:
        debut = segments[-1].fin if segments else 0
        segments.append(Segment(famille, plan.registre(registre), debut))
    return segments


def colonne(ou: str, fin: int, debut: int = 1) -> str:
    """Une colonne de la réserve, en références absolues."""
    return f"${ou}${debut}:${ou}${fin}"


def ailleurs(reference: str) -> str:
    """Une référence du tableau de bord, vue d'un nom défini."""
    return f"{citer(FEUILLE)}!{reference}"


def en_tete_de_cle(registre: PlanDeRegistre) -> str:
    """L'en-tête de la colonne de clés d'un registre."""
    ou = lettres_de(registre.rang(registre.feuille.cle or ""))
    return f"{citer(registre.feuille.libelle)}!${ou}${registre.ligne_entete}"


def lier(nom: str, ligne: str, rang: str) -> str:
    """La formule d'une adresse de lien, d'après le nom actuel de la feuille."""
    return f'"#\'"&SUBSTITUTE({nom},"\'","\'\'")&"\'!"&ADDRESS({ligne},{rang},4)'


def adresse_de(registre: PlanDeRegistre, position: int) -> str:
    """L'adresse de lien de la clé d'une ligne, d'après sa place dans la table."""
    ou = lettres_de(registre.rang(registre.feuille.cle or ""))
    return f"#{citer(registre.feuille.libelle)}!{ou}{registre.ligne_entete + position}"


def montrer(ligne: Ligne, nom: str) -> str:
    """Le texte d'une cellule sur une seule ligne, comme la feuille le montre."""
    return normaliser(afficher(ligne[nom]))
