"""Ce qui reste d'une commune quand son classeur est lu : rien de ce qu'elle a tapé."""

from __future__ import annotations

import gc
from io import BytesIO
from types import BuiltinFunctionType, FunctionType, ModuleType

from openpyxl import load_workbook

import pilotage_xlsx as px
from pilotage_xlsx.modele.chargement import charger
from pilotage_xlsx.registre.genres import Attente
from pilotage_xlsx.socle.entree import EnMemoire
from pilotage_xlsx.socle.paquet import archive
from tests.fuzz.parties import refaire
from tests.petites_tables import petites_tables
from tests.tableaux import AU

_TAPE = {
    "commune": {
        "commune": "Valmarin-le-Vieux", "canton": "VD", "annee": 2026, "habitants": 8627,
        "referent_nom": "Anne Favre-Zwahlen", "referent_telephone": "021 555 98 76",
        "referent_courriel": "anne@valmarin.example", "contact_transmissible": "Oui",
    },
    "outils": [
        {"nom": "Zébulon", "utilite": "Tenir le rôle", "prestataire": "Ypsilon SA",
         "criticite": "Indispensable", "cout_annuel": 4813, "echeance": "2031-07-19",
         "responsable": "À clarifier", "statut": "en panne depuis mardi"},
    ],
    "prestataires": [
        {"nom": "Ypsilon SA", "contact": "Luc Rey-Bellet", "numero_client": "V-4471"},
    ],
    "incidents": [{"numero": "I-2026-077", "outil": "Zébulon", "description": "Fax volé"}],
}  # fmt: skip
_CONVENUS = {"Oui", "VD", "Indispensable", "À clarifier"}


_TABLE = "xl/tables/table1.xml"

_SANS_SUITE = (ModuleType, FunctionType, BuiltinFunctionType, type)


def _octets() -> bytes:
    """Le classeur de la commune, où quelqu'un a posé un lien vers une adresse."""
    with petites_tables():
        livre = load_workbook(BytesIO(px.generer(donnees=_TAPE, au=AU).octets))
    livre["Outils"]["B2"].hyperlink = "mailto:zoe@valmarin.example"
    sortie = BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def _textes(racine: object) -> str:
    """Tout texte que l'on atteint depuis cet objet."""
    vus: dict[int, object] = {}
    reste = [racine]
    while reste:
        objet = reste.pop()
        if id(objet) not in vus and not isinstance(objet, _SANS_SUITE):
            vus[id(objet)] = objet
            reste += gc.get_referents(objet)
    return "\n".join(str(objet) for objet in vus.values() if isinstance(objet, str | bytes))


def test_rien_de_tape_ne_reste_apres_la_lecture_d_une_commune() -> None:
    octets, neuf = _octets(), charger()
    avant = _textes([neuf, archive._RELATIONS_CONNUES])
    registre = px.lire(EnMemoire("valmarin.xlsx", octets), modele=neuf)
    lues = [ligne for lue in registre.feuilles.values() for ligne in lue.lignes]
    tapes = {c.texte for ligne in lues for c in ligne.cellules.values()} - _CONVENUS
    assert {"Zébulon", "4813", "Anne Favre-Zwahlen", "en panne depuis mardi"} <= tapes
    del registre, lues
    apres = _textes([neuf, archive._RELATIONS_CONNUES])
    tapes |= {"zoe@valmarin.example"}
    assert not [texte for texte in tapes if texte in apres and texte not in avant]


def test_les_reponses_du_modele_restent_d_une_commune_a_l_autre() -> None:
    neuf = charger()
    px.lire(EnMemoire("valmarin.xlsx", _octets()), modele=neuf)
    attentes = [une for une in neuf.memoire.values() if isinstance(une, Attente)]
    retenues = {valeur for attente in attentes for valeur in attente.connues.values()}
    assert {"Oui", "Indispensable", "À clarifier"} <= retenues


def test_une_table_connue_dont_un_octet_change_s_analyse_a_neuf() -> None:
    octets = _octets()
    assert px.lire(EnMemoire("saine.xlsx", octets)).refus is None
    abimee = refaire(octets, lambda lues: {**lues, _TABLE: lues[_TABLE][:-8]})
    refus = px.lire(EnMemoire("abimee.xlsx", abimee)).refus
    assert refus is not None
    assert _TABLE in refus.phrase
