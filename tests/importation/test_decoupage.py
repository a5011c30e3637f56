"""Où sont les tables : titres, totaux, notes, en-têtes à deux étages, tables voisines, groupes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from pilotage_xlsx.gestes.importer import proposer_l_import
from pilotage_xlsx.importation.attribution import Confiance
from pilotage_xlsx.importation.decoupage import RaisonDEcart
from pilotage_xlsx.importation.phrases import dire_la_liste
from pilotage_xlsx.importation.proposition import ListeProposee
from pilotage_xlsx.lecture.listes import lire_une_liste
from pilotage_xlsx.socle.entree import EnMemoire
from tests.libreoffice import RAISON, SOFFICE, convertir
from tests.tableaux import modele


def _dessiner(texte: str) -> bytes:
    """Une feuille, « | » entre les cellules ; « < » et « ^ » : fusionnée à gauche, au-dessus."""
    classeur = Workbook()
    feuille = classeur.active
    coins: dict[tuple[int, int], tuple[int, int]] = {}
    for numero, ligne in enumerate(texte.strip("\n").split("\n"), 1):
        for place, cellule in enumerate(ligne.split("|"), 1):
            dite = cellule.strip()
            voisine = {"<": (numero, place - 1), "^": (numero - 1, place)}.get(dite)
            coins[numero, place] = coins[voisine] if voisine else (numero, place)
            if voisine is None:
                feuille.cell(numero, place, float(dite) if dite.isdigit() else dite or None)
    for coin in {coin for place, coin in coins.items() if coin != place}:
        bas, droite = max(place for place, sien in coins.items() if sien == coin)
        feuille.merge_cells(None, *coin, bas, droite)
    octets = BytesIO()
    classeur.save(octets)
    return octets.getvalue()


def _proposer(texte: str) -> ListeProposee:
    """La proposition de la feuille que dessine le texte."""
    recu = EnMemoire("liste.xlsx", _dessiner(texte))
    return proposer_l_import(recu, modele=modele()).proposee


def _colonnes(proposee: ListeProposee) -> list[str]:
    [une] = proposee.tables
    return [attribution.colonne for attribution in une.attributions]


def _ecarts(proposee: ListeProposee) -> list[tuple[str, int]]:
    entetes = RaisonDEcart.ENTETE
    return [(e.raison.value, e.ligne) for e in proposee.ecarts if e.raison is not entetes]


def test_titres_total_et_note() -> None:
    proposee = _proposer("""
        Commune de Valmarin
        |
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        GeoLac | Delta Sàrl | 1200
        Total | | 6000
        |
        Source : bourse communale, chiffres de l'an passé.
    """)
    assert [len(une.table.lignes) for une in proposee.tables] == [2]
    assert _ecarts(proposee) == [("titre", 1), ("total", 6), ("note", 8)]


def test_ce_qui_suit_le_total_n_est_le_nom_de_rien() -> None:
    """Même court, et même sans phrase : la liste est finie."""
    proposee = _proposer("""
        Fournisseur | Logiciel | Coût annuel
        Alpha SA | Habitus | 4800
        Delta Sàrl | GeoLac | 1200
        Total | | 6000
        |
        Imprimé au greffe
    """)
    assert [len(une.table.lignes) for une in proposee.tables] == [2]
    assert _ecarts(proposee) == [("total", 4), ("note", 6)]


def test_le_pied_d_une_facture() -> None:
    proposee = _proposer("""
        Désignation | Quantité | Montant TTC
        Habitus | 1 | 4800
        GeoLac | 1 | 1200
        Sous-total HT | | 5550
        TVA 8.1 % | | 450
        Total à payer | | 6000
    """)
    assert [ecart[0] for ecart in _ecarts(proposee)] == ["total"] * 3


@pytest.mark.parametrize("note", ["Liste tenue par Anne", "État au greffe"])
def test_une_note_courte_sous_la_liste(note: str) -> None:
    proposee = _proposer(f"""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        |
        {note}
    """)
    assert _ecarts(proposee) == [("note", 4)]


def test_ce_que_paie_la_bourse_n_est_pas_une_liste_de_fournisseurs() -> None:
    """« Libellé » nomme autre chose qu'eux ; « Nom », à côté de leur téléphone, leur contact."""
    payes = _proposer("""
        Compte | Libellé | Fournisseur | Remarque
        0220.3118 | Habitus | Alpha SA | indexé
        0220.3153 | GeoLac | Delta Sàrl |
    """)
    adresses = _proposer("""
        Fournisseur | Nom | Téléphone | E-mail
        Alpha SA | Anne Exemple | 021 555 01 01 | a@alpha.example
        Delta Sàrl | Paul Exemple | 021 555 01 02 | d@delta.example
    """)
    lues = [[u.feuille and u.feuille.id for u in p.tables] for p in (payes, adresses)]
    assert lues == [["outils"], ["prestataires"]]


