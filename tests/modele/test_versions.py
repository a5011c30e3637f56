"""D'une version du modèle à l'autre : trois versions de suite, rien ne se perd, tout se dit."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.lecture import lire
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.modele.identite import Depuis
from pilotage_xlsx.modele.versions import Changements, Devenir, comparer, composer
from tests.commandes.ligne import AU, DONNEES, Sortie, jouer

_BLOC = r'\[\[colonnes\]\]\nid = "{}"\n.*?(?=\n\[\[colonnes\]\]|\n# ---|\Z)'
_DEPUIS_1 = """
[[depuis]]
version = "1.0"
ajoutes = ["outils.nuage"]
renommes = { "outils.repli" = "outils.panne", "commune.habitants" = "commune.population" }
scindes = { "prestataires.contact" = ["prestataires.personne", "prestataires.service"] }
"""
_DEPUIS_2 = """
[[depuis]]
version = "2.0"
deplaces = { "prestataires.numero_client" = "outils.numero_client" }
retires = ["outils.licence", "commune.numero_ofs", "listes.domaine.cimetiere", "echanges"]
[depuis.renommes]
"outils.panne" = "outils.secours"
"listes.mutualisation.propre" = "listes.mutualisation.seule"
"""


class _Modele:
    """Un modèle en TOML, que l'on change version après version."""

    def __init__(self, dossier: Path, origine: Path) -> None:
        self.dossier = dossier
        shutil.copytree(origine, dossier)

    def ecrire(self, fichier: str, motif: str, apres: str) -> None:
        chemin = self.dossier / fichier
        texte, fois = re.subn(motif, lambda _: apres, chemin.read_text("utf-8"), flags=re.DOTALL)
        assert fois == 1, (fichier, motif, fois)
        chemin.write_text(texte, "utf-8")

    def ajouter(self, fichier: str, texte: str) -> None:
        chemin = self.dossier / fichier
        chemin.write_text(chemin.read_text("utf-8") + texte, "utf-8")

    def retirer(self, feuille: str, colonne: str) -> None:
        self.ecrire(f"feuilles/{feuille}.toml", _BLOC.format(colonne), "")

    def texte(self, feuille: str, colonne: str, libelle: str, niveau: str = "U") -> None:
        self.ajouter(
            f"feuilles/{feuille}.toml",
            f'\n[[colonnes]]\nid = "{colonne}"\nlibelle = "{libelle}"\ngenre = "texte"\n'
            f'niveau = "{niveau}"\nparagraphe = "3.2"\naide = "Pour essayer."\n',
        )

    def renommer(self, feuille: str, avant: str, apres: str, libelle: str) -> None:
        fichier = f"feuilles/{feuille}.toml"
        self.ecrire(fichier, rf'(?m)^id = "{avant}"\n', f'id = "{apres}"\n')
        self.ecrire(fichier, rf'(?<=id = "{apres}"\n)libelle = "[^"]*"', f'libelle = "{libelle}"')


