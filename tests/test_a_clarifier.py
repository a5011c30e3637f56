"""« À clarifier » : une réponse dans toute cellule qui l'admet, jamais un fait, nulle part."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage_xlsx.consolidation.rendus.parquet import ecrire_parquet
from pilotage_xlsx.consolidation.tables import Table
from pilotage_xlsx.generation import generer
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.etat import SIGNE_AVEU, SIGNE_VIDE, Etat
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Colonne, Feuille, Forme
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Aveu
from pilotage_xlsx.rapport import calculer, composer
from pilotage_xlsx.registre import Cellule, Ligne, NatureDeCellule, Registre
from pilotage_xlsx.registre.donnees import en_donnees
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.textes import TexteSaisi
from tests.commandes.ligne import AU as LE_24
from tests.commandes.ligne import jouer
from tests.consolidation.classeurs import classeur, commune, joindre
from tests.metier.evolution.annees import dits as changements
from tests.mutualisation.communes import commune as participante
from tests.rapport.communes import rapporter
from tests.rapport.fiches import ORVAGNE, en_texte
from tests.rapport.fiches import composer as fiche
from tests.rapport.fiches import liens as liens_de
from tests.tableaux import AU, cellules, constats, lire_cellule, modele, registre

ADMISES = [(f, c) for f in modele().feuilles for c in f.saisies if c.admet_l_aveu]
EXCEPTEES = {f"{f.id}.{c.id}" for f in modele().feuilles for c in f.saisies if not c.admet_l_aveu}
OUTIL = """
    prestataires | nom
                 | Alpha SA
    outils       | nom | prestataire | statut
                 | GED | Alpha SA    | En service
"""


def test_ce_qui_nomme_ou_situe_ne_l_admet_pas() -> None:
    situent = {"commune.commune", "commune.annee", "commune.executif_courriel"}
    assert situent | {f"{f.id}.{f.cle}" for f in modele().registres} == EXCEPTEES


@st.composite
def ecrites(tirage: st.DrawFn) -> str:
    """« À clarifier » comme il se tape : casse, blancs insécables, espaces au bord."""
    texte = tirage(st.sampled_from(("À clarifier", "à clarifier", "À CLARIFIER", "À Clarifier")))
    blanc = tirage(st.sampled_from((" ", "\u00a0", "\u202f", "  ", "\t")))
    return tirage(st.sampled_from(("", " ", "\u00a0"))) + texte.replace(" ", blanc)


@given(st.sampled_from(ADMISES), ecrites())
def test_toute_colonne_qui_l_admet_le_lit_le_compte_et_le_rend(
    ou: tuple[Feuille, Colonne], ecrit: str
) -> None:
    feuille, colonne = ou
    lue = lire_cellule(feuille, colonne.id, Cellule(NatureDeCellule.TEXTE, TexteSaisi(ecrit)))
    assert isinstance(lue, Aveu)
    une = _seule(feuille, {colonne.id: lue})
    assert _signe(feuille, colonne, une) == SIGNE_AVEU
    assert json.loads(encoder(en_donnees(une, modele())))[feuille.id] in (
        {colonne.id: "À clarifier"},
        [{colonne.id: "À clarifier", feuille.cle: "Un"}],
    )


def _seule(feuille: Feuille, valeurs: dict[str, Aveu]) -> Registre:
    """Le registre d'une seule ligne."""
    lu = registre(f"{feuille.id} | {feuille.cle}\n | Un" if feuille.cle else "")
    (ligne,) = lu.lignes(feuille.id)
    ligne.valeurs.update(valeurs)  # type: ignore[attr-defined]
    return lu


def _signe(feuille: Feuille, colonne: Colonne, lu: Registre) -> str:
    (ligne,) = lu.lignes(feuille.id)
    return Etat(modele(), lu).signes(feuille, ligne)[1 + feuille.saisies.index(colonne)]


@pytest.mark.parametrize("remise", ["?", "idem", "voir contrat", "xxx", "-"])
def test_une_reponse_remise_vaut_vide_ou_une_reponse_se_demande(remise: str) -> None:
    for feuille, colonne in ADMISES:
        if colonne.est_essentielle and not colonne.obligatoire_si:
            lue = lire_cellule(
                feuille, colonne.id, Cellule(NatureDeCellule.TEXTE, TexteSaisi(remise))
            )
            assert _signe(feuille, colonne, _seule(feuille, {colonne.id: lue})) == SIGNE_VIDE


