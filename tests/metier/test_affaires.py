"""Ce qui échoit et ce qui appelle une décision : une seule réponse, dans chaque pièce.

Le jour est le 24.11.2026 ; proche veut dire jusqu'au 23.04.2027 (90 jours d'alerte, 60 de
préparation).
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pilotage_xlsx.consolidation.mutualisation.participantes import reduire
from pilotage_xlsx.metier.affaires import Nature, Sinon, Urgence, recenser
from pilotage_xlsx.metier.chiffres.dependance import CAPTIFS
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import a_faire
from pilotage_xlsx.rapport.points import a_decider
from pilotage_xlsx.verification import verifier
from tests.tableaux import AU, modele, registre

_QUI_PARLENT = ("OUT-005", "OUT-006", "OUT-007", "OUT-020", "OUT-021", "OUT-022", "DEC-004")
"""Les règles qui disent qu'un contrat ou une révision appelle quelqu'un."""


class Situation(NamedTuple):
    """Une situation, et ce que chaque pièce en dit : règles, tâches, points à décider."""

    titre: str
    table: str
    regles: tuple[str, ...]
    taches: tuple[str, ...]
    points: tuple[Nature, ...]


_DE_LA_COMMUNE = (Nature.ADOPTION, Nature.REFERENT, Nature.SUPPLEANT)
"""Ce que la feuille Commune, vide ici, demande de décider."""

_DECISION = "decisions | numero | date | outil | statut | a_revoir_le | remplace"
SITUATIONS = (
    Situation(
        "contrat proche, décidé il y a deux mois",
        f"""
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.05.2027 | 3                 | Tacite
        {_DECISION}
               | D-1 | 24.09.2026 | GED | Validée | |
        """,
        (),
        (),
        (),
    ),
    Situation(
        "contrat proche, sur décision expresse",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.03.2027 | 3                 | Sur décision expresse
        """,
        ("OUT-020",),
        ("Fin du contrat, à renouveler",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "contrat proche, à durée indéterminée",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.05.2027 | 3                 | Durée indéterminée
        """,
        ("OUT-021",),
        ("Dernier jour pour résilier",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "contrat proche d'un outil en projet",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement | statut
               | GED | 31.05.2027 | 3                 | Tacite         | En projet
        """,
        ("OUT-005",),
        ("Dernier jour pour résilier",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "dernier jour passé, renouvellement à clarifier",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2026 | 3                 | À clarifier
        """,
        ("OUT-006",),
        ("Dernier jour pour résilier, passé",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "proposition dont le jour de révision est passé",
        f"""
        {_DECISION}
               | D-1 | 01.11.2026 | | Proposée | 01.10.2026 |
        """,
        (),
        ("Décision proposée, à trancher",),
        (Nature.PROPOSITION,),
    ),
    Situation(
        "validée, à revoir depuis longtemps, déjà en train d'être remplacée",
        f"""
        {_DECISION}
               | D-1 | 01.11.2020 | | Validée  | 01.10.2026 |
               | D-2 | 01.11.2026 | | Proposée |            | D-1
        """,
        (),
        ("Décision proposée, à trancher",),
        (Nature.PROPOSITION,),
    ),
    Situation(
        "tacite, sans délai de résiliation, qui finit dans trente jours",
        """
        outils | nom | echeance   | renouvellement
               | GED | 24.12.2026 | Tacite
        """,
        ("OUT-005",),
        ("Fin du contrat, délai inconnu",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "échu et encore en service",
        """
        outils | nom | echeance   | renouvellement
               | GED | 30.06.2026 | Sur décision expresse
        """,
        ("OUT-007",),
        ("Échéance passée, à mettre à jour",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "tacite, dernier jour passé, décision d'il y a dix ans",
        f"""
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2026 | 3                 | Tacite
        {_DECISION}
               | D-1 | 24.09.2016 | GED | Validée | |
        """,
        ("OUT-006",),
        ("Dernier jour pour résilier, passé",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "tacite, dernier jour passé, une proposition en traite",
        f"""
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2026 | 3                 | Tacite
        {_DECISION}
               | D-1 | 01.11.2026 | GED | Proposée | |
        """,
        (),
        ("Décision proposée, à trancher",),
        (Nature.PROPOSITION,),
    ),
    Situation(
        "outil arrêté dont le contrat tacite repart bientôt",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement | statut
               | GED | 31.12.2026 | 3                 | Tacite         | Arrêté
        """,
        ("OUT-022",),
        ("Dernier jour pour résilier, passé",),
        (Nature.CONTRAT,),
    ),
    Situation(
        "outil arrêté, contrat fini depuis longtemps",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement | statut
               | GED | 31.12.2024 | 3                 | Tacite         | Arrêté
               | Eau | 31.12.2024 |                   |                | Arrêté
        """,
        (),
        (),
        (),
    ),
    Situation(
        "durée indéterminée, échéance passée : le contrat continue",
        """
        outils | nom | echeance   | renouvellement
               | GED | 30.06.2026 | Durée indéterminée
        """,
        (),
        (),
        (),
    ),
    Situation(
        "contrat lointain",
        """
        outils | nom | echeance   | delai_resiliation | renouvellement
               | GED | 31.12.2029 | 3                 | Tacite
        """,
        (),
        (),
        (),
    ),
)


def _regles(table: str) -> tuple[str, ...]:
    vus = (constat.regle for constat in verifier(registre(table), modele(), AU))
    return tuple(sorted(regle for regle in vus if regle in _QUI_PARLENT))


def _liens(table: str) -> Liens:
    return Liens(modele(), registre(table), AU)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.titre)
def test_chaque_piece_donne_la_meme_reponse(situation: Situation) -> None:
    liens = _liens(situation.table)
    assert _regles(situation.table) == situation.regles
    assert tuple(tache.travail for tache in a_faire(liens)) == situation.taches
    natures = (point.nature for point in a_decider(liens))
    assert tuple(n for n in natures if n not in _DE_LA_COMMUNE) == situation.points


def test_une_recuperation_vide_ne_fait_pas_un_outil_captif() -> None:
    table = """
    outils | nom | criticite     | remplacement   | recuperation
           | GED | Indispensable | Très difficile |
    """
    liens = _liens(table)
    assert "OUT-015" not in {c.regle for c in verifier(registre(table), modele(), AU)}
    assert CAPTIFS.mesurer(liens, 2026).compte == 0
    assert [outil.est_captif for outil in reduire(liens).outils] == [False]


@pytest.mark.parametrize(
    ("echeance", "urgence"),
    [
        ("23.11.2026", Urgence.PASSEE),
        ("24.11.2026", Urgence.PROCHE),
        ("23.04.2027", Urgence.PROCHE),
        ("24.04.2027", Urgence.LOINTAINE),
    ],
)
def test_l_urgence_change_au_jour_pres(echeance: str, urgence: Urgence) -> None:
    table = f"""
    outils | nom | echeance   | delai_resiliation | renouvellement
           | GED | {echeance} | 0                 | Tacite
    """
    (affaire,) = (a for a in recenser(_liens(table)) if a.nature is Nature.CONTRAT)
    assert affaire.urgence is urgence


@pytest.mark.parametrize(
    ("renouvellement", "a_venir", "passe"),
    [
        ("Tacite", Sinon.SERA_RECONDUIT, Sinon.A_ETE_RECONDUIT),
        ("Sur décision expresse", Sinon.PREND_FIN, Sinon.A_PRIS_FIN),
        ("Durée indéterminée", Sinon.CONTINUE, None),
        ("Sans contrat", Sinon.PREND_FIN, Sinon.A_PRIS_FIN),
        ("À clarifier", Sinon.INCERTAIN, Sinon.INCERTAIN),
        ("", Sinon.INCERTAIN, Sinon.A_PRIS_FIN),
        ("bof", None, None),
    ],
)
def test_ce_que_devient_un_contrat(
    renouvellement: str, a_venir: Sinon | None, passe: Sinon | None
) -> None:
    for echeance, sinon in (("24.11.2026", a_venir), ("23.11.2026", passe)):
        table = f"outils | nom | echeance | renouvellement\n | GED | {echeance} | {renouvellement}"
        dits = [a.sinon for a in recenser(_liens(table)) if a.nature is Nature.CONTRAT]
        assert dits == ([] if sinon is None else [sinon])


@pytest.mark.parametrize(
    ("fiche", "natures"),
    [
        ("", [Nature.ADOPTION, Nature.REFERENT, Nature.SUPPLEANT]),
        ("note_adoptee_le | 24.11.2026", [Nature.REFERENT, Nature.SUPPLEANT]),
        ("note_adoptee_le | 25.11.2026", [Nature.ADOPTION, Nature.REFERENT, Nature.SUPPLEANT]),
        ("note_adoptee_le | À clarifier", [Nature.ADOPTION, Nature.REFERENT, Nature.SUPPLEANT]),
        ("referent_nom | Anne", [Nature.ADOPTION, Nature.SUPPLEANT]),
        ("suppleant_nom | Max", [Nature.ADOPTION, Nature.REFERENT]),
    ],
)
def test_ce_que_la_commune_doit_encore_decider(fiche: str, natures: list[Nature]) -> None:
    colonne, _, valeur = fiche.partition(" | ")
    table = f"commune | {colonne}\n | {valeur}" if fiche else ""
    assert [a.nature for a in recenser(_liens(table))] == natures
