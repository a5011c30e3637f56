"""Le vocabulaire du modèle : clés, marques, versions, et la touche d'une commune."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotage_xlsx.modele import Genre
from pilotage_xlsx.modele.chargement import ModeleInvalide, charger, dossier_livre
from pilotage_xlsx.modele.touche import superposer
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.textes import TexteSaisi
from tests.commandes.ligne import AU, classeur, jouer
from tests.tableaux import lire_cellule, modele

_IDENTITE = """
id = "communal"
base = "communal"
"""


def _toucher(dossier: Path, **fichiers: str) -> Path:
    """Une touche sur le modèle livré : un fichier par nom, « feuilles_outils » pour une feuille."""
    (dossier / "feuilles").mkdir(parents=True)
    (dossier / "modele.toml").write_text(_IDENTITE + fichiers.pop("modele", ""), "utf-8")
    for nom, texte in fichiers.items():
        (dossier / f"{nom.replace('_', '/', 1)}.toml").write_text(texte, "utf-8")
    return dossier


def _copier(dossier: Path) -> Path:
    shutil.copytree(dossier_livre("modeles") / "communal", dossier)
    return dossier


def test_une_marque_rend_les_libelles_dans_l_ordre_du_menu() -> None:
    assert modele().libelles(Marque("outils", "lieu_donnees", "hors_de_suisse")) == (
        "Autre pays",
        "Plusieurs, dont hors de Suisse",
    )


def test_une_cle_est_aussi_une_marque() -> None:
    assert modele().libelles(Marque("outils", "criticite", "indispensable")) == ("Indispensable",)
    assert modele().libelles(Marque("outils", "criticite", "a_clarifier")) == ("À clarifier",)


def test_une_mention_repond_comme_une_valeur() -> None:
    assert modele().libelles(Marque("outils", "prestataire", "interne")) == ("Géré à l'interne",)


@pytest.mark.parametrize(
    "marque", [("outils", "criticite", "x"), ("outils", "x", "y"), ("x", "y", "z")]
)
def test_ce_que_le_modele_n_a_pas_ne_repond_a_rien(marque: tuple[str, str, str]) -> None:
    assert modele().libelles(Marque(*marque)) == ()


def test_une_condition_ecrite_par_marque_devient_des_libelles(tmp_path: Path) -> None:
    copie = _copier(tmp_path / "essai")
    feuille = copie / "feuilles" / "outils.toml"
    texte = feuille.read_text("utf-8").replace('["arrete", "a_', '["utilise", "a_')
    feuille.write_text(texte, "utf-8")
    (essai,) = charger(copie).par_id["outils"].hors_vigueur.essais()  # type: ignore[union-attr]
    assert essai.valeurs == ("En service", "À remplacer", "À confirmer")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ('cle = "important"', 'cle = "indispensable"', "criticite : cle en double"),
        ('cle = "important"', 'cle = "Important !"', "minuscules ASCII"),
        ('libelle = "Important"', 'libelle = "Important", est = ["accessoire"]', "déjà la clé"),
        (
            'synonymes = ["Importante"',
            'synonymes = ["Accessoire"',
            "criticite : valeur en double",
        ),
        (
            'synonymes = ["Importante"',
            'synonymes = ["accessoire !"',
            "criticite : valeur en double",
        ),
        (
            'equivoques = ["Conseil communal"',
            'equivoques = ["Assemblée communale"',
            "decide_par : equivoques",
        ),
        ('nomme_par = "executif_nom"', 'nomme_par = "canton"', "decide_par : nomme_par"),
        ('libelle = "Facile"', 'libelle = "Difficile !"', "remplacement : valeur en double"),
        ('cle = "facile"', 'cle = "tresdifficile"', "remplacement : valeur en double"),
    ],
)
def test_une_liste_ambigue_est_refusee(tmp_path: Path, avant: str, apres: str, dit: str) -> None:
    copie = _copier(tmp_path / "essai")
    listes = copie / "listes.toml"
    listes.write_text(listes.read_text("utf-8").replace(avant, apres, 1), "utf-8")
    with pytest.raises(ModeleInvalide, match=dit):
        charger(copie)


def test_une_colonne_est_fermee_si_rien_n_est_dit() -> None:
    assert modele().par_id["incidents"].par_id["description"].partage == ()


FERMES = {
    "outils": {"criticite", "lieu_donnees", "sauvegarde", "repli", "double_authentification",
               "acces_administrateur", "responsable", "remarques", "utilite"},
    "prestataires": {"contact", "telephone_urgence", "courriel", "clauses", "numero_client",
                     "dossier", "remarques"},
    "commune": {"executif_courriel", "executif_telephone", "referent_nom", "referent_courriel",
                "referent_telephone", "suppleant_nom", "suppleant_telephone", "contact_cyber"},
}  # fmt: skip


def test_faiblesses_personnes_et_adresses_restent_fermees() -> None:
    for feuille, colonnes in FERMES.items():
        for colonne in colonnes:
            assert modele().par_id[feuille].par_id[colonne].partage == (), (feuille, colonne)
    for feuille in ("incidents", "signalements", "decisions", "acceptes"):
        assert not any(colonne.partage for colonne in modele().par_id[feuille].colonnes), feuille
    genres = {Genre.COURRIEL, Genre.TELEPHONE}
    ouvertes = [c for f in modele().a_lire for c in f.colonnes if c.partage]
    assert ouvertes
    assert not [colonne.id for colonne in ouvertes if colonne.genre in genres]


@pytest.mark.parametrize("partage", ['["tous"]', '"public"', "[3]", '["public", "public"]'])
def test_un_partage_fautif_se_refuse(tmp_path: Path, partage: str) -> None:
    copie = _copier(tmp_path / "essai")
    outils = copie / "feuilles" / "outils.toml"
    texte = outils.read_text("utf-8")
    outils.write_text(
        texte.replace('id = "utilite"', f'id = "utilite"\npartage = {partage}'), "utf-8"
    )
    with pytest.raises(ModeleInvalide, match=r"outils\.toml.*utilite.*partage"):
        charger(copie)


def test_une_touche_ajoute_une_valeur_et_garde_le_reste(tmp_path: Path) -> None:
    touche = _toucher(
        tmp_path / "fribourg",
        listes="""
