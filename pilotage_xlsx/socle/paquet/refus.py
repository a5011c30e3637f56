"""Le refus de lire un fichier : un code stable, et une phrase qui dit le fait puis le remède."""

from __future__ import annotations

_REPARER = "L'ouvrir dans Excel ou LibreOffice et l'enregistrer, ou reprendre une sauvegarde."
_ALLEGER = "Copier les feuilles du pilotage dans un classeur vierge."


class Refus(Exception):
    """Un fichier qu'on ne peut pas lire. ``str(refus)`` est la phrase, sans le nom du fichier."""

    def __init__(self, code: str, phrase: str) -> None:
        super().__init__(code, phrase)
        self.code = code
        self.phrase = phrase

    def __str__(self) -> str:
        return self.phrase


def abime(detail: str) -> Refus:
    """FIC-004 : l'archive ou son XML est abîmé ; ``detail`` dit où (« la feuille « Outils » »)."""
    return Refus("FIC-004", f"Le classeur est abîmé ({detail}). {_REPARER}")


def demesure(detail: str) -> Refus:
    """FIC-008 : le classeur dépasse une borne ; ``detail`` dit laquelle."""
    return Refus("FIC-008", f"Le classeur est démesuré ({detail}). {_ALLEGER}")
