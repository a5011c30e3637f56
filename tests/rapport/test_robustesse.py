"""Quoi que contienne un classeur, le rapport se calcule et se rend."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.rapport import composer, region, reunir
from pilotage_xlsx.rapport.mots import epurer
from pilotage_xlsx.rapport.rendus import classeur, html, pdf, texte
from tests.campagne import combien
from tests.rapport.communes import rapporter
from tests.tableaux import AU, modele

_LIBRES = st.text(st.characters(exclude_characters="|\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
_CASES = st.one_of(
    _LIBRES,
    st.sampled_from(["", "#REF!", "31.12.2026", "2026", "-5", "À clarifier", "12.03.2026 08:10"]),
    st.sampled_from([valeur for liste in modele().listes.values() for valeur in liste.choix]),
)


@st.composite
def communes(tirer: st.DrawFn) -> str:
    """Une commune dont chaque feuille a des lignes remplies au hasard."""
    lignes = []
    for feuille in modele().feuilles:
        colonnes = [colonne.id for colonne in feuille.saisies]
        lignes.append(f"{feuille.id} | {' | '.join(colonnes)}")
        for _ in range(tirer(st.integers(0, 2))):
            cases = tirer(st.lists(_CASES, min_size=len(colonnes), max_size=len(colonnes)))
            lignes.append(f" | {' | '.join(cases)}")
    return "\n".join(lignes)


@settings(max_examples=combien(10, 40), deadline=None)
@given(communes())
def test_aucun_classeur_n_arrete_le_rapport(commune: str) -> None:
    rapport = rapporter(commune, precedent=commune)
    ensemble = reunir([rapport, rapport], annee=2026, au=AU)
    for document in (composer(rapport), region.composer(ensemble)):
        html.rendre(document)
        texte.rendre(document)
        classeur.rendre(document, AU)
        assert pdf.rendre(document, AU).startswith(b"%PDF-1.7")


@given(st.text())
def test_un_texte_epure_ne_renverse_ni_ne_casse_la_page(brut: str) -> None:
    net = epurer(brut)
    assert not set(net) & set("\u202e\u2066\x00\x1b\n")
    assert epurer(net) == net
