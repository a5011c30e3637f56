"""Le texte d'une note ou d'une cellule, en un ou plusieurs morceaux (``t``) : lire, couper."""

from __future__ import annotations

from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.schema import local
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import en_clair

_ECHAPPEMENT = motif(r"_(?=x[0-9A-Fa-f]{4}_)")


def texte_de(element: Element) -> str:
    """Le texte entier, lecture phonétique écartée."""
    return "".join(morceau.text or "" for morceau in _morceaux(element))


def couper(element: Element, debut: int, fin: int) -> None:
    """Enlève du texte les signes de ``debut`` (compris) à ``fin`` ; les morceaux vidés partent."""
    passe = 0
    for morceau in _morceaux(element):
        texte = morceau.text or ""
        avant = texte[: max(debut - passe, 0)]
        apres = texte[max(fin - passe, 0) :]
        touche = passe < fin and passe + len(texte) > debut
        passe += len(texte)
        if touche:
            morceau.text = avant + apres
            suite = morceau.getparent()
            if not morceau.text and local(suite) == "r":
                suite.getparent().remove(suite)


def echapper(texte: str) -> str:
    """Le texte tel qu'une cellule peut le porter : sans signe de commande, « _x0041_ » protégé."""
    return _ECHAPPEMENT.sub("_x005F_", en_clair(texte))


def _morceaux(element: Element) -> list[Element]:
    return [
        morceau
        for morceau in element.iter()
        if local(morceau) == "t" and local(morceau.getparent()) != "rPh"
    ]
