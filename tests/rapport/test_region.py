"""Le rapport d'une région : une ligne par commune, rien de personnel, personne n'est classé."""

from __future__ import annotations

import io
import json
import pickle
from datetime import date
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import Region, calculer, ecrire, region, reunir
from pilotage_xlsx.rapport.document import PageRegionale, Tableau
from pilotage_xlsx.rapport.region import (
    Attendues,
    EnCommun,
    FinDeContrat,
    Partages,
    PrestataireDeRegion,
    alleger,
    traverses,
)
from pilotage_xlsx.rapport.rendus import classeur, html, pdf, texte
from tests.rapport import extraire
from tests.tableaux import AU, modele, registre

PERSONNES = ("Anne Rochat", "greffe@", "021 555", "Panne du lundi", "Ma GED", "Alpha SA")
COMMUNE = """
commune | commune | referent_nom | executif_courriel | referent_telephone | annee | habitants
        | {nom} | Anne Rochat | greffe@commune.example | 021 555 01 01 | {annee} | 320
prestataires | nom | contact
        | Alpha SA | Anne Rochat
outils | nom | criticite | prestataire | sauvegarde | cout_annuel | donnees_personnelles | echeance
       | Ma GED {nom} | Indispensable | Alpha SA | {sauvegarde} | {cout} | Sensibles | 31.03.2027
       | Site {nom} | Accessoire | Alpha SA | | | Aucune |
incidents | numero | constate_le | outil | description | service_touche
       | I-{annee}-001 | 12.03.{annee} | Ma GED {nom} | Panne du lundi, Anne Rochat absente | Oui
"""


def _commune(nom: str, sauvegarde: str = "Aucune", cout: str = "100", annee: int = 2026) -> str:
    return COMMUNE.format(nom=nom, sauvegarde=sauvegarde, cout=cout, annee=annee)


def _reunir(*communes: str, anciens: tuple[str, ...] = (), erreurs: int = 0) -> Region:
    rapports = [
        calculer(
            registre(commune),
            modele(),
            annee=2026,
            au=AU,
            constats=Resume(erreurs=erreurs, bloquants=erreurs),
            precedents=(registre(anciens[rang]),) if rang < len(anciens) else (),
        )
        for rang, commune in enumerate(communes)
    ]
    return reunir(rapports, annee=2026, au=AU)


TROIS = (
    _commune("Vers-l'Eau", "Restauration testée", "1200"),
    _commune("Aubépines", "Sans objet", "300.50"),
    _commune("Étang", "Aucune", "env. 80"),
)


def _page(reunie: Region) -> PageRegionale:
    page = region.composer(reunie).premiere
    assert isinstance(page, PageRegionale)
    return page


def test_une_ligne_par_commune_par_ordre_alphabetique() -> None:
    lignes = _page(_reunir(*TROIS)).communes.lignes
    assert lignes == (
        ("Aubépines", 320, 2, 1, "sans objet", "0 sur 1", "300.50", 0, 1),
        ("Étang", 320, 2, 1, "0 sur 1", "0 sur 1", "–", 0, 1),
        ("Vers-l'Eau", 320, 2, 1, "1 sur 1", "0 sur 1", "1'200", 0, 1),
    )


def test_les_cinq_chiffres_sont_des_sommes() -> None:
    cartes = _page(_reunir(*TROIS)).cartes
    assert [carte.valeur for carte in cartes] == ["3", "1 sur 2", "0 sur 3", "1'500.50", "0"]
    assert cartes[3].phrase == "connu pour 2 outils sur 6"


@pytest.mark.parametrize(("connues", "avant"), [(3, "3 sur 6 outils"), (2, "–"), (0, "–")])
def test_l_an_passe_ne_se_dit_que_si_chaque_commune_l_a(connues: int, avant: str) -> None:
    anciens = tuple(commune.replace("2026", "2025") for commune in TROIS)[:connues]
    assert _page(_reunir(*TROIS, anciens=anciens)).cartes[0].precedent == avant


def test_les_classeurs_fautifs_se_comptent_sans_se_nommer() -> None:
    alerte = _page(_reunir(*TROIS, erreurs=2)).alerte
    assert alerte == (
        "Sur 3 classeurs, 3 contiennent encore des erreurs : les chiffres peuvent changer."
    )
    assert _page(_reunir(*TROIS)).alerte is None


