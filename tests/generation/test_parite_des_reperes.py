"""La fiche et le prochain numéro : remplis au hasard, LibreOffice en calcule ce que nous disons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pilotage_xlsx.generation import generer
from pilotage_xlsx.generation.controle import FEUILLE as CONTROLE
from pilotage_xlsx.generation.etat_de_fiche import dire
from pilotage_xlsx.generation.numeros import prochain_numero
from pilotage_xlsx.generation.plan import (
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    COLONNE_SIGNES,
    Plan,
    planifier,
)
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.etat import FAUTES, Etat
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.typographie import FINE
from tests.campagne import combien
from tests.generation.parite import alleger
from tests.generation.remplissages import CONVENUES
from tests.libreoffice import RAISON, SOFFICE, enregistrer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

_TORDUES = (
    "x", " ", "\u00a0", "\u202f\t", "Oui ", "oui", "vd", "V D", "Secretaire communal·e", "-3", "12",
    "2026", "12 mars 2026", "31.02.2026", 45_000, 3.5, -1, 0, 10_000, 20_260_312, True, "#REF!",
    date(2026, 3, 12), "PERSONNE  EXTERNE", "Membre de l’exécutif", "é" * 300, "=", '"', "G*",
)  # fmt: skip
_RANGS = (
    "001", "7", "012", "0000044", "1e3", "1/2", "+40", "-3", "50%", "1.5", "", "x", "9999999",
    "01 ", "01.02.2026", "999",
)  # fmt: skip

_NOMBRES = (Genre.ENTIER, Genre.MONTANT)

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason=RAISON),
    pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning"),
]


def _reponse(hasard: Random, colonne: Colonne) -> Any:
    if hasard.random() < 0.25:
        return None
    if hasard.random() < 0.2:
        return hasard.choice(CONVENUES)
    if hasard.random() < 0.3 and modele().choix(colonne):
        return hasard.choice(modele().choix(colonne))
    valeur = hasard.choice(_TORDUES)
    # Une formule ne voit pas qu'un nombre est montré comme une date : `verifier` le dit.
    return 12 if isinstance(valeur, date) and colonne.genre in _NOMBRES else valeur


def _remplir(livre: Workbook, plan: Plan, graine: int) -> None:
    """Récrit toutes les réponses de la fiche, et six numéros par registre numéroté."""
    hasard, fiche = Random(graine), plan.fiche
    for colonne in fiche.feuille.saisies:
        case = livre[fiche.feuille.libelle].cell(fiche.lignes[colonne.id], COLONNE_REPONSES)
        case.number_format = "General"
        case.value = _reponse(hasard, colonne)
    annee = hasard.choice((2026, 2025, None, "2026", 2026))
    livre[fiche.feuille.libelle].cell(fiche.lignes["annee"], COLONNE_REPONSES).value = annee
    for registre in plan.registres:
        if registre.feuille.prefixe:
            page, rang = livre[registre.feuille.libelle], registre.rang(registre.feuille.cle or "")
            for ligne in range(registre.premiere, registre.premiere + 6):
                debut = hasard.choice((registre.feuille.prefixe, registre.feuille.prefixe.lower()))
                numero = f"{debut}-{hasard.choice((2025, 2026, 2026))}-{hasard.choice(_RANGS)}"
                page.cell(ligne, rang).value = numero


def _dits(chemin: Path, plan: Plan) -> Iterator[tuple[str, Any]]:
    """Ce que la feuille recalculée montre."""
    livre = load_workbook(chemin, data_only=True)
    fiche = livre[plan.fiche.feuille.libelle]
    for colonne in plan.fiche.feuille.saisies:
        yield colonne.id, fiche.cell(plan.fiche.lignes[colonne.id], COLONNE_SIGNES).value
    yield "phrase", fiche.cell(plan.fiche.ligne_etat, COLONNE_QUESTIONS).value
    (compte,) = (ligne for ligne in livre[CONTROLE].iter_rows() if ligne[0].value == fiche.title)
    yield "comptes", [compte[rang].value or 0 for rang in (3, 5, 6)]
    yield "première", compte[7].value or ""
    for registre in plan.registres:
        if registre.feuille.prefixe:
            page = livre[registre.feuille.libelle]
            yield registre.feuille.id, page.cell(registre.ligne_legende, 1).value


def _attendus(chemin: Path, plan: Plan) -> Iterator[tuple[str, Any]]:
    """Ce que nous disons du même classeur, relu."""
    lu, fiche = lire(chemin, modele()), plan.fiche.feuille
    signes = Etat(modele(), lu).signes(fiche, lu.commune)[1:]
    yield from zip((c.id for c in fiche.saisies), signes, strict=True)
    yield "phrase", dire(plan.fiche, signes)
    fautives = sum(signe in FAUTES for signe in signes)
    yield "comptes", [fautives, signes.count("M"), signes.count("C")]
    pressants = next((groupe for groupe in (FAUTES, "M", "C") if set(groupe) & set(signes)), "")
    vues = [c for c, signe in zip(fiche.saisies, signes, strict=True) if signe in pressants]
    lieu = vues and f"Commune, ligne {plan.fiche.lignes[vues[0].id]}{FINE}: {vues[0].libelle}"
    yield "première", lieu or ""
    for registre in plan.registres:
        if registre.feuille.prefixe:
            lignes = lu.lignes(registre.feuille.id)
            numero = prochain_numero(registre.feuille, lignes, lu.annee or 0)
            sans = "dès que la feuille Commune dit l’année du rapport"
            yield registre.feuille.id, f"Prochain numéro{FINE}: {numero if lu.annee else sans}"


def test_libreoffice_dit_ce_que_nous_disons(tmp_path: Path) -> None:
    with petites_tables():
        _comparer(tmp_path)


def _comparer(dossier: Path) -> None:
    vierge = Registre(Path("vierge.xlsx"))
    octets, plan = generer(modele(), vierge, AU), planifier(modele(), vierge)
    (dossier / "remplis").mkdir()
    remplis = [dossier / "remplis" / f"{graine}.xlsx" for graine in range(combien(2, 100))]
    livre = alleger(load_workbook(BytesIO(octets)))
    for graine, chemin in enumerate(remplis):
        _remplir(livre, plan, graine)
        livre.save(chemin)
    enregistrer(remplis, dossier)
    for chemin in remplis:
        calcule = dossier / chemin.name
        assert dict(_dits(calcule, plan)) == dict(_attendus(calcule, plan)), chemin.stem
