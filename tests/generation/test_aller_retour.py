"""Ce que l'on génère se relit tel quel, quoi qu'on y ait mis."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Colonne, Feuille, Genre
from pilotage_xlsx.registre.donnees import en_donnees
from tests.campagne import combien
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

_TEXTES = (
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=";\ufffe\uffff"),
        min_size=1,
        max_size=40,
    )
    .map(lambda texte: " ".join(texte.split()))
    .filter(bool)
)
_JOURS = st.dates(date(1990, 1, 1), date(2150, 1, 1)).map(date.isoformat)
_INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)).map(
    lambda instant: (instant.replace(second=0, microsecond=0) + timedelta(minutes=1)).isoformat()
)


def _valeurs(colonne: Colonne) -> st.SearchStrategy[Any]:
    match colonne.genre:
        case Genre.LISTE:
            return st.sampled_from(modele().choix(colonne))
        case Genre.DATE:
            return _JOURS
        case Genre.DATE_HEURE:
            return _JOURS
        case Genre.ENTIER:
            return st.integers(colonne.min or 0, colonne.max or 99_999)
        case Genre.MONTANT:
            return st.integers(0, 10**9).map(lambda centimes: centimes / 100)
        case Genre.REFERENCE if colonne.plusieurs:
            return st.lists(_TEXTES, min_size=1, max_size=3)
        case _:
            return _TEXTES


def _lignes(feuille: Feuille) -> st.SearchStrategy[dict[str, Any]]:
    facultatives = {c.id: _valeurs(c) for c in feuille.saisies if c.id != feuille.cle}
    cle = {feuille.cle: _TEXTES} if feuille.cle else {}
    return st.fixed_dictionaries(cle, optional=facultatives)


_DOCUMENTS = st.fixed_dictionaries(
    {"commune": _lignes(modele().fiche)}
    | {feuille.id: st.lists(_lignes(feuille), max_size=3) for feuille in modele().registres}
)


@settings(max_examples=combien(8, 40), deadline=None)
@given(_DOCUMENTS)
def test_lire_ce_que_l_on_genere(document: dict[str, Any]) -> None:
    attendu, _ = lire_donnees(document, modele(), Path("essai.xlsx"))
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier, "essai.xlsx")
        with petites_tables():
            chemin.write_bytes(generer(modele(), attendu, AU))
        relu = lire(chemin, modele())
    for feuille in modele().registres:
        lues = [ligne.valeurs for ligne in relu.lignes(feuille.id)]
        assert lues == [ligne.valeurs for ligne in attendu.lignes(feuille.id)]
    seuils = {c.id: c.defaut for c in modele().fiche.colonnes if c.defaut is not None}
    assert relu.commune.valeurs == {**seuils, **attendu.commune.valeurs}
    assert en_donnees(relu, modele())["outils"] == en_donnees(attendu, modele()).get("outils", [])
