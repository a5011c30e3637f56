"""Le chemin court : une ligne écrite de la façon la plus commune se lit sans analyseur XML.

Mesuré : 10'000 lignes de 25 colonnes en moitié moins de temps. Une ligne n'est prise que si chacun
de ses octets est compris ; toute autre, et tout ce qui n'est pas une ligne, va à l'analyseur. Les
lignes fantômes (des cellules mises en forme, rien dedans) sont sautées par le même passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.chaines import sans_entites
from pilotage_xlsx.lecture.flux import ENCODAGE_AUTRE, a_du_xml_rare, en_toutes_lettres
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.socle.adresses import COLONNE_DE, LIGNES_MAX, lettres_de
from pilotage_xlsx.socle.motifs import motif

_TAMPON_MAX = 1 << 20
_RANG = motif(rb"[1-9][0-9]{0,5}")
"""Sous le million : aucune ligne prête n'est plus bas."""

_OUVRE, _NUMEROTEE, _FERME = b"<row ", b'<row r="', b"</row>"
_NUMERO, _FIN_DE_CELLULE, _FIN_DE_FEUILLE = b'r="', b"</c>", b"</worksheet>"
_FUSIONS, _FIN_DES_FUSIONS = motif(rb"<mergeCells[ >]"), b"</mergeCells>"
_TETE = motif(r'r="([1-9][0-9]{0,6})"((?: [A-Za-z0-9:]+="[^"<&]*")*)>')
_TEXTE = r"[^<&\x00-\x1f]*"
_ENTITES = "&(?:amp|lt|gt|quot|apos);"
_FORMULE = rf"{_TEXTE}(?:{_ENTITES}{_TEXTE})*"
_SIGNES = r"[^<&\x00-\x08\x0b-\x1f\ufffe\uffff]*"
_SUR_PLACE = rf'<is><t(?: xml:space="preserve")?>({_SIGNES}(?:{_ENTITES}{_SIGNES})*)</t></is>'
_CELLULE = motif(
    r'<c r="([A-Z]{1,3})([0-9]+)"(?: s="([0-9]+)")?(?: t="(s|n|b|e|str|inlineStr)")?'
    rf"(?:/>|>(?:<f[^<>]*>({_FORMULE})(?:</f>|(?<=/>)))?"
    rf"(?:<v>({_TEXTE})</v>|<v ?/>|{_SUR_PLACE})</c>)"
)
_GROUPES = 8
_D_AVANT = motif(
    rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="str")?>'
    rb"<f(?: [^<>]*)?>(?:etat|ligne|cle|signes)_[a-z]+</f><v>[^<]*</v></c>"
)
"""Nos colonnes d'état se recalculent : leur contenu ne se relit jamais. Celles d'avant la 1.1
se reconnaissent à leur formule ; les autres, à leur clé, sur la ligne cachée des clés."""

_CLE_TECHNIQUE = motif(r"[a-z_]{1,60}\.#(?!valeur$)[a-z0-9_]{1,99}", re.ASCII)
_LIGNES_DE_TETE = 40

_MASQUEE = motif(r' hidden="(?:1|true)"')

_STYLE, _SANS_NUMERO = b'" s="', b"\0"
"""Ce qui suit le numéro d'une adresse, et ce qui, d'une ligne prête, prend leur place."""

_PRETES_MAX, _DE_PLUS = 32, 200
"""Combien de lignes prêtes se retiennent, et de combien d'octets une autre les passe : son numéro
est plus long."""

Ranger = Callable[[int, dict[int, Cellule], bool], None]
"""Range une ligne lue : son numéro, ses cellules, si elle est masquée."""


