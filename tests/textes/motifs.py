"""Tous les motifs du paquet, et ce qui en ferait un piège : leur arbre le dit, sans chronomètre.

Un motif est linéaire si aucun signe ne peut appartenir à deux répétitions sans fin qui se suivent,
ni à une répétition et à celle qui la contient, et si, quand il se cherche partout dans un texte,
un échec n'y recommence pas à chaque signe d'une même suite.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise, product
from re import _constants as signes  # type: ignore[attr-defined]
from re import _parser as arbre  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tests import arbres

SANS_FIN = 1_000
"""Une répétition d'autant de signes vaut une répétition sans fin."""

_ALPHABET = [chr(code) for code in chain(range(0x250), range(0x2000, 0x2070))]
_CHERCHENT = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_ANCREES = frozenset({"match", "fullmatch"})
_IMPORTE = re.compile(r"^import re$|import motif$", re.MULTILINE)


class Motif(NamedTuple):
    """Un motif du paquet : où il est écrit, son texte, et s'il se cherche partout."""

    lieu: str
    motif: str
    drapeaux: int
    se_cherche: bool


class Maillon(NamedTuple):
    """Un pas d'un motif : les signes qu'il peut prendre, s'il est sans fin, s'il peut manquer.

    ``signes`` est nul pour une condition (une ancre, un regard), qui n'en prend aucun. ``rend`` :
    il peut rendre ce qu'il a pris. ``premiers`` : ses premiers signes, s'ils ne sont pas tous les
    siens. ``borde`` : les signes dont une condition interdit d'interrompre une suite.
    """

    signes: frozenset[str] | None
    est_sans_fin: bool = False
    peut_manquer: bool = False
    rend: bool = True
    premiers: frozenset[str] = frozenset()
    borde: frozenset[str] = frozenset()


VIDE: frozenset[str] = frozenset()

IMPASSE = Maillon(frozenset())
"""Ce qui ne prend aucun signe, et que rien ne suit."""


class MotifInconnu(Exception):
    """Un motif que rien ne permet de lire hors de son exécution : l'écrire en constante."""


def motifs() -> Iterator[Motif]:
    """Chaque motif que le paquet donne à ``re``, ou à ``motif``, qui le compile plus tard."""
    for chemin in arbres.modules():
        if chemin.name != "motifs.py" and _IMPORTE.search(chemin.read_text("utf-8")):
            nom = ".".join(chemin.relative_to(arbres.PAQUET.parent).with_suffix("").parts)
            yield from _du_module(nom.removesuffix(".__init__"), arbres.arbre(chemin))


def _du_module(nom: str, racine: ast.Module) -> Iterator[Motif]:
    espace = vars(importlib.import_module(nom))
    for noeud in ast.walk(racine):
        if not isinstance(noeud, ast.Call) or (geste := _geste(noeud.func)) is None:
            continue
        se_cherche = geste in _CHERCHENT or (geste == "compile" and _se_cherche(noeud, racine))
        drapeaux = _drapeaux(noeud, geste, espace)
        for motif in _lire(noeud.args[0], noeud, racine, espace):
            yield Motif(f"{nom}:{noeud.lineno}", motif, drapeaux, se_cherche)


def _geste(appele: ast.expr) -> str | None:
    """Ce que l'appel fait d'un motif ; rien s'il n'en reçoit pas."""
    match appele:
        case ast.Name(id="motif"):
            return "compile"
        case ast.Attribute(value=ast.Name(id="re"), attr=geste):
            return geste if geste in _CHERCHENT | _ANCREES | {"compile"} else None
        case _:
            return None


def _drapeaux(appel: ast.Call, geste: str, espace: dict[str, Any]) -> int:
    """Les drapeaux de l'appel : le deuxième argument de ``compile``, le troisième des autres."""
    rang = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(geste, 2)
    nommes = [mot.value for mot in appel.keywords if mot.arg == "flags"]
    donnes = nommes or appel.args[rang : rang + 1]
    return int(_evaluer(donnes[0], espace)) if donnes else 0


@cache
def _noeuds(racine: ast.Module) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(racine))


