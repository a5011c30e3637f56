"""Les réparations sans doute : d'un registre aux cellules qu'on peut récrire sans demander.

Pur : rien n'est écrit ici. Ce qui n'est que probable (une coquille, un zéro mangé) n'y est pas : le
contrôle le propose, la personne choisit. Réparer ce qui est réparé ne trouve plus rien.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec

from pilotage_xlsx.etat import Etat
from pilotage_xlsx.genres import afficher, citer
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre, Modele
from pilotage_xlsx.registre import Cellule, Emplacement, Ligne, Nature, Registre
from pilotage_xlsx.saisie import DATES, NATIFS, est_tape_en_texte
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.dates import Jour, depuis_texte
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle
from pilotage_xlsx.socle.textes import BLANCS, INVISIBLES, Texte, cle, cle_large, normaliser
from pilotage_xlsx.verification.formats import est_un_telephone

Reparee = str | float | Jour
"""Ce qu'on écrit dans la cellule : un texte, un nombre, une date."""

_EN_BORD = f" {BLANCS}{INVISIBLES}"
_POINT_DE_MILLIERS = re.compile(r"\d\.\d{3}(?!\d)")
_TIRETS = re.compile(r"[‐‑‒–—−]")
_IDE = re.compile(r"CHE(\d{3})(\d{3})(\d{3})(TVA|MWST|IVA|VAT|RC|HR)?")
_NUMERO_SEUL = re.compile(r"\+?[\d\s./()'’-]+")
_SUISSE = re.compile(r"(?P<debut>\+41|0041|0)(?P<numero>[1-9]\d{8})")
_A_TROIS_CHIFFRES = ("800", "84", "90")


class Reparation(msgspec.Struct, frozen=True):
    """Une cellule à récrire : où, ce qu'elle montre, ce qu'elle montrera, ce qu'on y met.

    ``avant`` et ``apres`` sont des textes à montrer, déjà masqués s'il le faut.
    """

    lieu: Emplacement
    libelle: str
    avant: str
    apres: str
    valeur: Reparee


def chercher_les_reparations(registre: Registre, modele: Modele) -> tuple[Reparation, ...]:
    """Les réparations d'un classeur, dans l'ordre de ses feuilles et de ses lignes."""
    return tuple(_Reparateur(modele, registre).toutes())


class _Reparateur:
    """Ce qu'il faut pour juger une cellule : le modèle, et les noms que d'autres citent."""

    def __init__(self, modele: Modele, registre: Registre) -> None:
        self._modele = modele
        self._etat = Etat(modele, registre)

    def toutes(self) -> Iterator[Reparation]:
        for feuille in self._modele.feuilles:
            for ligne in self._etat.lignes(feuille.id):
                for colonne in feuille.saisies:
                    cellule = ligne.cellules.get(colonne.id)
                    if cellule is None:
                        continue
                    valeur = self._reparer(colonne, ligne, cellule, est_cle=colonne.unique)
                    if valeur is not None and valeur != cellule.texte:
                        yield _montrer(colonne, ligne, cellule, valeur)

    def _reparer(
        self, colonne: Colonne, ligne: Ligne, cellule: Cellule, *, est_cle: bool
    ) -> Reparee | None:
        if colonne.genre in NATIFS and est_tape_en_texte(colonne, ligne):
            return _native(colonne, ligne, cellule)
        if cellule.nature is not Nature.TEXTE:
            return None
        texte = cellule.texte
        if mention := _semblable(texte, colonne.mentions_ecrites):
            return mention
        if colonne.genre is Genre.LISTE:
            return _semblable(texte, self._modele.ecritures(colonne))
        if colonne.genre is Genre.REFERENCE:
            return self._reference(texte, colonne)
        if colonne.genre in _FORMES and (forme := _FORMES[colonne.genre](texte)):
            return forme
        return normaliser(texte) if est_cle else texte.strip(_EN_BORD)

    def _reference(self, texte: Texte, colonne: Colonne) -> str:
        cites = citer(texte) if colonne.plusieurs else (normaliser(texte),)
        justes = tuple(self._nom_juste(nom, colonne) for nom in cites)
        return texte.strip(_EN_BORD) if justes == cites else f"{SEPARATEUR} ".join(justes)

    def _nom_juste(self, nom: Texte, colonne: Colonne) -> str:
        """Le nom tel qu'inscrit, à la casse et aux blancs près ; aux accents près s'il est seul."""
        if mention := _semblable(nom, colonne.mentions_ecrites):
            return mention
        for registre in colonne.reference:
            if (trouvee := self._etat.trouver(registre, nom)) is not None:
                return normaliser(trouvee.texte(self._modele.par_id[registre].cle or "") or nom)
        voisins = {juste for r in colonne.reference for juste in self._noms[r][cle_large(nom)]}
        return voisins.pop() if len(voisins) == 1 and not colonne.texte_libre else nom

    @cached_property
    def _noms(self) -> Mapping[str, Mapping[str, set[str]]]:
        """Les clés inscrites de chaque registre, par forme sans accents."""
        noms: dict[str, dict[str, set[str]]] = {}
        for feuille in self._modele.registres:
            noms[feuille.id] = defaultdict(set)
            for ligne in self._etat.lignes(feuille.id):
                if nom := ligne.texte(feuille.cle or ""):
                    noms[feuille.id][cle_large(nom)].add(normaliser(nom))
        return noms


