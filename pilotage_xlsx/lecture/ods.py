"""Lire un classeur OpenDocument (.ods) : les mêmes grilles que celles du .xlsx, dans ses bornes.

`content.xml` se lit ici par expat, dans l'archive bornée, plutôt que par une bibliothèque dans un
processus à part : les formules, les erreurs, les lignes masquées, le texte exact, les tables et les
feuilles cachées sont là, et aucune répétition (une cellule « répétée » 16'384 × 1'048'576 fois)
n'est développée avant d'être comptée. Une date y est écrite en clair : elle redevient le numéro de
série que le tableur enregistrerait en .xlsx, pour que la suite soit la même.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from pilotage_xlsx.lecture.chaines import en_cellule
from pilotage_xlsx.lecture.classeur import FEUILLES_MAX, NOM_MAX, FeuilleDuClasseur
from pilotage_xlsx.lecture.feuilletage import CELLULES_MAX, FUSIONS_MAX
from pilotage_xlsx.lecture.flux import DEBUT_GARDE, alleger
from pilotage_xlsx.lecture.grille import Grille
from pilotage_xlsx.lecture.proprietes import lire_modification, lire_version
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.adresses import COLONNES_MAX, LIGNES_MAX, Plage
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import (
    PROFONDEUR_MAX,
    Budget,
    Paquet,
    abime,
    creer_analyseur,
    demesure,
)
from pilotage_xlsx.socle.textes import TexteSaisi

_ESPACE = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TABLE, TEXTE = (f"{_ESPACE}:{quoi}:1.0|" for quoi in ("office", "table", "text"))
_LIBREOFFICE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|"

FORMULE = f"{TABLE}formula"
_TYPE, _TYPE_PRECIS = f"{OFFICE}value-type", f"{_LIBREOFFICE}value-type"
_NOMBRES = frozenset({"float", "percentage", "currency"})

_ERREUR = motif(r"#(?:N/A|[A-Z][A-Z/0]* ?[?!])|Err ?:\d{3}")
_DUREE = motif(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?", re.ASCII)

CONTENU = "content.xml"

_FEUILLE, _LIGNE, _SOURCE = f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-source"
_CELLULE, _COUVERTE = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_PLAGE, _NOM, _ADRESSE = (
    f"{TABLE}{quoi}" for quoi in ("database-range", "name", "target-range-address")
)
_FOIS, _LIGNES_FOIS = f"{TABLE}number-columns-repeated", f"{TABLE}number-rows-repeated"
_COLONNES_FUSIONNEES, _LIGNES_FUSIONNEES = (
    f"{TABLE}number-{quoi}-spanned" for quoi in ("columns", "rows")
)
_VISIBILITE = f"{TABLE}visibility"
_PARAGRAPHE = f"{TEXTE}p"
_SIGNES = {f"{TEXTE}s": "\0", f"{TEXTE}tab": "\1", f"{TEXTE}line-break": "\2"}
"""Des signes que le XML interdit, le temps d'ôter les blancs qui ne comptent pas."""

_ECARTES = frozenset({f"{OFFICE}annotation", f"{TABLE}shapes", f"{TEXTE}note", f"{TEXTE}ruby-text"})
_PROFONDEUR_DES_FEUILLES = 4
_ESPACES_MAX = 1 << 20
_BLANCS = motif("[ \t\r\n]+")
_FEUILLE_DE = motif(r"\$?(?:'((?:[^']|'')*)'|([^.']+))\.")


class DocumentOds(msgspec.Struct, frozen=True):
    """Les grilles d'un classeur OpenDocument, et d'où il vient."""

    grilles: tuple[Grille, ...]
    version: tuple[str, str] | None
    modifie: datetime | None


