"""La commande : l'essai et son tableau, ce qu'on y corrige, le classeur rempli, les refus."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pilotage_xlsx import generation
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.generer import constats_a_accepter, generer
from pilotage_xlsx.gestes.importer import importer, proposer_l_import
from pilotage_xlsx.gestes.lire import lire
from pilotage_xlsx.gestes.partager import partager
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.entree import EnMemoire
from tests.commandes.ligne import AU, classeur, jouer
from tests.importation.lecture import importer_le_texte, lignes_du_classeur
from tests.petites_tables import petites_tables
from tests.tableaux import AU as AUJOURD_HUI
from tests.tableaux import modele

_LISTE = """Logiciel;Fournisseur;Statut;Salle des machines
Habitus Plus;Alpha Lac SA;Prod;Cave
GeoLac;Delta Carto Sàrl;Bizarre;Grenier
"""


def _ecrire(dossier: Path, texte: str = _LISTE, nom: str = "liste.csv") -> Path:
    chemin = dossier / nom
    chemin.write_text(texte, "utf-8")
    return chemin


def test_l_essai_ecrit_un_tableau_qui_se_rend(tmp_path: Path) -> None:
    liste, colonnes, sortie = _ecrire(tmp_path), tmp_path / "c.csv", tmp_path / "commune.xlsx"
    essai = jouer("importer", liste, "--essai", "--colonnes", colonnes)
    assert essai.code == 0
    assert "Salle des machines" in essai.texte
    assert not sortie.exists()
    texte = colonnes.read_text("utf-8-sig")
    assert "liste;D;Salle des machines;;à vous;" in texte
    corrige = texte.replace(
        "liste;D;Salle des machines;;à vous;", "liste;D;Salle des machines;;Remarques;"
    )
    corrige = corrige.replace("liste;C;Statut;Bizarre;;", "liste;C;Statut;Bizarre;En projet;")
    colonnes.write_text(corrige, "cp1252")
    fait = jouer("importer", liste, "--sortie", sortie, "--colonnes", colonnes, *AU)
    assert (fait.code, "Aucune ne manque" in fait.erreur) == (0, True)
    lignes = lignes_du_classeur(sortie.read_bytes(), "outils")
    assert [ligne["Remarques"] for ligne in lignes] == ["Cave", "Grenier"]
    assert [ligne["Statut"] for ligne in lignes] == ["En service", "En projet"]


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        (";Outil ou service;", ";Outil ou servise;", "vouliez-vous dire « Outil ou service »"),
        (";à vous;", ";Prestataire;", "reçoit deux colonnes"),
        ("liste;", "autre;", "d'un autre fichier"),
        ("Tableau;", "Machin;", "n'en est pas un"),
        (";En service;", ";En servise;", "vouliez-vous dire « En service »"),
    ],
)
def test_une_correction_qui_ne_veut_rien_dire_se_dit(avant: str, apres: str, dit: str) -> None:
    recu = EnMemoire("liste.csv", _LISTE.encode())
    tableau = proposer_l_import(recu, modele=modele()).colonnes.decode("utf-8-sig")
    assert avant in tableau
    rendu = EnMemoire("c.csv", tableau.replace(avant, apres).encode())
    with pytest.raises(GesteImpossible, match=dit):
        importer(recu, colonnes=rendu, modele=modele(), au=AUJOURD_HUI)


def test_un_tableau_rendu_tel_quel_ne_change_rien() -> None:
    recu = EnMemoire("liste.csv", _LISTE.encode())
    tableau = EnMemoire("c.csv", proposer_l_import(recu, modele=modele()).colonnes)
    assert importer_le_texte(_LISTE, colonnes=tableau).octets == importer_le_texte(_LISTE).octets


def _places(liste: str) -> list[tuple[str, str, str]]:
    """Où va chaque colonne, et avec quelle confiance."""
    recu = EnMemoire("liste.csv", liste.encode())
    [une] = proposer_l_import(recu, modele=modele()).proposee.tables
    assert une.feuille is not None
    return [(une.feuille.id, a.colonne, a.confiance.value) for a in une.attributions]


def test_le_nom_d_un_objet_lie_ne_fait_pas_une_liste_de_logiciels() -> None:
    liste = "Raison sociale;Téléphone;Contacts associés - Nom\nAlpha SA;021 555 01 01;Anne E.\n"
    assert [(feuille, colonne) for feuille, colonne, _ in _places(liste)] == [
        ("prestataires", "nom"), ("prestataires", "telephone_urgence"), ("prestataires", "contact"),
    ]  # fmt: skip


@pytest.mark.parametrize("entete", ["Informations financières - Fournisseur", "Revendeur"])
def test_un_editeur_laisse_sa_place_a_un_fournisseur(entete: str) -> None:
    places = _places(f"Logiciel;Éditeur;{entete}\nHabitus;Alpha SA;Beta SA\nGeo;Delta SA;Beta SA\n")
    assert places[1:] == [
        ("outils", "autre_prestataire", "à vérifier"), ("outils", "prestataire", "à vérifier"),
    ]  # fmt: skip


_A_VERIFIER = """
outils | Termination Date | 31.12.2026 ; 30.06.2027 | arrete_le
outils | Sous-traitant | Alpha SA ; Delta SA | prestataire | probable
outils | Technicien responsable | Anne E. ; Paul E. | responsable
outils | Qui suit ? | Anne E. ; Paul E. | responsable
outils | Dénonciation (mois avant) | 3 ; 6 | delai_resiliation
outils | Résiliation | 3 mois ; 6 mois | delai_resiliation
outils | Résiliation | 31.12.2026 ; 30.06.2027 | -
outils | Preavviso di disdetta | 3 ; 6 | delai_resiliation
outils | Finalità | Contabilità ; Mappe | utilite | probable
outils | Contract Cost | 4200 ; 1200 | cout_annuel
outils | Status | Managed ; Ignored | statut
outils | Hébergement | Grappe B ; Nuage DE | lieu_donnees
outils | Tél. hotline | 021 555 01 01 ; 021 555 01 02 | -
outils | Salle | Cave ; Grenier | - | non reconnue
prestataires | Pays | DE ; CH | siege
prestataires | Notre n° client | 12 ; 14 | numero_client
prestataires | Unsere Kundennummer | 12 ; 14 | numero_client
prestataires | N. cliente | 12 ; 14 | numero_client
"""


@pytest.mark.parametrize("cas", _A_VERIFIER.strip().splitlines())
def test_ce_qui_dit_parfois_autre_chose_est_a_verifier(cas: str) -> None:
    registre, entete, valeurs, attendu, *confiance = cas.split(" | ")
    une, autre = valeurs.split(" ; ")
    nom = "Logiciel" if registre == "outils" else "Raison sociale"
    suite = ";Courriel" if registre == "prestataires" else ";Critères"
    liste = f"{nom};{entete}{suite}\nHabitus;{une};a@alpha.example\nGeo;{autre};b@geo.example\n"
    place = "" if attendu == "-" else attendu
    assert _places(liste)[1] == (registre, place, *(confiance or ["à vérifier"]))


@pytest.mark.parametrize("tire", [False, True], ids=["classeur", "partage"])
def test_un_classeur_de_pilotage_n_est_pas_une_liste(tmp_path: Path, tire: bool) -> None:
    octets = classeur(tmp_path).read_bytes()
    octets = partager(octets, "region").octets if tire else octets
    with pytest.raises(GesteImpossible, match="déjà un classeur de pilotage"):
        proposer_l_import(EnMemoire("c.xlsx", octets), modele=modele())


def test_un_ancien_xls_se_refuse_d_une_phrase() -> None:
    with pytest.raises(GesteImpossible, match=r"ancien format \.xls"):
        importer_le_texte(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4_000), "liste.xls")


_VALEURS = """
Domaine | Logiciel de comptabilité | Comptabilité et finances
Domaine | Accounting software | Comptabilité et finances
Domaine | Logiciel | Logiciel
Lieu des données | Chez nous (serveur communal) | Locaux de la commune
Lieu des données | Suisse (sauf la copie) | Suisse (sauf la copie)
Lieu des données | Suisse (Allemagne) | Suisse (Allemagne)
Lieu des données | Serveur en Autriche | UE/EEE
Lieu des données | Polen | UE/EEE
Lieu des données | Australie | Autre pays
Criticité | Non critique | Non critique
Criticité | Très | Indispensable
Données personnelles | sensibili | Sensibles
"""


@pytest.mark.parametrize("cas", _VALEURS.strip().splitlines())
def test_une_valeur_se_reconnait_entre_des_mots_neutres_ou_reste_telle_que_tapee(cas: str) -> None:
    entete, tapee, attendu = cas.split(" | ")
    liste = f"Logiciel;{entete};Fournisseur\nHabitus;{tapee};Alpha SA\n"
    [ligne] = lignes_du_classeur(importer_le_texte(liste).octets, "outils")
    assert ligne[entete] == attendu


_DEPLACEE = """Fournisseur;Salle des machines;Logiciel;Statut
Alpha Lac SA;Cave;Habitus Plus;Prod
Delta Carto Sàrl;Grenier;GeoLac;Bizarre
"""
_HOMONYMES = "Logiciel;Fournisseur;Prix;Prix\nHabitus;Alpha SA;100;200\n"


def _corrige(liste: str, avant: str, apres: str) -> EnMemoire:
    """Le tableau d'un essai, corrigé."""
    recu = EnMemoire("liste.csv", liste.encode())
    tableau = proposer_l_import(recu, modele=modele()).colonnes.decode("utf-8-sig")
    assert avant in tableau
    return EnMemoire("c.csv", tableau.replace(avant, apres).encode())


