"""Ce qu'un moteur a trouvé, contre ce qui est attendu : compté, et dit en peu de lignes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils.cell import coordinate_from_string

from tests.moteurs.fichiers import Adresse, Classeur, Valeur
from tests.moteurs.incapacites import Reconnaisseur
from tests.moteurs.moteurs import Moteur

ABSENTE = "(pas de valeur)"


@dataclass(frozen=True, slots=True)
class Ecart:
    """Une cellule où le moteur ne trouve pas ce qui est attendu."""

    adresse: Adresse
    attendu: Valeur
    vu: Valeur


@dataclass(slots=True)
class Bilan:
    """Les comptes d'un moteur sur un classeur."""

    moteur: str
    egales: int = 0
    ecarts: list[Ecart] = field(default_factory=list)
    passees: Counter[str] = field(default_factory=Counter)
    """Les cellules laissées de côté, par incapacité déclarée."""

    @property
    def part_comparee(self) -> float:
        """La part des cellules que le moteur a pu calculer, juste ou faux."""
        comparees = self.egales + len(self.ecarts)
        return comparees / max(1, comparees + self.passees.total())

    def lignes(self) -> Iterator[str]:
        """Le compte, puis un écart par feuille et colonne."""
        comptes = f"{self.egales} égales, {len(self.ecarts)} différentes"
        yield f"{self.moteur} : {comptes}, {self.passees.total()} passées"
        yield from (f"  passées, {nom} : {nombre}" for nom, nombre in self.passees.items())
        groupes: dict[tuple[str, str], list[Ecart]] = {}
        for ecart in self.ecarts:
            feuille, cellule = ecart.adresse
            groupes.setdefault((feuille, coordinate_from_string(cellule)[0]), []).append(ecart)
        for (feuille, colonne), ecarts in groupes.items():
            premier = ecarts[0]
            dit = f"{premier.adresse[1]} : {premier.attendu!r:.90} attendu, {premier.vu!r:.90} vu"
            yield f"  {feuille}, colonne {colonne}, {len(ecarts)} : {dit}"

    def dire(self) -> str:
        """Le même, en un texte."""
        return "\n".join(self.lignes())


def comparer(
    moteur: Moteur,
    classeur: Classeur,
    attendues: Mapping[Adresse, Valeur],
    obtenues: Mapping[Adresse, Valeur],
) -> Bilan:
    """Chaque cellule attendue, sauf celles que le moteur ne sait pas calculer."""
    bilan, reconnaisseur = Bilan(moteur.nom), Reconnaisseur(moteur.nom, classeur)
    formules = classeur.formules
    for adresse, attendu in attendues.items():
        la, voulu = _traduire(moteur, adresse), _traduire_valeur(moteur, attendu)
        raison = reconnaisseur.reconnaitre(formules[adresse])
        if raison:
            bilan.passees[raison] += 1
        elif est_egal(voulu, obtenues.get(la, ABSENTE)):
            bilan.egales += 1
        else:
            bilan.ecarts.append(Ecart(adresse, voulu, obtenues.get(la, ABSENTE)))
    return bilan


def _traduire(moteur: Moteur, adresse: Adresse) -> Adresse:
    return moteur.traduire(adresse[0]), adresse[1]


def _traduire_valeur(moteur: Moteur, valeur: Valeur) -> Valeur:
    return moteur.traduire(valeur) if isinstance(valeur, str) else valeur


def est_egal(attendu: Valeur, vu: Valeur) -> bool:
    """Les textes exactement, les nombres au milliardième ; rien et « "" » sont la même chose."""
    if attendu in (None, "") or vu in (None, ""):
        return attendu in (None, "") and vu in (None, "")
    if isinstance(attendu, bool) or isinstance(vu, bool):
        return attendu is vu
    if isinstance(attendu, (int, float)) and isinstance(vu, (int, float)):
        return math.isclose(attendu, vu, rel_tol=1e-9, abs_tol=1e-9)
    return attendu == vu
