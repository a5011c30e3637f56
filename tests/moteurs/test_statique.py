"""Les formules de chaque classeur généré, regardées sans les calculer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.moteurs.cas import ADAPTATIONS, EXEMPLES, ecrire_l_adapte
from tests.moteurs.fichiers import Classeur, lire_classeur, ouvrir_classeur
from tests.moteurs.statique import EPREUVES, examiner


@pytest.fixture(scope="module")
def adapte(tmp_path_factory: pytest.TempPathFactory) -> Classeur:
    chemin = tmp_path_factory.mktemp("adapte") / "adapte.xlsx"
    ecrire_l_adapte(tuple(ADAPTATIONS), chemin)
    return lire_classeur(chemin)


@pytest.mark.parametrize("epreuve", EPREUVES)
@pytest.mark.parametrize("exemple", ["classeur-vierge", "valmarin-2026"])
def test_les_exemples(exemple: str, epreuve: str) -> None:
    assert examiner(ouvrir_classeur(EXEMPLES / f"{exemple}.xlsx"), epreuve)[:20] == []


@pytest.mark.parametrize("epreuve", EPREUVES)
def test_un_modele_adapte(adapte: Classeur, epreuve: str) -> None:
    assert examiner(adapte, epreuve)[:20] == []


PROPRES: Mapping[str, tuple[str, ...]] = {
    "noms": (),
    "limites": ('IF(TRUE,"' + "x" * 255 + '",1)', f"SUM({','.join(['1'] * 255)})"),
    "separations": (
        "SUMPRODUCT((T!$A$2:$A$9=1)*(T!$B$2:$B$9=2))",
        "SUMPRODUCT(--(T!$A$2:$A$9=1))+SUMPRODUCT(--(U!$A$2:$A$5=1))",
        'COUNTIFS(T!$A$1:$A$9,"x",T!$B$1:$B$9,">1")',
        "SUMPRODUCT((T!$A$2:$A$9=1)*COUNTIF(U!$A$2:$A$5,2))",
        "INDEX(T!$A$2:$A$9,MATCH(1,T!$B$2:$B$9,0))",
        "INDEX(T!$A$3:$B$3,1,MATCH(1,U!$A$2:$A$5,0))",
        "SUMPRODUCT((U!$D$2:$D$5=1)*(U!$E$2:$E$5=1))",
    ),
    "prises_selon_la_ligne": (
        "INDEX(T!$A$2:$A$9,ROW()-ROW(T!$A$1))",
        "INDEX($D$2:$E$2,1,ROW())",
        "INDEX($D$2:$D$9,MATCH(ROW(),$E$2:$E$9,0))",
    ),
}
FAUTIVES: Mapping[str, Mapping[str, str]] = {
    "limites": {
        f'"{"x" * 256}"': "texte trop long",
        f"SUM({','.join(['1'] * 256)})": "trop d'arguments",
        "NOT(" * 65 + "1" + ")" * 65: "trop profonde",
        "+".join(["1111"] * 1700): "trop longue",
        "AGGREGATE(15,6,T!$A$2:$A$9,1)": "fonction AGGREGATE",
        "_xlfn.UNICHAR(160)": "fonction _XLFN.UNICHAR",
    },
    "separations": {
        "SUMPRODUCT((T!$A$2:$A$9=1)*(T!$B$1:$B$9=2))": "plages qui n'ont pas les mêmes lignes",
        "SUMPRODUCT((T!$A$2:$A$9=1)*(T!$F$2:$F$9=2))": "plages dont l'une est hors de la table",
        "SUMIFS(T!$F$2:$F$9,T!$A$2:$A$9,1)": "plages dont l'une est hors de la table",
        "SUMPRODUCT((T!$A$2:$A$9=1)*(U!$A$2:$A$9=2))": "plages qui n'ont pas les mêmes lignes",
        "INDEX(T!$F$2:$F$9,MATCH(1,T!$A$2:$A$9,0))": "plages dont l'une est hors de la table",
        "SUMPRODUCT((IF(1,une_colonne,0)=1)*(T!$A$2:$A$9=1))": "plages dont l'une est hors",
        "SUMPRODUCT((Table_t[b]=1)*(T!$F$2:$F$9=1))": "plages dont l'une est hors de la table",
    },
    "prises_selon_la_ligne": {
        "INDEX($D$2:$D$9,ROW()-1)": "colonne prise selon la ligne : F!A1",
    },
}


def _ecrire(chemin: Path, *formules: str, noms: Mapping[str, str] | None = None) -> Classeur:
    """Une table sur T!A1:B9, une autre sur U!A1:B5, et des formules sur « F »."""
    with xlsxwriter.Workbook(chemin) as livre:
        for nom, plage in (("T", "A1:B9"), ("U", "A1:B5")):
            colonnes = [{"header": "a"}, {"header": "b"}]
            page = livre.add_worksheet(nom)
            page.add_table(plage, {"name": f"Table_{nom.lower()}", "columns": colonnes})
        livre.define_name("une_colonne", "=T!$F$2:$F$9")
        for nom, formule in (noms or {}).items():
            livre.define_name(nom, formule)
        page = livre.add_worksheet("F")
        for rang, formule in enumerate(formules):
            page.write_formula(rang, 0, f"={formule}")
    return lire_classeur(chemin)


@pytest.mark.parametrize("epreuve", PROPRES)
def test_un_cas_propre_ne_dit_rien(epreuve: str, tmp_path: Path) -> None:
    for rang, formule in enumerate(PROPRES[epreuve]):
        assert examiner(_ecrire(tmp_path / f"{rang}.xlsx", formule), epreuve) == []


@pytest.mark.parametrize(
    ("epreuve", "formule", "faute"),
    [(e, f, faute) for e, cas in FAUTIVES.items() for f, faute in cas.items()],
    ids=[faute for cas in FAUTIVES.values() for faute in cas.values()],
)
def test_un_cas_fautif_est_dit(epreuve: str, formule: str, faute: str, tmp_path: Path) -> None:
    (dite,) = examiner(_ecrire(tmp_path / "faux.xlsx", formule), epreuve)
    assert dite.startswith(faute)


@pytest.mark.parametrize(
    ("nom", "formule", "fautes"),
    [
        ("une_liste", "=T!$A$2:$A$9", []),
        ("une_liste", "=T!$A:$A", []),
        ("un_texte", '="A1"', []),
        ("un_voisin", "=T!$A2", ["nom relatif : un_voisin, T!$A2"]),
        ("une_liste", "=T!$A$2:$A9", ["nom relatif : une_liste, T!$A$2:$A9"]),
    ],
)
def test_un_nom_est_absolu(nom: str, formule: str, fautes: list[str], tmp_path: Path) -> None:
    assert examiner(_ecrire(tmp_path / "noms.xlsx", noms={nom: formule}), "noms") == fautes


@pytest.mark.parametrize("nom", ["lst1", "A1", "XFD9", "R1C1", "L3C", "r", "C7"])
def test_un_nom_n_est_pas_une_adresse(nom: str) -> None:
    classeur = Classeur({}, {nom: "T!$A$1"}, {}, {}, ())
    assert examiner(classeur, "noms") == [f"nom qui est une adresse : {nom}"]


@pytest.mark.parametrize("nom", ["liste_1", "seuil", "lire", "liste1"])
def test_un_nom_ordinaire_est_admis(nom: str) -> None:
    assert examiner(Classeur({}, {nom: "T!$A$1"}, {}, {}, ()), "noms") == []


@pytest.mark.parametrize(
    ("valeur", "faute"),
    [("", "texte sans son genre"), ("plein", None), (3, None), (True, None)],
)
def test_une_formule_porte_sa_valeur(valeur: object, faute: str | None, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "caches.xlsx") as livre:
        livre.add_worksheet("F").write_formula("A1", '=""', None, valeur)
    fautes = examiner(lire_classeur(tmp_path / "caches.xlsx"), "caches")
    assert fautes == ([f"{faute} : F!A1"] if faute else [])
