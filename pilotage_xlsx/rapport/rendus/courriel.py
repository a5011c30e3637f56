"""La page d'un courriel : des tableaux simples, leurs styles sur place, rien qu'un logiciel enlève.

Outlook lit avec le moteur de Word, un webmail ôte les feuilles de style : ni `<style>`,
ni variable, ni grille, ni dessin, ni pseudo-élément. Elle dit ce que dit le texte, mot pour mot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from pilotage_xlsx.rapport.document import (
    Carte,
    Document,
    GenreDeColonne,
    Nouvelle,
    PageRegionale,
    PremierePage,
    Tableau,
    Vote,
)
from pilotage_xlsx.rapport.rendus.cases import ecrire
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.typographie import typographier

OCTETS = 40_000
"""Une page plus lourde se coupe dans certaines messageries."""

_POLICE = "font-family:Calibri,Arial,sans-serif;font-size:15px;line-height:1.4;color:#1a1a1a"
_BLEU, _GRIS, _TRAIT = "#1f4e79", "#5a6472", "#d3dce6"
_AVIS = "background-color:#fce4d6;color:#5c1a00;border:1px solid #c55a11;padding:6px 10px"
_TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">'


def rendre(document: Document) -> str | None:
    """La page du courriel, ou rien si elle pèse trop : le texte suffit alors."""
    page = document.premiere
    corps = "".join(
        (
            _paragraphes((document.lettre.appel, *document.lettre.phrases)),
            *_tete(page),
            *(_de_la_commune(page) if isinstance(page, PremierePage) else _de_la_region(page)),
            '<p style="margin:8px 0 0 0">&nbsp;</p>',
            _paragraphes(document.lettre.signature, serres=True),
        )
    )
    tableau = f'{_TABLE}<tr><td style="{_POLICE};padding:8px">{corps}</td></tr></table>'
    entete = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    titre = f"<title>{_texte(page.titre)}</title>"
    html = (
        f'<!DOCTYPE html><html lang="fr"><head>{entete}{titre}</head>'
        f'<body style="margin:0;padding:0;background-color:#ffffff">{tableau}</body></html>\n'
    )
    return html if len(html.encode()) <= OCTETS else None


def _texte(texte: str) -> str:
    return escape(typographier(montrable(texte)))


def _paragraphes(textes: Iterable[str], *, serres: bool = False) -> str:
    marge = "0" if serres else "0 0 8px 0"
    return "".join(f'<p style="margin:{marge}">{_texte(texte)}</p>' for texte in textes)


def _tete(page: PremierePage | PageRegionale) -> Iterator[str]:
    yield f'<p style="margin:16px 0 8px 0;{_AVIS}"><b>{_texte(page.avis)}</b></p>'
    yield f'<h1 style="margin:0;font-size:24px;color:{_BLEU}">{_texte(page.titre)}</h1>'
    yield f'<p style="margin:0 0 8px 0;color:{_GRIS}">{_texte(page.surtitre)}</p>'
    if page.alerte:
        yield f'<p style="margin:0 0 8px 0;{_AVIS}">{_texte(page.alerte)}</p>'


def _de_la_commune(page: PremierePage) -> Iterator[str]:
    yield _titre("À décider")
    if page.jours:
        yield f'<p style="margin:0 0 8px 0"><b>{_texte(page.jours)}</b></p>'
    yield _rangees(map(_vote, page.votes)) if page.votes else _paragraphes((page.votes_sinon,))
    if page.total:
        yield f'<p style="margin:8px 0 0 0"><b>{_texte(page.total)}</b></p>'
    yield _titre("Ce qui nous expose")
    yield _rangees(map(_texte, page.expose))
    yield _titre("À savoir")
    yield _rangees((*map(_texte, page.savoir), *map(_nouvelle, page.nouvelles)))
    reste = (page.nouvelles_sinon.reste,) if page.nouvelles_sinon.reste else ()
    yield _paragraphes(reste if page.nouvelles else (page.nouvelles_sinon.rien,))
    yield _titre("Cinq chiffres")
    yield _rangees(map(_carte, page.cartes))
    yield _titre("Pour le procès-verbal")
    yield _paragraphes((page.pv,))


def _de_la_region(page: PageRegionale) -> Iterator[str]:
    yield _titre("Cinq chiffres")
    yield _rangees(map(_carte, page.cartes))
    yield _titre("Une ligne par commune")
    yield _tableau(page.communes)


def _titre(texte: str) -> str:
    trait = f"border-bottom:2px solid {_BLEU}"
    style = f"margin:18px 0 6px 0;font-size:18px;color:{_BLEU};{trait}"
    return f'<h2 style="{style}">{_texte(texte)}</h2>'


def _rangees(cases: Iterable[str]) -> str:
    """Une rangée par case, chacune soulignée d'un trait."""
    style = f"{_POLICE};padding:6px 0;border-bottom:1px solid {_TRAIT}"
    lignes = "".join(f'<tr><td style="{style}">{case}</td></tr>' for case in cases)
    return f"{_TABLE}{lignes}</table>"


def _vote(vote: Vote) -> str:
    gris = " ".join(filter(None, (vote.raison, vote.source)))
    prix = " · ".join(vote.prix)
    cases = "&nbsp;&nbsp; ".join(f"☐&nbsp;{_texte(case)}" for case in vote.cases)
    return "<br>".join(
        (
            f"<b>{_texte(f'{vote.rang}. {vote.objet} : {vote.question}')}</b>",
            *((_texte(vote.sinon),) if vote.sinon else ()),
            f'<span style="color:{_GRIS}">{_texte(gris)}</span>',
            *((f"<b>{_texte(prix)}</b>",) if prix else ()),
            cases,
        )
    )


def _nouvelle(nouvelle: Nouvelle) -> str:
    quand = _texte(ecrire(nouvelle.jour, GenreDeColonne.DATE))
    fait = _texte(f"{nouvelle.objet} · {nouvelle.fait}")
    return f'{quand} · {fait}<br><span style="color:{_GRIS}">{_texte(nouvelle.informes)}</span>'


def _carte(carte: Carte) -> str:
    dit = _texte(f"{carte.libelle} : ")
    return f"{dit}<b>{_texte(carte.valeur)}</b> {_texte(f'({carte.phrase} ; {carte.avant})')}"


def _tableau(tableau: Tableau) -> str:
    genres = [colonne.genre for colonne in tableau.colonnes]
    style = f"padding:3px 6px;border-bottom:1px solid {_TRAIT};text-align:left"
    titres = "".join(f'<th style="{style}">{_texte(c.titre)}</th>' for c in tableau.colonnes)
    lignes = "".join(
        "<tr>{}</tr>".format(
            "".join(
                f'<td style="{style}">{_texte(ecrire(case, genre))}</td>'
                for case, genre in zip(ligne, genres, strict=True)
            )
        )
        for ligne in tableau.lignes
    )
    return f"{_TABLE}<tr>{titres}</tr>{lignes}</table>"
