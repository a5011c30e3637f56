"""Ce qu'openxml-audit, d'autrui, trouve dans un classeur ; ses schémas se chargent une fois."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openxml_audit import OpenXmlValidator
from openxml_audit.errors import ValidationSeverity


@cache
def _validateur() -> OpenXmlValidator:
    return OpenXmlValidator()


def fautes(classeur: Path) -> list[str]:
    """Chaque faute, en une phrase."""
    trouve = _validateur().validate(str(classeur))
    return [str(une) for une in trouve.errors if une.severity is ValidationSeverity.ERROR]
