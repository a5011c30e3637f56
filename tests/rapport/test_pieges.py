"""Une commune à pièges, comptée à la main d'après docs/domaine.md §5 : chaque piège a sa phrase."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage_xlsx.metier.chiffres.contrats import ECRITS
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.maitrise import SOUS_GROUPE_ETRANGER
from pilotage_xlsx.metier.chiffres.signalements import ANCIENS, CLOS, RECUS
from pilotage_xlsx.rapport import Rapport, composer
from pilotage_xlsx.rapport.document import PremierePage
from pilotage_xlsx.rapport.mots import nommer_la_part
from pilotage_xlsx.registre import Ligne
from tests.rapport.communes import rapporter

GRANDLAC = """
commune | commune | canton | executif_nom | annee | note_adoptee_le
        | Grandlac | FR | Conseil communal | 2026 | 01.01.2025
prestataires | nom | siege | contrat | statut
        | Alpha SA | États-Unis | Signé |
        | Beta Sàrl | UE/EEE | Aucun |
        | Fini SA | Suisse | Signé | Terminé
        | Dormant SA | Suisse | À clarifier |
outils  | nom | criticite | prestataire | donnees_personnelles | sauvegarde | acces_administrateur | cout_annuel | statut | arrete_le | autre_prestataire
        | Habitants | Indispensable | Alpha SA | Sensibles | Restauration testée | Commune | 8000.55 | | |
        | Compta | Indispensable | Alpha SA | Ordinaires | À clarifier | Prestataire seul | 0 | | | Beta Sàrl
        | Mail | Indispensable | Beta Sàrl | Sensibles | Sans objet | Sans objet | | | |
        | Téléphone | Indispensable | Fini SA | Aucune | Aucune | Commune et prestataire | 1200 | À remplacer | |
        | Ancien | Indispensable | Alpha SA | Sensibles | À clarifier | Commune | 99999 | Arrêté | 01.03.2026 |
        | Futur | Indispensable | Alpha SA | Sensibles | À clarifier | Commune | 5000 | En projet | |
        | Inconnu | À clarifier | Alpha SA | Ordinaires | | | 10 | | |
decisions | numero | date | outil | portee | statut | executif_le | a_revoir_le | mise_en_oeuvre_le | remplace | mutualisee
        | D-1 | 01.02.2025 | Mail | Durable ou significative | Remplacée | 01.02.2025 | 01.01.2026 | | |
        | D-2 | 15.01.2026 | Mail | Durable ou significative | Validée | 20.01.2026 | | 01.02.2026 | D-1 | Sans objet
        | D-3 | 01.06.2024 | Cadastre solaire | Courante | Proposée | | | | |
incidents | numero | constate_le | outil | service_touche | donnees_touchees | referent_informe_le | executif_informe_le | statut | interruption_heures
        | I-1 | 20.12.2025 | Mail | Oui | Non | 20.12.2025 | 22.12.2025 | En cours | 100
        | I-2 | 01.03.2026 22:30 | Compta | Non | Oui | 02.03.2026 00:15 | 05.03.2026 | Clos | 4.5
        | I-3 | 01.04.2026 | Autre / plusieurs | Non | À déterminer | 01.04.2026 | | Ouvert |
signalements | numero | date | statut | clos_le
        | S-1 | 05.01.2026 | En cours |
        | S-2 | 05.01.2025 | Clos | 02.02.2026
        | S-3 | 20.11.2026 | Nouveau |
"""  # noqa: E501


@pytest.fixture(scope="module")
def rapport() -> Rapport:
    return rapporter(GRANDLAC, au=date(2026, 11, 24))


def _phrases(rapport: Rapport, cle: str) -> tuple[str, ...]:
    return next(s.phrases for s in composer(rapport).annexe if s.cle == cle)


def _noms(lignes: tuple[Ligne, ...]) -> list[str]:
    return [ligne.texte("nom") or ligne.texte("numero") or "" for ligne in lignes]


def test_les_cinq_chiffres(rapport: Rapport) -> None:
    """Ni l'outil arrêté ni celui en projet ne comptent ; « Sans objet » n'est d'aucun total ;
    un coût nul est connu, un coût vide ne l'est pas."""
    cartes = composer(rapport).premiere.cartes
    assert [(carte.valeur, carte.phrase) for carte in cartes] == [
        ("4", "sur 5 outils en service"),
        ("1 sur 3", "1 sans sauvegarde, 1 sans essai inscrit, 1 sans objet"),
        ("2 sur 3", "1 au prestataire seul, 1 sans objet"),
        ("9'210.55", "connu pour 4 outils sur 5"),
        ("4", "dans 4 lignes"),
    ]


