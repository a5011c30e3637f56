"""La fiche en texte : lignes de 72 signes ; un avis commence par ses en-têtes (De, À, Objet)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.rapport.document import Tableau
from pilotage_xlsx.rapport.fiches.blocs import (
    Bloc,
    Champs,
    Courrier,
    Encadre,
    Etapes,
    Fiche,
    Paragraphes,
)
from pilotage_xlsx.rapport.rendus.cases import ecrire
from pilotage_xlsx.rapport.rendus.texte import plier
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.typographie import typographier


def rendre(fiche: Fiche) -> bytes:
    """La fiche en texte brut, encodée en UTF-8 ; les en-têtes d'un avis ne se plient pas."""
    entetes = _entetes(fiche.courrier) if fiche.courrier else _tete(fiche)
    corps = (plier(typographier(ligne)) for bloc in fiche.blocs for ligne in _bloc(bloc))
    return en_octets("\n".join((*entetes, *corps)) + "\n")


def _entetes(courrier: Courrier) -> Iterator[str]:
    """Les lignes que lit ``envoyer`` ; ce sont aussi celles qu'une personne relit."""
    if courrier.de:
        yield f"De : {courrier.de}"
    if courrier.a:
        yield f"À : {courrier.a}"
    yield f"Objet : {courrier.objet}"


def _tete(fiche: Fiche) -> Iterator[str]:
    yield from map(plier, (fiche.avis.upper(), "", typographier(fiche.titre), fiche.surtitre))


def _bloc(bloc: Bloc) -> Iterator[str]:
    yield ""
    if bloc.titre:
        yield from (bloc.titre, "-" * len(bloc.titre))
    match bloc:
        case Champs():
            yield from (f"- {libelle} : {texte}" for libelle, texte in bloc.lignes)
        case Paragraphes():
            yield from bloc.phrases
        case Etapes():
            yield from (f"{rang}. {etape}" for rang, etape in enumerate(bloc.etapes, 1))
        case Encadre():
            yield from _encadre(bloc)
        case Tableau():
            yield from _tableau(bloc)


def _encadre(bloc: Encadre) -> Iterator[str]:
    yield bloc.texte
    if bloc.cases:
        yield "   ".join(f"[ ] {case}" for case in bloc.cases)
    for blanc in bloc.a_remplir:
        yield f"{blanc} : ____________________"


def _tableau(tableau: Tableau) -> Iterator[str]:
    """Une ligne par rangée : la première case, puis les autres avec leur titre."""
    premiere, *autres = tableau.colonnes
    for cle, *cases in tableau.lignes:
        dits = (
            f"{colonne.titre} : {ecrire(case, colonne.genre)}"
            for colonne, case in zip(autres, cases, strict=True)
            if case not in (None, "", "–")
        )
        yield f"- {ecrire(cle, premiere.genre)}"
        yield from (f"  {dit}" for dit in dits)
