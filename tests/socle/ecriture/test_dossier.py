"""Déposer dans un dossier : parmi ce qui s'y trouve, et sans toucher à rien d'autrui."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.socle.ecriture import SortieImpossible
from pilotage_xlsx.socle.ecriture.dossier import Depot
from pilotage_xlsx.socle.ecriture.manifeste import NOM, lire

POSIX = pytest.mark.skipif(os.name != "posix", reason="liens et modes de POSIX")


def _deposer(dossier: Path, *, force: bool = False, par: str = "essai", **textes: str) -> list[str]:
    """Dépose des tables ; rend les noms de ce qui reste d'une fois d'avant, changé."""
    with Depot(dossier, par, remplacer=force) as depot:
        for nom, texte in textes.items():
            with depot.ebaucher(f"{nom}.csv") as brouillon:
                brouillon.write_text(texte)
        depot.poser()
        return [reste.name for reste in depot.enlever_le_reste(lambda nom: nom.endswith(".csv"))]


def _contenu(dossier: Path) -> Mapping[str, str]:
    """Tout ce que le dossier contient, manifeste à part."""
    fichiers = (chemin for chemin in dossier.rglob("*") if chemin.is_file())
    return {str(c.relative_to(dossier)): c.read_text() for c in fichiers if c.name != NOM}


A_ELLE = {"lettre.odt": "Madame", "photos/mairie.jpg": "image"}


def test_les_tables_s_ecrivent_parmi_ce_qui_est_la(documents: Path) -> None:
    _deposer(documents, outils="1", decisions="2")
    assert _contenu(documents) == {**A_ELLE, "outils.csv": "1", "decisions.csv": "2"}


def test_ce_que_la_derniere_fois_a_ecrit_se_remplace_sur_demande(documents: Path) -> None:
    _deposer(documents, outils="1")
    with pytest.raises(SortieImpossible, match="ajoutez --force"):
        _deposer(documents, outils="2")
    _deposer(documents, force=True, outils="2")
    assert _contenu(documents) == {**A_ELLE, "outils.csv": "2"}


def test_une_table_qui_n_est_plus_produite_s_en_va(documents: Path) -> None:
    _deposer(documents, outils="1", ancienne="2")
    assert _deposer(documents, force=True, outils="3") == []
    assert _contenu(documents) == {**A_ELLE, "outils.csv": "3"}
    assert set(lire(documents)) == {"outils.csv"}


def test_une_table_qui_n_est_plus_produite_mais_changee_reste_et_se_dit(documents: Path) -> None:
    _deposer(documents, outils="1", ancienne="2")
    (documents / "ancienne.csv").write_text("annotée")
    assert _deposer(documents, force=True, outils="3") == ["ancienne.csv"]
    assert _contenu(documents)["ancienne.csv"] == "annotée"
    assert _deposer(documents, force=True, outils="4") == []


@pytest.mark.parametrize("force", [False, True])
def test_un_fichier_du_meme_nom_que_le_manifeste_ne_connait_pas_est_refuse(
    documents: Path, force: bool
) -> None:
    (documents / "outils.csv").write_text("à elle")
    avant = _contenu(documents)
    with pytest.raises(SortieImpossible) as refus:
        _deposer(documents, force=force, decisions="1", outils="2")
    assert "outils.csv" in str(refus.value)
    assert "ajoutez --force" not in str(refus.value)
    assert _contenu(documents) == avant
    assert not (documents / NOM).exists()


@pytest.mark.parametrize("force", [False, True])
def test_un_fichier_change_depuis_est_refuse(documents: Path, force: bool) -> None:
    _deposer(documents, outils="1", decisions="1")
    (documents / "outils.csv").write_text("corrigé à la main")
    avant = _contenu(documents)
    with pytest.raises(SortieImpossible, match=r"outils\.csv.*changé depuis"):
        _deposer(documents, force=force, outils="2", decisions="2")
    assert _contenu(documents) == avant


@POSIX
def test_un_lien_un_dossier_ou_un_tube_du_meme_nom_est_refuse(documents: Path) -> None:
    (documents / "lien.csv").symlink_to("lettre.odt")
    (documents / "sous.csv").mkdir()
    os.mkfifo(documents / "tube.csv")
    for nom in ("lien", "sous", "tube"):
        with pytest.raises(SortieImpossible, match="fichier ordinaire"):
            _deposer(documents, force=True, **{nom: "1"})
    assert (documents / "lien.csv").is_symlink()
    assert (documents / "lettre.odt").read_text() == "Madame"


def test_deux_commandes_partagent_un_dossier(documents: Path) -> None:
    _deposer(documents, par="consolider", outils="1", ancienne="1")
    _deposer(documents, par="rapport", rapport="2")
    _deposer(documents, par="rapport", force=True, autre="3")
    _deposer(documents, par="consolider", force=True, outils="4")
    assert _contenu(documents) == {**A_ELLE, "outils.csv": "4", "autre.csv": "3"}


def test_deux_depots_en_meme_temps_ne_s_oublient_pas(tmp_path: Path) -> None:
    with Depot(tmp_path, "un", remplacer=False) as un:
        un.deposer("un.csv", b"1")
        _deposer(tmp_path, deux="2")
        un.deposer("trois.csv", b"3")
    assert set(lire(tmp_path)) == {"un.csv", "deux.csv", "trois.csv"}


@POSIX
def test_un_lien_vers_un_dossier_reste_un_lien(documents: Path, tmp_path: Path) -> None:
    lien = tmp_path / "lien"
    lien.symlink_to(documents, target_is_directory=True)
    for force in (False, True):
        _deposer(lien, force=force, outils="1")
    assert lien.is_symlink()
    assert _contenu(documents) == {**A_ELLE, "outils.csv": "1"}
    perdu = tmp_path / "perdu"
    perdu.symlink_to("nulle-part")
    with pytest.raises(SortieImpossible, match="nulle part"):
        _deposer(perdu, outils="1")


@pytest.mark.parametrize(
    ("ecrit", "vrai"),
    [(".", "ici"), ("..", ""), ("sous/", "ici/sous"), ("./sous/plus/loin", "ici/sous/plus/loin")],
)
def test_le_dossier_s_ecrit_de_bien_des_facons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ecrit: str, vrai: str
) -> None:
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")
    for force in (False, True):
        _deposer(Path(ecrit), force=force, outils="1")
    assert (tmp_path / vrai / "outils.csv").read_text() == "1"


def test_un_fichier_n_est_pas_un_dossier(documents: Path) -> None:
    for dossier in (documents / "lettre.odt", documents / "lettre.odt" / "dedans"):
        with pytest.raises(SortieImpossible, match="est un fichier"):
            _deposer(dossier, outils="1")


def test_un_echec_ne_laisse_ni_brouillon_ni_dossier(tmp_path: Path) -> None:
    with (
        pytest.raises(SortieImpossible, match="Libérez de la place"),
        Depot(tmp_path / "neuf" / "sous", "essai", remplacer=False) as depot,
    ):
        with depot.ebaucher("outils.csv") as brouillon:
            brouillon.write_text("1")
        with depot.ebaucher("decisions.csv") as brouillon:
            raise OSError(28, "plein")
    assert not list(tmp_path.iterdir())


def test_une_place_refusee_n_arrete_pas_les_suivantes(tmp_path: Path) -> None:
    (tmp_path / "deux.csv").write_text("à elle")
    with Depot(tmp_path, "essai", remplacer=True) as depot:
        depot.deposer("un.csv", b"1")
        with pytest.raises(SortieImpossible):
            depot.deposer("deux.csv", b"2")
        depot.deposer("trois.csv", b"3")
    assert _contenu(tmp_path) == {"un.csv": "1", "deux.csv": "à elle", "trois.csv": "3"}
    assert set(lire(tmp_path)) == {"un.csv", "trois.csv"}


@pytest.mark.parametrize("nom", ["", ".", "..", "../x.csv", "sous/x.csv", "/x.csv", NOM])
def test_un_nom_qui_mene_ailleurs_n_est_jamais_ecrit(tmp_path: Path, nom: str) -> None:
    with pytest.raises(SortieImpossible), Depot(tmp_path, "essai", remplacer=True) as depot:
        depot.deposer(nom, b"1")
    assert not list(tmp_path.iterdir())


class Tue(BaseException):
    """Le programme s'arrête net : rien de ce qui suit n'a lieu."""


@pytest.fixture
def tuer_apres(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Fait mourir le programme au énième changement du dossier."""

    def preparer(combien: int) -> None:
        reste = [combien]
        for nom in ("replace", "unlink"):
            faire = getattr(Path, nom)

            def compter(*suite: Any, _faire: Callable[..., Any] = faire, **options: Any) -> None:
                reste[0] -= 1
                if reste[0] < 0:
                    raise Tue
                _faire(*suite, **options)

            monkeypatch.setattr(Path, nom, compter)

    return preparer


