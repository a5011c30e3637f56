"""L'atelier : une équipe rend ce qu'un seul rend, dans l'ordre ; un mort ne perd que le sien."""

from __future__ import annotations

import os
import signal
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from shutil import copy
from typing import NamedTuple

import pytest

from pilotage_xlsx.commandes import atelier, equipe
from pilotage_xlsx.commandes.atelier import examiner, examiner_tous
from pilotage_xlsx.commandes.fichiers import Recensement, recenser
from pilotage_xlsx.gestes.controle import LireEtSerrer, desserrer
from pilotage_xlsx.gestes.extraction import Extraction
from pilotage_xlsx.gestes.mutualiser import Reduction
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.entree import EnMemoire
from tests.generation.classeurs import octets
from tests.tableaux import AU, modele

TUEUR, FAUTIF = "tueur", "fautif"


def nommer(chemins: Iterable[Path]) -> Recensement:
    """Ces classeurs, comme si la personne les avait nommés."""
    return Recensement(tuple(chemins), {})


@pytest.fixture(scope="module")
def chemins(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Assez de classeurs pour une équipe."""
    dossier = tmp_path_factory.mktemp("communes")
    premier = dossier / "00.xlsx"
    premier.write_bytes(octets({"commune": {"commune": "Valmarin", "annee": 2026}}))
    return [premier, *(Path(copy(premier, dossier / f"{n:02}.xlsx")) for n in range(1, 34))]


@pytest.fixture
def a_plusieurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deux cœurs, quelle que soit la machine."""
    monkeypatch.setattr(atelier, "_coeurs", lambda: 2)


def seul(recensement: Recensement, tache: atelier.Tache[atelier.R]) -> list[atelier.R]:
    """Ce que rend la tâche, sans aucun autre processus."""
    return [examiner(chemin, tache) for chemin in recensement.chemins]


def test_une_equipe_rend_ce_qu_un_seul_rend_dans_l_ordre(
    chemins: list[Path], a_plusieurs: None
) -> None:
    tache = Extraction(modele(), AU, veut_le_json=True)
    rendus = list(examiner_tous(nommer(chemins), tache))
    assert [rendu.tete.chemin for rendu in rendus] == chemins
    attendus = seul(nommer(chemins), tache)
    assert [rendu.parties for rendu in rendus] == [rendu.parties for rendu in attendus]


def test_mutualiser_passe_par_la_meme_equipe(chemins: list[Path], a_plusieurs: None) -> None:
    abime = chemins[0].with_name("abime.xlsx")
    abime.write_bytes(b"PK")
    tous, tache = nommer([*chemins, abime]), Reduction(modele(), AU)
    rendus = list(examiner_tous(tous, tache))
    assert rendus == seul(tous, tache)
    assert [isinstance(rendu, str) for rendu in rendus] == [False] * len(chemins) + [True]
    abime.unlink()


class Nom(NamedTuple):
    """Une tâche qui rend le nom du classeur ; certains noms la font mourir, ou fauter."""

    modele: Modele

    def rendre(self, registre: Registre) -> tuple[str, str, int]:
        nom = registre.fichier.stem
        if TUEUR in nom and registre.refus is not None and "net" not in registre.refus.phrase:
            os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        if FAUTIF in nom:
            raise ValueError(nom)
        return nom, registre.refus.phrase if registre.refus else "", os.getpid()


def absents(*noms: str, dossier: Path) -> Recensement:
    """Quarante classeurs qui n'existent pas : la tâche seule compte ; quelques-uns sont nommés."""
    tous = [*noms, *(f"{n:02}" for n in range(40 - len(noms)))]
    return nommer(dossier / f"{nom}.xlsx" for nom in tous)


def test_un_ouvrier_tue_n_emporte_que_son_classeur(tmp_path: Path, a_plusieurs: None) -> None:
    tous = absents(f"{TUEUR}-1", "a", f"{TUEUR}-2", dossier=tmp_path)
    rendus = list(examiner_tous(tous, Nom(modele())))
    assert [nom for nom, _, _ in rendus] == [chemin.stem for chemin in tous.chemins]
    arretes = [nom for nom, phrase, _ in rendus if "arrêtée net" in phrase]
    assert arretes == [f"{TUEUR}-1", f"{TUEUR}-2"]


def test_une_faute_imprevue_d_un_ouvrier_revient_avec_sa_trace(
    tmp_path: Path, a_plusieurs: None
) -> None:
    with pytest.raises(equipe.FauteDOuvrier, match=FAUTIF) as levee:
        list(examiner_tous(absents(FAUTIF, dossier=tmp_path), Nom(modele())))
    assert "Traceback" in levee.value.__notes__[0]


def test_sans_autre_processus_tout_se_fait_sur_place(
    tmp_path: Path, a_plusieurs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    rendus = list(examiner_tous(absents(dossier=tmp_path), Nom(modele())))
    assert {processus for _, _, processus in rendus} == {os.getpid()}
    assert len(rendus) == 40


def test_un_programme_appelant_ne_se_rejoue_pas(
    tmp_path: Path, a_plusieurs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un script sans « if __name__ » qui consolide : chaque processus le rejouerait."""
    script = tmp_path / "script.py"
    script.write_text("raise SystemExit('rejoué')")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(script), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    rendus = list(examiner_tous(absents(dossier=tmp_path), Nom(modele())))
    assert os.getpid() not in {processus for _, _, processus in rendus}


def test_un_grand_se_lit_seul_et_a_sa_place(
    chemins: list[Path], a_plusieurs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    grand = chemins[5]
    monkeypatch.setattr(atelier, "_est_grand", lambda travail: travail.chemin == grand)
    equipes: list[int] = []

    class Compte(equipe.Equipe):
        def __init__(self, tache: object, combien: int) -> None:
            equipes.append(combien)
            super().__init__(tache, combien)

    monkeypatch.setattr(equipe, "Equipe", Compte)
    rendus = list(examiner_tous(nommer(chemins), Nom(modele())))
    assert [nom for nom, _, _ in rendus] == [chemin.stem for chemin in chemins]
    assert equipes == [1, 1, 2]


def test_peu_de_resultats_attendent_un_premier_lent(
    tmp_path: Path, a_plusieurs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    confies: list[Path] = []
    confier = equipe.Equipe.confier

    def noter(lui: equipe.Equipe, chemin: Path, *, est_nomme: bool) -> object:
        confies.append(chemin)
        return confier(lui, chemin, est_nomme=est_nomme)

    monkeypatch.setattr(equipe.Equipe, "confier", noter)
    rendus = examiner_tous(nommer(tmp_path / f"{n}.xlsx" for n in range(400)), Nom(modele()))
    next(rendus)
    assert len(confies) == 2 * atelier._D_AVANCE
    rendus.close()  # type: ignore[attr-defined]


def test_fermer_avant_la_fin_arrete_les_ouvriers(tmp_path: Path, a_plusieurs: None) -> None:
    rendus = examiner_tous(absents(dossier=tmp_path), Nom(modele()))
    _, _, processus = next(rendus)
    rendus.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(processus, 0)


def test_un_fichier_absent_est_refuse_sans_arreter(tmp_path: Path) -> None:
    rendu = examiner(tmp_path / "absent.xlsx", Extraction(modele(), AU, veut_le_json=True))
    assert rendu.tete.refus
    assert (rendu.tete.empreinte, rendu.tete.octets) == ("", 0)


def test_un_dossier_sans_classeur_se_refuse_lui_meme(tmp_path: Path) -> None:
    (rendu,) = examiner_tous(recenser([tmp_path]), Nom(modele()))
    assert "dossier" in rendu[1]


def test_sous_windows_ctrl_c_n_atteint_pas_les_ouvriers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulé : un groupe à part, et aucune fenêtre noire."""
    monkeypatch.setattr(equipe.subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(equipe.subprocess, "CREATE_NO_WINDOW", 0x0800_0000, raising=False)
    assert equipe.mettre_a_part("nt") == {"creationflags": 0x0800_0200}
    assert equipe.mettre_a_part("posix") == {"process_group": 0}


def test_un_classeur_ne_porte_pas_les_colonnes_du_modele_d_un_processus_a_l_autre() -> None:
    """Le rapport de deux mille communes en garderait deux mille copies."""
    donnees = {"outils": [{"nom": "GED", "prestataire": "Alpha SA"}]}
    lu = lire(EnMemoire("a.xlsx", octets(donnees)), modele())
    serre = LireEtSerrer(modele(), AU).rendre(lu).entier
    assert modele().par_id["outils"].par_id["nom"].aide.encode() not in zlib.decompress(serre)
    assert desserrer(serre).registre.lignes("outils")[0]["prestataire"] == "Alpha SA"
