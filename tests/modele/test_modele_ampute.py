"""Un modèle adapté, une colonne en moins : la faute se dit, ou tout marche encore."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import resumer
from pilotage_xlsx.metier.evolution import comparer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.coherence import incoherences
from pilotage_xlsx.rapport import calculer, composer
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification import verifier
from tests.commandes.ligne import classeur
from tests.petites_tables import petites_tables
from tests.tableaux import modele

AU = date(2026, 11, 24)
VALMARIN = Path(__file__).parents[2] / "exemples" / "valmarin-2026.xlsx"


def _sans(feuille: str, colonne: str) -> Modele:
    entier = modele().par_id[feuille]
    amputee = replace(entier, colonnes=tuple(c for c in entier.colonnes if c.id != colonne))
    feuilles = (amputee if f is entier else f for f in modele().feuilles)
    return replace(modele(), feuilles=tuple(feuilles), kit=None)


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """L'exemple, aux tables courtes : les mêmes données."""
    return classeur(tmp_path_factory.mktemp("court"))


@pytest.mark.parametrize("feuille", [feuille.id for feuille in modele().feuilles])
def test_une_colonne_en_moins(feuille: str, court: Path) -> None:
    for colonne in modele().par_id[feuille].colonnes:
        ampute = _sans(feuille, colonne.id)
        if not list(incoherences(ampute)):
            lu = lire(court, ampute)
            constats = verifier(lu, ampute, AU)
            composer(calculer(lu, ampute, annee=2026, au=AU, constats=resumer(constats)))


@pytest.mark.parametrize("seuil", ["seuil_hausse_pourcent", "seuil_hausse_chf"])
def test_sans_seuil_de_hausse_deux_annees_se_comparent(seuil: str) -> None:
    ampute = _sans("commune", seuil)
    annees = (lire(VALMARIN.with_name(f"valmarin-{annee}.xlsx"), ampute) for annee in (2025, 2026))
    avant, apres = (Liens(ampute, lu, AU) for lu in annees)
    assert comparer(avant, apres).changements


@pytest.mark.parametrize("feuille", [feuille.id for feuille in modele().feuilles])
def test_une_colonne_en_moins_le_classeur_se_genere(feuille: str) -> None:
    """Ou le modèle se refuse au chargement ; jamais de panne."""
    for colonne in modele().par_id[feuille].colonnes:
        ampute = _sans(feuille, colonne.id)
        if not list(incoherences(ampute)):
            with petites_tables(2, 1, 1):
                assert generer(ampute, Registre(Path("vierge.xlsx")), AU)


@pytest.mark.parametrize(
    ("feuille", "colonne"),
    [
        ("commune", "annee"),
        ("commune", "canton"),
        ("outils", "echeance"),
        ("outils", "cout_annuel"),
        ("decisions", "date"),
    ],
)
def test_une_colonne_que_le_classeur_emploie(feuille: str, colonne: str) -> None:
    fautes = "\n".join(incoherences(_sans(feuille, colonne)))
    assert f"feuilles/{feuille}.toml : colonnes : il manque « {colonne} »" in fautes


def _sans_la_feuille(nom: str) -> Modele:
    """Le modèle livré sans cette feuille, que plus rien n'y cite."""
    feuilles = (
        replace(
            feuille,
            colonnes=tuple(
                replace(c, reference=tuple(r for r in c.reference if r != nom))
                for c in feuille.colonnes
            ),
        )
        for feuille in modele().feuilles
        if feuille.id != nom
    )
    identite = modele().identite
    noms = tuple(feuille for feuille in identite.feuilles if feuille != nom)
    return replace(
        modele(), feuilles=tuple(feuilles), kit=None,
        identite=replace(identite, feuilles=noms, depuis=()),
    )  # fmt: skip


@pytest.mark.parametrize("nom", [feuille.id for feuille in modele().feuilles])
def test_une_feuille_en_moins(nom: str, court: Path) -> None:
    """Le modèle se refuse d'une phrase, ou tout marche sans elle."""
    ampute = _sans_la_feuille(nom)
    if fautes := list(incoherences(ampute)):
        assert fautes == [
            f"modele.toml : feuilles : il manque « {nom} », dont les contrôles ont besoin"
        ]
        return
    lu = lire(court, ampute)
    composer(calculer(lu, ampute, annee=2026, au=AU, constats=resumer(verifier(lu, ampute, AU))))
    comparer(Liens(ampute, lu, AU), Liens(ampute, lu, AU))
    with petites_tables(2, 1, 1):
        assert generer(ampute, Registre(Path("vierge.xlsx")), AU)


def test_la_feuille_des_echanges_peut_manquer() -> None:
    assert not list(incoherences(_sans_la_feuille("echanges")))