def prendre_les_lignes(
    morceaux: Iterable[bytes], fabrique: Fabrique, ranger: Ranger
) -> Iterator[bytes]:
    """Range les lignes comprises et rend, dans l'ordre, ce qui reste à donner à l'analyseur."""
    tampon, est_connu, trieur = b"", None, _Trieur(fabrique, ranger)
    for morceau in morceaux:
        tampon += morceau
        if est_connu is None:
            est_connu = b"<worksheet" in tampon and not ENCODAGE_AUTRE.match(tampon)
        est_connu = est_connu and not a_du_xml_rare(tampon)
        debut, fin = tampon.find(_OUVRE), tampon.rfind(_OUVRE)
        if est_connu and debut < fin:
            yield tampon[:debut]
            yield from trieur.trier(tampon[debut:fin])
            tampon = tampon[fin:]
        elif not est_connu or debut < 0 or len(tampon) > _TAMPON_MAX:
            yield tampon
            tampon = b""
    debut, fin = tampon.find(_OUVRE), tampon.rfind(_FERME)
    if est_connu and 0 <= debut < fin:
        yield tampon[:debut]
        yield from trieur.trier(tampon[debut : fin + len(_FERME)])
        tampon = tampon[fin + len(_FERME) :]
    yield _sans_la_suite(tampon) if est_connu else tampon


def _sans_la_suite(fin: bytes) -> bytes:
    """La fin d'une feuille ; de ce qui suit ses lignes (menus, couleurs), les seules fusions."""
    lignes, marque, suite = fin.partition(b"</sheetData>")
    if not suite.rstrip().endswith(_FIN_DE_FEUILLE):
        return fin
    debut, fin_des_fusions = _FUSIONS.search(suite), suite.find(_FIN_DES_FUSIONS)
    if debut is None or fin_des_fusions < 0:
        return lignes + marque + _FIN_DE_FEUILLE
    fusions = suite[debut.start() : fin_des_fusions + len(_FIN_DES_FUSIONS)]
    return lignes + marque + fusions + _FIN_DE_FEUILLE


_Suite = tuple[bytes, ...]
"""Les lettres de colonnes à nous, voisines, dans l'ordre."""


def _oter(ligne: bytes, numero: bytes, suite: _Suite) -> bytes:
    """La ligne sans ces colonnes, si leurs cellules s'y suivent et que chacune a sa formule."""
    debut = _chercher(ligne, numero, suite, 0)
    if debut < 0:
        return ligne
    derniere = _chercher(ligne, numero, reversed(suite), debut)
    fin = ligne.find(_FIN_DE_CELLULE, derniere) + len(_FIN_DE_CELLULE)
    cellules = ligne.count(b"<c ", debut, fin)
    ont_leur_formule = ligne.count(b"<f", debut, fin) == cellules
    est_a_oter = ont_leur_formule and 0 < cellules <= len(suite)
    return ligne[:debut] + ligne[fin:] if est_a_oter else ligne


def _numero(ligne: bytes) -> bytes:
    """Le numéro d'une ligne, tel qu'écrit."""
    return ligne[len(_NUMERO) : ligne.find(b'"', len(_NUMERO))]


def _sans_numero(ligne: bytes, numero: bytes) -> bytes:
    """La ligne, son numéro ôté de chaque adresse : deux lignes prêtes ne diffèrent que par lui."""
    return ligne[len(_NUMERO) + len(numero) :].replace(numero + _STYLE, _SANS_NUMERO)


def _chercher(ligne: bytes, numero: bytes, colonnes: Iterable[bytes], depuis: int) -> int:
    """Où est la première de ces colonnes qui a une cellule ; -1 si aucune n'en a."""
    for lettres in colonnes:
        ou = ligne.find(b'<c r="%b%b"' % (lettres, numero), depuis)
        if ou >= 0:
            return ou
    return -1


def _suites(colonnes: Iterable[int]) -> Iterator[_Suite]:
    """Ces colonnes, réunies par voisinage."""
    for _, voisines in groupby(enumerate(sorted(colonnes)), lambda rang: rang[1] - rang[0]):
        yield tuple(lettres_de(numero).encode() for _, numero in voisines)


