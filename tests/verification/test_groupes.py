"""Une cause qui se répète se montre d'un trait, et chaque cellule reste dans les constats."""

from __future__ import annotations

from pilotage_xlsx.metier.constats import Groupe, grouper, reunir_les_chantiers
from tests.tableaux import constats


def _groupes(table: str, code: str) -> list[Groupe]:
    return [groupe for groupe in grouper(constats(table)) if groupe.premier.regle == code]


def test_une_colonne_fautive_quatorze_fois_se_dit_en_une_phrase() -> None:
    lignes = "\n".join(f" | Outil {rang} | Vitale" for rang in range(14))
    (groupe,) = _groupes(f"outils | nom | criticite\n{lignes}", "CEL-002")
    assert (groupe.ou, len(groupe.constats)) == ("D6 à D19", 14)
    assert groupe.message.startswith("14 lignes, D6 à D19. La première")


def test_les_lignes_qui_ne_se_suivent_pas_se_disent_une_a_une() -> None:
    reponses = ["Vitale", "Vitale", "Important", "Vitale", "Important", *["Vitale"] * 3]
    lignes = "\n".join(f" | Outil {rang} | {dit}" for rang, dit in enumerate(reponses))
    (groupe,) = _groupes(f"outils | nom | criticite\n{lignes}", "CEL-002")
    assert "6 lignes, D6 à D7, D9, D11 à D13" in groupe.message


def test_cinq_fois_ne_font_pas_un_groupe() -> None:
    lignes = "\n".join(f" | Outil {rang} | Vitale" for rang in range(5))
    groupes = _groupes(f"outils | nom | criticite\n{lignes}", "CEL-002")
    assert [groupe.ou for groupe in groupes] == ["D6", "D7", "D8", "D9", "D10"]


def test_une_ligne_a_demi_vide_se_dit_en_une_phrase() -> None:
    table = """
        signalements | numero | date       | annonce_par | genre  | outil | description | statut
                     | S-1    | 01.03.2026 | guichet     | Risque | Aucun | Lent        | Clos
                     | S-2    |            |             | Risque |       |             |
    """
    groupes = _groupes(table, "CEL-001")
    (groupe,) = (groupe for groupe in groupes if groupe.est_une_ligne)
    assert groupe.ou == "C7"
    assert "« Description » (G7)" in groupe.message.replace("\u202f", " ")
    assert groupe.corriger.startswith("Répondre dans chaque cellule")


def test_tout_constat_est_dans_un_groupe_et_un_seul() -> None:
    lignes = "\n".join(f" | Outil {rang} | Vitale |" for rang in range(7))
    table = f"outils | nom | criticite | domaine\n{lignes}\n | Eau | | \n | | | Autre"
    vus = constats(table)
    ranges = [constat for groupe in grouper(vus) for constat in groupe.constats]
    assert sorted(ranges, key=repr) == sorted(vus, key=repr)


def test_ce_qui_fait_le_plus_mal_vient_d_abord() -> None:
    table = """
    outils    | nom | criticite | sauvegarde
              | GED | Vitale    | Aucune
    decisions | numero | portee                   | statut  | decide_par
              | D-1    | Durable ou significative | Validée | Référent
    """
    codes = [c.regle for c in constats(table, sans=("commune.canton",))]
    assert codes.index("STR-002") < codes.index("DEC-001") < codes.index("CEL-002")


def test_la_meme_coquille_se_repond_d_une_phrase() -> None:
    reponses = [*["Importnt"] * 6, "Vitale"]
    lignes = "\n".join(f" | Outil {rang} | {dit}" for rang, dit in enumerate(reponses))
    groupe, autre = _groupes(f"outils | nom | criticite\n{lignes}", "CEL-002")
    assert (groupe.ou, autre.ou) == ("D6 à D11", "D12")
    assert "Vouliez-vous dire" in groupe.corriger
    assert "Important" in groupe.corriger


def test_une_ligne_citee_par_plusieurs_constats_ne_compte_qu_une_fois() -> None:
    """Sept noms voisins font vingt et une paires, sur six lignes."""
    lignes = "\n".join(
        f" | Logiciel alpha{lettre}tique | Autre | Géré à l'interne" for lettre in "bcdfghj"
    )
    (groupe,) = _groupes(f"outils | nom | domaine | prestataire\n{lignes}", "OUT-013")
    assert len(groupe.constats) == 21
    assert groupe.message.startswith("6 lignes, B7 à B12. La première")


def test_ce_qu_un_meme_prestataire_peut_dire_se_demande_une_fois() -> None:
    table = """
        outils       | nom | prestataire | donnees_personnelles | lieu_donnees
                     | GED | Alpha SA    | Ordinaires           | À clarifier
                     | Eau | Bêta SA     | Ordinaires           | À clarifier
                     | Gaz | Alpha SA    | Ordinaires           | À clarifier
        prestataires | nom
                     | Alpha SA
                     | Bêta SA
    """
    alpha, beta = _groupes(table, "OUT-017")
    assert (alpha.ou, len(alpha.constats), beta.ou) == ("G6", 2, "G7")
    assert alpha.message.endswith("Chez le même prestataire : « Gaz » (G8).")
    assert alpha.corriger.replace("\u202f", " ") == "Demander à « Alpha SA » où sont les données."


def test_une_feuille_presque_vide_se_dit_d_un_trait_avec_sa_premiere_cellule() -> None:
    lignes = "\n".join(f" | Outil {rang} | Autre" for rang in range(12))
    vus = constats(f"outils | nom | domaine\n{lignes}")
    groupes = [g for g in grouper(vus) if g.premier.lieu.feuille == "Outils"]
    assert [(g.ou, len(g.constats)) for g in groupes] == [("D6", 48)]
    assert groupes[0].message.startswith("0 ligne complète sur 12 ; 48 réponses manquent sur 72. ")
    assert [len(g.constats) for g in reunir_les_chantiers(vus) if g in groupes] == [48]


def test_une_feuille_a_moitie_remplie_se_dit_cellule_par_cellule() -> None:
    table = "outils | nom | domaine | criticite | prestataire\n"
    table += " | GED | Autre | Accessoire | Géré à l'interne"
    groupes = [g for g in grouper(constats(table)) if g.premier.lieu.feuille == "Outils"]
    assert [g.ou for g in groupes] == ["F6", "G6"]
