"""Ce qui se rend : le rapport, en sections, ou la fiche d'une page, en blocs ; rien n'est dessiné.

Les nombres et les dates y restent des nombres et des dates. Les textes d'une fiche sont déjà
masqués et bornés : elle tient sur une page A4, la note sur deux.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

import msgspec

from pilotage_xlsx.socle.textes import Texte

Case = str | int | float | date | None
_NOMMES = 12
"""Les points de la page suivante que la première ne dit pas, mais nomme."""

EN_BREF = "En bref ; en entier, avec les cases, à la page suivante :"


class GenreDeColonne(StrEnum):
    """Comment une colonne s'écrit et s'aligne ; une mesure est un texte (« 3 sur 7 ») à droite."""

    TEXTE = "texte"
    FORT = "fort"
    CLE = "cle"
    DISCRET = "discret"
    DATE = "date"
    NOMBRE = "nombre"
    MONTANT = "montant"
    MESURE = "mesure"
    TELEPHONE = "telephone"


class ColonneDeTable(msgspec.Struct, frozen=True):
    """Le titre d'une colonne, son genre, sa largeur en signes dans le classeur."""

    titre: str
    genre: GenreDeColonne = GenreDeColonne.TEXTE
    largeur: int = 24


class Tableau(msgspec.Struct, frozen=True):
    """Des lignes sous des colonnes ; ``titre`` les annonce."""

    titre: str
    colonnes: tuple[ColonneDeTable, ...]
    lignes: tuple[tuple[Case, ...], ...]


class Barre(msgspec.Struct, frozen=True):
    """Une barre horizontale : ``valeur`` sur ``sur`` ; ``legende`` s'écrit à son bout."""

    libelle: Texte
    valeur: int
    sur: int
    legende: str


class Barres(msgspec.Struct, frozen=True):
    """Des barres horizontales ; ``unite`` et ``total`` nomment ce que comptent leurs nombres."""

    titre: str
    unite: str
    total: str
    barres: tuple[Barre, ...]


class Repere(msgspec.Struct, frozen=True):
    """Un point de la ligne du temps ; ``alerte`` : le jour avant lequel agir."""

    jour: date
    libelle: str
    alerte: date | None = None


class Temps(msgspec.Struct, frozen=True):
    """Une ligne du temps de ``debut`` à ``fin``."""

    titre: str
    debut: date
    fin: date
    reperes: tuple[Repere, ...]


Bloc = Tableau | Barres | Temps


class Section(msgspec.Struct, frozen=True):
    """Une section de l'annexe : ce qu'elle dit, puis ce qui le montre ; ``feuille`` est le nom de
    la sienne dans le classeur (31 signes au plus)."""

    cle: str
    feuille: str
    titre: str
    phrases: tuple[str, ...]
    blocs: tuple[Bloc, ...] = ()


class Vote(msgspec.Struct, frozen=True):
    """Un point à décider : une question à laquelle une seule de ses ``cases`` répond.

    ``nom`` : son objet, en quelques mots ; ``sinon`` : ce qui arrive si rien n'est décidé, et
    quand ; ``bref`` : de même, en une ligne ; ``raison`` : le motif et les risques, dans les mots
    du classeur ; ``source`` : qui décide, et d'où vient le point ; ``prix`` : ce que coûte un oui
    ou ce qui se paie déjà, puis le dernier jour ; ``prix_bref`` : de même, en peu de mots ;
    ``pv`` : la phrase prête pour le procès-verbal.
    """

    rang: int
    objet: str
    nom: str
    question: str
    cases: tuple[str, ...]
    sinon: str
    bref: str
    raison: str
    source: str
    prix: tuple[str, ...]
    prix_bref: tuple[str, ...]
    pv: str


class Nouvelle(msgspec.Struct, frozen=True):
    """Un incident, en une ligne : quand, quoi, qui fut informé."""

    jour: date | None
    objet: str
    fait: str
    informes: str


class Carte(msgspec.Struct, frozen=True):
    """Un des cinq chiffres : sa valeur, son libellé, sa phrase, celui de l'an passé."""

    valeur: str
    libelle: str
    phrase: str
    precedent: str
    annee_precedente: int

    @property
    def avant(self) -> str:
        """« 2025 : 6 », ou « 2025 : – » si on ne le sait pas."""
        return f"{self.annee_precedente} : {self.precedent}"


class CaseVide(msgspec.Struct, frozen=True):
    """Ce que dit une rubrique de la première page quand elle n'a rien, et ce qui est en annexe."""

    rien: str
    reste: str | None = None


