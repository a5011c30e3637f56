"""Dix situations et plus, en tables : ce que la première page doit porter, et ne doit pas.

Le jour est le 24.11.2026, sauf mention. On lit la forme texte : ce que l'exécutif a sous les yeux.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.rendus import texte
from tests.rapport.communes import rapporter
from tests.tableaux import AU


class Situation(NamedTuple):
    """Une commune, et ce que sa première page dit et tait."""

    titre: str
    table: str
    dit: tuple[str, ...]
    tait: tuple[str, ...] = ()
    avant: str | None = None
    au: date = AU
    seance: date | None = None
    annee: int = 2026


_COMMUNE = """
commune | executif_nom | note_adoptee_le | referent_nom | suppleant_nom | annee
        | Municipalité | 01.02.2026      | Anne Rochat  | Luc Favre     | 2026
"""
_SEPT = "\n".join(
    f"       | Outil {lettre} | Indispensable | Alpha SA | Aucune | Prestataire seul"
    for lettre in "ABCDEFG"
)
SITUATIONS = (
    Situation(
        "sept indispensables sans sauvegarde, tenus par le seul prestataire",
        f"""{_COMMUNE}
outils | nom | criticite | prestataire | sauvegarde | acces_administrateur | cout_annuel | echeance | renouvellement
{_SEPT}
       | Décor | Accessoire | Alpha SA | | | 100 | 31.12.2026 | Tacite
prestataires | nom
       | Alpha SA
        """,  # noqa: E501
        (
            "1. Aucune sauvegarde : Faire sauvegarder Outil A, Outil B, Outil C, Outil D, Outil E,",
            "2. Accès administrateur au prestataire seul : Demander à Alpha SA",
            "3. Décor",
            "- Le plus grave : aucune sauvegarde pour Outil A, Outil B,",
            "Outil G (7 outils, point 1).",
            "Aujourd'hui : 100.– par an · Dernier jour : 31.12.2026",
            "Le plus urgent, jusqu'au 31.12.2026 : point 3, Décor "
            "(sinon, le contrat sera reconduit) ; sans jour inscrit : points 1, 2.",
            "Coût inconnu : points 1, 2.",
            "7 sans sauvegarde",
            "7 au prestataire seul",
        ),
        ("sans essai inscrit", "sans réponse", "Aucun point"),
    ),
    Situation(
        "contrat d'un indispensable qui finit dans trente jours, sur décision expresse",
        f"""{_COMMUNE}
outils | nom | criticite     | prestataire | echeance   | renouvellement        | cout_annuel
       | GED | Indispensable | Alpha SA    | 24.12.2026 | Sur décision expresse | 4800
        """,
        (
            "1. GED : Que faire du contrat avec Alpha SA, qui court jusqu'au 24.12.2026",
            "Le plus urgent, jusqu'au 24.12.2026 : point 1, GED (sinon, le contrat prend fin).",
            "il prend fin le 24.12.2026",
            "Aujourd'hui : 4'800.– par an · Dernier jour : 24.12.2026",
            "[ ] renouveler [ ] renégocier [ ] laisser finir [ ] reporté",
        ),
    ),
    Situation(
        "ni note adoptée, ni référent, ni suppléant",
        "commune | executif_nom | annee\n | Municipalité | 2026",
        (
            "1. Note de pilotage numérique : Adopter la note de pilotage numérique ?",
            "la note n'est pas en vigueur",
            "2. Référent numérique communal",
            "3. Suppléant du référent",
            "[ ] désigner : ____",
        ),
        ("Aucun point à décider",),
    ),
    Situation(
        "proposition de résilier, le dernier jour passé",
        f"""{_COMMUNE}
outils    | nom  | criticite | echeance   | delai_resiliation | renouvellement
          | Site | Important | 31.03.2027 | 3                 | Tacite
decisions | numero     | date       | outil | decision             | statut   | cout
          | D-2026-005 | 12.10.2026 | Site  | Résilier le contrat. | Proposée | 900
        """,
        (
            "1. Site : Résilier le contrat ?",
            "Le dernier jour était le 31.12.2026 ; reconduit jusqu'au 31.03.2028, si c'est d'un an "
            "(durée pas inscrite).",
            "Coût d'un oui : 900.– une fois · Dernier jour : 31.12.2026 (passé)",
        ),
        ("Dernier jour : –",),
        au=date(2027, 1, 4),
    ),
    Situation(
        "un changement fait sur une simple proposition",
        f"""{_COMMUNE}
