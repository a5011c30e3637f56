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

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, bc_version
from jinja2.nodes import Impossible
from markupsafe import Markup

from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.montrable import montrable

_COMMUN = Path(__file__).resolve().parent / "gabarits"
TRADUITS = _COMMUN / "traduits.json"
"""Nos gabarits, déjà traduits en Python : les traduire coûte plus que d'écrire leurs pages."""

_MORCEAUX = 200
"""Bouts de page réunis en un : un gabarit en donne des milliers, de quelques signes."""


def rendre(dossier: Path, gabarit: str, sortie: Callable[[Any], str], **donnees: Any) -> str:
    """La page ``gabarit`` du ``dossier``, chaque valeur, par ``sortie``, montrable et échappée."""
    return "".join(derouler(dossier, gabarit, sortie, **donnees))


def derouler(
    dossier: Path, gabarit: str, sortie: Callable[[Any], str], **donnees: Any
) -> Iterator[str]:
    """La même page, morceau par morceau : une grande ne tient jamais en mémoire."""
    environnement = _ouvrir(
        dossier,
        lambda valeur: valeur if isinstance(valeur, Markup) else montrable(sortie(valeur)),
    )
    morceaux = environnement.get_template(gabarit).stream(style=_style(), **donnees)
    morceaux.enable_buffering(_MORCEAUX)
    return iter(morceaux)


def _ouvrir(dossier: Path, finir: Callable[[Any], str]) -> Environment:
    return Environment(
        loader=FileSystemLoader([dossier, _COMMUN]),
        bytecode_cache=_DejaTraduits(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finir,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class _DejaTraduits(BytecodeCache):
    """Ce que `TRADUITS` a d'un gabarit ; changé depuis, il n'y est pas : jinja2 le traduit."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Le compile, s'il y est."""
        if (traduit := _lire_les_traduits().get(bucket.checksum)) is not None:
            bucket.code = compile(traduit, bucket.key, "exec")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Rien ne s'écrit : `traduire` le fait, une fois pour toutes."""


class _Traduits(msgspec.Struct):
    """Ce que `traduire` écrit : pour quel jinja2, et chaque gabarit par l'empreinte du sien."""

    version: int
    gabarits: dict[str, str]


@cache
def _lire_les_traduits() -> Mapping[str, str]:
    """Les gabarits traduits ; aucun si ce jinja2 les écrirait autrement."""
    try:
        lus = msgspec.json.decode(TRADUITS.read_bytes(), type=_Traduits)
    except (OSError, msgspec.DecodeError):
        return {}
    return lus.gabarits if lus.version == bc_version else {}


def traduire(dossiers: Iterable[Path]) -> bytes:
    """Les gabarits de ces dossiers et les communs, en Python, tels que `TRADUITS` les garde."""
    gabarits = dict(traduit for dossier in dossiers for traduit in _traduire(dossier))
    return encoder({"version": bc_version, "gabarits": dict(sorted(gabarits.items()))}) + b"\n"


def _traduire(dossier: Path) -> Iterator[tuple[str, str]]:
    """L'empreinte et le Python de chacun."""
    environnement = _ouvrir(dossier, _finir_plus_tard)
    for nom in environnement.list_templates(extensions=("j2", "css")):
        source, *_ = FileSystemLoader([dossier, _COMMUN]).get_source(environnement, nom)
        empreinte = _DejaTraduits().get_source_checksum(source)
        yield empreinte, environnement.compile(source, nom, raw=True)


def _finir_plus_tard(_: Any) -> str:
    """Même un texte écrit dans le gabarit attend la page, qui sait comment finir les siens."""
    raise Impossible


def _style() -> Markup:
    """Le style commun : notre fichier, le seul contenu qui ne s'échappe pas."""
    return Markup((_COMMUN / "page.css").read_text("utf-8"))
