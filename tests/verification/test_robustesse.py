"""Des registres vides, incomplets ou remplis de n'importe quoi ne font lever aucune règle."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pilotage_xlsx.modele import Feuille
from pilotage_xlsx.registre import Cellule, Ligne, NatureDeCellule, Registre, Valeur
from pilotage_xlsx.verification import verifier
from tests.campagne import combien
from tests.tableaux import AU, lire_cellule, modele, registre

CELLULES = st.one_of(
    st.builds(Cellule, st.sampled_from(NatureDeCellule), st.text(max_size=12), st.booleans()),
    st.builds(
        Cellule,
        st.just(NatureDeCellule.TEXTE),
        st.sampled_from(
            [valeur for liste in modele().listes.values() for valeur in liste.choix]
            + ["Total", ";", "A;B", "-", "{nom}", "%s", "mdp : {0}", "01.03.2026", "12", "Alpha"]
            + ["idem", "?", "2019", "mars 2026", "env. 500", "oui et non", "Alpha, Beta", "TITRE :"]
        ),
    ),
)


@st.composite
def registres(tirer: st.DrawFn) -> Registre:
    """Un registre où chaque cellule est tirée au hasard, dans quelques lignes par feuille."""
    lu = registre()
    feuilles = {
        feuille.id: replace(
            lu.feuilles[feuille.id],
            lignes=tuple(
                Ligne(lu.feuilles[feuille.id].lieu, numero, tirer(_valeurs(feuille)))
                for numero in range(6, 6 + tirer(st.integers(0, 3)))
            ),
        )
        for feuille in modele().feuilles
    }
    return replace(lu, feuilles=feuilles)


def _valeurs(feuille: Feuille) -> st.SearchStrategy[dict[str, Valeur]]:
    colonnes = st.sampled_from([colonne.id for colonne in feuille.saisies])
    return st.dictionaries(colonnes, CELLULES, max_size=12).map(
        lambda cellules: {
            nom: valeur
            for nom, cellule in cellules.items()
            if (valeur := lire_cellule(feuille, nom, cellule)) is not None
        }
    )


@settings(
    max_examples=combien(40, 150), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(registres())
def test_n_importe_quoi_donne_des_constats(lu: Registre) -> None:
    trouves = verifier(lu, modele(), AU)
    assert list(trouves) == sorted(trouves, key=lambda constat: constat.cle_de_tri)
    assert all(constat.message and constat.corriger for constat in trouves)


def test_un_classeur_sans_aucune_feuille_les_reclame_toutes() -> None:
    trouves = verifier(Registre(Path("vide.xlsx")), modele(), AU)
    assert [constat.regle for constat in trouves] == ["STR-001"] * len(modele().feuilles)


def test_verifier_ne_charge_rien_de_lourd() -> None:
    lourds = {"pandas", "xlsxwriter", "jinja2", "stdnum", "openpyxl"}
    code = "import pilotage_xlsx.verification, sys; print(*sys.modules)"
    sortie = run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not lourds & set(sortie.split())


def test_un_classeur_tout_faux_se_dit_dans_ses_bornes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Des centaines de milliers de fautes rempliraient la mémoire : on dit qu'il y en a plus."""
    monkeypatch.setattr("pilotage_xlsx.verification.FAITS_MAX", 4)
    premier, *autres = verifier(registre(), modele(), AU)
    assert premier.regle == "FIC-008"
    assert premier.message.startswith("Le classeur a des milliers de fautes")
    assert len(autres) == 4


def test_une_regle_ne_cache_pas_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilotage_xlsx.verification.FAITS_PAR_REGLE", 2)
    vus = verifier(registre("outils | nom | criticite\n | GED | Vitale"), modele(), AU)
    codes = [constat.regle for constat in vus]
    assert codes.count("CEL-001") == 2
    assert {"FIC-008", "CEL-002"} <= set(codes)