def test_un_tableau_corrige_suit_les_en_tetes_pas_les_lettres() -> None:
    rendu = _corrige(_LISTE, "Salle des machines;;à vous;", "Salle des machines;;Remarques;")
    [ligne, _] = lignes_du_classeur(importer_le_texte(_DEPLACEE, colonnes=rendu).octets, "outils")
    noms = ("Outil ou service", "Prestataire", "Statut", "Remarques")
    assert [ligne[nom] for nom in noms] == ["Habitus Plus", "Alpha Lac SA", "En service", "Cave"]


def test_entre_homonymes_la_lettre_departage() -> None:
    rendu = _corrige(_HOMONYMES, "D;Prix;;à vous;", "D;Prix;;Coût annuel (CHF);")
    [ligne] = lignes_du_classeur(importer_le_texte(_HOMONYMES, colonnes=rendu).octets, "outils")
    assert ligne["Coût annuel (CHF)"] == "200"


@pytest.mark.parametrize(
    ("liste", "autre"),
    [
        (_LISTE, _LISTE.replace("Salle des machines", "Cave")),
        (_HOMONYMES, "Truc;Logiciel;Fournisseur;Prix;Prix\nx;Habitus;Alpha SA;100;200\n"),
        (_HOMONYMES, "Logiciel;Fournisseur;Montant;Prix\nHabitus;Alpha SA;100;200\n"),
    ],
)
def test_un_tableau_d_une_liste_qui_a_change_se_refuse(liste: str, autre: str) -> None:
    rendu = _corrige(liste, "Tableau;", "Tableau;")
    with pytest.raises(GesteImpossible, match="La liste a changé"):
        importer_le_texte(autre, colonnes=rendu)