def _partout() -> dict[str, object]:
    """Une ligne par colonne qui l'admet ; la fiche les a toutes."""
    return {
        feuille.id: {c.id: "À clarifier" for f, c in ADMISES if f is feuille}
        if feuille.forme is Forme.FICHE
        else [
            {feuille.cle: f"Ligne {rang}", c.id: "À clarifier"}
            for rang, (f, c) in enumerate(ADMISES)
            if f is feuille
        ]
        for feuille in modele().feuilles
    }


def test_ecrit_relu_repris_il_est_le_meme(tmp_path: Path) -> None:
    document = _partout()
    voulu, remarques = lire_donnees(document, modele(), Path("tout.json"))
    assert not remarques
    chemin = tmp_path / "tout.xlsx"
    chemin.write_bytes(generer(modele(), voulu, AU))
    rendu = en_donnees(lire(chemin, modele()), modele())
    assert {nom: rendu[nom] for nom in document if nom != "commune"} == {
        nom: lignes for nom, lignes in document.items() if nom != "commune"
    }
    assert rendu["commune"].items() >= document["commune"].items()  # type: ignore[attr-defined]


def test_generer_depuis_un_classeur_le_garde_dans_une_date(tmp_path: Path) -> None:
    voulu, _ = lire_donnees(
        {"commune": {"annee": 2026}, "outils": [{"nom": "GED", "echeance": "À clarifier"}]},
        modele(),
        Path("ged.json"),
    )
    (tmp_path / "ged.xlsx").write_bytes(generer(modele(), voulu, AU))
    suite = tmp_path / "suite.xlsx"
    assert jouer("generer", "--depuis", tmp_path / "ged.xlsx", suite, *LE_24).code == 0
    (outil,) = lire(suite, modele()).lignes("outils")
    assert isinstance(outil["echeance"], Aveu)


def test_il_voyage_entre_nos_processus() -> None:
    assert isinstance(pickle.loads(pickle.dumps(A_CLARIFIER)), Aveu)


@pytest.mark.parametrize(
    ("code", "table"),
    [
        (
            "PRE-005",
            """
            prestataires | nom   | ide
                         | Alpha | À clarifier
                         | Bêta  | À clarifier
            """,
        ),
        ("COM-001", "commune | referent_nom | suppleant_nom\n | À clarifier | À clarifier"),
        ("CEL-007", "prestataires | nom | telephone_urgence\n | Alpha | À clarifier"),
        ("CEL-008", "prestataires | nom | courriel\n | Alpha | À clarifier"),
        ("CEL-009", "prestataires | nom | ide\n | Alpha | À clarifier"),
        ("CEL-003", "outils | nom | echeance\n | GED | À clarifier"),
        ("CEL-004", "outils | nom | cout_annuel\n | GED | À clarifier"),
        ("CEL-006", "outils | nom | prestataire\n | GED | À clarifier"),
        ("CEL-017", "outils | nom | echeance\n | GED | À clarifier"),
    ],
)
def test_aucune_regle_n_y_voit_de_faute(code: str, table: str) -> None:
    assert cellules(code, table) == []


def test_une_adresse_a_clarifier_ne_rend_personne_joignable() -> None:
    table = """
    prestataires | nom      | telephone_urgence | courriel
                 | Alpha SA | Aucun             | À clarifier
    outils       | nom | criticite     | prestataire
                 | GED | Indispensable | Alpha SA
    """
    assert cellules("PRE-001", table) == ["prestataires.telephone_urgence 6"]


def test_une_date_a_clarifier_laisse_la_decision_ouverte() -> None:
    table = "decisions | numero | statut | mise_en_oeuvre_le\n | D-1 | Validée | À clarifier"
    liens = Liens(modele(), registre(table), AU)
    assert liens.est_ouverte(liens.decisions[0])


def test_une_ligne_close_dont_la_date_est_a_clarifier_compte_dans_le_doute() -> None:
    table = (
        "incidents | numero | constate_le | statut\n | I-1 | À clarifier | Clos\n | I-2 | ? | Clos"
    )
    etat = Etat(modele(), registre(table))
    assert [ligne["numero"] for ligne in etat.en_vigueur("incidents")] == ["I-1"]


def test_un_motif_a_clarifier_n_accepte_rien() -> None:
    table = """
    outils      | nom | criticite | sauvegarde
                | GED | Indispensable | Aucune
    acceptes    | regle   | ligne | motif       | jusqu_au
                | OUT-003 | GED   | À clarifier | 31.12.2026
    """
    regles = [constat.regle for constat in constats(table)]
    assert {"OUT-003", "ACC-002"} <= {*regles}