def test_un_total_sans_un_mot_est_la_somme_de_ce_qui_le_precede() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        GeoLac | Delta Sàrl | 1200
        | | 6000
    """)
    assert _ecarts(proposee) == [("total", 4)]


@pytest.mark.parametrize("nom", ["Total Énergie SA", "Sommet", "Totalisateur"])
def test_un_nom_qui_commence_comme_un_total_s_inscrit(nom: str) -> None:
    proposee = _proposer(f"""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        {nom} | Delta Sàrl | 1200
    """)
    assert len(proposee.tables[0].table.lignes) == 2


def test_un_entete_a_deux_etages() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Contrat | | Criticité
        | | Début | Fin |
        Habitus | Alpha SA | 01.01.2024 | 31.12.2026 | Haute
        GeoLac | Delta Sàrl | 15.03.2025 | 14.03.2026 | Basse
    """)
    [une] = proposee.tables
    assert [a.colonne for a in une.attributions] == [
        "nom",
        "prestataire",
        "",
        "echeance",
        "criticite",
    ]
    assert len(une.table.lignes) == 2


_DEUX_ETAGES = """
        Outil | | Prestataire | < | Contrat | < | Remarques
        Nom | Usage | Nom | Contact | Fin | Coût CHF/an | ^
        Habitus | Habitants | Alpha SA | Anne | 31.12.2026 | 4800 | à revoir
        GeoLac | Plans | Delta Sàrl | Paul | 14.03.2027 | 1200 |
"""


@pytest.mark.parametrize("enleve", ["", "<"], ids=["fusionnés", "sans fusion"])
def test_des_titres_de_groupe_au_dessus_des_en_tetes(enleve: str) -> None:
    """« Nom » sous « Prestataire » n'est pas celui de l'outil ; « Contact » y parle de lui."""
    texte = _DEUX_ETAGES.replace(enleve, " ") if enleve else _DEUX_ETAGES
    proposee = _proposer(texte)
    voulues = ["nom", "utilite", "prestataire", "", "echeance", "cout_annuel", "remarques"]
    assert _colonnes(proposee) == voulues
    assert len(proposee.tables[0].table.lignes) == 2


@pytest.mark.skipif(SOFFICE is None, reason=RAISON)
def test_les_titres_de_groupe_d_un_opendocument(tmp_path: Path) -> None:
    """Les mêmes, relus d'un .ods que LibreOffice a enregistré."""
    (tmp_path / "liste.xlsx").write_bytes(_dessiner(_DEUX_ETAGES))
    convertir([tmp_path / "liste.xlsx"], tmp_path, "ods")
    recu = EnMemoire("liste.ods", (tmp_path / "liste.ods").read_bytes())
    proposee = proposer_l_import(recu, modele=modele()).proposee
    assert _colonnes(proposee) == _colonnes(_proposer(_DEUX_ETAGES))