def test_un_essai_lit_le_tableau_qui_existe_et_force_le_refait(tmp_path: Path) -> None:
    liste, colonnes = _ecrire(tmp_path), tmp_path / "c.csv"
    jouer("importer", liste, "--essai", "--colonnes", colonnes)
    neuf = colonnes.read_bytes()
    corrige = neuf.replace(b"Salle des machines;;\xc3\xa0 vous;", b"Salle des machines;;laisser;")
    colonnes.write_bytes(corrige)
    essai = jouer("importer", liste, "--essai", "--colonnes", colonnes)
    assert (essai.code, "votre choix" in essai.texte) == (0, True)
    assert colonnes.read_bytes() == corrige != neuf
    assert jouer("importer", liste, "--essai", "--colonnes", colonnes, "--force").code == 0
    assert colonnes.read_bytes() == neuf


def test_une_commune_existante_recoit_les_lignes_sur_une_copie_sans_perte(tmp_path: Path) -> None:
    commune, liste, sortie = classeur(tmp_path), _ecrire(tmp_path), tmp_path / "apres.xlsx"
    avant, recu = lire(commune), commune.read_bytes()
    fait = jouer("importer", liste, "--dans", commune, "--sortie", sortie, *AU)
    assert fait.code == 0, fait.erreur
    assert commune.read_bytes() == recu
    apres = lire(sortie)
    outils = avant.lignes("outils")
    assert len(apres.lignes("outils")) == len(outils) + 2
    for une, autre in zip(outils, apres.lignes("outils"), strict=False):
        assert (une.numero, dict(une.valeurs)) == (autre.numero, dict(autre.valeurs))
    neuves = apres.lignes("outils")[-2:]
    assert neuves[0].numero == outils[-1].numero + 1
    assert [afficher(ligne.propres["Salle des machines"]) for ligne in neuves] == [
        "Cave",
        "Grenier",
    ]
    assert {"Alpha Lac SA", "Delta Carto Sàrl"} <= {
        ligne.texte("nom") for ligne in apres.lignes("prestataires")
    }
    assert _parties(recu) == _parties(sortie.read_bytes())


