"""Vingt listes telles qu'on en a : chaque colonne trouve sa place, et rien ne se perd."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.importation.attribution import Emploi
from tests.importation.lecture import importe, importer_le_texte, lignes_du_classeur
from tests.importation.listes import A_VOUS, APPAREILS, LAISSER, LISTES, ListeDEssai
from tests.tableaux import modele

_SEPARATEURS = "\t;|,"


def _tous(liste: ListeDEssai) -> list[list[str]]:
    """Les lignes de la liste, lues par le module standard."""
    texte = liste.texte.lstrip("\n").removeprefix("sep=;\n")
    separateur = max(_SEPARATEURS, key=texte.count)
    return list(csv.reader(StringIO(texte), delimiter=separateur))


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.nom)
def test_chaque_colonne_trouve_sa_place(liste: ListeDEssai) -> None:
    [table] = importe(liste.nom).proposee.tables
    assert table.feuille is not None
    assert table.feuille.id == liste.registre
    trouvees = {
        a.entete.texte: a.colonne if a.emploi is Emploi.MODELE else a.emploi.value
        for a in table.attributions
    }
    assert trouvees == dict(liste.colonnes)


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.nom)
def test_chaque_cellule_se_retrouve_ou_s_explique(liste: ListeDEssai) -> None:
    bilan = importe(liste.nom).bilan
    remplies = sum(bool(cellule.strip()) for ligne in _tous(liste) for cellule in ligne)
    assert (bilan.recues, bilan.inexpliquees) == (remplies, 0)


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.nom)
def test_ce_qui_reste_a_la_commune_est_tel_que_tape(liste: ListeDEssai) -> None:
    """Relu par openpyxl : les colonnes de la commune, et les textes du modèle, mot pour mot."""
    feuille = modele().par_id[liste.registre]
    inscrites = lignes_du_classeur(importe(liste.nom).octets, liste.registre)
    rangees = _tous(liste)
    entetes = next(r for r in rangees if set(liste.colonnes) <= {c.strip() for c in r})
    nom = next(e for e, ou in liste.colonnes.items() if ou == feuille.cle)
    textes = {"nom", "utilite", "remarques", "responsable", "prestation", "contact", "courriel"}
    vues = 0
    for rangee in rangees[rangees.index(entetes) + 1 :]:
        recue = dict(zip(entetes, rangee, strict=False))
        siennes = [i for i in inscrites if i[feuille.libelle_de("nom")] == recue.get(nom)]
        if not siennes:
            continue
        for entete, ou in liste.colonnes.items():
            if recue[entete].strip() and (ou == A_VOUS or ou in textes):
                place = entete if ou == A_VOUS else feuille.libelle_de(ou)
                assert siennes[0][place] == recue[entete], entete
                vues += 1
    assert vues >= liste.lignes
    assert len(inscrites) == liste.lignes


@pytest.mark.parametrize("liste", [x for x in LISTES if x.inscrit], ids=lambda liste: liste.nom)
def test_les_valeurs_sont_celles_du_modele(liste: ListeDEssai) -> None:
    feuille = modele().par_id[liste.registre]
    lignes = lignes_du_classeur(importe(liste.nom).octets, liste.registre)
    par_nom = {ligne[feuille.libelle_de("nom")]: ligne for ligne in lignes}
    for (nom, colonne), attendu in liste.inscrit.items():
        libelle = feuille.par_id[colonne].libelle if colonne in feuille.par_id else colonne
        assert par_nom[nom][libelle] == attendu, (nom, colonne)


def test_neuf_colonnes_sur_dix_au_moins() -> None:
    """La mesure : parmi les colonnes qui ont une place, combien la trouvent."""
    ont_une_place, la_trouvent = 0, 0
    for liste in LISTES:
        [table] = importe(liste.nom).proposee.tables
        for attribution in table.attributions:
            voulu = liste.colonnes[attribution.entete.texte]
            if voulu not in (A_VOUS, LAISSER):
                ont_une_place += 1
                la_trouvent += attribution.colonne == voulu
    assert ont_une_place > 70
    assert la_trouvent >= 0.9 * ont_une_place


@pytest.mark.parametrize("nom", APPAREILS)
def test_une_liste_d_appareils_se_refuse_d_une_phrase(nom: str) -> None:
    with pytest.raises(GesteImpossible, match="appareils"):
        importer_le_texte(APPAREILS[nom].lstrip(), f"{nom}.csv")
