"""Un remède ne se retourne pas contre qui le suit : ce qu'il nomme, écrit tel quel, n'empire rien.

Chaque remède qui nomme une réponse (« Choisir « X » », « Vouliez-vous dire « X » ? ») est suivi à
la lettre, sur tous les cas fautifs ; les autres (`A_LA_MAIN`) demandent ce qu'un essai ne sait pas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.modele import Forme
from pilotage_xlsx.registre import Cellule, Emplacement, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.verification import verifier
from pilotage_xlsx.verification.propositions import chercher_les_propositions
from pilotage_xlsx.verification.reparable import Reparee
from tests.tableaux import AU, lire_cellule, modele, registre
from tests.verification.cas import Cas
from tests.verification.test_regles import CAS

Geste = tuple[Constat, Emplacement, str]
"""Un constat, la cellule que son remède nomme, et ce qu'il dit d'y écrire."""

_DITS = re.compile(r"«\s*([^«»]+?)\s*»(?: dans «\s*([^«»]+?)\s*»)?")
OUVRENT_UNE_QUESTION = {("INC-004", "Oui"), ("INC-005", "Oui")}
"""La réponse est peut-être la bonne, et en appelle une autre, que le remède annonce."""

A_LA_MAIN = frozenset(
    {
        "CEL-003",
        "CEL-004",
        "CEL-005",
        "CEL-006",
        "CEL-007",
        "CEL-008",
        "CEL-009",
        "CEL-010",
        "CEL-011",
        "CEL-012",
        "CEL-013",
        "CEL-014",
        "CEL-015",
        "CEL-016",
        "CEL-017",
        "CEL-019",
        "CEL-020",
        "CEL-021",
        "CEL-023",
        "COM-001",
        "COM-002",
        "COM-003",
        "DEC-001",
        "DEC-002",
        "DEC-004",
        "DEC-006",
        "DEC-007",
        "DEC-008",
        "DEC-009",
        "DEC-010",
        "DEC-011",
        "DEC-012",
        "DEC-013",
        "INC-001",
        "INC-002",
        "INC-003",
        "INC-007",
        "INC-008",
        "INC-009",
        "INC-010",
        "INC-011",
        "INC-012",
        "INC-013",
        "INC-014",
        "INC-015",
        "INC-016",
        "OUT-003",
        "OUT-004",
        "OUT-005",
        "OUT-006",
        "OUT-007",
        "OUT-008",
        "OUT-009",
        "OUT-010",
        "OUT-011",
        "OUT-012",
        "OUT-013",
        "OUT-015",
        "OUT-016",
        "OUT-017",
        "OUT-018",
        "OUT-019",
        "OUT-020",
        "OUT-021",
        "OUT-022",
        "OUT-023",
        "OUT-024",
        "PRE-001",
        "PRE-003",
        "PRE-004",
        "PRE-005",
        "PRE-006",
        "PRE-007",
        "PRE-008",
        "SIG-001",
        "SIG-002",
        "SIG-003",
    }
)
"""Ceux-là demandent ce qu'un essai ne sait pas : chercher, demander, décider, corriger une date."""


def _gestes(lu: Registre) -> Iterator[Geste]:
    for constat in verifier(lu, modele(), AU):
        for valeur, libelle in _DITS.findall(constat.corriger.replace("\u202f", " ")):
            for lieu in _cibles(constat, libelle):
                if _est_une_reponse(lu, lieu, valeur):
                    yield constat, lieu, valeur


def _cibles(constat: Constat, libelle: str) -> Iterator[Emplacement]:
    """La cellule du constat, celles qu'il nomme aussi ; ou celle du libellé, sur sa ligne."""
    if not libelle:
        yield from (constat.lieu, *constat.aussi)
    elif constat.registre is not None:
        feuille = modele().par_id[constat.registre]
        for rang, colonne in enumerate(feuille.colonnes, 2):
            if colonne.libelle == libelle and feuille.forme is Forme.REGISTRE:
                yield replace(constat.lieu, colonne=rang)


