"""Des communes de papier pour les essais du rapport, comptées à la main."""

from __future__ import annotations

from datetime import date

from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import Rapport, calculer
from tests.tableaux import AU, modele, registre

VALMARIN = """
commune | commune | canton | executif_nom | executif_courriel | referent_nom | annee
        | Valmarin | VD | Municipalité | greffe@valmarin.example | Anne Rochat | 2026
prestataires | nom | siege | contrat
        | Alpha SA | Suisse | Signé
        | Beta Sàrl | États-Unis | Aucun
outils  | nom | criticite | prestataire | sauvegarde | acces_administrateur | cout_annuel | statut
        | Habitants | Indispensable | Alpha SA | Restauration testée | Commune | 12000 |
        | Comptabilité | Indispensable | Beta Sàrl | Aucune | Prestataire seul | 8000.50 |
        | Messagerie | Indispensable | Alpha SA | À clarifier | Commune et prestataire | |
        | GED | Important | Beta Sàrl | À clarifier | À clarifier | 3600 |
        | Site | Accessoire | Beta Sàrl | | | | À remplacer
        | Vieux | Indispensable | Beta Sàrl | À clarifier | Commune | 999 | Arrêté
        | Projet | Indispensable | Alpha SA | Aucune | Commune | 50 | En projet
decisions | numero | date | outil | decision | statut | portee | cout | proposition
        | D-2026-001 | 02.03.2026 | Messagerie | Changer | Proposée | Courante | 1450 | rejoindre
incidents | numero | constate_le | nature | outil | service_touche | referent_informe_le | statut
        | I-2026-001 | 12.03.2026 08:10 | Panne | Habitants | Oui | 12.03.2026 08:30 | Clos
        | I-2026-002 | 02.09.2026 | Hameçonnage | Messagerie | Non | 02.09.2026 | Clos
        | I-2025-009 | 02.09.2025 | Panne | Habitants | Oui | 02.09.2025 | Clos
"""


def rapporter(
    texte: str = "",
    *,
    precedent: str | None = None,
    au: date = AU,
    erreurs: int = 0,
    annee: int = 2026,
    seance: date | None = None,
) -> Rapport:
    """Les chiffres du rapport de la commune que décrit le texte."""
    return calculer(
        registre(texte),
        modele(),
        annee=annee,
        au=au,
        constats=Resume(erreurs=erreurs, bloquants=erreurs),
        precedents=() if precedent is None else (registre(precedent, fichier="avant.xlsx"),),
        seance=seance,
    )


def chargee(points: int = 9, incidents: int = 40) -> str:
    """Une commune où chaque texte est au plus long : ce que la première page a de pire."""
    phrase = "Rejoindre le groupement intercommunal d'hébergement des données " * 6
    nom = "Plateforme intercommunale de gestion électronique des affaires"
    lignes = [
        "commune | commune | executif_nom | annee",
        " | Sainte-Foy-de-l'Étang-sous-Montaigu-le-Vieux | Conseil municipal | 2026",
        "outils | nom | criticite | statut | sauvegarde | cout_annuel",
        *(f" | {nom} {n} | Indispensable | | À clarifier | 12345.65" for n in range(60)),
        "decisions | numero | date | outil | decision | statut | proposition | cout",
        *(
            f" | D-2026-{n:03} | 01.02.2026 | {nom} {n} | {phrase} | Proposée | {phrase} | 98765.45"
            for n in range(points)
        ),
        "incidents | numero | constate_le | nature | outil | service_touche | description | statut",
        *(
            f" | I-2026-{n:03} | 01.02.2026 | Divulgation ou envoi erroné | {nom} {n} | Oui "
            f"| {phrase} | Ouvert"
            for n in range(incidents)
        ),
    ]
    return "\n".join(lignes)


def demesuree() -> str:
    """Une commune dont chaque texte a cinq cents signes, avec ou sans espaces."""
    phrase = "Municipalité de la très longue commune qui n'en finit pas " * 9
    nom, mot = "Plateforme " * 45, "x" * 500
    lignes = [
        "commune | commune | canton | executif_nom | annee",
        f" | {phrase} | {nom} | {phrase} | 2026",
        "outils | nom | criticite | prestataire | repli | sauvegarde | cout_annuel "
        "| renouvellement | echeance | delai_resiliation",
        *(
            f" | {cle}{n} | Indispensable | {qui} | {cle} | À clarifier | 123456789.95 | Tacite "
            "| 30.12.2026 | 1"
            for n in range(3)
            for cle, qui in ((nom, mot), (mot, nom))
        ),
        f"prestataires | nom | contrat\n | {mot} | Signé\n | {nom} | Signé",
        "decisions | numero | date | outil | decision | statut | proposition | cout",
        *(
            f" | D-2026-00{n} | 01.02.2026 | {nom}{n} | {phrase} | Proposée | {mot} | 98765432.45"
            for n in range(3)
        ),
        "incidents | numero | constate_le | nature | outil | service_touche | description | statut",
        *(
            f" | I-2026-00{n} | 01.02.2026 08:10 | Divulgation ou envoi erroné | {mot}{n} | Oui "
            f"| {phrase} | Ouvert"
            for n in range(6)
        ),
        f"signalements | numero | date | genre | description | statut\n"
        f" | S-1 | 01.01.2026 | Risque | {mot} | Nouveau",
        f"echanges | numero | date | organisme | sujet\n | E-1 | 01.01.2026 | {mot} | {phrase}",
    ]
    return "\n".join(lignes)
