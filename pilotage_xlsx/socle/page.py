"""Les pages HTML de la maison : un environnement jinja2 qui échappe tout, et un style commun.

Au sol : n'importe rien de la maison ; la salle qui s'en sert donne son dossier de gabarits et ce
que doit devenir chaque texte qui sort (`sortie`). Une page tient seule : ni réseau, ni police
externe, ni script.

>>> from pilotage_xlsx.socle.ecriture import ouvrir_un_atelier
>>> with ouvrir_un_atelier() as dossier:
...     _ = (dossier / "page.html").write_text("<h1>{{ nom }}</h1>")
...     print(rendre(dossier, "page.html", str, nom="<b>Valmarin</b>"))
<h1>&lt;b&gt;Valmarin&lt;/b&gt;</h1>
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pilotage_xlsx.socle.montrable import montrable

_COMMUN = Path(__file__).resolve().parent / "gabarits"
_MORCEAUX = 200
"""Bouts de page réunis en un : un gabarit en donne des milliers, de quelques signes."""


def rendre(dossier: Path, gabarit: str, sortie: Callable[[Any], str], **donnees: Any) -> str:
    """La page ``gabarit`` du ``dossier``, chaque valeur, par ``sortie``, montrable et échappée."""
    return "".join(derouler(dossier, gabarit, sortie, **donnees))


def derouler(
    dossier: Path, gabarit: str, sortie: Callable[[Any], str], **donnees: Any
) -> Iterator[str]:
    """La même page, morceau par morceau : une grande ne tient jamais en mémoire."""
    environnement = Environment(
        loader=FileSystemLoader([dossier, _COMMUN]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda valeur: valeur if isinstance(valeur, Markup) else montrable(sortie(valeur)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    morceaux = environnement.get_template(gabarit).stream(style=_style(), **donnees)
    morceaux.enable_buffering(_MORCEAUX)
    return iter(morceaux)


def _style() -> Markup:
    """Le style commun : notre fichier, le seul contenu qui ne s'échappe pas."""
    return Markup((_COMMUN / "page.css").read_text("utf-8"))
