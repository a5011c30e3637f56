"""``pilotage-xlsx`` et ``python -m pilotage_xlsx`` : la ligne de commande.

Tout se charge à l'intérieur : interrompre pendant le chargement se dit comme plus tard, sans trace.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from typing import NoReturn

_EMPLOI, _INTERROMPU = 2, 130


def main() -> NoReturn:
    """Point d'entrée du programme, qui finit lui-même son processus.

    L'interpréteur qui se range, interrompu, montrerait sa trace : il n'en a plus l'occasion.
    """
    code = _INTERROMPU
    try:
        code = _vider_les_flux(_jouer())
    except KeyboardInterrupt:
        code = _INTERROMPU
    finally:
        os._exit(code)


def _jouer() -> int:
    try:
        sys.unraisablehook = _finir_interrompu
        _garder_les_flux()
        from pilotage_xlsx.socle import signaux, systeme  # noqa: PLC0415

        signaux.ecouter()
        systeme.espacer_les_miettes()
        from pilotage_xlsx.commandes import executer  # noqa: PLC0415

        return executer(sys.argv[1:])
    except KeyboardInterrupt:
        _dire("Interrompu.")
        return _INTERROMPU
    except Exception as panne:
        from pilotage_xlsx.socle.systeme import TRACE  # noqa: PLC0415

        if os.environ.get(TRACE):
            sys.excepthook(*sys.exc_info())
        _dire(f"Le programme ne démarre pas ({type(panne).__name__}) : réinstallez-le.")
        return _EMPLOI


def _finir_interrompu(ignoree: UnraisableHookArgs) -> None:
    """Interrompu au démarrage, là où Python ne peut rien lever : il le dirait en trace.

    `signaux.ecouter` prend ensuite sa place.
    """
    if issubclass(ignoree.exc_type, KeyboardInterrupt):
        _dire("Interrompu.")
        os._exit(_INTERROMPU)
    sys.__unraisablehook__(ignoree)


def _garder_les_flux() -> None:
    """Un flux fermé (« >&- ») mène nulle part : le premier fichier ouvert prendrait sa place."""
    while (descripteur := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descripteur)


def _vider_les_flux(code: int) -> int:
    """Le code de sortie, 2 si la fin du résultat n'a pu s'écrire ; Python, lui, dirait sa trace."""
    for rang, flux in enumerate((sys.stdout, sys.stderr), 1):
        try:
            if flux is not None:
                flux.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), rang)
            code = code or (_EMPLOI if rang == 1 else 0)
    return code


def _dire(phrase: str) -> None:
    try:
        sys.stderr.write(f"{phrase}\n")
    except (AttributeError, OSError, UnicodeError):
        return


if __name__ == "__main__":
    main()
