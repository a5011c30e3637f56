"""Abîmer une cellule d'un classeur juste n'en accuse aucune autre, quelle que soit la règle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from pilotage_xlsx.gestes.modele import en_donnees as en_json
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Illisible, Ligne, Motif, Registre, Valeur
from pilotage_xlsx.verification import verifier
from tests.campagne import combien
from tests.hasard import tirer
from tests.tableaux import AU, cellules, modele

Accusation = tuple[str, str | None, str | None, int | None]

_PAS_ENCORE = "À confirmer"
_EXEMPTENT = {("outils", "criticite"), ("outils", "prestataire"), ("prestataires", "contrat")}
"""Vides, elles ne disent plus ce qui faisait taire une règle (« Accessoire », « Convention »)."""


@pytest.mark.parametrize("graine", range(combien(1, 3)))
def test_une_cellule_abimee_n_en_accuse_aucune_autre(graine: int) -> None:
    document = tirer(en_json(modele()), Random(graine), lignes=4)
    registre, _ = lire_donnees(document, modele(), Path("hasard.xlsx"))
    avant = _accusations(registre)
    deja = {accusation[1:] for accusation in avant}
    for ligne, colonne, valeur in _degats(registre):
        abime = _remplacer(registre, ligne, colonne, valeur)
        ailleurs = {
            accusation
            for accusation in _accusations(abime) - avant
            if accusation[1:] != (ligne.lieu.registre, colonne.id, ligne.numero)
            and accusation[1:] not in deja
        }
        assert not ailleurs, f"{ligne.lieu.registre}.{colonne.id} {ligne.numero} : {valeur}"


def _degats(registre: Registre) -> Iterator[tuple[Ligne, Colonne, Valeur | None]]:
    """Chaque cellule, vidée si elle est essentielle, hors liste ou illisible, introuvable.

    Pas les clés : d'autres cellules les citent. Ni la référence à texte libre : il y est admis. Ni
    « À confirmer » : sans lui, la ligne entière se met à compter.
    """
    for feuille in modele().feuilles:
        for ligne in registre.lignes(feuille.id):
            for colonne in feuille.saisies:
                if colonne.id == feuille.cle or ligne.valeurs.get(colonne.id) == _PAS_ENCORE:
                    continue
                exempte = (feuille.id, colonne.id) in _EXEMPTENT
                if colonne.est_essentielle and colonne.id in ligne.valeurs and not exempte:
                    yield ligne, colonne, None
                yield ligne, colonne, Illisible("#REF!", Motif.ERREUR)
                if colonne.genre is Genre.REFERENCE and not colonne.texte_libre:
                    yield ligne, colonne, ("Inconnu",) if colonne.plusieurs else "Inconnu"


def _remplacer(
    registre: Registre, ligne: Ligne, colonne: Colonne, valeur: Valeur | None
) -> Registre:
    valeurs = {nom: v for nom, v in ligne.valeurs.items() if nom != colonne.id}
    if valeur is not None:
        valeurs[colonne.id] = valeur
    abimee = replace(ligne, valeurs=valeurs)
    lue = registre.feuilles[ligne.lieu.registre]
    lignes = tuple(abimee if une is ligne else une for une in lue.lignes)
    lue = replace(lue, lignes=lignes)
    return replace(registre, feuilles={**registre.feuilles, ligne.lieu.registre: lue})


def _accusations(registre: Registre) -> set[Accusation]:
    return {_accuser(constat) for constat in verifier(registre, modele(), AU)}


def _accuser(constat: Constat) -> Accusation:
    return (constat.regle, constat.registre, constat.colonne, constat.lieu.ligne)


def test_un_seuil_illisible_n_alerte_jamais() -> None:
    table = """
    commune   | seuil_information
              | sous peu
    incidents | numero | constate_le | service_touche | statut | executif_informe_le
              | I-1    | 01.03.2026  | Oui            | Ouvert | 30.03.2026
    """
    assert cellules("INC-002", table) == []


def test_un_prestataire_mal_cite_n_est_pas_sans_outil() -> None:
    table = """
    outils       | nom | prestataire
                 | GED | Alhpa
    prestataires | nom
                 | Alpha
    """
    assert cellules("PRE-003", table) == []


def test_deux_ide_faux_ne_sont_pas_le_meme_prestataire() -> None:
    table = """
    prestataires | nom   | ide
                 | Alpha | CHE-123.456.789
                 | Bêta  | CHE-123.456.789
    """
    assert cellules("PRE-007", table) == []


def test_un_prestataire_peut_annoncer_une_attaque_avant_que_la_commune_la_voie() -> None:
    table = """
    incidents | numero | constate_le | annonce_ofcs             | ofcs_le
              | I-1    | 02.03.2026  | Faite par le prestataire | 01.03.2026
    """
    assert cellules("INC-012", table) == []


def test_une_decision_sans_outil_peut_etre_celle_que_l_on_cherche() -> None:
    table = """
    outils    | nom | statut
              | GED | En projet
    decisions | numero | statut
              | D-1    | Validée
    """
    assert cellules("OUT-011", table) == []
    assert cellules("OUT-011", table.replace("Validée", "Refusée")) == ["outils.statut 6"]
