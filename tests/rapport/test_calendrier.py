"""Le calendrier : chaque affaire qui a un jour, les trois formes égales, relu par un autre."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import vobject
from hypothesis import given, settings

from pilotage_xlsx.metier.affaires import recenser
from pilotage_xlsx.rapport import calendrier
from pilotage_xlsx.rapport.calendrier import Agenda
from tests.campagne import combien
from tests.metier.tables import lier
from tests.rapport.test_robustesse import communes
from tests.tableaux import AU

COMMUNE = """
commune | commune | canton | executif_nom | referent_nom | note_adoptee_le | annee
        | Orvagne | FR | Conseil communal | Éloïse Guérin | 12.03.2025 | 2026
outils  | nom  | responsable | echeance | delai_resiliation | renouvellement | statut
        | GED  | Boursière | 31.12.2027 | 3 | Tacite |
        | Site |           | 31.01.2027 | 1 | Tacite |
        | Tél  |           | 31.12.2026 | 2 | Tacite |
        | Bus  |           | 31.05.2027 |   | Tacite |
        | Fax  |           | 31.03.2028 | 3 | Sur décision expresse |
        | Wifi |           | 31.03.2028 | 3 | À clarifier |
        | Vieux|           | 31.03.2020 | 3 | Sur décision expresse | Arrêté
decisions | numero | date | outil | decision | statut | a_revoir_le | decide_par
        | D-2025-001 | 02.03.2025 | GED | Garder | Validée | 30.06.2027 | Exécutif
        | D-2025-002 | 02.03.2025 | Fax | Garder | Validée | 30.06.2028 | Organe délibérant
        | D-2026-003 | 02.09.2026 | Site | Changer | Proposée | |
"""


def composer(texte: str = COMMUNE, *, au: date = AU) -> Agenda:
    """L'agenda de la commune que décrit le texte."""
    return calendrier.composer(lier(texte, au=au))


def lire_ics(*agendas: Agenda, au: date = AU) -> vobject.base.Component:
    """Le calendrier, relu par vobject."""
    return vobject.readOne(calendrier.rendre(agendas, "ics", au).decode("utf-8"))


@pytest.mark.parametrize(
    ("jour", "titre", "prepare", "decide"),
    [
        ("2027-09-30", "GED : dernier jour pour résilier", "Boursière", "Conseil communal"),
        ("2026-12-31", "Site : dernier jour pour résilier", "Éloïse Guérin", "Conseil communal"),
        ("2026-10-31", "Tél : dernier jour pour résilier", "Éloïse Guérin", "Conseil communal"),
        ("2027-05-31", "Bus : fin du contrat, délai de résiliation pas inscrit",
         "Éloïse Guérin", "Conseil communal"),
        ("2028-03-31", "Fax : fin du contrat", "Éloïse Guérin", "Conseil communal"),
        ("2027-12-31", "Wifi : dernier jour pour résilier, si le contrat se reconduit",
         "Éloïse Guérin", "Conseil communal"),
        ("2027-06-30", "D-2025-001 (GED) : décision à revoir", "Boursière", "Conseil communal"),
        ("2028-06-30", "D-2025-002 (Fax) : décision à revoir",
         "Éloïse Guérin", "Organe délibérant"),
        ("2026-12-31", "D-2026-003 (Site) : décision proposée, dernier jour utile",
         "Éloïse Guérin", "Conseil communal"),
    ],
)  # fmt: skip
def test_ce_qui_echoit_dit_son_jour_et_pour_qui(
    jour: str, titre: str, prepare: str, decide: str
) -> None:
    vus = {e.titre: (str(e.jour), e.prepare, e.decide) for e in composer().evenements}
    assert vus[titre] == (jour, prepare, decide)


def test_rien_d_autre_n_echoit() -> None:
    """Autant d'événements que d'affaires datées ; un contrat échu d'un outil arrêté n'y est pas."""
    affaires = [a for a in recenser(lier(COMMUNE)) if a.dernier_jour]
    evenements = composer().evenements
    assert len(evenements) == len(affaires) == 9
    assert [e.jour for e in evenements] == sorted(a.dernier_jour for a in affaires)


@pytest.mark.parametrize(
    ("objet", "sinon"),
    [
        ("GED", "le contrat repart au-delà du 31.12.2027."),
        ("Tél", "Le dernier jour est passé : le contrat repart au-delà du 31.12.2026."),
        ("Bus", "inscrire le délai de résiliation."),
        ("Fax", "Sans décision expresse, le contrat prend fin le 31.03.2028."),
        ("Wifi", "Le classeur ne dit pas si le contrat repart"),
    ],
)
def test_ce_qui_arrive_sans_decision_se_dit(objet: str, sinon: str) -> None:
    (dit,) = (e.sinon for e in composer().evenements if e.objet == objet)
    assert sinon in dit


def test_un_contrat_dont_une_decision_traite_le_dit() -> None:
    vus = {e.objet: e.reponse for e in composer().evenements}
    assert vus["Site"] == "D-2026-003"
    assert vus["Wifi"] is None


