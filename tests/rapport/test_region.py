"""Le rapport d'une région : une ligne par commune, rien de personnel, personne n'est classé."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest

from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import Region, calculer, ecrire, region, reunir
from pilotage_xlsx.rapport.document import PageRegionale
from pilotage_xlsx.rapport.rendus import classeur, html, pdf, texte
from tests.rapport import extraire
from tests.tableaux import AU, modele, registre

PERSONNES = ("Anne Rochat", "greffe@", "021 555", "Panne du lundi", "Ma GED", "Alpha SA")
COMMUNE = """
commune | commune | referent_nom | executif_courriel | referent_telephone | annee
        | {nom} | Anne Rochat | greffe@commune.example | 021 555 01 01 | {annee}
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
        ("Aubépines", 2, 1, "sans objet", "0 sur 1", "300.50", 0, 1),
        ("Étang", 2, 1, "0 sur 1", "0 sur 1", "–", 0, 1),
        ("Vers-l'Eau", 2, 1, "1 sur 1", "0 sur 1", "1'200", 0, 1),
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
