"""Ce qui est autour des réponses suit d'une année à l'autre, ou se dit."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from xlsxwriter import Workbook as Ecrit

from pilotage_xlsx import generation
from pilotage_xlsx.gestes.abords import recueillir
from pilotage_xlsx.gestes.fusionner import fusionner
from pilotage_xlsx.gestes.generer import Genere, generer
from pilotage_xlsx.gestes.lire import lire
from pilotage_xlsx.lecture.abords import Abords
from pilotage_xlsx.modele import FEUILLES_DU_PRODUIT, MARQUES_DE_NOTE
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.socle.entree import EnMemoire
from tests.commandes.ligne import classeur
from tests.lecture.paquets import ecrire
from tests.lecture.test_ods import contenu, feuille
from tests.petites_tables import petites_tables
from tests.porteurs import adapter, porteur
from tests.tableaux import AU, modele

POSES = """
Outils    D1   Revu avec Mme Rey
Outils    C8   Bulle d'un outil
Outils    D9   https://intranet.example/12
Commune   J12  À revoir après l'élection
Commune   B80  Une question sans réponse
Commune   C81  Une réponse sans question
Lisez-moi C40  À imprimer avant la séance
Listes    B300 Notre valeur
Contrôle  B60  Lu par la boursière
Contrôle  C60  Contrôle
Commune   J13  12500
Commune   J14  021 555 01 01
Commune   J15  3 500
Commune   J16  500
Commune   K16  01.03.2026
Outils    E1   Décision à prendre
Outils    F1   Prestataires à appeler
Outils    G1   À contrôler
Outils    D2   Oui
Outils    H2   Date du contrat
Décisions E1   outils.nom
Décisions F1   mairie.ch
Décisions G1   Outil à remplacer
Listes    B301 2.5
Budget    A1   Bulle du budget
"""
AVANT = (
    Path("tests/donnees/version-0.1.0/valmarin-2026.xlsx"),
    Path("exemples/les-essarts-2026-libreoffice.xlsx"),
)
EXEMPLES = tuple(sorted({*Path("exemples").glob("[!c]*.xlsx")} - {*AVANT}))
FICHE_PAPIER = ("Fiche papier incident", "B9", "Panne de l'imprimante")
MOT = "Appeler Mme Rey avant mars"
EN_TETE = "Nos prestataires, de mémoire"


def _poses() -> list[tuple[str, str, str]]:
    lus = (ligne.split(maxsplit=2) for ligne in POSES.strip().splitlines())
    return [*((f, c, t) for f, c, t in lus), FICHE_PAPIER, ("Prestataires", "A1", EN_TETE)]


@pytest.fixture(scope="module")
def annote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Valmarin, où la commune a posé des textes partout sauf dans les réponses."""
    chemin = classeur(tmp_path_factory.mktemp("abords"))
    livre = load_workbook(chemin)
    livre.create_sheet("Budget")["A1"] = "Bail"
    livre["Prestataires"].insert_rows(1)
    for nom, adresse, texte in _poses():
        cellule = livre[nom][adresse]
        if texte.startswith("Bulle"):
            cellule.comment = Comment(texte, "S")
        elif texte.startswith("https"):
            cellule.hyperlink = texte
        else:
            cellule.value = int(texte) if texte.isdigit() else texte
    courriel = next(
        cellule
        for rangee in livre["Prestataires"].iter_rows()
        for cellule in rangee
        if "@" in str(cellule.value)
    )
    courriel.hyperlink = f"mailto:{courriel.value}"  # un tableur lie de lui-même une adresse tapée
    notre = f"{MARQUES_DE_NOTE[0]}\nRépondez.\n{MARQUES_DE_NOTE[1]}"
    livre["Outils"]["C10"].comment = Comment(notre, "pilotage-xlsx")
    livre.save(chemin)
    return chemin


def _notes(octets: bytes, nom: str = "Notes de 2026") -> list[tuple[Any, ...]]:
    livre = load_workbook(BytesIO(octets))
    return [*livre[nom].iter_rows(min_row=2, values_only=True)] if nom in livre.sheetnames else []


