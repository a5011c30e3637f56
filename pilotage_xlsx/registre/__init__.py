"""Le registre : ce qui est. Le contenu d'un classeur, chaque valeur avec le lieu d'où elle vient.

Lire ne juge pas : une cellule incomprise est une valeur (`Illisible`), une feuille absente est une
feuille qui n'est pas dans `Registre.feuilles`, un classeur refusé est un registre avec son `refus`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from pilotage_xlsx.modele import Colonne
from pilotage_xlsx.modele.chargement import exiger_une_colonne
from pilotage_xlsx.modele.porte import Porte
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.socle.annuaire import Annuaire
from pilotage_xlsx.socle.dates import Jour, le_jour
from pilotage_xlsx.socle.entree import Source, chemin_de
from pilotage_xlsx.socle.longueur import en_bref
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.textes import TexteSaisi


class NatureDeCellule(StrEnum):
    """Ce que le tableur a enregistré dans la cellule."""

    NOMBRE = "nombre"
    TEXTE = "texte"
    BOOLEEN = "booleen"
    DATE = "date"
    ERREUR = "erreur"
    FORMULE = "formule"


class Cellule(NamedTuple):
    """Une cellule brute : sa nature, son texte tel qu'enregistré, et si son format est une date.

    Une date est au format ISO 8601 ; une formule, sans résultat enregistré.
    """

    nature: NatureDeCellule
    texte: TexteSaisi
    est_date: bool = False


class CelluleCoupee(Cellule):
    """Une cellule dont le texte passe la borne du tableur : ``texte`` n'en est que le début."""

    __slots__ = ()


__all__ = [
    "CONSOLIDATION",
    "RAPPORT",
    "SORTIES",
    "Cellule",
    "CelluleCoupee",
    "Emplacement",
    "FeuilleLue",
    "FeuillePropre",
    "Illisible",
    "Lieu",
    "Ligne",
    "Motif",
    "NatureDeCellule",
    "Registre",
    "Sorte",
    "Valeur",
    "est_remise",
]

CONSOLIDATION, RAPPORT = SORTIES = ("consolidation", "rapport")
"""Ce que nos propres sorties inscrivent à la place du modèle, pour qu'on ne les relise pas."""


class Sorte(StrEnum):
    """De qui est un classeur : d'une commune, ou l'une de nos propres sorties."""

    DE_COMMUNE = "classeur"
    ANNOTEE = "copie annotée"
    REUNION = "consolidation ou rapport"


class Motif(StrEnum):
    """Pourquoi une cellule n'a pas pu devenir la valeur que le modèle attend."""

    DATE = "date"
    NOMBRE = "nombre"
    BORNES = "bornes"
    LISTE = "liste"
    ERREUR = "erreur"
    FORMULE = "formule"
    REMISE = "remise"


class Illisible(msgspec.Struct, frozen=True):
    """Une cellule remplie que le modèle ne comprend pas, avec son texte brut.

    `Motif.REMISE` : elle ne dit rien encore (« ? », « idem ») ; elle vaut une cellule vide.
    """

    brut: TexteSaisi
    motif: Motif


Valeur = TexteSaisi | Aveu | int | float | Jour | tuple[TexteSaisi, ...] | Illisible
"""Une cellule vide n'a pas de valeur. Une référence à plusieurs est un tuple de noms."""


def est_remise(valeur: Valeur | None) -> bool:
    """Vrai pour « ? », « idem », « xxx » : une réponse remise à plus tard."""
    return isinstance(valeur, Illisible) and valeur.motif is Motif.REMISE


class Emplacement(msgspec.Struct, frozen=True):
    """Où se trouve (ou manque) une valeur ; ``colonne`` est nulle si la feuille ne l'a pas."""

    fichier: str
    feuille: str
    ligne: int | None
    colonne: int | None


