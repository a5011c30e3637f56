"""La copie annotée : une couleur et une note par cellule fautive, une liste, rien de perdu."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart

import pilotage_xlsx as px
from pilotage_xlsx import retouche
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.metier.constats import Constat, Gravite, cellule, reunir_les_chantiers
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.retouche.couleurs import PALETTE
from pilotage_xlsx.socle.adresses import situer
from pilotage_xlsx.verification import verifier
from tests.adresses import case
from tests.conformite import fautes
from tests.lecture.paquets import ecrire
from tests.retouche.classeurs import ecrire_le_classeur, ecrire_le_riche
from tests.retouche.copies import annoter, ecrite, retirer
from tests.retouche.preuves import ORIGINAL, constat, eprouver, parties
from tests.tableaux import AU, modele


def _constats(chemin: Path) -> tuple[Constat, ...]:
    return verifier(lire(chemin, modele()), modele(), AU)


def _vus(constats: Sequence[Constat]) -> list[tuple[object, ...]]:
    return [(c.regle, c.gravite, c.lieu.feuille, cellule(c.lieu), c.message) for c in constats]


def _annoter(chemin: Path, dossier: Path) -> Path:
    copie = dossier / f"copie{chemin.suffix}"
    copie.write_bytes(annoter(chemin, _constats(chemin), "Bilan"))
    return copie


@pytest.mark.parametrize("ecrire", [ecrire_le_classeur, ecrire_le_riche])
def test_rien_de_perdu_et_l_original_rendu_a_l_octet(ecrire: object, tmp_path: Path) -> None:
    chemin = ecrire(tmp_path)  # type: ignore[operator]
    eprouver(chemin, _constats(chemin), tmp_path)


def test_la_copie_a_les_memes_constats_aux_memes_cellules(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    copie = _annoter(chemin, tmp_path)
    assert len(_constats(chemin)) > 10
    assert _vus(_constats(copie)) == _vus(_constats(chemin))


def test_la_liste_n_est_pas_une_feuille_de_la_commune(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    copie = _annoter(chemin, tmp_path)
    assert load_workbook(copie).sheetnames[0] == "À corriger"
    assert lire(copie, modele()).feuilles_propres == lire(chemin, modele()).feuilles_propres


def test_chaque_cellule_fautive_a_sa_note_et_sa_couleur(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    livre = load_workbook(_annoter(chemin, tmp_path))
    situes = [c for c in _constats(chemin) if cellule(c.lieu)]
    assert situes
    for vu in situes:
        feuille, adresse = livre[vu.lieu.feuille], cellule(vu.lieu) or ""
        assert vu.message in feuille[adresse].comment.text
        assert vu.regle in feuille[adresse].comment.text
        assert _regles_de(feuille, adresse)[0].formula == ['"pilotage-xlsx"<>""']


def _regles_de(feuille: Any, adresse: str) -> list[Any]:
    """Les mises en forme conditionnelles d'une cellule, la plus forte d'abord."""
    place = situer(adresse) or (0, 0)
    touchent = [
        regle
        for plage in feuille.conditional_formatting
        for regle in plage.rules
        if any(
            morceau.min_row <= place[0] <= morceau.max_row
            and morceau.min_col <= place[1] <= morceau.max_col
            for morceau in plage.sqref.ranges
        )
    ]
    return sorted(touchent, key=lambda regle: regle.priority)


@pytest.mark.parametrize(
    ("gravite", "fond"),
    [
        (Gravite.ERREUR, "FFF9D9DE"),
        (Gravite.AVERTISSEMENT, "FFFFE2B8"),
        (Gravite.A_REMPLIR, "FFFCE4D6"),
        (Gravite.ATTENTION, "FFFFF6D6"),
    ],
)
def test_la_couleur_dit_la_gravite_et_passe_devant(
    gravite: Gravite, fond: str, tmp_path: Path
) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    octets = annoter(chemin, [constat("Outils", "D7", gravite)], "Bilan")
    (tmp_path / "copie.xlsx").write_bytes(octets)
    premiere, *suite = _regles_de(load_workbook(tmp_path / "copie.xlsx")["Outils"], "D7")
    assert premiere.dxf.fill.bgColor.rgb == fond
    assert suite


def test_une_note_humaine_est_completee_un_fil_n_est_pas_touche(tmp_path: Path) -> None:
    chemin = ecrire_le_riche(tmp_path)
    octets = annoter(chemin, [constat("Outils", "C7"), constat("Outils", "C8")], "Bilan")
    notes = parties(octets)["xl/comments1.xml"].decode()
    assert "Vu avec le boursier.</t>" in notes
    assert notes.count("Une faute.") == 1
    assert "[Threaded comment] Un fil</t></text></comment>" in notes
    assert parties(octets)["xl/fils/fil1.xml"] == parties(chemin.read_bytes())["xl/fils/fil1.xml"]


def test_un_constat_sans_cellule_n_est_que_dans_la_liste(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    octets = annoter(chemin, [constat("Disparue", None), constat("Outils", None)], "Bilan")
    avant, apres = parties(chemin.read_bytes()), parties(octets)
    changees = [nom for nom in avant if "worksheets" in nom and apres[nom] != avant[nom]]
    assert changees == ["xl/worksheets/sheet1.xml"], "celle qui s'ouvrait"
    (tmp_path / "copie.xlsx").write_bytes(octets)
    liste = load_workbook(tmp_path / "copie.xlsx")["À corriger"]
    assert [liste["A6"].value, liste["A7"].value] == ["Disparue", "Outils"]
    assert liste["A6"].hyperlink is None
    assert liste["A7"].hyperlink.location == "'Outils'!A1"


def test_la_liste_mene_a_chaque_cellule(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    liste = load_workbook(_annoter(chemin, tmp_path))["À corriger"]
    for rang, vu in enumerate(reunir_les_chantiers(_constats(chemin)), 6):
        ligne = [liste.cell(rang, colonne).value for colonne in range(1, 6)]
        premier = vu.premier
        assert ligne[1:] == [premier.gravite.mot, vu.message, vu.corriger, premier.regle]
        if cellule(premier.lieu):
            assert liste.cell(rang, 1).hyperlink.location.endswith(f"!{cellule(premier.lieu)}")


def test_la_feuille_en_tete_ne_decale_rien(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    avant, apres = load_workbook(chemin), load_workbook(_annoter(chemin, tmp_path))
    for feuille in avant:
        assert apres[feuille.title].print_title_rows == feuille.print_title_rows
        assert apres[feuille.title].print_area == feuille.print_area
    titres = parties((tmp_path / "copie.xlsx").read_bytes())["docProps/app.xml"].decode()
    assert "<vt:lpstr>À corriger</vt:lpstr><vt:lpstr>Lisez-moi</vt:lpstr>" in titres
    assert f"<vt:i4>{len(apres.sheetnames)}</vt:i4>" in titres


def test_la_copie_s_ouvre_sur_ce_qu_il_y_a_a_corriger(tmp_path: Path) -> None:
    """Seule choisie : deux onglets choisis seraient un groupe, où une frappe s'écrit deux fois."""
    livre = load_workbook(_annoter(ecrire_le_classeur(tmp_path), tmp_path))
    assert livre.active.title == "À corriger"
    assert [f.title for f in livre if f.sheet_view.tabSelected] == ["À corriger"]


