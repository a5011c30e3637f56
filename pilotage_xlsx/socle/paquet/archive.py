"""L'archive OOXML ou OpenDocument, ouverte avec des bornes : ses parties, ses relations, son XML.

Les tailles déclarées ne se croient pas, tout se compte à la lecture.

>>> from zipfile import ZipFile
>>> octets = BytesIO()
>>> with ZipFile(octets, "w") as archive:
...     archive.writestr("xl/workbook.xml", "<workbook/>")
...     archive.writestr("../secret.xml", "<secret/>")
>>> with Paquet(octets) as paquet:
...     "XL/Workbook.xml" in paquet, "../secret.xml" in paquet, paquet.noms
(True, False, ('xl/workbook.xml',))

Sources : ISO/IEC 29500-2 (OPC : noms des parties, relations) ; ISO/IEC 26300 (OpenDocument).
"""

from __future__ import annotations

import posixpath
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO, FileIO
from itertools import chain
from types import TracebackType
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pilotage_xlsx.socle.paquet.brut import Brut
from pilotage_xlsx.socle.paquet.budget import MEMOIRE_MAX, Budget
from pilotage_xlsx.socle.paquet.formats import CONTENU_ODF
from pilotage_xlsx.socle.paquet.refus import abime, archive_protegee, demesure

ENTREES_MAX = 5_000
PARTIE_MAX = 64 << 20
TOTAL_MAX = 512 << 20
"""Une feuille de 10'000 lignes que LibreOffice enregistre en a 370 Mo : il y écrit chaque formule
en entier."""

PROFONDEUR_MAX = 100
BALISES_MAX = 4_000_000
JETON_MAX = 1 << 20
NOMS_XML_MAX = 20_000
"""Ce qui passe par l'analyseur XML : octets par partie, balises en tout, octets d'une balise, et
noms différents d'éléments et d'attributs, que l'analyseur garde jusqu'à la fin."""

_RELATIONS_COURTES, _CONNUES_MAX = 4_096, 64

MORCEAU = 1 << 18

SEPARATEUR_XML = "|"
"""Entre l'espace de noms et le nom d'un élément, dans ce que reçoit un `analyseur`."""

_ERREURS_D_ARCHIVE = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    LookupError,
    struct.error,
    zlib.error,
)


class Relation(NamedTuple):
    """Un lien d'une partie vers une autre ; ``type`` est le dernier mot de son adresse."""

    type: str
    cible: str
    est_externe: bool


_RELATIONS_CONNUES: dict[tuple[str, bytes], Mapping[str, Relation]] = {}
"""Par dossier et contenu, des relations déjà lues ; jamais un lien que la commune a posé."""


