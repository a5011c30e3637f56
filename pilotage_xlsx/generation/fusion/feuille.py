"""Fusionner : la feuille de plus, où se lit tout ce que les communes n'ont pas dit pareil."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pilotage_xlsx.generation.fusion.reunion import Fusion, Passage, Renommage
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import FeuillePropre, Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import TexteSaisi, cle

FUSION = "Fusion"
"""Le nom de la feuille ; la commune l'enlève quand tout est tranché."""

_Rangee = Sequence[str]


class _Intitule(list[str]):
    """Une rangée qui nomme les colonnes des suivantes."""


def montrer(fusion: Fusion, communes: Sequence[str], modele: Modele) -> FeuillePropre:
    """La feuille « Fusion » : à trancher, numéros changés, textes qui les citent, totaux."""
    blocs = chain(
        _a_trancher(fusion, communes),
        _changes(fusion.changements),
        _cites(fusion, modele),
        _totaux(fusion.passages, modele),
    )
    rangees = [*blocs]
    cellules = {
        (ligne, colonne): TexteSaisi(texte)
        for ligne, rangee in enumerate(rangees, 1)
        for colonne, texte in enumerate(rangee, 1)
        if texte
    }
    intitules = frozenset(n for n, rangee in enumerate(rangees, 1) if isinstance(rangee, _Intitule))
    return FeuillePropre(FUSION, cellules, intitules=intitules)


def _a_trancher(fusion: Fusion, communes: Sequence[str]) -> Iterator[_Rangee]:
    yield [f"Fusion : {', '.join(communes)}"]
    yield []
    if not fusion.conflits:
        yield ["Rien n’est dit autrement d’une commune à l’autre."]
        return
    yield ["À trancher : dit autrement d’une commune à l’autre"]
    yield _Intitule(["Feuille", "Ligne", "Colonne", *communes, "Inscrit"])
    for une in fusion.conflits:
        dits = (une.dits.get(commune, "") for commune in communes)
        yield [une.feuille, une.ligne, une.colonne, *dits, une.inscrit]


def _changes(changements: Iterable[Renommage]) -> Iterator[_Rangee]:
    rangees = [[c.feuille, c.commune, c.avant, c.apres] for c in changements]
    if rangees:
        yield from ([], ["Numéros et noms changés ; ce qui les cite a suivi"])
        yield _Intitule(["Feuille", "Commune", "Avant", "Maintenant"])
        yield from rangees


def _cites(fusion: Fusion, modele: Modele) -> Iterator[_Rangee]:
    """Les textes libres, restés tels quels, qui citent un numéro changé."""
    prefixes = "|".join(re.escape(f.prefixe) for f in modele.registres if f.prefixe)
    motif = re.compile(rf"(?<![\w-])(?:{prefixes})-\d{{4}}-\d{{1,6}}(?!\d)", re.I | re.A)
    neufs = {(c.commune, cle(c.avant)): c.apres for c in fusion.changements}
    rangees = [
        [
            feuille.libelle,
            nom,
            colonne,
            passage.commune,
            numero,
            neufs[passage.commune, cle(numero)],
        ]
        for passage in fusion.passages
        if passage.inscrite is not None
        for feuille in (modele.par_id[passage.recue.lieu.registre],)
        for nom in (afficher(passage.inscrite.valeurs.get(feuille.cle or "")),)
        for colonne, texte in _textes_libres(passage.recue, feuille)
        for numero in dict.fromkeys(motif.findall(texte))
        if (passage.commune, cle(numero)) in neufs
    ]
    if rangees:
        yield from ([], ["Textes à relire : ils citent un numéro d’avant"])
        yield _Intitule(["Feuille", "Ligne", "Colonne", "Commune", "Numéro cité", "Maintenant"])
        yield from rangees


def _textes_libres(ligne: Ligne, feuille: Feuille) -> Iterator[tuple[str, str]]:
    for nom, valeur in ligne.valeurs.items():
        colonne = feuille.par_id[nom]
        if isinstance(valeur, str) and not colonne.reference and nom != feuille.cle:
            yield colonne.libelle, valeur
    for entete, valeur in ligne.propres.items():
        if isinstance(valeur, str):
            yield entete, valeur


def _totaux(passages: Iterable[Passage], modele: Modele) -> Iterator[_Rangee]:
    rangees = [
        [modele.par_id[p.recue.lieu.registre].libelle, p.commune, *_dire(p.recue)]
        for p in passages
        if p.inscrite is None
    ]
    if rangees:
        yield from ([], ["Lignes « Total » : elles ne valent plus, et ne sont pas reprises"])
        yield _Intitule(["Feuille", "Commune", "Cellules"])
        yield from rangees


def _dire(ligne: Ligne) -> Iterator[str]:
    yield from (afficher(v) for v in (*ligne.valeurs.values(), *ligne.propres.values()))