def test_tout_ce_qui_est_pose_suit_avec_sa_place(annote: Path) -> None:
    with petites_tables():
        fait = generer(annote, au=AU)
    attendu = {(nom, adresse, texte) for nom, adresse, texte in _poses()}
    notes = _notes(fait.octets)
    assert {(nom, adresse, texte) for nom, adresse, _, _, texte in notes} == attendu
    assert len(notes) == len(attendu)
    assert {ligne for _, adresse, ligne, *_ in notes if adresse in ("C8", "J12")} == {
        load_workbook(annote)["Outils"]["C8"].value,
        load_workbook(annote)["Commune"]["B12"].value,
    }
    assert any("feuille des notes" in dit for dit in fait.remarques)


def test_rien_de_pose_aucune_feuille(tmp_path: Path) -> None:
    """Un classeur intact, rempli après coup ou d'une version d'avant, n'a pas de note.

    D'une version d'avant, ce qui était à nous ailleurs que dans un registre ne se sait plus.
    """
    with petites_tables():
        vierge = generer(au=AU).octets
    livre = load_workbook(BytesIO(vierge))
    livre["Commune"]["C9"] = "Bas-Valmarin"
    livre.save(tmp_path / "rempli.xlsx")
    for source in (classeur(tmp_path), tmp_path / "rempli.xlsx", *EXEMPLES):
        assert recueillir(lire(source), modele(), 1 << 26) == Abords((), Counter()), source
    for source in AVANT:
        assert recueillir(lire(source), modele(), 1 << 26) == Abords(
            (), Counter(), non_comparees=FEUILLES_DU_PRODUIT
        ), source


def _etranger() -> bytes:
    """Un inventaire fait ailleurs, avec un titre, une forme, une image et un graphique."""
    sortie = BytesIO()
    livre = Ecrit(sortie, {"in_memory": True})
    page = livre.add_worksheet("Inventaire")
    page.write("A1", "Inventaire de la boursière")
    for rang, rangee in enumerate((["Nom", "Fournisseur", "Criticité"], ["GED", "Alpha", "?"]), 2):
        page.write_row(rang, 0, rangee)
    page.insert_textbox(6, 4, "Demander à Alpha\navant juin")
    page.insert_image(9, 1, "logo.png", {"image_data": BytesIO(_image())})
    graphique = livre.add_chart({"type": "pie"})
    graphique.add_series({"values": "=Inventaire!$B$3:$B$4"})
    page.insert_chart("H2", graphique)
    livre.close()
    return sortie.getvalue()