@pytest.mark.parametrize("colonne", ["criticite", "lieu_donnees", "prestataire", "cout_annuel"])
def test_y_repondre_l_annee_suivante_n_est_pas_un_changement(colonne: str) -> None:
    reponses = {"criticite": "Important", "lieu_donnees": "Suisse", "prestataire": "Alpha SA"}
    avant = f"outils | nom | {colonne}\n | GED | À clarifier"
    apres = f"outils | nom | {colonne}\n | GED | {reponses.get(colonne, '99000')}"
    assert changements(avant, apres) == []


def test_un_statut_qui_s_eclaircit_n_est_pas_une_mise_en_service() -> None:
    avant, apres = (
        f"outils | nom | statut\n | GED | {mot}" for mot in ("À clarifier", "En service")
    )
    assert changements(avant, apres) == []


def test_rien_n_en_part_vers_les_autres_communes() -> None:
    table = "outils | nom | domaine | prestataire | echeance\n | GED |" + " À clarifier |" * 3
    (outil,) = participante("Valmarin", table).outils
    assert (outil.domaine.est_dit, outil.prestataire, outil.echeance) == (False, None, None)


def test_un_numero_a_clarifier_ne_se_compose_pas() -> None:
    a_clarifier = (
        ORVAGNE.replace("| Gamma | |", "| Gamma | À clarifier |")
        .replace("Éloïse Guérin", "À clarifier")
        .replace("026 555 01 10", "À clarifier")
    )
    texte = en_texte(fiche("urgence", classeur=liens_de(a_clarifier)))
    assert "Appeler : Gamma Téléphone : …" in texte
    assert "Référent : …" in texte
    assert "à clarifier" not in texte.lower()


def test_une_proposition_a_clarifier_ne_se_vote_pas() -> None:
    table = """
    decisions | numero | date       | outil | decision        | proposition | statut
              | D-1    | 02.03.2026 | GED   | Changer de GED  | À clarifier | Proposée
    """
    (vote,) = (v for v in composer(rapporter(table)).premiere.votes if v.objet == "GED")
    assert vote.question == "Changer de GED ?"


def test_le_rapport_les_montre_ceux_de_la_fiche_en_dernier() -> None:
    table = """
    commune | referent_telephone
            | À clarifier
    outils  | nom | echeance
            | GED | À clarifier
    """
    rapport = calculer(registre(table), modele(), annee=2026, au=AU, constats=rapporter().constats)
    points = [(point.nom, point.libelles) for point in rapport.a_clarifier]
    assert points == [("GED", ("Échéance du contrat",)), ("Commune", ("Référent : téléphone",))]


AVOUES = "outils | nom | criticite | cout_annuel | remarques | echeance\n | GED |" + (
    " À clarifier |" * 3 + " mars 2026\n | Mail | | 5 | |"
)


def _table() -> Table:
    return joindre(classeur(commune("Valmarin") + AVOUES)).registres["outils"]


def test_dans_un_tableau_de_donnees_il_est_vide_et_sa_colonne_se_nomme() -> None:
    table = joindre(classeur(commune("Valmarin") + AVOUES)).tables["outils"]
    assert list(table["a_clarifier"].fillna("")) == ["criticite; cout_annuel; remarques", ""]
    assert table[["criticite", "cout_annuel", "remarques"]].isna().iloc[0].all()
    assert "À clarifier" not in table["criticite"].cat.categories
    assert [nom for nom in table if nom.endswith(".texte")] == ["echeance.texte"]


def test_en_parquet_il_est_nul_et_sa_colonne_se_nomme(tmp_path: Path) -> None:
    ecrire_parquet(_table(), tmp_path / "outils.parquet")
    lue = pyarrow.parquet.read_table(tmp_path / "outils.parquet").to_pandas()
    assert lue["a_clarifier"][0] == "criticite; cout_annuel; remarques"
    assert pd.isna(lue["a_clarifier"][1])
    assert pd.isna(lue["cout_annuel"][0])


def test_dans_une_rangee_il_reste_en_toutes_lettres() -> None:
    table = _table()
    rangee = dict(zip(table.colonnes, next(table.rangees()), strict=True))
    assert (rangee["criticite"], rangee["cout_annuel"]) == ("À clarifier", "À clarifier")
    assert "a_clarifier" not in table.colonnes


def test_ligne_dit_ce_qui_est_un_fait() -> None:
    lu = registre("outils | nom | criticite | domaine | repli\n | GED | À clarifier | ? | Papier")
    (ligne,) = lu.lignes("outils")
    assert isinstance(ligne, Ligne)
    assert [nom for nom in ("nom", "criticite", "domaine", "repli") if ligne.dit(nom)] == [
        "nom",
        "repli",
    ]