def test_rien_de_personnel_dans_aucune_forme() -> None:
    document = region.composer(_reunir(*TROIS))
    lecteur = pypdf.PdfReader(io.BytesIO(pdf.rendre(document, AU)))
    feuilles = extraire.lire_classeur(classeur.rendre(document, AU))
    textes = [
        html.rendre(document).decode(),
        " ".join(page.extract_text() for page in lecteur.pages),
        str(feuilles),
        texte.rendre(document).decode(),
    ]
    for dit in textes:
        assert "Aubépines" in dit
        assert not [personne for personne in PERSONNES if personne in dit]


def test_les_memes_chiffres_dans_les_quatre_formes() -> None:
    document = region.composer(_reunir(*TROIS))
    cinq = extraire.cinq_html(html.rendre(document))
    assert extraire.cinq_pdf(pdf.rendre(document, AU)) == cinq
    assert extraire.cinq_classeur(classeur.rendre(document, AU)) == cinq
    assert extraire.cinq_texte(texte.rendre(document)) == cinq


def test_le_dossier_d_une_region(tmp_path: Path) -> None:
    ecrire(_reunir(*TROIS, erreurs=1), tmp_path, remplacer=False)
    bordereau = json.loads((tmp_path / "rapport.json").read_text("utf-8"))
    assert bordereau["commune"] == "3 communes"
    assert bordereau["communes"] == ["Aubépines", "Étang", "Vers-l'Eau"]
    assert bordereau["resume"]["erreurs"] == 3
    assert (tmp_path / bordereau["texte"]).exists()
    assert [Path(nom).suffix for nom in bordereau["fichiers"]] == [".html", ".pdf", ".xlsx"]


def test_quarante_communes_tiennent_en_peu_de_pages() -> None:
    communes = [_commune(f"Commune {n:02}") for n in range(40)]
    document = region.composer(_reunir(*communes))
    lecteur = pypdf.PdfReader(io.BytesIO(pdf.rendre(document, AU)))
    assert "Commune 39" in " ".join(page.extract_text() for page in lecteur.pages[:2])


def test_d_un_pays_le_pdf_liste_le_debut_et_dit_ou_est_le_reste() -> None:
    """Un tableau sans fin prend un demi-gigaoctet à composer : comme les autres, il se coupe."""
    communes = [_commune(f"C{n:03}") for n in range(4)]
    page = _page(_reunir(*communes))
    lignes = tuple((f"Commune {n:03}", *page.communes.lignes[0][1:]) for n in range(301))
    longue = replace(page, communes=replace(page.communes, lignes=lignes))
    document = replace(region.composer(_reunir(*communes)), premiere=longue)
    texte_du_pdf = "".join("".join(extraire.lire_pdf(pdf.rendre(document, AU))).split())
    assert "les300premièreslignessur301" in texte_du_pdf
    assert "Commune299" in texte_du_pdf
    assert "Commune300" not in texte_du_pdf
    assert "Commune 300" in html.rendre(document).decode()


def _valeurs(communes: int) -> Region:
    return _reunir(*(_commune(f"C{n}", cout=str(1000 + 100 * n)) for n in range(communes)))


def test_la_mediane_ne_nomme_ni_ne_classe_personne() -> None:
    section = traverses.medianes(_valeurs(5))
    assert section is not None
    (tableau,) = section.blocs
    assert isinstance(tableau, Tableau)
    lignes = {ligne[0]: ligne[1:] for ligne in tableau.lignes}
    assert lignes["Francs par an"] == ("1'200", "1'100 et 1'300", 5)
    assert lignes["Habitants"] == ("320", "320 et 320", 5)
    assert not [case for ligne in tableau.lignes for case in ligne if str(case).startswith("C")][1:]


def test_moins_de_cinq_communes_n_ont_pas_de_mediane() -> None:
    assert traverses.medianes(_valeurs(4)) is None


@pytest.mark.parametrize("connues", [0, 1, 3])
def test_deux_annees_des_memes_communes(connues: int) -> None:
    anciens = tuple(commune.replace("2026", "2025") for commune in TROIS)[:connues]
    section = traverses.deux_annees(_reunir(*TROIS, anciens=anciens))
    if not connues:
        assert section is None
        return
    assert section is not None
    assert section.phrases[0].startswith(f"Pour {connues} commune")
    (tableau,) = section.blocs
    assert isinstance(tableau, Tableau)
    assert tableau.lignes[0] == ("Outils indispensables", str(connues), str(connues))