@pytest.fixture(scope="module")
def modeles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Trois versions : 1.0 ; 2.0 renomme, ajoute, scinde ; 3.0 renomme encore, déplace, retire."""
    racine = tmp_path_factory.mktemp("modeles")
    une = _Modele(racine / "un", dossier_livre("modeles") / "communal")
    une.ecrire(
        "modele.toml", r'id = "communal"\nversion = "[^"]*"', 'id = "essai"\nversion = "1.0"'
    )
    une.ecrire("modele.toml", r"\n# Ce qui a changé depuis.*", "\n")
    deux = _Modele(racine / "deux", une.dossier)
    deux.ecrire("modele.toml", r'version = "1\.0"', 'version = "2.0"')
    deux.ajouter("modele.toml", _DEPUIS_1)
    deux.renommer("outils", "repli", "panne", "En cas de panne")
    deux.texte("outils", "nuage", "Nuage", "E")
    deux.ecrire("feuilles/commune.toml", r'id = "habitants"', 'id = "population"')
    deux.retirer("prestataires", "contact")
    deux.texte("prestataires", "personne", "Contact")
    deux.texte("prestataires", "service", "Service de contact")
    trois = _Modele(racine / "trois", deux.dossier)
    trois.ecrire("modele.toml", r'version = "2\.0"', 'version = "3.0"')
    trois.ajouter("modele.toml", _DEPUIS_2)
    trois.renommer("outils", "panne", "secours", "Secours")
    trois.retirer("prestataires", "numero_client")
    trois.texte("outils", "numero_client", "N° de client")
    trois.retirer("outils", "licence")
    trois.retirer("commune", "numero_ofs")
    trois.ecrire("listes.toml", r'  \{ cle = "cimetiere"[^\n]*\n', "")
    trois.ecrire("modele.toml", r'\n  "echanges",', "")
    trois.ecrire("feuilles/decisions.toml", r', "echanges"\]', "]")
    (trois.dossier / "feuilles/echanges.toml").unlink()
    propre = 'cle = "seule", libelle = "À nous seuls", synonymes = ["Propre à la commune"]'
    ancienne = r'cle = "propre", libelle = "Propre à la commune", synonymes = \["Propre", "Non"\]'
    trois.ecrire("listes.toml", ancienne, propre)
    trois.ecrire("feuilles/outils.toml", r'non = "propre"', 'non = "seule"')
    return une.dossier, deux.dossier, trois.dossier


@pytest.fixture(scope="module")
def premier(modeles: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un classeur de la 1.0, avec une colonne et une feuille de la commune."""
    donnees = json.loads((DONNEES / "valmarin-2026.json").read_text("utf-8"))
    for rang, outil in enumerate(donnees["outils"]):
        outil["propres"] = {"Étage": f"{rang}e"}
    for rang, prestataire in enumerate(donnees["prestataires"]):
        prestataire["numero_client"] = f"C-{rang:03}"
    dossier = tmp_path_factory.mktemp("premier")
    (dossier / "donnees.json").write_text(json.dumps(donnees), "utf-8")
    chemin = dossier / "v1.xlsx"
    un = ("--modele", modeles[0])
    assert jouer("generer", chemin, "--depuis", dossier / "donnees.json", *un, *AU).code == 0
    livre = load_workbook(chemin)
    livre.create_sheet("Budget")["B2"] = "Bail du serveur"
    livre.save(chemin)
    return chemin


def _reprendre(ancien: Path, neuf: Path, modele: Path) -> Sortie:
    sortie = jouer("generer", neuf, "--depuis", ancien, "--annee", 2026, "--modele", modele, *AU)
    assert sortie.code == 0, sortie.erreur
    return sortie


def _dit(sortie: Sortie) -> str:
    return " ".join(sortie.erreur.replace("\u202f", " ").split())


def _colonne(chemin: Path, modele: Path, registre: str, colonne: str) -> list[object]:
    """Les valeurs d'une colonne, du modèle ou propre à la commune, ligne après ligne."""
    lignes = lire(chemin, charger(modele)).lignes(registre)
    return [ligne.valeurs.get(colonne) or ligne.propres.get(colonne) for ligne in lignes]


def _tout_est_la(premier: Path, un: Path, dernier: Path, trois: Path) -> None:
    """Chaque valeur de la 1.0, là où la 3.0 la range, ou dans une colonne de la commune."""
    en_vigueur = [str(nom) for nom in _colonne(dernier, trois, "outils", "nom")]
    rangs = [
        rang
        for rang, nom in enumerate(_colonne(premier, un, "outils", "nom"))
        if str(nom) in en_vigueur
    ]
    for avant, apres in (("repli", "secours"), ("licence", "Licence"), ("Étage", "Étage")):
        anciennes = _colonne(premier, un, "outils", avant)
        assert any(anciennes)
        assert [anciennes[r] for r in rangs] == _colonne(dernier, trois, "outils", apres), avant
    contacts = _colonne(dernier, trois, "prestataires", "Contact (2)")
    assert {*contacts} <= {*_colonne(premier, un, "prestataires", "contact")}
    assert all(contacts)
    assert all(_colonne(dernier, trois, "prestataires", "N° de client"))
    fiches = lire(premier, charger(un)).commune, lire(dernier, charger(trois)).commune
    assert fiches[1]["population"] == fiches[0]["habitants"]
    assert fiches[1].propres["N° OFS"] == fiches[0]["numero_ofs"]
    livre = load_workbook(dernier)
    assert livre["Budget"]["B2"].value == "Bail du serveur"
    echanges = {str(cellule) for rangee in livre["Échanges"].values for cellule in rangee}
    numeros = map(str, _colonne(premier, un, "echanges", "numero"))
    assert {numero for numero in numeros if numero.startswith("E-2026")} <= echanges
    assert not [texte for texte in echanges if "#" in texte or "\ue000" in texte]


