"""Les chiffres : chacun déclaré une fois, et rien d'autre à toucher pour en ajouter un."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.chiffres import (
    CINQ,
    du_chapitre,
    du_rapport,
    incidents,
    mutualisation,
    parc,
)
from pilotage_xlsx.metier.chiffres.contrats import INDETERMINES, SANS_FIN
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.maitrise import PERSONNELLES
from pilotage_xlsx.metier.chiffres.parc import (
    ACCES,
    COUT_ANNUEL,
    EN_SERVICE,
    INDISPENSABLES,
    RESTAURATION,
)
from pilotage_xlsx.metier.chiffres.tableau_de_bord import PAR_LIEU, SANS_DATE_DE_FIN
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import (
    Addition,
    Chapitre,
    Chiffre,
    Mesure,
    Mesures,
    additionner,
)
from pilotage_xlsx.rapport import composer, region, reunir
from pilotage_xlsx.rapport.document import Case, Document
from pilotage_xlsx.registre import Ligne
from tests.rapport.communes import VALMARIN, rapporter
from tests.tableaux import AU, modele, registre

LOUES = Chiffre(
    "loues",
    "outils loués",
    Chapitre.MUTUALISATION,
    lambda liens, _: (o for o in liens.outils_en_service if o["nom"] == "GED"),
    citation="Outils loués en {annee}",
    colonne="Outils loués",
)
"""Un chiffre de plus, comme qui en ajoute un l'écrirait."""

TROIS_GED = "commune | commune\n | Zoug\noutils | nom" + "\n | GED" * 3


def mesurer(chiffre: Chiffre, texte: str, annee: int | None = 2026) -> Mesure:
    """La mesure d'un chiffre dans le registre que décrit le texte."""
    return chiffre.mesurer(Liens(modele(), registre(texte), AU), annee)


def lire(document: Document, section: str) -> list[tuple[Case, ...]]:
    """Les lignes des tableaux d'une section, titres de colonnes d'abord."""
    (trouvee,) = (s for s in document.annexe if s.cle == section)
    return [
        ligne
        for bloc in trouvee.blocs
        if hasattr(bloc, "colonnes")
        for ligne in (tuple(c.titre for c in bloc.colonnes), *bloc.lignes)
    ]


