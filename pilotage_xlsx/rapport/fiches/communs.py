"""Ce que les quatre fiches partagent : la tête, le pied, un champ lu et borné."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport import mots
from pilotage_xlsx.rapport.mots import abreger, epurer, lire
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import Texte

INTERNE = "Interne : ne pas joindre au procès-verbal public"
MANQUE = "non inscrit"
POINTILLES = "…" * 12
"""Ce que personne n'a inscrit, et qui s'écrit à la main."""

LONG, COURT, BREF = 500, 160, 60
"""Les signes d'un texte d'une fiche : une description, une citation, un nom."""

_COMMUNE = 70


def commune(liens: Liens, sans_nom: str = "") -> str:
    """Le nom de la commune, épuré et borné ; s'il manque, ``sans_nom``, sinon celui du fichier."""
    if sans_nom and liens.registre.commune.est_vide("commune"):
        return sans_nom
    return abreger(epurer(liens.registre.nom), _COMMUNE)


def surtitre(liens: Liens, sans_nom: str = "") -> str:
    """« Commune de Valmarin (VD) · état au 24.11.2026 »."""
    return mots.surtitre(liens.registre.commune, commune(liens, sans_nom), liens.au)


def pied(liens: Liens, quoi: str) -> str:
    """Ce qu'est la feuille, au bas de la page."""
    return f"Interne · {commune(liens, POINTILLES)} · {quoi}"


def borner(ligne: Ligne, colonne: str, longueur: int = LONG, sinon: str = MANQUE) -> str:
    """Le texte d'une cellule, masqué et borné ; plusieurs noms séparés par des virgules."""
    cites = ligne.textes(colonne)
    if len(cites) > 1:
        return abreger(", ".join(map(epurer, cites)), longueur)
    return abreger(lire(ligne, colonne, sinon=sinon), longueur)


def lier_les_chiffres(numero: Texte) -> str:
    """Un numéro dont les groupes de chiffres ne se séparent pas au bout d'une ligne."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", numero)


def remplis(champs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Les champs qui disent quelque chose : une cellule utile vide ne se montre pas."""
    return ((libelle, texte) for libelle, texte in champs if texte)
