"""JSON → classeur → lecture : chaque valeur est la même, ou une remarque nomme sa place."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire, remarques
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.registre import Illisible, Registre, Valeur
from pilotage_xlsx.socle.json_exact import NombreLong, decoder
from pilotage_xlsx.socle.textes import cle
from tests.campagne import combien
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

_TEXTES = (
    *(
        "=A1",
        "'texte",
        " GED ",
        "GED  SA",
        "a\r\nb",
        "a\tb",
        "a\0b",
        "\u200bGED",
        "_x0041_",
        "\ufffe",
    ),
    *("12.3.26", "0026-03-12", "2026-02-31", "12.03.2026", "12 mars 2026", "2026-03-12"),
    *("2026-03-12T14:30", "2026-03-12T14:30:15", "2026-03-12T14:30:15.5", "2026-03-12T14:30:00Z"),
    *("2026-03-12T14:30:00+02:00", "20260312", "2026-W11-4", "1899-12-31", "9999-12-31"),
    *("2026-03-12T00:00:00", "x" * 32_767, "x" * 32_768, "😀" * 16_384, "1'234.50", "0.1", "1e308"),
    *("12345678901234567", "Oui", "oui", "Géré à l'interne", "a;b", "a ; b;", ";", "   ", "VRAI"),
    *("mailto:a@b.example", "CHE-123.456.788", "Total", "\n", "a\n", "é\u0301", "\ud800", "NaN"),
)
_NOMBRES = (
    *(0, -1, 3, 46_000, 20260312, 10**14, 10**16, 7569217076985, 0.1, 1e22, 1e-9, 1.5, 2.0),
    *map(NombreLong, ("12345678901234567", "0.30000000000000004", "1e309", "9" * 400, "-1e-400")),
)
_DONNEES = (*_TEXTES, *_NOMBRES, True, False, None, "")
_LISTES = ([], ["a", "b"], ["a;b"], [" a", "b"], [""], ["a", "a"], ["Géré à l'interne"], ["a\nb"])
_REGISTRES = [feuille.id for feuille in modele().registres]


def _objets(registre: str) -> list[dict[str, Any]]:
    """Autant de lignes qu'il y a de données : chaque colonne les reçoit toutes, décalées."""
    feuille = modele().par_id[registre]
    colonnes = [colonne for colonne in feuille.saisies if colonne.id != feuille.cle]
    return [
        {feuille.cle or "": f"N{rang}"}
        | {c.id: _donnee(c, rang + 7 * decalage) for decalage, c in enumerate(colonnes)}
        | {"propres": {f"Propre {n}": _DONNEES[(rang + n) % len(_DONNEES)] for n in (0, 20)}}
        for rang in range(len(_DONNEES))
    ]


def _donnee(colonne: Colonne, rang: int) -> Any:
    donnees = (*_DONNEES, *_LISTES) if colonne.plusieurs else _DONNEES
    return donnees[rang % len(donnees)]


def _est_la_meme(donne: Any, lu: Valeur | None, colonne: Colonne | None) -> bool:
    """L'égalité que le contrat promet, écrite sans rien de ce qui produit les remarques."""
    if donne in (None, "", [], [""]):
        return lu is None
    if isinstance(lu, Illisible):
        return False
    if isinstance(donne, bool):
        return (
            colonne is not None
            and colonne.genre is Genre.LISTE
            and _dit_aussi(colonne, lu, "Oui" if donne else "Non")
        )
    if isinstance(donne, list):
        return list(lu) == donne if isinstance(lu, tuple) else lu == donne
    if isinstance(donne, int | float) and not isinstance(lu, date):
        return lu is not None and not isinstance(lu, tuple) and float(lu) == donne
    if isinstance(lu, date):
        iso = lu.isoformat()
        formes = (iso, iso[:16], f"{iso}T00:00:00", f"{lu:%d.%m.%Y}", f"{lu:%Y%m%d}")
        return str(donne) in (*formes, "12 mars 2026")
    if isinstance(lu, tuple):
        noms = (nom.strip() for nom in re.split(r"[;\r\n]", str(donne)))
        return list(filter(None, noms)) == list(lu)
    if isinstance(lu, int | float):
        net = str(donne).replace("'", "")
        est_court = sum(map(str.isdigit, net.partition("e")[0])) <= 15
        return net[:1].isdigit() and "-" not in net and est_court and float(net) == lu
    return donne == lu or (colonne is not None and _est_un_libelle(colonne, lu, str(donne)))


def _dit_aussi(colonne: Colonne, lu: Valeur | None, mot: str) -> bool:
    """Vrai si le modèle donne ce mot à la valeur lue : « Non » se lit « Aucune »."""
    mots = modele().mots(colonne)
    return any(lu == une.libelle and mot in (une.libelle, *une.synonymes) for une in mots)


def _est_un_libelle(colonne: Colonne, lu: Valeur | None, donne: str) -> bool:
    return lu in (*modele().choix(colonne), *colonne.mentions) and cle(str(lu)) == cle(donne)


def _relire(registre: Registre) -> Registre:
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "a.xlsx"
        with petites_tables():
            chemin.write_bytes(generer(modele(), registre, AU))
        return lire(chemin, modele())


def _verifier(nom: str, objets: list[dict[str, Any]]) -> None:
    registre, dites = lire_donnees({nom: objets}, modele(), Path("a.json"))
    feuille, relu = modele().par_id[nom], _relire(registre)
    lignes = {ligne.texte(feuille.cle or ""): ligne for ligne in relu.lignes(nom)}
    for rang, objet in enumerate(objets):
        ligne = lignes[f"N{rang}"]
        for colonne, donne in objet.items():
            if colonne == "propres":
                continue
            place = f"`{nom}[{rang}].{colonne}`"
            est_dit = any(remarque.startswith(place) for remarque in dites)
            dit = est_dit or _est_la_meme(donne, ligne[colonne], feuille.par_id[colonne])
            assert dit, (place, donne, ligne[colonne])
        for entete, donne in objet.get("propres", {}).items():
            place = f"`{nom}[{rang}].propres."
            renommee = any(f"« {entete} » devient" in remarque for remarque in dites)
            est_dit = any(remarque.startswith(place + entete) for remarque in dites)
            dit = renommee or est_dit or _est_la_meme(donne, ligne.propres.get(entete), None)
            assert dit, (place, entete, donne, ligne.propres.get(entete))


@pytest.mark.parametrize("registre", _REGISTRES)
def test_chaque_donnee_dans_chaque_colonne(registre: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarques, "REMARQUES_MAX", 10_000)
    _verifier(registre, _objets(registre))


@settings(max_examples=combien(5, 15), deadline=None)
@given(textes=st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_un_texte_quelconque(textes: list[str]) -> None:
    colonnes = ("utilite", "prestataire", "autre_prestataire", "criticite")
    lignes = (dict.fromkeys(colonnes, texte) for texte in textes)
    _verifier("outils", [{"nom": f"N{rang}", **une} for rang, une in enumerate(lignes)])


def test_une_cle_deux_fois_et_un_long_nombre_ne_se_perdent_pas_au_decodage() -> None:
    document = decoder(
        b'{"outils": [{"nom": "A", "nom": "B", "cout_annuel": 12345678901234567890}]}'
    )
    objet = document["outils"][0]
    assert objet.doubles == ("nom",)
    assert objet["cout_annuel"] == "12345678901234567890"
