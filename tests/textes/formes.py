"""Quarante textes hostiles, longs comme une cellule pleine : ce qui fait chercher un motif en vain.

Chacun est un motif répété jusqu'à la longueur voulue, avec ce qui l'introduit et ce qui le fait
échouer au dernier signe. Rien n'y est rare : une colonne de blancs se colle d'un courriel, mille
zéros restent sous un doigt.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import NamedTuple

TEXTE_MAX = 32_767
"""Ce que tient une cellule."""


class Forme(NamedTuple):
    """Un motif répété, ce qui le précède et ce qui le suit."""

    nom: str
    motif: str
    debut: str = ""
    fin: str = ""

    def texte(self, longueur: int = TEXTE_MAX) -> str:
        """Le texte de cette forme, de la longueur demandée."""
        milieu = longueur - len(self.debut) - len(self.fin)
        return self.debut + "".join(islice(cycle(self.motif), milieu)) + self.fin


FORMES = (
    Forme("un mot de passe qui ne vient pas", " ", "Portail, mdp", "à demander"),
    Forme("des blancs après un montant", " ", "CHF 1", "?"),
    Forme("des blancs de toute sorte", " \u00a0\u2007\u2009\u202f\t", "x", "x"),
    Forme("des retours à la ligne", "\r\n"),
    Forme("des blancs invisibles", "\u200b\u00ad\ufeff", "", "x"),
    Forme("un chiffre après l'autre", "1234567890"),
    Forme("des zéros", "0"),
    Forme("des zéros et un reste", "0", "1", "x"),
    Forme("des chiffres espacés", "1 ", "", "x"),
    Forme("des milliers", "1'234"),
    Forme("des apostrophes courbes", "1’"),
    Forme("des numéros AVS", "756.9217.0769.85 "),
    Forme("des débuts de numéro AVS", "756"),
    Forme("des mots de passe", "mdp : Soleil9 "),
    Forme("des codes sans suite", "code d'accès "),
    Forme("des gestions de mots de passe", "gestion de ", "", "mdp : x"),
    Forme("des parenthèses ouvertes", "("),
    Forme("des crochets ouverts", "[", "", "d"),
    Forme("des guillemets", '"', "", "d"),
    Forme("des chevrons", "«»“”'"),
    Forme("des points-virgules", "; "),
    Forme("des virgules", " , "),
    Forme("des barres", "a / "),
    Forme("des adresses collées", "a@"),
    Forme("des points", "a."),
    Forme("une adresse sans fin", "a.", "a@", "@"),
    Forme("des liens de courriel", "mailto: "),
    Forme("des (at)", " (at) ", "a", "b"),
    Forme("des sites", "http://www.a.ch/"),
    Forme("des dates", "12.03.2026 "),
    Forme("des jours et des mois", "1er mars 2026, le "),
    Forme("des IDE", "CHE-123.456."),
    Forme("des « et »", " et ", "a", "b"),
    Forme("des tirets", "-–—", "1."),
    Forme("des sociétés", "société "),
    Forme("des lettres seules", "a b c d e f g h "),
    Forme("un seul mot", "anticonstitutionnellement"),
    Forme("la même lettre", "s"),
    Forme("des majuscules et des minuscules", "aB"),
    Forme("des accents combinants", "e\u0301\u0316"),
    Forme("des signes de quatre octets", "\U0001f600"),
    Forme("de droite à gauche", "\u202eשלום "),
    Forme("des échappements", "_x0041_"),
    Forme("des formules", "=-+@"),
    Forme("des ligatures", "ﷺ"),
    Forme("des téléphones", "+41 (0)21 555/"),
)