def test_deux_onglets_choisis_et_un_graphique_ouvert_cedent_la_place(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    livre = load_workbook(chemin)
    graphique = livre.create_chartsheet("Graphique")
    graphique.add_chart(BarChart())
    graphique.sheetViews.sheetView[0].tabSelected = True
    livre["Outils"].sheet_view.tabSelected = livre["Incidents"].sheet_view.tabSelected = True
    livre.active = livre["Outils"]
    livre.save(chemin)
    octets = (_annoter(chemin, tmp_path)).read_bytes()
    choisies = [n for n, partie in parties(octets).items() if b'tabSelected="1"' in partie]
    assert choisies == ["xl/worksheets/pilotage1.xml"]


def test_une_feuille_ouverte_et_abimee_le_reste(tmp_path: Path) -> None:
    """Elle ne se retouche pas : la nôtre ne se dit pas choisie avec elle."""
    chemin = ecrire_le_classeur(tmp_path)
    abimees = {**parties(chemin.read_bytes())}
    lisez_moi = abimees["xl/worksheets/sheet1.xml"]
    abimees["xl/worksheets/sheet1.xml"] = lisez_moi.replace(b"<sheetData>", b"<abime><sheetData>")
    ecrire(chemin, abimees)
    copiees = parties(annoter(chemin, [], "Bilan"))
    assert b'activeTab="1"' in copiees["xl/workbook.xml"]
    choisies = [nom for nom, partie in copiees.items() if b'tabSelected="1"' in partie]
    assert choisies == ["xl/worksheets/sheet1.xml"]


def test_la_legende_porte_les_couleurs_des_gravites(tmp_path: Path) -> None:
    liste = load_workbook(_annoter(ecrire_le_classeur(tmp_path), tmp_path))["À corriger"]
    fonds = [liste.cell(4, rang).fill.fgColor.rgb[2:] for rang in range(1, 5)]
    assert fonds == [fond for fond, *_ in PALETTE.values()]
    mots = [liste.cell(4, rang).value.split("\u202f:")[0].lower() for rang in range(1, 5)]
    assert mots == [gravite.mot for gravite in PALETTE]


def test_un_onglet_de_ce_nom_garde_le_sien(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    livre = load_workbook(chemin)
    livre.create_sheet("à corriger")["A1"] = "Notes du greffe"
    livre.save(chemin)
    copie = _annoter(chemin, tmp_path)
    assert load_workbook(copie).sheetnames[0] == "À corriger (2)"
    assert lire(copie, modele()).feuilles_propres == lire(chemin, modele()).feuilles_propres
    assert retirer(copie) == chemin.read_bytes()


def test_sans_constat_la_copie_le_dit(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    (tmp_path / "copie.xlsx").write_bytes(annoter(chemin, [], "Bilan"))
    assert load_workbook(tmp_path / "copie.xlsx")["À corriger"]["C6"].value == "Rien à corriger."


def test_ce_qui_reste_a_clarifier_suit_les_constats_sans_etre_une_faute(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    questions = [(Emplacement(chemin.name, "Outils", 7, 10), "À demander à « Alpha » : « GED »")]
    with retouche.annoter(chemin, [], retouche.Dit("Bilan", questions)) as annotee:
        (tmp_path / "copie.xlsx").write_bytes(ecrite(annotee.copie))
    feuille = load_workbook(tmp_path / "copie.xlsx")["À corriger"]
    assert [c.value for c in feuille[6]][:3] == [
        "Outils · J7", "à clarifier", "À demander à « Alpha » : « GED »",
    ]  # fmt: skip
    assert feuille["A6"].hyperlink.location == "'Outils'!J7"
    assert lire(tmp_path / "copie.xlsx", modele()).feuilles["outils"].lignes


def test_la_copie_de_la_commande_demande_ce_qui_reste_a_clarifier(tmp_path: Path) -> None:
    exemple = Path(__file__).parents[2] / "exemples" / "les-essarts-2026-libreoffice.xlsx"
    (tmp_path / "a.xlsx").write_bytes(px.annoter(exemple, au=AU).octets)
    lignes = load_workbook(tmp_path / "a.xlsx")["À corriger"].iter_rows(min_row=6, values_only=True)
    demandees = [ligne[2] for ligne in lignes if ligne[1] == "à clarifier"]
    assert demandees and demandees[-1].startswith("Dans la commune")


def test_une_copie_corrigee_a_la_main_se_defait_et_garde_les_corrections(tmp_path: Path) -> None:
    chemin = ecrire_le_classeur(tmp_path)
    copie = _annoter(chemin, tmp_path)
    livre = load_workbook(copie)
    livre["Outils"][case("outils", "criticite", 7)] = "Important"
    livre.save(copie)
    assert ORIGINAL not in zipfile.ZipFile(copie).namelist()
    (tmp_path / "rendu.xlsx").write_bytes(retirer(copie) or b"")
    rendu = load_workbook(tmp_path / "rendu.xlsx")
    assert rendu.sheetnames == load_workbook(chemin).sheetnames
    assert rendu["Outils"][case("outils", "criticite", 7)].value == "Important"
    assert all(case.comment is None for feuille in rendu for rangee in feuille for case in rangee)
    assert b"pilotage-xlsx&quot;" not in b"".join(
        parties((tmp_path / "rendu.xlsx").read_bytes()).values()
    )
    assert retirer(tmp_path / "rendu.xlsx") is None


def test_annoter_de_neuf_une_copie_corrigee_ne_double_rien(tmp_path: Path) -> None:
    copie = _annoter(ecrire_le_classeur(tmp_path), tmp_path)
    livre = load_workbook(copie)
    livre["Outils"][case("outils", "criticite", 7)] = "Important"
    livre.save(copie)
    neuve = tmp_path / "neuve.xlsx"
    neuve.write_bytes(annoter(copie, _constats(copie), "Bilan"))
    relu = load_workbook(neuve)
    assert relu.sheetnames.count("À corriger") == 1
    assert len(relu.sheetnames) == len(livre.sheetnames)
    assert relu["Outils"][case("outils", "criticite", 7)].comment is None
    assert relu["Outils"][case("outils", "criticite", 8)].comment.text.count("▼") == 1


def test_un_secret_efface_de_la_copie_n_y_reste_pas(tmp_path: Path) -> None:
    """L'original embarqué ne survit pas à l'enregistrement par un tableur."""
    chemin = ecrire_le_classeur(tmp_path)
    livre = load_workbook(chemin)
    livre["Outils"][case("outils", "utilite", 7)] = "AVS 756.9217.0769.85"
    livre.save(chemin)
    copie = _annoter(chemin, tmp_path)
    livre = load_workbook(copie)
    assert "9217" not in livre["Outils"][case("outils", "utilite", 7)].comment.text
    livre["Outils"][case("outils", "utilite", 7)] = None
    livre.save(copie)
    assert all(b"756.9217" not in contenu for contenu in parties(copie.read_bytes()).values())
    assert ORIGINAL not in parties(copie.read_bytes())


@pytest.mark.parametrize("ecrire", [ecrire_le_classeur, ecrire_le_riche])
def test_openxml_audit_ne_trouve_rien_de_plus(ecrire: object, tmp_path: Path) -> None:
    chemin = ecrire(tmp_path)  # type: ignore[operator]
    copie = _annoter(chemin, tmp_path)
    assert len(fautes(chemin)) == len(fautes(copie))
