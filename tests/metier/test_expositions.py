"""Ce qui expose la commune : chaque faiblesse, son exemption, son seuil."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.expositions import Exposition, Faiblesse, de, est_de_droit, exposer
from tests.metier.tables import lier, ligne, noms

BASE_LEGALE = "Base légale ou convention (canton, association)"
PRESTATAIRES = f"""
    prestataires | nom      | siege      | contrat
                 | Alpha SA | Suisse     | Signé
                 | Beta Inc | États-Unis | Aucun
                 | Microsoft Inc | États-Unis | Signé
                 | Canton   | Suisse     | {BASE_LEGALE}
"""


def _faiblesses(outil: str, colonnes: str, suite: str = "") -> list[Faiblesse]:
    """Ce qui expose un outil nommé GED, dont voici d'autres cellules."""
    liens = lier(f"outils | nom | {colonnes}\n | GED | {outil}\n{PRESTATAIRES}\n{suite}")
    return [exposition.faiblesse for exposition in exposer(liens)]


@pytest.mark.parametrize(
    ("colonne", "saisie", "faiblesses"),
    [
        ("sauvegarde", "Aucune", [Faiblesse.SANS_SAUVEGARDE]),
        ("sauvegarde", "Faite par nous, non testée", [Faiblesse.SAUVEGARDE_NON_PROUVEE]),
        ("sauvegarde", "Par le prestataire, sans preuve", [Faiblesse.SAUVEGARDE_NON_PROUVEE]),
        ("sauvegarde", "À clarifier", [Faiblesse.SAUVEGARDE_NON_PROUVEE]),
        ("sauvegarde", "Restauration testée", []),
        ("sauvegarde", "Sans objet", []),
        ("sauvegarde", "", []),
        ("acces_administrateur", "Prestataire seul", [Faiblesse.ACCES_AU_PRESTATAIRE]),
        ("acces_administrateur", "Commune et prestataire", []),
        ("acces_administrateur", "À clarifier", []),
        ("acces_administrateur", "", []),
        ("repli", "Aucun", [Faiblesse.SANS_REPLI]),
        ("repli", " pas de REPLI. ", [Faiblesse.SANS_REPLI]),
        ("repli", "Aucun souci : registre papier", []),
        ("repli", "À clarifier", []),
        ("repli", "", []),
    ],
)
def test_ce_qui_expose_par_un_outil_indispensable(
    colonne: str, saisie: str, faiblesses: list[Faiblesse]
) -> None:
    assert _faiblesses(f"Indispensable | {saisie}", f"criticite | {colonne}") == faiblesses
    assert _faiblesses(f"Important | {saisie}", f"criticite | {colonne}") == []


@pytest.mark.parametrize(
    ("remplacement", "recuperation", "expose"),
    [
        ("Très difficile", "Non prévue", True),
        ("Très difficile", "À clarifier", True),
        ("Très difficile", "Prévue au contrat", False),
        ("Très difficile", "", False),
        ("Difficile", "Non prévue", False),
        ("À clarifier", "Non prévue", False),
        ("", "Non prévue", False),
    ],
)
def test_des_donnees_pas_recuperables(remplacement: str, recuperation: str, expose: bool) -> None:
    outil = f"Indispensable | {remplacement} | {recuperation}"
    vues = _faiblesses(outil, "criticite | remplacement | recuperation")
    assert vues == ([Faiblesse.SANS_SORTIE] if expose else [])


@pytest.mark.parametrize("statut", ["En projet", "Arrêté", "À confirmer", "Bof"])
def test_un_outil_dont_on_ne_se_sert_pas_n_expose_pas(statut: str) -> None:
    assert (
        _faiblesses(f"Indispensable | Aucune | {statut}", "criticite | sauvegarde | statut") == []
    )


TOUT = "criticite | remplacement | recuperation | acces_administrateur | repli | sauvegarde"
FAIBLE = "Indispensable | Très difficile | Non prévue | Prestataire seul | Aucun"


