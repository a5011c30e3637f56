"""Les adresses de courriel telles qu'une personne les écrit : une seule définition.

Au sol : n'importe rien de la maison. Le contrôle du classeur et l'envoi lisent ici la même chose :
ce que l'un admet, l'autre l'admet. Plusieurs adresses se séparent par « ; », « , » ou une fin de
ligne ; un nom peut précéder chacune, et porter lui-même une virgule.

>>> [anne, greffe] = lire_courriels("Dupont, Anne <anne@valmarin.example>; greffe@zoë.example")
>>> anne.nom, anne.adresse, greffe.domaine
('Dupont, Anne', 'anne@valmarin.example', 'xn--zo-ija.example')
>>> lire_courriels("anne@valmarin")
Traceback (most recent call last):
pilotage_xlsx.socle.courriel.CourrielFautif: anne@valmarin : forme

Sources : https://www.rfc-editor.org/rfc/rfc5322 (§ 3.4), https://www.rfc-editor.org/rfc/rfc5321
(§ 4.5.3.1, les longueurs), https://www.rfc-editor.org/rfc/rfc3490 (IDNA).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pilotage_xlsx.socle.textes import BLANCS, INVISIBLES, Texte

TEXTE_MAX = 5_000
"""Une centaine d'adresses, avec leurs noms."""

_BORDS = f" {BLANCS}{INVISIBLES}"
_SANS_FORME = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_LETTRES_INVISIBLES = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SEPARATEURS = ";,\r\n"
_MORCEAU = r'"(?:[^"\\\r\n]|\\.)*"?|[^";,\r\n]+|[' + _SEPARATEURS + "]"
_LOCALE = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
_ETIQUETTE = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAINE = rf"(?:{_ETIQUETTE}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])"


class MotifDAdresse(Enum):
    """Pourquoi un texte n'est pas une adresse."""

    FORME = "forme"
    INVISIBLE = "un signe invisible s'y cache"
    CACHEE = "le nom devant elle montre une autre adresse"


class CourrielFautif(ValueError):
    """Ce qui est ``ecrit`` n'est pas une adresse, et le ``motif``."""

    def __init__(self, ecrit: Texte, motif: MotifDAdresse) -> None:
        super().__init__(f"{ecrit} : {motif.value}")
        self.ecrit, self.motif = ecrit, motif


class Courriel(NamedTuple):
    """Une adresse ; son domaine est en ASCII (IDNA), un accent peut rester devant le « @ »."""

    nom: str
    locale: str
    domaine: str

    @property
    def adresse(self) -> str:
        """L'adresse seule."""
        return f"{self.locale}@{self.domaine}"

    @property
    def est_accentue(self) -> bool:
        """Vrai si la partie devant le « @ » n'est pas en ASCII : peu de serveurs la prennent."""
        return not self.locale.isascii()


def lire_courriels(texte: Texte) -> tuple[Courriel, ...]:
    """Les adresses du texte, dans l'ordre ; aucune s'il est vide. Lève `CourrielFautif`."""
    if len(texte) > TEXTE_MAX:
        raise CourrielFautif(texte, MotifDAdresse.FORME)
    return tuple(map(_lire, _separer(texte)))


def nommer(nom: Texte, adresse: Texte) -> str:
    """« Nom <adresse> », que `lire_courriels` relit, quels que soient les signes du nom."""
    if not nom:
        return adresse
    est_simple = not set(nom) & set('";,<>\\')
    ecrit = nom if est_simple else '"' + re.sub(r'(["\\])', r"\\\1", nom) + '"'
    return f"{ecrit} <{adresse}>"


def montre_une_autre(nom: str, adresse: str) -> bool:
    """Vrai si ce nom porte une adresse qui n'est pas celle du message ; la sienne ne gêne pas."""
    mots = (mot.strip("\"'()[]<>,;:.") for mot in unicodedata.normalize("NFKC", nom).split())
    autres = (mot for mot in mots if mot.casefold() != adresse.casefold())
    return any("@" in mot[1:-1] for mot in autres)


def _separer(texte: Texte) -> Iterator[str]:
    """Une adresse par morceau ; « Dupont, Anne <…> » en est une, un nom n'ayant pas de « @ »."""
    morceau = ""
    for trouve in re.finditer(_MORCEAU, texte):
        signe = trouve[0]
        est_un_nom = signe == "," and morceau.strip(_BORDS) and "@" not in morceau
        if signe not in _SEPARATEURS or est_un_nom:
            morceau += signe
            continue
        if morceau.strip(_BORDS):
            yield morceau.strip(_BORDS)
        morceau = ""
    if morceau.strip(_BORDS):
        yield morceau.strip(_BORDS)


def _lire(ecrit: Texte) -> Courriel:
    if any(map(_est_invisible, ecrit)):
        raise CourrielFautif(ecrit, MotifDAdresse.INVISIBLE)
    nom, adresse = _decouper(ecrit)
    locale, _, domaine = unicodedata.normalize("NFC", adresse).rpartition("@")
    domaine = _en_ascii(domaine)
    est_trop_longue = len(locale.encode()) > 64 or len(domaine) > 253
    est_bonne = re.fullmatch(_LOCALE, locale) and re.fullmatch(_DOMAINE, domaine)
    if est_trop_longue or not est_bonne:
        raise CourrielFautif(ecrit, MotifDAdresse.FORME)
    if montre_une_autre(nom, f"{locale}@{domaine}") and montre_une_autre(nom, adresse):
        raise CourrielFautif(ecrit, MotifDAdresse.CACHEE)
    if set(nom) & set("<>"):
        raise CourrielFautif(ecrit, MotifDAdresse.FORME)
    return Courriel(nom, locale, domaine)


def _decouper(ecrit: Texte) -> tuple[str, str]:
    """Le nom, sans ses guillemets, et l'adresse entre chevrons ; sans chevrons, l'adresse seule."""
    if not ecrit.endswith(">") or "<" not in ecrit:
        return "", ecrit
    nom, _, adresse = ecrit[:-1].rpartition("<")
    nom = " ".join(nom.split())
    if len(nom) > 1 and nom[0] == nom[-1] == '"':
        nom = re.sub(r'\\(["\\])', r"\1", nom[1:-1]).strip()
    return nom, adresse.strip(_BORDS)


def _est_invisible(signe: str) -> bool:
    """Vrai pour ce qui ne se voit pas : sans largeur, sens d'écriture, commande, fin de ligne."""
    if signe == "\t":
        return False
    return unicodedata.category(signe) in _SANS_FORME or signe in _LETTRES_INVISIBLES


def _en_ascii(domaine: Texte) -> str:
    """Le domaine en ASCII ; vide s'il ne peut pas en être un."""
    if domaine.isascii():
        return domaine.lower()
    if len(domaine) > 253 or not all(signe.isalnum() or signe in "-." for signe in domaine):
        return ""
    try:
        return domaine.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
