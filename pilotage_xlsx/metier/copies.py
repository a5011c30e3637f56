"""Deux copies d'un même classeur : lesquelles vont ensemble, et ce qui y diffère, case par case.

« commune (1).xlsx », « commune - Copie.xlsx », la copie en conflit d'un nuage : deux personnes ont
peut-être travaillé chacune dans la sienne. Les lignes se retrouvent par leur nom ou leur numéro.

>>> from pathlib import Path
>>> noms = ("a (1).xlsx", "a - Copie (2).xlsx", "a (conflit de Zoé).xlsx")
>>> [nom_d_origine(Path(nom)) for nom in noms]
['a', 'a', 'a']
>>> from tests.tableaux import modele, registre
>>> un = registre("outils | nom | lieu_donnees\\n | GED | Suisse")
>>> autre = registre("outils | nom | lieu_donnees\\n | GED | UE/EEE\\n | Eau |", fichier="b.xlsx")
>>> [(e.nom, e.colonne, e.ici, e.ailleurs) for e in comparer(modele(), un, autre)]
[('GED', 'lieu_donnees', 'UE/EEE', 'Suisse'), ('Eau', 'nom', 'Eau', None)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from pilotage_xlsx.modele import Feuille, Forme, Modele
from pilotage_xlsx.registre import Emplacement, Ligne, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.rapprochement import grouper
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import cle, cle_large

ECARTS_MAX = 500
"""Au-delà, ce ne sont plus deux copies : les premiers écarts suffisent à le voir."""

_SUITES = motif(
    r"(?i)[ _-]{0,9}(?:\(\d{1,3}\)|\([^()]{0,99}(?:conflit|conflict|copie|copy)[^()]{0,99}\)"
    r"|- ?copie|- ?copy|[ _-](?:conflit|conflict)[\w .-]{0,99}|\.sync-conflict[\w.-]{0,99})$"
)


class Ecart(msgspec.Struct, frozen=True):
    """Une cellule qui diffère : ce qu'elle dit ici et dans l'autre copie ; rien, si l'autre n'a pas
    cette ligne."""

    lieu: Emplacement
    aussi: Emplacement | None
    registre: str
    colonne: str
    libelle: str
    nom: str
    ici: str
    ailleurs: str | None


def reunir(registres: Iterable[Registre]) -> tuple[tuple[Registre, ...], ...]:
    """Les classeurs lus qui semblent des copies : même commune et même année, ou même nom."""
    lus = [registre for registre in registres if registre.refus is None]
    par_commune = _groupes(lus, {id(r): _commune_et_annee(r) for r in lus})
    deja = {id(registre) for memes in par_commune for registre in memes}
    restes = [registre for registre in lus if id(registre) not in deja]
    return (*par_commune, *_groupes(restes, {id(r): _dossier_et_nom(r) for r in restes}))


def _groupes(
    registres: Iterable[Registre], cles: Mapping[int, tuple[str, ...]]
) -> list[tuple[Registre, ...]]:
    groupes = grouper(registres, lambda registre: cles[id(registre)])
    return [tuple(memes) for nom, memes in groupes if all(nom) and len(memes) > 1]


def _commune_et_annee(registre: Registre) -> tuple[str, str]:
    return cle_large(registre.commune.texte("commune") or ""), str(registre.annee or "")


def _dossier_et_nom(registre: Registre) -> tuple[str, ...]:
    dites = (dite or "?" for dite in _commune_et_annee(registre))
    return (*dites, str(registre.fichier.parent), cle(nom_d_origine(registre.fichier)))


def nom_d_origine(fichier: Path) -> str:
    """Le nom sans ce qu'un système y ajoute pour une copie : « (1) », « - Copie », un conflit."""
    nom, avant = fichier.stem, None
    while nom != avant:
        nom, avant = _SUITES.sub("", nom).strip(), nom
    return nom


def comparer(modele: Modele, un: Registre, autre: Registre) -> tuple[Ecart, ...]:
    """Ce qui diffère de l'une à l'autre, dans l'ordre des feuilles de l'autre."""
    ecarts = (e for feuille in modele.a_lire for e in _de_la_feuille(feuille, un, autre))
    return tuple(islice(ecarts, ECARTS_MAX))


def _de_la_feuille(feuille: Feuille, un: Registre, autre: Registre) -> Iterator[Ecart]:
    avant, apres = _par_nom(feuille, un), _par_nom(feuille, autre)
    for nom, ligne in apres.items():
        jumelle = avant.get(nom)
        if jumelle is None:
            yield _d_un_seul_cote(feuille, ligne)
        else:
            yield from _de_la_ligne(feuille, jumelle, ligne)
    for nom, ligne in avant.items():
        if nom not in apres:
            yield _d_un_seul_cote(feuille, ligne)


def _par_nom(feuille: Feuille, registre: Registre) -> dict[str, Ligne]:
    lignes: dict[str, Ligne] = {}
    for ligne in registre.lignes(feuille.id):
        lignes.setdefault(cle(_nommer(feuille, ligne)), ligne)
    return lignes


def _nommer(feuille: Feuille, ligne: Ligne) -> str:
    if feuille.forme is Forme.FICHE:
        return feuille.libelle
    return ligne.texte(feuille.cle or "") or f"ligne {ligne.numero}"


def _d_un_seul_cote(feuille: Feuille, ligne: Ligne) -> Ecart:
    colonne = feuille.cle or feuille.colonnes[0].id
    lieu, nom = ligne.emplacement(colonne), _nommer(feuille, ligne)
    return Ecart(lieu, None, feuille.id, colonne, feuille.libelle_de(colonne), nom, nom, None)


def _de_la_ligne(feuille: Feuille, un: Ligne, autre: Ligne) -> Iterator[Ecart]:
    for colonne in feuille.saisies:
        ici, ailleurs = afficher(autre[colonne.id]), afficher(un[colonne.id])
        if cle(ici) != cle(ailleurs):
            lieux = autre.emplacement(colonne.id), un.emplacement(colonne.id)
            dits = colonne.libelle, _nommer(feuille, autre), ici, ailleurs
            yield Ecart(*lieux, feuille.id, colonne.id, *dits)
