"""Le contrôle en une page HTML : seule, sans réseau ni script, lisible, imprimable, groupée."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx.commandes.affichage import compter, dire_ou, par_feuille, resumer_en_mots
from pilotage_xlsx.commandes.controle import Controle, additionner
from pilotage_xlsx.constats import Constat, Groupe, grouper
from pilotage_xlsx.socle import page
from pilotage_xlsx.socle.montrable import en_octets, nommer_le_fichier
from pilotage_xlsx.socle.textes import normaliser
from pilotage_xlsx.socle.typographie import jour, paragraphe, typographier
from pilotage_xlsx.verification import Accepte

_GABARITS = Path(__file__).resolve().parent / "gabarits"


class Rubrique(msgspec.Struct, frozen=True):
    """Une feuille et ses constats, groupés ; sans nom, le classeur entier."""

    titre: str
    groupes: tuple[Groupe, ...]


class Vue(msgspec.Struct, frozen=True):
    """Un classeur tel que la page le montre ; ``ancre`` le désigne dans la page."""

    ancre: str
    titre: str
    fichier: str
    est_lisible: bool
    resume: tuple[str, ...]
    comptes: tuple[int, int, int]
    rubriques: tuple[Rubrique, ...]
    acceptes: tuple[Accepte, ...]


def rendre(controles: Sequence[Controle], d_ensemble: Sequence[Constat], au: date) -> bytes:
    """La page entière, en UTF-8 ; chaque texte est échappé."""
    texte = page.rendre(
        _GABARITS,
        "controle.html.j2",
        lambda valeur: typographier(str(valeur)),
        vues=tuple(_voir(rang, controle) for rang, controle in enumerate(controles, 1)),
        d_ensemble=tuple(grouper(d_ensemble)),
        total=compter(additionner(controles)),
        au=jour(au),
        dire_ou=dire_ou,
        jour=jour,
        paragraphe=paragraphe,
    )
    return en_octets(texte)


def _voir(rang: int, controle: Controle) -> Vue:
    registre, resume = controle.registre, controle.resume
    annee = f" {registre.annee}" if registre.annee else ""
    return Vue(
        f"classeur-{rang}",
        f"{normaliser(registre.nom)}{annee}",
        nommer_le_fichier(registre.fichier),
        controle.est_lisible,
        tuple(resumer_en_mots(controle).splitlines()) if controle.est_lisible else (),
        (resume.erreurs, resume.avertissements, resume.attentions),
        tuple(_rubriques(controle)),
        controle.acceptes,
    )


def _rubriques(controle: Controle) -> Iterator[Rubrique]:
    for feuille, constats in groupby(par_feuille(controle), key=_feuille):
        yield Rubrique(feuille or "Classeur", tuple(grouper(constats)))


def _feuille(constat: Any) -> str:
    return str(constat.lieu.feuille)