def test_les_trois_formes_disent_les_memes_jours() -> None:
    agenda = composer()
    attendus = [(str(e.jour), e.titre) for e in agenda.evenements]
    donnees = json.loads(calendrier.rendre([agenda], "json", AU))
    dits = donnees["communes"][0]["echeances"]
    assert [(e["jour"], f"{e['objet']} : {e['quoi']}") for e in dits] == attendus
    lus = [
        (str(e.dtstart.value), e.summary.value.replace("\u202f", " "))
        for e in lire_ics(agenda).vevent_list
    ]
    assert lus == attendus
    texte = calendrier.rendre([agenda], "texte", AU).decode().replace("\u202f", " ")
    a_plat = " ".join(texte.split())
    for evenement in agenda.evenements:
        assert f"{evenement.jour:%d.%m.%Y} {evenement.titre}" in a_plat
    assert max(map(len, texte.split("\n"))) <= 80


def test_un_evenement_dure_un_jour_entier_et_n_invite_personne() -> None:
    lu = lire_ics(composer())
    assert lu.method.value == "PUBLISH"
    for evenement in lu.vevent_list:
        assert type(evenement.dtstart.value) is date
        assert evenement.dtend.value - evenement.dtstart.value == timedelta(days=1)
        assert "attendee" not in evenement.contents
        assert "organizer" not in evenement.contents


def test_un_identifiant_reste_et_son_numero_monte() -> None:
    """Une échéance déplacée garde son identifiant : le calendrier la déplace aussi."""
    avant = lire_ics(composer())
    deplacee = composer(COMMUNE.replace("31.12.2027 | 3", "31.12.2030 | 3"), au=date(2026, 11, 25))
    apres = lire_ics(deplacee, au=date(2026, 11, 25))
    un, autre = ({e.uid.value: e for e in lu.vevent_list} for lu in (avant, apres))
    assert un.keys() == autre.keys()
    assert len(un) == len(avant.vevent_list)
    for identifiant, evenement in un.items():
        suivant = autre[identifiant]
        assert int(evenement.sequence.value) < int(suivant.sequence.value)
        assert evenement.dtstamp.value < suivant.dtstamp.value
    (ged,) = (e for e in autre.values() if e.summary.value.startswith("GED"))
    assert ged.dtstart.value == date(2030, 9, 30)
    assert un[ged.uid.value].dtstart.value == date(2027, 9, 30)


def test_deux_lignes_du_meme_nom_ont_chacune_leur_identifiant() -> None:
    ligne = "        | GED  | Boursière | 31.12.2027 | 3 | Tacite |\n"
    evenements = composer(COMMUNE.replace(ligne, ligne * 2)).evenements
    assert len({e.identifiant for e in evenements}) == len(evenements) == 10


def test_un_rappel_ne_sonne_jamais_a_l_import() -> None:
    rappels = {}
    for evenement in lire_ics(composer()).vevent_list:
        alarmes = evenement.contents.get("valarm", [])
        avances = [alarme.trigger.value for alarme in alarmes]
        assert all(evenement.dtstart.value + avance >= AU for avance in avances)
        rappels[evenement.summary.value.replace("\u202f", " ")] = avances
    assert rappels["GED : dernier jour pour résilier"] == [timedelta(-150), timedelta(-14)]
    assert rappels["Site : dernier jour pour résilier"] == [timedelta(-14)]
    assert rappels["Tél : dernier jour pour résilier"] == []


def test_un_calendrier_de_plusieurs_communes_les_nomme() -> None:
    autre = composer(COMMUNE.replace("Orvagne", "Belcombe"))
    lu = lire_ics(composer(), autre)
    noms = {e.summary.value.split(" · ")[0] for e in lu.vevent_list}
    assert noms == {"Orvagne", "Belcombe"}
    identifiants = {e.uid.value for e in lu.vevent_list}
    assert len(identifiants) == len(lu.vevent_list) == 18


def test_une_commune_vide_n_a_pas_d_echeance_et_le_dit() -> None:
    agenda = composer("commune | commune\n | Orvagne")
    assert agenda.evenements == ()
    texte = calendrier.rendre([agenda], "texte", AU).decode()
    assert "0 échéance inscrite" in texte
    assert "3 affaires à décider n'ont pas de jour" in " ".join(texte.split())
    assert lire_ics(agenda).contents.get("vevent") is None


def test_memes_entrees_memes_octets() -> None:
    for forme in calendrier.FORMES:
        un, autre = (calendrier.rendre([composer()], forme, AU) for _ in range(2))
        assert un == autre


def test_un_secret_ne_sort_dans_aucune_forme() -> None:
    texte = COMMUNE.replace("| GED  |", "| GED mot de passe : Sesame2026 |")
    for forme in calendrier.FORMES:
        assert b"Sesame2026" not in calendrier.rendre([composer(texte)], forme, AU)


@settings(max_examples=combien(8, 25), deadline=None)
@given(communes())
def test_aucun_classeur_n_arrete_le_calendrier(texte: str) -> None:
    """Quoi que contienne un classeur, l'autre analyseur lit autant d'événements."""
    agenda = composer(texte)
    lus = lire_ics(agenda).contents.get("vevent", [])
    assert len(lus) == len(agenda.evenements)
    json.loads(calendrier.rendre([agenda], "json", AU))
    calendrier.rendre([agenda], "texte", AU)
