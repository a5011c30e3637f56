"""L'avis : un texte qui commence par ses en-têtes devient un message, et ne part qu'une fois."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pilotage_xlsx.envoi import (
    Depart,
    EnvoiRefuse,
    Serveur,
    choisir_destinataires,
    choisir_expediteur,
    expedier,
    lire_contenu,
    octets_du_brouillon,
)
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.envoyer import preparer_le_courriel
from pilotage_xlsx.socle.systeme import Moyen
from tests.envoi.serveurs import Boite, en_clair

INSTANT = datetime(2026, 9, 2, 9, 15, tzinfo=UTC)
AVIS = """\
De : Éloïse Guérin <greffe@orvagne.example>
À : conseil@orvagne.example
Objet : Avis d'incident I-2026-002 : compte piraté (Orvagne)

Bonjour,
Un incident a touché la sécurité de données.
"""


def ecrire(dossier: Path, texte: str = AVIS, nom: str = "avis.txt") -> Path:
    (dossier / nom).write_bytes(texte.encode("utf-8"))
    return dossier / nom


def preparer(*chemins: Path) -> Depart:
    contenu = lire_contenu(chemins)
    return Depart(
        contenu, choisir_expediteur(contenu, None), choisir_destinataires(contenu, []), INSTANT
    )


@pytest.mark.parametrize(
    "texte",
    [AVIS, AVIS.replace("\n", "\r\n"), "\ufeff" + AVIS, AVIS.replace(" : ", "\u202f: ", 3)],
    ids=["tel quel", "Windows", "marque", "espaces fines"],
)
def test_un_avis_se_lit(tmp_path: Path, texte: str) -> None:
    message = preparer(ecrire(tmp_path, texte)).message
    assert message["From"] == "Éloïse Guérin <greffe@orvagne.example>"
    assert message["To"] == "conseil@orvagne.example"
    assert message["Subject"].startswith("Avis d'incident I-2026-002")
    corps = message.get_body(("plain",))
    assert corps is not None
    assert corps.get_content().startswith("Bonjour,")
    assert not list(message.iter_attachments())


def test_la_fiche_part_avec_son_avis(tmp_path: Path) -> None:
    fiche = tmp_path / "incident.pdf"
    fiche.write_bytes(b"%PDF-1.7")
    message = preparer(fiche, ecrire(tmp_path)).message
    assert [piece.get_filename() for piece in message.iter_attachments()] == ["incident.pdf"]


def test_d_octets_le_meme_brouillon(tmp_path: Path) -> None:
    fichiers = {"avis.txt": AVIS.encode(), "incident.pdf": b"%PDF-1.7"}
    for nom, octets in fichiers.items():
        (tmp_path / nom).write_bytes(octets)
    brouillon = octets_du_brouillon(preparer(*(tmp_path / nom for nom in fichiers)).message)
    assert preparer_le_courriel(fichiers, instant=INSTANT) == brouillon


def test_d_octets_un_avis_sans_adresse_ne_se_prepare_pas() -> None:
    sans = AVIS.replace("conseil@orvagne.example", "")
    with pytest.raises(GesteImpossible, match="exécutif"):
        preparer_le_courriel({"avis.txt": sans.encode()}, instant=INSTANT)


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "Bonjour,\n\nRien.\n",
        "De : a@b.example\n\nSans objet.\n",
        "Objet :\n\nVide.\n",
        "Objet : un\nObjet : deux\n\nCorps\n",
        "Objet : un\nCc : c@d.example\n\nCorps\n",
    ],
)
def test_un_autre_texte_n_est_qu_une_piece(tmp_path: Path, texte: str) -> None:
    contenu = lire_contenu([ecrire(tmp_path, texte)])
    assert contenu.sujet == "Documents du pilotage numérique"
    assert [piece.nom for piece in contenu.pieces] == ["avis.txt"]


def test_un_texte_qui_n_est_pas_en_utf8_n_est_qu_une_piece(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(AVIS.encode("latin-1"))
    assert lire_contenu([tmp_path / "a.txt"]).bordereau is None


@pytest.mark.parametrize("faute", ["pas une adresse", "a@b.example <c@d.example>", ""])
def test_un_avis_sans_bonne_adresse_le_dit(tmp_path: Path, faute: str) -> None:
    chemin = ecrire(tmp_path, AVIS.replace("conseil@orvagne.example", faute))
    with pytest.raises(EnvoiRefuse) as leve:
        preparer(chemin)
    assert leve.value.moyens == (Moyen.DESTINATAIRE,)


def test_un_avis_va_a_plusieurs(tmp_path: Path) -> None:
    plusieurs = 'conseil@orvagne.example ; "Dupont, Anne" <anne@orvagne.example>'
    message = preparer(ecrire(tmp_path, AVIS.replace("conseil@orvagne.example", plusieurs))).message
    adresses = [adresse.addr_spec for adresse in message["To"].addresses]
    assert adresses == ["conseil@orvagne.example", "anne@orvagne.example"]


def test_un_avis_sans_fin_ne_part_pas(tmp_path: Path) -> None:
    with pytest.raises(EnvoiRefuse, match="trop long pour le texte d'un courriel"):
        lire_contenu([ecrire(tmp_path, AVIS + "x" * (3 << 20))])


def test_un_avis_part_une_fois_et_le_suivant_part_aussi(
    tmp_path: Path, ouvrir_serveur: Callable[..., int]
) -> None:
    boite = Boite()
    serveur: Serveur = en_clair(ouvrir_serveur(boite))
    expedier(preparer(ecrire(tmp_path)), serveur)
    with pytest.raises(EnvoiRefuse, match=r"déjà parti à conseil@orvagne\.example"):
        expedier(preparer(ecrire(tmp_path)), serveur)
    expedier(preparer(ecrire(tmp_path, AVIS.replace("-002", "-003"), "autre.txt")), serveur)
    assert len(boite.recus) == 2
    traces = json.loads((tmp_path / "envois.json").read_bytes())["envois"]
    assert [trace["objet"][16:26] for trace in traces] == ["I-2026-002", "I-2026-003"]