def test_la_premiere_page_dit_les_habitants_et_ce_qui_traverse_les_communes() -> None:
    partages = Partages(
        (PrestataireDeRegion("Omega SA", ("A", "B", "C"), ("A", "B"), 3, 640),),
        (
            FinDeContrat("A", "GED", "Omega SA", date(2027, 3, 31), date(2027, 6, 30)),
            FinDeContrat("B", "SIT", "Omega SA", None, date(2026, 12, 31)),
        ),
        (EnCommun("Archivage", "Échéances voisines", 3, 900.0, date(2027, 3, 31), "A"),),
    )
    absentes = Attendues(5, ("Montval", "Roc"), ("Étang",))
    reunie = replace(_reunir(*TROIS), partages=partages, attendues=absentes)
    page = _page(reunie)
    assert page.surtitre.startswith("3 communes · 960 habitants")
    assert page.phrases == ("Pas de classeur reçu de 2 sur 5 attendues : Montval, Roc.",)
    assert [tableau.lignes for tableau in page.tableaux] == [
        (("Omega SA", "2 sur 3", 3, 640),),
        (("GED, A", date(2027, 3, 31), date(2027, 6, 30), "Omega SA"),),
        (("Archivage (échéances voisines)", 3, date(2027, 3, 31), "A"),),
    ]
    document = region.composer(reunie)
    lecteur = pypdf.PdfReader(io.BytesIO(pdf.rendre(document, AU)))
    formes = (
        html.rendre(document).decode(),
        lecteur.pages[0].extract_text(),
        str(extraire.lire_classeur(classeur.rendre(document, AU))),
        texte.rendre(document).decode(),
    )
    for forme in formes:
        assert all(dit in forme for dit in ("Omega SA", "GED, A", "Archivage", "Montval, Roc"))


def test_des_contrats_a_prendre_ensemble_tiennent_une_ligne() -> None:
    """Un prestataire et deux mêmes jours : une ligne ; le plus répandu d'abord, le même jour."""
    jours = (date(2027, 3, 31), date(2027, 6, 30))
    fins = (
        FinDeContrat("A", "SIT", "Delta SA", *jours),
        FinDeContrat("A", "GED", "Omega SA", *jours),
        FinDeContrat("B", "Archives", "OMEGA SA", *jours),
        FinDeContrat("C", "Taxes", "", *jours),
        FinDeContrat("B", "Votes", "", *jours),
        FinDeContrat("B", "Site", "Omega SA", date(2027, 3, 30), jours[1]),
    )
    reunie = replace(_reunir(*TROIS), partages=Partages((), fins, ()))
    [tableau] = _page(reunie).tableaux
    assert [ligne[0] for ligne in tableau.lignes] == [
        "Site, B", "GED, A et 1 autre", "SIT, A", "Taxes, C", "Votes, B",
    ]  # fmt: skip
    assert tableau.titre == "Prochaines échéances"


def test_toutes_les_attendues_sont_la() -> None:
    (phrase,) = _page(replace(_reunir(*TROIS), attendues=Attendues(3, (), ()))).phrases
    assert phrase == "Les 3 communes attendues ont envoyé leur classeur."


def test_trois_cents_communes_ne_se_lisent_pas_dans_un_courriel() -> None:
    reunie = _reunir(*(_commune(f"Commune {n:02}") for n in range(13)))
    assert "Commune 12" not in texte.rendre(region.composer(reunie)).decode()


def test_une_commune_allegee_dit_la_meme_region_et_ne_garde_aucun_texte() -> None:
    """Ce qui reste d'une commune en mémoire suffit à la région, et ne tient plus ses textes."""
    entiere = _reunir(*TROIS, anciens=tuple(_commune(nom, annee=2025) for nom in ("a", "b", "c")))
    legere = replace(entiere, communes=tuple(map(alleger, entiere.communes)))
    assert region.composer(legere) == region.composer(entiere)
    octets = [len(pickle.dumps(une.communes[0])) for une in (entiere, legere)]
    assert octets[1] < octets[0] / 2
    assert b"Panne du lundi" not in pickle.dumps(legere.communes)