@pytest.mark.parametrize(
    ("prestataire", "mutualisation"),
    [("Alpha SA", "Fourni par le canton"), ("Canton", ""), ("Canton", "Propre à la commune")],
)
def test_de_droit_n_est_pas_tenu_de_ce_que_personne_ne_demande(
    prestataire: str, mutualisation: str
) -> None:
    de_droit = f"| {prestataire} | {mutualisation}"
    colonnes = f"{TOUT} | prestataire | mutualisation"
    assert _faiblesses(f"{FAIBLE} | À clarifier {de_droit}", colonnes) == [Faiblesse.SANS_REPLI]
    assert _faiblesses(f"{FAIBLE} | Aucune {de_droit}", colonnes) == [
        Faiblesse.SANS_SAUVEGARDE,
        Faiblesse.SANS_REPLI,
    ]


@pytest.mark.parametrize(
    ("prestataire", "mutualisation", "de_droit"),
    [
        ("Canton", "", True),
        ("Alpha SA", "", False),
        ("Alpha SA", "Fourni par le canton", True),
        ("Alpha SA", "Partagé avec d'autres communes", False),
        ("Fantôme SA", "", False),
        ("", "Fourni par le canton", True),
    ],
)
def test_est_de_droit_le_canton_ou_qui_est_lie_par_la_loi(
    prestataire: str, mutualisation: str, de_droit: bool
) -> None:
    liens = lier(
        f"outils | nom | prestataire | mutualisation\n | GED | {prestataire} | {mutualisation}\n"
        + PRESTATAIRES
    )
    assert est_de_droit(liens, ligne(liens, "outils", "GED")) is de_droit


@pytest.mark.parametrize(
    ("donnees", "lieu", "faiblesses"),
    [
        ("Ordinaires", "Autre pays", [Faiblesse.HORS_DE_SUISSE]),
        ("Sensibles", "Plusieurs, dont hors de Suisse", [Faiblesse.HORS_DE_SUISSE]),
        ("Ordinaires", "UE/EEE", [Faiblesse.LIEU_INCERTAIN]),
        ("Sensibles", "À clarifier", [Faiblesse.LIEU_INCERTAIN]),
        ("Ordinaires", "Suisse", []),
        ("Ordinaires", "", []),
        ("Aucune", "Autre pays", []),
        ("À clarifier", "Autre pays", []),
        ("", "Autre pays", []),
    ],
)
def test_le_lieu_des_donnees_personnelles(
    donnees: str, lieu: str, faiblesses: list[Faiblesse]
) -> None:
    assert _faiblesses(f"{donnees} | {lieu}", "donnees_personnelles | lieu_donnees") == faiblesses


@pytest.mark.parametrize("statut", ["", "En projet", "À remplacer"])
def test_le_lieu_expose_meme_un_outil_accessoire_ou_en_projet(statut: str) -> None:
    outil = f"Accessoire | Sensibles | Autre pays | {statut}"
    colonnes = "criticite | donnees_personnelles | lieu_donnees | statut"
    assert _faiblesses(outil, colonnes) == [Faiblesse.HORS_DE_SUISSE]


def test_un_outil_suisse_n_arrete_pas_le_regard() -> None:
    liens = lier(
        """
        outils | nom | donnees_personnelles | lieu_donnees
               | GED | Aucune               | Autre pays
               | Eau | Sensibles            | Suisse
               | Gaz | Sensibles            | Autre pays
        """
    )
    assert noms(e.ligne for e in exposer(liens)) == ["Gaz"]


def _reponse(decision: str, lieu: str = "Autre pays") -> str | None:
    """La décision qui consigne le risque de GED : « outil | statut | risques »."""
    liens = lier(
        f"""
        outils    | nom | donnees_personnelles | lieu_donnees
                  | GED | Sensibles            | {lieu}
                  | Eau | Sensibles            | Suisse
        decisions | numero | outil | statut | risques
                  | D-1    | {decision}
        """
    )
    (exposition,) = exposer(liens)
    return None if exposition.reponse is None else noms([exposition.reponse])[0]