def test_de_la_premiere_a_la_derniere_d_un_coup(
    modeles: tuple[Path, Path, Path], premier: Path, tmp_path: Path
) -> None:
    un, _, trois = modeles
    dit = _dit(_reprendre(premier, tmp_path / "v3.xlsx", trois))
    for phrase in (
        "Classeur de la version 1.0 du modèle, repris dans la version 3.0, qui ajoute",
        "qui ajoute « Nuage », « N° de client » dans Outils",
        "Outils : « Mode de repli » est maintenant « Secours » dans Outils.",
        "Outils : « Licence » n'est plus dans le modèle : elle suit comme une colonne",
        "Prestataires : « Contact » se répartit maintenant entre « Contact » dans Prestataires et "
        "« Service de contact » dans Prestataires",
        "Prestataires : « N° de client » est maintenant « N° de client » dans Outils : elle suit",
        "Commune : « N° OFS » n'est plus dans le modèle",
        "Feuille « Échanges » : elle n'est plus dans le modèle, et suit comme une feuille",
        "« Propre à la commune » est écrit « À nous seuls »",
        "À répondre de nouveau : - Outils, « Nuage » : 28 réponses, nouvelles.",
        "- Prestataires, « Contact » : 15 réponses à reporter dans « Contact » dans Prestataires",
        "- Prestataires, « N° de client » : 15 réponses à reporter dans « N° de client » dans",
        "- Outils, « Domaine » : « Cimetière » n'est pas dans la liste (1 ligne).",
    ):
        assert phrase in dit
    _tout_est_la(premier, un, tmp_path / "v3.xlsx", trois)


def test_de_version_en_version(
    modeles: tuple[Path, Path, Path], premier: Path, tmp_path: Path
) -> None:
    un, deux, trois = modeles
    _reprendre(premier, tmp_path / "v2.xlsx", deux)
    dit = _dit(_reprendre(tmp_path / "v2.xlsx", tmp_path / "v3.xlsx", trois))
    assert "Outils : « En cas de panne » est maintenant « Secours » dans Outils." in dit
    assert "qui ajoute « N° de client » dans Outils." in dit
    assert "« N° de client » : 15 réponses à reporter" in dit
    _tout_est_la(premier, un, tmp_path / "v3.xlsx", trois)


def test_le_controle_lit_les_anciens_noms_et_ne_crie_pas(
    modeles: tuple[Path, Path, Path], premier: Path
) -> None:
    sortie = jouer("verifier", premier, "--modele", modeles[2], "--format", "json", *AU)
    constats = sortie.json["classeurs"][0]["constats"]
    assert [c["regle"] for c in constats if c["regle"].startswith("STR")] == ["STR-006"]
    # « Cimetière », que la 3.0 n'a plus, est la seule réponse à redonner.
    fautes = [c["valeur"] for c in constats if c["regle"] in {"CEL-001", "CEL-002"}]
    assert fautes == ["Cimetière"]


def test_un_classeur_plus_recent_garde_ce_que_l_ancien_programme_ignore(
    modeles: tuple[Path, Path, Path], premier: Path, tmp_path: Path
) -> None:
    un, deux, _ = modeles
    _reprendre(premier, tmp_path / "v2.xlsx", deux)
    dit = _dit(_reprendre(tmp_path / "v2.xlsx", tmp_path / "v1.xlsx", un))
    assert "suit la version 2.0 du modèle, plus récente que la 1.0 de ce programme" in dit
    assert "Outils : « En cas de panne » n'est pas dans cette version du modèle" in dit
    repris = _colonne(tmp_path / "v1.xlsx", un, "outils", "En cas de panne")
    assert repris == _colonne(tmp_path / "v2.xlsx", deux, "outils", "panne")


