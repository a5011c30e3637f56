"""Le parcours d'une secrétaire qui n'a rien installé, du premier contrôle au brouillon ouvert."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from outils.navigateur.produits import SEULE
from tests import libreoffice
from tests.navigateur.chromium import Chromium, Page
from tests.navigateur.gestes import (
    EXEMPLES,
    apercevoir,
    avoir,
    compter,
    controler,
    demander,
    enregistrer,
    montree,
    prets,
    refus,
)

pytestmark = pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.RAISON)
ESSARTS = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"


def test_controler_corriger_redeposer_rapporter_envoyer(page: Page, tmp_path: Path) -> None:
    """Le premier classeur se glisse d'un dossier ; le second se choisit."""
    avant = compter(page, "controles")
    page.lacher(ESSARTS)
    page.attendre(f"document.body.dataset.controles > {avant}")
    avant = _fautes(page)
    assert avant > 5

    demander(page, "corriger", accepter=True)
    ((nom, corrige),) = enregistrer(page, prets(page)[:1]).items()
    controler(page, _dans_libreoffice(tmp_path, nom, corrige))
    apres = _fautes(page)
    assert apres < avant - 2

    demander(page, "rapport", annee="2026")
    assert refus(page) == ""
    assert "rapport 2026" in montree(page)
    _revoir(page, "controle.html")
    assert _fautes(page) == apres
    rapport = enregistrer(page, [n for n in prets(page)[:3] if n.endswith(".html")])
    assert b"Les Essarts" in next(iter(rapport.values()))

    demander(page, "courriel", annee="2026")
    assert refus(page) == ""
    ((_, brouillon),) = enregistrer(page, prets(page)[:1]).items()
    message = message_from_bytes(brouillon, policy=policy.default)
    assert "Essarts" in str(message["Subject"])
    assert "@" in str(message["To"])
    pieces = [p.get_filename() or "" for p in message.iter_attachments()]
    assert any(nom.endswith(".html") for nom in pieces)
    assert not any(nom.endswith(".pdf") for nom in pieces)
    tailles = page.evaluer("[...document.querySelectorAll('.fichiers li')].map((l) => l.innerText)")
    assert len(tailles) > 4
    assert all(re.search(r"\d\s(octets|ko|Mo)", un) for un in tailles)


@pytest.mark.parametrize("fuseau", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_le_jour_est_celui_du_poste(dist: Path, chromium: Chromium, fuseau: str) -> None:
    """Vingt-six heures les séparent : l'un des deux n'est jamais le jour universel."""
    page = chromium.ouvrir("about:blank")
    page.dire("Emulation.setTimezoneOverride", timezoneId=fuseau)
    page.dire("Page.addScriptToEvaluateOnNewDocument", source="self.Worker = class {};")
    page.aller((dist / SEULE).as_uri())
    page.attendre("document.getElementById('au')?.value")
    assert page.evaluer("document.getElementById('au').value") == str(
        datetime.now(ZoneInfo(fuseau)).date()
    )
    page.fermer()


def test_une_decision_se_choisit_par_ses_mots(page: Page) -> None:
    avoir(page, EXEMPLES / "valmarin-2026.xlsx")
    assert apercevoir(page, "decision")
    offertes = page.evaluer(
        "[...document.querySelectorAll('#questions option')].map((o) => [o.value, o.text])"
    )
    assert offertes
    for numero, offerte in offertes:
        assert offerte.startswith(f"{numero}\u00a0: ")


def _revoir(page: Page, fin: str) -> None:
    page.evaluer(
        "new Promise((suite) => {"
        " document.getElementById('page').addEventListener('load', suite, { once: true });"
        " [...document.querySelectorAll('#prets li')].find((l) =>"
        f" l.dataset.nom.endsWith('{fin}')).querySelector('button').click(); }}).then(() => 1)"
    )


def _dans_libreoffice(dossier: Path, nom: str, octets: bytes) -> Path:
    """Le classeur, où quelqu'un remplit encore une cellule, enregistré par LibreOffice."""
    (dossier / "recu").mkdir()
    classeur = openpyxl.load_workbook(_poser(dossier / "recu" / nom, octets))
    classeur["Outils"]["X11"] = 500
    classeur.save(dossier / "recu" / nom)
    (dossier / "rendu").mkdir()
    libreoffice.enregistrer([dossier / "recu" / nom], dossier / "rendu")
    return dossier / "rendu" / nom


def _poser(chemin: Path, octets: bytes) -> Path:
    chemin.write_bytes(octets)
    return chemin


def _fautes(page: Page) -> int:
    """Les erreurs et les avertissements que la page montre."""
    return int(
        page.evaluer(
            "document.getElementById('page').contentDocument"
            ".querySelectorAll('li.erreur, li.avertissement').length"
        )
    )