class PremierePage(msgspec.Struct, frozen=True):
    """La page de vote ; ``en_tete`` : combien de points y tiennent en entier, les autres suivent
    aussitôt ; ``annonces`` : combien de ceux-ci elle dit en bref : tous, sinon les premiers
    d'``urgents`` (les rangs, du plus urgent au moins).

    ``jours`` : les points par leur dernier jour ; ``total`` : la somme des propositions ;
    ``expose`` et ``savoir`` : une phrase par ligne.
    """

    avis: str
    surtitre: str
    titre: str
    alerte: str | None
    votes: tuple[Vote, ...]
    en_tete: int
    annonces: int
    urgents: tuple[int, ...]
    votes_sinon: str
    jours: str | None
    total: str | None
    expose: tuple[str, ...]
    savoir: tuple[str, ...]
    nouvelles: tuple[Nouvelle, ...]
    nouvelles_sinon: CaseVide
    cartes: tuple[Carte, ...]
    pv: str

    @property
    def debut(self) -> tuple[Vote, ...]:
        """Les points de la première page."""
        return self.votes[: self.en_tete]

    @property
    def suite(self) -> tuple[Vote, ...]:
        """Ceux de la page suivante."""
        return self.votes[self.en_tete :]

    @property
    def annonce(self) -> tuple[Vote, ...]:
        """Ceux de la page suivante que la première dit en bref : tous, ou les plus urgents."""
        if self.en_tete:
            return self.suite
        dits = self.urgents[: self.annonces]
        return tuple(vote for vote in self.votes if vote.rang in dits)

    @property
    def renvoi(self) -> str | None:
        """« À la page suivante aussi : 4. GED ; 5. Site. », s'il en reste qu'elle ne dit pas."""
        return self.renvois[self.en_tete + self.annonces]

    @property
    def renvois(self) -> tuple[str | None, ...]:
        """Le renvoi, selon combien de points la première page dit, en entier ou en bref."""
        restes = (set(self.urgents[dits:]) for dits in range(len(self.votes)))
        return (*(_renvoyer([v for v in self.votes if v.rang in r]) for r in restes), None)


def _renvoyer(restes: Sequence[Vote]) -> str:
    dits = [f"{vote.rang}. {vote.nom}" for vote in restes[:_NOMMES]]
    reste = f" ; et {len(restes) - _NOMMES} de plus" if len(restes) > _NOMMES else ""
    return f"À la page suivante aussi : {' ; '.join(dits)}{reste}.".replace("….", "…")


class PageRegionale(msgspec.Struct, frozen=True):
    """La page d'une région : les cinq chiffres de l'ensemble, ce qui traverse les communes, puis
    une ligne par commune ; ses tableaux ont quatre colonnes."""

    avis: str
    surtitre: str
    titre: str
    alerte: str | None
    phrases: tuple[str, ...]
    cartes: tuple[Carte, ...]
    tableaux: tuple[Tableau, ...]
    communes: Tableau


class Lettre(msgspec.Struct, frozen=True):
    """Ce qui entoure la première page dans le courriel : l'appel, ce qui est demandé, qui signe."""

    appel: str
    phrases: tuple[str, ...]
    signature: tuple[str, ...]


class Document(msgspec.Struct, frozen=True):
    """La première page, puis la preuve ; la ``lettre`` qui la porte par courriel."""

    premiere: PremierePage | PageRegionale
    annexe: tuple[Section, ...]
    pied: str
    lettre: Lettre


class Champs(msgspec.Struct, frozen=True):
    """Des libellés et leurs réponses, l'un sous l'autre."""

    sorte: ClassVar = "champs"
    titre: str
    lignes: tuple[tuple[str, str], ...]


class Paragraphes(msgspec.Struct, frozen=True):
    """Des phrases, sous un titre s'il n'est pas vide."""

    sorte: ClassVar = "paragraphes"
    titre: str
    phrases: tuple[str, ...]


class Numero(msgspec.Struct, frozen=True):
    """Qui appeler, son nom ou son adresse, son numéro ; sans numéro à donner, il est vide."""

    qui: Texte
    nom: Texte
    numero: Texte


class Numeros(msgspec.Struct, frozen=True):
    """Des téléphones qui se lisent d'un mètre."""

    sorte: ClassVar = "numeros"
    titre: str
    lignes: tuple[Numero, ...]


class Etapes(msgspec.Struct, frozen=True):
    """Ce qu'il faut faire, dans l'ordre."""

    sorte: ClassVar = "etapes"
    titre: str
    etapes: tuple[str, ...]


class Encadre(msgspec.Struct, frozen=True):
    """Ce qui se relit à haute voix, les cases à cocher, puis les blancs à remplir à la main."""

    sorte: ClassVar = "encadre"
    titre: str
    texte: str
    cases: tuple[str, ...] = ()
    a_remplir: tuple[str, ...] = ()


BlocDeFiche = Champs | Numeros | Paragraphes | Etapes | Encadre | Tableau


class Courrier(msgspec.Struct, frozen=True):
    """Les en-têtes d'un message ; une adresse manque si la feuille Commune ne la donne pas."""

    objet: str
    de: Texte | None
    a: Texte | None


class Fiche(msgspec.Struct, frozen=True):
    """Une feuille : ce qu'elle est, ce qu'elle dit. ``courrier`` : elle part aussi par courriel.

    ``pages`` : la place qu'elle prend au plus ; son corps est le plus grand qui y tient.
    """

    avis: str
    surtitre: str
    titre: str
    blocs: tuple[BlocDeFiche, ...]
    pied: str
    courrier: Courrier | None = None
    pages: float = 1
