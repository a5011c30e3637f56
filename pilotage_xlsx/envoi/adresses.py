"""Les adresses de courriel : écrites par une personne, vérifiées avant tout envoi.

Un domaine accentué passe en ASCII (IDNA) ; une partie locale accentuée exige un serveur SMTPUTF8.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.headerregistry import Address

from pilotage_xlsx.envoi.fautes import EnvoiRefuse

_AVEC_NOM = re.compile(r"(?P<nom>[^<>]*)<(?P<adresse>[^<>]*)>")
_ATOME = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+"
_LOCALE = re.compile(rf"{_ATOME}(?:\.{_ATOME})*")
_ETIQUETTE = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_DOMAINE_MAX = 253
_DOMAINE = re.compile(rf"{_ETIQUETTE}(?:\.{_ETIQUETTE})+")


def en_une_ligne(texte: str) -> str:
    """Le texte sans saut de ligne ni signe invisible : il peut entrer dans un en-tête."""
    visibles = (s for s in texte if s.isspace() or unicodedata.category(s)[0] != "C")
    return " ".join("".join(visibles).split())


def lire_adresse(texte: str) -> Address:
    """L'adresse écrite « nom@domaine » ou « Nom <nom@domaine> » ; `EnvoiRefuse` si mal formée."""
    avec_nom = _AVEC_NOM.fullmatch(texte.strip())
    nom, adresse = avec_nom.group("nom", "adresse") if avec_nom else ("", texte.strip(" "))
    locale, _, domaine = adresse.rpartition("@")
    domaine = _en_ascii(domaine)
    est_bonne = _LOCALE.fullmatch(locale) and _DOMAINE.fullmatch(domaine)
    if not est_bonne or _est_trop_longue(locale, domaine) or _a_invisible(adresse):
        raise EnvoiRefuse(
            f"« {en_une_ligne(texte)} » n'est pas une adresse de courriel : "
            "écrivez par exemple greffe@commune.example."
        )
    return Address(en_une_ligne(_sans_guillemets(nom.strip())), username=locale, domain=domaine)


def lire_adresses(textes: Iterable[str]) -> tuple[Address, ...]:
    """Les adresses, chacune une seule fois (casse ignorée), dans l'ordre où elles sont données."""
    par_cle: dict[str, Address] = {}
    for adresse in map(lire_adresse, textes):
        par_cle.setdefault(adresse.addr_spec.casefold(), adresse)
    return tuple(par_cle.values())


def exige_smtputf8(adresses: Iterable[Address]) -> bool:
    """Vrai si une partie locale porte un accent : seul un serveur SMTPUTF8 la prend."""
    return any(not adresse.addr_spec.isascii() for adresse in adresses)


def _sans_guillemets(nom: str) -> str:
    """Le nom que des guillemets entourent peut-être, sans eux ; ceux du milieu restent."""
    entoure = re.fullmatch(r'"(.*)"', nom, re.DOTALL)
    return re.sub(r'\\(["\\])', r"\1", entoure[1]) if entoure else nom


def _en_ascii(domaine: str) -> str:
    if len(domaine) > _DOMAINE_MAX:
        return ""
    try:
        return domaine.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _est_trop_longue(locale: str, domaine: str) -> bool:
    return len(locale.encode()) > 64 or len(domaine) > _DOMAINE_MAX


def _a_invisible(adresse: str) -> bool:
    return any(unicodedata.category(signe)[0] in "CZ" for signe in adresse)
