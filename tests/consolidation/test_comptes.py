"""Les comptes : lignes lues = en vigueur + hors vigueur + laissées de côté."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.consolidation import Comptes
from tests.campagne import combien
from tests.consolidation.classeurs import classeur, commune, joindre, refuse

NOMS = st.sampled_from(["GED", "Mail", "Total", "Site"])
STATUTS = st.sampled_from(["", "En service", "Arrêté", "Vendu", "À confirmer"])
OUTILS = st.lists(st.tuples(NOMS, STATUTS), max_size=6)
Contenu = tuple[str, list[tuple[str, str]]]
CLASSEURS = st.lists(st.tuples(st.sampled_from(["Valmarin", "Belcombe", ""]), OUTILS), max_size=5)


def _texte(nom: str, outils: list[tuple[str, str]]) -> str:
    rangees = "".join(f"\n | {outil} | {statut}" for outil, statut in outils)
    return commune(nom) + f"outils | nom | statut{rangees}"


@settings(max_examples=combien(15, 40), deadline=None)
@given(CLASSEURS)
def test_toute_ligne_lue_est_comptee_une_fois(contenus: list[Contenu]) -> None:
    classeurs = [classeur(_texte(*c), f"{rang}.xlsx") for rang, c in enumerate(contenus)]
    consolidation = joindre(*classeurs)
    comptes, outils = consolidation.comptes, consolidation.tables["outils"]
    assert comptes.lues == sum(len(c) for _, c in contenus)
    assert comptes.lues == comptes.en_vigueur + comptes.hors_vigueur + comptes.laissees
    assert comptes.retenues == len(outils)
    assert comptes.en_vigueur == outils["en_vigueur"].sum()
    assert comptes.lues == consolidation.provenance["lues.outils"].sum()


def test_la_phrase_dit_les_raisons() -> None:
    comptes = Comptes(
        lues=1200, en_vigueur=1100, hors_vigueur=90, totaux=1, a_confirmer=2, ecartees=7
    )
    assert comptes.phrase() == (
        "1'200 lignes lues = 1'100 en vigueur + 90 hors vigueur + 10 de côté "
        "(1 « Total », 2 à confirmer, 7 de classeurs écartés)."
    )


def test_la_phrase_des_fichiers_accorde() -> None:
    consolidation = joindre(
        refuse(), classeur(commune("A"), "a.xlsx"), classeur(commune("B"), "b.xlsx")
    )
    assert consolidation.phrase() == "3 fichiers : 2 retenus, 1 refusé."


def test_la_provenance_dit_ce_qui_n_est_pas_repris() -> None:
    texte = commune("Valmarin") + "outils | nom | cout_annuel\n | GED | 5\n | Total | 5"
    remarque = joindre(classeur(texte)).provenance["remarques"][0]
    assert remarque == "Outils, ligne 7 : « Total », non reprise."


def test_la_provenance_compte_ce_qui_est_masque() -> None:
    texte = commune("Valmarin") + "outils | nom | remarques\n | GED | mdp : Soleil2026!"
    assert joindre(classeur(texte)).provenance["masquees"][0] == 1
