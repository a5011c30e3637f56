"""Le même outil, chez un même prestataire : « Compta », « Comptabilité communale » n'en font qu'un.

Un nom qui ne dit que son domaine vaut ce domaine ; sinon, deux noms sont le même si leurs mots se
prolongent un à un. « Comptabilité » et « Salaires » restent deux.

>>> domaines = {"comptabilite": "Comptabilité et finances"}
>>> former_un_produit("Comptabilité communale", "Alpha SA", domaines)
Produit(mots=('comptabilite',), domaine='Comptabilité et finances')
>>> un, autre = (former_un_produit(nom, "Alpha", {}) for nom in ("Alpha Compta", "COMPTABILITE"))
>>> sont_le_meme(un, autre), sont_le_meme(un, former_un_produit("Salaires", "Alpha", {}))
(True, False)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.formes import former
from pilotage_xlsx.metier.regroupement.vocabulaire import MOTS_D_UN_OUTIL, MOTS_OUTILS
from pilotage_xlsx.registre.rapprochement import mots
from pilotage_xlsx.socle.textes import Texte, cle_large

_DEBUT = 5
"""Un mot abrégé garde au moins ces lettres : « compta », « admin »."""
_COURT = 4
"""Un sigle (« GED », « AVS ») s'écrit en capitales."""


class Produit(NamedTuple):
    """Les mots qui comptent dans un nom d'outil, et le domaine qu'il nomme s'il n'est que cela."""

    mots: tuple[str, ...]
    domaine: str | None = None


def former_un_produit(nom: Texte, prestataire: Texte, domaines: Mapping[str, str]) -> Produit:
    """La forme d'un nom d'outil ; ``domaines`` : chaque façon d'en dire un, en mots, et lequel."""
    tous = mots(nom)
    if dit := domaines.get(" ".join(tous)):
        return Produit(tous, dit)
    du_prestataire = set(former(prestataire).propres)
    utiles = tuple(mot for mot in tous if mot not in MOTS_D_UN_OUTIL | MOTS_OUTILS)
    gardes = tuple(mot for mot in utiles if mot not in du_prestataire) or utiles or tous
    return Produit(gardes, domaines.get(" ".join(gardes)))


def sont_le_meme(un: Produit, autre: Produit) -> bool:
    """Vrai si les deux noms disent le même outil, chez un même prestataire."""
    if un.domaine and autre.domaine:
        return un.domaine == autre.domaine
    return len(un.mots) == len(autre.mots) > 0 and all(
        map(_se_prolongent, sorted(un.mots), sorted(autre.mots))
    )


def _se_prolongent(un: str, autre: str) -> bool:
    court, long = sorted((un, autre), key=len)
    return un == autre or (len(court) >= _DEBUT and long.startswith(court))


def le_mieux_ecrit(noms: Iterable[str]) -> str:
    """Le nom à montrer : le plus écrit, jamais en capitales si un autre ne l'est pas.

    >>> le_mieux_ecrit(["COMPTA", "COMPTA", "Compta", "Compta communale"])
    'Compta'
    """
    comptes = Counter(noms)
    ensemble: Counter[str] = Counter()
    for nom, combien in comptes.items():
        ensemble[cle_large(nom)] += combien
    return min(
        comptes,
        key=lambda nom: (
            est_mal_ecrit(nom), -ensemble[cle_large(nom)], -comptes[nom], -len(nom), nom
        ),
    )  # fmt: skip


def est_mal_ecrit(nom: Texte) -> bool:
    """Vrai pour un nom tout en capitales, ou tout en minuscules ; un sigle seul n'en est pas un.

    >>> est_mal_ecrit("ALPHA INFORMATIQUE"), est_mal_ecrit("GED"), est_mal_ecrit("Alpha SA")
    (True, False, False)
    """
    if nom.islower():
        return True
    return nom.isupper() and any(len(mot) > _COURT for mot in mots(nom))


def sans_capitales(nom: Texte) -> str:
    """Le nom, s'il crie, écrit comme les autres : les mots courts y restent tels quels.

    >>> sans_capitales("ALPHA INFORMATIQUE SA"), sans_capitales("IBM"), sans_capitales("OneGov")
    ('Alpha Informatique SA', 'IBM', 'OneGov')
    """
    if not (nom.isupper() and est_mal_ecrit(nom)):
        return nom
    return " ".join(
        mot if len(mot) <= _COURT and mot.casefold() not in MOTS_OUTILS else _baisser(mot)
        for mot in nom.split()
    )


def _baisser(mot: str) -> str:
    return mot.lower() if mot.casefold() in MOTS_OUTILS else mot[:1] + mot[1:].lower()
