"""Les fiches : ce que chacune dit, ce qu'elle tait, et une seule page A4, même bavarde."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.rapport import fiches
from pilotage_xlsx.rapport.document import Encadre, Numeros
from pilotage_xlsx.rapport.fiches.communs import POINTILLES
from tests.campagne import combien
from tests.rapport.fiches import bavarde, composer, en_texte, liens, pages, trouver
from tests.rapport.imprimer import imprimable, imprimer
from tests.rapport.test_robustesse import communes
from tests.tableaux import AU, modele

TOUTES = [("decision", "D-2026-001"), ("incident", "I-2026-001"), ("avis", "I-2026-001"), ("urgence", "")]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    "phrase",
    [
        "Décision D-2026-001 : Messagerie",
        "État : Proposée, durable ou significative ; inscrite le 02.03.2026",
        "Motif : Trop de pannes",
        "Principaux risques : Adresses à refaire",
        "Options écartées : Rester",
        "Coût : CHF 1'450.– une fois",
        "Fait suite à : I-2026-002",
        "- Messagerie Criticité : Indispensable Prestataire : Beta Sàrl",
        "« Le Conseil communal, sur proposition du référent, décide (D-2026-001) : rejoindre le "
        "groupement. Coût : CHF 1'450.– une fois. »",
        "[ ] accepté [ ] refusé [ ] reporté",
        "INTERNE : NE PAS JOINDRE AU PROCÈS-VERBAL PUBLIC",
    ],
)
def test_une_decision_se_lit_a_la_seance(phrase: str) -> None:
    assert phrase in en_texte(composer("decision", "D-2026-001"))


def test_une_decision_durable_non_vue_se_porte_a_la_connaissance_de_l_executif() -> None:
    texte = en_texte(composer("decision", "D-2026-002"))
    assert "« Le Conseil communal prend connaissance de la décision D-2026-002" in texte
    assert "[ ]" not in texte


def test_une_decision_prise_ne_se_vote_plus() -> None:
    texte = en_texte(composer("decision", "D-2026-003"))
    assert "Ce qui est décidé" in texte
    assert "Refusée." in texte
    assert "«" not in texte


@pytest.mark.parametrize(
    ("numero", "phrase"),
    [
        ("I-2026-001", "Information du référent Le : 12.03.2026 08:30 Après le constat : 20 min"),
        ("I-2026-001", "Appel au prestataire Le : 12.03.2026 09:10 Après le constat : 1 h"),
        ("I-2026-001", "Information du Conseil communal Le : 13.03.2026 Après le constat : 1 jour"),
        ("I-2026-001", "Annonce à l'OFCS Le : pas une attaque"),
        ("I-2026-001", "Clôture Le : 13.03.2026 Après le constat : 1 jour"),
        ("I-2026-001", "Service à la population : Oui, interruption de 3.5 h"),
        ("I-2026-002", "Information du Conseil communal Le : non inscrit"),
        ("I-2026-002", "Appel au prestataire Le : Pas nécessaire"),
        ("I-2026-002", "Annonce à l'OFCS Le : 03.09.2026 Après le constat : 1 jour"),
        ("I-2026-002", "Annonce à l'autorité cantonale Le : non inscrit"),
        ("I-2026-002", "Décision D-2026-001 : Changer d'hébergeur (proposée)"),
        ("I-2026-003", "Information du Conseil communal Le : pas nécessaire"),
        ("I-2026-004", "Information du Conseil communal Le : à déterminer"),
    ],
)
def test_un_incident_dit_chaque_delai(numero: str, phrase: str) -> None:
    assert phrase in en_texte(composer("incident", numero))


@pytest.mark.parametrize(
    "phrase",
    [
        "débrancher du réseau le poste touché",
        "dans les 24 heures",
        "Dire au Conseil communal",
        "Référent : Éloïse Guérin · 026 555 01 10",
        "Suppléant : Jo Bach · …………………",
        "Conseil communal : conseil@orvagne.example · 026 555 01 30",
        "Contact cyber du canton : Centre d'alerte · 026 555 01 40",
        f"Protection des données : {POINTILLES} · …………………",
        "OFCS, cyberattaque : www.report.ncsc.admin.ch/fr, dans les 24 heures",
        "Police : attaque, chantage, vol · 117",
        "Habitants Appeler : Alpha SA, client 40-118 Téléphone : 026 555 01 20 "
        "En attendant, servir la population ainsi : Formulaires papier",
        "Appeler : Beta Sàrl, aide@beta.example Téléphone : aucun",
        "Appeler : Géré à l'interne : Boursière Téléphone : …………………",
        "Appeler : Gamma Téléphone : …………………",
    ],
)
def test_l_urgence_dit_que_faire_et_qui_appeler(phrase: str) -> None:
    assert phrase in en_texte(composer("urgence"))


def test_l_urgence_ne_montre_que_les_indispensables_en_service() -> None:
    texte = en_texte(composer("urgence"))
    assert "Vieux" not in texte
    assert "Site" not in texte


def test_l_urgence_d_une_commune_vide_dit_quoi_remplir() -> None:
    vu = en_texte(composer("urgence", classeur=liens("")))
    assert "Aucun outil indispensable inscrit" in vu
    assert "Référent : …" in vu
    assert vu.count("Téléphone : …") == 7
    assert "117" in vu
    assert "report.ncsc.admin.ch" in vu
    assert "Commune de …" in vu


@pytest.mark.parametrize(
    ("contact", "nom", "numero"),
    [
        ("Centre d'alerte, 026 555 01 40", "Centre d'alerte", "026 555 01 40"),
        ("CSIRT (+41 26 555 01 40)", "CSIRT", "+41 26 555 01 40"),
        ("026 555 01 40", "", "026 555 01 40"),
        ("Formulaire en ligne", "Formulaire en ligne", ""),
        ("Cellule 117", "Cellule 117", ""),
        ("Dossier 2026-1234567", "Dossier 2026-1234567", ""),
        ("À clarifier", POINTILLES, "…" * 7),
        ("", POINTILLES, "…" * 7),
    ],
)
def test_un_contact_donne_son_numero(contact: str, nom: str, numero: str) -> None:
    classeur = liens(f"commune | commune | contact_cyber\n | Orvagne | {contact}")
    (numeros,) = (b for b in composer("urgence", classeur=classeur).blocs if isinstance(b, Numeros))
    (ligne,) = (n for n in numeros.lignes if n.qui == "Contact cyber du canton")
    assert (ligne.nom, ligne.numero.replace("\u00a0", " ")) == (nom, numero)


def test_un_aveu_n_est_pas_un_numero() -> None:
    classeur = liens(
        "commune | commune | referent_telephone | executif_telephone\n"
        " | Orvagne | À clarifier | À clarifier\n"
        "prestataires | nom | telephone_urgence\n | Alpha | À clarifier\n"
        "outils | nom | criticite | prestataire\n | GED | Indispensable | Alpha"
    )
    vu = en_texte(composer("urgence", classeur=classeur))
    assert "clarifier" not in vu
    assert "Appeler : Alpha Téléphone : …" in vu


def test_un_modele_sans_l_adresse_de_l_ofcs_dit_en_ligne() -> None:
    classeur = liens()
    sans = msgspec.structs.replace(classeur.modele.note, faits=())
    autre = msgspec.structs.replace(classeur.modele, note=sans)
    fiche = fiches.urgence.composer(Liens(autre, classeur.registre, AU))
    assert "OFCS, cyberattaque : en ligne, dans les 24 heures" in en_texte(fiche)


def test_l_urgence_cite_les_outils_qu_elle_ne_peut_pas_montrer() -> None:
    assert "et 32 autres. Leurs lignes" in en_texte(composer("urgence", classeur=bavarde()))


@pytest.mark.parametrize(
    "phrase",
    [
        "De : Éloïse Guérin <greffe@orvagne.example> À : conseil@orvagne.example "
        "Objet : Avis d'incident I-2026-001 : panne (Orvagne) Bonjour,",
        "Un incident a touché un service à la population ; la note (§ 6) demande d'en informer "
        "le Conseil communal.",
        "Description : Écran noir",
        "Information du référent : 12.03.2026 08:30 (après le constat : 20 min)",
        "État : Clos le 13.03.2026",
        "Mesures prises : Relancé",
        "Éloïse Guérin 026 555 01 10",
    ],
)
def test_un_avis_informe_l_executif(phrase: str) -> None:
    assert phrase in en_texte(composer("avis", "I-2026-001"))


def test_un_avis_en_cours_dit_le_repli() -> None:
    texte = en_texte(composer("avis", "I-2026-002"))
    assert "a touché la sécurité de données" in texte
    assert "En attendant, Messagerie : Téléphone" in texte


def test_un_avis_sans_certitude_le_dit() -> None:
    assert "il reste à déterminer" in en_texte(composer("avis", "I-2026-004"))


def test_un_incident_qui_ne_touche_rien_n_a_pas_d_avis() -> None:
    classeur = liens()
    refus = fiches.avis.refuser(classeur, trouver(classeur, "I-2026-003"))
    assert refus is not None
    assert "I-2026-003 ne touche ni service ni données (Service à la population : Non" in refus
    assert "ne demande pas d'en informer le Conseil communal" in refus
    assert fiches.avis.refuser(classeur, trouver(classeur, "I-2026-004")) is None


@pytest.mark.parametrize(
    ("sujet", "numero"),
    [*TOUTES, *(("decision", f"D-2026-00{n}") for n in (2, 3, 4)), ("avis", "I-2026-004")],
)
def test_le_mot_de_la_commune_pour_son_executif_est_partout(sujet: str, numero: str) -> None:
    texte = en_texte(composer(sujet, numero))
    assert "Conseil communal" in texte or sujet == "decision"
    assert "xécutif" not in texte


def test_une_decision_de_l_executif_dit_sa_seance() -> None:
    sort = "Validée. Décidé par : Conseil communal. Conseil communal, séance du : 19.05.2026."
    assert sort in en_texte(composer("decision", "D-2026-004"))


@pytest.mark.parametrize("forme", fiches.FORMES)
@pytest.mark.parametrize("sujet", ["incident", "avis"])
def test_un_secret_ne_sort_dans_aucune_forme(sujet: str, forme: str) -> None:
    octets = fiches.rendre(composer(sujet, "I-2026-002"), forme, AU)
    assert b"Sesame2026" not in octets
    assert b"9217" not in octets


@pytest.mark.parametrize(("sujet", "numero"), TOUTES)
@pytest.mark.parametrize("signes", [0, 80, 200, 350, 500, 3000])
def test_une_fiche_pdf_tient_sur_une_page(sujet: str, numero: str, signes: int) -> None:
    fiche = composer(sujet, numero, bavarde(signes, outils=min(60, signes // 8)))
    assert pages(fiches.rendre(fiche, "pdf", AU)) == 1


@imprimable
@pytest.mark.parametrize(("sujet", "numero"), TOUTES)
@pytest.mark.parametrize("signes", [80, 500])
def test_une_fiche_html_s_imprime_sur_une_page(
    sujet: str, numero: str, signes: int, tmp_path: Path
) -> None:
    fiche = composer(sujet, numero, bavarde(signes))
    assert len(imprimer(fiches.rendre(fiche, "html", AU), tmp_path)) == 1


@pytest.mark.parametrize("forme", fiches.FORMES)
@pytest.mark.parametrize(("sujet", "numero"), TOUTES)
def test_memes_entrees_memes_octets(sujet: str, numero: str, forme: str) -> None:
    un, autre = composer(sujet, numero), composer(sujet, numero)
    assert fiches.rendre(un, forme, AU) == fiches.rendre(autre, forme, AU)


def test_une_page_html_echappe_et_ne_va_pas_sur_le_reseau() -> None:
    classeur = liens("commune | commune | annee\n | <script>alert(1)</script> # \\ « \u202e | 2026")
    page = fiches.rendre(composer("urgence", classeur=classeur), "html", AU).decode()
    assert "<script" not in page
    assert "\u202e" not in page
    assert not re.search(r"https?://", page)


def _avis_avec(**cellules: str) -> list[str]:
    """Les lignes d'un avis, ces cellules de la feuille Commune changées."""
    classeur = liens()
    commune = msgspec.structs.replace(
        classeur.registre.commune, valeurs={**classeur.registre.commune.valeurs, **cellules}
    )
    feuille = msgspec.structs.replace(classeur.registre.feuilles["commune"], lignes=(commune,))
    feuilles = {**classeur.registre.feuilles, "commune": feuille}
    classeur = Liens(modele(), msgspec.structs.replace(classeur.registre, feuilles=feuilles), AU)
    return fiches.rendre(composer("avis", "I-2026-001", classeur), "txt", AU).decode().split("\n")


