"""Compile les messages de click : ``python -m outils.compiler_langue``."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pilotage_xlsx.socle.langue import DOSSIER


def compiler(source: Path, sortie: Path) -> None:
    """Écrit dans ``sortie`` (.mo) les phrases de ``source`` (.po)."""
    with source.open("rb") as phrases, sortie.open("wb") as compile_:
        write_mo(compile_, read_po(phrases))


if __name__ == "__main__":
    messages = Path(DOSSIER, "fr", "LC_MESSAGES", "messages.po")
    compiler(messages, messages.with_suffix(".mo"))