@pytest.mark.parametrize(
    ("decision", "reponse"),
    [
        ("GED | Validée | Accès d'une autorité étrangère", "D-1"),
        ("GED | Proposée | Accès d'une autorité étrangère", "D-1"),
        ("GED ; Eau | Validée | Accès d'une autorité étrangère", "D-1"),
        ("GED | Validée |", "D-1"),
        ("GED | Validée | À clarifier", "D-1"),
        ("GED | Validée | Aucun risque identifié.", None),
        ("GED | Validée | Néant", None),
        ("GED | Refusée | Accès d'une autorité étrangère", None),
        ("Eau | Validée | Accès d'une autorité étrangère", None),
        ("Le nuage | Validée | Accès d'une autorité étrangère", None),
    ],
)
@pytest.mark.parametrize("lieu", ["Autre pays", "UE/EEE"])
def test_une_decision_ne_repond_que_de_l_outil_qu_elle_nomme(
    decision: str, reponse: str | None, lieu: str
) -> None:
    assert _reponse(decision, lieu) == reponse


def test_une_decision_sans_risque_ne_cache_pas_la_suivante() -> None:
    liens = lier(
        """
        outils    | nom | donnees_personnelles | lieu_donnees
                  | GED | Sensibles            | Autre pays
        decisions | numero | outil | statut  | risques
                  | D-1    | GED   | Validée | Aucun
                  | D-2    | GED   | Validée | Saisie à l'étranger
        """
    )
    (exposition,) = exposer(liens)
    assert exposition.reponse is ligne(liens, "decisions", "D-2")


@pytest.mark.parametrize(
    ("donnees", "principal", "autre", "groupes"),
    [
        ("Sensibles", "Microsoft Inc", "", ["Microsoft Inc"]),
        ("Sensibles", "Alpha SA", "Microsoft Inc", ["Microsoft Inc"]),
        ("Sensibles", "Alpha SA", "Canton", []),
        ("Sensibles", "Beta Inc", "", []),
        ("Ordinaires", "Microsoft Inc", "", []),
        ("À clarifier", "Microsoft Inc", "", []),
    ],
)
def test_les_donnees_sensibles_sous_un_groupe_etranger(
    donnees: str, principal: str, autre: str, groupes: list[str]
) -> None:
    liens = lier(
        f"""
        outils | nom | donnees_personnelles | prestataire | autre_prestataire
               | GED | {donnees}            | {principal} | {autre}
        {PRESTATAIRES}
        """
    )
    vues = [e for e in exposer(liens) if e.faiblesse is Faiblesse.GROUPE_ETRANGER]
    assert [noms(e.prestataires) for e in vues] == ([groupes] if groupes else [])


def _parc(parts: dict[str, int], fiche: str = "") -> str:
    """Des outils indispensables, tant par prestataire (« » : aucun)."""
    outils = [
        f" | Outil {prestataire} {rang} | Indispensable | {prestataire}"
        for prestataire, combien in parts.items()
        for rang in range(combien)
    ]
    entete = "outils | nom | criticite | prestataire | statut | mutualisation"
    return "\n".join([fiche, PRESTATAIRES, entete, *outils])


def _concentrations(texte: str) -> list[Exposition]:
    return [*de(lier(texte), Faiblesse.CONCENTRATION)]


@pytest.mark.parametrize(
    ("siens", "autres", "expose"),
    [
        (2, 0, False),
        (3, 0, True),
        (4, 0, True),
        (3, 3, True),
        (3, 4, False),
        (4, 4, True),
        (4, 5, False),
    ],
)
def test_la_concentration_au_minimum_et_au_pourcent(siens: int, autres: int, expose: bool) -> None:
    vues = _concentrations(_parc({"Alpha SA": siens, "": autres}))
    assert [(noms([e.ligne]), len(e.outils)) for e in vues] == (
        [(["Alpha SA"], siens)] if expose else []
    )
    assert all(e.prestataires == (e.ligne,) for e in vues)


