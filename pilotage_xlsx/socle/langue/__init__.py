"""Les messages de click en français, par gettext : il n'a pas d'autre voie.

À appeler avant tout décorateur de click : il traduit certains textes dès la décoration.
"""

from __future__ import annotations

import gettext
import os

DOSSIER = __path__[0]


def installer() -> None:
    """Fait parler click en français, quelle que soit la langue du poste."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", DOSSIER)