def test_un_titre_qui_ne_nomme_aucun_objet_laisse_le_nom_a_l_outil() -> None:
    proposee = _proposer("""
        Identification | < | Exploitation | <
        Nom | Éditeur | Hébergement | Responsable
        Habitus | Alpha SA | Suisse | Anne
        GeoLac | Delta Sàrl | Interne | Paul
    """)
    assert _colonnes(proposee) == ["nom", "prestataire", "lieu_donnees", "responsable"]


def test_un_titre_fusionne_ne_couvre_que_ses_colonnes() -> None:
    """« Fin » est hors de « Prestataire » : c'est celle du contrat."""
    proposee = _proposer("""
        Logiciel | Prestataire | < | |
        | Nom | Téléphone | Fin de contrat | Coût annuel
        Habitus | Alpha SA | 021 555 01 01 | 31.12.2026 | 4800
        GeoLac | Delta Sàrl | 021 555 01 02 | 14.03.2027 | 1200
    """)
    assert _colonnes(proposee) == ["nom", "prestataire", "", "echeance", "cout_annuel"]


def test_une_rangee_d_unites_precise_les_en_tetes() -> None:
    proposee = _proposer("""
        LOGICIEL | COÛT ANNUEL | PRÉAVIS | FIN
        | (CHF) | (mois) |
        Habitus | 4800 | 6 | 31.12.2026
    """)
    assert _colonnes(proposee)[:3] == ["nom", "cout_annuel", "delai_resiliation"]
    assert [*proposee.tables[0].table.lignes] == [3]


def test_des_en_tetes_abreges() -> None:
    """« Éch. contrat » ne commence que le nom d'une colonne ; « C. », celui de plusieurs."""
    proposee = _proposer("""
        Logiciel | Fourn. | Descr. | Éch. contrat | C.
        Habitus | Alpha SA | Habitants | 31.12.2026 | x
        GeoLac | Delta Sàrl | Plans | 14.03.2027 | y
    """)
    assert _colonnes(proposee) == ["nom", "prestataire", "utilite", "echeance", ""]


def test_des_cases_cochees_repondent_a_la_question_qui_les_comprend() -> None:
    proposee = _proposer("""
        Logiciel | Données personnelles | Données sensibles | En service
        Habitus | x | x | x
        GeoLac | x | | x
    """)
    assert _colonnes(proposee) == ["nom", "", "donnees_personnelles", "statut"]


def test_l_objet_d_une_liste_de_contrats_en_nomme_les_services() -> None:
    """Sans nom de logiciel ; à côté d'un téléphone, il dit ce que fait le prestataire."""
    contrats = _proposer("""
        Fournisseur | Objet | Échéance | Montant annuel
        Alpha SA | Infogérance | 31.12.2026 | 4800
        Delta Sàrl | Téléphonie | 14.03.2027 | 1200
    """)
    adresses = _proposer("""
        Fournisseur | Objet | Téléphone
        Alpha SA | Infogérance | 021 555 01 01
        Delta Sàrl | Téléphonie | 021 555 01 02
    """)
    assert _colonnes(contrats) == ["prestataire", "nom", "echeance", "cout_annuel"]
    assert _colonnes(adresses) == ["nom", "prestation", "telephone_urgence"]


_SANS_NOM = """
        Rubrique | Fournisseur | Échéance | Préavis | Coût annuel
        Habitus | Alpha SA | 31.12.2026 | 6 | 4800
        GeoLac | {} | 14.03.2027 | 3 | 1200
"""


def test_a_defaut_de_nom_la_premiere_colonne_en_tient_lieu() -> None:
    """Une liste dont le reste se reconnaît est d'outils, et non de leurs fournisseurs."""
    proposee = _proposer(_SANS_NOM.format("Delta Sàrl"))
    assert _colonnes(proposee)[:2] == ["nom", "prestataire"]
    assert proposee.tables[0].attributions[0].confiance is Confiance.A_VERIFIER


