"""Le rapport de Valmarin, et de vrais serveurs de courrier locaux."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pilotage_xlsx.envoi import Depart, choisir_destinataires, choisir_expediteur, lire_contenu
from tests.envoi.serveurs import Boite, port_libre

INSTANT = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
RAPPORT = {
    "format": 1,
    "commune": "Valmarin",
    "canton": "VD",
    "executif": "Municipalité",
    "annee": 2026,
    "au": "2026-11-24",
    "adresses": {
        "executif": "municipalite@valmarin.example",
        "referent": "greffe@valmarin.example",
    },
    "referent": "Zoé Délèze",
    "resume": {"erreurs": 0, "avertissements": 2, "attentions": 1},
    "texte": "rapport-valmarin-2026.txt",
    "fichiers": ["rapport-valmarin-2026.html", "rapport-valmarin-2026.xlsx"],
    "courriel_html": "<p>À décider</p>\n",
}

EcrireRapport = Callable[..., Path]


@pytest.fixture
def ecrire_rapport(tmp_path: Path) -> EcrireRapport:
    """Écrit le dossier du rapport, avec les changements voulus dans rapport.json."""

    def ecrire(**changements: Any) -> Path:
        dossier = tmp_path / "rapport"
        dossier.mkdir(exist_ok=True)
        (dossier / "rapport-valmarin-2026.txt").write_text(
            "Madame la Syndique,\nÀ décider.\n", "utf-8"
        )
        (dossier / "rapport-valmarin-2026.html").write_text("<p>À décider</p>\n", "utf-8")
        (dossier / "rapport-valmarin-2026.xlsx").write_bytes(b"PK\x03\x04classeur")
        (dossier / "rapport.json").write_text(json.dumps(RAPPORT | changements), "utf-8")
        return dossier

    return ecrire


@pytest.fixture
def preparer_depart(ecrire_rapport: EcrireRapport) -> Callable[..., Depart]:
    """Prépare l'envoi du rapport de Valmarin aux adresses données, ou à l'exécutif."""

    def preparer(*adresses: str, instant: datetime = INSTANT, **changements: Any) -> Depart:
        contenu = lire_contenu([ecrire_rapport(**changements)])
        expediteur = choisir_expediteur(contenu, None)
        return Depart(contenu, expediteur, choisir_destinataires(contenu, adresses), instant)

    return preparer


@pytest.fixture(scope="session")
def certificat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un certificat pour localhost, signé par lui-même, avec sa clé."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2099, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(cle, hashes.SHA256())
    )
    fichier = tmp_path_factory.mktemp("certificat") / "localhost.pem"
    fichier.write_bytes(
        certificat.public_bytes(serialization.Encoding.PEM)
        + cle.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return fichier


@pytest.fixture
def contexte(certificat: Path) -> ssl.SSLContext:
    """Le contexte TLS du serveur."""
    contexte = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    contexte.load_cert_chain(certificat)
    return contexte


@pytest.fixture
def confiance(certificat: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le poste reconnaît l'autorité du serveur."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificat))


@pytest.fixture
def ouvrir_serveur() -> Iterator[Callable[..., int]]:
    """Démarre un serveur aiosmtpd pour une boîte ; rend son port."""
    with ExitStack() as pile:

        def ouvrir(boite: Boite, **reglages: Any) -> int:
            controleur = Controller(boite, "127.0.0.1", port_libre(), **reglages)
            controleur.start()
            pile.callback(controleur.stop)
            return int(controleur.port)

        yield ouvrir