@pytest.mark.parametrize(
    ("seuil", "autres", "expose"),
    [
        ("60", 2, True),
        ("61", 2, False),
        ("42", 4, True),
        ("43", 4, False),
        ("59", 2, True),
        ("100", 0, True),
        ("100", 1, False),
        ("1", 9, True),
    ],
)
def test_la_part_qui_concentre_est_celle_de_la_commune(
    seuil: str, autres: int, expose: bool
) -> None:
    texte = _parc({"Alpha SA": 3, "": autres}, f"commune | seuil_concentration\n | {seuil}")
    assert bool(_concentrations(texte)) is expose


def test_un_seuil_de_concentration_illisible_ne_juge_personne() -> None:
    texte = _parc({"Alpha SA": 3}, "commune | seuil_concentration\n | beaucoup")
    assert _concentrations(texte) == []


def test_chaque_prestataire_est_regarde() -> None:
    assert [noms([e.ligne])[0] for e in _concentrations(_parc({"Beta Inc": 3, "Alpha SA": 3}))] == [
        "Alpha SA",
        "Beta Inc",
    ]
    assert [noms([e.ligne])[0] for e in _concentrations(_parc({"Alpha SA": 1, "Beta Inc": 3}))] == [
        "Beta Inc"
    ]


def test_de_droit_ne_concentre_pas_mais_compte_dans_le_total() -> None:
    assert _concentrations(_parc({"Canton": 4})) == []
    assert _concentrations(_parc({"Canton": 4, "Alpha SA": 3})) == []
    assert len(_concentrations(_parc({"Canton": 3, "Alpha SA": 3}))) == 1
    cantonaux = "\n".join(
        f" | Cantonal {n} | Indispensable | Alpha SA | | Fourni par le canton" for n in range(3)
    )
    assert _concentrations(_parc({}) + "\n" + cantonaux) == []


@pytest.mark.parametrize(
    ("de_plus", "expose"),
    [
        (" | Doute | Vitale", False),
        (" | Doute |", False),
        (" | Doute | Accessoire | | Bof", False),
        (" | Doute | Accessoire |", True),
        (" | Doute | | | Arrêté", True),
        (" | Doute | Important | | En projet", True),
    ],
)
def test_un_outil_qui_compte_peut_etre_joue_contre_l_exposition(de_plus: str, expose: bool) -> None:
    texte = _parc({"Alpha SA": 3, "": 3}) + "\n" + de_plus
    assert bool(_concentrations(texte)) is expose


def test_un_prestataire_quitte_ne_concentre_plus() -> None:
    outils = "\n".join(f" | Outil {n} | Indispensable | Alpha SA" for n in range(3))
    for statut, combien in (("", 1), ("Terminé", 0)):
        texte = f"prestataires | nom | statut\n | Alpha SA | {statut}\n"
        texte += f"outils | nom | criticite | prestataire\n{outils}"
        assert len(_concentrations(texte)) == combien


def test_seul_se_decide_ce_qu_un_outil_indispensable_subit() -> None:
    assert [f for f in Faiblesse if f.est_a_decider] == [
        Faiblesse.SANS_SAUVEGARDE,
        Faiblesse.ACCES_AU_PRESTATAIRE,
        Faiblesse.SANS_SORTIE,
        Faiblesse.SANS_REPLI,
    ]


def test_on_ne_demande_que_les_faiblesses_voulues() -> None:
    liens = lier(f"outils | nom | {TOUT}\n | GED | {FAIBLE} | Aucune")
    assert [e.faiblesse for e in exposer(liens)] == [
        Faiblesse.SANS_SAUVEGARDE,
        Faiblesse.ACCES_AU_PRESTATAIRE,
        Faiblesse.SANS_SORTIE,
        Faiblesse.SANS_REPLI,
    ]
    voulues = (Faiblesse.SANS_REPLI, Faiblesse.SANS_SAUVEGARDE)
    assert {e.faiblesse for e in de(liens, *voulues)} == set(voulues)
    assert exposer(liens) is exposer(liens)
