"""L'atelier : plusieurs processus rendent ce qu'un seul rend ; un mort ne perd que son fichier."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copy

import pytest

from pilotage_xlsx.commandes import atelier
from pilotage_xlsx.commandes.atelier import examiner, examiner_tous
from pilotage_xlsx.commandes.extraction import Extraction, Rendu
from pilotage_xlsx.commandes.mutualiser import Reduction
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from tests.generation.classeurs import octets
from tests.tableaux import AU, modele

TUEUR = "tueur"


@pytest.fixture(scope="module")
def chemins(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Assez de classeurs pour deux processus."""
    dossier = tmp_path_factory.mktemp("communes")
    premier = dossier / "00.xlsx"
    premier.write_bytes(octets({"commune": {"commune": "Valmarin", "annee": 2026}}))
    return [premier, *(Path(copy(premier, dossier / f"{n:02}.xlsx")) for n in range(1, 34))]


def _ranger(rendus: list[tuple[int, Rendu]]) -> list[tuple[str, str | None, dict[str, bytes]]]:
    return [(r.tete.chemin.name, r.tete.refus, r.parties) for _, r in sorted(rendus, key=_rang)]


def _rang(rendu: tuple[int, Rendu]) -> int:
    return rendu[0]


def test_deux_processus_rendent_ce_qu_un_seul_rend(
    chemins: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tache = Extraction(modele(), AU, veut_le_json=True)
    monkeypatch.setattr(atelier, "_coeurs", lambda: 1)
    seul = _ranger(list(examiner_tous(chemins, tache)))
    monkeypatch.setattr(atelier, "_coeurs", lambda: 2)
    assert _ranger(list(examiner_tous(chemins, tache))) == seul
    assert len(seul) == len(chemins)


def test_mutualiser_passe_par_les_memes_processus(
    chemins: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    abime = chemins[0].with_name("abime.xlsx")
    abime.write_bytes(b"PK")
    tous, tache = [*chemins, abime], Reduction(modele(), AU)
    monkeypatch.setattr(atelier, "_coeurs", lambda: 1)
    seul = dict(examiner_tous(tous, tache))
    monkeypatch.setattr(atelier, "_coeurs", lambda: 2)
    assert dict(examiner_tous(tous, tache)) == seul
    assert [rang for rang, rendu in seul.items() if isinstance(rendu, str)] == [len(chemins)]
    abime.unlink()


def lire_ou_mourir(chemin: Path, le_modele: Modele) -> Registre:
    """Ce que ferait une panne d'une bibliothèque : le processus s'arrête net."""
    if TUEUR in chemin.name:
        os._exit(9)
    return Registre(chemin)


def examiner_ou_mourir(lot: atelier.Lot) -> list[tuple[int, Rendu]]:
    """`_examiner_un_lot`, mais un classeur y tue son processus."""
    atelier.lire = lire_ou_mourir  # type: ignore[attr-defined]
    return [(rang, examiner(chemin, atelier._taches[-1])) for rang, chemin in lot]


def test_un_processus_mort_n_emporte_que_son_classeur(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atelier, "_coeurs", lambda: 2)
    monkeypatch.setattr(atelier, "_examiner_un_lot", examiner_ou_mourir)
    chemins = [tmp_path / f"{n}.xlsx" for n in range(40)]
    chemins[17] = tmp_path / f"{TUEUR}.xlsx"
    rendus = dict(examiner_tous(chemins, Extraction(modele(), AU, veut_le_json=False)))
    assert sorted(rendus) == list(range(40))
    refuses = [rendu.tete.chemin.stem for rendu in rendus.values() if rendu.tete.refus]
    assert refuses == [TUEUR]


def test_un_fichier_absent_est_refuse_sans_arreter(tmp_path: Path) -> None:
    rendu = examiner(tmp_path / "absent.xlsx", Extraction(modele(), AU, veut_le_json=True))
    assert rendu.tete.refus
    assert (rendu.tete.empreinte, rendu.tete.octets) == ("", 0)