def test_les_points_a_clarifier_sont_ceux_des_lignes_en_vigueur(rapport: Rapport) -> None:
    """Un outil en projet se prépare encore ; un outil arrêté ne se clarifie plus."""
    noms = [point.nom for point in rapport.a_clarifier]
    assert noms == ["Compta", "Futur", "Inconnu", "Dormant SA"]


def test_une_decision_remplacee_ne_se_revoit_plus(rapport: Rapport) -> None:
    numeros = [point.ligne.texte("numero") for point in rapport.points]
    assert list(filter(None, numeros)) == ["D-3"]


def test_les_decisions_de_l_annee(rapport: Rapport) -> None:
    assert _phrases(rapport, "decisions") == (
        "1 décision inscrite en 2026, dont 1 durable ou significative (D-2).",
        "Durables validées, datées d'une séance du Conseil communal : 1 sur 1 (D-2).",
        "Mises en œuvre en 2026 : 1 (D-2).",
        "En attente de décision : 1 (D-3).",
    )


def test_les_incidents_de_l_annee(rapport: Rapport) -> None:
    """Les cent heures de 2025 ne s'ajoutent pas à 2026 ; l'incident encore ouvert se dit."""
    assert _phrases(rapport, "incidents")[:-1] == (
        "2 incidents inscrits.",
        "Ont touché un service ou des données : 1 (I-2).",
        "À l'effet encore à déterminer : 1 (I-3).",
        "Encore ouverts : 1 (I-3).",
        "Heures d'interruption : 4.5, inscrites pour 1 incident sur 2.",
        "D'années passées, encore ouverts : 1 (I-1).",
    )


def test_les_delais_de_l_incident_a_savoir(rapport: Rapport) -> None:
    page = composer(rapport).premiere
    assert isinstance(page, PremierePage)
    (nouvelle,) = page.nouvelles
    assert (
        nouvelle.informes
        == "Informés : référent après 1\u00a0h\u00a045, Conseil communal après 4\u00a0jours."
    )


def test_les_signalements(rapport: Rapport) -> None:
    assert _noms(rapport.mesures[RECUS].lignes) == ["S-1", "S-3"]
    assert _noms(rapport.mesures[CLOS].lignes) == ["S-2"]
    assert _noms(rapport.mesures[ANCIENS].lignes) == ["S-1"]


def test_la_dependance_ne_compte_que_le_prestataire_principal(rapport: Rapport) -> None:
    mesure = rapport.mesures[PAR_PRESTATAIRE]
    groupes = [(nommer_la_part(nom), _noms(outils)) for nom, outils in mesure.parts]
    assert groupes == [
        ("Alpha SA", ["Habitants", "Compta"]),
        ("Beta Sàrl", ["Mail"]),
        ("Fini SA", ["Téléphone"]),
    ]
    assert mesure.sur == 4


def test_un_prestataire_termine_n_a_plus_de_contrat_a_compter(rapport: Rapport) -> None:
    ecrits = rapport.mesures[ECRITS]
    assert ecrits.compte == 3
    assert [(reponse, _noms(p)) for reponse, p in ecrits.parts if p] == [
        ("signé", ["Alpha SA"]),
        ("aucun", ["Beta Sàrl"]),
        ("à clarifier", ["Dormant SA"]),
    ]


def test_les_donnees_sensibles_sous_un_groupe_etranger(rapport: Rapport) -> None:
    assert _noms(rapport.mesures[SOUS_GROUPE_ETRANGER].lignes) == ["Habitants", "Mail"]


def test_sans_objet_n_est_pas_une_solution_mutualisee_examinee(rapport: Rapport) -> None:
    assert _phrases(rapport, "mutualisation")[-1].endswith("examinée : 0 sur 1.")
