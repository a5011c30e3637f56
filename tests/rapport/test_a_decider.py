"""Ce que l'exécutif doit décider, et dans quel ordre."""

from __future__ import annotations

from pilotage_xlsx.rapport.chiffres import Nature, Point
from tests.rapport.communes import rapporter

ADOPTEE = """
commune | note_adoptee_le | referent_nom | suppleant_nom | annee
        | 01.02.2026      | Anne Rochat  | Luc Favre     | 2026
"""


def _points(texte: str) -> tuple[Point, ...]:
    """Les points d'une commune où la note est adoptée, le référent et le suppléant désignés."""
    return rapporter(f"{ADOPTEE}{texte}").points


def _natures(texte: str) -> list[Nature]:
    return [point.nature for point in _points(texte)]


def test_une_decision_proposee_est_a_decider() -> None:
    point = _points(
        "decisions | numero | statut | cout\n | D-1 | Proposée | 1450\n | D-2 | Validée | 9"
    )
    assert [(p.ligne["numero"], p.cout) for p in point] == [("D-1", 1450)]


def test_un_contrat_tacite_dont_le_dernier_jour_approche() -> None:
    (point,) = _points(
        "outils | nom | echeance | delai_resiliation | renouvellement | cout_annuel\n"
        "       | Site | 31.03.2027 | 3 | Tacite | 3600"
    )
    assert (point.nature, str(point.dernier_jour), point.depense) == (
        Nature.CONTRAT,
        "2026-12-31",
        3600,
    )


def test_un_contrat_lointain_n_est_pas_a_decider() -> None:
    assert not _natures(
        "outils | nom | echeance | delai_resiliation | renouvellement\n"
        "       | Site | 31.12.2028 | 3 | Tacite"
    )


def test_une_revision_echue_est_a_decider() -> None:
    decisions = "decisions | numero | statut | a_revoir_le\n"
    assert _natures(decisions + " | D-1 | Validée | 01.05.2026") == [Nature.REVISION]
    assert not _natures(decisions + " | D-1 | Validée | 01.05.2027")
    assert not _natures(decisions + " | D-1 | Remplacée | 01.05.2026")


def test_une_revision_deja_proposee_ne_se_vote_pas_deux_fois() -> None:
    assert _natures(
        "decisions | numero | statut | a_revoir_le | remplace\n"
        "          | D-1 | Validée | 01.05.2026 | \n"
        "          | D-2 | Proposée | | D-1"
    ) == [Nature.PROPOSITION]


def test_un_outil_a_remplacer_sans_decision_ouverte() -> None:
    outil = "outils | nom | statut\n | Site | À remplacer\n"
    assert _natures(outil) == [Nature.REMPLACEMENT]
    validee = "decisions | numero | outil | statut\n | D-1 | Site | Validée"
    assert not _natures(outil + validee)


def test_un_outil_ne_donne_qu_un_point() -> None:
    assert _natures(
        "outils    | nom | statut\n | Site | À remplacer\n"
        "decisions | numero | outil | statut | a_revoir_le\n"
        "          | D-1 | Site | Proposée | \n"
        "          | D-2 | site | Validée | 01.10.2027"
    ) == [Nature.PROPOSITION]


def test_une_proposition_ne_cache_pas_une_revision_echue() -> None:
    """Elle ne la remplace pas : ce sont deux questions."""
    assert _natures(
        "outils    | nom\n | Site\n"
        "decisions | numero | outil | statut | a_revoir_le\n"
        "          | D-1 | Site | Proposée | \n"
        "          | D-2 | Site | Validée | 01.05.2026"
    ) == [Nature.PROPOSITION, Nature.REVISION]


def test_deux_propositions_sur_un_outil_sont_deux_votes() -> None:
    texte = (
        "outils | nom\n | Site\n"
        "decisions | numero | outil | statut\n | D-1 | Site | Proposée\n | D-2 | Site | Proposée"
    )
    assert _natures(texte) == [Nature.PROPOSITION, Nature.PROPOSITION]


def test_le_dernier_jour_le_plus_proche_vient_d_abord_le_passe_a_la_fin() -> None:
    points = _points(
        "outils | nom | statut | echeance | delai_resiliation | renouvellement\n"
        "       | Reconduit | | 30.11.2026 | 3 | Tacite\n"
        "       | Sans jour | À remplacer | | | \n"
        "       | Février | | 28.02.2027 | 1 | Tacite\n"
        "       | Décembre | | 31.12.2026 | 0 | Tacite"
    )
    noms = [point.ligne["nom"] for point in points]
    assert noms == ["Décembre", "Février", "Sans jour", "Reconduit"]