def _image() -> bytes:
    def bout(nom: bytes, donnees: bytes) -> bytes:
        controle = zlib.crc32(nom + donnees)
        return struct.pack(">I", len(donnees)) + nom + donnees + struct.pack(">I", controle)

    tete = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    points = bout(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + bout(b"IHDR", tete) + points + bout(b"IEND", b"")


def _dits(fait: Genere) -> str:
    return _net(" ".join(fait.remarques))


def _net(dit: str) -> str:
    return dit.replace("\u202f", " ").replace("\xa0", " ")


def test_une_forme_se_reprend_une_image_et_un_graphique_se_disent() -> None:
    with petites_tables():
        fait = generer(EnMemoire("a.xlsx", _etranger()), au=AU)
    (nom,) = [n for n in load_workbook(BytesIO(fait.octets)).sheetnames if n.startswith("Notes de")]
    assert {texte for *_, texte in _notes(fait.octets, nom)} == {
        "Inventaire de la boursière",
        "Demander à Alpha\navant juin",
    }
    assert "« Inventaire » : 1 image, qui reste dans l'ancien classeur." in _dits(fait)
    assert "« Inventaire » : 1 graphique, qui reste dans l'ancien classeur." in _dits(fait)


def test_un_fil_de_commentaires_garde_qui_parle(tmp_path: Path) -> None:
    """L'ombre qu'Excel en laisse pour les anciens lecteurs ne se reprend pas en double."""
    livre = Workbook()
    livre.active.title = "Inventaire"
    livre.active.append(["Nom", "Fournisseur", "Criticité"])
    livre.active.append(["GED", "Alpha", "?"])
    livre.active["A2"].comment = Comment("[Threaded comment]\n\nÀ vérifier", "tc={1}")
    livre.save(tmp_path / "a.xlsx")
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    ajouts = {
        "xl/threadedComments/un.xml": '<ThreadedComments><threadedComment ref="A2" personId="{P}">'
        "<text>À vérifier</text></threadedComment></ThreadedComments>",
        "xl/persons/person.xml": '<personList><person displayName="A. Rey" id="{P}"/></personList>',
    }
    with ZipFile(tmp_path / "a.xlsx") as archive:
        parties = {nom: archive.read(nom).decode() for nom in archive.namelist()}
    for ou, sorte, cible in (
        (relations, "threadedComment", "/xl/threadedComments/un.xml"),
        ("xl/_rels/workbook.xml.rels", "person", "/xl/persons/person.xml"),
    ):
        lien = f'<Relationship Id="rX" Type="http://x/{sorte}" Target="{cible}"/></Relationships>'
        parties[ou] = parties[ou].replace("</Relationships>", lien)
    with petites_tables():
        fait = generer(ecrire(tmp_path / "b.xlsx", {**parties, **ajouts}), au=AU)
    notes = [texte for *_, texte in _notes(fait.octets, "Notes de l’ancien classeur")]
    assert notes == ["A. Rey : À vérifier"]


def test_une_annexe_abimee_se_dit_et_n_empeche_rien(annote: Path, tmp_path: Path) -> None:
    with ZipFile(annote) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    notes = next(nom for nom in parties if "comment" in nom and nom.endswith(".xml"))
    with petites_tables():
        fait = generer(ecrire(tmp_path / "a.xlsx", {**parties, notes: b"<comments"}), au=AU)
    assert "1 annexe illisible, qui reste dans l'ancien classeur." in _dits(fait)
    assert EN_TETE in {texte for *_, texte in _notes(fait.octets)}


def test_un_ods_aussi(tmp_path: Path) -> None:
    lignes = (
        "<table:table-row><table:table-cell office:value-type='string'><text:p>Un titre</text:p>"
        "</table:table-cell></table:table-row><table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{nom}</text:p>"
            "</table:table-cell>"
            for nom in ("Nom", "Fournisseur", "Criticité")
        )
        + "</table:table-row><table:table-row><table:table-cell office:value-type='string'>"
        "<office:annotation><text:p>Bulle d'un .ods</text:p></office:annotation>"
        "<text:p>GED</text:p></table:table-cell></table:table-row>"
    )
    chemin = tmp_path / "a.ods"
    ecrire(chemin, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": contenu(feuille(lignes, "Inventaire"))})  # fmt: skip
    with petites_tables():
        fait = generer(chemin, au=AU)
    trouves = _notes(fait.octets, "Notes de l’ancien classeur")
    assert {(adresse, texte) for _, adresse, *_, texte in trouves} == {
        ("A1", "Un titre"),
        ("A3", "Bulle d'un .ods"),
    }


def test_une_fusion_les_garde_aussi(annote: Path) -> None:
    with petites_tables():
        autre = generer(donnees={"commune": {"commune": "Belcombe", "annee": 2026}}, au=AU)
        fait = fusionner([annote, EnMemoire("b.xlsx", autre.octets)], commune="Val-Neuf", au=AU)
    assert {texte for *_, texte in _notes(fait.octets)} == {texte for *_, texte in _poses()}


def _ajouter(octets: bytes) -> bytes:
    """Le même classeur, où la commune a tapé un mot sur « Lisez-moi »."""
    livre, sortie = load_workbook(BytesIO(octets)), BytesIO()
    livre["Lisez-moi"]["C90"] = MOT
    livre.save(sortie)
    return sortie.getvalue()


def test_une_fusion_de_deux_touches_garde_nos_autres_feuilles(tmp_path: Path) -> None:
    """Chacun se compare au modèle dont il vient, non à celui qui les réunit."""
    vaud, livre = porteur(charger(adapter(tmp_path))), porteur(modele(), "Belcombe")
    for recus in ([vaud, _ajouter(livre)], [_ajouter(vaud), livre]):
        with petites_tables():
            fait = fusionner(recus, commune="Val-Neuf", au=AU)
        assert [texte for *_, texte in _notes(fait.octets)] == [MOT]


def test_d_une_touche_a_une_autre_nos_autres_feuilles_suivent(tmp_path: Path) -> None:
    """Le classeur porte le modèle dont il vient, même si un autre le lit."""
    vaud = porteur(charger(adapter(tmp_path)))
    with petites_tables():
        fait = generer(
            EnMemoire("v.xlsx", _ajouter(vaud)), au=AU, modele=charger(adapter(tmp_path, "geneve"))
        )
    assert [texte for *_, texte in _notes(fait.octets)] == [MOT]


def test_d_une_version_d_avant_nos_feuilles_non_comparees_se_disent() -> None:
    with petites_tables():
        fait = generer(AVANT[0], au=AU)
    assert "« Tableau de bord » et « Listes » se refont à neuf : ce que vous y" in _dits(fait)


def test_le_temoin_se_fait_une_fois_par_modele(annote: Path, monkeypatch: Any) -> None:
    recueillir(lire(annote), modele(), 1 << 26)
    monkeypatch.setattr(generation, "generer", None)
    assert recueillir(lire(annote), modele(), 1 << 26).textes


def test_ce_qui_est_a_cote_des_constats_acceptes_suit_aussi(tmp_path: Path) -> None:
    livre = load_workbook(classeur(tmp_path))
    livre["Constats acceptés"]["K90"] = MOT
    livre.save(tmp_path / "a.xlsx")
    with petites_tables():
        fait = generer(tmp_path / "a.xlsx", au=AU)
    marges = load_workbook(BytesIO(fait.octets))["Constats acceptés, en marge"]
    assert MOT in {cellule.value for rangee in marges for cellule in rangee}


OBJETS = """
ctrlProp       2  2 boutons ou cases à cocher, qui restent
slicer         1  1 segment, qui reste
timeline       2  2 chronologies, qui restent
pivotTable     2  2 tableaux croisés, qui restent
inconnu        1  1 autre objet, qui reste
customProperty 2
namedSheetView 1
"""


def test_un_objet_se_dit_en_mots_de_tous_les_jours(tmp_path: Path) -> None:
    """Jamais le nom technique anglais de sa partie ; ce qui ne montre rien se tait."""
    livre = Workbook()
    livre.active.title = "Inventaire"
    livre.active.append(["Nom", "Fournisseur", "Criticité"])
    livre.active.append(["GED", "Alpha", "?"])
    livre.save(tmp_path / "a.xlsx")
    lus = [ligne.split(maxsplit=2) for ligne in OBJETS.strip().splitlines()]
    parts = [(sorte, f"xl/{sorte}{n}.xml") for sorte, nombre, *_ in lus for n in range(int(nombre))]
    liens = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{sorte}" Target="/{partie}"/>'
        for n, (sorte, partie) in enumerate(parts)
    )
    with ZipFile(tmp_path / "a.xlsx") as archive:
        parties: dict[str, Any] = {nom: archive.read(nom) for nom in archive.namelist()}
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    parties["xl/worksheets/_rels/sheet1.xml.rels"] = f"{relations}{liens}</Relationships>"
    parties |= dict.fromkeys((partie for _, partie in parts), "<x/>")
    with petites_tables():
        fait = generer(ecrire(tmp_path / "b.xlsx", parties), au=AU)
    dits = [dit.split(" : ")[1] for dit in map(_net, fait.remarques) if "« Inventaire » :" in dit]
    assert dits == [f"{dit[0]} dans l'ancien classeur." for _, _, *dit in lus if dit]