@pytest.mark.filterwarnings("ignore:Row")
def test_une_table_trop_courte_s_agrandit_comme_si_elle_avait_ete_preparee_ainsi() -> None:
    """Formules, noms et comptes du classeur agrandi : ceux d'un classeur généré à cette taille."""
    lignes = "".join(f"Outil {rang:02};{100 + rang}\n" for rang in range(30))
    liste = EnMemoire("liste.csv", f"Logiciel;Coût annuel\n{lignes}".encode())
    donnees = {"commune": {"commune": "Roc", "annee": 2026}, "outils": [{"nom": "GED"}]}
    with petites_tables(pretes=8, reserve=0):
        court = EnMemoire("court.xlsx", generer(donnees=donnees, au=AUJOURD_HUI).octets)
    fait = importer(liste, dans=court, au=AUJOURD_HUI)
    voulu = lire(EnMemoire("agrandi.xlsx", fait.octets))
    assert len(voulu.lignes("outils")) == 31
    assert any("va maintenant jusqu'à la ligne 37" in remarque for remarque in fait.remarques)
    with petites_tables(pretes=8, reserve=0):
        attendu = generation.generer(modele(), voulu, AUJOURD_HUI, (), constats_a_accepter())
    agrandi, neuf = (load_workbook(BytesIO(octets)) for octets in (fait.octets, attendu))
    for nom in ("Outils", "Décisions", "Contrôle", "Tableau de bord"):
        assert _formules(agrandi[nom]) == _formules(neuf[nom]), nom
    assert _noms_et_tables(agrandi) == _noms_et_tables(neuf)


def _formules(feuille: Any) -> dict[str, str]:
    """Chaque formule d'une feuille, ses couleurs et ses menus, par leur place."""
    cellules = (c for rangee in feuille.iter_rows() for c in rangee if c.data_type == "f")
    trouvees = {c.coordinate: str(getattr(c.value, "text", c.value)) for c in cellules}
    couleurs = {str(plage.sqref): "" for plage in feuille.conditional_formatting}
    menus = {
        f"menu {menu.sqref}": str(menu.formula1) for menu in feuille.data_validations.dataValidation
    }
    return {**trouvees, **couleurs, **menus}


def _noms_et_tables(livre: Workbook) -> tuple[dict[str, str], dict[str, str]]:
    noms = {n: d.attr_text for n, d in livre.defined_names.items() if n.startswith("px_")}
    return noms, {t.name: str(t.ref) for f in livre for t in f.tables.values()}


def _parties(octets: bytes) -> set[str]:
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        return {nom for nom in archive.namelist() if "calcChain" not in nom}


def test_la_meme_liste_deux_fois_n_inscrit_rien_de_plus(tmp_path: Path) -> None:
    commune = classeur(tmp_path)
    une = importer_le_texte(_LISTE, dans=commune)
    deux = importer_le_texte(_LISTE, dans=EnMemoire("c.xlsx", une.octets))
    assert deux.bilan.deja_inscrites == 8
    lus = [lire(EnMemoire("c.xlsx", fait.octets)) for fait in (une, deux)]
    assert len(lus[0].lignes("outils")) == len(lus[1].lignes("outils"))


