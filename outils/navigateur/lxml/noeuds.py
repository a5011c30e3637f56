"""L'arbre : éléments, commentaires, instructions, et leurs espaces de noms, comme dans libxml2.

Un élément tient l'espace de son nom et ceux de ses attributs comme des objets, déclarés quelque
part au-dessus de lui ; le déplacer garde ce qu'ils disent, ôte les redites et ajoute ce qui manque.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

XML = "http://www.w3.org/XML/1998/namespace"
_CONNUS = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2001/XMLSchema": "xs",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""Les préfixes que lxml donne de lui-même à ces espaces."""


class Espace:
    """Une déclaration ``xmlns`` ; deux mêmes déclarations restent deux."""

    __slots__ = ("adresse", "prefixe")

    def __init__(self, prefixe: str | None, adresse: str) -> None:
        self.prefixe, self.adresse = prefixe, adresse


ESPACE_XML = Espace("xml", XML)

Texte = Any
"""Rien, un texte, ou une liste de (est un CDATA, texte)."""


class Document:
    """Ce qui entoure la racine : commentaires et instructions d'avant et d'après, DOCTYPE."""

    __slots__ = ("apres", "avant", "doctype", "nommes", "racine")

    def __init__(self) -> None:
        self.avant: list[Noeud] = []
        self.apres: list[Noeud] = []
        self.doctype = ""
        self.racine: Noeud | None = None
        self.nommes = 0

    @property
    def docinfo(self) -> Document:
        """Comme lxml : ``docinfo.doctype``."""
        return self


class Noeud:
    """Un nœud ; ``tag`` n'est pas un texte pour un commentaire ou une instruction."""

    __slots__ = (
        "_tail", "_text", "attrib", "declares", "des_attributs", "document", "enfants", "espace",
        "parent", "tag",
    )  # fmt: skip

    def __init__(self, tag: Any) -> None:
        self.tag = tag
        self.attrib: dict[str, str] = {}
        self.espace: Espace | None = None
        self.declares: list[Espace] | None = None
        self.des_attributs: dict[str, Espace] | None = None
        self.enfants: list[Noeud] = []
        self.parent: Noeud | None = None
        self.document: Document | None = None
        self._text: Texte = None
        self._tail: Texte = None

    # --- Ce qu'il dit
    @property
    def text(self) -> str | None:
        """Le texte qui précède le premier enfant."""
        return _aplatir(self._text)

    @text.setter
    def text(self, texte: str | None) -> None:
        self._text = texte

    @property
    def tail(self) -> str | None:
        """Le texte qui suit le nœud."""
        return _aplatir(self._tail)

    @tail.setter
    def tail(self, texte: str | None) -> None:
        self._tail = texte

    @property
    def brut(self) -> tuple[Texte, Texte]:
        """Le texte et la suite, leurs CDATA compris."""
        return self._text, self._tail

    def joindre(self, texte: str, *, apres: bool, est_cdata: bool) -> None:
        """Ajoute un texte lu au sien, ou à sa suite."""
        if apres:
            self._tail = _joindre(self._tail, texte, est_cdata)
        else:
            self._text = _joindre(self._text, texte, est_cdata)

    def get(self, nom: str, sinon: str | None = None) -> str | None:
        """Un attribut."""
        return self.attrib.get(nom, sinon)

    def set(self, nom: str, valeur: str) -> None:
        """Écrit un attribut ; son espace se déclare s'il le faut."""
        if nom[:1] == "{" and nom not in self.attrib:
            espace = exiger_l_espace(self, nom[1:].rpartition("}")[0], None, est_un_attribut=True)
            self.des_attributs = {**(self.des_attributs or {}), nom: espace}
        self.attrib[nom] = valeur

    def items(self) -> list[tuple[str, str]]:
        """Ses attributs, dans leur ordre."""
        return list(self.attrib.items())

    # --- Ses enfants
    def __iter__(self) -> Iterator[Noeud]:
        rang = 0
        while rang < len(self.enfants):
            yield self.enfants[rang]
            rang += 1

    def __len__(self) -> int:
        return len(self.enfants)

    def __bool__(self) -> bool:
        return bool(self.enfants)

    def __getitem__(self, rang: Any) -> Any:
        return self.enfants[rang]

    def __setitem__(self, tranche: slice, neufs: Iterable[Noeud]) -> None:
        if tranche != slice(None):
            raise NotImplementedError
        rangs = list(neufs)
        for ancien in list(self.enfants):
            ancien.detacher()
        for neuf in rangs:
            self.append(neuf)

    def getparent(self) -> Noeud | None:
        """L'élément qui le contient."""
        return self.parent

    def getroottree(self) -> Document:
        """Le document de sa racine."""
        racine = self
        while racine.parent is not None:
            racine = racine.parent
        if racine.document is None:
            racine.document = Document()
            racine.document.racine = racine
        return racine.document

    def append(self, enfant: Noeud) -> None:
        """Le met en dernier."""
        enfant.detacher()
        enfant.placer_sous(self)
        adopter(enfant)

    def insert(self, rang: int, enfant: Noeud) -> None:
        """Le met à ce rang."""
        enfant.detacher()
        enfant.placer_sous(self, rang)
        adopter(enfant)

    def addprevious(self, voisin: Noeud) -> None:
        """Met un nœud juste avant celui-ci."""
        self._mettre_a_cote(voisin, 0)

    def addnext(self, voisin: Noeud) -> None:
        """Met un nœud juste après celui-ci."""
        self._mettre_a_cote(voisin, 1)

    def remove(self, enfant: Noeud) -> None:
        """L'enlève, et le texte qui le suit avec lui."""
        if enfant.parent is not self:
            raise ValueError("Element is not a child of this node.")
        enfant.detacher()
        adopter(enfant)

    def iter(self, *tags: str) -> Iterator[Noeud]:
        """Lui et ses descendants, dans l'ordre ; ``{*}nom`` vaut dans tout espace."""
        if not tags:
            yield from self.tous()
            return
        voulus = {tag for tag in tags if tag[:3] != "{*}"}
        partout = {tag[3:] for tag in tags if tag[:3] == "{*}"}
        for noeud in self.tous():
            if isinstance(noeud.tag, str) and (
                noeud.tag in voulus or noeud.tag.rpartition("}")[2] in partout
            ):
                yield noeud

    def tous(self) -> Iterator[Noeud]:
        """Lui et tous ses descendants, sans récursion."""
        yield self
        pile = [iter(self.enfants)]
        while pile:
            for noeud in pile[-1]:
                yield noeud
                if noeud.enfants:
                    pile.append(iter(noeud.enfants))
                    break
            else:
                pile.pop()

    def __deepcopy__(self, memo: Any) -> Noeud:
        return _copier(self, None, None)

    # --- Sa place
    def placer_sous(self, parent: Noeud, rang: int | None = None) -> None:
        """Devient un enfant de ``parent``, sans toucher aux espaces."""
        parent.enfants.insert(len(parent.enfants) if rang is None else rang, self)
        self.parent = parent

    def detacher(self) -> None:
        """Quitte son parent ; ses espaces, déclarés plus haut, le suivent."""
        if self.parent is not None:
            del self.parent.enfants[_rang(self)]
            self.parent = None

    def _mettre_a_cote(self, voisin: Noeud, ecart: int) -> None:
        voisin.detacher()
        if self.parent is None:
            raise TypeError("une racine n'a pas de voisin")
        voisin.placer_sous(self.parent, _rang(self) + ecart)
        adopter(voisin)