class _Trieur:
    """Trie des lignes : celles qui se comprennent se rangent, les autres se rendent."""

    def __init__(self, fabrique: Fabrique, ranger: Ranger) -> None:
        self._fabrique = fabrique
        self._ranger = ranger
        self._vues = 0
        self._techniques: tuple[_Suite, ...] = ()
        self._pretes: set[bytes] = set()
        self._longueur = 0

    def trier(self, lignes: bytes) -> Iterator[bytes]:
        """Range les lignes comprises, rend les autres ; de lignes vides, la dernière suffit."""
        if _FIN_DE_CELLULE not in lignes and _NUMEROTEE in lignes:
            yield lignes[lignes.rindex(_NUMEROTEE) :]
            return
        for ligne in lignes.split(_OUVRE)[1:]:
            reste = self._prendre(ligne)
            if reste is not None:
                yield reste

    def _prendre(self, ligne: bytes) -> bytes | None:
        """Range la ligne si elle se comprend ; sinon, ce qu'il en faut donner à l'analyseur."""
        numero = _numero(ligne)
        if len(ligne) <= self._longueur and self._est_prete(ligne, numero):
            self._ranger(int(numero), {}, False)
            return None
        utile = self._sans_les_notres(ligne, numero)
        lue = _lire(utile, self._fabrique)
        if lue is None:
            return _OUVRE + utile
        if not lue[1] and not lue[2]:
            self._retenir(ligne, numero)
        if self._vues < _LIGNES_DE_TETE and not self._techniques:
            self._vues += 1
            self._reconnaitre(lue[1])
        self._ranger(*lue)
        return None

    def _sans_les_notres(self, ligne: bytes, numero: bytes) -> bytes:
        if not self._techniques:
            return _D_AVANT.sub(b"", ligne)
        for suite in self._techniques:
            ligne = _oter(ligne, numero, suite)
        return ligne

    def _est_prete(self, ligne: bytes, numero: bytes) -> bool:
        """Vrai si, à son numéro près, la ligne est de celles qui n'ont rien donné.

        Le même mot pour mot donne le même rien : ni son style ni son numéro n'y changent rien.
        """
        est_connue = _sans_numero(ligne, numero) in self._pretes
        return est_connue and _RANG.fullmatch(numero) is not None and b"\0" not in ligne

    def _retenir(self, ligne: bytes, numero: bytes) -> None:
        """Une ligne qui n'a rien donné, si le numéro de chacune de ses cellules en a été ôté."""
        if len(self._pretes) < _PRETES_MAX and ligne.startswith(_NUMERO):
            cle = _sans_numero(ligne, numero)
            if cle.count(_SANS_NUMERO) == cle.count(b"<c "):
                self._pretes.add(cle)
                self._longueur = max(self._longueur, len(ligne) + _DE_PLUS)

    def _reconnaitre(self, rangee: dict[int, Cellule]) -> None:
        """De la ligne des clés, les colonnes dont les formules ne se relisent pas."""
        nos = [ou for ou, cellule in rangee.items() if _CLE_TECHNIQUE.fullmatch(cellule.texte)]
        if nos:
            self._techniques = tuple(_suites(nos))[::-1]  # à droite, les longues formules


def _lire(ligne: bytes, fabrique: Fabrique) -> tuple[int, dict[int, Cellule], bool] | None:
    """Une ligne comprise jusqu'au dernier octet, ou rien."""
    try:
        texte = en_toutes_lettres(ligne.decode())
    except UnicodeDecodeError:
        return None
    tete = _TETE.match(texte)
    if tete is None or not texte.endswith("</row>"):
        return None
    parties = _CELLULE.split(texte[tete.end() : -len("</row>")])
    est_comprise = not any(parties[::_GROUPES]) and {tete[1]}.issuperset(parties[2::_GROUPES])
    rangee = _faire_rangee(parties, fabrique) if est_comprise else None
    if rangee is None or int(tete[1]) > LIGNES_MAX:
        return None
    return int(tete[1]), rangee, _MASQUEE.search(tete[2]) is not None


def _faire_rangee(parties: list[str], fabrique: Fabrique) -> dict[int, Cellule] | None:
    rangee: dict[int, Cellule] = {}
    remplies = 0
    faire, textes = fabrique.faire, fabrique.textes
    colonnes, styles, types, formules, valeurs, sur_place = (
        parties[rang::_GROUPES] for rang in (1, 3, 4, 5, 6, 7)
    )
    try:
        for lettres, style, type_, formule, valeur, texte in zip(
            colonnes, styles, types, formules, valeurs, sur_place, strict=True
        ):
            if type_ == "s" and valeur:
                cellule = textes[valeur]
            else:
                ecrit = valeur if texte is None else sans_entites(texte)
                cellule = faire(type_, style, ecrit, formule and sans_entites(formule))
            if cellule is not None:
                rangee[COLONNE_DE[lettres]] = cellule
                remplies += 1
    except (KeyError, ValueError):
        return None
    return rangee if len(rangee) == remplies else None
