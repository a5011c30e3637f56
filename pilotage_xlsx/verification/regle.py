"""Une règle : un générateur pur et court, et sa fiche, qui dit tout ce qu'on peut en lire.

La fiche porte le code, la gravité, la phrase du constat, son pourquoi, son remède et le paragraphe
de la note. La règle, elle, ne rend que des `Fait` : où, et les mots qui complètent la phrase. Une
fonction de règle n'a donc pas d'autre description que sa fiche.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.executif import nommer
from pilotage_xlsx.registre import Emplacement, Ligne
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.longueur import SIGNES_CITES, en_bref
from pilotage_xlsx.verification.phrases import capitaliser
from pilotage_xlsx.verification.reparable import Reparer, Voulu

S = TypeVar("S")
"""Le sujet d'une règle, que sa fonction annonce : les `Liens` d'un classeur, un `Ensemble`…"""


_MOTS_EXPOSES = {
    **nommer(None)._asdict(),
    **dict.fromkeys(("nom", "autre", "autres"), "« … »"),
    **dict.fromkeys(("raison", "montre", "dite", "apports"), ""),
}
"""Ce que deviennent les mots des gabarits dans une fiche lue hors de tout classeur."""


_LONGUEURS = {"corriger": 1_000, "apports": 500}


Doute = tuple[str, str]
"""Une situation de tous les jours, et pourquoi la règle n'y ment pas."""


class FicheDeRegle(msgspec.Struct, frozen=True):
    """Ce que `regles CODE` explique.

    ``message`` et ``corriger`` sont des gabarits : {nom} nomme la ligne, {libelle} la colonne,
    {valeur} la cellule, {executif} l'exécutif, et la règle y ajoute ses mots ; le mot ``corriger``
    d'un fait, plus précis, prend la place de celui de la fiche. ``supplante`` : les
    codes que ce constat remplace à la même cellule. ``est_seule`` : rien d'autre sur cette ligne.
    ``doute`` : la situation de tous les jours où la règle pourrait mentir, et pourquoi elle ne
    ment pas.
    """

    code: str
    nom: str
    gravite: Gravite
    paragraphe: str
    message: str
    pourquoi: str
    corriger: str
    doute: Doute
    supplante: tuple[str, ...] = ()
    est_seule: bool = False

    def __repr__(self) -> str:
        return en_bref(f"FicheDeRegle {self.code} ({self.gravite}) : {self.message}")


class Fait(msgspec.Struct, frozen=True):
    """Ce qu'une règle a vu : un lieu, la ligne et la colonne s'il y en a, des mots.

    ``bloque`` ne sert qu'à la cellule à remplir : le modèle dit si le contrôle peut passer sans.
    ``attend`` : les cellules fautives qui y répondent peut-être ; il n'est alors pas encore dit.
    ``aupres`` : le prestataire qui peut répondre, de cette ligne et d'autres.
    ``est_attenue`` : un avertissement n'y est qu'un point d'attention (que des outils accessoires).
    ``voulus`` : ce qu'un « Vouliez-vous dire » du remède propose d'écrire, et que `corriger` écrit
    si on le lui demande.
    """

    lieu: Emplacement
    registre: str | None = None
    ligne: Ligne | None = None
    colonne: str | None = None
    mots: Mapping[str, str] = {}
    aussi: tuple[Emplacement, ...] = ()
    bloque: bool = False
    voulus: tuple[Voulu, ...] = ()
    attend: tuple[Emplacement, ...] = ()
    aupres: str | None = None
    est_attenue: bool = False


class Regle(msgspec.Struct, Generic[S], frozen=True):
    """Une fonction, sa fiche et, s'il en est une sans doute, sa réparation ; s'appelle comme elle.

    ``repare`` : d'une saisie que la règle juge, ce que `corriger` écrit à sa place.
    """

    fonction: Callable[[S], Iterator[Fait]]
    fiche: FicheDeRegle
    repare: Reparer | None = None

    def __call__(self, sujet: S) -> Iterator[Fait]:
        return self.fonction(sujet)

    @property
    def sujet(self) -> str:
        """Le nom du type que la fonction prend : ce que la règle regarde."""
        annonce: str = next(iter(self.fonction.__annotations__.values()))
        return annonce


def exposer(fiche: FicheDeRegle) -> FicheDeRegle:
    """La fiche telle qu'on l'explique hors de tout classeur : « … » à la place des mots."""
    mots = defaultdict(lambda: "…", _MOTS_EXPOSES)
    message, corriger = (texte.format_map(mots) for texte in (fiche.message, fiche.corriger))
    return replace(fiche, message=capitaliser(message), corriger=capitaliser(corriger))


def regle(
    code: str,
    gravite: Gravite,
    paragraphe: str,
    *,
    message: str,
    pourquoi: str,
    corriger: str,
    doute: Doute,
    supplante: tuple[str, ...] = (),
    est_seule: bool = False,
    repare: Reparer | None = None,
) -> Callable[[Callable[[S], Iterator[Fait]]], Regle[S]]:
    """Attache sa fiche à une fonction, et sa réparation ; `catalogue` la trouve dans `regles/`."""

    def attacher(fonction: Callable[[S], Iterator[Fait]]) -> Regle[S]:
        nom = fonction.__name__
        textes = (paragraphe, message, pourquoi, corriger)
        fiche = FicheDeRegle(code, nom, gravite, *textes, doute, supplante, est_seule)
        return Regle(fonction, fiche, repare)

    return attacher


def sur(
    ligne: Ligne,
    colonne: str,
    *,
    aussi: tuple[Emplacement, ...] = (),
    voulus: tuple[Voulu, ...] = (),
    attend: tuple[Emplacement, ...] = (),
    aupres: str | None = None,
    **mots: Any,
) -> Fait:
    """Le fait observé (ou manquant) dans cette cellule ; ses mots sont courts (`_abreger`)."""
    return Fait(
        ligne.emplacement(colonne),
        ligne.lieu.registre,
        ligne,
        colonne,
        _abreger(mots),
        aussi,
        voulus=voulus,
        attend=attend,
        aupres=aupres,
    )


def dans(lieu: Emplacement, registre: str | None = None, **mots: object) -> Fait:
    """Le fait observé dans une feuille ou un classeur, hors de toute ligne."""
    return Fait(lieu, registre, mots=_abreger(mots))


def _abreger(mots: Mapping[str, object]) -> dict[str, str]:
    """Ce qu'un fait garde : un mot cite une cellule, le remède est une phrase."""
    return {
        mot: extraire(str(valeur), _LONGUEURS.get(mot, SIGNES_CITES))
        for mot, valeur in mots.items()
    }