def nommer(noeud: Noeud) -> None:
    """Donne à un élément neuf l'espace que dit son nom."""
    if noeud.tag[:1] == "{":
        adresse = noeud.tag[1:].rpartition("}")[0]
        noeud.espace = exiger_l_espace(noeud, adresse, None, est_un_attribut=False)


def exiger_l_espace(
    noeud: Noeud, adresse: str, prefixe: str | None, *, est_un_attribut: bool
) -> Espace:
    """L'espace de cette adresse, en portée du nœud ; à défaut, déclaré sur lui."""
    connu = _par_adresse(noeud, adresse, est_un_attribut=est_un_attribut)
    if connu is not None:
        return connu
    if prefixe is None:
        prefixe = _CONNUS.get(adresse) or _prefixe_neuf(noeud)
    while _en_portee(noeud, prefixe) is not None:
        prefixe = _prefixe_neuf(noeud)
    neuf = Espace(prefixe, adresse)
    noeud.declares = [*(noeud.declares or ()), neuf]
    return neuf


def adopter(debut: Noeud) -> None:
    """Remet d'accord les espaces d'un nœud déplacé et de ses descendants (moveNodeToDocument)."""
    connus: dict[Espace, Espace] = {}
    for noeud in debut.tous():
        if not isinstance(noeud.tag, str):
            continue
        if noeud.declares:
            noeud.declares = _sans_redite(noeud, connus) or None
        if noeud.espace is not None:
            noeud.espace = _accorder(debut, noeud, noeud.espace, connus, est_un_attribut=False)
        for nom in [n for n in noeud.des_attributs or () if n in noeud.attrib]:
            siens = noeud.des_attributs or {}
            siens[nom] = _accorder(debut, noeud, siens[nom], connus, est_un_attribut=True)


