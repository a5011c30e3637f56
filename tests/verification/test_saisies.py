"""Ce que les gens tapent vraiment : chaque saisie de la table a la réponse que la table dit."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.modele.chargement import dossier_livre
from pilotage_xlsx.registre import Emplacement, Registre, Valeur
from pilotage_xlsx.registre.genres import afficher, interpreter_libre
from pilotage_xlsx.verification import verifier
from tests.tableaux import AU, lire_cellule, modele, registre
from tests.verification.saisies import SENS, SITUATIONS, Saisie, Situation, page, saisies

TOUTES = tuple(saisies())
_PROPOSITIONS = ("Vouliez-vous dire", "retaper", "le premier :", "Séparer", "ligne du dessus : «")
_RENVOYES = """
    outils       | nom | echeance   | cout_annuel | criticite | prestataire | utilite
                 | Gaz | 05.05.2027 | 800         | Important | Beta SA     | Chauffer l'école
                 | GED |            |             | Important |             |
    prestataires | nom      | telephone_urgence
                 | Beta SA  | 021 555 01 01
                 | Alpha SA |
    incidents    | numero
                 | I-1
                 | I-2
    decisions    | numero
                 | D-1
                 | D-2
"""


@lru_cache(maxsize=1)
def _avant() -> Registre:
    return registre(_RENVOYES)


def _inscrire(saisie: Saisie) -> tuple[Registre, Emplacement, Valeur | None]:
    """Le registre où la saisie est à la deuxième ligne, sa cellule, et ce qui y est lu."""
    lue = _avant().feuilles[saisie.registre]
    *dessus, ligne = lue.lignes
    if saisie.colonne not in modele().par_id[saisie.registre].par_id:
        valeur = interpreter_libre(saisie.cellule)
        ligne = replace(ligne, propres={saisie.colonne: valeur} if valeur is not None else {})
        lue, colonne = replace(lue, propres={saisie.colonne: 90}), 90
    else:
        valeur = lire_cellule(modele().par_id[saisie.registre], saisie.colonne, saisie.cellule)
        ligne = replace(
            ligne,
            valeurs={**ligne.valeurs, **({saisie.colonne: valeur} if valeur is not None else {})},
            cellules={**ligne.cellules, saisie.colonne: saisie.cellule},
        )
        colonne = ligne.emplacement(saisie.colonne).colonne or 0
    feuilles = {**_avant().feuilles, saisie.registre: replace(lue, lignes=(*dessus, ligne))}
    numero = ligne.emplacement(saisie.colonne).ligne
    lieu = Emplacement(ligne.lieu.fichier, ligne.lieu.feuille, numero, colonne)
    return replace(_avant(), feuilles=feuilles), lieu, valeur


def _constats(saisie: Saisie) -> tuple[list[Constat], Valeur | None]:
    """Les constats de forme à cette cellule ; ce que la valeur fait craindre est ailleurs."""
    lu, lieu, valeur = _inscrire(saisie)
    vus = [c for c in verifier(lu, modele(), AU) if c.lieu == lieu and c.regle != "CEL-001"]
    return [c for c in vus if c.regle[:3] in ("CEL", "PRE", "DEC") or c.regle == "OUT-001"], valeur


@pytest.mark.parametrize("saisie", TOUTES, ids=lambda s: f"{s.registre}.{s.colonne} {s.tape}")
def test_la_saisie_a_la_reponse_que_dit_la_table(saisie: Saisie) -> None:
    vus, valeur = _constats(saisie)
    remedes = " ".join(c.corriger.replace("\u202f", " ").replace("\u00a0", " ") for c in vus)
    match saisie.reponse:
        case "accepté":
            assert (vus, afficher(valeur)) == ([], saisie.detail)
        case "vide":
            assert (vus, valeur) == ([], None)
        case "masqué":
            assert [c.valeur for c in vus] == [saisie.detail]
            assert saisie.tape not in " ".join(f"{c.message} {c.corriger}" for c in vus)
        case "proposé":
            assert len(vus) == 1
            assert saisie.detail in remedes
            assert any(mot in remedes for mot in _PROPOSITIONS)
        case _:
            assert len(vus) == 1
            assert saisie.detail in remedes
            assert "Vouliez-vous dire" not in remedes


def test_chaque_reponse_est_definie() -> None:
    assert {saisie.reponse for saisie in TOUTES} == set(SENS)


def test_chaque_colonne_de_la_table_a_plusieurs_saisies() -> None:
    sujets = [saisie.sujet for saisie in TOUTES]
    assert min(map(sujets.count, set(sujets))) >= 2
    assert len(TOUTES) >= 150


@pytest.mark.parametrize("blancs", ["[blancs]", "[insécables]"])
def test_une_cellule_de_blancs_ne_dit_rien_nulle_part(blancs: str) -> None:
    vide = next(saisie.cellule for saisie in TOUTES if saisie.tape == blancs)
    for feuille in modele().feuilles:
        for colonne in feuille.saisies:
            assert lire_cellule(feuille, colonne.id, vide) is None


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.titre)
def test_la_ligne_a_la_reponse_que_dit_la_table(situation: Situation) -> None:
    (nom,) = re.findall(r"^ {8}(\w+)", situation.table, re.MULTILINE)
    tableau = [c for c in verifier(registre(situation.table), modele(), AU) if c.registre == nom]
    dits = [f"{c.regle} {c.lieu.ligne}" for c in tableau if c.regle.startswith("CEL")]
    attendus = [dit for dit in dits if not dit.startswith("CEL-001") or "CEL-001" in str(situation)]
    assert sorted(attendus) == sorted(situation.dits)
    if any(dit.startswith(("CEL-011", "CEL-012", "CEL-020", "CEL-021")) for dit in situation.dits):
        ligne = situation.dits[0].split()[1]
        assert [dit for dit in dits if dit.endswith(f" {ligne}")] == list(situation.dits)


def test_une_ligne_cachee_est_controlee_et_le_remede_le_dit() -> None:
    lu = registre("outils | nom | criticite\n | GED | Vitale")
    (ligne,) = lu.lignes("outils")
    lue = replace(lu.feuilles["outils"], lignes=(replace(ligne, est_masquee=True),))
    lu = replace(lu, feuilles={**lu.feuilles, "outils": lue})
    (faute,) = (c for c in verifier(lu, modele(), AU) if c.regle == "CEL-002")
    assert "enlever le filtre" in faute.corriger


def test_la_page_est_a_jour() -> None:
    assert (dossier_livre("docs") / "saisies.md").read_text("utf-8") == page()