def _montrer(colonne: Colonne, ligne: Ligne, cellule: Cellule, valeur: Reparee) -> Reparation:
    return Reparation(
        ligne.emplacement(colonne.id),
        colonne.libelle,
        masquer(cellule.texte),
        masquer(afficher(valeur)),
        valeur,
    )


def _native(colonne: Colonne, ligne: Ligne, cellule: Cellule) -> Reparee | None:
    """La date, avec son heure si elle est écrite, ou le nombre ; rien de « 1.234 », équivoque."""
    if colonne.genre in DATES:
        return depuis_texte(cellule.texte) or ligne.jour(colonne.id)
    if _POINT_DE_MILLIERS.search(cellule.texte):
        return None
    return ligne.nombre(colonne.id)


def _semblable(texte: Texte, ecritures: Mapping[str, str]) -> str | None:
    """Le libellé qui s'écrit ainsi ; sinon le seul égal aux accents et aux signes près.

    Un synonyme doit être entier : d'un court (« N »), trop de textes ne diffèrent que d'un signe.
    """
    for ecrit, libelle in ecritures.items():
        if cle(ecrit) == cle(texte):
            return libelle
    forme, libelles = cle_large(texte), dict.fromkeys(ecritures.values())
    voisins = [libelle for libelle in libelles if forme and cle_large(libelle) == forme]
    return voisins[0] if len(voisins) == 1 else None


def _ide(texte: Texte) -> str | None:
    """``CHE-123.456.788``, et « TVA » s'il y était ; rien si le chiffre de contrôle est faux."""
    trouve = _IDE.fullmatch(re.sub(r"[\s.-]", "", _TIRETS.sub("-", texte)).upper())
    if trouve is None or not a_un_bon_chiffre_de_controle("".join(trouve.groups()[:3])):
        return None
    premier, deuxieme, troisieme, suite = trouve.groups()
    return f"CHE-{premier}.{deuxieme}.{troisieme}{f' {suite}' if suite else ''}"


def _telephone(texte: Texte) -> str | None:
    """``021 555 01 01`` ou ``+41 21 555 01 01`` pour un seul numéro suisse entier."""
    net = normaliser(_TIRETS.sub("-", texte))
    if not _NUMERO_SEUL.fullmatch(net) or not est_un_telephone(net):
        return None
    trouve = _SUISSE.fullmatch(re.sub(r"\(0\)|[^\d+]", "", net))
    if trouve is None:
        return None
    numero, debut = trouve["numero"], "0" if trouve["debut"] == "0" else "+41 "
    if numero.startswith(_A_TROIS_CHIFFRES):
        return f"{debut}{numero[:3]} {numero[3:6]} {numero[6:]}"
    return f"{debut}{numero[:2]} {numero[2:5]} {numero[5:7]} {numero[7:]}"


_FORMES: Mapping[Genre, Callable[[str], str | None]] = {
    Genre.IDE: _ide,
    Genre.TELEPHONE: _telephone,
}
