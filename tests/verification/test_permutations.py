"""Le verdict ne dépend pas de l'ordre : lignes triées, colonnes et feuilles déplacées."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilotage_xlsx.generation import generer
from pilotage_xlsx.gestes.modele import en_donnees as en_json
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele import ACCEPTES, Feuille, Forme
from pilotage_xlsx.registre import Lieu, Ligne, Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.verification import juger, verifier
from tests.campagne import combien
from tests.hasard import tirer
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

Verdict = Counter[tuple[str, str, str | None, str | None, str]]
_DOUBLES = {"CEL-005", "OUT-012", "OUT-013", "PRE-007", "PRE-008", "INC-009"}
"""Leur constat est à la dernière ligne concernée : l'ordre choisit laquelle, pas s'il y en a un."""


def _tirer(graine: int, lignes: int = 6) -> Registre:
    """Un registre au hasard, plein de points à porter, et de quelques cellules gâtées."""
    hasard = Random(graine)
    document = tirer(en_json(modele()), hasard, lignes=lignes)
    for feuille in modele().registres:
        for objet in document[feuille.id]:
            if hasard.random() < 0.3:
                gatee = hasard.choice([c.id for c in feuille.saisies if c.id != feuille.cle])
                objet[gatee] = hasard.choice(("?", "31.02.2026", "Un peu des deux", None))
    document[ACCEPTES] = [
        {"regle": "CEL-001", "ligne": nom, "motif": "Assumé", "jusqu_au": "2026-12-31"}
        for nom in (document["outils"][0]["nom"], document["decisions"][1]["numero"])
    ]
    return lire_donnees(document, modele(), Path("permute.xlsx"))[0]


def _verdict(registre: Registre) -> Verdict:
    """Ce qui est dit de chaque chose, sans la place où elle se trouve."""
    jugement = juger(registre, modele(), AU)
    acceptes = (accepte.constat for accepte in jugement.acceptes)
    return Counter(_sans_lieu(c, registre) for c in (*jugement.constats, *acceptes))


def _sans_lieu(
    constat: Constat, registre: Registre
) -> tuple[str, str, str | None, str | None, str]:
    if constat.regle in _DOUBLES:
        return (constat.regle, constat.gravite, constat.registre, constat.colonne, "")
    nom = _nom(registre, constat)
    return (constat.regle, constat.gravite, constat.registre, constat.colonne, nom)


def _nom(registre: Registre, constat: Constat) -> str:
    feuille = modele().par_id[constat.registre or "commune"]
    lignes = registre.lignes(feuille.id)
    ligne = next((ligne for ligne in lignes if ligne.numero == constat.lieu.ligne), None)
    return afficher(ligne[feuille.cle]) if ligne and feuille.cle else ""


def _permuter_les_lignes(registre: Registre, hasard: Random) -> Registre:
    feuilles = {}
    for identifiant, lue in registre.feuilles.items():
        numeros = [ligne.numero for ligne in lue.lignes]
        melangees = hasard.sample(lue.lignes, len(lue.lignes))
        lignes = zip(numeros, melangees, strict=True)
        ranges = tuple(replace(ligne, numero=numero) for numero, ligne in lignes)
        feuilles[identifiant] = replace(lue, lignes=ranges)
    return replace(registre, feuilles=feuilles)


def _permuter_les_colonnes(registre: Registre, hasard: Random) -> Registre:
    feuilles = {}
    for identifiant, lue in registre.feuilles.items():
        places = hasard.sample(list(lue.lieu.colonnes.items()), len(lue.lieu.colonnes))
        rangs = sorted(lue.lieu.colonnes.values())
        colonnes = {nom: rang for (nom, _), rang in zip(places, rangs, strict=True)}
        lieu = replace(lue.lieu, colonnes=colonnes)
        lignes = tuple(_deplacer(ligne, lieu, hasard) for ligne in lue.lignes)
        feuilles[identifiant] = replace(lue, lieu=lieu, lignes=lignes)
    return replace(registre, feuilles=feuilles)


def _deplacer(ligne: Ligne, lieu: Lieu, hasard: Random) -> Ligne:
    valeurs = hasard.sample(list(ligne.valeurs.items()), len(ligne.valeurs))
    return replace(ligne, lieu=lieu, valeurs=dict(valeurs))


def _permuter_les_feuilles(registre: Registre, hasard: Random) -> Registre:
    melangees = hasard.sample(list(registre.feuilles.items()), len(registre.feuilles))
    return replace(registre, feuilles=dict(melangees))


@settings(max_examples=combien(20, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_le_verdict_ne_depend_d_aucun_ordre(graine: int, ordre: int) -> None:
    registre, hasard = _tirer(graine), Random(ordre)
    attendu = _verdict(registre)
    for permuter in (_permuter_les_lignes, _permuter_les_colonnes, _permuter_les_feuilles):
        registre = permuter(registre, hasard)
        assert _verdict(registre) == attendu, permuter.__name__


@pytest.fixture(scope="module")
def classeur(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("ordre") / "classeur.xlsx"
    with petites_tables():
        chemin.write_bytes(generer(modele(), _tirer(7), AU))
    return chemin


def test_un_vrai_classeur_aux_feuilles_et_colonnes_deplacees_a_le_meme_verdict(
    classeur: Path, tmp_path: Path
) -> None:
    """Une saisie seule, sans nos clés cachées, réécrite par un autre outil dans le désordre."""
    lu, hasard = lire(classeur, modele()), Random(3)
    livre = Workbook()
    livre.remove(livre.active)
    for feuille in hasard.sample(modele().feuilles, len(modele().feuilles)):
        _recopier(livre.create_sheet(feuille.libelle), feuille, lu, hasard)
    livre.save(tmp_path / "melange.xlsx")
    melange = lire(tmp_path / "melange.xlsx", modele())
    assert _verdict(melange) == _verdict(lu)


def _recopier(page: Worksheet, feuille: Feuille, lu: Registre, hasard: Random) -> None:
    colonnes = hasard.sample(feuille.saisies, len(feuille.saisies))
    lignes = hasard.sample(lu.lignes(feuille.id), len(lu.lignes(feuille.id)))
    if feuille.forme is Forme.FICHE:
        for colonne in colonnes:
            page.append([colonne.libelle, _natif(lignes[0], colonne.id)])
        return
    page.append([colonne.libelle for colonne in colonnes])
    for ligne in lignes:
        page.append([_natif(ligne, colonne.id) for colonne in colonnes])


def _natif(ligne: Ligne, colonne: str) -> object:
    valeur = ligne[colonne]
    return (
        valeur
        if not hasattr(valeur, "motif") and not isinstance(valeur, tuple)
        else (afficher(valeur))
    )


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_libreoffice_reenregistre_et_le_verdict_reste(tmp_path: Path) -> None:
    """Deux classeurs en un seul lancement : l'enregistrement d'un autre tableur ne change rien."""
    for graine in range(2):
        with petites_tables():
            (tmp_path / f"{graine}.xlsx").write_bytes(generer(modele(), _tirer(graine), AU))
    enregistrer(sorted(tmp_path.glob("*.xlsx")), tmp_path / "relus")
    for avant in sorted(tmp_path.glob("*.xlsx")):
        original, relu = (lire(f, modele()) for f in (avant, tmp_path / "relus" / avant.name))
        assert _lieux(relu) == _lieux(original)
        assert _verdict(relu) == _verdict(original)
        assert len(relu.lignes(ACCEPTES)) == 2
        assert juger(relu, modele(), AU).acceptes == juger(original, modele(), AU).acceptes


def _lieux(registre: Registre) -> list[tuple[str, str, int | None, int | None]]:
    constats = verifier(registre, modele(), AU)
    return [(c.regle, c.lieu.feuille, c.lieu.ligne, c.lieu.colonne) for c in constats]