prestataires | nom\n | Alpha SA\n | Beta SA
outils    | nom  | prestataire
          | Site | Beta SA
decisions | numero     | date       | outil | decision           | statut
          | D-2026-007 | 03.03.2026 | Site  | Passer à Beta SA   | Proposée
        """,
        (
            "Fait avant la décision.",
            "Changements durables depuis 2025 : 1 avant la décision (Site).",
        ),
        ("sans décision (Site)",),
        avant="""
commune | commune | annee\n | valmarin | 2025
prestataires | nom\n | Alpha SA\n | Beta SA
outils    | nom  | prestataire
          | Site | Alpha SA
        """,
    ),
    Situation(
        "une proposition mise en œuvre avant d'être votée, sans classeur de l'an passé",
        f"""{_COMMUNE}
decisions | numero | date       | outil | decision | statut   | mise_en_oeuvre_le
          | D-1    | 03.03.2026 | Site  | Changer  | Proposée | 01.06.2026
          | D-2    | 03.03.2026 | Chat  | Ouvrir   | Proposée | 01.06.2027
        """,
        ("1. Site : Changer ? Fait avant la décision, le 01.06.2026.", "2. Chat : Ouvrir ? Sinon"),
    ),
    Situation(
        "les votes de l'an passé : faits, en cours, en retard",
        f"""{_COMMUNE}
decisions | numero | date       | outil | decision  | statut  | mise_en_oeuvre_le | a_revoir_le
          | D-1    | 12.03.2025 | GED   | Acheter   | Validée | 01.06.2025        |
          | D-2    | 12.03.2025 | Site  | Refaire   | Validée |                   |
          | D-3    | 12.06.2026 | Chat  | Ouvrir    | Validée |                   |
          | D-4    | 12.06.2020 | Wifi  | Étendre   | Validée | 01.01.2021        | 01.10.2026
          | D-5    | 12.06.2020 | Vieux | Arrêter   | Validée | 01.01.2021        |
          | D-6    | 12.06.2026 | Drone | Acheter   | Refusée |                   |
        """,
        (
            "2 en retard : Site : Refaire (votée le 12.03.2025, pas mise en œuvre), "
            "Wifi : Étendre (à revoir depuis le 01.10.2026)",
            "1 en cours : Chat : Ouvrir (votée le 12.06.2026)",
            "1 faite : GED (le 01.06.2025)",
        ),
        ("Vieux", "Drone"),
    ),
    Situation(
        "une révision échue, et sa date",
        f"""{_COMMUNE}
decisions | numero | date       | outil | decision       | motif   | risques | statut  | a_revoir_le
          | D-1    | 12.03.2024 | GED   | Garder la GED. | Le prix | Le bail | Validée | 01.05.2026
        """,
        (
            "1. GED : Que faire de la décision D-1 (« Garder la GED ») ?",
            "le jour fixé pour la revoir était le 01.05.2026",
            "Motif : Le prix. Risques : Le bail.",
            "[ ] confirmée [ ] modifiée [ ] abandonnée [ ] reporté",
        ),
    ),
    Situation(
        "l'organe délibérant décide, et la somme des propositions",
        f"""{_COMMUNE}
decisions | numero | outil     | decision                | statut   | decide_par        | cout
          | D-1    | Compteurs | Remplacer les compteurs | Proposée | Organe délibérant | 61200
          | D-2    | Chat      | S'abonner pour 1200/an  | Proposée |                   | 1200
          | D-3    | Wifi      | Étendre le wifi         | Proposée |                   |
        """,
        (
            "Décide : organe délibérant, sur préavis de la Municipalité",
            "Décide : la Municipalité",
            "Coût d'un oui : 61'200.– une fois",
            "Coût d'un oui : 1'200.– par an",
            "61'200.– une fois et 1'200.– par an. Coût inconnu, non compris : point 3.",
        ),
    ),
    Situation(
        "captif, sans repli, données à l'étranger par un autre prestataire",
        f"""{_COMMUNE}
