"""D'après quel modèle un classeur se lit : celui que l'on donne, sinon le sien, sinon le livré."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import load_workbook

import pilotage_xlsx as px
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import charger, dossier_livre
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.systeme import Moyen
from pilotage_xlsx.socle.typographie import typographier
from tests.commandes.ligne import AU as LE_JOUR
from tests.commandes.ligne import jouer
from tests.libreoffice import RAISON, SOFFICE, convertir, enregistrer
from tests.petites_tables import petites_tables
from tests.porteurs import ASSURANCE, adapter, changer, porter_le_texte, porteur
from tests.tableaux import AU

NEUCHATEL = ASSURANCE.replace("assurance", "garantie").replace("Couvert", "Garanti")


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("modeles")
    adapter(dossier, "vaud")
    adapter(dossier, "neuchatel", NEUCHATEL)
    return dossier


@pytest.fixture(scope="module")
def vaud(dossiers: Path) -> Modele:
    return charger(dossiers / "vaud")


@pytest.fixture(scope="module")
def du_canton(vaud: Modele) -> bytes:
    return porteur(vaud)


def _reponse(registre: Registre, colonne: str = "assurance") -> object:
    """Ce que le registre sait de son outil ; rien, si la colonne n'est que celle de la commune."""
    (outil,) = registre.lignes("outils")
    return outil.valeurs.get(colonne)


_PRECEDENCE = [
    # porté      donné        suivi
    (None,       None,        None),
    (None,       "vaud",      None),
    ("vaud",     None,        "vaud"),
    ("vaud",     "communal",  None),
    ("vaud",     "neuchatel", None),
    ("vaud",     "vaud",      "vaud"),
]  # fmt: skip


@pytest.mark.parametrize(("porte", "donne", "suivi"), _PRECEDENCE)
def test_le_donne_puis_le_porte_puis_le_livre(
    dossiers: Path, porte: str | None, donne: str | None, suivi: str | None
) -> None:
    recu = porteur(charger(dossiers / porte) if porte else px.modele())
    choisi = None
    if donne:
        choisi = charger(Path(donne) if donne == "communal" else dossiers / donne)
    lu = px.lire(recu, modele=choisi)
    assert (_reponse(lu) == "Oui") is (suivi == "vaud")
    assert (lu.porte is not None) is (porte is not None and donne is None)


def test_un_classeur_du_modele_livre_ne_porte_rien() -> None:
    livre = porteur(px.modele())
    assert livre == porteur(charger(Path("communal")))
    assert b"pilotage-porte" not in _proprietes(livre)


def _proprietes(octets: bytes) -> bytes:
    return zipfile.ZipFile(BytesIO(octets)).read("docProps/custom.xml")


def _par_openpyxl(recu: Path, dossier: Path) -> list[Path]:
    openpyxl.load_workbook(recu).save(dossier / "openpyxl.xlsx")
    return [dossier / "openpyxl.xlsx"]


def _par_libreoffice(recu: Path, dossier: Path) -> list[Path]:
    """En .ods, puis tous deux en .xlsx : deux lancements."""
    convertir([recu], dossier, "ods")
    en_ods = (dossier / recu.name).with_suffix(".ods").rename(dossier / "passe-par-ods.ods")
    enregistrer([recu, en_ods], dossier)
    return [en_ods, dossier / recu.name, en_ods.with_suffix(".xlsx")]


_avec_libreoffice = pytest.mark.skipif(SOFFICE is None, reason=RAISON)


@pytest.mark.parametrize(
    "enregistrer_par", [_par_openpyxl, pytest.param(_par_libreoffice, marks=_avec_libreoffice)]
)
def test_le_porte_survit_a_un_enregistrement(
    du_canton: bytes, tmp_path: Path, enregistrer_par: Callable[[Path, Path], list[Path]]
) -> None:
    recu = tmp_path / "recu.xlsx"
    recu.write_bytes(du_canton)
    (tmp_path / "sortie").mkdir()
    for enregistre in enregistrer_par(recu, tmp_path / "sortie"):
        lu = px.lire(enregistre)
        assert lu.refus is None, enregistre.name
        assert lu.porte == px.lire(du_canton).porte
        assert _reponse(lu) == "Oui"
        assert lu.feuilles_propres == ()


def test_les_copies_et_l_annee_suivante_le_portent(du_canton: bytes) -> None:
    lu = px.lire(du_canton)
    suivant = px.generer(du_canton, au=AU)
    for octets in (px.annoter(du_canton, au=AU).octets, suivant.octets):
        assert px.lire(octets).porte == lu.porte
        assert _reponse(px.lire(octets)) == "Oui"
    assert px.retirer(px.annoter(du_canton, au=AU).octets) == du_canton
    assert sum("« vaud 1.0 »" in remarque for remarque in suivant.remarques) == 1


