"""Le brouillon se relit par d'autres que nous : un analyseur en Rust, un autre en C."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pilotage_xlsx.envoi import Contenu, Depart, composer, octets_du_brouillon
from pilotage_xlsx.envoi.adresses import lire_adresse
from pilotage_xlsx.envoi.contenu import PieceJointe
from tests.envoi.conftest import INSTANT

MUNPACK = shutil.which("munpack")


def accentue() -> bytes:
    """Un brouillon dont tout porte un accent : noms, objet, corps, pièces."""
    pieces = (
        PieceJointe("rapport-de-l'année.pdf", bytes(range(256))),
        PieceJointe("été.xlsx", b"PK\x03\x04"),
    )
    contenu = Contenu(
        "Pilotage numérique d'Évian", "À décider : « oui »\n", "<p>À décider</p>", pieces
    )
    expediteur = lire_adresse("Zoé Délèze <greffe@valmarin.example>")
    return octets_du_brouillon(
        composer(contenu, expediteur, [lire_adresse("a@b.example")], INSTANT)
    )


def test_un_analyseur_en_rust_lit_le_brouillon() -> None:
    analyseur = pytest.importorskip("fast_mail_parser")
    lu = analyseur.parse_email(accentue())
    assert lu.subject == "Pilotage numérique d'Évian"
    assert lu.headers["From"] == ["Zoé Délèze <greffe@valmarin.example>"]
    assert lu.headers["X-Unsent"] == ["1"]
    assert [texte.strip() for texte in lu.text_plain] == ["À décider : « oui »"]
    assert [page.strip() for page in lu.text_html] == ["<p>À décider</p>"]
    assert [bytes(piece.content) for piece in lu.attachments] == [bytes(range(256)), b"PK\x03\x04"]


@pytest.mark.skipif(MUNPACK is None, reason="demande munpack (paquet mpack)")
def test_un_analyseur_en_c_en_tire_les_pieces(
    preparer_depart: Callable[..., Depart], tmp_path: Path
) -> None:
    depart = preparer_depart()
    brouillon = tmp_path / "courriel.eml"
    brouillon.write_bytes(octets_du_brouillon(depart.message))
    commande = [str(MUNPACK), "-q", "-C", str(tmp_path), str(brouillon)]
    subprocess.run(commande, check=True, capture_output=True, timeout=30)
    for piece in depart.contenu.pieces:
        assert (tmp_path / piece.nom).read_bytes() == piece.octets
