"""Les mots d'une colonne de liste, en un texte où une formule retrouve le code d'une réponse.

``¦EN SERVICE=V01¦ACTIF=V01¦…`` : un libellé, ses synonymes et sa clé ont le même code. Le texte
passe par la même mise en capitales que les réponses : un moteur qui ne sait pas mettre « é » en
capitale compare encore juste.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase

from pilotage_xlsx.generation.balises import AVOUE, BALISE, EGAL
from pilotage_xlsx.generation.syntaxe import comparable
from pilotage_xlsx.generation.techniques import RIEN
from pilotage_xlsx.modele import Colonne, Modele
from pilotage_xlsx.modele.vocabulaire import AVEU, ecritures
from pilotage_xlsx.socle.textes import Texte

CODE_AVOUE, CODE_FAUTIF, CODE_VIDE, LARGEUR = "C00", "F", RIEN, 3
"""Les codes de « À clarifier », d'un texte hors liste, d'une cellule vide ; leur largeur."""

_CAPITALES = str.maketrans(ascii_lowercase, ascii_uppercase)
"""Ce que tout moteur met en capitales : deux mots qui ne diffèrent que de là n'en font qu'un."""


class Mots:
    """Les réponses d'une colonne de liste et leurs codes."""

    def __init__(self, modele: Modele, colonne: Colonne) -> None:
        mots = self._mots = [mot for mot in modele.mots(colonne) if mot != AVEU]
        self._codes = {mot.libelle: f"V{rang:02}" for rang, mot in enumerate(mots, 1)}
        self._ecrits = {
            comparable(ecrit).translate(_CAPITALES): code
            for mot, code in zip(mots, self._codes.values(), strict=True)
            for ecrit in ecritures((mot,))
        }
        if colonne.admet_l_aveu:
            self._codes[AVEU.libelle], self._ecrits[AVOUE] = CODE_AVOUE, CODE_AVOUE

    @property
    def texte(self) -> str:
        """Le texte des mots ; une formule met encore en capitales leurs lettres accentuées."""
        return "".join(f"{BALISE}{ecrit}{EGAL}{code}" for ecrit, code in self._ecrits.items())

    @property
    def nommees(self) -> Mapping[str, str]:
        """Par question de la fiche, le code de la valeur que la commune y nomme elle-même."""
        return {mot.nomme_par: self._codes[mot.libelle] for mot in self._mots if mot.nomme_par}

    def code(self, libelle: Texte) -> str:
        """Le code d'un libellé ; `CODE_FAUTIF` s'il n'est pas de la liste."""
        return self._codes.get(libelle, CODE_FAUTIF)
