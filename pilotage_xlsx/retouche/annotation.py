"""Annoter : sur une copie, une couleur et une note par cellule fautive, et la liste en tête."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pilotage_xlsx.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.retouche.a_corriger import ajouter_la_feuille, enlever_la_feuille
from pilotage_xlsx.retouche.classeur import (
    ClasseurARetoucher,
    ouvrir_pour_retoucher,
)
from pilotage_xlsx.retouche.couleurs import Place, colorer, decolorer
from pilotage_xlsx.retouche.fonds import effacer_les_fonds, peindre
from pilotage_xlsx.retouche.notes import denoter, noter
from pilotage_xlsx.retouche.origine import embarquer, oublier, retrouver
from pilotage_xlsx.retouche.styles import Styles
from pilotage_xlsx.socle.entree import MIO, lire
from pilotage_xlsx.socle.paquet import ouvrir
from pilotage_xlsx.socle.typographie import typographier

_ORIGINAL_MAX = 512 * MIO

Dits = Mapping[Place, list[Constat]]
"""Les constats d'une feuille par cellule."""


def annoter(chemin: Path, constats: Sequence[Constat], bilan: str) -> bytes:
    """La copie annotée d'un classeur ; ``bilan`` est la phrase qui compte ses constats.

    Une copie déjà annotée l'est de neuf, pas deux fois. `Refus` si le classeur ne se lit pas.
    """
    octets, classeur = _sans_annotation(chemin)
    oublier(classeur.archive)
    styles = Styles(classeur)
    for nom, dits in _par_feuille(constats).items():
        feuille = classeur.feuilles.get(nom)
        if feuille is not None:
            pires = {place: _la_pire(ici) for place, ici in dits.items()}
            colorer(feuille, pires, styles)
            peindre(feuille, pires, styles)
            noter(classeur, feuille, {place: _rediger(ici) for place, ici in dits.items()})
    ajouter_la_feuille(classeur, constats, bilan, styles)
    embarquer(classeur.archive, octets)
    return classeur.archive.enregistrer()


def retirer(chemin: Path) -> bytes | None:
    """Le classeur sans ses annotations ; rien s'il n'en porte aucune.

    À l'octet près si la copie n'a pas été enregistrée depuis ; sinon, ses changements restent.
    """
    with ouvrir(chemin) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
    original = retrouver(classeur.archive)
    if original is not None:
        _rouvrir(original)
        return original
    return classeur.archive.enregistrer() if _defaire(classeur) else None


def _sans_annotation(chemin: Path) -> tuple[bytes, ClasseurARetoucher]:
    """Le classeur tel qu'avant toute annotation, en octets et prêt à retoucher."""
    with ouvrir(chemin) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
    original = retrouver(classeur.archive)
    if original is not None:
        return original, _rouvrir(original)
    if _defaire(classeur):
        octets = classeur.archive.enregistrer()
        return octets, _rouvrir(octets)
    return lire(chemin, _ORIGINAL_MAX), classeur


def _rouvrir(octets: bytes) -> ClasseurARetoucher:
    """Le classeur de ces octets, ouvert avec les mêmes bornes qu'un fichier reçu."""
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier, "classeur.xlsx")
        chemin.write_bytes(octets)
        with ouvrir(chemin) as paquet:
            return ouvrir_pour_retoucher(paquet)


def _defaire(classeur: ClasseurARetoucher) -> bool:
    """Enlève une à une les annotations ; vrai s'il y en avait."""
    touches = [enlever_la_feuille(classeur)]
    oublier(classeur.archive)
    styles = Styles(classeur)
    for feuille in classeur.feuilles.values():
        if feuille.partie in classeur.archive:
            touches += [decolorer(feuille), effacer_les_fonds(feuille, styles), denoter(feuille)]
    return any(touches)


def _par_feuille(constats: Sequence[Constat]) -> Mapping[str, Dits]:
    """Les constats par feuille et par cellule ; un constat sans cellule n'y est pas."""
    feuilles: dict[str, dict[Place, list[Constat]]] = defaultdict(lambda: defaultdict(list))
    for constat in constats:
        for lieu in _lieux(constat):
            if lieu.ligne is not None and lieu.colonne is not None:
                feuilles[lieu.feuille][lieu.ligne, lieu.colonne].append(constat)
    return feuilles


def _lieux(constat: Constat) -> Iterator[Emplacement]:
    """La cellule d'un constat, et celles du même fichier qui partagent la faute."""
    yield constat.lieu
    yield from (lieu for lieu in constat.aussi if lieu.fichier == constat.lieu.fichier)


def _la_pire(constats: Sequence[Constat]) -> Gravite:
    return min((constat.gravite for constat in constats), key=lambda gravite: gravite.rang)


def _rediger(constats: Sequence[Constat]) -> str:
    """Le texte de la note : chaque constat, son remède, son code."""
    return typographier(
        "\n\n".join(
            f"{constat.gravite.value.capitalize()} : {constat.message}\n"
            f"→ {constat.corriger} ({constat.regle})"
            for constat in constats
        )
    )