def lire_document(paquet: Paquet) -> DocumentOds:
    """Tout le classeur ; `Refus` s'il est abîmé (FIC-004) ou démesuré (FIC-008)."""
    lecteur = LecteurDeDocument(paquet.budget)
    analyseur = creer_analyseur(CONTENU)
    analyseur.StartElementHandler = lecteur.entrer
    analyseur.EndElementHandler = lecteur.sortir
    analyseur.CharacterDataHandler = lecteur.noter
    paquet.nourrir(analyseur, CONTENU, _en_allegeant(lecteur, paquet.morceaux(CONTENU)))
    return DocumentOds(
        lecteur.grilles(),
        lire_version(paquet),
        lire_modification(paquet),
    )


def _en_allegeant(lecteur: LecteurDeDocument, morceaux: Iterable[bytes]) -> Iterator[bytes]:
    for morceau in morceaux:
        yield morceau
        lecteur.alleger()


class LecteurDeDocument:
    """L'état du parcours : la feuille, la ligne et la cellule ouvertes.

    ``_ecart`` compte les éléments ouverts d'une partie à ignorer (une note, un dessin).
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._feuilles: dict[str, tuple[dict[int, dict[int, Cellule]], set[int]]] = {}
        self._tables: dict[str, list[str]] = {}
        self._fusions: dict[str, list[Plage]] = {}
        self._profondeur = self._ecart = self._cellules = self._espaces = 0
        self._nom: str | None = None
        self._ligne = self._colonne = self._fois = 0
        self._est_masquee = self._est_copie = False
        self._rangee: dict[int, Cellule] = {}
        self._cellule: Mapping[str, str] | None = None
        self._paragraphes: list[str] = []
        self._texte: list[str] | None = None

    def grilles(self) -> tuple[Grille, ...]:
        """Les feuilles, dans l'ordre, avec les noms de leurs tables."""
        return tuple(
            Grille(
                FeuilleDuClasseur(nom, CONTENU, tuple(self._tables.get(nom, ()))),
                lignes,
                frozenset(masquees),
                fusions=tuple(self._fusions.get(nom, ())),
            )
            for nom, (lignes, masquees) in self._feuilles.items()
        )

    def entrer(self, nom: str, attributs: Mapping[str, str]) -> None:
        """Un élément s'ouvre."""
        self._profondeur += 1
        if self._profondeur > PROFONDEUR_MAX:
            raise demesure(f"imbrication de « {CONTENU} »")
        if self._ecart or nom in _ECARTES:
            self._ecart += 1
        elif self._texte is not None:
            self._entrer_dans_le_texte(nom, attributs)
        elif self._cellule is not None:
            self._texte = [] if nom == _PARAGRAPHE else None
            self._ecart = int(nom != _PARAGRAPHE)
        elif nom in (_CELLULE, _COUVERTE):
            self._cellule = attributs if self._nom is not None else None
            self._paragraphes.clear()
        elif nom == _LIGNE:
            self._ouvrir_ligne(attributs)
        elif nom == _FEUILLE and self._profondeur == _PROFONDEUR_DES_FEUILLES:
            self._ouvrir_feuille(attributs.get(_NOM, ""))
        elif nom == _SOURCE:
            self._est_copie = True
        elif nom == _PLAGE:
            self._noter_table(attributs)

    def sortir(self, nom: str) -> None:
        """Un élément se ferme."""
        self._profondeur -= 1
        if self._ecart:
            self._ecart -= 1
        elif nom == _PARAGRAPHE and self._texte is not None:
            self._paragraphes.append(_nettoyer("".join(self._texte)))
            self._texte = None
        elif nom in (_CELLULE, _COUVERTE) and self._cellule is not None:
            self._fermer_cellule(self._cellule)
            self._cellule = None
        elif nom == _LIGNE:
            self._fermer_ligne()
        elif nom == _FEUILLE and self._profondeur == _PROFONDEUR_DES_FEUILLES - 1:
            self._fermer_feuille()

    def noter(self, texte: str) -> None:
        """Un morceau de texte : il compte s'il est dans un paragraphe d'une cellule."""
        if self._texte is not None and not self._ecart:
            self._texte.append(texte)

    def alleger(self) -> None:
        """Entre deux morceaux du fichier : d'un texte sans fin, seul le début se garde."""
        alleger(self._paragraphes, "\n")
        if self._texte is not None:
            self._texte = [_BLANCS.sub(" ", "".join(self._texte))[:DEBUT_GARDE]]

    def _entrer_dans_le_texte(self, nom: str, attributs: Mapping[str, str]) -> None:
        if nom in _SIGNES and self._texte is not None:
            fois = _entier(attributs.get(f"{TEXTE}c", "1"))
            self._espaces += fois
            if self._espaces > _ESPACES_MAX:
                raise demesure("espaces répétées")
            self._texte.append(_SIGNES[nom] * fois)
        elif not nom.startswith(TEXTE):
            self._ecart = 1

    def _ouvrir_feuille(self, nom: str) -> None:
        if len(nom) > NOM_MAX:
            raise demesure("nom de feuille")
        if nom in self._feuilles:
            raise abime(f"deux feuilles « {nom[:40]} »")
        if len(self._feuilles) >= FEUILLES_MAX:
            raise demesure(f"plus de {FEUILLES_MAX} feuilles")
        self._nom, self._ligne, self._est_copie = nom, 0, False
        self._feuilles[nom] = {}, set()

    def _fermer_feuille(self) -> None:
        """Une copie d'un autre classeur (un lien externe) n'est pas une feuille de celui-ci."""
        if self._nom is not None and self._est_copie:
            del self._feuilles[self._nom]
        self._nom = None

    def _ouvrir_ligne(self, attributs: Mapping[str, str]) -> None:
        self._rangee, self._colonne = {}, 0
        self._fois = _entier(attributs.get(_LIGNES_FOIS, "1"))
        self._est_masquee = attributs.get(_VISIBILITE, "visible") != "visible"

    def _fermer_ligne(self) -> None:
        """Range la ligne autant de fois qu'elle se répète ; vide, elle ne fait qu'avancer."""
        premiere, self._ligne = self._ligne + 1, self._ligne + self._fois
        if not self._rangee or self._nom is None:
            return
        self._cellules += len(self._rangee) * self._fois
        self._budget.ranger_une_ligne(len(self._rangee), self._fois)
        if self._cellules > CELLULES_MAX or self._ligne > LIGNES_MAX:
            raise demesure(f"plus de {CELLULES_MAX} cellules dans « {self._nom} »")
        lignes, masquees = self._feuilles[self._nom]
        numeros = range(premiere, self._ligne + 1)
        lignes.update(dict.fromkeys(numeros, self._rangee))
        masquees.update(numeros if self._est_masquee else ())

    def _fermer_cellule(self, attributs: Mapping[str, str]) -> None:
        fois = _entier(attributs.get(_FOIS, "1"))
        premiere, self._colonne = self._colonne + 1, self._colonne + fois
        cellule = self._faire(attributs)
        if cellule is None:
            return
        self._budget.garder_des_textes((cellule.texte,))
        if self._colonne > COLONNES_MAX:
            raise demesure(f"plus de {COLONNES_MAX} colonnes dans « {self._nom} »")
        self._rangee.update(dict.fromkeys(range(premiere, self._colonne + 1), cellule))
        self._noter_fusion(attributs)

    def _faire(self, attributs: Mapping[str, str]) -> Cellule | None:
        """La cellule que disent ces attributs et les paragraphes lus ; rien si elle est vide."""
        return faire_cellule(attributs, "\n".join(self._paragraphes))

    def _noter_fusion(self, attributs: Mapping[str, str]) -> None:
        """Une cellule remplie qui en couvre d'autres, à sa droite ou dessous."""
        large = _entier(attributs.get(_COLONNES_FUSIONNEES, "1"))
        haute = _entier(attributs.get(_LIGNES_FUSIONNEES, "1"))
        if large * haute == 1 or self._nom is None:
            return
        siennes = self._fusions.setdefault(self._nom, [])
        if len(siennes) >= FUSIONS_MAX:
            raise demesure(f"cellules fusionnées de « {self._nom} »")
        self._budget.garder_une_entree()
        haut, gauche = self._ligne + 1, self._colonne
        siennes.append((haut, gauche, haut + haute - 1, gauche + large - 1))

    def _noter_table(self, attributs: Mapping[str, str]) -> None:
        """Une table d'Excel devient une plage de base de données, qui garde son nom."""
        if trouvee := _FEUILLE_DE.match(attributs.get(_ADRESSE, "")):
            feuille = (trouvee[1] or "").replace("''", "'") or trouvee[2]
            nom = attributs.get(_NOM, "")
            self._budget.garder_des_textes((feuille, nom))
            self._tables.setdefault(feuille, []).append(nom)