def _est_une_reponse(lu: Registre, lieu: Emplacement, valeur: str) -> bool:
    trouve = _trouver(lu, lieu)
    if trouve is None:
        return False
    feuille, colonne = modele().par_id[trouve[0].lieu.registre], trouve[1]
    decrite = feuille.par_id[colonne]
    return valeur in (*modele().choix(decrite), *decrite.mentions)


def _trouver(lu: Registre, lieu: Emplacement) -> tuple[Ligne, str] | None:
    for lue in lu.feuilles.values():
        for ligne in lue.lignes:
            for colonne in modele().par_id[ligne.lieu.registre].par_id:
                if ligne.emplacement(colonne) == lieu and lieu.ligne is not None:
                    return ligne, colonne
    return None


def _ecrire(lu: Registre, lieu: Emplacement, valeur: str) -> Registre:
    trouve = _trouver(lu, lieu)
    assert trouve is not None
    ligne, colonne = trouve
    cellule = Cellule(NatureDeCellule.TEXTE, valeur)
    lue = lire_cellule(modele().par_id[ligne.lieu.registre], colonne, cellule)
    valeurs = {**ligne.valeurs, colonne: lue}
    nouvelle = replace(ligne, valeurs=valeurs, cellules={**ligne.cellules, colonne: cellule})
    feuille = lu.feuilles[ligne.lieu.registre]
    lignes = tuple(nouvelle if autre is ligne else autre for autre in feuille.lignes)
    return replace(
        lu, feuilles={**lu.feuilles, ligne.lieu.registre: replace(feuille, lignes=lignes)}
    )


def _en_texte(valeur: Reparee) -> str:
    return valeur if isinstance(valeur, str) else afficher(valeur)


def _pires(lu: Registre, geste: Geste) -> list[str]:
    constat, lieu, valeur = geste
    avant = {(c.regle, c.lieu) for c in verifier(lu, modele(), AU)}
    apres = verifier(_ecrire(lu, lieu, valeur), modele(), AU)
    return [
        f"{c.regle} {c.gravite.value} {c.message}"
        for c in apres
        if (c.regle, c.lieu) not in avant and c.gravite.rang < constat.gravite.rang
    ]


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_ce_que_le_remede_nomme_n_empire_rien(cas: Cas) -> None:
    lu = registre(cas.fautif)
    for geste in _gestes(lu):
        constat, _, valeur = geste
        if (constat.regle, valeur) not in OUVRENT_UNE_QUESTION:
            assert _pires(lu, geste) == [], (constat.regle, constat.corriger, valeur)


@pytest.mark.parametrize("regle", sorted({regle for regle, _ in OUVRENT_UNE_QUESTION}))
def test_une_reponse_qui_en_appelle_une_autre_l_annonce(regle: str) -> None:
    (cas,) = (cas for cas in CAS if cas.code == regle)
    dits = [c.corriger for c in verifier(registre(cas.fautif), modele(), AU) if c.regle == regle]
    assert all(
        "« Oui » et dire alors quand l'exécutif" in dit.replace("\u202f", " ") for dit in dits
    )


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.code)
def test_ce_que_corriger_propose_n_empire_rien(cas: Cas) -> None:
    lu = registre(cas.fautif)
    erreurs = [c for c in verifier(lu, modele(), AU) if c.gravite is Gravite.ERREUR]
    for proposition in chercher_les_propositions(lu, modele(), AU):
        repare = lu
        for reparation in proposition.reparations:
            repare = _ecrire(repare, reparation.lieu, _en_texte(reparation.valeur))
        apres = [c for c in verifier(repare, modele(), AU) if c.gravite is Gravite.ERREUR]
        assert len(apres) <= len(erreurs), (proposition.avant, proposition.apres)


def test_les_remedes_qui_ne_nomment_rien_sont_connus() -> None:
    suivis = {
        geste[0].regle
        for cas in CAS
        for geste in _gestes(registre(cas.fautif))
        if geste[0].regle == cas.code
    }
    assert {cas.code for cas in CAS} - suivis == A_LA_MAIN
