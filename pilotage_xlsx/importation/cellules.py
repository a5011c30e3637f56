"""Ce qu'une cellule d'une liste faite ailleurs dit dans une colonne du modèle.

D'abord comme dans un classeur ; puis avec les mots d'ailleurs, les réponses par oui ou par non, les
dates à l'anglaise. Ce qui ne se comprend pas reste tel que tapé.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from pilotage_xlsx.importation.lexique import comparables, habillage_de, serrer, traductions
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, OuiOuNon
from pilotage_xlsx.registre import Cellule, Illisible, Motif, NatureDeCellule, Valeur
from pilotage_xlsx.registre.genres import (
    Attente,
    afficher,
    attendre,
    interpreter,
    interpreter_libre,
)
from pilotage_xlsx.registre.saisie import DATES
from pilotage_xlsx.socle.dates import Jour, depuis_texte
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, TexteSaisi, cle, cle_large

_BARRES = motif(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(\D.*)?")

_EN_LETTRES = motif(
    r"(?:[^\W\d]{2,12}[.,]? )?(?P<j>\d{1,2})(?:er|st|nd|rd|th)?[. -]{1,2}(?P<mois>[^\W\d]{3,10})"
    r"[. -]{1,2}(?P<a>\d{4}|\d{2})"
)
_MOIS_DEVANT = motif(r"(?P<mois>[^\W\d]{3,10})\.? (?P<j>\d{1,2})(?:st|nd|rd|th)?,? (?P<a>\d{4})")
"""« 31-Dez-26 », « 1. April 2027 » ; « December 31, 2026 »."""

_RANG = motif(r"^\s*\d{1,2}\s*[-–.:)]\s*(?=\D)")
"""« 1 - most critical » : le rang d'une réponse dans sa liste."""

_ENTRE_PARENTHESES = motif(r"([^()]{1,200})\(([^()]{1,200})\)\s*")
"""« chez nous (serveur communal) » : deux fois la même réponse, ou rien."""

_CHIFFRES = motif(r"[\d\s.,'’%$€-]+")


class OrdreDesDates(StrEnum):
    """Dans quel ordre « 03/04/2026 » s'écrit dans une colonne."""

    JOUR_MOIS = "jour/mois"
    MOIS_JOUR = "mois/jour"


class LecteurDeColonne(msgspec.Struct, frozen=True):
    """De quoi lire les cellules d'une colonne reçue comme celles d'une colonne du modèle.

    ``choisies`` : ce que la personne a dit de chaque valeur ; rien, si elle reste telle que tapée.
    """

    attente: Attente
    traduits: Mapping[str, str]
    inconnus: frozenset[str]
    oui: frozenset[str]
    non: frozenset[str]
    reponses: tuple[str | None, str | None] | None = None
    ordre: OrdreDesDates | None = None
    choisies: Mapping[str, str | None] = MappingProxyType({})
    mois: Mapping[str, int] = MappingProxyType({})
    habillage: frozenset[str] = frozenset()

    @property
    def colonne(self) -> Colonne:
        """La colonne du modèle."""
        return self.attente.colonne

    def lire(self, cellule: Cellule) -> Valeur | None:
        """La valeur de la cellule ; rien si elle est vide."""
        texte = self.texte(cellule)
        if cle(texte) in self.choisies:
            dite = self.choisies[cle(texte)]
            return Illisible(TexteSaisi(texte), Motif.LISTE) if dite is None else TexteSaisi(dite)
        if (
            self.reponses is not None
            and (forme := cle_large(texte) or texte) in self.oui | self.non
        ):
            reponse = self.reponses[0 if forme in self.oui else 1]
            return (
                Illisible(TexteSaisi(texte), Motif.LISTE)
                if reponse is None
                else TexteSaisi(reponse)
            )
        if self.ordre is OrdreDesDates.MOIS_JOUR and (jour := _a_l_anglaise(cellule)):
            return jour
        valeur = interpreter(cellule, self.attente)
        return self._traduire(texte, valeur)

    def texte(self, cellule: Cellule) -> str:
        """Ce que la cellule montre."""
        return afficher(interpreter_libre(cellule, self.attente.origine))

    def comprend(self, cellule: Cellule) -> bool:
        """Vrai si la cellule dit quelque chose dans cette colonne."""
        genre = self.colonne.genre
        if genre in _SIGNES:
            return _SIGNES[genre].search(self.texte(cellule)) is not None
        return not isinstance(self.lire(cellule), Illisible)

    def _traduire(self, texte: Texte, valeur: Valeur | None) -> Valeur | None:
        forme = cle_large(texte.replace("ʼ", "'"))
        if self.colonne.genre is Genre.LISTE:
            if not isinstance(valeur, Illisible):
                return valeur
            if forme in self.inconnus and self.colonne.admet_l_aveu:
                return A_CLARIFIER
            dit = self._reconnaitre(texte) or self._reconnaitre_deux_fois(texte)
            return TexteSaisi(dit) if dit else valeur
        if self.colonne.genre in DATES and isinstance(valeur, Illisible):
            return _en_lettres(texte, self.mois) or valeur
        est_une_mention = self.colonne.mots and forme in self.traduits
        return TexteSaisi(self.traduits[forme]) if est_une_mention else valeur

    def _reconnaitre(self, texte: Texte) -> str:
        """La réponse que dit ce texte, au rang et à l'habillage près."""
        sans_rang = _RANG.sub("", texte, count=1)
        formes = (cle_large(texte), cle_large(sans_rang), serrer(sans_rang, self.habillage))
        return next((self.traduits[f] for f in formes if f in self.traduits), "")

    def _reconnaitre_deux_fois(self, texte: Texte) -> str:
        trouvee = _ENTRE_PARENTHESES.fullmatch(texte)
        dites = set(map(self._reconnaitre, trouvee.groups())) if trouvee else set()
        return dites.pop() if len(dites) == 1 else ""