prestataires | nom | siege\n | Alpha SA | Suisse\n | Beta Inc | États-Unis
outils | nom  | criticite     | prestataire | autre_prestataire | donnees_personnelles | remplacement   | recuperation | repli
       | GED  | Indispensable | Alpha SA    | Beta Inc          | Sensibles            | Très difficile | Non prévue   | aucun
        """,  # noqa: E501
        (
            "Données pas récupérables : Demander par écrit à Alpha SA comment récupérer nos",
            "Aucun mode de repli : Fixer comment servir la population sans GED ?",
            "- Le plus grave : données pas récupérables pour GED (point 1) ; aucun mode de repli "
            "pour GED (point 2).",
            "- Données sensibles chez un prestataire étranger pour GED (par Beta Inc).",
        ),
    ),
    Situation(
        "effets à déterminer, incident sans suite",
        f"""{_COMMUNE}
incidents | numero | constate_le | nature | outil | service_touche | donnees_touchees | statut | executif_informe_le | referent_informe_le
          | I-1    | 01.09.2026  | Panne  | GED   | Oui            | Non              | Ouvert | 20.09.2026          | 04.09.2026
          | I-2    | 01.10.2026  | Panne  | Site  | À déterminer   | Non              | Clos   |                     | 01.10.2026
          | I-3    | 02.10.2026  | Panne  | Chat  | Oui            | Non              | Clos   |                     |
        """,  # noqa: E501
        (
            "3 incidents inscrits en 2026 : 2 ont touché un service ou des données, "
            "1 à l'effet à déterminer, 1 encore ouvert.",
            "Informés : référent après 3 jours (tard), Municipalité après 19 jours (tard).",
            "Informés : référent (manque), Municipalité (manque).",
        ),
    ),
    Situation(
        "la séance juge ce qui échoit, et l'auteur se nomme",
        f"""{_COMMUNE}
outils | nom | criticite | echeance   | delai_resiliation | renouvellement
       | GED | Important | 31.03.2027 | 3                 | Tacite
        """,
        (
            "pour la séance du 11.01.2027 · préparé par Anne Rochat",
            "état au 24.11.2026",
            "Le dernier jour était le 31.12.2026",
            "« La Municipalité, en séance du 11.01.2027, prend acte",
        ),
        ("[ ] résilier [ ]",),
        seance=date(2027, 1, 11),
    ),
    Situation(
        "les chiffres d'une année passée s'arrêtent à son 31 décembre",
        f"{_COMMUNE}outils | nom | criticite\n | GED | Indispensable",
        ("état au 31.12.2025", "1 (sur 1 outil en service"),
        annee=2025,
    ),
    Situation(
        "ce qui est répondu ou lointain ne se décide pas",
        f"""{_COMMUNE}
outils    | nom  | criticite     | sauvegarde          | acces_administrateur | repli  | echeance   | renouvellement | delai_resiliation
          | GED  | Indispensable | Restauration testée | Commune              | Papier | 31.12.2029 | Tacite         | 3
          | Site | Important     | Aucune              | Prestataire seul     | aucun  | 31.03.2027 | Tacite         | 3
decisions | numero | date       | outil | decision | statut  | mise_en_oeuvre_le
          | D-1    | 01.10.2026 | Site  | Garder   | Validée | 01.11.2026
        """,  # noqa: E501
        ("Aucun point à décider inscrit.", "Aucune exposition inscrite"),
        ("[ ]",),
    ),
    Situation(
        "ce qui expose, du pire au moindre, et les points qui en répondent",
        f"""{_COMMUNE}
prestataires | nom | siege\n | Alpha SA | Suisse
outils | nom     | criticite     | prestataire | sauvegarde                    | acces_administrateur | donnees_personnelles | lieu_donnees
       | GED     | Indispensable | Alpha SA    | Par le prestataire, sans preuve | Commune            | Aucune               |
       | Salaire | Indispensable | Alpha SA    | Restauration testée           | Prestataire seul     | Aucune               |
       | Compta  | Indispensable | Alpha SA    | Restauration testée           | Commune              | Aucune               |
       | Cloud   | Accessoire    | Alpha SA    |                               |                      | Ordinaires           | Autre pays
        """,  # noqa: E501
        (
            "- Le plus grave : accès administrateur au prestataire seul pour Salaire (point 1). "
            "- Données personnelles hors de Suisse pour Cloud. "
            "- Sauvegarde pas prouvée pour GED. "
            "- Dépendance à Alpha SA pour GED, Salaire, Compta (3 outils).",
        ),
    ),
    Situation(
        "le contrat reconduit pour trois ans, et ce qui coûte une fois ou chaque année",
        f"""{_COMMUNE}