class Paquet:
    """Les parties d'une archive ouverte ; se ferme par ``with``.

    Deux noms qui ne diffèrent que par la casse sont la même partie (OPC) ; un nom qui sort de
    l'archive (« ../ ») n'en est pas une. ``budget`` : ce que la lecture peut encore garder.
    """

    def __init__(self, fichier: FileIO | BytesIO, memoire: int = MEMOIRE_MAX) -> None:
        self.budget = Budget(memoire)
        self._fichier = fichier
        self._archive = _lire_repertoire(fichier)
        self.brut = Brut(fichier, self._archive.infolist())
        self._parties = _indexer(self._archive.infolist())
        self._reste, self._balises = TOTAL_MAX, BALISES_MAX
        self._relations: dict[str, Mapping[str, Relation]] = {}

    def __enter__(self) -> Paquet:
        return self

    def __exit__(
        self,
        genre: type[BaseException] | None,
        erreur: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Rend le fichier."""
        self._archive.close()
        self._fichier.close()

    def __contains__(self, partie: object) -> bool:
        return isinstance(partie, str) and _cle(partie) in self._parties

    @property
    def noms(self) -> tuple[str, ...]:
        """Les noms des parties, tels qu'inscrits, dans l'ordre de l'archive."""
        return tuple(info.filename for info in self._parties.values())

    def morceaux(self, partie: str, borne: int = PARTIE_MAX) -> Iterator[bytes]:
        """Le contenu d'une partie, par morceaux ; `Refus` si elle manque, abîmée ou démesurée.

        ``borne``, en octets : `TOTAL_MAX` pour qui n'en garde ni n'en analyse presque rien.
        """
        if partie not in self:
            raise abime(f"la partie « {partie} » manque")
        lu = 0
        try:
            with self._archive.open(self._parties[_cle(partie)]) as flux:
                while morceau := flux.read(MORCEAU):
                    lu += len(morceau)
                    self._reste -= len(morceau)
                    if lu > borne or self._reste < 0:
                        raise demesure(f"partie « {partie} »")
                    yield morceau
        except _ERREURS_D_ARCHIVE as erreur:
            raise abime(f"partie « {partie} »") from erreur

    @property
    def est_opendocument(self) -> bool:
        """Vrai pour un classeur .ods, dont les parties ne sont pas reliées de la même façon."""
        return CONTENU_ODF in self and "xl/workbook.xml" not in self

    def cible(self, type_: str, partie: str = "") -> str:
        """La partie liée d'un type donné ; vide, qui n'en est aucune, si elle manque."""
        liens = self.relations(partie).values()
        return next((lien.cible for lien in liens if lien.type == type_), "")

    def relations(self, partie: str = "") -> Mapping[str, Relation]:
        """Les relations d'une partie par identifiant ; sans partie, celles du paquet."""
        if partie not in self._relations:
            self._relations[partie] = self._lire_relations(partie)
        return self._relations[partie]

    def _lire_relations(self, partie: str) -> Mapping[str, Relation]:
        """Celles de nos classeurs sont les mêmes de l'un à l'autre : elles se retiennent."""
        dossier, nom = posixpath.split(partie)
        liens = posixpath.join(dossier, "_rels", f"{nom}.rels")
        if liens not in self:
            return {}
        morceaux = self.morceaux(liens)
        debut = next(morceaux, b"")
        demande = (dossier, debut)
        if len(debut) > _RELATIONS_COURTES:
            return self._relier_tout(dossier, liens, chain((debut,), morceaux))
        trouvees = _RELATIONS_CONNUES.get(demande)
        if trouvees is None:
            trouvees = self._relier_tout(dossier, liens, chain((debut,), morceaux))
            mene_dehors = any(relation.est_externe for relation in trouvees.values())
            if len(_RELATIONS_CONNUES) < _CONNUES_MAX and not mene_dehors:
                _RELATIONS_CONNUES[demande] = trouvees
        return trouvees

    def _relier_tout(
        self, dossier: str, liens: str, morceaux: Iterable[bytes]
    ) -> Mapping[str, Relation]:
        trouvees: dict[str, Relation] = {}

        def noter(element: str, attributs: Mapping[str, str]) -> None:
            if element == "Relationship":
                relation = _relier(dossier, attributs)
                self.budget.garder_des_textes((attributs.get("Id", ""), relation.cible))
                trouvees[attributs.get("Id", "")] = relation

        self.analyser(liens, noter, morceaux=morceaux)
        return trouvees

    def analyser(
        self,
        partie: str,
        debut: Callable[[str, Mapping[str, str]], None],
        fin: Callable[[str], None] | None = None,
        texte: Callable[[str], None] | None = None,
        morceaux: Iterable[bytes] | None = None,
    ) -> None:
        """Parcourt le XML d'une partie ; éléments et attributs y perdent leur espace de noms.

        ``morceaux`` : son contenu, si l'on a commencé de le lire.
        """
        profondeur = 0

        def entrer(nom: str, attributs: Mapping[str, str]) -> None:
            nonlocal profondeur
            profondeur += 1
            if profondeur > PROFONDEUR_MAX:
                raise demesure(f"imbrication de « {partie} »")
            debut(_local(nom), _locaux(attributs))

        def sortir(nom: str) -> None:
            nonlocal profondeur
            profondeur -= 1
            if fin is not None:
                fin(_local(nom))

        analyseur = creer_analyseur(partie)
        analyseur.StartElementHandler = entrer
        analyseur.EndElementHandler = sortir
        analyseur.CharacterDataHandler = texte
        self.nourrir(analyseur, partie, self.morceaux(partie) if morceaux is None else morceaux)

    def racine(
        self, partie: str, morceaux: Iterable[bytes] | None = None
    ) -> tuple[str, Mapping[str, str]]:
        """Le premier élément d'une partie et ses attributs ; du reste, rien ne se retient.

        D'une partie courte, la suite ne coûte que l'analyse : elle n'a pas de quoi s'imbriquer.
        """
        trouvee: tuple[str, Mapping[str, str]] = ("", {})
        profondeur = 0

        def reconnaitre(nom: str, attributs: Mapping[str, str]) -> None:
            nonlocal trouvee
            trouvee = _local(nom), _locaux(attributs)
            analyseur.StartElementHandler = None if est_courte else entrer
            analyseur.EndElementHandler = None if est_courte else sortir

        def entrer(*_: object) -> None:
            nonlocal profondeur
            profondeur += 1
            if profondeur > PROFONDEUR_MAX:
                raise demesure(f"imbrication de « {partie} »")

        def sortir(_: str) -> None:
            nonlocal profondeur
            profondeur -= 1

        suite = iter(self.morceaux(partie) if morceaux is None else morceaux)
        debut = next(suite, b"")
        est_courte = len(debut) < MORCEAU
        analyseur = creer_analyseur(partie)
        analyseur.StartElementHandler = reconnaitre
        self.nourrir(analyseur, partie, chain((debut,), suite))
        return trouvee

    def nourrir(
        self, analyseur: expat.XMLParserType, partie: str, morceaux: Iterable[bytes]
    ) -> None:
        """Donne des morceaux à un analyseur ; `Refus` si le XML est invalide ou démesuré."""
        donnes = 0
        try:
            for morceau in morceaux:
                donnes += len(morceau)
                self._balises -= morceau.count(b"<")
                if donnes > PARTIE_MAX or self._balises < 0:
                    raise demesure(f"trop de contenu dans « {partie} »")
                analyseur.Parse(morceau, False)
                if len(analyseur.intern) > NOMS_XML_MAX:
                    raise demesure(f"trop de noms dans « {partie} »")
                if donnes - analyseur.CurrentByteIndex > JETON_MAX:
                    raise demesure(f"balise sans fin dans « {partie} »")
            analyseur.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as erreur:
            raise abime(f"XML de « {partie} »") from erreur


def creer_analyseur(partie: str) -> expat.XMLParserType:
    """Un analyseur XML neuf qui refuse toute DOCTYPE, donc toute entité."""

    def refuser(*_: object) -> None:
        raise abime(f"déclaration interdite dans « {partie} »")

    analyseur = expat.ParserCreate(namespace_separator=SEPARATEUR_XML)
    analyseur.buffer_text = True
    analyseur.StartDoctypeDeclHandler = refuser
    return analyseur


def _lire_repertoire(fichier: FileIO | BytesIO) -> ZipFile:
    try:
        return ZipFile(fichier)
    except _ERREURS_D_ARCHIVE as erreur:
        raise abime("archive incomplète") from erreur


def _indexer(entrees: list[ZipInfo]) -> Mapping[str, ZipInfo]:
    if len(entrees) > ENTREES_MAX:
        raise demesure("trop de parties")
    parties: dict[str, ZipInfo] = {}
    for entree in entrees:
        cle = _cle(entree.filename)
        if cle.endswith("/") or ".." in cle.split("/"):
            continue
        if cle in parties:
            raise abime(f"partie « {entree.filename} » en double")
        if entree.flag_bits & 1:
            raise archive_protegee()
        if entree.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise abime(f"compression inconnue de « {entree.filename} »")
        parties[cle] = entree
    return parties


def _relier(dossier: str, attributs: Mapping[str, str]) -> Relation:
    cible = attributs.get("Target", "")
    est_externe = attributs.get("TargetMode") == "External"
    if not est_externe:
        cible = cible.replace("\\", "/")
        cible = posixpath.normpath(posixpath.join("/", dossier, cible)).lstrip("/")
    type_ = sys.intern(attributs.get("Type", "").rsplit("/", 1)[-1])
    return Relation(type_, cible, est_externe)


def _cle(partie: str) -> str:
    return partie.replace("\\", "/").lstrip("/").lower()


def _local(nom: str) -> str:
    return nom.rpartition(SEPARATEUR_XML)[2]


def _locaux(attributs: Mapping[str, str]) -> Mapping[str, str]:
    """Les attributs sans leur espace de noms ; presque aucun n'en a un."""
    if SEPARATEUR_XML not in "".join(attributs):
        return attributs
    return {_local(cle): valeur for cle, valeur in attributs.items()}