@pytest.fixture
def loues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le chiffre déclaré dans le fichier de son chapitre, et nulle part ailleurs."""
    monkeypatch.setattr(mutualisation, "LOUES", LOUES, raising=False)


@pytest.mark.usefixtures("loues")
def test_un_chiffre_ajoute_se_dit_dans_sa_section_et_dans_les_sources() -> None:
    document = composer(rapporter(VALMARIN))
    (partage,) = (s for s in document.annexe if s.cle == "mutualisation")
    assert "Outils loués en 2026 : 1 (GED)." in partage.phrases
    assert ("Outils loués", "1", "Outils : ligne 9") in lire(document, "sources")


@pytest.mark.usefixtures("loues")
def test_un_chiffre_ajoute_s_additionne_dans_la_region() -> None:
    reunie = reunir([rapporter(t) for t in (VALMARIN, VALMARIN, TROIS_GED)], annee=2026, au=AU)
    titres, *lignes = lire(region.composer(reunie), "mutualisation")
    assert titres[-1] == "Outils loués"
    assert [ligne[-1] for ligne in lignes] == [1, 1, 3, 5]


def test_les_sources_montrent_une_somme_et_les_lignes_qui_la_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heures = Chiffre(
        "heures",
        "heures d'interruption",
        Chapitre.INCIDENTS,
        lambda liens, annee: (i for i in INCIDENTS.lignes(liens, annee) if _heures(i) is not None),
        base=INCIDENTS,
        valeur=lambda _, lignes: sum(_heures(ligne) or 0 for ligne in lignes),
    )
    monkeypatch.setattr(incidents, "HEURES", heures, raising=False)
    document = composer(
        rapporter(
            """
            incidents | numero | constate_le | interruption_heures
                      | I-1    | 01.02.2026  | 1.5
                      | I-2    | 02.02.2026  | 2
                      | I-3    | 03.02.2026  |
            """
        )
    )
    assert ("Heures d'interruption", "3.5", "Incidents : lignes 6, 7") in lire(document, "sources")


def _heures(incident: Ligne) -> float | None:
    return incident.nombre("interruption_heures")


def test_un_chiffre_du_parc_ajoute_parait_dans_sa_section_regionale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chiffre = Chiffre("ged", "outils nommés GED", Chapitre.PARC, LOUES.lignes, colonne="Nommés GED")
    monkeypatch.setattr(parc, "GED", chiffre, raising=False)
    reunie = reunir([rapporter(VALMARIN)], annee=2026, au=AU)
    titres, *lignes = lire(region.composer(reunie), "outils")
    assert (titres[-1], [ligne[-1] for ligne in lignes]) == ("Nommés GED", [1, 1])


def test_ce_qui_ne_s_additionne_pas_n_a_pas_d_ensemble(monkeypatch: pytest.MonkeyPatch) -> None:
    chiffre = Chiffre(
        "prestataires",
        "prestataires",
        Chapitre.MUTUALISATION,
        lambda liens, _: liens.prestataires,
        addition=Addition.AUCUNE,
        colonne="Prestataires",
    )
    monkeypatch.setattr(mutualisation, "PRESTATAIRES", chiffre, raising=False)
    reunie = reunir([rapporter(VALMARIN)], annee=2026, au=AU)
    _, *lignes = lire(region.composer(reunie), "mutualisation")
    assert [ligne[-1] for ligne in lignes] == [2, None]


def test_un_fichier_par_chapitre_et_une_cle_par_chiffre() -> None:
    tous = [chiffre for chapitre in Chapitre for chiffre in du_chapitre(chapitre)]
    assert {chiffre.chapitre for chiffre in tous} == set(Chapitre)
    assert len({chiffre.cle for chiffre in tous}) == len(tous)
    assert len({chiffre.libelle for chiffre in tous}) == len(tous)


def test_un_chiffre_emprunte_reste_a_son_chapitre() -> None:
    assert INDISPENSABLES not in du_chapitre(Chapitre.DEPENDANCE)
    assert [*du_rapport()].count(INDISPENSABLES) == 1


def test_les_cinq_s_additionnent_et_ont_une_colonne() -> None:
    assert {chiffre.addition for chiffre in CINQ} == {Addition.SOMME}
    assert all(chiffre.colonne for chiffre in CINQ)


def test_sans_objet_sort_de_la_base() -> None:
    mesure = mesurer(
        RESTAURATION,
        """
        outils | nom | criticite     | sauvegarde
               | Un  | Indispensable | Restauration testée
               | Deux | Indispensable | Sans objet
               | Trois | Indispensable | Aucune
               | Autre | Accessoire   | Restauration testée
        """,
    )
    assert (mesure.compte, mesure.sur, mesure.sans_objet) == (1, 2, 1)


def test_un_cout_est_une_somme_connue_pour_quelques_uns() -> None:
    mesure = mesurer(
        COUT_ANNUEL, "outils | nom | cout_annuel\n | Un | 100.5\n | Deux | \n | Nul | 0"
    )
    assert (mesure.valeur, mesure.compte, mesure.sur) == (100.5, 2, 3)


def test_une_repartition_ne_perd_aucune_ligne() -> None:
    texte = """
        outils | nom | donnees_personnelles | lieu_donnees
               | Un  | Ordinaires           | Suisse
               | Deux | Sensibles           |
               | Trois | Sensibles          | Mars
        """
    for chiffre in (PERSONNELLES, PAR_LIEU):
        mesure = mesurer(chiffre, texte)
        assert sum(len(lignes) for _, lignes in mesure.parts) == mesure.compte == 3


def test_un_prestataire_non_inscrit_n_est_d_aucune_part() -> None:
    mesure = mesurer(
        PAR_PRESTATAIRE,
        """
        prestataires | nom
                     | Alpha SA
        outils       | nom | criticite     | prestataire
                     | Un  | Indispensable | Alpha SA
                     | Deux | Indispensable | Fantôme SA
        """,
    )
    assert (mesure.compte, mesure.sur, len(mesure.parts)) == (1, 2, 1)


def test_les_contrats_sans_date_de_fin_sont_indetermines_ou_a_inscrire() -> None:
    texte = """
        prestataires | nom
                     | Alpha SA
        outils       | nom  | prestataire | renouvellement
                     | Muet | Alpha SA    |
                     | Sans terme |       | Durée indéterminée
                     | Libre | Alpha SA   | Sans contrat
        """
    comptes = [mesurer(c, texte).compte for c in (SANS_DATE_DE_FIN, INDETERMINES, SANS_FIN)]
    assert comptes == [2, 1, 1]


def test_sans_annee_rien_n_est_de_l_annee() -> None:
    mesures = {c.cle: mesurer(c, VALMARIN, None).compte for c in du_rapport()}
    de_l_annee = ("decisions", "durables", "incidents", "touchants", "encore_ouverts", "echanges")
    assert [mesures[cle] for cle in de_l_annee] == [0] * 6
    assert mesures[EN_SERVICE.cle] == 5


def test_une_somme_garde_les_bases_les_lignes_et_les_parts() -> None:
    commune = Mesures.de(Liens(modele(), registre(VALMARIN), AU), 2026, (ACCES, PAR_LIEU))
    double = additionner([commune[ACCES], commune[ACCES]])
    assert (double.valeur, double.sur, double.compte) == (4, 6, 4)
    parts = dict(additionner([commune[PAR_LIEU], commune[PAR_LIEU]]).parts)
    assert len(parts["Pas de réponse"]) == 10


def test_une_region_additionne_les_montants_tels_qu_ils_se_lisent() -> None:
    assert additionner([Mesure(10.004), Mesure(0.004)]).valeur == 10