def _se_cherche(compile_: ast.Call, racine: ast.Module) -> bool:
    """Faux si tous les emplois du motif compilé sont ancrés, directs, par son nom ou en boucle."""
    noeuds = _noeuds(racine)
    noms = {
        cible.id
        for noeud in noeuds
        if isinstance(noeud, ast.Assign) and any(n is compile_ for n in ast.walk(noeud.value))
        for cible in noeud.targets
        if isinstance(cible, ast.Name)
    }
    noms |= {
        cible.id
        for noeud in noeuds
        if isinstance(noeud, ast.For | ast.comprehension)
        and isinstance(noeud.iter, ast.Name)
        and noeud.iter.id in noms
        for cible in ast.walk(noeud.target)
        if isinstance(cible, ast.Name)
    }
    gestes = {
        noeud.attr
        for noeud in noeuds
        if isinstance(noeud, ast.Attribute)
        and (noeud.value is compile_ or getattr(noeud.value, "id", None) in noms)
    }
    return not gestes or not gestes <= _ANCREES


def _lire(
    ecrit: ast.expr, appel: ast.Call, racine: ast.Module, espace: dict[str, Any]
) -> Iterator[Any]:
    """Le motif écrit là ; s'il vient d'une boucle sur une constante, chacun de ses éléments."""
    inconnus = {n.id for n in ast.walk(ecrit) if isinstance(n, ast.Name)} - espace.keys()
    if not inconnus:
        yield _evaluer(ecrit, espace)
        return
    for cible, parcouru in _boucles_autour(appel, racine):
        noms = [n.id for n in ast.walk(cible) if isinstance(n, ast.Name)]
        if inconnus <= set(noms):
            for element in _evaluer(parcouru, espace):
                valeurs = element if isinstance(cible, ast.Tuple) else (element,)
                yield _evaluer(ecrit, {**espace, **dict(zip(noms, valeurs, strict=True))})
            return
    if not isinstance(ecrit, ast.JoinedStr):
        raise MotifInconnu(ast.unparse(ecrit))
    yield "".join(str(n.value) if isinstance(n, ast.Constant) else "x" for n in ecrit.values)


