"""L'IDE, numéro d'une entreprise suisse : sa forme, ses chiffres, son contrôle (eCH-0097).

Au sol : n'importe rien de la maison. Calculé ici : python-stdnum prend 30 ms à se charger ; les
tests s'en servent d'oracle.

>>> chiffres_d_un_ide("CHE-123.456.788 TVA")
'123456788'
>>> a_un_bon_chiffre_de_controle("123456788"), a_un_bon_chiffre_de_controle("123456789")
(True, False)
>>> chiffres_d_un_ide("CHE-123.456")
''

Source : https://lawbrary.ch/law/art/UIDV-v2020.02-de-art-5 (ordonnance sur l'IDE, art. 5).
"""

from __future__ import annotations

import re

from pilotage_xlsx.socle.textes import Texte, redresser_les_tirets

_POIDS = (5, 4, 3, 2, 7, 6, 5, 4)
_FORME = r"(?i)CHE[\s.-]*\d{3}[\s.-]*\d{3}[\s.-]*\d{3}(?:\s*(?:TVA|MWST|IVA|VAT|RC|HR))?"


def a_la_forme_d_un_ide(texte: Texte) -> bool:
    """Vrai si le texte est « CHE » et neuf chiffres, espaces, tirets et points libres."""
    return bool(re.fullmatch(_FORME, redresser_les_tirets(texte).strip()))


def chiffres_d_un_ide(texte: Texte) -> str:
    """Les neuf chiffres d'un IDE ; rien s'il est mal formé."""
    return re.sub(r"\D", "", texte) if a_la_forme_d_un_ide(texte) else ""


def a_un_bon_chiffre_de_controle(chiffres: str) -> bool:
    """Vrai de neuf chiffres dont le dernier est le bon : poids 5 4 3 2 7 6 5 4, modulo 11."""
    if len(chiffres) != 9 or not chiffres.isdecimal():
        return False
    somme = sum(poids * int(chiffre) for poids, chiffre in zip(_POIDS, chiffres, strict=False))
    return (11 - somme % 11) % 11 == int(chiffres[8])
