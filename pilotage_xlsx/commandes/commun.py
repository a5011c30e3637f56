"""Ce que toutes les commandes partagent : options, modèle chargé, fautes dites en une phrase."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from pilotage_xlsx import __version__
from pilotage_xlsx.chargement import ModeleInvalide
from pilotage_xlsx.commandes.types import DATE
from pilotage_xlsx.exigences import charger_et_exiger
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.systeme import dire_la_panne
from pilotage_xlsx.socle.typographie import typographier

F = TypeVar("F", bound=Callable[..., Any])


class Echec(click.ClickException):
    """Une faute que la personne peut corriger : une phrase, un code de sortie (2 par défaut)."""

    def __init__(self, phrase: str, code: int = 2) -> None:
        super().__init__(typographier(phrase))
        self.code = code


def commande(nom: str) -> Callable[[F], click.Command]:
    """Fait d'une fonction une commande : ``--modele``, ``--version``, fautes en une phrase."""

    def decorer(fonction: F) -> click.Command:
        habillee: Any = _OPTION_VERSION(_OPTION_MODELE(_dire_les_fautes(fonction)))
        return click.command(nom)(habillee)

    return decorer


def _dire_les_fautes(fonction: F) -> F:
    @functools.wraps(fonction)
    def executer(*args: Any, **kwargs: Any) -> Any:
        try:
            return fonction(*args, **kwargs)
        except (SortieImpossible, ModeleInvalide) as faute:
            raise Echec(str(faute)) from None
        except BrokenPipeError:
            raise
        except OSError as faute:
            raise Echec(f"{faute.filename or 'La sortie'} : {dire_la_panne(faute)}.") from None

    return executer  # type: ignore[return-value]


def _charger(ctx: click.Context, param: click.Parameter, dossier: Path | None) -> Modele:
    try:
        return charger_et_exiger(dossier)
    except ModeleInvalide as faute:
        raise Echec(str(faute)) from None


_OPTION_MODELE = click.option(
    "--modele",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    callback=_charger,
    help="Un autre modèle que « communal ».",
)
_OPTION_VERSION = click.version_option(
    __version__, "--version", message="pilotage-xlsx %(version)s"
)

option_au = click.option(
    "--au",
    type=DATE,
    default=lambda: date.today(),  # noqa: PLW0108 — la date du poste, quand on appelle
    show_default="aujourd'hui",
    help="La date d'« aujourd'hui », pour un résultat reproductible.",
)
option_force = click.option("--force", is_flag=True, help="Remplacer une sortie qui existe déjà.")
argument_classeurs = click.argument(
    "entrees",
    metavar="CLASSEUR|DOSSIER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)


def dire(phrase: str) -> None:
    """Une phrase sur la sortie d'erreur, qui ne se mêle pas au résultat."""
    click.echo(typographier(phrase), err=True)


def progression(combien: int) -> AbstractContextManager[Any]:
    """Une barre sur un terminal, et seulement là."""
    if sys.stderr is None or not sys.stderr.isatty() or combien < 2:
        return nullcontext()
    return click.progressbar(length=combien, label="Lecture des classeurs", file=sys.stderr)


def mettre_en_json(document: Any) -> str:
    """Le document, mis en page pour qu'une personne puisse aussi le lire."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def dire_en_json(document: Any) -> None:
    """Un seul document JSON sur la sortie standard."""
    click.echo(mettre_en_json(document))


def peut_demander() -> bool:
    """Vrai si une personne est devant le terminal ; l'entrée peut aussi être fermée."""
    return sys.stdin is not None and sys.stdin.isatty()


def vrai_chemin(chemin: Path) -> Path:
    """Le chemin sans lien ni détour ; tel quel si ses liens tournent en rond."""
    try:
        return chemin.resolve()
    except (OSError, RuntimeError):
        return chemin.absolute()


def refuser_d_ecraser(sortie: Path, entrees: Iterable[Path]) -> None:
    """Aucune commande n'écrit dans un classeur reçu, même avec ``--force``."""
    if vrai_chemin(sortie) in map(vrai_chemin, entrees):
        raise Echec(f"{sortie} est un classeur reçu : il ne sera pas touché. Donnez un autre nom.")