@pytest.mark.parametrize(
    ("nom", "courriel", "ligne"),
    [
        ("Ève", "eve@orvagne.example", "De : Ève <eve@orvagne.example>"),
        ("Martin; Ève", "eve@orvagne.example", 'De : "Martin; Ève" <eve@orvagne.example>'),
        ("Ève", "Greffe <eve@orvagne.example>", "De : Greffe <eve@orvagne.example>"),
    ],
)
def test_un_avis_dit_de_qui_il_vient_comme_l_envoi_le_lit(
    nom: str, courriel: str, ligne: str
) -> None:
    assert _avis_avec(referent_nom=nom, referent_courriel=courriel)[0] == ligne


def test_un_avis_va_a_toutes_les_adresses_de_la_cellule() -> None:
    adresses = "a@orvagne.example\n\n b@orvagne.example ; c@orvagne.example"
    ligne = "À : a@orvagne.example ; b@orvagne.example ; c@orvagne.example"
    assert _avis_avec(executif_courriel=adresses)[1] == ligne


@settings(max_examples=combien(15, 50), deadline=None)
@given(st.text(min_size=1).map(lambda texte: f"Zoé {texte}"))
def test_aucun_texte_n_ajoute_un_en_tete_a_un_avis(texte: str) -> None:
    classeur = liens(
        "commune | commune | referent_courriel | executif_courriel | annee\n"
        " | Orvagne | a@b.example | c@d.example | 2026\n"
        "incidents | numero | nature | service_touche\n | I-1 | Panne | Oui"
    )
    hostile = {"commune": texte, "referent_nom": texte, "executif_courriel": texte}
    commune = msgspec.structs.replace(
        classeur.registre.commune, valeurs={**classeur.registre.commune.valeurs, **hostile}
    )
    feuille = msgspec.structs.replace(classeur.registre.feuilles["commune"], lignes=(commune,))
    feuilles = {**classeur.registre.feuilles, "commune": feuille}
    classeur = Liens(modele(), msgspec.structs.replace(classeur.registre, feuilles=feuilles), AU)
    brut = fiches.rendre(composer("avis", "I-1", classeur), "txt", AU).decode("utf-8")
    entetes = brut.partition("\n\n")[0].split("\n")
    assert [ligne.partition(" : ")[0] for ligne in entetes] == ["De", "À", "Objet"]


