r"""Les PDF de la maison : typst, des données passées comme données, une archive PDF/A et PDF/UA.

Au sol. Un gabarit `.typ` reçoit ses données par ``sys.inputs`` : rien de ce qu'écrit une commune
n'entre dans le source, donc rien n'y devient une commande. Les polices sont celles que typst porte
en lui : le même document donne les mêmes octets sur tout poste, et il se lit dans vingt ans.

>>> dessinable("Signé ✓ : 李 Dupont")
'Signé [oui]\u202f: □ Dupont'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import typographier

NORMES: list[typst.PDFStandard] = ["a-2a", "ua-1"]
"""PDF/A-2a (ISO 19005-2) pour l'archive, PDF/UA-1 (ISO 14289-1) pour qui écoute la page."""

CARRE = "□"
"""Ce qui tient lieu d'un signe que la police ne porte pas."""

DESSINABLES = (
    " -~\u00a0-\u0241\u0250-\u02e4\u0300-\u036f\u0384-\u038aΌ\u038e-ΡΣ-\u03ce\u0400-\u045f"
    "\u1e00-\u1e99\u1ea0-\u1ef9\u2010-\u2027\u202f-\u2037\u2039-\u203e\u2070\u2074-\u208e€№™"
    "\u2153-\u215e\u2190-\u2195−∞√∑≈≠≤≥■□●○"
)
"""Les signes que Libertinus Serif dessine en romain, en gras et en italique ; PDF/A refuse un
document dont un seul signe manque."""

_ABSENTS = motif(f"[^{DESSINABLES}]+")
_VOISINS = str.maketrans({**dict.fromkeys("☑✓✔✅", "[oui]"), **dict.fromkeys("☒✗✘❌", "[non]")})
RACINE = Path(__file__).resolve().parent.parent


def composer_pdf(gabarit: Path, donnees: Mapping[str, Any], *, creation: date) -> bytes:
    """Le PDF que dessine ``gabarit`` (un `.typ` de la maison) avec ``donnees``.

    Les données sont du JSON : textes, nombres, listes, dictionnaires ; leurs textes sortent
    typographiés, chaque signe indessinable remplacé par `CARRE`. ``creation`` date le document :
    mêmes entrées, mêmes octets. Le gabarit importe ``/socle/gabarits/papier.typ`` et lit
    ``donnees`` qu'il exporte.
    """
    typographe = typst.Compiler(
        gabarit.read_bytes(),
        root=RACINE,
        font_paths=_polices(),
        ignore_system_fonts=True,
        sys_inputs={"donnees": ecrire_les_donnees(donnees)},
    )
    minuit = datetime.combine(creation, time(), UTC)
    rendu = typographe.compile(format="pdf", pdf_standards=NORMES, timestamp=minuit)
    if not isinstance(rendu, bytes):
        raise TypeError("typst n'a pas rendu de PDF")
    return rendu


def ecrire_les_donnees(donnees: Mapping[str, Any]) -> str:
    """Les données d'un gabarit, en JSON, telles qu'il les lit."""
    return msgspec.json.encode(_soigner(donnees)).decode()


def dessinable(texte: Texte) -> str:
    """Le texte, typographié, où chaque suite de signes absents de la police devient un carré."""
    return _ABSENTS.sub(CARRE, typographier(texte.translate(_VOISINS)))


def _soigner(valeur: Any) -> Any:
    match valeur:
        case str():
            return dessinable(valeur)
        case Mapping():
            return {nom: _soigner(contenu) for nom, contenu in valeur.items()}
        case list() | tuple():
            return [_soigner(contenu) for contenu in valeur]
        case _:
            return valeur


@lru_cache(maxsize=1)
def _polices() -> typst.Fonts:
    """Les polices que typst porte en lui, et elles seules."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
