"""Les phrases du rapport : justes, sobres, et jamais plus que ce qui est inscrit."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.expositions import Faiblesse
from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.document import Document, Tableau
from pilotage_xlsx.rapport.mots import dont
from pilotage_xlsx.socle.typographie import plages
from tests.rapport.communes import VALMARIN, chargee, rapporter


def _titres(document: Document) -> list[str]:
    return [section.cle for section in document.annexe]


def _phrases(document: Document, cle: str) -> str:
    return " ".join(next(s.phrases for s in document.annexe if s.cle == cle))


@pytest.mark.parametrize(
    ("executif", "debut"),
    [
        ("Municipalité", "« La Municipalité prend acte"),
        ("Conseil communal", "« Le Conseil communal prend acte"),
        ("", "« L'exécutif prend acte"),
    ],
)
def test_la_phrase_du_pv_dit_le_mot_de_la_commune(executif: str, debut: str) -> None:
    document = composer(rapporter(f"commune | executif_nom\n | {executif}"))
    assert document.premiere.pv.startswith(debut)


def test_le_proces_verbal_a_une_phrase_par_point_et_ne_revele_aucune_faiblesse() -> None:
    """Il se publie : ce qui expose la commune n'y est ni en page une, ni en annexe."""
    document = composer(rapporter(VALMARIN))
    votes = document.premiere.votes
    assert f"se prononce sur ses {len(votes)} points à décider. »" in document.premiere.pv
    (section,) = [section for section in document.annexe if section.cle == "pv"]
    (tableau,) = section.blocs
    assert isinstance(tableau, Tableau)
    phrases = [str(ligne[2]) for ligne in tableau.lignes]
    assert phrases == [vote.pv for vote in votes] == list(dict.fromkeys(phrases))
    exposes = [v for v in votes if v.objet.lower() in {f.value for f in Faiblesse}]
    assert len(exposes) == 2
    for vote in exposes:
        assert f"point {vote.rang} du rapport interne" in vote.pv
        assert not [mot for mot in ("Comptabilité", "sauvegard", "accès", "Beta") if mot in vote.pv]


def test_les_erreurs_du_classeur_se_disent_en_tete() -> None:
    assert composer(rapporter(erreurs=0)).premiere.alerte is None
    alerte = composer(rapporter(erreurs=3)).premiere.alerte
    assert alerte == "Le classeur contient encore 3 erreurs : les chiffres peuvent changer."


def test_seuls_les_points_a_decider_debordent() -> None:
    page = composer(rapporter(chargee(points=7, incidents=6))).premiere
    assert page.votes == (*page.debut, *page.suite)
    assert len(page.debut) < len(page.votes)
    assert len(page.annonce) > 0
    tus = [vote for vote in page.suite if vote not in page.annonce]
    assert page.renvoi == (
        f"À la page suivante aussi : {' ; '.join(f'{v.rang}. {v.nom}' for v in tus)}."
    ).replace("….", "…")
    assert (len(page.nouvelles), page.nouvelles_sinon.reste) == (3, "3 autres incidents en annexe.")


def test_en_bref_un_point_dit_ce_qui_arrive_sinon_son_prix_et_son_jour() -> None:
    votes = composer(
        rapporter(
            """
            commune   | executif_nom | note_adoptee_le | referent_nom | suppleant_nom
                      | Municipalité | 01.02.2026      | Anne Rochat  | Luc Favre
            outils    | nom    | echeance   | renouvellement | delai_resiliation | statut
                      | GED    | 31.12.2026 | Tacite         | 1                 |
                      | Copies | 31.12.2026 | Tacite         | 3                 |
                      | Chat   |            |                |                   | En projet
                      | Site   |            |                |                   | À remplacer
            decisions | numero | statut   | outil | a_revoir_le | motif              | cout
                      | D-1    | Proposée | Wifi  |             | Le wifi tombe tôt. | 800
                      | D-2    | Validée  | Wifi  | 01.10.2026  |                    |
            """
        )
    ).premiere.votes
    assert {(vote.objet, vote.bref, *vote.prix_bref) for vote in votes} == {
        (
            "GED",
            "Sans décision d'ici au 30.11.2026, il est reconduit le 31.12.2026. "
            "Durée pas inscrite.",
            "Aujourd'hui : inconnu",
            "Jusqu'au 30.11.2026",
        ),
        (
            "Copies",
            "Reconduit jusqu'au 31.12.2027, si c'est d'un an (durée pas inscrite).",
            "Aujourd'hui : inconnu",
            "Jour passé : 30.09.2026",
        ),
        ("Chat", "Sinon, l'outil reste en projet, sans décision qui le porte.", "Un oui : inconnu"),
        (
            "Site",
            "Sinon, cet outil que nous voulons remplacer reste en service.",
            "Un oui : inconnu",
        ),
        (
            "Wifi",
            "Sinon, rien ne change.",
            "Un oui : 800.– une\N{NO-BREAK SPACE}fois",
        ),
        (
            "Wifi",
            "Sinon, elle vaut encore : le jour fixé pour la revoir était le 01.10.2026.",
            "Jour passé : 01.10.2026",
        ),
    }


