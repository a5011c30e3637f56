"""Le texte, en lignes de 72 signes : le courriel d'un rapport, ou une fiche.

Un avis commence par ses en-têtes (De, À, Objet), que lit l'envoi.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    Carte,
    Champs,
    Courrier,
    Document,
    Encadre,
    Etapes,
    Fiche,
    Nouvelle,
    Numero,
    Numeros,
    PageRegionale,
    Paragraphes,
    PremierePage,
    Tableau,
    Vote,
)
from pilotage_xlsx.rapport.rendus.cases import VIDE, ecrire
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.typographie import jour, typographier

_LARGEUR = 72
_COMMUNES = 12
"""Au-delà, une ligne par commune ne se lit plus dans un courriel : elle est dans les fichiers."""
_CASE = "[\u00a0]\u00a0"
_PUCE = motif(r"^ *(?:- |\d+\. )?")


def rendre(document: Document | Fiche) -> bytes:
    """Le courriel du rapport, ou la fiche, en texte brut, encodé en UTF-8."""
    if isinstance(document, Fiche):
        return _rendre_la_fiche(document)
    lignes = (plier(typographier(ligne)) for ligne in _composer(document))
    return en_octets("\n".join(lignes) + "\n")


def _composer(document: Document) -> Iterator[str]:
    """Le courriel entier : l'appel et la demande, la première page, la signature."""
    page, lettre = document.premiere, document.lettre
    yield from (lettre.appel, "", *lettre.phrases, "")
    yield page.avis.upper()
    yield ""
    yield page.titre
    yield page.surtitre
    if page.alerte:
        yield from ("", page.alerte)
    if isinstance(page, PageRegionale) and page.phrases:
        yield from ("", *page.phrases)
    if isinstance(page, PremierePage):
        yield from _rubrique("À décider", _votes(page))
        yield from _rubrique("Ce qui nous expose", _puces(page.expose))
        yield from _rubrique("À savoir", (*_puces(page.savoir), *_nouvelles(page)))
    yield from _rubrique("Cinq chiffres", map(_carte, page.cartes))
    if isinstance(page, PremierePage):
        yield from _rubrique("Pour le procès-verbal", (page.pv,))
    else:
        for tableau in page.tableaux:
            yield from _rubrique(tableau.titre, _rangees(tableau))
        if len(page.communes.lignes) <= _COMMUNES:
            yield from _rubrique("Une ligne par commune", _communes(page.communes))
    if lettre.signature:
        yield from ("", *lettre.signature)


def _communes(tableau: Tableau) -> Iterator[str]:
    """« - Valmarin : outils en service 27 ; dont indispensables 7 ; … »."""
    for nom, *cases in tableau.lignes:
        titres = (colonne.titre.lower() for colonne in tableau.colonnes[1:])
        genres = (colonne.genre for colonne in tableau.colonnes[1:])
        comptes = (
            f"{titre} {ecrire(case, genre)}"
            for titre, case, genre in zip(titres, cases, genres, strict=True)
        )
        yield f"- {nom} : {' ; '.join(comptes)}"


def _rubrique(titre: str, lignes: Iterable[str]) -> Iterator[str]:
    yield from ("", titre, "-" * len(titre))
    yield from lignes


def _puces(phrases: Iterable[str]) -> Iterator[str]:
    return (f"- {phrase}" for phrase in phrases)


def _votes(page: PremierePage) -> Iterator[str]:
    if page.jours:
        yield page.jours
    if not page.votes:
        yield page.votes_sinon
    for vote in page.votes:
        yield from _vote(vote)
    if page.total:
        yield page.total


def _vote(vote: Vote) -> Iterator[str]:
    yield f"{vote.rang}. {vote.objet} : {vote.question}"
    yield from (f"   {dit}" for dit in (vote.sinon, vote.raison, vote.source) if dit)
    if vote.prix:
        yield f"   {' · '.join(vote.prix)}"
    yield f"   {'   '.join(f'{_CASE}{case}' for case in vote.cases)}"


def _nouvelles(page: PremierePage) -> Iterator[str]:
    if not page.nouvelles:
        yield page.nouvelles_sinon.rien
    for nouvelle in page.nouvelles:
        yield from _nouvelle(nouvelle)
    if page.nouvelles_sinon.reste:
        yield page.nouvelles_sinon.reste


def _nouvelle(nouvelle: Nouvelle) -> Iterator[str]:
    quand = jour(nouvelle.jour) if nouvelle.jour else VIDE
    yield f"- {quand} · {nouvelle.objet} · {nouvelle.fait}"
    yield f"  {nouvelle.informes}"


def _carte(carte: Carte) -> str:
    return f"- {carte.libelle} : {carte.valeur} ({carte.phrase} ; {carte.avant})"


def _rendre_la_fiche(fiche: Fiche) -> bytes:
    """Les en-têtes d'un avis ne se plient pas."""
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
    avis = (fiche.avis.upper(), "") if fiche.avis else ()
    yield from map(plier, (*avis, typographier(fiche.titre), fiche.surtitre))


def _bloc(bloc: BlocDeFiche) -> Iterator[str]:
    yield ""
    if bloc.titre:
        yield from (bloc.titre, "-" * len(bloc.titre))
    match bloc:
        case Champs():
            yield from (f"- {libelle} : {texte}" for libelle, texte in bloc.lignes)
        case Numeros():
            yield from map(_numero, bloc.lignes)
        case Paragraphes():
            yield from bloc.phrases
        case Etapes():
            yield from (f"{rang}. {etape}" for rang, etape in enumerate(bloc.etapes, 1))
        case Encadre():
            yield from _encadre(bloc)
        case Tableau():
            yield from _rangees(bloc)


def _numero(ligne: Numero) -> str:
    return f"- {ligne.qui} : {' · '.join(filter(None, (ligne.nom, ligne.numero)))}"


def _encadre(bloc: Encadre) -> Iterator[str]:
    yield bloc.texte
    if bloc.cases:
        yield "   ".join(f"{_CASE}{case}" for case in bloc.cases)
    for blanc in bloc.a_remplir:
        yield f"{blanc} : ____________________"


def _rangees(tableau: Tableau) -> Iterator[str]:
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


def plier(ligne: str) -> str:
    """La ligne renvoyée à 72 signes, sous son retrait, son tiret ou son numéro."""
    retrait = " " * (len(ligne) - len(_PUCE.sub("", ligne)))
    return textwrap.fill(
        ligne, _LARGEUR, subsequent_indent=retrait, break_long_words=False, break_on_hyphens=False
    )
