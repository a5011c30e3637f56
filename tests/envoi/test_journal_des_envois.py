"""Le journal : le même rapport ne part pas deux fois au même destinataire."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.envoi import (
    Contenu,
    Depart,
    EnvoiImpossible,
    EnvoiRefuse,
    Serveur,
    expedier,
    expedition,
    lire_contenu,
)
from pilotage_xlsx.envoi.contenu import PieceJointe
from pilotage_xlsx.envoi.expedition import seul
from pilotage_xlsx.socle.ecriture import SortieImpossible
from tests.envoi.serveurs import (
    Boite,
    couper_au_milieu,
    en_clair,
    port_libre,
    serveur_brutal,
)

Preparer = Callable[..., Depart]


def journal(depart: Depart) -> list[dict[str, Any]]:
    assert depart.contenu.dossier is not None
    return list(json.loads((depart.contenu.dossier / "envois.json").read_bytes())["envois"])


@pytest.fixture
def boite() -> Boite:
    return Boite()


@pytest.fixture
def serveur(boite: Boite, ouvrir_serveur: Callable[..., int]) -> Serveur:
    return en_clair(ouvrir_serveur(boite))


def test_un_envoi_se_consigne(preparer_depart: Preparer, serveur: Serveur) -> None:
    depart = preparer_depart()
    expedier(depart, serveur)
    [trace] = journal(depart)
    assert trace["statut"] == "envoyé"
    assert trace["destinataires"] == ["municipalite@valmarin.example"]
    assert trace["date"] == "2026-11-24T09:15:00Z"
    assert trace["message_id"] == depart.message["Message-ID"]
    assert "4711" in trace["reponse"]
    assert trace["fichiers"][1] == {
        "nom": "rapport-valmarin-2026.xlsx",
        "sha256": hashlib.sha256(b"PK\x03\x04classeur").hexdigest(),
    }


@pytest.mark.skipif(os.name != "posix", reason="modes de POSIX")
def test_le_journal_n_est_pas_plus_lisible_que_le_message(
    preparer_depart: Preparer, serveur: Serveur
) -> None:
    depart = preparer_depart()
    assert depart.contenu.dossier is not None
    assert depart.contenu.bordereau is not None
    (depart.contenu.dossier / depart.contenu.bordereau.texte).chmod(0o600)
    expedier(depart, serveur)
    tenu = depart.contenu.dossier / "envois.json"
    assert stat.S_IMODE(tenu.stat().st_mode) == 0o600
    tenu.chmod(0o640)
    expedier(depart, serveur, encore=True)
    assert stat.S_IMODE(tenu.stat().st_mode) == 0o640


def test_le_meme_rapport_ne_part_pas_deux_fois(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    expedier(preparer_depart(), serveur)
    with pytest.raises(EnvoiRefuse, match=r"déjà parti à .* le 24\.11\.2026.*--encore"):
        expedier(preparer_depart("Municipalite@Valmarin.example"), serveur)
    assert len(boite.recus) == 1


def test_encore_le_renvoie(preparer_depart: Preparer, serveur: Serveur, boite: Boite) -> None:
    expedier(preparer_depart(), serveur)
    expedier(preparer_depart(), serveur, encore=True)
    assert len(boite.recus) == 2
    assert len(journal(preparer_depart())) == 2


def _refaire_a_cote(depart: Depart, octets: bytes) -> Depart:
    """Le même rapport, refait dans un dossier voisin."""
    dossier = depart.contenu.dossier
    assert dossier is not None
    voisin = dossier.with_name("rapport-corrige")
    shutil.copytree(dossier, voisin, ignore=shutil.ignore_patterns("envois.json"))
    (voisin / "rapport-valmarin-2026.xlsx").write_bytes(octets)
    return replace(depart, contenu=lire_contenu([voisin]))


def test_le_rapport_refait_a_cote_ne_part_pas_deux_fois(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    depart = preparer_depart()
    refait = _refaire_a_cote(depart, b"PK autre")
    expedier(depart, serveur)
    with pytest.raises(EnvoiRefuse, match=r"déjà parti.*ses fichiers ont changé depuis.*--encore"):
        expedier(refait, serveur)
    expedier(refait, serveur, encore=True)
    assert len(boite.recus) == 2


def test_le_journal_abime_d_un_voisin_ne_retient_rien(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    refait = _refaire_a_cote(preparer_depart(), b"PK")
    assert refait.contenu.dossier is not None
    (refait.contenu.dossier / "envois.json").write_bytes(b"abime")
    expedier(preparer_depart(), serveur)
    assert len(boite.recus) == 1


@pytest.mark.parametrize("avenir", [{"format": 2}, {"format": 2, "envois": {"a": 1}}])
def test_le_journal_d_une_autre_version_n_est_ni_lu_ni_remplace(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite, avenir: dict[str, Any]
) -> None:
    depart = preparer_depart()
    assert depart.contenu.dossier is not None
    ecrit = json.dumps(avenir)
    (depart.contenu.dossier / "envois.json").write_text(ecrit, "utf-8")
    with pytest.raises(EnvoiRefuse, match=r"envois\.json.*format 2.*mettez pilotage-xlsx à jour"):
        expedier(depart, serveur)
    assert boite.recus == []
    assert (depart.contenu.dossier / "envois.json").read_text("utf-8") == ecrit


def test_une_cle_inconnue_du_journal_ne_gene_pas(
    preparer_depart: Preparer, serveur: Serveur
) -> None:
    depart = preparer_depart()
    assert depart.contenu.dossier is not None
    avenir = json.dumps({"format": 1, "envois": [], "avenir": 1})
    (depart.contenu.dossier / "envois.json").write_text(avenir, "utf-8")
    expedier(depart, serveur)
    assert len(journal(depart)) == 1


def test_deux_regions_de_meme_taille_ne_se_confondent_pas(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    region = {"commune": "2 communes", "communes": ["Valmarin", "Orvagne"]}
    expedier(preparer_depart(**region), serveur)
    expedier(preparer_depart(**region | {"communes": ["Valmarin", "Belcombe"]}), serveur)
    with pytest.raises(EnvoiRefuse, match="déjà parti"):
        expedier(preparer_depart(**region | {"communes": ["Orvagne", "Valmarin"]}), serveur)
    assert len(boite.recus) == 2


@pytest.mark.parametrize("changements", [{"annee": 2027}, {"commune": "Orvagne"}])
def test_un_autre_rapport_part(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite, changements: dict[str, Any]
) -> None:
    expedier(preparer_depart(), serveur)
    expedier(preparer_depart(**changements), serveur)
    assert len(boite.recus) == 2


def test_un_refuse_pourra_recevoir_le_rapport(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    boite.refusees = ("syndique@valmarin.example",)
    expedier(preparer_depart("syndique@valmarin.example", "a@valmarin.example"), serveur)
    boite.refusees = ()
    expedier(preparer_depart("syndique@valmarin.example"), serveur)
    assert journal(preparer_depart())[0]["refuses"][0]["adresse"] == "syndique@valmarin.example"
    assert len(boite.recus) == 2


def test_un_echec_net_ne_laisse_pas_de_trace(preparer_depart: Preparer, serveur: Serveur) -> None:
    with pytest.raises(EnvoiImpossible):
        expedier(preparer_depart(), en_clair(port_libre()))
    assert journal(preparer_depart()) == []
    expedier(preparer_depart(), serveur)


def test_une_rupture_laisse_un_doute_qui_retient_le_suivant(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    with serveur_brutal(couper_au_milieu) as port, pytest.raises(EnvoiImpossible):
        expedier(preparer_depart(), en_clair(port))
    with pytest.raises(EnvoiRefuse, match="peut-être arrivé"):
        expedier(preparer_depart(), serveur)
    assert boite.recus == []


def test_une_interruption_laisse_un_doute(
    preparer_depart: Preparer, serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrompre(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as essai, pytest.raises(KeyboardInterrupt):
        essai.setattr(expedition, "remettre", interrompre)
        expedier(preparer_depart(), serveur)
    with pytest.raises(EnvoiRefuse, match="s'est interrompu"):
        expedier(preparer_depart(), serveur)


def test_deux_envois_a_la_fois_n_en_font_qu_un(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite
) -> None:
    depart = preparer_depart()
    assert depart.contenu.dossier is not None
    with seul(depart.contenu.dossier / "rapport-valmarin-2026.txt"):
        with pytest.raises(EnvoiRefuse, match="déjà en cours"):
            expedier(depart, serveur)
        assert boite.recus == []
    expedier(depart, serveur)
    assert len(boite.recus) == 1


def test_sans_journal_inscriptible_rien_ne_part(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: Any, **__: Any) -> None:
        raise SortieImpossible("Le dossier est en lecture seule.")

    monkeypatch.setattr("pilotage_xlsx.envoi.journal.ecrire_atomique", refuser)
    with pytest.raises(SortieImpossible):
        expedier(preparer_depart(), serveur)
    assert boite.recus == []


@pytest.mark.parametrize("octets", [b"", b"[]", b'{"envois": 3}', b"\xff"])
def test_un_journal_abime_retient_l_envoi(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite, octets: bytes
) -> None:
    depart = preparer_depart()
    assert depart.contenu.dossier is not None
    (depart.contenu.dossier / "envois.json").write_bytes(octets)
    with pytest.raises(EnvoiRefuse, match=r"envois\.json ne se lit pas"):
        expedier(depart, serveur)
    assert boite.recus == []


def test_de_simples_fichiers_partent_sans_journal(
    preparer_depart: Preparer, serveur: Serveur, boite: Boite, tmp_path: Path
) -> None:
    modele = preparer_depart()
    contenu = Contenu("Documents", "Bonjour", None, (PieceJointe("a.pdf", b"%PDF"),))
    expedier(Depart(contenu, modele.expediteur, modele.destinataires, modele.instant), serveur)
    assert len(boite.recus) == 1
    assert not list(tmp_path.rglob("envois.json"))