@pytest.mark.parametrize(
    "liste",
    [
        _SANS_NOM.format("Delta Sàrl").replace("GeoLac", "Habitus"),
        _SANS_NOM.format("Delta Sàrl").replace("GeoLac", "12").replace("Habitus", "14"),
        _SANS_NOM.format("Delta Sàrl").replace("Rubrique", "Téléphone"),
    ],
    ids=["pas un nom par ligne", "des nombres", "un nom d'ailleurs"],
)
def test_une_premiere_colonne_qui_ne_nomme_rien_ne_tient_lieu_de_rien(liste: str) -> None:
    [une] = _proposer(liste).tables
    assert une.attributions[0].colonne != "nom"


def test_une_table_d_appareils_sous_une_autre_se_laisse() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur
        Habitus | Alpha SA
        |
        Matériel
        Type d'appareil | Marque | N° de série
        Écran | Dellux | CN-1
        Imprimante | Brozer | E-7
    """)
    assert [len(u.table.lignes) for u in proposee.tables if u.feuille] == [1]
    assert "appareils" in proposee.tables[1].refus


def test_une_liste_couchee_se_refuse() -> None:
    [une] = _proposer("""
        Logiciel | Habitus | GeoLac
        Fournisseur | Alpha SA | Delta Sàrl
        Hébergement | Suisse | Suisse
        Criticité | haute | basse
        Coût annuel | 4800 | 1200
    """).tables
    assert une.feuille is None
    assert "Transposer" in une.refus


def test_des_nombres_ne_nomment_aucun_outil() -> None:
    """« Used licenses » compte des licences."""
    [une] = _proposer("""
        Used licenses | Fournisseur | Échéance
        12 | Alpha SA | 31.12.2026
        4 | Delta Sàrl | 14.03.2027
    """).tables
    assert une.attributions[0].colonne != "nom"


def test_un_texte_fusionne_vaut_pour_chacune_de_ses_lignes() -> None:
    """Un prix, non : celui de deux logiciels ne se compte pas deux fois."""
    dessin = """
        Prestataire | Logiciel | Coût annuel
        Alpha SA | Habitus | 4800
        ^ | Fiduce | ^
        Delta Sàrl | GeoLac | 1200
    """
    [une] = _proposer(dessin).tables
    assert [c.texte for _, c in une.table.cellules(1)] == ["Alpha SA", "Alpha SA", "Delta Sàrl"]
    assert [c.texte for _, c in une.table.cellules(3)] == ["4800", "1200"]
    [dite] = lire_une_liste(EnMemoire("liste.xlsx", _dessiner(dessin)), 100).remarques
    assert "1 cellule fusionnée" in dite


def test_un_entete_repete_a_chaque_page() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur
        Habitus | Alpha SA
        Logiciel | Fournisseur
        GeoLac | Delta Sàrl
    """)
    assert _ecarts(proposee) == [("en-tête répété", 3)]


def test_deux_tables_l_une_sous_l_autre() -> None:
    proposee = _proposer("""
        Logiciel | Éditeur | Échéance
        Habitus | Alpha SA | 31.12.2026
        |
        Prestataires
        Fournisseur | Téléphone | E-mail | Pays
        Alpha SA | 021 555 01 01 | a@alpha.example | Suisse
    """)
    assert [(u.feuille and u.feuille.id, len(u.table.lignes)) for u in proposee.tables] == [
        ("outils", 1),
        ("prestataires", 1),
    ]


def test_deux_tables_cote_a_cote() -> None:
    proposee = _proposer("""
        Logiciel | Éditeur | Échéance | | Fournisseur | Téléphone
        Habitus | Alpha SA | 31.12.2026 | | Alpha SA | 021 555 01 01
        GeoLac | Delta Sàrl | | | |
        Fiduce | Alpha SA | | | |
        Cloud | Alpha SA | | | |
    """)
    assert [(u.feuille and u.feuille.id, len(u.table.lignes)) for u in proposee.tables] == [
        ("outils", 4),
        ("prestataires", 1),
    ]


