"""Rien de personnel ne sort : ni nom, ni description, ni adresse, sauf si le référent le veut."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pilotage_xlsx.consolidation.mutualisation import chercher, reduire, rendre, retenir
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.chargement import dossier_livre
from tests.mutualisation.communes import commune
from tests.tableaux import AU, modele, registre

DONNEES = sorted((dossier_livre("exemples") / "donnees").glob("*.json"))

MONTRES = {
    "commune": {"commune", "canton", "numero_ofs", "annee"},
    "outils": {"nom", "domaine", "prestataire", "echeance"},
    "prestataires": {"nom", "ide"},
    "decisions": {"numero"},
    "signalements": {"numero"},
    "echanges": {"numero", "domaine"},
}
"""Les seules colonnes de texte libre ou de date qui peuvent sortir, telles quelles."""

LISTES = {valeur for liste in modele().listes.values() for valeur in liste.choix}


def _rendu(*participantes: object) -> str:
    octets = rendre(chercher(*retenir(participantes), AU), modele())  # type: ignore[arg-type]
    with ZipFile(BytesIO(octets)) as archive:
        montres = ("xl/sharedStrings.xml", "docProps/core.xml", "docProps/custom.xml")
        return "\n".join(archive.read(nom).decode() for nom in montres)


def _textes(document: dict[str, object]) -> set[str]:
    """Tout texte d'un classeur que la mutualisation n'a pas le droit de montrer."""
    textes: set[str] = set()
    for feuille, contenu in document.items():
        for ligne in contenu if isinstance(contenu, list) else [contenu]:
            for colonne, valeur in ligne.items():  # type: ignore[attr-defined]
                if isinstance(valeur, str) and colonne not in MONTRES.get(feuille, set()):
                    textes.add(valeur)
    return textes - LISTES


def test_aucun_texte_personnel_des_exemples_ne_sort() -> None:
    documents = [json.loads(chemin.read_text("utf-8")) for chemin in DONNEES]
    participantes, permis, interdits = [], set(), set()
    for chemin, document in zip(DONNEES, documents, strict=True):
        document["commune"]["contact_transmissible"] = "Non"
        lu, _ = lire_donnees(document, modele(), Path(chemin.name))
        participantes.append(reduire(Liens(modele(), lu, AU)))
        permis |= {o[c] for o in document["outils"] for c in ("nom", "prestataire") if o.get(c)}
        interdits |= _textes(document)
    rendu = _rendu(*participantes)
    assert "@" not in rendu
    assert len(interdits) > 300
    phrases = {texte for texte in interdits - permis if " " in texte or "@" in texte}
    assert {texte for texte in phrases if texte in rendu} == set()
    personnes = [d["commune"][c] for d in documents for c in ("referent_nom", "suppleant_nom")]
    noms = {mot for personne in personnes for mot in personne.split(",")[0].split()}
    assert {nom for nom in noms if nom in rendu} == set()


@pytest.mark.parametrize("transmissible", ["Oui", "Non", ""])
def test_le_courriel_du_referent_ne_sort_que_s_il_le_veut(transmissible: str) -> None:
    outils = "outils | nom | prestataire\n | GED | Alpha SA\n"
    un = commune("Valmarin", outils, transmissible=transmissible)
    rendu = _rendu(un, commune("Montval", outils))
    assert ("greffe@valmarin.example" in rendu) is (transmissible == "Oui")
    assert "greffe@montval.example" not in rendu


PERSONNES = (
    "commune | commune | referent_nom | suppleant_nom\n"
    " | Valmarin | Sylvie Montvernay | Didier Larposat, boursier\n"
    "prestataires | nom | contact\n | Alpha SA | Anne Duchemin, 021 555 01 10\n"
    "outils | nom | domaine | prestataire | responsable\n"
)


@pytest.mark.parametrize(
    ("nom", "sort"),
    [
        ("Téléphone de Sylvie Montvernay", False),
        ("Ordinateur MONTVERNAY", False),
        ("Boîte info@valmarin.example", False),
        ("Natel 079 555 01 10", False),
        ("Accès d'Anne Duchemin", False),
        ("Alarme de Paul Lesage", False),
        ("Boursier en ligne", True),
        ("Suite 365", True),
        ("Contrôle des habitants", True),
    ],
)
def test_un_nom_d_outil_qui_designe_quelqu_un_cede_la_place_a_son_domaine(
    nom: str, sort: bool
) -> None:
    texte = f"{PERSONNES} | {nom} | Téléphonie | Alpha SA | Paul Lesage, concierge\n"
    (outil,) = reduire(Liens(modele(), registre(texte), AU)).outils
    assert outil.nom == (nom if sort else "Téléphonie")


@pytest.mark.parametrize(
    ("prestataire", "sort"),
    [
        ("Alpha SA", True),
        ("Montvernay Informatique SA", True),
        ("Anne Duchemin, indépendant", False),
        ("Sylvie Montvernay Conseil", False),
        ("info@alpha.example", False),
    ],
)
def test_un_prestataire_qui_est_une_personne_du_classeur_ne_sort_pas(
    prestataire: str, sort: bool
) -> None:
    texte = f"{PERSONNES} | GED | Archivage | {prestataire} | Paul Lesage, concierge\n"
    (outil,) = reduire(Liens(modele(), registre(texte), AU)).outils
    assert outil.prestataire == (prestataire if sort else None)


def test_une_societe_inscrite_comme_son_propre_contact_sort() -> None:
    texte = (
        "prestataires | nom | contact\n | Kappa Compteurs SA | Kappa Compteurs\n"
        " | Beta Web Sàrl | Beta Web Sàrl, support\n"
        "outils | nom | prestataire\n | Eau | Kappa Compteurs SA\n | Site | Beta Web Sàrl\n"
    )
    outils = commune("Valmarin", texte).outils
    assert [outil.prestataire for outil in outils] == ["Kappa Compteurs SA", "Beta Web Sàrl"]


def test_un_mot_de_passe_est_masque() -> None:
    (outil,) = commune("Valmarin", "outils | nom\n | Site, mdp : Secret-2026!\n").outils
    assert "Secret" not in outil.nom


def test_un_numero_qui_est_un_texte_ne_sort_pas() -> None:
    texte = "signalements | numero | genre | statut\n | Jean Dupont 3 | Besoin | Nouveau\n"
    (besoin,) = commune("Valmarin", texte).besoins
    assert besoin.reference == "signalement de la ligne 6"