def _nettoyer(texte: str) -> str:
    """Une suite de blancs est une espace, aucune en bord ; les signes à part sont gardés."""
    net = _BLANCS.sub(" ", texte).strip(" ")
    return net.replace("\0", " ").replace("\1", "\t").replace("\2", "\n")


def _entier(texte: str) -> int:
    """Un nombre de répétitions : au moins une."""
    est_un_nombre = texte.isdecimal() and texte.isascii() and len(texte) < 9
    return max(1, int(texte)) if est_un_nombre else 1


def faire_cellule(attributs: Mapping[str, str], texte: str) -> Cellule | None:
    """La cellule d'après ses attributs et le texte qu'elle montre ; rien si elle est vide."""
    type_ = attributs.get(_TYPE)
    if type_ in _NOMBRES:
        nombre = attributs.get(f"{OFFICE}value", "").strip()
        return en_cellule(NatureDeCellule.NOMBRE, nombre) if nombre else None
    if type_ == "date":
        return _dater(attributs.get(f"{OFFICE}date-value", ""))
    if type_ == "time":
        return _chronometrer(attributs.get(f"{OFFICE}time-value", ""))
    if type_ == "boolean":
        est_vrai = attributs.get(f"{OFFICE}boolean-value") == "true"
        return en_cellule(NatureDeCellule.BOOLEEN, str(int(est_vrai)))
    return _lire_texte(attributs, attributs.get(f"{OFFICE}string-value") or texte)


