"""Les gestes : un par verbe, d'octets ou de chemins à des valeurs.

Ni click, ni terminal, ni effet sur qui appelle : ni sa langue, ni ses signaux, ni son dossier. Un
geste prend le modèle et la date d'« aujourd'hui » en paramètres, rend des valeurs, et ce qu'il y a
à dire à une personne en ``remarques``. `commandes` les appelle et montre ; `px` les donne.
"""

from __future__ import annotations

from collections.abc import Collection

from pilotage_xlsx.registre.rapprochement import proposer
from pilotage_xlsx.socle.systeme import Empechement, Moyen


class GesteImpossible(Empechement, ValueError):
    """Ce qu'une personne peut corriger : une phrase par faute ; ``remarques``, dites avant."""

    def __init__(
        self, *phrases: str, remarques: tuple[str, ...] = (), moyens: tuple[Moyen, ...] = ()
    ) -> None:
        super().__init__("\n".join(phrases), moyens=moyens)
        self.phrases = phrases
        self.remarques = remarques


def choisir(nom: str, parmi: Collection[str], quoi: str, *, dit: str | None = None) -> str:
    """Le nom, s'il est permis ; `GesteImpossible` dit que ce n'est pas ``quoi``, et propose."""
    if nom in parmi:
        return nom
    dit = nom if dit is None else dit
    *debut, fin = parmi
    proche = proposer(dit, parmi)
    conseil = (
        f"vouliez-vous dire « {proche} » ?" if proche else f"dites {', '.join(debut)} ou {fin}."
    )
    raise GesteImpossible(f"« {dit} » n'est pas {quoi} : {conseil}")
