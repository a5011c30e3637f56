"""Fusionner : ce que plusieurs communes disent d'une même chose, accordé, ou montré opposé."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.modele import Colonne, Feuille, Forme, Genre
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Aveu
from pilotage_xlsx.registre import Ligne, Valeur, est_remise
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import TexteSaisi, cle

Dits = Mapping[str, Valeur]
"""Ce que chaque commune dit, par son nom ; celle qui ne dit rien n'y est pas."""


class Accord(NamedTuple):
    """Les valeurs d'une ligne commune, et ce que les communes opposent, par colonne."""

    valeurs: Mapping[str, Valeur]
    propres: Mapping[str, Valeur]
    opposes: Mapping[str, Dits]


def accorder(lignes: Mapping[str, Ligne], feuille: Feuille) -> Accord:
    """Une seule ligne de celles de plusieurs communes, données par leur nom."""
    dits = _rassembler({nom: ligne.valeurs for nom, ligne in lignes.items()})
    libres = _rassembler({nom: ligne.propres for nom, ligne in lignes.items()})
    opposes = {
        **{feuille.libelle_de(nom): d for nom, d in dits.items() if s_opposent(d)},
        **{entete: d for entete, d in libres.items() if s_opposent(d)},
    }
    valeurs = {nom: _inscrire(d, feuille.par_id[nom], feuille) for nom, d in dits.items()}
    propres = {entete: _joindre(d) if s_opposent(d) else _seule(d) for entete, d in libres.items()}
    return Accord(valeurs, propres, opposes)


def s_opposent(dits: Dits) -> bool:
    """Vrai si deux communes disent deux choses."""
    return len({_comparable(valeur) for valeur in dits.values() if not est_remise(valeur)}) > 1


def en_textes(dits: Dits) -> Mapping[str, str]:
    """Ce que chacune dit, tel que lu."""
    return {nom: afficher(valeur) for nom, valeur in dits.items()}


def _rassembler(toutes: Mapping[str, Mapping[str, Valeur]]) -> Mapping[str, Dits]:
    noms = dict.fromkeys(nom for valeurs in toutes.values() for nom in valeurs)
    return {
        nom: {commune: valeurs[nom] for commune, valeurs in toutes.items() if nom in valeurs}
        for nom in noms
    }


def _comparable(valeur: Valeur) -> str:
    if isinstance(valeur, tuple):
        return cle(";".join(sorted(map(cle, valeur))))
    est_nombre = isinstance(valeur, int | float)
    return repr(float(valeur)) if est_nombre else cle(afficher(valeur))  # type: ignore[arg-type]


def _inscrire(dits: Dits, colonne: Colonne, feuille: Feuille) -> Valeur:
    """La valeur commune ; de deux textes, les deux ; d'autres réponses, « À clarifier ».

    Ce qui nomme la commune n'admet pas d'aveu : la première le dit.
    """
    if not s_opposent(dits):
        return _seule(dits)
    est_libre = colonne.genre is Genre.TEXTE and feuille.forme is Forme.REGISTRE
    if colonne.plusieurs and not any(isinstance(v, Aveu) for v in dits.values()):
        return _unir(dits.values())
    if est_libre and colonne.id != feuille.cle:
        return _joindre(dits)
    return A_CLARIFIER if colonne.admet_l_aveu else _seule(dits)


def _seule(dits: Dits) -> Valeur:
    """Ce que dit la première qui dit quelque chose."""
    utiles = [valeur for valeur in dits.values() if not est_remise(valeur)]
    return (utiles or [*dits.values()])[0]


def _unir(valeurs: Iterable[Valeur]) -> Valeur:
    noms = {cle(nom): nom for valeur in valeurs for nom in _noms(valeur)}
    return tuple(noms.values())


def _noms(valeur: Valeur) -> Sequence[TexteSaisi]:
    return valeur if isinstance(valeur, tuple) else (TexteSaisi(afficher(valeur)),)


def _joindre(dits: Dits) -> Valeur:
    """« 0800 1 (Valmarin) ; 0800 2 (Belcombe) » : chacune le sien, sous son nom."""
    return TexteSaisi(" ; ".join(_attribuer(dits)))


def _attribuer(dits: Dits) -> Iterator[str]:
    communes: dict[str, tuple[str, list[str]]] = {}
    for commune, valeur in dits.items():
        if not est_remise(valeur):
            communes.setdefault(_comparable(valeur), (afficher(valeur), []))[1].append(commune)
    for texte, noms in communes.values():
        yield f"{texte} ({', '.join(noms)})"
