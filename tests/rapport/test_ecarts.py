"""Les écarts avec l'an passé, tels que le rapport les montre."""

from __future__ import annotations

from pilotage_xlsx.rapport import composer
from pilotage_xlsx.rapport.document import Section, Tableau
from tests.rapport.communes import rapporter

AVANT = """
commune | commune | annee
        | Valmarin | 2025
prestataires | nom
        | Alpha SA
        | Beta SA
outils  | nom | domaine | prestataire | cout_annuel | criticite | lieu_donnees
        | GED | Archivage | Alpha SA | 4000 | Important | Suisse
        | Fax | Téléphonie | Alpha SA | 100 | Accessoire | Suisse
        | Site | Site internet et guichet en ligne | Alpha SA | 900 | Important | Suisse
"""
APRES = """
commune | commune | annee
        | Valmarin | 2026
prestataires | nom
        | Alpha SA
        | Beta SA
outils  | nom | domaine | prestataire | cout_annuel | criticite | lieu_donnees
        | GED | Archivage | Alpha SA | 6000 | Indispensable | Suisse
        | Chat | Messagerie et agenda | Beta SA | 500 | Important | Suisse
        | Site | Site internet et guichet en ligne | Beta SA | 900 | Important | Suisse
decisions | numero | date | outil | decision | statut | portee
        | D-2026-001 | 03.03.2026 | Site | Changer | Validée | Durable ou significative
"""


def _section(apres: str, avant: str | None) -> Section | None:
    document = composer(rapporter(apres, precedent=avant))
    return next((s for s in document.annexe if s.cle == "ecarts"), None)


def _lignes(section: Section | None) -> list[tuple[object, ...]]:
    assert section is not None
    (tableau,) = section.blocs
    assert isinstance(tableau, Tableau)
    return [ligne[:5] for ligne in tableau.lignes]


def test_les_changements_sans_decision_passent_d_abord() -> None:
    section = _section(APRES, AVANT)
    assert _lignes(section) == [
        ("Chat", "Outils mis en service", "–", "En service", "aucune"),
        ("Fax", "Outils arrêtés ou disparus", "En service", "–", "aucune"),
        ("GED", "Coûts en hausse au-delà des seuils", "4'000.–", "6'000.–", "aucune"),
        ("Site", "Outils passés à un autre prestataire", "Alpha SA", "Beta SA", "D-2026-001"),
        ("GED", "Criticité changée", "Important", "Indispensable", "–"),
    ]
    assert section is not None
    assert section.phrases == ("5 changements, dont 3 durables sans décision.",)


def test_sans_classeur_de_l_an_passe_la_section_disparait() -> None:
    assert _section(APRES, None) is None


def test_deux_classeurs_semblables_n_ont_pas_d_ecart() -> None:
    section = _section(AVANT.replace("2025", "2026"), AVANT)
    assert section is not None
    assert section.phrases == ("Aucun changement d'un classeur à l'autre.",)


def test_ce_qu_il_faut_savoir_de_la_comparaison_se_dit() -> None:
    section = _section(APRES.replace("Valmarin", "Ailleurs"), AVANT)
    assert section is not None
    assert "communes différentes" in section.phrases[1]


def test_un_outil_disparu_se_relit_dans_le_classeur_de_l_an_passe() -> None:
    document = composer(rapporter(APRES, precedent=AVANT))
    ecarts, sources = (
        next(s for s in document.annexe if s.cle == cle).blocs[0] for cle in ("ecarts", "sources")
    )
    assert isinstance(ecarts, Tableau)
    assert isinstance(sources, Tableau)
    assert ecarts.lignes[1][-1] == "Outils, ligne 7 (2025)"
    perdus = "Outils disparus sans décision (classeur de 2025)"
    assert (perdus, "1", "Outils : ligne 7") in sources.lignes