def test_une_ligne_qui_ressemble_a_une_autre_se_propose_sans_se_fondre() -> None:
    fait = importer_le_texte("Logiciel;Fournisseur\nHabitus;Alpha\nHabitus;Beta\nHabituss;Alpha\n")
    assert sum("ressemble" in phrase for phrase in fait.remarques) == 2
    assert len(lignes_du_classeur(fait.octets, "outils")) == 3


def test_un_mot_de_passe_n_entre_pas_et_cela_se_dit() -> None:
    fait = importer_le_texte("Logiciel;Fournisseur;Mot de passe\nGED;Alpha;Lac2026!\n")
    assert any("Mot de passe" in phrase for phrase in fait.remarques)
    with zipfile.ZipFile(BytesIO(fait.octets)) as archive:
        assert all(b"Lac2026" not in archive.read(nom) for nom in archive.namelist())


@pytest.mark.parametrize(
    ("entete", "valeur"),
    [
        ("Coût annuel (USD)", "1200"),
        ("Préavis (jours)", "30"),
        ("Coût mensuel", "100"),
        ("Coût annuel par poste", "100"),
        ("Données sensibles", "Non"),
    ],
)
def test_ce_qui_serait_faux_ne_se_convertit_pas(entete: str, valeur: str) -> None:
    """Une autre monnaie, une autre unité, une réponse qui n'en dit pas assez."""
    fait = importer_le_texte(f"Logiciel;Fournisseur;{entete}\nGED;Alpha;{valeur}\n")
    [ligne] = lignes_du_classeur(fait.octets, "outils")
    assert valeur in ligne.values()
    for libelle in ("Coût annuel (CHF)", "Délai de résiliation (mois)"):
        assert libelle not in ligne
    assert ligne.get("Données personnelles") in (None, "Non")


def test_une_date_a_l_anglaise_se_prouve_par_sa_colonne() -> None:
    texte = "Logiciel;Fournisseur;Expiry date\nA1;Alpha;03/04/2026\nB2;Alpha;12/31/2026\n"
    lignes = lignes_du_classeur(importer_le_texte(texte).octets, "outils")
    assert [ligne["Échéance du contrat"] for ligne in lignes] == ["04.03.2026", "31.12.2026"]


def test_une_date_ambigue_est_a_verifier() -> None:
    texte = b"Logiciel;Fournisseur;Expiry date\nA1;Alpha;03/04/2026\nB2;Alpha;05/06/2026\n"
    [une] = proposer_l_import(EnMemoire("l.csv", texte), modele=modele()).proposee.tables
    assert une.attributions[2].confiance == "à vérifier"


@pytest.mark.parametrize("forme", ["csv", "xlsx"])
def test_deux_cent_mille_lignes_une_phrase(tmp_path: Path, forme: str) -> None:
    if forme == "csv":
        lignes = "".join(f"Outil {n};F{n % 9}\n" for n in range(200_000))
        liste = _ecrire(tmp_path, f"Logiciel;Fournisseur\n{lignes}")
    else:
        livre = Workbook(write_only=True)
        feuille = livre.create_sheet("L")
        feuille.append(["Logiciel", "Fournisseur"])
        for n in range(30_000):
            feuille.append([f"Outil {n}", f"F{n % 9}"])
        liste = tmp_path / "liste.xlsx"
        livre.save(liste)
    fait = jouer("importer", liste, "--sortie", tmp_path / "c.xlsx")
    assert (fait.code, "10'000 lignes" in fait.erreur) == (2, True)
    assert not (tmp_path / "c.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        ((), "--sortie"),
        (("--sortie", "c.ods"), ".xlsx"),
        (("--sortie", "liste.csv"), "classeur reçu"),
        (("--sortie", "c.xlsx", "--dans", "absent.xlsx"), "introuvable"),
        (("--sortie", "c.xlsx", "--colonnes", "absent.csv"), "introuvable"),
    ],
)
def test_un_mauvais_emploi_se_dit(tmp_path: Path, arguments: tuple[str, ...], dit: str) -> None:
    _ecrire(tmp_path)
    fait = jouer("importer", "liste.csv", *arguments, dans=tmp_path)
    assert (fait.code, dit in fait.erreur) == (2, True), fait.erreur