def _sans_redite(noeud: Noeud, connus: dict[Espace, Espace]) -> list[Espace]:
    """Ses déclarations, sans celles qu'un ancêtre fait déjà."""
    gardees = []
    for espace in noeud.declares or ():
        dit = None
        if noeud.parent is not None:
            dit = _par_adresse(noeud.parent, espace.adresse, est_un_attribut=False)
        connus[espace] = dit or espace
        if dit is None:
            gardees.append(espace)
    return gardees


def _accorder(
    debut: Noeud,
    noeud: Noeud,
    espace: Espace,
    connus: dict[Espace, Espace],
    *,
    est_un_attribut: bool,
) -> Espace:
    if espace is ESPACE_XML:
        return espace
    connu = connus.get(espace)
    if connu is not None and not (est_un_attribut and connu.prefixe is None):
        return connu
    neuf = exiger_l_espace(debut, espace.adresse, espace.prefixe, est_un_attribut=est_un_attribut)
    connus[espace] = neuf
    return neuf


def _en_portee(noeud: Noeud | None, prefixe: str | None) -> Espace | None:
    """Ce que ce préfixe désigne, vu d'ici."""
    if prefixe == "xml":
        return ESPACE_XML
    while noeud is not None:
        for espace in noeud.declares or ():
            if espace.prefixe == prefixe:
                return espace
        noeud = noeud.parent
    return None


def _par_adresse(noeud: Noeud, adresse: str, *, est_un_attribut: bool) -> Espace | None:
    """La déclaration de cette adresse la plus proche, que rien ne cache ; un attribut veut un
    préfixe."""
    if adresse == XML:
        return ESPACE_XML
    ancetre: Noeud | None = noeud
    while ancetre is not None:
        for espace in ancetre.declares or ():
            convient = espace.adresse == adresse and not (
                est_un_attribut and espace.prefixe is None
            )
            if convient and _en_portee(noeud, espace.prefixe) is espace:
                return espace
        ancetre = ancetre.parent
    return None


def _prefixe_neuf(noeud: Noeud) -> str:
    document = noeud.getroottree()
    document.nommes += 1
    return f"ns{document.nommes - 1}"


def _copier(noeud: Noeud, parent: Noeud | None, sommet: Noeud | None) -> Noeud:
    copie = Noeud(noeud.tag)
    copie.parent = parent
    sommet = sommet or copie
    copie.attrib = dict(noeud.attrib)
    if noeud.declares:
        copie.declares = [Espace(e.prefixe, e.adresse) for e in noeud.declares]
    refaire = _refaire_sous(copie, sommet)
    copie.espace = refaire(noeud.espace)
    if noeud.des_attributs:
        copie.des_attributs = {nom: refaire(e) for nom, e in noeud.des_attributs.items()}
    copie._text, copie._tail = noeud.brut
    copie.enfants = [_copier(enfant, copie, sommet) for enfant in noeud.enfants]
    return copie


def _refaire_sous(copie: Noeud, sommet: Noeud) -> Callable[[Any], Any]:
    """De quoi trouver, pour la copie, l'espace d'un nœud copié ; déclaré au sommet s'il manque."""

    def refaire(espace: Espace | None) -> Espace | None:
        if espace is None or espace is ESPACE_XML:
            return espace
        vu = _en_portee(copie, espace.prefixe)
        if vu is None or vu.adresse != espace.adresse:
            vu = Espace(espace.prefixe, espace.adresse)
            sommet.declares = [*(sommet.declares or ()), vu]
        return vu

    return refaire


def _rang(noeud: Noeud) -> int:
    """Sa place parmi ses frères, à l'identité."""
    freres = noeud.parent.enfants if noeud.parent else []
    return next(rang for rang, frere in enumerate(freres) if frere is noeud)


def _aplatir(texte: Texte) -> str | None:
    if texte is None or isinstance(texte, str):
        return texte
    return "".join(morceau for _, morceau in texte)


def _joindre(avant: Texte, texte: str, est_cdata: bool) -> Texte:
    if not est_cdata and isinstance(avant, str):
        return avant + texte
    if not est_cdata and avant is None:
        return texte or None
    suite = [] if avant is None else [(False, avant)] if isinstance(avant, str) else list(avant)
    if suite and suite[-1][0] == est_cdata and (not est_cdata or texte):
        suite[-1] = (est_cdata, suite[-1][1] + texte)
    else:
        suite.append((est_cdata, texte))
    return suite
