"""Le modèle qu'un classeur porte : le même que celui du dossier, ou refusé en une phrase."""

from __future__ import annotations

import pickle
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import (
    ModeleInvalide,
    charger,
    charger_le_porte,
    dossier_livre,
)
from pilotage_xlsx.modele.porte import CONTENU_MAX, Porte
from tests.porteurs import adapter, changer, emballer_tel_quel


@pytest.fixture(scope="module")
def vaud(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    return charger(adapter(tmp_path_factory.mktemp("modeles")))


def test_le_modele_livre_ne_se_porte_pas() -> None:
    assert charger().porte is None
    assert charger().est_par_defaut


@pytest.mark.parametrize("nom", [dossier_livre("modeles") / "communal", Path("communal")])
def test_donne_le_modele_livre_l_emporte_et_ne_se_porte_pas(nom: Path) -> None:
    donne = charger(nom)
    assert donne.porte is None
    assert replace(donne, est_par_defaut=True) == charger()


def test_le_porte_est_le_modele_du_dossier(vaud: Modele) -> None:
    assert vaud.porte is not None
    assert vaud.porte.nom == "vaud 1.0"
    assert charger_le_porte(vaud.porte.texte) == vaud


def test_le_porte_est_entier_sans_sa_base(vaud: Modele) -> None:
    assert vaud.porte is not None
    relu = charger_le_porte(vaud.porte.texte)
    assert relu.par_id["outils"].par_id["assurance"].libelle == "Couvert par l'assurance"
    assert relu.par_id["outils"].par_id["nom"] == charger().par_id["outils"].par_id["nom"]


def test_un_seuil_que_le_porte_ne_connait_pas_vaut_celui_du_livre(vaud: Modele) -> None:
    """Un classeur porte le modèle d'hier ; celui d'aujourd'hui a un seuil de plus."""
    seuils = {"annonce_heures": 12}
    relu = charger_le_porte(changer(vaud, modele={"seuils": seuils}))
    assert relu.identite.seuils == replace(charger().identite.seuils, annonce_heures=12)


def test_mille_classeurs_d_un_modele_n_en_gardent_qu_un_texte() -> None:
    texte = "1:" + "a" * 1000
    un, autre = (pickle.loads(pickle.dumps(Porte("vaud 1.0", texte))) for _ in range(2))
    assert un == autre
    assert un.texte is autre.texte


_BOMBE = b64encode(zlib.compress(bytes(200 * CONTENU_MAX))).decode()
_PIEGES: dict[str, tuple[Callable[[Modele], str], str]] = {
    "vide": (lambda _: "", "abîmé"),
    "pas une forme": (lambda _: "n'importe quoi", "abîmé"),
    "pas du base 64": (lambda _: f"1:{'0' * 64}:é*", "abîmé"),
    "d'une forme à venir": (lambda _: "2:abc:def", "pas encore"),
    "bombe": (lambda _: f"1:{'0' * 64}:{_BOMBE}", "démesuré"),
    "pas du JSON": (lambda _: emballer_tel_quel(b"{"), "contenu"),
    "pas des fichiers": (lambda _: emballer_tel_quel(b"[1]"), "contenu"),
    "sans fin": (lambda _: emballer_tel_quel(b'{"a":' + b"[" * 99_999), "contenu"),
    "imbriqué": (
        lambda _: emballer_tel_quel(b'{"a":{"b":' + b"[" * 99_999 + b"]" * 99_999 + b"}}"),
        "contenu",
    ),
    "sans fichier": (lambda _: emballer_tel_quel(b"{}"), r"modele\.toml : .* manque"),
    "un chemin": (lambda m: changer(m, modele={"feuilles": ["../secret"]}), "minuscules ASCII"),
    "une base ailleurs": (lambda m: changer(m, modele={"base": "../communal"}), "modèle livré"),
    "une clé inconnue": (lambda m: changer(m, modele={"ruse": 1}), "« ruse » est inconnue"),
    "un seuil en trop": (lambda m: changer(m, modele={"seuils": {"absent": 3}}), "inconnue"),
    "incohérent": (lambda m: changer(m, listes={"oui_non": {"valeurs": []}}), "oui_non"),
    "une histoire sans fin": (
        lambda m: changer(m, modele={"depuis": [{"version": f"0.{n}"} for n in range(5_000)]}),
        "versions",
    ),
}


@pytest.mark.parametrize("piege", _PIEGES)
def test_un_texte_piege_se_refuse(vaud: Modele, piege: str) -> None:
    faire, dit = _PIEGES[piege]
    with pytest.raises(ModeleInvalide, match=dit):
        charger_le_porte(faire(vaud))


@pytest.mark.parametrize("reste", [0.2, 0.9, 0.9999])
def test_un_texte_coupe_se_refuse(vaud: Modele, reste: float) -> None:
    assert vaud.porte is not None
    texte = vaud.porte.texte
    with pytest.raises(ModeleInvalide, match="abîmé"):
        charger_le_porte(texte[: int(len(texte) * reste)])


def test_une_histoire_qui_se_dedouble_se_compose_vite(vaud: Modele) -> None:
    suite = [
        {"version": f"0.{n}", "scindes": {f"outils.{x}{n}": [f"outils.a{n + 1}", f"outils.b{n + 1}"]
        for x in "ab"}}
        for n in range(50)
    ]  # fmt: skip
    with pytest.raises(ModeleInvalide, match="n'existe pas"):
        charger_le_porte(changer(vaud, modele={"depuis": suite}))
