"""L'ouvrier de la page, piégé dans l'un et l'autre navigateur : arrêté, à bout de mémoire, mort."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.navigateur.espion import Espion
from tests.navigateur.gestes import (
    EXEMPLES,
    avoir,
    compter,
    controler,
    demander,
    etat,
    prets,
    refus,
)
from tests.navigateur.piege import dans_l_ouvrier, liberer, pieger

VALMARIN = EXEMPLES / "valmarin-2026.xlsx"
ESSARTS = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"
_PORTES = {
    "fetch": "return WorkerGlobalScope.prototype.fetch.call(self, A, {mode: 'no-cors'});",
    "la sienne": "return fetch(A);",
    "module": "return import(A + '/x.mjs');",
    "évaluer": "new Function('return 1')();",
}


@pytest.fixture(scope="module")
def arretee(page_pdf: Any) -> Iterator[tuple[Any, str]]:
    """La page dont on vient d'arrêter le travail, ce qu'elle en dit, et son ouvrier neuf, piégé."""
    avoir(page_pdf, ESSARTS)
    demander(page_pdf, "urgence", pdf=True)
    pieger(page_pdf, _PORTES)
    avant = compter(page_pdf, "pret")
    assert page_pdf.evaluer(_ARRETER) == [True, True], "le travail était déjà fini"
    page_pdf.attendre(f"document.body.dataset.pret > {avant}")
    yield page_pdf, refus(page_pdf)
    liberer(page_pdf)


_ARRETER = (
    "(async () => { const bouton = document.getElementById('arreter'), duraient = [];"
    " const { port1, port2 } = new MessageChannel();"
    " const ceder = () => new Promise((fait) => { port1.onmessage = fait; port2.postMessage(0); });"
    " for (let fois = 0; fois < 2; fois += 1) {"
    "   document.getElementById('geste-annoter').click(); await ceder();"
    "   duraient.push(!bouton.hidden); bouton.click(); await ceder(); }"
    " return duraient; })()"
)
"""En plein travail, puis quand l'ouvrier qui remplace se prépare encore : vrai, si cela durait.
Firefox fait attendre une seconde ce qu'un onglet caché remet par ``setTimeout``."""


@pytest.fixture(scope="module")
def piegee(arretee: tuple[Any, str]) -> Any:
    """La page dont l'ouvrier écoute l'essai."""
    return arretee[0]


def test_un_long_travail_s_arrete_et_le_pdf_se_refait(arretee: tuple[Any, str]) -> None:
    """Le moteur des PDF, perdu avec l'ouvrier, se branche de nouveau."""
    page, dit = arretee
    assert "Arrêté" in dit
    avoir(page, ESSARTS)
    demander(page, "urgence", pdf=True)
    assert refus(page) == ""
    assert prets(page)[0] == "fiche-urgence.pdf"


def test_chaque_porte_de_l_ouvrier_est_fermee(piegee: Any, espion: Espion) -> None:
    for nom in _PORTES:
        assert dans_l_ouvrier(piegee, nom, espion.porte("fermée", nom)) == "fermée", nom
    assert espion.entendues("fermée") == set()


_FAUTES = {
    "return [bytearray(2**31 - 1) for _ in range(9)]": "mémoire",
    "raise MemoryError": "mémoire",
    "return 1 / 0": "La faute est celle du programme",
}


def test_a_bout_de_memoire_ou_surprise_elle_le_dit(piegee: Any) -> None:
    """L'une après l'autre, dans le même ouvrier, qui vit encore."""
    avoir(piegee, VALMARIN)
    for corps, dit in _FAUTES.items():
        _faire_d_annoter(piegee, corps)
        demander(piegee, "annoter")
        assert dit in refus(piegee), corps
        assert "Traceback" not in refus(piegee), corps
        dans_l_ouvrier(piegee, "python", "guichet._PAR_ID['annoter'] = le_vrai")
    demander(piegee, "annoter")
    assert refus(piegee) == ""
    _vit_encore(piegee)


def _faire_d_annoter(page: Any, corps: str) -> None:
    """Dans l'ouvrier, « La copie annotée » fait tout autre chose."""
    programme = (
        f"import guichet, js, pyodide_js\ndef autre(demande):\n {corps}\n"
        "le_vrai = guichet._PAR_ID['annoter']\n"
        "guichet._PAR_ID['annoter'] = le_vrai._replace(jouer=autre)"
    )
    assert dans_l_ouvrier(page, "python", programme) == "ouverte"


def _mourir_au_repos(page: Any) -> None:
    dans_l_ouvrier(page, "jeter")


def _avorter_en_plein_travail(page: Any) -> None:
    """Comme le moteur des PDF quand il abandonne : Pyodide entier s'arrête."""
    _faire_d_annoter(page, "pyodide_js._api.fatal_error(js.Error.new('mort'))")
    demander(page, "annoter")
    assert "s’est arrêté net" in refus(page)


@pytest.mark.parametrize("faire", [_mourir_au_repos, _avorter_en_plein_travail])
def test_un_ouvrier_qui_meurt_est_remplace(piegee: Any, faire: Callable[[Any], None]) -> None:
    avoir(piegee, VALMARIN)
    avant = compter(piegee, "pret")
    faire(piegee)
    piegee.attendre(f"document.body.dataset.pret > {avant}")
    _vit_encore(piegee)


def _vit_encore(page: Any) -> None:
    controler(page, VALMARIN)
    assert "est contrôlé" in etat(page)
    assert refus(page) == ""