def _boucles_autour(appel: ast.Call, racine: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Les boucles qui contiennent l'appel : leur cible, et ce qu'elles parcourent."""
    for noeud in ast.walk(racine):
        if any(appel is dedans for dedans in ast.walk(noeud)):
            if isinstance(noeud, ast.For):
                yield noeud.target, noeud.iter
            for boucle in getattr(noeud, "generators", ()):
                yield boucle.target, boucle.iter


def _evaluer(ecrit: ast.expr, espace: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(ecrit), "<motif>", "eval"), espace)


def pieges(motif: str | bytes, drapeaux: int = 0, *, se_cherche: bool = True) -> list[str]:
    """Ce qui ferait de ce motif un piège ; rien s'il est linéaire."""
    lu = arbre.parse(motif, drapeaux)
    plis = bool(lu.state.flags & re.IGNORECASE)
    trouves: list[str] = []
    for suite in _suites(lu, plis, trouves):
        trouves += _deux_qui_se_suivent(suite)
        if se_cherche:
            trouves += _recommence(suite)
    return sorted(set(trouves))


def _suites(noeuds: Sequence[Any], plis: bool, pieges: list[str]) -> list[list[Maillon]]:
    """Toutes les suites de maillons qu'un motif peut suivre."""
    suites: list[list[Maillon]] = [[]]
    for operation, contenu in noeuds:
        choix = _un_noeud(operation, contenu, plis, pieges)
        suites = [[*debut, *fin] for debut, fin in product(suites, choix)]
        assert len(suites) <= 20_000, "un motif trop touffu pour être jugé : le couper"
    return suites


def _un_noeud(operation: Any, contenu: Any, plis: bool, pieges: list[str]) -> list[list[Maillon]]:
    match operation:
        case signes.SUBPATTERN:
            return _suites(contenu[3], plis or bool(contenu[1] & re.IGNORECASE), pieges)
        case signes.ATOMIC_GROUP:
            return _suites(contenu, plis, pieges)
        case signes.BRANCH:
            return [suite for branche in contenu[1] for suite in _suites(branche, plis, pieges)]
        case signes.MAX_REPEAT | signes.MIN_REPEAT:
            return _repeter(*contenu, plis, pieges)
        case signes.POSSESSIVE_REPEAT:
            suites = _repeter(*contenu, plis, pieges)
            return [[maillon._replace(rend=False) for maillon in suite] for suite in suites]
        case signes.AT:
            return [[Maillon(None, borde=_bord(contenu))]]
        case signes.ASSERT | signes.ASSERT_NOT:
            return _regarder(*contenu, operation is signes.ASSERT_NOT, plis, pieges)
        case signes.GROUPREF:
            return [[Maillon(frozenset(_ALPHABET))]]
        case _:
            return [[Maillon(_signes(operation, contenu, plis))]]


def _regarder(
    sens: int, corps: Sequence[Any], est_nie: bool, plis: bool, pieges: list[str]
) -> list[list[Maillon]]:
    """Un regard : en arrière, ce qu'il interdit borde ; en avant, il se lit comme une impasse."""
    suites = _suites(corps, plis, pieges)
    interdits = (suite[0].signes or frozenset() for suite in suites if len(suite) == 1)
    borde = frozenset[str]().union(*interdits) if est_nie and sens < 0 else frozenset[str]()
    impasses = [[*suite, IMPASSE] for suite in suites if _a_une_sans_fin(suite)]
    return [[Maillon(None, borde=borde)], *impasses]


def _repeter(
    au_moins: int, au_plus: int, corps: Sequence[Any], plis: bool, pieges: list[str]
) -> list[list[Maillon]]:
    """Une répétition : déroulée si elle est courte, sinon un maillon sans fin."""
    interieures = _suites(corps, plis, pieges)
    absente: list[list[Maillon]] = [] if au_moins else [[]]
    if au_plus < SANS_FIN:
        suites = interieures
        if au_plus > 1 and any(map(_a_une_sans_fin, interieures)):
            suites = [[*un, *deux] for un, deux in product(interieures, repeat=2)]
        facultatif = not au_moins
        presentes = [
            [m._replace(peut_manquer=m.peut_manquer or facultatif) for m in suite]
            for suite in suites
        ]
        return [*absente, *presentes]
    if any(_a_une_sans_fin(suite) and not _est_delimitee(suite) for suite in interieures):
        pieges.append("une répétition sans fin en contient une autre")
    if _se_confondent(interieures):
        pieges.append("deux branches d'une répétition sans fin lisent les mêmes signes")
    pris = [m.signes for suite in interieures for m in suite if m.signes is not None]
    debuts = [_premiers(suite) for suite in interieures]
    tous = frozenset[str]().union(*pris)
    return [[Maillon(tous, True, not au_moins, premiers=frozenset[str]().union(*debuts))]]


def _se_confondent(tours: Sequence[Sequence[Maillon]]) -> bool:
    """Vrai si deux tours peuvent lire les mêmes signes : il y aurait deux façons de tout relire."""
    nus = [[maillon for maillon in tour if maillon.signes] for tour in tours]
    debuts = frozenset[str]().union(*map(_premiers, nus))
    for un, deux in combinations(sorted(nus, key=len), 2):
        communs = zip(un, deux, strict=False)
        reste = deux[len(un) :]
        se_valent = all((a.signes or VIDE) & (b.signes or VIDE) for a, b in communs)
        if un and se_valent and (not reste or _premiers(reste) & debuts):
            return True
    return False


def _premiers(suite: Sequence[Maillon]) -> frozenset[str]:
    """Les signes par où une suite peut commencer."""
    pris = [maillon for maillon in suite if maillon.signes]
    premiers: frozenset[str] = frozenset()
    for maillon in pris:
        premiers |= maillon.premiers or maillon.signes or frozenset()
        if not maillon.peut_manquer:
            break
    return premiers


def _a_une_sans_fin(suite: Sequence[Maillon]) -> bool:
    return any(maillon.est_sans_fin for maillon in suite)


def _est_delimitee(suite: Sequence[Maillon]) -> bool:
    """Vrai si chaque tour a un signe qu'aucune de ses répétitions ne prend, et n'en mêle aucune."""
    infinis = frozenset[str]().union(*(m.signes or () for m in suite if m.est_sans_fin))
    a_son_signe = any(
        m.signes and not m.est_sans_fin and not m.peut_manquer and not m.signes & infinis
        for m in suite
    )
    return a_son_signe and not [*_deux_qui_se_suivent([*suite, *suite])]


def _deux_qui_se_suivent(suite: Sequence[Maillon]) -> Iterator[str]:
    """Deux répétitions sans fin entre lesquelles un même signe peut passer de l'une à l'autre."""
    rangs = [rang for rang, maillon in enumerate(suite) if maillon.est_sans_fin]
    for un, deux in pairwise(rangs):
        communs = (suite[un].signes or frozenset()) & (suite[deux].signes or frozenset())
        entre = [m for m in suite[un + 1 : deux] if m.signes is not None]
        reprend = _premiers([*entre, suite[deux]]) & (suite[un].signes or frozenset())
        glisse = all((pas.signes or frozenset()) & communs for pas in entre)
        if communs and reprend and glisse and suite[un].rend:
            yield "deux répétitions sans fin se partagent un signe"


def _recommence(suite: Sequence[Maillon]) -> Iterator[str]:
    """Une répétition sans fin qui échoue plus loin, et recommence à chacun de ses signes."""
    for rang, maillon in enumerate(suite):
        if not maillon.est_sans_fin or not maillon.signes:
            continue
        avant, apres = suite[:rang], suite[rang + 1 :]
        pris = [m.signes for m in avant if m.signes is not None]
        borde = frozenset[str]().union(*(m.borde for m in avant))
        peut_echouer = any(not m.peut_manquer for m in apres)
        reprend = all(pas & maillon.signes for pas in pris)
        if peut_echouer and reprend and not maillon.signes <= borde:
            yield "une répétition sans fin, cherchée partout, échoue à chacun de ses signes"


@lru_cache(maxsize=1_000)
def _bord(ancre: Any) -> frozenset[str]:
    """Les signes dont une suite ne peut être entrée qu'à son début, d'après l'ancre avant elle."""
    if ancre in (signes.AT_BEGINNING, signes.AT_BEGINNING_STRING):
        return frozenset(_ALPHABET)
    if ancre is signes.AT_BOUNDARY:
        return frozenset(signe for signe in _ALPHABET if signe.isalnum() or signe == "_")
    return frozenset()


_CATEGORIES = {
    signes.CATEGORY_DIGIT: str.isdecimal,
    signes.CATEGORY_SPACE: str.isspace,
    signes.CATEGORY_WORD: lambda signe: signe.isalnum() or signe == "_",
}
_CONTRAIRES = {
    signes.CATEGORY_NOT_DIGIT: signes.CATEGORY_DIGIT,
    signes.CATEGORY_NOT_SPACE: signes.CATEGORY_SPACE,
    signes.CATEGORY_NOT_WORD: signes.CATEGORY_WORD,
}


def _signes(operation: Any, contenu: Any, plis: bool) -> frozenset[str]:
    """Les signes de l'alphabet d'essai qu'un pas peut prendre."""
    match operation:
        case signes.ANY:
            return frozenset(_ALPHABET)
        case signes.LITERAL:
            return _plier({chr(contenu)}, plis)
        case signes.NOT_LITERAL:
            return frozenset(_ALPHABET) - _plier({chr(contenu)}, plis)
        case signes.IN:
            est_nie = contenu[0][0] is signes.NEGATE
            dedans = frozenset().union(*(_signes(*un, plis) for un in contenu[est_nie:]))
            return frozenset(_ALPHABET) - dedans if est_nie else dedans
        case signes.RANGE:
            debut, fin = contenu
            return _plier({s for s in _ALPHABET if debut <= ord(s) <= fin}, plis)
        case signes.CATEGORY if contenu in _CONTRAIRES:
            return frozenset(_ALPHABET) - _signes(operation, _CONTRAIRES[contenu], plis)
        case signes.CATEGORY:
            return frozenset(filter(_CATEGORIES[contenu], _ALPHABET))
        case _:
            raise NotImplementedError(operation)


def _plier(dits: set[str], plis: bool) -> frozenset[str]:
    if not plis:
        return frozenset(dits)
    return frozenset(s for dit in dits for s in (dit, dit.lower(), dit.upper()) if len(s) == 1)
