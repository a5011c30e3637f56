"""Ce que la secrétaire lit : le mot de sa commune, la typographie, rien de confidentiel."""

from __future__ import annotations

from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.registre import Cellule, Illisible, NatureDeCellule
from pilotage_xlsx.verification import verifier
from tests.tableaux import AU, constats, lire_cellule, modele, registre

NUMERO, SECRET = "756.9217.0769.85", "Soleil9"


def _seul(code: str, texte: str) -> Constat:
    (constat,) = (c for c in constats(texte) if c.regle == code)
    return constat


def test_la_ligne_est_nommee_entre_guillemets_a_espace_fine() -> None:
    faute = _seul("CEL-004", "outils | nom | cout_annuel\n | Comptabilité | cher")
    assert "«\u202fComptabilité\u202f»" in faute.message


def test_une_ligne_sans_nom_lisible_est_nommee_par_son_numero() -> None:
    faute = _seul("CEL-004", "outils | nom | cout_annuel\n | #N/A | cher")
    assert "la ligne 6" in faute.message


def test_l_executif_porte_le_nom_que_lui_donne_la_commune() -> None:
    table = """
    commune   | executif_nom
              | Conseil communal
    decisions | numero | date       | statut
              | D-1    | 01.01.2026 | Proposée
    """
    assert "au Conseil communal" in _seul("DEC-003", table).corriger


def test_sans_nom_l_executif_est_l_executif() -> None:
    table = "decisions | numero | date | statut\n | D-1 | 01.01.2026 | Proposée"
    assert "à l'exécutif" in _seul("DEC-003", table).corriger


def test_une_reponse_voisine_est_proposee() -> None:
    faute = _seul("CEL-002", "outils | nom | criticite\n | GED | Indispensabl")
    assert "Vouliez-vous dire" in faute.corriger
    assert "Indispensable" in faute.corriger


def test_une_reponse_lointaine_n_est_pas_devinee() -> None:
    faute = _seul("CEL-002", "outils | nom | criticite\n | GED | bleu")
    assert "Vouliez-vous dire" not in faute.corriger
    assert "À clarifier" in faute.corriger


def test_un_prestataire_voisin_est_propose() -> None:
    table = "outils | nom | prestataire\n | GED | Alfa SA\nprestataires | nom\n | Alpha SA"
    assert "Alpha SA" in _seul("CEL-006", table).corriger


def test_une_mention_voisine_est_proposee() -> None:
    faute = _seul("CEL-006", "outils | nom | prestataire\n | GED | Géré en interne")
    assert "Géré à l'interne" in faute.corriger


def test_une_annee_tapee_comme_date_dit_ce_que_le_tableur_montre() -> None:
    lu = registre("incidents | numero\n | I-1")
    incidents = modele().par_id["incidents"]
    cellule = Cellule(NatureDeCellule.NOMBRE, "2026", est_date=True)
    valeur = lire_cellule(incidents, "constate_le", cellule)
    assert isinstance(valeur, Illisible)
    (ligne,) = lu.feuilles["incidents"].lignes
    ligne = replace(
        ligne,
        valeurs={**ligne.valeurs, "constate_le": valeur},
        cellules={"constate_le": cellule},
    )
    feuille = replace(lu.feuilles["incidents"], lignes=(ligne,))
    lu = replace(lu, feuilles={**lu.feuilles, "incidents": feuille})
    (faute,) = (c for c in verifier(lu, modele(), AU) if c.regle == "CEL-003")
    assert "18.07.1905" in faute.message


def test_une_formule_sans_resultat_est_distinguee_d_une_erreur() -> None:
    table = "outils | nom | utilite | remarques\n | GED | #REF! | =A1"
    erreur, formule = (c for c in constats(table) if c.regle == "CEL-015")
    assert "formule" not in erreur.message
    assert "formule" in formule.message


def test_un_secret_est_masque_dans_la_valeur() -> None:
    faute = _seul("CEL-014", f"outils | nom | remarques\n | GED | mdp : {SECRET}")
    assert faute.valeur == "mdp : ••••••"


def test_un_secret_est_masque_dans_tous_les_constats_qui_citent_la_cellule() -> None:
    table = f"""
    outils | nom                 | criticite         | echeance       | prestataire
           | GED mdp : {SECRET}  | pwd={SECRET}      | {NUMERO}       | mdp {SECRET}
           | Dossier {NUMERO}    |                   |                | mdp: {SECRET} ; Alpha
           | Dossier {NUMERO}
    """
    for constat in constats(table):
        textes = f"{constat.message} {constat.corriger} {constat.valeur}"
        assert SECRET not in textes
        assert NUMERO not in textes


def test_un_secret_dans_une_colonne_propre_est_dit_a_sa_cellule() -> None:
    faute = _seul("CEL-014", f"outils | nom | Accès\n | GED | code d'accès : {SECRET}")
    assert (faute.libelle, faute.colonne, faute.lieu.ligne) == ("Accès", None, 6)
    assert faute.lieu.colonne is not None


def test_les_constats_sortent_du_plus_grave_au_moins_grave() -> None:
    table = """
    outils | nom | criticite     | sauvegarde                  | echeance
           | GED | Indispensable | Aucune                      | bientôt
           | Eau | Indispensable | Faite par nous, non testée  |
    """
    rangs = [c.gravite.rang for c in verifier(registre(table), modele(), AU)]
    assert rangs == sorted(rangs)
    assert set(rangs) == {0, 1, 2, 3}


def test_un_numero_avs_tape_comme_un_nombre_dans_une_colonne_propre_se_voit_aussi() -> None:
    lu = registre("outils | nom | Dossier\n | GED | 1")
    feuille = lu.feuilles["outils"]
    ligne = replace(feuille.lignes[0], propres={"Dossier": int(NUMERO.replace(".", ""))})
    lu = replace(lu, feuilles={**lu.feuilles, "outils": replace(feuille, lignes=(ligne,))})
    (faute,) = (c for c in verifier(lu, modele(), AU) if c.regle == "CEL-013")
    assert faute.valeur == "756.••••.••••.••"
