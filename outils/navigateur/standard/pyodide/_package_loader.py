"""Tient lieu de ce qui installe les paquets de Pyodide : la page range les siens elle-même."""

from pathlib import Path

SITE_PACKAGES = Path("/lots")
DSO_DIR = Path("/usr/lib")


def init_loaded_packages() -> None:
    """Aucun paquet n'est venu d'ailleurs."""