def test_une_copie_corrigee_le_porte(du_canton: bytes) -> None:
    livre = openpyxl.load_workbook(BytesIO(du_canton))
    entetes = {c.value: c for rangee in livre["Outils"].iter_rows() for c in rangee if c.value}
    couvert = entetes["Couvert par l'assurance"]
    livre["Outils"].cell(entetes["GED"].row, couvert.column, " oui ")
    tape = BytesIO()
    livre.save(tape)
    corrige = px.corriger(tape.getvalue())
    assert [r.apres for r in corrige.reparations] == ["Oui"]
    assert corrige.octets is not None
    assert px.lire(corrige.octets).porte == px.lire(du_canton).porte


def test_donne_le_modele_livre_l_annee_suivante_ne_porte_plus(du_canton: bytes) -> None:
    suivant = px.generer(du_canton, au=AU, modele=charger(Path("communal")))
    assert px.lire(suivant.octets).porte is None
    (outil,) = px.lire(suivant.octets).lignes("outils")
    assert outil.propres == {"Couvert par l'assurance": "Oui"}


def test_il_se_juge_d_apres_le_sien(du_canton: bytes) -> None:
    codes = {constat.regle for constat in px.verifier(du_canton, au=AU)}
    assert "STR-006" not in codes
    donne = px.verifier(du_canton, au=AU, modele=charger(Path("communal")))
    assert "STR-006" in {constat.regle for constat in donne}


def test_une_consolidation_suit_le_modele_que_tous_portent(vaud: Modele) -> None:
    recus = [porteur(vaud, "Valmarin"), porteur(vaud, "Belcombe")]
    joints = px.consolider(recus, au=AU)
    assert list(joints.tables["outils"]["assurance"]) == ["Oui", "Oui"]


def test_une_touche_et_le_modele_livre_se_joignent(dossiers: Path, du_canton: bytes) -> None:
    autres = [du_canton, porteur(px.modele(), "Belcombe")]
    joints = px.consolider(autres, au=AU).tables["outils"]
    assert sorted(map(str, joints["assurance"])) == ["Oui", "nan"]
    donne = px.consolider(autres, au=AU, modele=charger(dossiers / "vaud"))
    assert len(donne.tables["outils"]) == 2


NUAGE = """
[[colonnes]]
id = "licence"
retire = true

[[colonnes]]
id = "nuage"
libelle = "Nuage"
genre = "texte"
niveau = "U"
paragraphe = "3.2"
aide = "Pour essayer."
"""


def _du_nuage(dossier: Path) -> Modele:
    """Une touche qui ajoute une colonne, en ferme une, et ajoute une valeur à une liste."""
    adapte = adapter(dossier, "valais", NUAGE)
    valeur = '[[criticite.valeurs]]\ncle = "vitale"\nlibelle = "Vitale"\n'
    (adapte / "listes.toml").write_text(valeur, "utf-8")
    return charger(adapte)


def test_des_touches_differentes_se_joignent_sans_rien_perdre(vaud: Modele, tmp_path: Path) -> None:
    valais = _du_nuage(tmp_path)
    outil = {"nom": "GED", "nuage": "Privé", "criticite": "Vitale"}
    du_valais = px.generer(
        donnees={"outils": [outil]}, commune="Sion", canton="VS", annee=2026, au=AU, modele=valais
    ).octets
    propre = {"nom": "Fax", "licence": "Libre", "criticite": "Accessoire"}
    livre = px.generer(
        donnees={"outils": [propre]}, commune="Roc", canton="VD", annee=2026, au=AU
    ).octets
    joints = px.consolider([livre, porteur(vaud, "Valmarin"), du_valais], au=AU)
    outils = joints.tables["outils"].set_index("source_commune")
    lus = {
        (commune, colonne): outils.loc[commune, colonne]
        for commune, colonne in (
            ("Roc", "licence"), ("Roc", "criticite"), ("Valmarin", "assurance"),
            ("Sion", "nuage"), ("Sion", "criticite"), ("Sion", "nom"),
        )
    }  # fmt: skip
    assert [*lus.values()] == ["Libre", "Accessoire", "Oui", "Privé", "Vitale", "GED"]
    regles = set(joints.constats["regle"])
    assert not {r for r in regles if r.startswith("STR") or r == "CEL-002"}


def test_deux_versions_d_une_touche_ne_se_joignent_pas(vaud: Modele, tmp_path: Path) -> None:
    autre = _a_la_version("2.0", tmp_path)
    with pytest.raises(px.GesteImpossible, match=r"vaud [12]\.0"):
        px.consolider([porteur(vaud), porteur(autre, "Roc")], au=AU)


