"""Les paires de noms à réunir ou à proposer : recenser, puis comparer ce qui a un trait commun.

>>> numero_valide("CHE-123.456.788"), numero_valide("CHE-123.456.789")
('123456788', '')
>>> ecritures = recenser([("Alpha SA", ""), ("ALPHA S.A.", ""), ("Beta", "")], {})
>>> [(paire.raison, paire.une, paire.autre) for paire in comparer(ecritures)]
[('même nom, écrit autrement', 0, 1)]

Source du numéro : https://lawbrary.ch/law/art/UIDV-v2020.02-de-art-5 (voir `socle.ide`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pilotage_xlsx.metier.regroupement.formes import FormeDeNom, former
from pilotage_xlsx.metier.regroupement.produits import le_mieux_ecrit
from pilotage_xlsx.metier.regroupement.ressemblance import PROPOSABLE, juger
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.textes import Texte, cle, normaliser

MEME_IDE = "même IDE"
_BLOC_MAX = 400
"""Un début de mot que plus de noms partagent n'en rapproche aucun."""


class Ecriture(NamedTuple):
    """Une façon d'écrire un prestataire ; ``impose`` : le nom que la personne lui donne."""

    nom: str
    ide: str
    effectif: int
    forme: FormeDeNom
    impose: str


class Paire(NamedTuple):
    """Deux écritures, par leurs rangs, et la confiance qu'elles disent la même entreprise."""

    confiance: float
    raison: str
    une: int
    autre: int


def numero_valide(ide: Texte) -> str:
    """Les neuf chiffres d'un IDE bien formé et au bon chiffre de contrôle, sinon rien."""
    chiffres = ide if len(ide) == 9 and ide.isdecimal() else chiffres_d_un_ide(ide)
    return chiffres if chiffres and a_un_bon_chiffre_de_controle(chiffres) else ""


def recenser(
    inscriptions: Iterable[tuple[str, str]], correspondances: Mapping[str, str]
) -> list[Ecriture]:
    """Chaque façon d'écrire, une fois, dans l'ordre de sa forme comparable."""
    comptes: Counter[tuple[str, str]] = Counter()
    noms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for nom, ide in inscriptions:
        identite = cle(nom), numero_valide(ide)
        comptes[identite] += 1
        noms[identite][normaliser(nom)] += 1
    imposes = {montrable(cle(ecrit)): retenu for ecrit, retenu in correspondances.items()}
    return [
        Ecriture(
            le_mieux_ecrit(noms[i].elements()), i[1], comptes[i], former(i[0]),
            imposes.get(montrable(i[0]), ""),
        )
        for i in sorted(comptes)
    ]  # fmt: skip


def comparer(ecritures: Sequence[Ecriture]) -> Iterator[Paire]:
    """Les paires à réunir ou à proposer, chacune une fois."""
    vues: set[tuple[int, int]] = set()
    for bloc in _blocs(ecritures):
        for paire in combinations(bloc, 2):
            if paire not in vues:
                vues.add(paire)
                confiance, raison = _juger(ecritures[paire[0]], ecritures[paire[1]])
                if confiance:
                    yield Paire(confiance, raison, *paire)


def _juger(une: Ecriture, autre: Ecriture) -> tuple[float, str]:
    """Ce que la personne a décidé, puis l'IDE, puis les noms ; zéro si rien ne rapproche."""
    if une.impose and autre.impose:
        return (1.0, "votre correspondance") if cle(une.impose) == cle(autre.impose) else (0.0, "")
    if une.ide and autre.ide:
        return (1.0, MEME_IDE) if une.ide == autre.ide else (0.0, "")
    jugement = juger(une.forme, autre.forme)
    return jugement if jugement.confiance >= PROPOSABLE else (0.0, "")


def _blocs(ecritures: Sequence[Ecriture]) -> Iterator[list[int]]:
    """Les écritures qui partagent un trait : elles seules se comparent."""
    blocs: dict[str, list[int]] = defaultdict(list)
    for rang, ecriture in enumerate(ecritures):
        for trait in set(_traits(ecriture)):
            blocs[trait].append(rang)
    for trait in sorted(blocs):
        est_sur = trait.startswith(("ide ", "nom ", "forme "))
        if len(blocs[trait]) > 1 and (est_sur or len(blocs[trait]) <= _BLOC_MAX):
            yield blocs[trait]


def _traits(ecriture: Ecriture) -> Iterator[str]:
    if ecriture.ide:
        yield f"ide {ecriture.ide}"
    if ecriture.impose:
        yield f"nom {cle(ecriture.impose)}"
    chiffres = " ".join(ecriture.forme.chiffres)  # deux noms de chiffres différents sont étrangers
    for trait in _traits_du_nom(ecriture.forme):
        yield f"{trait} {chiffres}"


def _traits_du_nom(forme: FormeDeNom) -> Iterator[str]:
    yield f"forme {forme.compacte}"
    yield f"debut {forme.compacte[:4]}"
    for mot in forme.propres or forme.mots:
        yield f"debut {mot[:3]}"
        yield f"fin {mot[-4:]}"
    yield f"sigle {forme.sigle or (forme.initiales if len(forme.mots) > 2 else forme.compacte)}"