def _lire_texte(attributs: Mapping[str, str], texte: str) -> Cellule | None:
    """Un texte ; Excel n'y distingue une erreur que par ce qu'elle montre."""
    formule = attributs.get(FORMULE)
    if attributs.get(_TYPE_PRECIS) == "error" or (formule and _ERREUR.fullmatch(texte)):
        return en_cellule(NatureDeCellule.ERREUR, texte or "#VALUE!")
    if texte:
        return en_cellule(NatureDeCellule.TEXTE, texte)
    if formule is not None and _TYPE not in attributs:
        return en_cellule(NatureDeCellule.FORMULE, formule)
    return None


def _dater(iso: str) -> Cellule | None:
    try:
        serie = vers_serie(datetime.fromisoformat(iso).replace(tzinfo=None))
    except ValueError:
        return en_cellule(NatureDeCellule.DATE, iso) if iso else None
    return _en_serie(serie)


def _chronometrer(iso: str) -> Cellule | None:
    """Une heure « PT14H30M00S » est une fraction de jour ; sinon elle reste un texte."""
    trouvee = _DUREE.fullmatch(iso)
    if trouvee is None:
        return en_cellule(NatureDeCellule.TEXTE, iso) if iso else None
    signe, *parts = trouvee.groups(default="0")
    jours, heures, minutes, secondes = (float(part.replace(",", ".")[:15]) for part in parts)
    duree = jours + heures / 24 + minutes / 1440 + secondes / 86_400
    return _en_serie(-duree if signe == "-" else duree)


def _en_serie(serie: float) -> Cellule:
    texte = str(int(serie)) if serie.is_integer() else repr(serie)
    return Cellule(NatureDeCellule.NOMBRE, TexteSaisi(texte), True)