def test_deux_tables_cote_a_cote_de_meme_hauteur() -> None:
    """Une seule table n'aurait pas deux colonnes « Fournisseur »."""
    proposee = _proposer("""
        Logiciel | Fournisseur | Prix annuel | | Fournisseur | Téléphone
        Habitus | Alpha SA | 4800 | | Alpha SA | 021 555 01 01
        GeoLac | Delta Sàrl | 1200 | | Delta Sàrl | 021 555 01 02
    """)
    assert [u.feuille and u.feuille.id for u in proposee.tables] == ["outils", "prestataires"]


def test_une_colonne_vide_au_milieu_ne_coupe_pas_une_table() -> None:
    proposee = _proposer("""
        Logiciel | Échéance | | Fournisseur | Téléphone
        Habitus | 31.12.2026 | | Alpha SA | 021 555 01 01
        GeoLac | 14.03.2026 | | Delta Sàrl | 021 555 01 02
    """)
    [une] = proposee.tables
    assert "prestataire" in [a.colonne for a in une.attributions]


def test_les_titres_de_groupe_suivent_leurs_lignes() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coût annuel
        MÉTIER | |
        Habitus | Alpha SA | 4800
        |
        Divers | |
        GeoLac | Delta Sàrl | 1200
    """)
    [une] = proposee.tables
    assert [*une.table.groupes.values()] == ["MÉTIER", "Divers"]
    assert len(une.table.lignes) == 2


def test_les_titres_de_groupe_d_une_liste_etroite() -> None:
    """Ses sous-totaux ne comptent pas pour sa largeur."""
    proposee = _proposer("""
        Application | Prestataire | Prix par an
        ADMINISTRATION | |
        Habitus | Alpha SA | 4800
        Sous-total | | 4800
        TECHNIQUE | |
        GeoLac | Delta Sàrl | 1200
        Sous-total | | 1200
        Total général | | 6000
    """)
    [une] = proposee.tables
    assert [*une.table.groupes.values()] == ["ADMINISTRATION", "TECHNIQUE"]


def test_une_ligne_qui_n_a_que_son_nom_s_inscrit() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        Slack | |
        GeoLac | Delta Sàrl | 1200
    """)
    assert len(proposee.tables[0].table.lignes) == 3


@pytest.mark.parametrize("vide", ["", "|"])
def test_une_liste_qui_commence_par_un_titre_va_par_groupes(vide: str) -> None:
    proposee = _proposer(f"""
        Logiciel | Fournisseur | Coût annuel
        {vide} Administration
        Habitus | Alpha SA | 4800
        {vide} Technique
        GeoLac | Delta Sàrl | 1200
    """)
    [une] = proposee.tables
    assert [*une.table.groupes.values()] == ["Administration", "Technique"]
    assert any("2 titres de groupe" in dite for dite in dire_la_liste(proposee, modele()))


def test_une_ligne_d_une_seule_cellule_se_dit() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        Slack | |
    """)
    dites = [dite for dite in dire_la_liste(proposee, modele()) if "« ligne 3, Slack »" in dite]
    assert len(dites) == 1


def test_des_nombres_sans_nom_ne_sont_pas_un_outil() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coût annuel
        Habitus | Alpha SA | 4800
        GeoLac | Delta Sàrl | 1200
         | | 6000
        Fiduce | Alpha SA | 900
         | | 900
         | | 6900
    """)
    assert len(proposee.tables[0].table.lignes) == 3
    assert _ecarts(proposee) == [("total", 4), ("nombres sans nom", 6), ("total", 7)]


def test_un_second_etage_peut_avoir_des_annees() -> None:
    proposee = _proposer("""
        Logiciel | Fournisseur | Coûts | | Contrat |
         | | 2025 | 2026 | Échéance | Résiliation
        Habitus | Alpha SA | 4700 | 4800 | 31.12.2026 | 3 mois
        GeoLac | Delta Sàrl | 1200 | 1250 | 30.06.2027 | 6 mois
    """)
    [une] = proposee.tables
    assert len(une.table.lignes) == 2
    assert [(e.groupe, e.texte) for e in une.table.entetes[2:4]] == [
        ("Coûts", "2025"), ("Coûts", "2026"),
    ]  # fmt: skip