outils    | nom    | criticite | echeance   | delai_resiliation | renouvellement | reconduction | cout_annuel
          | Site   | Important | 31.03.2027 | 3                 | Tacite         | 36           | 500
          | Copies | Important | 31.12.2026 | 3                 | Tacite         | 36           | 700
decisions | numero | date       | outil | decision           | motif     | statut   | cout | cout_frequence
          | D-1    | 03.03.2026 | Wifi  | Étendre le wifi    | La salle  | Proposée | 1200 | Chaque année
          | D-2    | 03.03.2026 | Chat  | Payer 200 par an ? |           | Proposée | 90   | Une fois
        """,  # noqa: E501
        (
            "d'ici au 31.12.2026, il est reconduit le 31.03.2027, jusqu'au 31.03.2030.",
            "Le dernier jour était le 30.09.2026 ; reconduit jusqu'au 31.12.2029.",
            "Étendre le wifi ? Sinon, rien ne change ; la proposition attend depuis le 03.03.2026.",
            "Motif : La salle.",
            "Coût d'un oui : 1'200.– par an [ ] accepté",
            "Payer 200 par an ? Sinon, rien ne change ; la proposition attend depuis",
            "Coût d'un oui : 90.– une fois [ ] accepté",
            "Propositions toutes acceptées : 90.– une fois et 1'200.– par an.",
            "Les autres outils en cause coûtent aujourd'hui 1'200.– par an.",
        ),
        ("si c'est d'un an",),
    ),
    Situation(
        "un délai plus long que la reconduction : le prochain jour n'est pas déjà passé",
        f"""{_COMMUNE}
outils    | nom  | criticite | echeance   | renouvellement | delai_resiliation | reconduction
          | Wifi | Important | 31.12.2026 | Tacite         | 3                 | 1
        """,
        (
            "Le dernier jour était le 30.09.2026 ; reconduit jusqu'au 31.01.2027.",
            "Le prochain dernier jour est le 28.11.2026.",
        ),
        ("Le prochain dernier jour est le 31.10.2026",),
    ),
    Situation(
        "une réponse qui manque ne rassure pas",
        f"""{_COMMUNE}
outils    | nom  | criticite     | sauvegarde          | acces_administrateur | repli
          | GED  | Indispensable |                     |                      |
          | Site | Indispensable | Restauration testée | Commune              | Papier
        """,
        ("Aucune exposition inscrite, mais des réponses manquent encore pour GED.",),
        ("accès perdu",),
    ),
    Situation(
        "une proposition ne promet pas de lever ce qui expose son outil",
        f"""{_COMMUNE}
outils    | nom | criticite     | sauvegarde
          | GED | Indispensable | Aucune
decisions | numero | outil | decision       | motif   | statut   | decide_par
          | D-1    | GED   | Changer la GED | Le prix | Proposée | Organe délibérant
        """,
        (
            "Sinon, rien ne change ; la proposition attend encore.",
            "Motif : Le prix.",
            "Aucune sauvegarde : Faire sauvegarder GED ?",
            "Décide : organe délibérant, sur préavis de la Municipalité.",
        ),
    ),
    Situation(
        "l'organe délibérant a son mot dans la commune",
        """
commune   | executif_nom     | deliberant_nom     | note_adoptee_le | referent_nom | suppleant_nom
          | Conseil communal | l'Assemblée primaire | 01.02.2026    | Anne Rochat  | Luc Favre
decisions | numero | outil | decision       | statut   | decide_par
          | D-1    | GED   | Changer la GED | Proposée | Assemblée primaire
        """,
        ("Décide : Assemblée primaire, sur préavis du Conseil communal.",),
        ("organe délibérant",),
    ),
)


def _page(situation: Situation) -> str:
    rapport = rapporter(
        situation.table,
        precedent=situation.avant,
        au=situation.au,
        seance=situation.seance,
        annee=situation.annee,
    )
    lue = texte.rendre(composer(rapport)).decode()
    return " ".join(lue.replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.titre)
def test_la_premiere_page_dit_ce_qu_il_faut_et_rien_de_faux(situation: Situation) -> None:
    page = _page(situation)
    for phrase in situation.dit:
        assert phrase in page
    for phrase in situation.tait:
        assert phrase not in page