@pytest.mark.parametrize("combien", range(5))
def test_tue_a_tout_moment_la_fois_suivante_finit(
    documents: Path,
    combien: int,
    tuer_apres: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _deposer(documents, outils="1", decisions="1", ancienne="1")
    tuer_apres(combien)
    with pytest.raises(Tue):
        _deposer(documents, force=True, outils="22", decisions="22")
    monkeypatch.undo()
    vus = _contenu(documents)
    assert vus.items() >= A_ELLE.items()
    assert {vus[nom] for nom in ("outils.csv", "decisions.csv")} <= {"1", "22"}
    _deposer(documents, force=True, outils="333", decisions="333")
    vus = {nom: t for nom, t in _contenu(documents).items() if not nom.endswith(".partiel")}
    assert vus == {**A_ELLE, "outils.csv": "333", "decisions.csv": "333"}


@POSIX
def test_chaque_table_et_le_manifeste_ont_les_droits_des_sources(tmp_path: Path) -> None:
    source = tmp_path / "classeur.xlsx"
    source.touch(mode=0o600)
    with Depot(tmp_path / "d", "essai", remplacer=False) as depot:
        depot.deposer("outils.csv", b"1", [source])
        depot.deposer("decisions.csv", b"1", [source])
    modes = {c.name: stat.S_IMODE(c.stat().st_mode) for c in (tmp_path / "d").iterdir()}
    assert modes == {"outils.csv": 0o600, "decisions.csv": 0o600, NOM: 0o600}


@POSIX
def test_une_table_remplacee_garde_son_mode(tmp_path: Path) -> None:
    _deposer(tmp_path, outils="1")
    (tmp_path / "outils.csv").chmod(0o604)
    _deposer(tmp_path, force=True, outils="2")
    assert stat.S_IMODE((tmp_path / "outils.csv").stat().st_mode) == 0o604


def test_un_nom_de_dossier_trop_long_se_dit(tmp_path: Path) -> None:
    with pytest.raises(SortieImpossible, match="trop long"):
        _deposer(tmp_path / ("x" * 300), outils="1")


def test_un_disque_absent_se_dit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sous Windows, la racine même du chemin peut manquer."""
    monkeypatch.setattr(Path, "exists", lambda chemin: False)
    with pytest.raises(SortieImpossible, match="disque"):
        _deposer(tmp_path / "d", outils="1")