[lieu_donnees]
valeurs = [{ cle = "chine", libelle = "Chine", est = ["hors_de_suisse"] }]
""",
    )
    touche_sur_communal = charger(touche)
    marque = Marque("outils", "lieu_donnees", "hors_de_suisse")
    assert touche_sur_communal.libelles(marque) == (*modele().libelles(marque), "Chine")
    assert touche_sur_communal.listes["criticite"] == modele().listes["criticite"]


def test_une_touche_renomme_retire_et_ajoute_des_colonnes(tmp_path: Path) -> None:
    touche = _toucher(
        tmp_path / "commune",
        feuilles_outils="""
[[colonnes]]
id = "repli"
libelle = "En cas de panne"

[[colonnes]]
id = "licence"
retire = true

[[colonnes]]
id = "compte_comptable"
libelle = "Compte comptable"
genre = "texte"
niveau = "U"
paragraphe = "3.2"
aide = "Le compte où la dépense est inscrite."
""",
        modele="[seuils]\nannonce_heures = 12\n",
    )
    outils = charger(touche).par_id["outils"]
    assert outils.libelle_de("repli") == "En cas de panne"
    assert "licence" not in outils.par_id
    assert outils.colonnes[-1].id == "compte_comptable"
    assert charger(touche).identite.seuils.annonce_heures == 12


def test_une_faute_d_une_touche_nomme_son_fichier(tmp_path: Path) -> None:
    touche = _toucher(tmp_path / "jura", listes="[criticite]\na_clarifier = 3\n")
    with pytest.raises(ModeleInvalide, match=r"jura.listes\.toml : criticite a_clarifier"):
        charger(touche)


@pytest.mark.parametrize("base", ['"absent"', '"../communal"', "3"])
def test_une_base_est_un_modele_livre(tmp_path: Path, base: str) -> None:
    dossier = tmp_path / "essai"
    dossier.mkdir()
    (dossier / "modele.toml").write_text(f"base = {base}\n", "utf-8")
    with pytest.raises(ModeleInvalide, match="base : un modèle livré"):
        charger(dossier)


_NEUVE = """[[colonnes]]
id = "neuf"
libelle = "Neuf"
genre = "texte"
niveau = "U"
paragraphe = "3.2"
aide = "Pour essayer."
"""


@pytest.mark.parametrize(
    ("fichier", "toml", "dit"),
    [
        ("feuilles_outils", '[[colonnes]]\nid = "absente"\nretire = true', "« absente » retire"),
        ("feuilles_outils", '[[colonnes]]\nid = "licence"\nretire = false', "seul « true »"),
        ("feuilles_outils", '[[colonnes]]\nid = "licence"\nretire = 3', "seul « true »"),
        ("feuilles_outils", _NEUVE + _NEUVE, "« neuf » : écrit deux fois"),
        ("feuilles_outils", "[[colonnes]]\nid = [1]", r"colonnes id : un texte, lu : \[1\]"),
        ("feuilles_outils", "[[colonnes]]\nid = { a = 1 }", "colonnes id : un texte"),
        ("feuilles_outils", "[[colonnes]]\nid = 3", "colonnes id : un texte, lu : 3"),
        ("feuilles_outils", '[[colonnes]]\nlibelle = "X"', "la clé « id » manque"),
        ("feuilles_outils", "colonnes = 3", "une liste, lu : un nombre entier"),
        ("feuilles_outils", "colonnes = []", "la colonne « nom » n'existe pas"),
        ("feuilles_outils", '[colonnes]\nid = "nom"', "une liste, lu : une table"),
        ("feuilles_outils", 'colonnes = ["a"]', "une table, lu : un texte"),
        ("feuilles_outils", "hors_vigueur = [3]", "hors_vigueur : une alternative"),
        ("feuilles_outils", '[[colonnes]]\nid = "nom"\nlargeur = -5', "largeur : de 1 à 255"),
        (
            "feuilles_outils",
            '[[colonnes]]\nid = "prestataire"\nmentions = [{ cle = [1], libelle = "X" }]',
            "« prestataire » mentions cle : un texte",
        ),
        ("feuilles_commune", '[[colonnes]]\nid = "annee"\nretire = true', "il manque « annee »"),
        ("listes", "criticite = 3", "criticite : attendu : une table, lu : un nombre entier"),
        ("listes", "[criticite]\nvaleurs = 3", "criticite valeurs : attendu : une liste"),
        ("listes", '[criticite]\nvaleurs = ["a"]', "criticite valeurs n° 0"),
        (
            "listes",
            '[oui_non]\nvaleurs = [{ cle = "oui", retire = true }, { cle = "non", retire = true }]',
            "oui_non : valeurs : il en faut une",
        ),
        ("note", "faits = 3", "faits : attendu : une liste"),
        ("note", '[[faits]]\nid = "absent"\nretire = true', "faits « absent » retire"),
        ("note", "[[lexique]]\nterme = [1]", "lexique terme : un texte"),
        ("modele", "seuils = 3", "seuils : attendu : une table"),
        ("modele", "[seuils]\nabsent = 3", "seuils : la clé « absent » est inconnue"),
        ("modele", '[seuils]\nannonce_heures = "x"', "seuils annonce_heures : attendu"),
        ("modele", "[[depuis]]\nversion = [1]", "depuis version : un texte"),
        ("modele", 'feuilles = ["commune", "../x"]', "feuilles, acceptations : minuscules"),
        ("modele", 'feuilles = ["commune", "neuve"]', "neuve.toml : ce fichier du modèle manque"),
    ],
)
def test_une_touche_hostile_se_refuse_avec_son_fichier(
    tmp_path: Path, fichier: str, toml: str, dit: str
) -> None:
    with pytest.raises(ModeleInvalide, match=dit) as faute:
        charger(_toucher(tmp_path / "touche", **{fichier: toml}))
    assert str(tmp_path / "touche") in str(faute.value)


def test_une_touche_hostile_n_est_jamais_une_trace(tmp_path: Path) -> None:
    touche = _toucher(tmp_path / "touche", feuilles_outils="[[colonnes]]\nid = [1]\n")
    sortie = jouer("generer", tmp_path / "a.xlsx", "--modele", touche)
    assert sortie.code == 2
    assert "colonnes id" in sortie.erreur


def test_une_touche_peut_retirer_ce_que_l_histoire_de_la_base_nomme(tmp_path: Path) -> None:
    retire = '[[colonnes]]\nid = "double_authentification"\nretire = true\n'
    touche = _toucher(tmp_path / "jura", feuilles_outils=retire, modele='version = "jura-1"\n')
    assert "double_authentification" not in charger(touche).par_id["outils"].par_id
    ancien = Path(__file__).parents[1] / "donnees" / "version-0.1.0" / "valmarin-2026.xlsx"
    sortie = jouer("verifier", ancien, "--modele", touche, "--format", "json", *AU)
    regles = [c for c in sortie.json["classeurs"][0]["constats"] if c["regle"].startswith("STR")]
    assert [constat["regle"] for constat in regles] == ["STR-006"]


def test_une_touche_change_mots_faits_et_seuils(tmp_path: Path) -> None:
    fait = modele().note.faits[0]
    touche = _toucher(
        tmp_path / "fribourg",
        listes=(
            '[criticite]\nvaleurs = [{ cle = "indispensable", libelle = "Vital" }]\n'
            '[sauvegarde]\nvaleurs = [{ cle = "hors_ligne", retire = true }]\n'
        ),
        note=(
            f'[[faits]]\nid = "{fait.id}"\ntexte = "Autrement."\n'
            '[[faits]]\nid = "local"\ntexte = "Ici."\nsource = "LPrD"\n'
            'adresse = "https://fribourg.example"\nreleve_le = 2026-11-01\ndate = 2026-01-01\n'
            'certitude = "sûr"\n'
            '[[lexique]]\nterme = "Greffe"\nsens = "Le secrétariat."\nanglais = "registry"\n'
        ),
        modele="[seuils]\nincidents_repetes = 5\n",
    )
    touchee = charger(touche)
    assert touchee.libelles(Marque("outils", "criticite", "indispensable")) == ("Vital",)
    condition = touchee.par_id["outils"].par_id["repli"].obligatoire_si
    assert condition is not None
    assert [essai.valeurs for essai in condition.essais()] == [("Vital",)]  # type: ignore[union-attr]
    assert "Copie hors ligne" not in touchee.listes["sauvegarde"].choix
    faits = {f.id: f for f in touchee.note.faits}
    assert (faits[fait.id].texte, faits[fait.id].source) == ("Autrement.", fait.source)
    assert faits["local"].texte == "Ici."
    assert touchee.note.lexique[-1].terme == "Greffe"
    assert touchee.identite.seuils.incidents_repetes == 5


def test_une_touche_sert_de_bout_en_bout(tmp_path: Path) -> None:
    touche = _toucher(tmp_path / "jura", feuilles_outils=_NEUVE)
    chemin = tmp_path / "a.xlsx"
    donnees = tmp_path / "d.json"
    donnees.write_text(json.dumps({"outils": [{"nom": "GED", "neuf": "oui"}]}), "utf-8")
    assert jouer("generer", chemin, "--depuis", donnees, "--modele", touche, *AU).code == 0
    sortie = jouer("verifier", chemin, "--modele", touche, "--format", "json", *AU)
    constats = sortie.json["classeurs"][0]["constats"]
    assert not [c for c in constats if c["regle"].startswith("STR")]


def test_superposer_ne_change_ni_l_un_ni_l_autre() -> None:
    base = {"a": [{"id": "x", "n": 1}], "b": {"c": 1}}
    touche = {"a": [{"id": "x", "n": 2}, {"id": "y"}], "b": {"d": 2}}
    assert superposer(base, touche) == {
        "a": [{"id": "x", "n": 2}, {"id": "y"}],
        "b": {"c": 1, "d": 2},
    }
    assert base == {"a": [{"id": "x", "n": 1}], "b": {"c": 1}}


def test_une_version_dit_ce_qui_a_change_depuis_la_precedente(tmp_path: Path) -> None:
    copie = _copier(tmp_path / "essai")
    identite = copie / "modele.toml"
    depuis = '\n[[depuis]]\nversion = "1.0.5"\nrenommes = {{ "outils.secours" = "outils.{}" }}\n'
    texte = identite.read_text("utf-8")
    identite.write_text(texte + depuis.format("repli"), "utf-8")
    assert charger(copie).identite.depuis[-1].renommes == {"outils.secours": "outils.repli"}
    identite.write_text(texte + depuis.format("absent"), "utf-8")
    with pytest.raises(ModeleInvalide, match=r"depuis 1\.0\.5 : « outils\.absent » n'existe pas"):
        charger(copie)


def _lire(feuille: str, colonne: str, texte: str) -> object:
    cellule = Cellule(NatureDeCellule.TEXTE, TexteSaisi(texte))
    return lire_cellule(modele().par_id[feuille], colonne, cellule)


@pytest.mark.parametrize(
    ("feuille", "colonne", "tape", "libelle"),
    [
        ("prestataires", "siege", "usa", "États-Unis"),
        ("prestataires", "siege", "etats_unis", "États-Unis"),
        ("prestataires", "siege", "CH", "Suisse"),
        ("decisions", "decide_par", "Municipalité", "Exécutif"),
        ("commune", "canton", "Neuchâtel", "NE"),
        ("outils", "sauvegarde", "sans_objet", "Sans objet"),
        ("outils", "criticite", "a_clarifier", "À clarifier"),
        ("incidents", "prestataire_contacte_le", "pas_necessaire", "Pas nécessaire"),
        ("prestataires", "telephone_urgence", "aucun", "Aucun"),
        ("outils", "prestataire", "interne", "interne"),
    ],
)
def test_un_synonyme_ou_une_cle_se_lit_comme_sa_valeur(
    feuille: str, colonne: str, tape: str, libelle: str
) -> None:
    """Sauf la clé d'une mention de référence : « interne » peut être un nom inscrit."""
    assert _lire(feuille, colonne, tape) == libelle


