"""Le contrôle en une page HTML : seule, sans réseau ni script, lisible, imprimable, groupée."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.commandes.affichage import (
    A_CLARIFIER,
    dire_ou,
    par_feuille,
    resumer_en_mots,
)
from pilotage_xlsx.gestes.controle import Controle, Cumul
from pilotage_xlsx.metier.constats import Groupe, grouper
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.montrable import en_octets, nommer_le_fichier
from pilotage_xlsx.socle.rangement import Rangement
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.socle.typographie import jour, paragraphe, typographier
from pilotage_xlsx.verification import Accepte
from pilotage_xlsx.verification.phrases import compter

_GABARITS = Path(__file__).resolve().parent / "gabarits"


class RubriqueDePage(msgspec.Struct, frozen=True):
    """Une feuille et ses constats, groupés ; sans nom, le classeur entier."""

    titre: str
    groupes: tuple[Groupe, ...]


class Vue(msgspec.Struct, frozen=True):
    """Un classeur tel que la page le montre ; ``ancre``, mise à la fin, l'y désigne."""

    ancre: str
    titre: str
    fichier: str
    est_lisible: bool
    resume: tuple[str, ...]
    comptes: tuple[int, int, int, int]
    rubriques: tuple[RubriqueDePage, ...]
    acceptes: tuple[Accepte, ...]
    questions: tuple[str, ...] = ()


class EnPage:
    """Une page : le résumé de tous, puis chaque classeur ; chaque texte y est échappé."""

    def mettre_en_piece(self, controle: Controle) -> bytes:
        """La vue d'un classeur, en octets qui ne quittent pas nos processus."""
        return pickle.dumps(_voir(controle), pickle.HIGHEST_PROTOCOL)

    def assembler(self, pieces: Iterable[bytes], cumul: Cumul) -> Iterator[bytes]:
        """La page, en UTF-8."""
        from pilotage_xlsx.socle import page

        with Rangement() as rangees:
            for rang, piece in enumerate(pieces):
                rangees.poser(rang, piece)
            for morceau in page.derouler(
                _GABARITS,
                "controle.html.j2",
                lambda valeur: typographier(str(valeur)),
                vues=_Vues(rangees),
                d_ensemble=tuple(grouper(cumul.d_ensemble)),
                total=compter(cumul.resume),
                au=jour(cumul.au),
                dire_ou=dire_ou,
                titre_a_clarifier=A_CLARIFIER,
                jour=jour,
                paragraphe=paragraphe,
            ):
                yield en_octets(morceau)


class _Vues(Sequence[Vue]):
    """Les vues rangées, relues une à une, autant de fois que la page les parcourt."""

    def __init__(self, rangees: Rangement) -> None:
        self._rangees = rangees

    def __len__(self) -> int:
        return len(self._rangees)

    def __getitem__(self, rang: Any) -> Any:
        octets = self._rangees.prendre(rang)
        if octets is None:
            raise IndexError(rang)
        return msgspec.structs.replace(pickle.loads(octets), ancre=f"classeur-{rang + 1}")


def _voir(controle: Controle) -> Vue:
    registre, resume = controle.registre, controle.resume
    annee = f" {registre.annee}" if registre.annee else ""
    return Vue(
        "",
        f"{extraire(normaliser(registre.nom))}{annee}",
        nommer_le_fichier(registre.fichier),
        controle.est_lisible,
        tuple(resumer_en_mots(controle).splitlines()) if controle.est_lisible else (),
        (resume.erreurs, resume.avertissements, resume.a_remplir, resume.attentions),
        tuple(_rubriques(controle)),
        controle.acceptes,
        tuple(posee.phrase for posee in controle.questions),
    )


def _rubriques(controle: Controle) -> Iterator[RubriqueDePage]:
    for feuille, constats in groupby(par_feuille(controle), key=_feuille):
        yield RubriqueDePage(feuille or "Classeur", tuple(grouper(constats)))


def _feuille(constat: Any) -> str:
    return str(constat.lieu.feuille)
