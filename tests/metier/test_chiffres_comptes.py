"""Chaque chiffre compté sur un petit tableau : bornes de l'année, bases, « sans objet ».

Le jour est le 24.11.2026 et l'année du rapport 2026.
"""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.chiffres import (
    contrats,
    decisions,
    dependance,
    du_rapport,
    incidents,
    maitrise,
    mutualisation,
    parc,
    registres,
    signalements,
    tableau_de_bord,
)
from pilotage_xlsx.metier.lignes import repartir
from pilotage_xlsx.metier.mesure import Addition, Chiffre, Mesure, Mesures, additionner
from pilotage_xlsx.registre import Ligne
from tests.metier.tables import exigees_en_plus, lier, noms


def mesurer(chiffre: Chiffre, texte: str, annee: int | None = 2026) -> Mesure:
    """La mesure d'un chiffre dans le registre que décrit le texte."""
    return chiffre.mesurer(lier(texte), annee)


def compter(chiffre: Chiffre, texte: str, annee: int | None = 2026) -> list[str]:
    """Les noms des lignes que compte un chiffre."""
    return noms(mesurer(chiffre, texte, annee).lignes)


def parts(mesure: Mesure) -> dict[str, list[str]]:
    """Les parts d'une mesure qui ne sont pas vides."""
    nommees = (
        (noms([nom])[0] if isinstance(nom, Ligne) else nom, noms(lignes))
        for nom, lignes in mesure.parts
    )
    return {nom: lignes for nom, lignes in nommees if lignes}


PARC = """
    outils | nom | criticite     | statut      | sauvegarde          | acces_administrateur
           | GED | Indispensable |             | Restauration testée | Commune
           | Eau | Indispensable | À remplacer | Sans objet          | Prestataire seul
           | Gaz | Indispensable | En service  | À clarifier         | Sans objet
           | Feu | Important     |             | Restauration testée | Commune
           | Air | Indispensable | Arrêté      | Restauration testée | Commune
           | Sol | Indispensable | En projet   | Restauration testée | Commune
           | Bus |               |             |                     |
"""
COUTS = """
    outils | nom | cout_annuel | statut
           | GED | 100.50      |
           | Eau | 0           |
           | Gaz |             |
           | Feu | cher        |
           | Air | 7           | Arrêté
           | Bus | 20          |
"""


def test_le_parc_et_ce_qu_on_en_tient() -> None:
    assert compter(parc.EN_SERVICE, PARC) == ["GED", "Eau", "Gaz", "Feu", "Bus"]
    assert compter(parc.INDISPENSABLES, PARC) == ["GED", "Eau", "Gaz"]
    vues = [mesurer(chiffre, PARC) for chiffre in (parc.RESTAURATION, parc.ACCES)]
    assert [(noms(m.lignes), m.sur, m.sans_objet) for m in vues] == [
        (["GED"], 2, 1),
        (["GED"], 2, 1),
    ]


def test_seul_un_cout_se_lit_en_francs() -> None:
    assert [chiffre for chiffre in du_rapport() if chiffre.est_un_montant] == [parc.COUT_ANNUEL]


def test_le_cout_est_celui_des_outils_en_service_qui_le_disent() -> None:
    mesure = mesurer(parc.COUT_ANNUEL, COUTS)
    assert (mesure.valeur, noms(mesure.lignes), mesure.sur) == (120.5, ["GED", "Eau", "Bus"], 5)