@settings(max_examples=combien(6, 25), deadline=None)
@given(communes())
def test_aucun_classeur_n_arrete_une_fiche(commune: str) -> None:
    """Quoi que contienne un classeur, chaque fiche se rend, et sur une page."""
    classeur = liens(commune)
    composees = [fiches.urgence.composer(classeur)]
    composees += [fiches.decision.composer(classeur, d) for d in classeur.decisions]
    for incident in classeur.etat.lignes("incidents"):
        composees += [
            sorte.composer(classeur, incident) for sorte in (fiches.incident, fiches.avis)
        ]
    for fiche in composees:
        assert pages(fiches.rendre(fiche, "pdf", AU)) == 1
        fiches.rendre(fiche, "html", AU)
        fiches.rendre(fiche, "txt", AU)


@pytest.mark.parametrize(
    ("suite", "extrait"),
    [
        ("Proposée | | ", f"du {POINTILLES}, a décidé (D-1) : Garder. »"),
        ("Proposée | Organe délibérant | ", f"du {POINTILLES}, a décidé de soumettre à l'organe "
         "compétent (organe délibérant) (D-1) : Garder. »"),
        ("Validée | Exécutif | 19.05.2026", "du 19.05.2026, a décidé (D-1) : Garder. »"),
        ("Validée | Exécutif | ", f"du {POINTILLES}, a décidé (D-1) : Garder. »"),
        ("Validée | Exécutif | À clarifier", f"du {POINTILLES}, a décidé (D-1) : Garder. »"),
        ("Validée | | 19.05.2026", "du 19.05.2026, a décidé (D-1) : Garder. »"),
        ("Refusée | Exécutif | 19.05.2026", "du 19.05.2026, a refusé (D-1) : Garder. »"),
        ("Remplacée | Exécutif | 19.05.2026", "du 19.05.2026, a décidé (D-1) : Garder. »"),
        ("Validée | Organe délibérant | 19.05.2026",
         "du 19.05.2026, a pris connaissance de la décision (D-1) : Garder. »"),
        ("Validée | Référent | ",
         f"du {POINTILLES}, a pris connaissance de la décision (D-1) : Garder. »"),
        ("Refusée | Référent | ", None),
        ("Refusée | | ", None),
        ("Abandonnée | Exécutif | 19.05.2026", None),
        ("| Exécutif | 19.05.2026", None),
    ],
)  # fmt: skip
def test_une_decision_finit_par_son_extrait(suite: str, extrait: str | None) -> None:
    """Ce que l'exécutif a fait, jamais ce qu'il n'a pas fait."""
    classeur = liens(
        "commune | commune | executif_nom\n | Orvagne | Municipalité\n"
        "decisions | numero | decision | portee | statut | decide_par | executif_le\n"
        f" | D-1 | Garder | Durable ou significative | {suite}"
    )
    vu = en_texte(composer("decision", "D-1", classeur))
    if extrait is None:
        assert "Extrait conforme" not in vu
    else:
        assert f"« La Municipalité, en séance {extrait}" in vu
        assert vu.index("Extrait conforme") > vu.index("Ce qu'il faut peser")