_SIGNES = {
    Genre.COURRIEL: motif(r"[^\s@]@[^\s@]+\.\w"),
    Genre.TELEPHONE: motif(r"^\+?[\d\s()./'-]{6,}"),
    Genre.IDE: motif(r"(?i)CHE[-\s.]?\d{3}"),
}
"""Ce qui se voit d'une valeur de ces genres, qui acceptent tout texte."""


def preparer(
    colonne: Colonne,
    feuille: Feuille,
    modele: Modele,
    origine: datetime,
    *,
    question: OuiOuNon | None = None,
    ordre: OrdreDesDates | None = None,
    choisies: Mapping[str, str | None] = MappingProxyType({}),
) -> LecteurDeColonne:
    """De quoi lire une colonne reçue, d'après la question que pose son en-tête."""
    mots = modele.identite.importation
    par_cle = {mot.cle: mot.libelle for mot in modele.mots(colonne)}
    reponses = (
        (par_cle.get(question.oui or ""), par_cle.get(question.non or "")) if question else None
    )
    attente = attendre(colonne, modele.ecritures(colonne), origine, modele.bareme(colonne))
    return LecteurDeColonne(
        attente,
        traductions(colonne, modele),
        comparables(mots.inconnus),
        comparables(mots.oui),
        comparables(mots.non),
        reponses,
        ordre,
        choisies,
        {cle_large(nom): n for n, noms in enumerate(mots.mois, 1) for nom in noms.split()},
        habillage_de(feuille, colonne, mots),
    )


def ordre_des_dates(cellules: Iterable[Cellule]) -> tuple[OrdreDesDates | None, bool]:
    """L'ordre des dates en texte d'une colonne, et s'il se prouve ; rien s'il n'y en a pas.

    « 13/02/2026 » prouve jour/mois ; « 02/13/2026 », mois/jour. Une colonne qui a les deux ne se
    convertit pas : ce qui n'y est pas une date d'ici reste tel que tapé.
    """
    trouvees = [t for c in cellules if (t := _BARRES.fullmatch(c.texte.strip()))]
    jours = any(int(t[1]) > 12 for t in trouvees)
    mois = any(int(t[3]) > 12 >= int(t[1]) for t in trouvees)
    if mois and not jours:
        return OrdreDesDates.MOIS_JOUR, True
    ambigues = [t for t in trouvees if t[1] != t[3] and t[2] != "."]
    return (OrdreDesDates.JOUR_MOIS, jours or not ambigues) if trouvees else (None, True)


def _a_l_anglaise(cellule: Cellule) -> Jour | None:
    trouvee = _BARRES.fullmatch(cellule.texte.strip())
    if cellule.nature is not NatureDeCellule.TEXTE or trouvee is None:
        return None
    return depuis_texte(f"{trouvee[3]}.{trouvee[1]}.{trouvee[4]}")


def _en_lettres(texte: Texte, mois: Mapping[str, int]) -> Jour | None:
    """La date dont le mois est en toutes lettres, dans une langue du modèle."""
    trouvee = _EN_LETTRES.fullmatch(texte.strip()) or _MOIS_DEVANT.fullmatch(texte.strip())
    numero = mois.get(cle_large(trouvee["mois"])) if trouvee else None
    if trouvee is None or numero is None:
        return None
    return depuis_texte(f"{trouvee['j']}.{numero}.{trouvee['a']}")


class Comprehension(NamedTuple):
    """Combien de cellules d'une colonne se comprennent, sur combien de remplies."""

    comprises: int
    remplies: int

    @property
    def part(self) -> float:
        """De 0 à 1 ; une colonne vide se comprend toute."""
        return self.comprises / self.remplies if self.remplies else 1.0


def comprendre(cellules: Iterable[Cellule], lecteur: LecteurDeColonne) -> Comprehension:
    """Ce qu'une colonne du modèle comprendrait de ces cellules."""
    juges = [lecteur.comprend(cellule) for cellule in cellules]
    return Comprehension(sum(juges), len(juges))


def est_un_nombre_ou_une_date(cellule: Cellule, texte: Texte) -> bool:
    """Vrai pour ce qui n'est le nom de personne."""
    if cellule.nature in (NatureDeCellule.NOMBRE, NatureDeCellule.DATE):
        return True
    return depuis_texte(texte) is not None or _CHIFFRES.fullmatch(texte) is not None