class Lieu(msgspec.Struct, frozen=True):
    """La feuille réelle d'un registre et la place de ses colonnes (numérotées dès 1).

    Une fiche a une valeur par ligne : ``cases`` donne la ligne et la colonne de chacune.
    ``connues`` : les colonnes du modèle, que la feuille les ait ou non ; rien, si nul ne l'a dit.
    """

    fichier: str
    registre: str
    feuille: str
    ligne_entete: int
    colonnes: Mapping[str, int]
    cases: Mapping[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    connues: Mapping[str, Colonne] | None = None

    def __reduce__(self) -> tuple[Callable[..., Lieu], tuple[object, ...]]:
        """D'un processus à l'autre, les colonnes du modèle ne voyagent pas avec chaque feuille."""
        return Lieu, (
            self.fichier, self.registre, self.feuille, self.ligne_entete, self.colonnes, self.cases,
        )  # fmt: skip

    def emplacement(self, colonne: str, ligne: int) -> Emplacement:
        """Le lieu d'une valeur, présente ou absente."""
        if colonne in self.cases:
            return Emplacement(self.fichier, self.feuille, *self.cases[colonne])
        return Emplacement(self.fichier, self.feuille, ligne, self.colonnes.get(colonne))

    def a(self, colonne: str) -> bool:
        """Vrai si la feuille a cette colonne."""
        return colonne in self.colonnes or colonne in self.cases


class Ligne(msgspec.Struct, frozen=True, eq=False):
    """Une ligne remplie : valeurs du modèle par identifiant, colonnes propres par en-tête.

    ``cellules`` garde la cellule brute de chaque valeur du modèle.
    """

    lieu: Lieu
    numero: int
    valeurs: Mapping[str, Valeur]
    cellules: Mapping[str, Cellule] = msgspec.field(default_factory=dict)
    propres: Mapping[str, Valeur] = msgspec.field(default_factory=dict)
    est_masquee: bool = False

    def __repr__(self) -> str:
        premiere = next(iter(self.valeurs.values()), "")
        return en_bref(f"Ligne {self.lieu.feuille} {self.numero} : {premiere}")

    def __getitem__(self, colonne: str) -> Valeur | None:
        """La valeur, ou rien ; `KeyError` propose le nom voisin d'une colonne qui n'existe pas."""
        valeur = self.valeurs.get(colonne)
        if valeur is None and (connues := self.lieu.connues) and colonne not in connues:
            exiger_une_colonne(self.lieu.registre, colonne, connues)
        return valeur

    def est_vide(self, colonne: str) -> bool:
        """Vrai si la cellule ne dit rien : vide, ou une réponse remise à plus tard."""
        valeur = self.valeurs.get(colonne)
        return valeur is None or est_remise(valeur)

    def dit(self, colonne: str) -> bool:
        """Vrai si la cellule dit quelque chose : ni vide, ni remise, ni « À clarifier »."""
        return not (self.est_vide(colonne) or isinstance(self.valeurs.get(colonne), Aveu))

    def texte(self, colonne: str) -> TexteSaisi | None:
        """La valeur si c'est un texte, sinon rien ; « À clarifier » n'en est pas un."""
        valeur = self.valeurs.get(colonne)
        if not isinstance(valeur, str) or isinstance(valeur, Aveu):
            return None
        return valeur

    def textes(self, colonne: str) -> tuple[TexteSaisi, ...]:
        """Les noms que la cellule cite, un ou plusieurs."""
        valeur = self.valeurs.get(colonne)
        if isinstance(valeur, tuple):
            return valeur
        return () if (texte := self.texte(colonne)) is None else (texte,)

    def jour(self, colonne: str) -> Jour | None:
        """La date, avec son heure si elle est connue, sinon rien."""
        valeur = self.valeurs.get(colonne)
        return valeur if isinstance(valeur, date) else None

    def date(self, colonne: str) -> date | None:
        """La date sans son heure, sinon rien."""
        jour = self.jour(colonne)
        return None if jour is None else le_jour(jour)

    def nombre(self, colonne: str) -> float | None:
        """Le nombre, sinon rien."""
        valeur = self.valeurs.get(colonne)
        return valeur if isinstance(valeur, int | float) else None

    def emplacement(self, colonne: str) -> Emplacement:
        """Où se trouve, ou manque, la valeur de cette colonne."""
        return self.lieu.emplacement(colonne, self.numero)


class FeuilleLue(msgspec.Struct, frozen=True, eq=False):
    """Un registre retrouvé dans le classeur. Une fiche a exactement une ligne.

    ``en_double`` : colonnes du modèle trouvées une fois de trop (identifiant, numéro de colonne).
    ``propres`` : les colonnes propres à la commune (en-tête, numéro de colonne). ``en_marge`` : les
    lignes qui ne portent rien d'autre, par numéro ; elles n'inscrivent rien. ``coupees`` : les
    premières places dont le texte est trop long, avec la colonne ou l'en-tête qui les nomme.
    ``anciennes`` : les clés cachées que cette version du modèle n'écrit plus, et leur en-tête.
    """

    lieu: Lieu
    lignes: tuple[Ligne, ...]
    en_double: tuple[tuple[str, int], ...] = ()
    propres: Mapping[str, int] = msgspec.field(default_factory=dict)
    en_marge: Mapping[int, Mapping[str, Valeur]] = msgspec.field(default_factory=dict)
    coupees: tuple[tuple[Emplacement, str], ...] = ()
    anciennes: Mapping[str, str] = msgspec.field(default_factory=dict)


class FeuillePropre(msgspec.Struct, frozen=True):
    """Une feuille de la commune, en valeurs : (ligne, colonne), dès 1, → ce que la cellule dit.

    ``coupees`` : les adresses des premières cellules au texte trop long. ``intitules`` : les lignes
    qui nomment celles d'en dessous, si c'est nous qui l'écrivons.
    """

    nom: str
    cellules: Mapping[tuple[int, int], Valeur]
    coupees: tuple[str, ...] = ()
    intitules: frozenset[int] = frozenset()


class Registre(msgspec.Struct, frozen=True, eq=False):
    """Le contenu d'un classeur, ou le refus de le lire.

    ``source`` : le fichier reçu. ``en_double`` : feuilles qui tiennent un registre déjà trouvé
    (identifiant, nom de la feuille).
    ``version`` : identifiant et version du modèle inscrits dans le classeur, s'ils y sont.
    ``modifie`` : l'instant (avec fuseau) du dernier enregistrement, s'il y est inscrit.
    ``connues`` : les feuilles que quelqu'un peut demander ; vide, aucune n'est refusée.
    ``porte`` : le modèle que porte le classeur, s'il a été lu d'après lui.
    ``partage`` : à qui il est remis, si ce n'est qu'une partie du classeur de la commune.
    ``sans_listes`` : le classeur est des nôtres, et la feuille dont vivent ses menus a disparu.
    """

    source: Source
    feuilles: Mapping[str, FeuilleLue] = msgspec.field(default_factory=dict)
    en_double: tuple[tuple[str, str], ...] = ()
    feuilles_propres: tuple[str, ...] = ()
    version: tuple[str, str] | None = None
    modifie: datetime | None = None
    a_un_verrou: bool = False
    refus: Refus | None = None
    sorte: Sorte = Sorte.DE_COMMUNE
    connues: frozenset[str] = frozenset()
    porte: Porte | None = None
    sans_listes: bool = False
    partage: str | None = None

    def __repr__(self) -> str:
        if self.refus is not None:
            return en_bref(f"Registre {self.refus.code} : {self.nom_du_fichier}")
        comptes = (f"{len(f.lignes)} {nom}" for nom, f in self.feuilles.items() if f.lignes)
        return en_bref(f"Registre {self.nom} {self.annee or ''} : {', '.join(comptes)}")

    @property
    def fichier(self) -> Path:
        """Le chemin du fichier reçu ; son nom seul, s'il n'est sur aucun disque."""
        return chemin_de(self.source)

    def lignes(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes remplies d'un registre ; aucune si la feuille manque.

        `KeyError`, qui propose le nom voisin, s'il n'est d'aucun des registres ``connues``.
        """
        feuille = self.feuilles.get(registre)
        if feuille is None and self.connues and registre not in self.connues:
            Annuaire(dict.fromkeys(sorted(self.connues)))[registre]
        return feuille.lignes if feuille else ()

    @property
    def commune(self) -> Ligne:
        """La fiche de la commune, vide si la feuille manque."""
        lignes = self.lignes("commune")
        return (
            lignes[0] if lignes else Ligne(Lieu(self.nom_du_fichier, "commune", "", 0, {}), 0, {})
        )

    @property
    def annee(self) -> int | None:
        """L'année du rapport, lue dans la fiche."""
        annee = self.commune["annee"]
        return annee if isinstance(annee, int) else None

    @property
    def nom(self) -> str:
        """Le nom de la commune, ou celui du fichier s'il manque."""
        return self.commune.texte("commune") or nommer_le_fichier(self.fichier.stem)

    @property
    def nom_du_fichier(self) -> str:
        """Le nom du fichier, montrable même si ses octets ne sont d'aucun alphabet."""
        return nommer_le_fichier(self.fichier.name)