def test_un_extrait_dit_le_prix_et_la_reference() -> None:
    classeur = liens(
        "decisions | numero | decision | statut | decide_par | executif_le | pv | cout\n"
        " | D-1 | Garder | Validée | Exécutif | 19.05.2026 | PV 4, point 2 | 1450"
    )
    vu = en_texte(composer("decision", "D-1", classeur))
    assert "(D-1) : Garder. Coût : CHF 1'450.– une fois. » Réf. : PV 4, point 2." in vu


def test_seul_ce_qui_sert_existe_aujourd_hui() -> None:
    outils = "; ".join(("GED", "Site", "Fax", *(f"Poste {n}" for n in range(7))))
    classeur = liens(
        "outils | nom | statut\n | GED | \n | Site | En projet\n | Fax | Arrêté\n"
        + "".join(f" | Poste {n} | En service\n" for n in range(7))
        + f"decisions | numero | outil | decision\n | D-1 | {outils} | Garder"
    )
    vu = en_texte(composer("decision", "D-1", classeur))
    aujourd_hui, autres = vu.split("Ce qui n'est pas en service")
    present = aujourd_hui.split("Ce qui existe aujourd'hui")[1]
    assert "GED" in present
    assert "Site" not in present
    assert "Fax" not in present
    assert "Aussi : Poste 2, Poste 3, Poste 4, Poste 5, Poste 6." in present
    assert "- Site Statut : En projet - Fax Statut : Arrêté" in autres


def test_toute_decision_a_son_encadre() -> None:
    for numero in ("D-2026-001", "D-2026-002", "D-2026-003"):
        assert isinstance(composer("decision", numero).blocs[-1], Encadre)


def test_un_dernier_jour_passe_se_dit_passe() -> None:
    classeur = liens(
        """
        outils    | nom  | echeance   | delai_resiliation | renouvellement
                  | Site | 31.01.2027 | 3                 | Tacite
        decisions | numero     | date       | outil | decision | statut
                  | D-2026-001 | 12.10.2026 | Site  | Résilier | Proposée
        """
    )
    assert "passé : c'était le 31.10.2026" in en_texte(composer("decision", "D-2026-001", classeur))
