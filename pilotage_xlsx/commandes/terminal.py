"""La porte du terminal : rien ne s'écrit à l'écran, ni ne s'y demande, sans passer par ici.

Un texte y sort `montrable` ; de nos couleurs, et d'elles seules, les commandes restent. Un écran
qui n'a pas tous les signes (Latin-1, ASCII) reçoit le plus proche.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from io import StringIO

import click

from pilotage_xlsx.socle.montrable import montrable, sur_une_ligne

_COULEURS = r"(\x1b\[(?:0|1|2|22|31|33)m)"
"""Gras, pâle, rouge, jaune, et leur fin : tout ce que la maison demande à `click.style`."""

_PROCHES = {
    **dict.fromkeys("’‘´‹›", "'"),
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("–—−‑", "-"),
    **dict.fromkeys("•·", "-"),
    "…": "...",
    "→": "->",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "€": "EUR",
    "§": "par.",
    "°": "o",
    "⏎": "|",
    "␣": "_",
    "ß": "ss",
    "≥": ">=",
    "≤": "<=",
    "×": "x",
}
"""Ce qu'un écran pauvre montre d'un signe qu'il n'a pas."""


def preparer() -> None:
    """Ce que reçoit chaque flux : UTF-8 hors d'un terminal, sinon ce que l'écran sait montrer."""
    codecs.register_error("a-peu-pres", _approcher)
    for flux in (sys.stdout, sys.stderr):
        if not hasattr(flux, "reconfigure"):
            continue
        if flux.isatty():
            flux.reconfigure(errors="a-peu-pres")
        else:
            flux.reconfigure(encoding="utf-8", errors="replace")


def imprimer(texte: str) -> None:
    """Un texte de plusieurs lignes, sur la sortie standard."""
    click.echo(_montrer(texte))


def imprimer_a_mesure(morceaux: Iterable[str | bytes]) -> None:
    """Des morceaux à la suite, chacun dès qu'il est prêt ; ceux d'octets ont passé leur porte."""
    for morceau in morceaux:
        click.echo(_montrer(morceau) if isinstance(morceau, str) else morceau, nl=False)


def dire(*phrases: str) -> None:
    """Des phrases, une par ligne, sur la sortie d'erreur ; si elle est perdue, elles le sont."""
    for phrase in phrases:
        _dire_tel_quel(f"{sur_une_ligne(_typographier(phrase))}\n")


def dire_en_bloc(texte: str) -> None:
    """Un texte de plusieurs lignes, sur la sortie d'erreur."""
    _dire_tel_quel(montrable(texte))


def dire_sur_place(texte: str) -> None:
    """Une ligne du terminal, qui remplace la précédente."""
    _dire_tel_quel(f"\r{sur_une_ligne(texte)}\r")


def dire_la_faute(faute: click.ClickException) -> None:
    """Ce que click reproche : l'emploi s'il le rappelle, puis la faute.

    Il cite l'argument fautif tel quel ; une fin de ligne y ferait passer la suite pour la nôtre.
    """
    tampon = StringIO()
    faute.show(tampon)
    dite, citee = tampon.getvalue(), click.unstyle(faute.format_message())
    if isinstance(faute, click.UsageError):
        dite = dite.replace(citee, re.sub(r"[\r\n\t ]+", " ", citee))
    dire_en_bloc(dite)


def demander(question: str, *, defaut: str | None = None, est_cachee: bool = False) -> str:
    """La réponse d'une personne ; `click.Abort` si elle renonce."""
    posee = sur_une_ligne(_typographier(question))
    reponse: str = click.prompt(posee, default=defaut, hide_input=est_cachee)
    return reponse


def _typographier(phrase: str) -> str:
    from pilotage_xlsx.socle.typographie import typographier

    return typographier(phrase)


def _dire_tel_quel(texte: str) -> None:
    with suppress(OSError):
        click.echo(texte, nl=False, err=True)


def _montrer(texte: str) -> str:
    """Les morceaux impairs sont nos couleurs."""
    morceaux = re.split(_COULEURS, texte)
    morceaux[::2] = map(montrable, morceaux[::2])
    return "".join(morceaux)


def _approcher(faute: UnicodeError) -> tuple[str, int]:
    """Pour `codecs` : le plus proche de chaque signe que l'écran n'a pas, et où reprendre."""
    if not isinstance(faute, UnicodeEncodeError):
        raise faute
    absents = faute.object[faute.start : faute.end]
    return "".join(map(_plus_proche, absents)), faute.end


def _plus_proche(signe: str) -> str:
    if signe in _PROCHES:
        return _PROCHES[signe]
    if signe.isspace():
        return " "
    nu = unicodedata.normalize("NFKD", signe).encode("ascii", "ignore").decode()
    return nu or "?"
