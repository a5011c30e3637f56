"""Le chemin court des textes partagés : un ``<si><t>…</t></si>`` ordinaire se lit sans analyseur.

Comme `chemin_court` pour les lignes : une suite de textes n'est prise que si chacun de ses octets
est compris ; toute autre va à l'analyseur, dans l'ordre.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pilotage_xlsx.lecture.flux import ENCODAGE_AUTRE, a_du_xml_rare

_OUVRE, _FERME = b"<si>", b"</si>"
_TEXTE = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_DOUTEUX = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITES = (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""L'esperluette en dernier. ``xml.sax.saxutils`` ferait de même, mais charge tout ``urllib``."""


def prendre_les_textes(
    morceaux: Iterable[bytes], ajouter: Callable[[Sequence[str]], None]
) -> Iterator[bytes]:
    """Ajoute les textes compris et rend, dans l'ordre, ce qui reste à donner à l'analyseur."""
    tampon, est_connu = b"", None
    for morceau in morceaux:
        tampon += morceau
        if est_connu is None:
            est_connu = b"<sst" in tampon and not ENCODAGE_AUTRE.match(tampon)
        est_connu = est_connu and not a_du_xml_rare(tampon)
        debut, fin = tampon.find(_OUVRE), tampon.rfind(_FERME) + len(_FERME)
        if not est_connu or debut < 0 or fin < debut:
            yield tampon
            tampon = b""
            continue
        yield tampon[:debut]
        textes = _lire(tampon[debut:fin])
        if textes is None:
            yield tampon[debut:fin]
        else:
            ajouter(textes)
        tampon = tampon[fin:]
    yield tampon


def _lire(octets: bytes) -> list[str] | None:
    """Les textes d'une suite comprise en entier, ou rien."""
    try:
        suite = octets.decode()
    except UnicodeDecodeError:
        return None
    if _DOUTEUX.search(suite) is not None:
        return None
    parties = _TEXTE.split(suite)
    if any(parties[::2]):
        return None
    return [_sans_entites(texte) if "&" in texte else texte for texte in parties[1::2]]


def _sans_entites(texte: str) -> str:
    for entite, signe in _ENTITES:
        texte = texte.replace(entite, signe)
    return texte
