"""Ce que toutes les commandes partagent : options, modèle chargé, fautes dites en une phrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from pilotage_xlsx import __version__
from pilotage_xlsx.commandes.options import proposer
from pilotage_xlsx.commandes.terminal import dire, imprimer
from pilotage_xlsx.commandes.types import DATE
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.exigences import charger_et_exiger
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.montrable import nommer_le_fichier, sur_une_ligne
from pilotage_xlsx.socle.typographie import typographier

F = TypeVar("F", bound=Callable[..., Any])


class Echec(click.ClickException):
    """Une faute que la personne peut corriger : une phrase par ligne, un code de sortie."""

    def __init__(self, *phrases: str, code: int = 2) -> None:
        super().__init__("\n".join(sur_une_ligne(typographier(phrase)) for phrase in phrases))
        self.code = code


def commande(nom: str) -> Callable[[F], click.Command]:
    """Fait d'une fonction une commande : ``--modele`` et ``--version`` lui sont ajoutés."""

    def decorer(fonction: F) -> click.Command:
        habillee: Any = _OPTION_VERSION(_OPTION_MODELE(_dire_l_impossible(fonction)))
        return click.command(nom)(habillee)

    return decorer


def _dire_l_impossible(fonction: F) -> F:
    """Ce qu'un geste refuse se dit comme toute faute que la personne peut corriger."""

    @wraps(fonction)
    def jouer(*positions: Any, **options: Any) -> Any:
        try:
            return fonction(*positions, **options)
        except GesteImpossible as faute:
            for remarque in faute.remarques:
                dire(remarque)
            raise Echec(*faute.phrases, *proposer(faute.moyens)) from None

    return cast("F", jouer)


def _charger(ctx: click.Context, param: click.Parameter, dossier: Path | None) -> Modele:
    try:
        return charger_et_exiger(dossier)
    except ModeleInvalide as faute:
        raise Echec(*faute.fautes) from None


_OPTION_MODELE = click.option(
    "--modele",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    callback=_charger,
    help="Un autre modèle que « communal », ou que celui que porte le classeur.",
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
option_sortie = click.option(
    "--sortie",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="L'écrire dans un fichier plutôt qu'à l'écran.",
)
option_force = click.option("--force", is_flag=True, help="Remplacer une sortie qui existe déjà.")
argument_classeurs = click.argument(
    "entrees",
    metavar="CLASSEUR|DOSSIER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)


def dire_les_restes(restes: Iterable[Path]) -> None:
    """Ce que la dernière fois avait écrit, qui ne l'est plus, et que quelqu'un a changé depuis."""
    for chemin in restes:
        nom = nommer_le_fichier(chemin)
        dire(f"{nom} date d'une fois d'avant et a changé depuis : il reste là.")


def mettre_en_json(document: Any) -> str:
    """Le document, mis en page pour qu'une personne puisse aussi le lire."""
    return encoder(document, retrait=2).decode()


def dire_en_json(document: Any) -> None:
    """Un seul document JSON sur la sortie standard."""
    imprimer(mettre_en_json(document))


def peut_demander() -> bool:
    """Vrai si une personne est devant le terminal ; l'entrée peut aussi être fermée."""
    return sys.stdin is not None and sys.stdin.isatty()


def vrai_chemin(chemin: Path) -> Path:
    """Le chemin sans lien ni détour ; tel quel si ses liens tournent en rond."""
    try:
        return chemin.resolve()
    except (OSError, RuntimeError):
        return chemin.absolute()


def refuser_d_ecraser(sortie: Path | Iterable[Path], entrees: Iterable[Path]) -> None:
    """Aucune commande n'écrit dans un classeur reçu, même avec ``--force``."""
    recus = set(map(vrai_chemin, entrees))
    for chemin in (sortie,) if isinstance(sortie, Path) else sortie:
        if vrai_chemin(chemin) in recus:
            raise Echec(
                f"{chemin} est un classeur reçu : il ne sera pas touché. Donnez un autre nom."
            )