def _a_la_version(version: str, dossier: Path, outils: str = ASSURANCE) -> Modele:
    """La touche « vaud », à une autre version."""
    adapte = adapter(dossier, "vaud", outils)
    fichier = adapte / "modele.toml"
    fichier.write_text(fichier.read_text("utf-8").replace('"1.0"', f'"{version}"'), "utf-8")
    return charger(adapte)


@pytest.mark.parametrize("ordre", [1, -1])
def test_une_touche_et_le_modele_livre_fusionnent(du_canton: bytes, ordre: int) -> None:
    """Sans rien demander : le commun porte la touche, dans quelque ordre qu'on les donne."""
    with petites_tables():
        fait = px.fusionner(
            [du_canton, porteur(px.modele(), "Belcombe")][::ordre], commune="Val-Neuf", au=AU
        )
    lu = px.lire(fait.octets)
    assert lu.porte == px.lire(du_canton).porte
    assert _reponse(lu) == "Oui"
    assert any("« vaud 1.0 » les réunit tous" in dit for dit in fait.remarques)


@pytest.mark.parametrize("ordre", [1, -1])
def test_de_deux_versions_d_une_touche_la_derniere_reunit(tmp_path: Path, ordre: int) -> None:
    """Les numéros se comparent en nombres, et non l'ordre dans lequel les classeurs se donnent."""
    versions = {"1.9": ("Valmarin", ASSURANCE), "1.10": ("Belcombe", ASSURANCE + NEUCHATEL)}
    recus = [
        porteur(_a_la_version(version, tmp_path / nom, outils), nom)
        for version, (nom, outils) in versions.items()
    ]
    with petites_tables():
        fait = px.fusionner(recus[::ordre], commune="Val-Neuf", au=AU)
    assert px.lire(fait.octets).porte == px.lire(recus[1]).porte
    assert any("« vaud 1.10 » les réunit tous" in dit for dit in fait.remarques)


def test_deux_touches_d_une_base_fusionnent_et_rien_ne_se_perd(
    dossiers: Path, du_canton: bytes
) -> None:
    neuchatel = charger(dossiers / "neuchatel")
    donnees = {"outils": [{"nom": "Fax", "garantie": "Non"}]}
    with petites_tables():
        autre = px.generer(
            donnees=donnees, commune="Belcombe", annee=2026, au=AU, modele=neuchatel
        ).octets
        fait = px.fusionner([du_canton, autre], commune="Val-Neuf", au=AU)
    outils = {ligne["nom"]: ligne for ligne in px.lire(fait.octets).lignes("outils")}
    assert outils["GED"]["assurance"] == "Oui"
    assert "Non" in outils["Fax"].propres.values()
    assert not [nom for nom in load_workbook(BytesIO(fait.octets)).sheetnames if "Notes" in nom]


def test_deux_bases_ne_fusionnent_pas_sans_dire_laquelle(du_canton: bytes, tmp_path: Path) -> None:
    ailleurs = tmp_path / "ailleurs"
    shutil.copytree(dossier_livre("modeles") / "communal", ailleurs)
    identite = (ailleurs / "modele.toml").read_text("utf-8")
    (ailleurs / "modele.toml").write_text(identite.replace('"communal"', '"ailleurs"', 1), "utf-8")
    autre = porteur(charger(ailleurs), "Belcombe")
    with pytest.raises(px.GesteImpossible) as leve:
        px.fusionner([du_canton, autre], au=AU)
    assert leve.value.moyens == (Moyen.MODELE,)


def test_touches_ou_non_se_mutualisent_et_font_une_region(du_canton: bytes, tmp_path: Path) -> None:
    """Chacun se lit d'après le sien ; rien ne se demande, aucun ne manque."""
    recus = {"a.xlsx": du_canton, "b.xlsx": porteur(px.modele(), "Belcombe")}
    for nom, octets in recus.items():
        (tmp_path / nom).write_bytes(octets)
    commun = (*(tmp_path / nom for nom in recus), *LE_JOUR)
    region = ("--annee", 2026, "--sortie", tmp_path / "r", "--format", "txt")
    for commande in (
        ("mutualiser", *commun, "--sortie", tmp_path / "occasions.xlsx"),
        ("rapport", *commun, *region),
        ("comparer", *commun[:1], *commun[:1], *LE_JOUR),
    ):
        sortie = jouer(*commande)
        assert sortie.code == 0, sortie.erreur
    texte = next((tmp_path / "r").glob("*.txt")).read_text("utf-8")
    assert all(nom in texte for nom in ("Valmarin", "Belcombe"))