def test_un_synonyme_ne_compte_pas_au_controle_et_corriger_ecrit_le_libelle(
    tmp_path: Path,
) -> None:
    chemin = classeur(tmp_path)
    livre = load_workbook(chemin)
    entetes = {c.value: c for rangee in livre["Prestataires"].iter_rows(max_row=8) for c in rangee}
    siege = entetes["Siège du groupe"]
    ici = livre["Prestataires"].cell(siege.row + 1, siege.column)
    ici.value = "USA"
    livre.save(chemin)
    avant = jouer("verifier", chemin, "--format", "json", *AU).json["classeurs"][0]["constats"]
    assert "CEL-002" not in {constat["regle"] for constat in avant}
    sortie = jouer("corriger", chemin)
    assert "« USA » → « États-Unis »" in sortie.texte.replace("\u202f", " ")
    corrige = load_workbook(tmp_path / f"{chemin.stem}-corrige.xlsx")
    assert corrige["Prestataires"][ici.coordinate].value == "États-Unis"
    neuf = jouer("generer", tmp_path / "neuf.xlsx", "--depuis", chemin, *AU)
    dit = neuf.erreur.replace("\u202f", " ")
    assert f"Prestataires, {ici.coordinate} : « USA » est écrit « États-Unis »" in dit


def test_un_json_peut_ecrire_des_cles_et_le_classeur_montre_les_libelles(tmp_path: Path) -> None:
    donnees = {
        "commune": {"commune": "Valmarin", "canton": "Vaud", "annee": 2026},
        "outils": [
            {
                "nom": "GED",
                "domaine": "documents",
                "sauvegarde": "sans_objet",
                "criticite": "Important",
            }
        ],
    }
    (tmp_path / "d.json").write_text(json.dumps(donnees), "utf-8")
    sortie = jouer("generer", tmp_path / "a.xlsx", "--depuis", tmp_path / "d.json", *AU)
    dit = sortie.erreur.replace("\u202f", " ")
    assert "`outils[0].sauvegarde` : « sans_objet » est écrit « Sans objet »" in dit
    assert "`commune.canton` : « Vaud » est écrit « VD »" in dit
    assert "criticite" not in dit
    livre = load_workbook(tmp_path / "a.xlsx")
    textes = {c.value for rangee in livre["Outils"].iter_rows() for c in rangee}
    assert {"Sans objet", "Gestion des documents et affaires"} <= textes
    assert not {"sans_objet", "documents"} & textes


def test_le_menu_ne_propose_que_les_libelles() -> None:
    for liste in modele().listes.values():
        assert liste.choix == tuple(mot.libelle for mot in liste.mots)
    siege = modele().par_id["prestataires"].par_id["siege"]
    assert "USA" not in modele().choix(siege)


def test_le_json_du_modele_montre_libelles_cles_marques_synonymes_et_partage() -> None:
    colonnes = {
        (feuille["id"], colonne["id"]): colonne
        for feuille in jouer("modele", "--format", "json").json["feuilles"]
        for colonne in feuille["colonnes"]
    }
    siege = colonnes["prestataires", "siege"]
    rang = siege["valeurs"].index("États-Unis")
    assert siege["cles"][rang] == "etats_unis"
    assert siege["marques"][rang] == ["etranger"]
    assert "USA" in siege["synonymes_des_valeurs"][rang]
    assert colonnes["incidents", "description"]["partage"] == []
    assert colonnes["outils", "domaine"]["partage"] == ["region", "canton", "public"]
    assert colonnes["outils", "domaine"]["anciens_noms"] == []
