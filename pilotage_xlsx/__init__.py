"""pilotage-xlsx : le pilotage numérique d'une petite commune, tenu dans un classeur."""

from __future__ import annotations

__version__ = "0.1.0"
