"""Récrire un arbre, aux octets que libxml2 donnerait."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from .lecture import commentaire
from .noeuds import Document, Noeud, Texte

_DANS_UN_TEXTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_DANS_UN_ATTRIBUT = _DANS_UN_TEXTE | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_MORCEAUX_MAX = 20_000
"""Ce qui s'écrit d'un coup : tout garder jusqu'à la fin prendrait trois fois la mémoire."""

Ecrire = Callable[[str], Any]


def tostring(
    document: Document, *, xml_declaration: bool, encoding: str, standalone: bool
) -> bytes:
    """Le document entier, déclaration comprise."""
    sortie = _Sortie(encoding)
    seul = "yes" if standalone else "no"
    if xml_declaration:
        sortie.ecrire(f"<?xml version='1.0' encoding='{encoding}' standalone='{seul}'?>\n")
    racine = [] if document.racine is None else [document.racine]
    for noeud in (*document.avant, *racine, *document.apres):
        _ecrire(noeud, sortie.ecrire)
    return sortie.finir()


class _Sortie:
    def __init__(self, encodage: str) -> None:
        self._octets, self._encodage = BytesIO(), encodage
        self._morceaux: list[str] = []

    def ecrire(self, morceau: str) -> None:
        self._morceaux.append(morceau)
        if len(self._morceaux) > _MORCEAUX_MAX:
            self._vider()

    def finir(self) -> bytes:
        self._vider()
        return self._octets.getvalue()

    def _vider(self) -> None:
        self._octets.write("".join(self._morceaux).encode(self._encodage))
        self._morceaux.clear()


def _ecrire(noeud: Noeud, ecrire: Ecrire) -> None:
    texte, _ = noeud.brut
    if not isinstance(noeud.tag, str):
        ecrire(f"<!--{texte or ''}-->" if noeud.tag is commentaire else f"<?{texte}?>")
        return
    nom = noeud.tag.rpartition("}")[2]
    if noeud.espace is not None and noeud.espace.prefixe:
        nom = f"{noeud.espace.prefixe}:{nom}"
    ecrire(f"<{nom}{_declarations(noeud)}{_attributs(noeud)}")
    if not noeud.enfants and not texte:
        ecrire("/>" if texte is None else f"></{nom}>")
        return
    ecrire(">")
    _ecrire_un_texte(texte, ecrire)
    for enfant in noeud.enfants:
        _ecrire(enfant, ecrire)
        _ecrire_un_texte(enfant.brut[1], ecrire)
    ecrire(f"</{nom}>")


def _declarations(noeud: Noeud) -> str:
    if not noeud.declares:
        return ""
    return "".join(
        f' xmlns{":" + espace.prefixe if espace.prefixe else ""}="'
        f'{espace.adresse.translate(_DANS_UN_ATTRIBUT)}"'
        for espace in noeud.declares
    )


def _attributs(noeud: Noeud) -> str:
    siens = noeud.des_attributs or {}
    morceaux = []
    for nom, valeur in noeud.attrib.items():
        ecrit = f"{siens[nom].prefixe}:{nom.rpartition('}')[2]}" if nom[:1] == "{" else nom
        morceaux.append(f' {ecrit}="{valeur.translate(_DANS_UN_ATTRIBUT)}"')
    return "".join(morceaux)


def _ecrire_un_texte(texte: Texte, ecrire: Ecrire) -> None:
    if texte is None:
        return
    for est_cdata, morceau in [(False, texte)] if isinstance(texte, str) else texte:
        ecrire(f"<![CDATA[{morceau}]]>" if est_cdata else morceau.translate(_DANS_UN_TEXTE))
