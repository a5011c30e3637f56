"""Un LibreOffice sans écran, conduit par son interface de programmation (paquet ``python3-uno``).

Ne s'importe qu'avec le Python qui connaît LibreOffice, et n'a besoin de rien d'autre.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

FORMAT_XLSX = "Calc MS Excel 2007 XML"
_PROFIL = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>fr-CH</value></prop></item>
</oor:items>
"""


def raison_de_renoncer() -> str | None:
    """Ce qui manque sur cette machine pour remplir à la main ; rien si tout est là."""
    if shutil.which("soffice") is None:
        return "Sauté : LibreOffice (soffice) n'est pas installé."
    try:
        import uno  # type: ignore[import-not-found]  # noqa: F401 — vient avec LibreOffice
    except ImportError:
        return "Sauté : ce Python ne connaît pas LibreOffice (paquet python3-uno)."
    return None


@contextmanager
def libreoffice(ecran: str = "") -> Iterator[Any]:
    """Un LibreOffice à part, en français de Suisse ; arrêté à la fin.

    Sans écran ; ou sur celui-ci (« :96 »), où il se montre.
    """
    with tempfile.TemporaryDirectory() as temporaire:
        profil = Path(temporaire)
        (profil / "user").mkdir()
        (profil / "user" / "registrymodifications.xcu").write_text(_PROFIL, "utf-8")
        liaison = f"pipe,name={profil.name}"
        commande = [
            "soffice",
            *([] if ecran else ["--headless"]),
            *("--norestore", "--nologo"),
            f"-env:UserInstallation={profil.as_uri()}",
            f"--accept={liaison};urp;StarOffice.ComponentContext",
        ]
        environnement = {**os.environ, "LC_ALL": "C.UTF-8"}  # les chemins accentués
        if ecran:
            environnement |= {"DISPLAY": ecran, "SAL_USE_VCLPLUGIN": "gen"}
        processus = subprocess.Popen(commande, stderr=subprocess.DEVNULL, env=environnement)
        try:
            contexte = _joindre(f"uno:{liaison};urp;StarOffice.ComponentContext")
            yield contexte
            _quitter(contexte)
            with suppress(subprocess.TimeoutExpired):
                processus.wait(timeout=30)
        finally:
            processus.kill()


def _joindre(adresse: str) -> Any:
    """Le contexte de LibreOffice, dès qu'il répond ; une minute au plus."""
    import uno
    from com.sun.star.connection import (  # type: ignore[import-not-found]
        NoConnectException,
    )

    local = uno.getComponentContext()
    chercheur = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            return chercheur.resolve(adresse)
        except NoConnectException:
            time.sleep(0.5)
    raise TimeoutError("LibreOffice ne répond pas après une minute.")


def _quitter(contexte: Any) -> None:
    bureau_de(contexte).terminate()


def bureau_de(contexte: Any) -> Any:
    """Le bureau : ce qui ouvre les documents."""
    return contexte.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", contexte)


def propriete(nom: str, valeur: Any) -> Any:
    """Un argument nommé, comme LibreOffice les veut."""
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    argument = PropertyValue()
    argument.Name, argument.Value = nom, valeur
    return argument
