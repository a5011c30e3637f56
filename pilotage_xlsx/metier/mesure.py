"""Un chiffre, déclaré une fois, et sa mesure dans un classeur.

Une fiche par chiffre (`metier.chiffres`) : ce qu'il compte, comment il se dit, où il se montre,
comment il s'additionne. Le tableau de bord, le rapport, ses sources, la région et la consolidation
la lisent.

>>> total = additionner([Mesure(1200.10, sur=4), Mesure(800.20, sur=3)])
>>> total.valeur, total.sur
(2000.3, 7)
>>> outils = Chiffre("outils", "outils", Chapitre.PARC, lambda *_: (), singulier="outil")
>>> outils.libeller(Mesure(1)), outils.libeller(Mesure(2))
('outil', 'outils')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

SANS_OBJET = "sans_objet"
"""La clé d'une réponse qui n'est ni bonne ni mauvaise : la question ne se pose pas."""


class Chapitre(StrEnum):
    """Où un chiffre se lit, dans l'ordre ; sa valeur est le fichier qui en déclare les chiffres."""

    REGISTRES = "registres"
    PARC = "parc"
    DECISIONS = "decisions"
    INCIDENTS = "incidents"
    SIGNALEMENTS = "signalements"
    DEPENDANCE = "dependance"
    MAITRISE = "maitrise"
    CONTRATS = "contrats"
    MUTUALISATION = "mutualisation"
    TABLEAU_DE_BORD = "tableau_de_bord"
    """Ce que seul le tableau de bord compte : le rapport ne le montre pas."""


class Addition(StrEnum):
    """Comment un chiffre passe des communes à leur région."""

    SOMME = "somme"
    AUCUNE = "aucune"
    """Deux communes y comptent la même chose (un prestataire), ou la nommeraient."""


Part = tuple[Ligne | str, tuple[Ligne, ...]]
"""Une part d'un chiffre : la ligne ou la réponse qui la nomme, et les lignes comptées."""


class Mesure(msgspec.Struct, frozen=True):
    """La valeur d'un chiffre et, s'il a une base, sur combien (3 sur 7) ; les lignes comptées.

    ``sans_objet`` : combien d'autres répondent « Sans objet », et ne sont pas de la base ;
    ``parts`` : les lignes réparties, si le chiffre se répartit ; une part peut être vide.
    """

    valeur: float
    sur: int | None = None
    lignes: tuple[Ligne, ...] = ()
    sans_objet: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def compte(self) -> int:
        """Le nombre de lignes comptées."""
        return len(self.lignes)


class Chiffre(msgspec.Struct, frozen=True, eq=False):
    """Ce qu'un chiffre est ; sa valeur est le nombre de ses lignes, sauf ``valeur``.

    ``lignes`` : de l'année demandée (nulle : inconnue), au jour des liens. ``libelle`` au pluriel,
    ``singulier`` s'il s'accorde. ``base`` : ce dont il est une part ; les lignes qui y répondent à
    ``sans_objet`` n'en sont pas. ``citation`` : ce qu'en dit sa section avant le nombre et les
    noms (« Nouveaux en {annee} ») ; vide, elle le dit à sa façon. ``colonne`` : son titre dans le
    rapport régional ; vide, il n'y a pas de colonne.
    """

    cle: str
    libelle: str
    chapitre: Chapitre
    lignes: Callable[[Liens, int | None], Iterable[Ligne]]
    singulier: str = ""
    addition: Addition = Addition.SOMME
    base: Chiffre | None = None
    sans_objet: Marque | None = None
    valeur: Callable[[Liens, Sequence[Ligne]], float] | None = None
    est_un_montant: bool = False
    parts: Callable[[Liens, Sequence[Ligne]], Iterable[Part]] | None = None
    citation: str = ""
    colonne: str = ""

    def mesurer(self, liens: Liens, annee: int | None) -> Mesure:
        """Sa mesure dans un classeur ; ne lève rien, une feuille absente donne zéro."""
        lignes = tuple(self.lignes(liens, annee))
        base = None if self.base is None else tuple(self.base.lignes(liens, annee))
        ecartees = sum(self._est_sans_objet(liens, ligne) for ligne in base or ())
        return Mesure(
            self.valeur(liens, lignes) if self.valeur else len(lignes),
            None if base is None else len(base) - ecartees,
            lignes,
            ecartees,
            tuple(self.parts(liens, lignes)) if self.parts else (),
        )

    def _est_sans_objet(self, liens: Liens, ligne: Ligne) -> bool:
        return self.sans_objet is not None and liens.est(ligne, self.sans_objet)

    def libeller(self, mesure: Mesure) -> str:
        """Son libellé, accordé à sa valeur."""
        return self.singulier if self.singulier and mesure.valeur < 2 else self.libelle


class Mesures(msgspec.Struct, frozen=True):
    """Les mesures d'un classeur, ou d'une région, par clé de chiffre."""

    par_cle: Mapping[str, Mesure]

    def __getitem__(self, chiffre: Chiffre) -> Mesure:
        return self.par_cle[chiffre.cle]

    @classmethod
    def de(cls, liens: Liens, annee: int | None, chiffres: Iterable[Chiffre]) -> Mesures:
        """Mesure ces chiffres dans un classeur."""
        return cls({chiffre.cle: chiffre.mesurer(liens, annee) for chiffre in chiffres})

    @classmethod
    def reunir(cls, communes: Sequence[Mesures], chiffres: Iterable[Chiffre]) -> Mesures:
        """Ceux de ces chiffres qui s'additionnent, sur toutes les communes."""
        return cls(
            {
                chiffre.cle: additionner([commune[chiffre] for commune in communes])
                for chiffre in chiffres
                if chiffre.addition is Addition.SOMME
            }
        )


def additionner(mesures: Sequence[Mesure]) -> Mesure:
    """La somme ; sa base aussi, s'il en a une ; les parts de même nom ensemble.

    Les montants s'additionnent au centime, comme ils se lisent : qui refait la somme la retrouve.
    """
    bases = [mesure.sur for mesure in mesures if mesure.sur is not None]
    parts: dict[Ligne | str, tuple[Ligne, ...]] = {}
    for nom, lignes in (part for mesure in mesures for part in mesure.parts):
        parts[nom] = parts.get(nom, ()) + lignes
    return Mesure(
        sum(round(mesure.valeur, 2) for mesure in mesures),
        sum(bases) if bases else None,
        tuple(ligne for mesure in mesures for ligne in mesure.lignes),
        sum(mesure.sans_objet for mesure in mesures),
        tuple(parts.items()),
    )
