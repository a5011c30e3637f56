"""Les pages des règles : l'index, une page par fiche, et la table des fausses alertes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from outils.documentation.markdown import DERIVEE, proteger, rangee
from pilotage_xlsx.socle.typographie import paragraphe
from pilotage_xlsx.verification.catalogue import fiches
from pilotage_xlsx.verification.regle import FicheDeRegle
from pilotage_xlsx.verification.regles import FAMILLES

_GRAVITES = (
    "**erreur** : la note ou la donnée est rompue · **avertissement** : à corriger · "
    "**attention** : point à porter à l'exécutif."
)


def pages_des_regles() -> Mapping[str, str]:
    """Chaque page : son chemin sous ``docs/``, son contenu."""
    return {
        "regles.md": "\n".join(_index()),
        "fausses-alertes.md": "\n".join(_fausses_alertes()),
        **{f"regles/{fiche.code}.md": "\n".join(_page(fiche)) for fiche in fiches()},
    }


def _index() -> Iterator[str]:
    yield from (DERIVEE, "", "# Les contrôles", "", _GRAVITES, "")
    yield "Chaque code mène à sa page ; au terminal, `pilotage-xlsx regles OUT-003` dit la même "
    yield "chose. [Pourquoi aucune ne crie au loup](fausses-alertes.md)."
    for famille, cartes in groupby(fiches(), key=_famille):
        yield from ("", f"## {FAMILLES[famille]}", "")
        yield from ("| Règle | Gravité | Constat | § |", "|---|---|---|---|")
        for fiche in cartes:
            yield rangee(_lien(fiche), fiche.gravite.mot, fiche.message, fiche.paragraphe)
    yield ""


def _page(fiche: FicheDeRegle) -> Iterator[str]:
    situation, raison = fiche.doute
    yield from (DERIVEE, "", f"# {fiche.code} : {_titre(fiche)}", "")
    yield f"**{fiche.gravite.mot}** · note, {paragraphe(fiche.paragraphe)} · "
    yield f"[{FAMILLES[_famille(fiche)]}](../regles.md)"
    yield from ("", "## Pourquoi", "", proteger(fiche.pourquoi))
    yield from ("", "## Que faire", "", proteger(fiche.corriger))
    if fiche.supplante:
        codes = ", ".join(f"[{code}]({code}.md)" for code in fiche.supplante)
        yield from ("", f"À la même cellule, ce constat prend la place de {codes}.")
    if fiche.est_seule:
        yield from ("", "Sur la même ligne, rien d'autre n'est dit.")
    yield from ("", "## Et si c'était une fausse alerte ?", "")
    yield from (proteger(situation), "", proteger(raison), "")


def _fausses_alertes() -> Iterator[str]:
    yield from (DERIVEE, "", "# Pourquoi aucune règle ne crie au loup", "")
    yield "Une fausse alerte est pire qu'un oubli. Pour chaque règle, la situation de tous les "
    yield "jours où elle pourrait mentir, et pourquoi elle ne ment pas."
    for famille, cartes in groupby(fiches(), key=_famille):
        yield from ("", f"## {FAMILLES[famille]}", "")
        yield "| Règle | Ce qu'elle dit | La situation | Pourquoi elle ne ment pas |"
        yield "|---|---|---|---|"
        for fiche in cartes:
            yield rangee(_lien(fiche), fiche.message, *fiche.doute)
    yield ""


def _titre(fiche: FicheDeRegle) -> str:
    """Ce que dit la règle, en titre : le nom de sa fonction n'a pas d'accents."""
    dit = fiche.message.rstrip(".")
    return proteger(dit[:1].lower() + dit[1:])


def _famille(fiche: FicheDeRegle) -> str:
    return fiche.code[:3]


def _lien(fiche: FicheDeRegle) -> str:
    return f"[{fiche.code}](regles/{fiche.code}.md)"
