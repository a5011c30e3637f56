"""Les adresses d'un envoi : lues comme le contrôle les lit, ou refusées en une phrase.

Un domaine accentué passe en ASCII (IDNA) ; une partie locale accentuée exige un serveur SMTPUTF8.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from email.headerregistry import Address

from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.socle.courriel import (
    Courriel,
    CourrielFautif,
    MotifDAdresse,
    lire_courriels,
    montre_une_autre,
)

_NOM_MAX, _CITE_MAX = 100, 120

_REMEDES = {
    MotifDAdresse.FORME: "écrivez par exemple greffe@commune.example.",
    MotifDAdresse.INVISIBLE: "un signe invisible s'y cache. Retapez-la entièrement.",
    MotifDAdresse.CACHEE: "le nom devant elle en montre une autre. Gardez la seule adresse voulue.",
}


def en_une_ligne(texte: str) -> str:
    """Le texte sans saut de ligne ni signe invisible, ni mot encodé (« =? ») que le courrier
    déferait : il peut entrer dans un en-tête."""
    visibles = (s for s in texte if s.isspace() or unicodedata.category(s)[0] != "C")
    return " ".join("".join(visibles).split()).replace("=?", "= ?")


def citer(texte: str) -> str:
    """Le texte dans une phrase : sur une ligne, coupé s'il est long."""
    net = en_une_ligne(texte)
    return net if len(net) <= _CITE_MAX else f"{net[:_CITE_MAX]}…"


def lire_adresse(texte: str) -> Address:
    """L'adresse écrite « nom@domaine » ou « Nom <nom@domaine> », et une seule."""
    lues = lire_adresses([texte])
    if len(lues) > 1:
        raise EnvoiRefuse(f"« {citer(texte)} » porte plusieurs adresses : gardez-en une seule.")
    if not lues:
        raise _refuser(CourrielFautif(texte, MotifDAdresse.FORME))
    return lues[0]


def lire_adresses(textes: Iterable[str]) -> tuple[Address, ...]:
    """Les adresses, chacune une seule fois (casse ignorée), dans l'ordre où elles sont données.

    Un texte peut en porter plusieurs. `EnvoiRefuse` si l'une est mal formée ou trompeuse.
    """
    par_cle: dict[str, Address] = {}
    try:
        for courriel in (lu for texte in textes for lu in lire_courriels(texte)):
            par_cle.setdefault(courriel.adresse.casefold(), _adresse(courriel))
    except CourrielFautif as faute:
        raise _refuser(faute) from None
    return tuple(par_cle.values())


def _adresse(courriel: Courriel) -> Address:
    nom = en_une_ligne(courriel.nom)[:_NOM_MAX]
    return Address(nom, username=courriel.locale, domain=courriel.domaine)


def nommer(nom: str, locale: str, domaine: str) -> Address:
    """L'adresse de cette personne ; `EnvoiRefuse` si son nom montre une autre adresse."""
    if montre_une_autre(nom, f"{locale}@{domaine}"):
        raise _refuser(CourrielFautif(f"{nom} <{locale}@{domaine}>", MotifDAdresse.CACHEE))
    return _adresse(Courriel(nom, locale, domaine))


def exige_smtputf8(adresses: Iterable[Address]) -> bool:
    """Vrai si une partie locale porte un accent : seul un serveur SMTPUTF8 la prend."""
    return any(not adresse.addr_spec.isascii() for adresse in adresses)


def _refuser(faute: CourrielFautif) -> EnvoiRefuse:
    ecrit, remede = citer(faute.ecrit), _REMEDES[faute.motif]
    return EnvoiRefuse(f"« {ecrit} » n'est pas une adresse de courriel : {remede}")
