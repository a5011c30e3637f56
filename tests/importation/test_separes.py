"""Un texte séparé : tout séparateur, tout encodage, des bornes."""

from __future__ import annotations

import pytest

from pilotage_xlsx.lecture.listes import lire_une_liste
from pilotage_xlsx.registre.tableaux import TableauRecu
from pilotage_xlsx.socle.entree import EnMemoire
from pilotage_xlsx.socle.paquet import Refus

_TEXTE = "Éditeur;Coût à l'année;Déjà là\nAlpha Sàrl;1,5;Forêt\nDelta;2,5;Noël\n"


def _lire(octets: bytes, limite: int = 100) -> TableauRecu:
    [tableau] = lire_une_liste(EnMemoire("liste.csv", octets), limite).tableaux
    return tableau


def _textes(tableau: TableauRecu) -> list[list[str]]:
    return [[c.texte for c in rang.values()] for rang in tableau.lignes.values()]


@pytest.mark.parametrize(
    "encodage", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850", "latin-1"]
)
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_tout_separateur_et_tout_encodage(encodage: str, separateur: str) -> None:
    texte = _TEXTE.replace(",", ".").replace(";", separateur)
    attendu = [ligne.split(separateur) for ligne in texte.splitlines()]
    assert _textes(_lire(texte.encode(encodage))) == attendu


def test_les_lignes_ont_le_numero_que_montre_un_tableur() -> None:
    assert [*_lire(b"\n\nNom;Fin\n;\nGED;2026\n").lignes] == [3, 5]


def test_un_texte_de_plusieurs_lignes_reste_une_cellule() -> None:
    assert _textes(_lire(b'Nom;Note\r\nGED;"un\r\ndeux"\r\n'))[1] == ["GED", "un\ndeux"]


def test_au_dela_de_la_limite_la_suite_ne_se_lit_pas() -> None:
    tableau = _lire(b"a;b\n" * 50, limite=10)
    assert (len(tableau.lignes), tableau.est_entier) == (10, False)


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "FIC-002"),
        (b'Nom;Fin\n"GED;2026\n', "FIC-004"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "FIC-006"),
        (b"%PDF-1.7", "FIC-003"),
        (b"<html><table><tr><td>Nom", "FIC-003"),
        (b"Nom;Note\nGED;" + b"x" * 40_000, "FIC-008"),
    ],
)
def test_ce_qui_n_est_pas_une_liste_se_refuse_avec_sa_cause(octets: bytes, code: str) -> None:
    with pytest.raises(Refus) as refus:
        _lire(octets)
    assert refus.value.code == code