def test_une_proposition_ne_se_coupe_jamais() -> None:
    longue = "Rejoindre le groupement intercommunal d'hébergement " * 100
    document = composer(
        rapporter(f"decisions | numero | statut | proposition\n | D-1 | Proposée | {longue}")
    )
    (vote,) = [v for v in document.premiere.votes if v.objet == "D-1"]
    assert vote.question == f"{longue.strip()} ?"


def test_rien_d_inscrit_n_est_pas_rien() -> None:
    document = composer(rapporter())
    assert "Aucun incident inscrit en 2026" in document.premiere.nouvelles_sinon.rien
    assert _phrases(document, "incidents") == "Aucun incident inscrit en 2026."
    assert _phrases(document, "completude").startswith(
        "Lignes complètes sur lignes en vigueur : sans objet."
    )


def test_une_section_qui_ne_montre_rien_disparait() -> None:
    assert not {"points", "dependance", "maitrise", "ecarts"} & set(_titres(composer(rapporter())))


def test_aucun_pour_cent_nulle_part() -> None:
    assert "%" not in str(composer(rapporter(chargee())))


def test_une_valeur_confidentielle_est_masquee() -> None:
    document = composer(
        rapporter(
            "incidents | numero | constate_le | service_touche | description\n"
            "          | I-1 | 01.02.2026 | Oui | Dossier 756.1234.5678.97, mdp : Soleil2026!"
        )
    )
    assert "1234.5678" not in str(document.premiere)
    assert "Soleil2026" not in str(document)


def test_les_suites_de_lignes_s_abregent() -> None:
    assert plages([3, 4, 6, 7, 8, 9, 12]) == "3, 4, 6 à 9, 12"


@pytest.mark.parametrize(
    ("combien", "phrase"),
    [(0, "aucune durable"), (1, "dont 1 durable"), (2, "dont 2 durables")],
)
def test_une_part_s_accorde(combien: int, phrase: str) -> None:
    assert dont(combien, "aucune durable", "durable") == phrase


def test_les_orientations_finissent_par_un_point() -> None:
    def derniere(orientations: str) -> str:
        rapport = rapporter(f"commune | orientations | annee\n | {orientations} | 2026")
        note = next(s for s in composer(rapport).annexe if s.cle == "note")
        return note.phrases[-1]

    assert derniere("Partager") == "Orientations générales : Partager."
    assert derniere("Partager !") == "Orientations générales : Partager !"
    assert derniere("") == "Orientations générales : aucune inscrite."


def test_le_mot_de_la_commune_pour_son_executif_partout() -> None:
    document = composer(
        rapporter(
            """
            commune   | executif_nom   | annee
                      | Conseil communal | 2026
            decisions | numero | date | portee | statut
                      | D-1 | 01.02.2026 | Durable ou significative | Validée
            """
        )
    )
    assert "séance du Conseil communal : 0 sur 1." in _phrases(document, "decisions")


def test_une_part_de_rien_ne_se_dit_pas() -> None:
    textes = str(composer(rapporter()))
    assert "0 sur 0" not in textes


def test_chaque_section_a_sa_feuille() -> None:
    feuilles = [s.feuille for s in composer(rapporter(chargee(), precedent=VALMARIN)).annexe]
    assert len(feuilles) == len(set(feuilles))
    assert all(len(feuille) <= 31 for feuille in feuilles)


def test_une_page_trop_pleine_dit_l_adoption_puis_les_points_dont_le_jour_vient() -> None:
    """Les points y restent dans leur ordre ; les autres se nomment."""
    longue = "Rejoindre le groupement intercommunal d'hébergement des données " * 5
    propositions = "\n".join(
        f"          | D-{n} | Proposée | Outil {n} | {longue}" for n in range(12)
    )
    page = composer(
        rapporter(
            f"""
commune   | executif_nom | referent_nom | suppleant_nom
          | Municipalité | Anne Rochat  | Luc Favre
outils    | nom    | criticite  | echeance   | renouvellement | delai_resiliation
          | Copies | Accessoire | 31.01.2027 | Tacite         | 1
decisions | numero | statut | outil | decision
{propositions}
            """
        )
    ).premiere
    contrat = next(vote.rang for vote in page.votes if vote.objet == "Copies")
    assert page.en_tete == 0
    assert page.urgents[:2] == (1, contrat)
    assert {1, contrat} <= {vote.rang for vote in page.annonce}
    assert [vote.rang for vote in page.annonce] == sorted(vote.rang for vote in page.annonce)
    assert page.renvoi is not None
    assert f"{contrat}. Copies" not in page.renvoi