@pytest.mark.parametrize(
    ("jour", "est_de_l_annee"),
    [
        ("31.12.2025", False),
        ("01.01.2026", True),
        ("31.12.2026", True),
        ("01.01.2027", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    ("chiffre", "colonnes"),
    [
        (parc.NOUVEAUX, "outils | nom | en_service_depuis"),
        (parc.ARRETES, "outils | nom | arrete_le"),
        (decisions.DECISIONS, "decisions | numero | date"),
        (decisions.MISES_EN_OEUVRE, "decisions | numero | mise_en_oeuvre_le"),
        (incidents.INCIDENTS, "incidents | numero | constate_le"),
        (signalements.RECUS, "signalements | numero | date"),
        (signalements.CLOS, "signalements | numero | clos_le"),
        (mutualisation.ECHANGES, "echanges | numero | date"),
    ],
)
def test_ce_qui_est_de_l_annee(
    chiffre: Chiffre, colonnes: str, jour: str, est_de_l_annee: bool
) -> None:
    texte = f"{colonnes}\n | X | {jour}"
    assert compter(chiffre, texte) == (["X"] if est_de_l_annee else [])
    assert compter(chiffre, texte, None) == []


def test_un_outil_nouveau_sert_un_outil_arrete_peut_ne_plus_etre_en_vigueur() -> None:
    texte = """
        outils | nom | statut | en_service_depuis | arrete_le
               | GED | Arrêté | 01.02.2026        | 01.03.2026
               | Eau |        | 01.02.2026        |
    """
    assert compter(parc.NOUVEAUX, texte) == ["Eau"]
    assert compter(parc.ARRETES, texte) == ["GED"]


def test_les_outils_en_service_sans_decision() -> None:
    texte = """
        outils | nom | statut    | decision_origine
               | GED |           | Aucune décision trouvée
               | Eau |           | Prise avant ce registre
               | Gaz | En projet | Aucune décision trouvée
    """
    assert compter(parc.SANS_DECISION, texte) == ["GED"]


DURABLE = "Durable ou significative"
DECISIONS = f"""
    decisions | numero | date       | portee    | statut   | executif_le | mutualisee
              | D-1    | 01.02.2026 | {DURABLE} | Validée  | 03.02.2026  | Oui, écartée
              | D-2    | 01.02.2026 | {DURABLE} | Proposée |             | Non
              | D-3    | 01.02.2026 | Courante  | Proposée | 03.02.2026  | Oui, retenue
              | D-4    | 01.02.2025 | {DURABLE} | Proposée | 03.02.2026  | Oui, retenue
              | D-5    | 01.02.2026 | {DURABLE} | Refusée  | bientôt     | Oui, retenue
"""


def test_les_decisions_durables_et_ce_qui_s_en_montre() -> None:
    assert compter(decisions.DURABLES, DECISIONS) == ["D-1", "D-2", "D-5"]
    assert compter(decisions.EN_ATTENTE, DECISIONS) == ["D-2", "D-3", "D-4"]
    vues, examinees = (
        mesurer(chiffre, DECISIONS) for chiffre in (decisions.VUES, mutualisation.EXAMINEES)
    )
    assert (noms(vues.lignes), vues.sur) == (["D-1"], 1)
    assert (noms(examinees.lignes), examinees.sur) == (["D-1", "D-5"], 3)


INCIDENTS = """
    incidents | numero | constate_le | statut   | service_touche | donnees_touchees
              | I-1    | 01.02.2026  | Clos     | Oui            | Non
              | I-2    | 01.02.2026  | Ouvert   | Non            | Oui
              | I-3    | 01.02.2026  | En cours | Non            | À déterminer
              | I-4    | 31.12.2025  | Ouvert   | Oui            | Oui
              | I-5    | 31.12.2025  | En cours | Non            | Non
              | I-6    | 31.12.2025  | Clos     | Oui            | Non
              | I-7    | 01.01.2027  | Ouvert   | Oui            | Non
              | I-8    |             | Ouvert   | Oui            | Non
"""


def test_les_incidents_de_l_annee_et_ceux_qui_restent() -> None:
    assert compter(incidents.TOUCHANTS, INCIDENTS) == ["I-1", "I-2"]
    assert compter(incidents.A_DETERMINER, INCIDENTS) == ["I-3"]
    assert compter(incidents.OUVERTS, INCIDENTS) == ["I-2", "I-3"]
    assert compter(incidents.ENCORE_OUVERTS, INCIDENTS) == ["I-4", "I-5"]
    assert compter(incidents.ENCORE_OUVERTS, INCIDENTS, None) == []
    ouverts = compter(tableau_de_bord.OUVERTS, INCIDENTS)
    assert ouverts == ["I-2", "I-3", "I-4", "I-5", "I-7", "I-8"]


@pytest.mark.parametrize(
    ("jour", "statut", "ancien"),
    [
        ("24.10.2026", "Nouveau", True),
        ("25.10.2026", "Nouveau", False),
        ("26.10.2026", "Nouveau", False),
        ("24.10.2026", "En cours", True),
        ("24.10.2026", "Clos", False),
        ("24.10.2026", "Refusé", False),
        ("24.10.2026", "", False),
        ("", "Nouveau", False),
    ],
)
def test_un_signalement_ouvert_depuis_plus_de_trente_jours(
    jour: str, statut: str, ancien: bool
) -> None:
    texte = f"signalements | numero | date | statut\n | S-1 | {jour} | {statut}"
    assert compter(signalements.ANCIENS, texte) == (["S-1"] if ancien else [])


CONTRATS = """
    prestataires | nom      | contrat     | statut
                 | Alpha SA | Signé       |
                 | Beta SA  |             |
                 | Gamma SA | Aucun       | Terminé
    outils       | nom | prestataire | echeance   | renouvellement     | statut
                 | GED | Alpha SA    |            |                    |
                 | Eau |             |            | Durée indéterminée |
                 | Gaz | Alpha SA    |            | Sans contrat       |
                 | Feu | Alpha SA    | 31.12.2030 | Durée indéterminée |
                 | Air | Fantôme SA  |            | Tacite             |
                 | Sol | Alpha SA    |            | Durée indéterminée | En projet
                 | Bus | Alpha SA    | jamais     |                    |
"""


def test_les_contrats_sans_fin() -> None:
    assert compter(contrats.SANS_FIN, CONTRATS) == ["GED"]
    assert compter(contrats.INDETERMINES, CONTRATS) == ["Eau"]
    assert compter(tableau_de_bord.SANS_DATE_DE_FIN, CONTRATS) == ["GED", "Eau"]


def test_les_contrats_ecrits_des_prestataires_actifs() -> None:
    mesure = mesurer(contrats.ECRITS, CONTRATS)
    assert noms(mesure.lignes) == ["Alpha SA", "Beta SA"]
    assert parts(mesure) == {"signé": ["Alpha SA"], "pas de réponse": ["Beta SA"]}


@pytest.mark.parametrize(
    ("echeance", "statut", "compte"),
    [
        ("23.11.2026", "", False),
        ("24.11.2026", "", True),
        ("24.11.2027", "", True),
        ("25.11.2027", "", False),
        ("24.12.2026", "En projet", False),
        ("", "", False),
    ],
)
def test_les_echeances_des_douze_mois(echeance: str, statut: str, compte: bool) -> None:
    texte = f"outils | nom | echeance | statut\n | GED | {echeance} | {statut}"
    assert compter(contrats.ECHEANCES, texte) == (["GED"] if compte else [])


def test_les_contrats_reconduits_sans_decision() -> None:
    texte = """
        outils | nom | echeance   | renouvellement
               | GED | 23.11.2026 | Tacite
               | Eau | 24.11.2026 | Tacite
    """
    assert compter(contrats.RECONDUITS, texte) == ["GED"]


DEPENDANCE = """
    prestataires | nom
                 | Alpha SA
                 | Beta SA
                 | Gamma SA
    outils       | nom | criticite     | prestataire | remplacement   | recuperation
                 | GED | Indispensable | Alpha SA    | Très difficile | Non prévue
                 | Eau | Indispensable | Gamma SA    | Difficile      | Non prévue
                 | Gaz | Indispensable | Gamma SA    | Très difficile | Testée
                 | Feu | Important     | Beta SA     | Très difficile | À clarifier
                 | Air | Accessoire    | Alpha SA    | Très difficile | Non prévue
                 | Sol | Indispensable | Fantôme SA  |                |
"""


def test_de_qui_depend_la_commune_le_premier_en_tete() -> None:
    mesure = mesurer(dependance.PAR_PRESTATAIRE, DEPENDANCE)
    assert (noms(mesure.lignes), mesure.sur) == (["GED", "Eau", "Gaz"], 4)
    assert [*parts(mesure).items()] == [("Gamma SA", ["Eau", "Gaz"]), ("Alpha SA", ["GED"])]
    assert len(mesure.parts) == 2


def test_les_outils_dont_on_ne_sort_pas() -> None:
    assert compter(dependance.CAPTIFS, DEPENDANCE) == ["GED", "Feu"]


MAITRISE = """
    prestataires | nom      | siege
                 | Alpha SA | Suisse
                 | Beta Inc | États-Unis
    outils       | nom | donnees_personnelles | lieu_donnees | prestataire | statut
                 | GED | Sensibles            | Suisse       | Beta Inc    |
                 | Eau | Sensibles            | UE/EEE       | Alpha SA    |
                 | Gaz | Ordinaires           | Mars         | Beta Inc    |
                 | Feu | Aucune               | Suisse       | Beta Inc    |
                 | Air | Sensibles            | Suisse       | Beta Inc    | Arrêté
"""


def test_les_donnees_personnelles_et_leurs_groupes() -> None:
    mesure = mesurer(maitrise.PERSONNELLES, MAITRISE)
    assert noms(mesure.lignes) == ["GED", "Eau", "Gaz"]
    assert parts(mesure) == {"Suisse": ["GED"], "UE/EEE": ["Eau"], "Pas de réponse": ["Gaz"]}
    assert compter(maitrise.SENSIBLES, MAITRISE) == ["GED", "Eau"]
    assert compter(maitrise.SOUS_GROUPE_ETRANGER, MAITRISE) == ["GED"]


def test_ce_que_la_commune_partage() -> None:
    texte = """
        outils | nom | mutualisation                  | statut
               | GED | Fourni par le canton           |
               | Eau | Propre à la commune            |
               | Gaz | Partagé avec d'autres communes |
               | Feu | Fourni par le canton           | Arrêté
    """
    assert compter(mutualisation.PARTAGES, texte) == ["Gaz"]
    assert compter(mutualisation.CANTONAUX, texte) == ["GED"]


def test_le_tableau_de_bord_repartit_les_outils_en_service() -> None:
    assert parts(mesurer(tableau_de_bord.PAR_CRITICITE, PARC)) == {
        "Indispensable": ["GED", "Eau", "Gaz"],
        "Important": ["Feu"],
        "Pas de réponse": ["Bus"],
    }
    assert parts(mesurer(tableau_de_bord.PAR_LIEU, MAITRISE)) == {
        "Suisse": ["GED", "Feu"],
        "UE/EEE": ["Eau"],
        "Pas de réponse": ["Gaz"],
    }


def test_une_repartition_garde_l_ordre_de_la_liste_et_les_parts_vides() -> None:
    liens = lier(MAITRISE)
    choix = liens.modele.choix(liens.modele.par_id["outils"].par_id["lieu_donnees"])
    reparties = repartir(liens, liens.outils, "outils", "lieu_donnees")
    assert [nom for nom, _ in reparties] == [*choix, "Pas de réponse"]


CONNUES = ("nom", "domaine", "criticite", "prestataire", "donnees_personnelles", "lieu_donnees")
TETE, REPONSES, _ = exigees_en_plus("outils", *CONNUES)
DEDANS = f"Géré à l'interne | Aucune | Suisse{REPONSES}"
REGISTRES = f"""
    outils   | {" | ".join(CONNUES)}{TETE}
             | GED | À clarifier | À clarifier | {DEDANS}
             | Eau | Archivage   | Accessoire  | {DEDANS}
             | Gaz |             | À clarifier | {DEDANS}
    echanges | numero | date       | organisme   | sujet      | suite
             | E-1    | 01.02.2026 | Canton      |            |
             | E-2    | 01.02.2026 | Canton      | Sauvegarde |
             | E-3    | 01.02.2025 | À clarifier |            | Sans suite
"""


def test_ce_qui_manque_et_ce_qui_reste_a_clarifier_dans_les_lignes_en_vigueur() -> None:
    incompletes = mesurer(registres.INCOMPLETES, REGISTRES)
    assert noms(incompletes.lignes) == ["Gaz", "E-1"]
    assert parts(incompletes) == {"Outils": ["Gaz"], "Échanges": ["E-1"]}
    a_clarifier = mesurer(registres.A_CLARIFIER, REGISTRES)
    assert (a_clarifier.valeur, noms(a_clarifier.lignes)) == (3, ["GED", "Gaz"])


def test_sans_base_ni_reponse_sans_objet_une_mesure_n_en_dit_rien() -> None:
    mesure = mesurer(parc.EN_SERVICE, PARC)
    assert (mesure.valeur, mesure.sur, mesure.sans_objet, mesure.parts) == (5, None, 0, ())
    vide = mesurer(parc.RESTAURATION, "")
    assert (vide.valeur, vide.sur, vide.sans_objet) == (0, 0, 0)
    assert (Mesure(1).sur, Mesure(1).sans_objet, Mesure(1).compte) == (None, 0, 0)


@pytest.mark.parametrize(
    ("combien", "dit"),
    [(0, "outil indispensable"), (1, "outil indispensable"), (2, "outils indispensables")],
)
def test_un_libelle_s_accorde(combien: int, dit: str) -> None:
    assert parc.INDISPENSABLES.libeller(Mesure(combien)) == dit
    assert parc.EN_SERVICE.libeller(Mesure(combien)) == "outils en service"


def test_une_region_additionne_ce_qui_s_additionne() -> None:
    chiffres = (parc.RESTAURATION, parc.EN_SERVICE, dependance.PAR_PRESTATAIRE)
    commune = Mesures.de(lier(PARC), 2026, chiffres)
    region = Mesures.reunir([commune, commune], chiffres)
    assert [*region.par_cle] == ["restauration", "en_service"]
    restauration = region[parc.RESTAURATION]
    assert (restauration.valeur, restauration.sur, restauration.sans_objet) == (2, 4, 2)
    assert noms(restauration.lignes) == ["GED", "GED"]
    assert (region[parc.EN_SERVICE].valeur, region[parc.EN_SERVICE].sur) == (10, None)
    assert dependance.PAR_PRESTATAIRE.addition is Addition.AUCUNE


def test_une_somme_reunit_les_parts_de_meme_nom_et_ne_perd_pas_une_base_nulle() -> None:
    commune = lier("").registre.commune
    un, deux = (
        Mesure(1, 0, parts=(("a", (commune,)),)),
        Mesure(2, None, parts=(("b", ()), ("a", (commune,)))),
    )
    somme = additionner([un, deux])
    assert (somme.valeur, somme.sur) == (3, 0)
    assert somme.parts == (("a", (commune, commune)), ("b", ()))
    assert additionner([]) == Mesure(0)


def test_les_montants_s_additionnent_au_centime() -> None:
    assert additionner([Mesure(0.125), Mesure(0.126)]).valeur == pytest.approx(0.25)
    assert additionner([Mesure(0.05), Mesure(0.01)]).valeur == pytest.approx(0.06)
    assert additionner([Mesure(0.004), Mesure(0.004)]).valeur == 0
