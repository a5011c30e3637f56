"""Les cas des règles INC. Le contrôle se fait le 24.11.2026."""

from __future__ import annotations

from tests.verification.cas import Cas

CAS = (
    Cas(
        "INC-001",
        """
        incidents | numero | constate_le | service_touche | statut | executif_informe_le
                  | I-1    | 17.11.2026  | Oui            | Ouvert |
                  | I-2    | 01.03.2026  | Non            | Ouvert |
                  | I-3    | 01.03.2026  | Oui            | Ouvert | 02.03.2026
        """,
        """
        incidents | numero | constate_le | service_touche | donnees_touchees | statut
                  | I-1    | 16.11.2026  | Oui            | Non              | Ouvert
                  | I-2    | 20.11.2026  | Non            | Oui              | Clos
        """,
        ("incidents.executif_informe_le 6", "incidents.executif_informe_le 7"),
    ),
    Cas(
        "INC-002",
        """
        incidents | numero | constate_le | service_touche | executif_informe_le | statut
                  | I-1    | 01.03.2026  | Oui            | 08.03.2026          | Ouvert
                  | I-2    | 01.03.2026  | Non            | 30.03.2026          | Ouvert
                  | I-3    | 01.03.2024  | Oui            | 09.03.2024          | Clos
                  | I-4    | 01.03.2024  | Oui            | 09.03.2024          |
        """,
        """
        incidents | numero | constate_le | service_touche | executif_informe_le | statut
                  | I-1    | 01.03.2026  | Oui            | 09.03.2026          | Ouvert
        """,
        ("incidents.executif_informe_le 6",),
    ),
    Cas(
        "INC-003",
        """
        incidents | numero | constate_le      | referent_informe_le | statut
                  | I-1    | 01.03.2026 08:00 | 02.03.2026 08:00    | Ouvert
                  | I-2    | 01.03.2026 08:00 | 02.03.2026          | Ouvert
        """,
        """
        incidents | numero | constate_le      | referent_informe_le | statut
                  | I-1    | 01.03.2026 08:00 | 02.03.2026 08:01    | Ouvert
                  | I-2    | 01.03.2026       | 03.03.2026          | Ouvert
        """,
        ("incidents.referent_informe_le 6", "incidents.referent_informe_le 7"),
    ),
    Cas(
        "INC-004",
        """
        incidents | numero | constate_le | statut | service_touche
                  | I-1    | 01.03.2026  | Clos   | Non
                  | I-2    | 01.03.2026  | Ouvert | À déterminer
        """,
        """
        incidents | numero | constate_le | statut | service_touche
                  | I-1    | 01.03.2026  | Clos   | À déterminer
        """,
        ("incidents.service_touche 6",),
    ),
    Cas(
        "INC-005",
        """
        incidents | numero | constate_le | statut | donnees_touchees
                  | I-1    | 17.11.2026  | Ouvert | À déterminer
        """,
        """
        incidents | numero | constate_le | statut | donnees_touchees
                  | I-1    | 16.11.2026  | Ouvert | À déterminer
        """,
        ("incidents.donnees_touchees 6",),
    ),
    Cas(
        "INC-006",
        """
        incidents | numero | constate_le      | nature       | annonce_ofcs
                  | I-1    | 23.11.2026       | Cyberattaque | À évaluer
                  | I-2    | 23.11.2026 08:00 | Cyberattaque | À évaluer
                  | I-3    | 01.03.2026       | Cyberattaque | Non requise
                  | I-4    | 01.03.2026       | Panne        | À évaluer
        """,
        """
        incidents | numero | constate_le      | nature        | annonce_ofcs
                  | I-1    | 22.11.2026       | Compte piraté | À évaluer
                  | I-2    | 22.11.2026 23:00 | Cyberattaque  | À évaluer
        """,
        ("incidents.annonce_ofcs 6", "incidents.annonce_ofcs 7"),
    ),
    Cas(
        "INC-007",
        """
        incidents | numero | constate_le | nature | ofcs_le | service_touche | donnees_touchees
                  | I-1 | 01.03.2026 08:00 | Cyberattaque | 02.03.2026 07:00 | Oui | Oui
                  | I-2 | 01.03.2026       | Panne        | 09.03.2026       | Oui | Oui
                  | I-3 | 01.03.2026       | Cyberattaque | 09.03.2026       | Non | Non
        """,
        """
        incidents | numero | constate_le      | nature       | ofcs_le          | statut
                  | I-1    | 01.03.2026 08:00 | Cyberattaque | 02.03.2026 09:00 | Ouvert
        """,
        ("incidents.ofcs_le 6",),
    ),
    Cas(
        "INC-008",
        """
        incidents | numero | constate_le | statut
                  | I-1    | 25.10.2026  | En cours
                  | I-2    | 01.03.2026  | Clos
        """,
        """
        incidents | numero | constate_le | statut
                  | I-1    | 24.10.2026  | En cours
        """,
        ("incidents.statut 6",),
    ),
    Cas(
        "INC-009",
        """
        outils    | nom
                  | GED
                  | Eau
        incidents | numero | constate_le | outil     | suite
                  | I-1    | 01.03.2026  | GED       | D-1
                  | I-2    | 01.04.2026  | GED ; Eau |
                  | I-3    | 01.05.2026  | GED ; Eau |
                  | I-4    | 01.06.2026  | Eau       |
        decisions | numero | outil       | statut   | suite_de
                  | D-1    | Autre chose | Validée  |
                  | D-2    | Autre chose | Proposée | I-4
        """,
        """
        outils    | nom
                  | GED
                  | Eau
        incidents | numero | constate_le | outil
                  | I-1    | 01.03.2026  | GED
                  | I-2    | 01.04.2026  | GED ; Eau
                  | I-3    | 01.05.2026  | GED
                  | I-4    | 01.05.2024  | Eau
                  | I-5    | 01.06.2026  | Eau
        """,
        ("incidents.outil 8",),
    ),
    Cas(
        "INC-010",
        """
        incidents | numero | constate_le      | statut
                  | I-1    | 24.11.2026 23:00 | Ouvert
        """,
        """
        incidents | numero | constate_le | clos_le
                  | I-1    | 25.11.2026  | 26.11.2026
        """,
        ("incidents.constate_le 6", "incidents.clos_le 6"),
    ),
    Cas(
        "INC-011",
        """
        incidents | numero | constate_le      | clos_le
                  | I-1    | 02.03.2026 18:00 | 02.03.2026
        """,
        """
        incidents | numero | constate_le | clos_le
                  | I-1    | 02.03.2026  | 01.03.2026
        """,
        ("incidents.clos_le 6",),
    ),
    Cas(
        "INC-012",
        """
        incidents | numero | constate_le      | referent_informe_le | prestataire_contacte_le
                  | I-1    | 02.03.2026 18:00 | 02.03.2026          |
                  | I-2    | 02.03.2026 10:00 | 02.03.2026 08:30    | 02.03.2026 08:00
                  | I-3    | 02.03.2026       | 01.03.2026          | 01.03.2026
        """,
        """
        incidents
    | numero | constate_le | referent_informe_le | prestataire_contacte_le | ofcs_le | annonce_ofcs
        | I-1 | 02.03.2026 18:00 | 02.03.2026 17:00 |                  |            |
        | I-2 | 02.03.2026       |                  |                  | 01.03.2026 | Faite
        | I-3 | 02.03.2026 10:00 | 02.03.2026 07:00 | 02.03.2026 08:00 |            |
        | I-4 | 02.03.2026       |                  | 27.02.2026       |            |
        """,
        (
            "incidents.referent_informe_le 6",
            "incidents.ofcs_le 7",
            "incidents.referent_informe_le 8",
            "incidents.prestataire_contacte_le 9",
        ),
    ),
    Cas(
        "INC-013",
        """
        commune   | annee
                  | 2026
        incidents | numero | constate_le | nature             | executif_informe_le | service_touche
                  | I-1    | 02.03.2026  | Fraude au paiement | 03.03.2026          | Non
                  | I-2    | 02.03.2026  | Fraude au paiement |                     | Oui
                  | I-3    | 02.03.2026  | Hameçonnage        |                     | Non
        """,
        """
        incidents | numero | constate_le | nature             | service_touche | statut
                  | I-1    | 02.03.2026  | Fraude au paiement | Non            | Ouvert
        """,
        ("incidents.executif_informe_le 6",),
    ),
    Cas(
        "INC-014",
        """
        incidents | numero | constate_le | ofcs_le          | ofcs_complete_le | statut
                  | I-1    | 02.03.2026  | 02.03.2026 10:00 | 16.03.2026       | Ouvert
                  | I-2    | 02.03.2026  | 02.03.2026       |                  | Ouvert
        """,
        """
        incidents | numero | constate_le | ofcs_le    | ofcs_complete_le | statut
                  | I-1    | 02.03.2026  | 02.03.2026 | 17.03.2026       | Ouvert
        """,
        ("incidents.ofcs_complete_le 6",),
    ),
    Cas(
        "INC-015",
        """
        incidents | numero | donnees_personnelles | motif_non_annonce | autorite_annonce_le
                  | I-1    | Oui                  | Risque faible     |
                  | I-2    | Oui                  |                   | 02.03.2026
                  | I-3    | Non                  |                   |
                  | I-4    | À déterminer         |                   |
        """,
        """
        incidents | numero | donnees_personnelles
                  | I-1    | Oui
        """,
        ("incidents.motif_non_annonce 6",),
    ),
    Cas(
        "INC-016",
        """
        commune   | annee
                  | 2026
        incidents
        | numero | constate_le | donnees_personnelles | autorite_annonce_le | remarques
        | I-1    | 01.03.2026  | Oui                  | 02.03.2026          | Pas nécessaire
        | I-2    | 01.03.2026  | Non                  | 02.03.2026          |
        | I-3    | 01.03.2026  | Oui                  |                     |
        """,
        """
        incidents | numero | donnees_personnelles | autorite_annonce_le | statut
                  | I-1    | Oui                  | 02.03.2026          | Ouvert
        """,
        ("incidents.personnes_informees_le 6",),
    ),
)