def test_un_classeur_d_une_autre_annee_n_empeche_pas_de_consolider(vaud: Modele) -> None:
    recus = [porteur(px.modele(), annee=2025), porteur(vaud)]
    joints = px.consolider(recus, au=AU, annee=2026)
    assert list(joints.tables["outils"]["assurance"]) == ["Oui"]


def test_deux_annees_se_comparent_d_apres_le_modele_de_la_recente(vaud: Modele) -> None:
    ancien, recent = porteur(px.modele(), annee=2025), porteur(vaud)
    evolution = px.comparer(recent, ancien, au=AU)
    assert evolution.avant.modele == evolution.apres.modele
    assert evolution.apres.registre.porte is not None
    assert [c for c in evolution.changements if c.exige_une_decision] == []


def test_chaque_classeur_d_un_dossier_se_controle_d_apres_le_sien(
    dossiers: Path, vaud: Modele, tmp_path: Path
) -> None:
    neuchatel = charger(dossiers / "neuchatel")
    for nom, modele in (("a", vaud), ("b", vaud), ("c", neuchatel), ("d", px.modele())):
        (tmp_path / f"{nom}.xlsx").write_bytes(porteur(modele, f"Commune {nom}"))
    sortie = jouer("verifier", tmp_path, "--format", "json", *LE_JOUR)
    regles = {c["regle"] for recu in sortie.json["classeurs"] for c in recu["constats"]}
    assert not {code for code in regles if code.startswith("STR")}
    assert sortie.erreur.splitlines() == [
        typographier("Lecture d'après le modèle « vaud 1.0 », que portent 2 classeurs."),
        typographier("Lecture d'après le modèle « neuchatel 1.0 », que porte c.xlsx."),
    ]


def test_des_ouvriers_lisent_aussi_d_apres_le_porte(du_canton: bytes, tmp_path: Path) -> None:
    for rang in range(17):
        (tmp_path / f"{rang}.xlsx").write_bytes(du_canton)
    sortie = jouer("verifier", tmp_path, "--format", "json", *LE_JOUR)
    assert "que portent 17 classeurs" in sortie.erreur
    assert sortie.json["modele"] == {"id": "vaud", "version": "1.0"}


def test_les_autres_commandes_le_disent_une_fois(du_canton: bytes, tmp_path: Path) -> None:
    recu = tmp_path / "recu.xlsx"
    recu.write_bytes(du_canton)
    for commande in (
        ("corriger", recu, "--essai"),
        ("comparer", recu, recu, *LE_JOUR),
        ("fiche", "urgence", recu, "--sortie", tmp_path / "urgence.txt", *LE_JOUR),
        ("generer", tmp_path / "suivant.xlsx", "--depuis", recu, *LE_JOUR),
        ("rapport", recu, "--annee", 2026, "--sortie", tmp_path / "r", "--format", "txt", *LE_JOUR),
        ("consolider", recu, "--sortie", tmp_path / "tout.xlsx", *LE_JOUR),
        ("mutualiser", recu, "--sortie", tmp_path / "occasions.xlsx", *LE_JOUR),
    ):
        sortie = jouer(*commande)
        assert sortie.code == 0, sortie.erreur
        dite = typographier("« vaud 1.0 », que porte recu.xlsx")
        assert sortie.erreur.count(dite) == 1, commande[0]


_ABIMES: dict[str, Callable[[str], str]] = {
    "coupé": lambda texte: texte[:-40],
    "changé": lambda texte: texte.replace("A", "B", 1),
    "une bombe": lambda _: f"1:{'0' * 64}:{'A' * 600_000}",
}


@pytest.mark.parametrize("quoi", _ABIMES)
def test_un_porte_abime_se_refuse_et_se_remplace(vaud: Modele, quoi: str, tmp_path: Path) -> None:
    assert vaud.porte is not None
    recu = tmp_path / "recu.xlsx"
    recu.write_bytes(porter_le_texte(_ABIMES[quoi](vaud.porte.texte)))
    refus = px.lire(recu).refus
    assert refus is not None
    assert refus.code == "FIC-012"
    sortie = jouer("verifier", recu, *LE_JOUR)
    assert sortie.code == 2
    assert "--modele" in sortie.texte
    assert px.lire(recu, modele=charger(Path("communal"))).refus is None


def test_un_porte_qui_ne_suffit_pas_a_juger_se_refuse(vaud: Modele) -> None:
    """Comme le dossier d'un modèle : un jugement commun y perdrait son mot."""
    assert vaud.porte is not None
    texte = changer(vaud, listes={"oui_non": {"valeurs": [{"cle": "peut", "libelle": "Oui"}]}})
    refus = px.lire(porter_le_texte(texte)).refus
    assert refus is not None
    assert refus.code == "FIC-012"
