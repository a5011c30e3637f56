"""L'état d'une ligne et d'un registre : ce qui est exigé, en vigueur, complet, à clarifier."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from pilotage_xlsx.metier.etat import (
    Completude,
    Etat,
    EtatDeLigne,
    a_clarifier,
    dernier_jour_pour_resilier,
    est_de_l_annee,
    est_en_vigueur,
    est_exigee,
    est_fautive,
    est_vraie,
    etat_de,
    manque,
)
from pilotage_xlsx.modele.condition import Condition, Rempli, Vide
from pilotage_xlsx.modele.sens import EN_SERVICE, INDISPENSABLE
from pilotage_xlsx.registre import Cellule, Illisible, Ligne, Motif, NatureDeCellule
from tests.essentielles import autres
from tests.metier.tables import etat, exigees_en_plus, feuille, noms
from tests.tableaux import modele, registre

REMISE = "?"
"""Une réponse remise à plus tard."""


def _premiere(texte: str) -> Ligne:
    """La première ligne du seul registre que décrit le texte."""
    nom = texte.split("|", maxsplit=1)[0].strip()
    return registre(texte).lignes(nom)[0]


def _signe(texte: str, colonne: str) -> str:
    """Le signe de cette colonne, à la dernière ligne du premier registre du texte."""
    lu, nom = etat(texte), texte.split("|", maxsplit=1)[0].strip()
    signes = lu.signes(feuille(nom), lu.registre.lignes(nom)[-1])
    return signes[1:][[c.id for c in feuille(nom).saisies].index(colonne)]


def _vigueurs(nom: str, texte: str) -> str:
    """Le premier signe de chaque ligne : V en vigueur, h hors vigueur, p proposée."""
    lu = etat(texte)
    return "".join(lu.signes(feuille(nom), une)[0] for une in lu.registre.lignes(nom))


def _est_exigee(texte: str, colonne: str) -> bool:
    ligne = _premiere(texte)
    return est_exigee(feuille(ligne.lieu.registre).par_id[colonne], ligne)


@pytest.mark.parametrize(
    ("criticite", "exige"),
    [
        ("Indispensable", True),
        ("Important", True),
        ("Accessoire", False),
        ("À clarifier", False),
        ("Vitale", False),
        ("", False),
        (REMISE, False),
    ],
)
def test_une_condition_parmi_attend_une_de_ces_reponses(criticite: str, exige: bool) -> None:
    assert _est_exigee(f"outils | nom | criticite\n | GED | {criticite}", "utilite") is exige


@pytest.mark.parametrize(
    ("statut", "exige"),
    [
        ("Validée", True),
        ("Refusée", True),
        ("Proposée", False),
        ("Abandonnée", False),
        ("Bof", False),
        ("", False),
        (REMISE, False),
    ],
)
def test_une_condition_sauf_attend_une_reponse_lisible(statut: str, exige: bool) -> None:
    assert _est_exigee(f"decisions | numero | statut\n | D-1 | {statut}", "decide_par") is exige


@pytest.mark.parametrize(
    ("portee", "statut", "exige"),
    [
        ("Durable ou significative", "Validée", True),
        ("Durable ou significative", "Proposée", False),
        ("Courante", "Validée", False),
    ],
)
def test_une_alternative_veut_tous_ses_essais(portee: str, statut: str, exige: bool) -> None:
    table = f"decisions | numero | portee | statut\n | D-1 | {portee} | {statut}"
    assert _est_exigee(table, "executif_le") is exige


@pytest.mark.parametrize(
    ("service", "donnees", "exige"),
    [("Oui", "Non", True), ("Non", "Oui", True), ("Oui", "Oui", True), ("Non", "Non", False)],
)
def test_une_alternative_suffit(service: str, donnees: str, exige: bool) -> None:
    table = (
        f"incidents | numero | service_touche | donnees_touchees\n | I-1 | {service} | {donnees}"
    )
    assert _est_exigee(table, "executif_informe_le") is exige


@pytest.mark.parametrize(
    ("annonce", "exige"), [("", True), ("01.02.2026", False), ("bientôt", False)]
)
def test_une_condition_vide_veut_une_cellule_qui_ne_dit_rien(annonce: str, exige: bool) -> None:
    table = (
        f"incidents | numero | donnees_personnelles | autorite_annonce_le\n | I | Oui | {annonce}"
    )
    assert _est_exigee(table, "motif_non_annonce") is exige


@pytest.mark.parametrize(
    ("domaine", "rempli"),
    [("", False), (REMISE, False), ("Archivage", True), ("Bricolage", True), ("À clarifier", True)],
)
def test_une_condition_rempli_ou_vide_ne_regarde_pas_ce_qui_est_ecrit(
    domaine: str, rempli: bool
) -> None:
    ligne = _premiere(f"outils | nom | domaine\n | GED | {domaine}")
    assert est_vraie(Condition(((Rempli("domaine"),),)), ligne) is rempli
    assert est_vraie(Condition(((Vide("domaine"),),)), ligne) is not rempli


def test_une_colonne_utile_n_est_jamais_exigee() -> None:
    assert not _est_exigee("outils | nom\n | GED", "remarques")
    assert _est_exigee("outils | nom\n | GED", "domaine")


@pytest.mark.parametrize(
    ("domaine", "remarques", "manquent"),
    [
        ("", "", ["domaine"]),
        (REMISE, REMISE, ["domaine"]),
        ("Archivage", "", []),
        ("À clarifier", "", []),
        ("Bricolage", "", []),
    ],
)
def test_ce_qui_manque_est_exige_et_ne_dit_rien(
    domaine: str, remarques: str, manquent: list[str]
) -> None:
    table = f"outils | nom | domaine | remarques\n | GED | {domaine} | {remarques}"
    colonnes = [feuille("outils").par_id[nom] for nom in ("domaine", "remarques")]
    assert [c.id for c in colonnes if manque(c, _premiere(table))] == manquent


@pytest.mark.parametrize(
    ("colonne", "saisie", "fautive"),
    [
        ("domaine", "", True),
        ("domaine", REMISE, True),
        ("domaine", "Bricolage", True),
        ("domaine", "Archivage", False),
        ("echeance", "", False),
        ("echeance", "jamais", True),
    ],
)
def test_une_cellule_fautive_est_illisible_ou_exigee_et_vide(
    colonne: str, saisie: str, fautive: bool
) -> None:
    ligne = _premiere(f"outils | nom | {colonne}\n | GED | {saisie}")
    assert est_fautive(feuille("outils").par_id[colonne], ligne) is fautive


def test_les_cellules_a_clarifier_viennent_dans_l_ordre_des_colonnes() -> None:
    table = (
        "outils | nom | repli | domaine | criticite\n | GED | À clarifier | À clarifier | Important"
    )
    trouvees = a_clarifier(feuille("outils"), _premiere(table))
    assert [colonne.id for colonne in trouvees] == ["domaine", "repli"]
    assert not [*a_clarifier(feuille("outils"), _premiere("outils | nom\n | GED"))]


@pytest.mark.parametrize(
    ("constate_le", "vigueur"),
    [
        ("31.12.2025", "h"),
        ("01.01.2026", "V"),
        ("31.12.2026 23:59", "V"),
        ("01.01.2027", "h"),
        ("", "h"),
        (REMISE, "h"),
        ("un jour", "V"),
        ("12 mars 2025", "V"),
    ],
)
def test_une_ligne_close_compte_l_annee_de_sa_date_ou_dans_le_doute(
    constate_le: str, vigueur: str
) -> None:
    table = f"""
    commune   | annee
              | 2026
    incidents | numero | statut | constate_le
              | I-1    | Clos   | {constate_le}
    """
    assert _vigueurs("incidents", table) == vigueur


@pytest.mark.parametrize("statut", ["Ouvert", "En cours", "", "Bof", REMISE])
def test_une_ligne_pas_close_compte_quelle_que_soit_sa_date(statut: str) -> None:
    table = f"incidents | numero | statut | constate_le\n | I-1 | {statut} | 31.12.2012"
    assert _vigueurs("incidents", table) == "V"


def test_une_ligne_close_ne_compte_pas_si_l_annee_est_inconnue() -> None:
    table = "incidents | numero | statut | constate_le\n | I-1 | Clos | 01.02.2026"
    assert _vigueurs("incidents", table) == "h"
    sans_date = "incidents | numero | statut\n | I-1 | Clos"
    assert not est_de_l_annee(feuille("incidents"), _premiere(sans_date), None)


def test_un_outil_arrete_ne_compte_plus_une_feuille_sans_date_n_a_pas_d_annee() -> None:
    table = """
    commune | annee
            | 2026
    outils  | nom | statut      | arrete_le
            | GED | Arrêté      | 01.02.2026
            | Eau | À confirmer |
            | Gaz | En projet   |
            | Feu |             |
    """
    assert _vigueurs("outils", table) == "hpVV"
    assert not est_de_l_annee(feuille("outils"), registre(table).lignes("outils")[0], 2026)


def test_les_lignes_proposees_se_tiennent_a_part() -> None:
    lu = etat(
        """
        outils | nom | statut
               | GED | Arrêté
               | Eau | À confirmer
               | Gaz |
        """
    )
    assert noms(lu.a_confirmer("outils")) == ["Eau"]
    assert noms(lu.tenues("outils")) == ["GED", "Gaz"]


def test_un_registre_qui_ne_propose_rien_tient_toutes_ses_lignes() -> None:
    lu = etat("prestataires | nom | statut\n | Alpha | Terminé")
    assert lu.a_confirmer("prestataires") == ()
    assert noms(lu.tenues("prestataires")) == ["Alpha"]


def test_une_fiche_est_toujours_en_vigueur() -> None:
    lu = registre("commune | commune\n | Zoug")
    assert est_en_vigueur(feuille("commune"), lu.commune, None)


@pytest.mark.parametrize(
    ("echeance", "delai", "jour"),
    [
        ("31.05.2027", "3", date(2027, 2, 28)),
        ("31.05.2027", "0", date(2027, 5, 31)),
        ("31.05.2027", "", None),
        ("", "3", None),
        ("jamais", "3", None),
    ],
)
def test_le_dernier_jour_pour_resilier(echeance: str, delai: str, jour: date | None) -> None:
    table = f"outils | nom | echeance | delai_resiliation\n | GED | {echeance} | {delai}"
    assert dernier_jour_pour_resilier(_premiere(table)) == jour


@pytest.mark.parametrize(
    ("signes", "dit"),
    [
        ("V..", EtatDeLigne.COMPLETE),
        ("VC.", EtatDeLigne.A_CLARIFIER),
        ("VMC", EtatDeLigne.A_REMPLIR),
        *((f"VMC{faute}", EtatDeLigne.A_CORRIGER) for faute in "FRDfr"),
        ("h..", EtatDeLigne.HORS_VIGUEUR),
        ("hMCF", EtatDeLigne.HORS_VIGUEUR),
    ],
)
def test_le_premier_mot_vrai_l_emporte(signes: str, dit: EtatDeLigne) -> None:
    assert etat_de(signes) is dit


@pytest.mark.parametrize(
    ("colonne", "saisie", "signe"),
    [
        ("domaine", "", "M"),
        ("domaine", REMISE, "M"),
        ("domaine", "À clarifier", "C"),
        ("domaine", "Bricolage", "F"),
        ("domaine", "Archivage", "."),
        ("remarques", "", "."),
        ("remarques", "Bof", "."),
        ("remarques", "À clarifier", "C"),
        ("echeance", "jamais", "f"),
        ("echeance", "12 mars 2026", "f"),
        ("echeance", "12.03.2026", "."),
        ("prestataire", "Fantôme SA", "R"),
        ("prestataire", "Géré à l'interne", "."),
        ("prestataire", "alpha  sa", "."),
        ("autre_prestataire", "Alpha SA ; Fantôme SA", "r"),
        ("autre_prestataire", "Alpha SA ; Beta SA", "."),
    ],
)
def test_le_signe_d_une_cellule(colonne: str, saisie: str, signe: str) -> None:
    table = f"""
    outils       | nom | {colonne}
                 | GED | {saisie}
    prestataires | nom
                 | Alpha SA
                 | Beta SA
    """
    assert _signe(table.strip(), colonne) == signe


def test_le_signe_d_une_date_exigee_tapee_en_texte() -> None:
    assert _signe("incidents | numero | constate_le\n | I-1 | 12 mars 2026", "constate_le") == "F"


def test_un_texte_libre_admis_n_est_pas_une_reference_perdue() -> None:
    assert _signe("decisions | numero | outil\n | D-1 | Le nuage", "outil") == "."


@pytest.mark.parametrize(
    ("nom_du_second", "signe"), [("GED", "D"), (" ged ", "D"), ("GED 2", "."), ("total", ".")]
)
def test_une_cle_en_double_se_voit_a_la_casse_et_aux_blancs_pres(
    nom_du_second: str, signe: str
) -> None:
    table = f"outils | nom | domaine\n | {nom_du_second} | Archivage | \n | GED | Archivage"
    assert _signe(table, "nom") == signe


def test_un_total_ne_fait_pas_un_double() -> None:
    table = "outils | nom | cout_annuel\n | Total | 12 | \n | Total | 13"
    lu = etat(table)
    assert [lu.signes(feuille("outils"), une) for une in lu.registre.lignes("outils")] == ["", ""]


def test_sans_cle_seule_la_cle_est_a_remplir() -> None:
    table = "outils | nom | domaine | echeance\n | | Bricolage | jamais"
    lu = etat(table)
    assert lu.signes(feuille("outils"), lu.registre.lignes("outils")[0]) == "VM" + "." * (
        len(feuille("outils").saisies) - 1
    )


def test_les_signes_d_une_ligne_suivent_les_colonnes_saisies() -> None:
    table = """
    outils | nom | domaine   | criticite  | donnees_personnelles | statut | cout_annuel
           | GED | Archivage | Accessoire | À clarifier          | Arrêté | cher
    """
    lu = etat(table)
    par_colonne = dict.fromkeys(autres("outils", CONNUES), "M")
    par_colonne |= {"prestataire": "M", "donnees_personnelles": "C", "lieu_donnees": "M"}
    par_colonne["cout_annuel"] = "f"
    attendus = "".join(par_colonne.get(c.id, ".") for c in feuille("outils").saisies)
    assert lu.signes(feuille("outils"), lu.registre.lignes("outils")[0]) == f"h{attendus}"


def test_une_fiche_n_a_pas_de_cle_a_remplir() -> None:
    lu = etat("commune | commune | canton\n | | Mars")
    signes = dict(
        zip(
            [c.id for c in feuille("commune").saisies],
            lu.signes(feuille("commune"), lu.registre.commune)[1:],
            strict=True,
        )
    )
    assert [signes[nom] for nom in ("commune", "canton", "habitants")] == ["M", "F", "."]


def _avec_cout(cellule: Cellule | None, motif: Motif) -> tuple[Etat, Ligne]:
    """Un outil dont le coût est illisible, et la cellule d'où il vient, si l'on sait."""
    lu = registre("outils | nom\n | GED")
    (outil,) = lu.lignes("outils")
    brut = cellule.texte if cellule else "46093"
    ligne = msgspec.structs.replace(
        outil,
        valeurs={**outil.valeurs, "cout_annuel": Illisible(brut, motif)},
        cellules={**outil.cellules, **({"cout_annuel": cellule} if cellule else {})},
    )
    return Etat(modele(), lu), ligne


@pytest.mark.parametrize(
    ("cellule", "signe"),
    [
        (Cellule(NatureDeCellule.NOMBRE, "46093", est_date=True), "."),
        (Cellule(NatureDeCellule.NOMBRE, "46093", est_date=False), "f"),
        (Cellule(NatureDeCellule.TEXTE, "cher", est_date=True), "f"),
        (None, "f"),
    ],
)
def test_la_feuille_ne_voit_pas_le_format_d_une_date_dans_un_montant(
    cellule: Cellule | None, signe: str
) -> None:
    lu, ligne = _avec_cout(cellule, Motif.NOMBRE)
    colonnes = [c.id for c in feuille("outils").saisies]
    signes = lu.signes(feuille("outils"), ligne)
    assert signes[1 + colonnes.index("cout_annuel")] == signe


CONNUES = ("nom", "domaine", "criticite", "prestataire", "donnees_personnelles", "lieu_donnees")
TETE, REPONSES, VIDES = exigees_en_plus("outils", *CONNUES)
OUTILS = f"outils | {' | '.join(CONNUES)}{TETE}"
COMPLET = f"| Archivage | Accessoire | Géré à l'interne | Aucune | Suisse{REPONSES}"


def test_la_completude_compte_les_lignes_en_vigueur() -> None:
    lu = etat(
        f"""
        {OUTILS} | statut | cout_annuel
               | GED {COMPLET} | | 12
               | Eau | À clarifier | Accessoire | Géré à l'interne | Aucune | Suisse{REPONSES} | |
               | Gaz | | Accessoire | Géré à l'interne | Aucune | Suisse{REPONSES} | |
               | Feu {COMPLET} | | cher
               | Air {COMPLET} | Arrêté |
               | Total | | | | |{VIDES} | | 24
        echanges | numero | date | organisme | sujet
                 | E-1 | 01.02.2026 | Canton | Sauvegarde
        """
    )
    assert lu.completude["outils"] == Completude(2, 4)
    assert lu.completude["prestataires"] == Completude(0, 0)
    assert lu.completude_totale == Completude(3, 5)
    assert [*lu.completude] == [une.id for une in modele().registres]


def test_une_ligne_total_n_est_ni_une_ligne_ni_en_vigueur() -> None:
    lu = etat("outils | nom | cout_annuel\n | GED | 12\n | Total | 12")
    assert noms(lu.lignes("outils")) == noms(lu.en_vigueur("outils")) == ["GED"]
    assert noms(lu.totaux) == ["Total"]


def test_on_trouve_une_ligne_par_sa_cle_la_premiere_d_un_double() -> None:
    lu = etat(
        """
        outils | nom | domaine
               | GED | Archivage
               | ged | Cimetière
               |     | Social
        """
    )
    trouvee = lu.trouver("outils", "  gEd ")
    assert trouvee is not None
    assert trouvee.numero == 6
    assert lu.trouver("outils", "Eau") is lu.trouver("outils", None) is None
    assert lu.trouver("outils", "") is None
    assert [*lu.par_cle["outils"]] == ["ged"]


def test_une_cellule_cite_les_lignes_qui_existent() -> None:
    lu = etat(
        """
        outils    | nom
                  | GED
                  | Eau
        decisions | numero | outil
                  | D-1    | eau ; Fantôme ; GED
                  | D-2    |
        """
    )
    d1, d2 = lu.lignes("decisions")
    assert noms(lu.citees(d1, "outil", "outils")) == ["Eau", "GED"]
    assert lu.citees(d2, "outil", "outils") == ()


def test_les_introuvables_ne_sont_ni_inscrits_ni_une_mention_ni_un_texte_libre() -> None:
    lu = etat(
        """
        prestataires | nom
                     | Alpha SA
        outils       | nom | prestataire      | autre_prestataire            | domaine
                     | GED | Fantôme SA       | Alpha SA ; Spectre ; Ombre   | Bricolage
                     | Eau | Géré à l'interne | Alpha SA                     |
        decisions    | numero | outil
                     | D-1    | Le nuage
        """
    )
    ged, eau = lu.lignes("outils")
    par_id = feuille("outils").par_id
    assert lu.introuvables(par_id["prestataire"], ged) == ("Fantôme SA",)
    assert lu.introuvables(par_id["autre_prestataire"], ged) == ("Spectre", "Ombre")
    assert lu.introuvables(par_id["prestataire"], eau) == ()
    assert lu.introuvables(par_id["domaine"], ged) == ()
    (d1,) = lu.lignes("decisions")
    assert lu.introuvables(feuille("decisions").par_id["outil"], d1) == ()


def test_une_reference_introuvable_est_fautive() -> None:
    lu = etat(
        """
        prestataires | nom
                     | Alpha SA
        outils       | nom | prestataire | echeance
                     | GED | Fantôme SA  | jamais
                     | Eau | Alpha SA    |
        """
    )
    ged, eau = lu.lignes("outils")
    colonnes = ("prestataire", "echeance", "domaine")
    assert [c for c in colonnes if lu.est_fautive(ged, c)] == [*colonnes]
    assert [c for c in colonnes if lu.est_fautive(eau, c)] == ["domaine"]


def test_les_illisibles_viennent_dans_l_ordre_du_classeur() -> None:
    lu = etat(
        """
        outils   | nom   | domaine   | echeance
                 | GED   | Bricolage | jamais
                 | Eau   | Archivage |
        commune  | canton
                 | Mars
        """
    )
    vus = [(une.lieu.registre, colonne.id, valeur.brut) for une, colonne, valeur in lu.illisibles]
    assert vus == [
        ("commune", "canton", "Mars"),
        ("outils", "domaine", "Bricolage"),
        ("outils", "echeance", "jamais"),
    ]


@pytest.mark.parametrize(
    ("statut", "sert"),
    [("", True), ("En service", True), ("À remplacer", True), ("En projet", False), ("Bof", False)],
)
def test_une_cellule_vide_vaut_ce_que_dit_le_modele(statut: str, sert: bool) -> None:
    table = f"outils | nom | statut\n | GED | {statut}"
    lu = etat(table)
    (outil,) = lu.lignes("outils")
    assert lu.est(outil, EN_SERVICE) is sert
    assert lu.est(outil, INDISPENSABLE, EN_SERVICE) is sert
    assert not lu.est(outil, INDISPENSABLE)


@pytest.mark.parametrize(
    ("saisie", "seuil"), [("", 90), ("0", 0), ("1", 1), ("120", 120), ("bientôt", 90)]
)
def test_un_seuil_de_la_commune_ou_celui_du_modele(saisie: str, seuil: int) -> None:
    lu = etat(f"commune | seuil_alerte_contrat\n | {saisie}")
    assert lu.seuil("seuil_alerte_contrat") == seuil
    assert lu.seuil("habitants") == 0


def test_les_signes_vus_d_un_coup_sont_ceux_vus_cellule_par_cellule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texte = """
    prestataires | nom   | statut
                 | Alpha | Actif
    outils | nom  | domaine               | prestataire | criticite    | cout_annuel | echeance
           | GED  | Téléphonie            | Alpha       | À clarifier  | 12          | 31.12.2027
           | Fax  | Téléphonie            | Alpha       | Indispensable |            | 31.12.2027
           | SMS  | Téléphonie            | Alpha       | À clarifier  | douze       | 31.12.2027
           | Site | N'importe quoi        | Alpha       | Indispensable | 1          |
           | Eau  | Eau, énergie, déchets | Inconnu     | ?            | 1           |
           | Eau  | Eau, énergie, déchets | À clarifier | Important    | 1           |
           |      | Téléphonie            | Alpha       | Important    | 1           |
    """
    d_un_coup, cellule_par_cellule = etat(texte), etat(texte)
    vus = [d_un_coup.signes(feuille("outils"), ligne) for ligne in d_un_coup.lignes("outils")]
    monkeypatch.setattr(Etat, "_est_sans_histoire", lambda *_: False)
    lignes = cellule_par_cellule.lignes("outils")
    assert vus == [cellule_par_cellule.signes(feuille("outils"), ligne) for ligne in lignes]
    assert {signe for signes in vus for signe in signes} >= {*"VMCFRDf."}