def test_une_feuille_renommee_se_retrouve_par_ses_cles(
    modeles: tuple[Path, Path, Path], premier: Path, tmp_path: Path
) -> None:
    quatre = _Modele(tmp_path / "quatre", modeles[1])
    quatre.ecrire("modele.toml", r'version = "2\.0"', 'version = "4.0"')
    quatre.ecrire("modele.toml", r'"echanges"', '"partages"')
    renomme = '\n[[depuis]]\nversion = "2.0"\nrenommes = { "echanges" = "partages" }\n'
    quatre.ajouter("modele.toml", renomme)
    feuilles = quatre.dossier / "feuilles"
    (feuilles / "echanges.toml").rename(feuilles / "partages.toml")
    quatre.ecrire("feuilles/partages.toml", r'id = "echanges"', 'id = "partages"')
    quatre.ecrire("feuilles/partages.toml", r'\nlibelle = "Échanges"', '\nlibelle = "Partages"')
    quatre.ecrire("feuilles/partages.toml", r'\ntable = "[^"]*"', '\ntable = "Partages"')
    quatre.ecrire("feuilles/decisions.toml", r'"echanges"', '"partages"')
    avant = lire(premier, charger(modeles[0])).lignes("echanges")
    apres = lire(premier, charger(quatre.dossier)).lignes("partages")
    assert [ligne.valeurs for ligne in apres] == [ligne.valeurs for ligne in avant]
    assert avant


@pytest.mark.parametrize(
    ("depuis", "dit"),
    [
        ('ajoutes = ["outils.absent"]', r"depuis 1\.0\.5 : « outils\.absent » n'existe pas"),
        ('ajoutes = ["listes.criticite.absente"]', "n'existe pas"),
        ('renommes = { "outils.repli" = "outils.statut" }', "« outils.repli » existe encore"),
        ('retires = ["outils.licence"]', "« outils.licence » existe encore"),
        ('scindes = { "outils.x" = ["outils.nom"] }', "deux endroits au moins"),
        ('renommes = { "outils.x" = "outils" }', "ne sont pas de même nature"),
        ('renommes = { "outils.x" = "outils.nom" }\nretires = ["outils.x"]', "change deux fois"),
        ('renommes = { "outils.x" = "prestataires.nom" }', "déplacement"),
        ("ajoutes = 3", "ajoutes : attendu"),
        ("ajoutes = [3]", "ajoutes n° .* : attendu"),
        ("ajoutees = []", "« ajoutees » est inconnue"),
        ('[[depuis]]\nversion = "1.0"', "décrite deux fois"),
        ('[[depuis]]\nversion = "0.9"', "la plus ancienne d'abord"),
        ('[[depuis]]\nversion = "1.1"', "c'est la version de ce modèle"),
    ],
)
def test_une_histoire_fautive_se_refuse(tmp_path: Path, depuis: str, dit: str) -> None:
    copie = _Modele(tmp_path / "essai", dossier_livre("modeles") / "communal")
    copie.ajouter("modele.toml", f'\n[[depuis]]\nversion = "1.0.5"\n{depuis}\n')
    with pytest.raises(ModeleInvalide, match=dit) as faute:
        charger(copie.dossier)
    assert "modele.toml" in str(faute.value)


def test_les_pas_se_suivent() -> None:
    suite = (
        Depuis(version="1", ajoutes=("o.n",), renommes={"o.a": "o.b"}, retires=("o.r",)),
        Depuis(version="2", renommes={"o.b": "o.c", "o.n": "o.m"}, deplaces={"o.d": "p.d"}),
        Depuis(version="3", scindes={"o.c": ("o.c1", "o.c2")}, retires=("p.d", "o.m")),
    )
    assert composer(suite) == Changements(
        frozenset({"o.c1", "o.c2"}),
        {
            "o.a": (Devenir.SCINDE, ("o.c1", "o.c2")),
            "o.r": (Devenir.RETIRE, ()),
            "o.d": (Devenir.RETIRE, ()),
        },
    )


@pytest.mark.parametrize(
    ("une", "autre", "ordre"), [("1.9", "1.10", -1), ("2", "1.9", 1), ("1.0", "1.0", 0)]
)
def test_les_versions_s_ordonnent(une: str, autre: str, ordre: int) -> None:
    assert comparer(une, autre) == ordre
    assert comparer(une, "bêta") is None
