"""La région d'un rapport : ses premiers prestataires, ses échéances, et qui n'a rien envoyé."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.controle import Lire
from pilotage_xlsx.gestes.region import attendre, partager, participer
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.rapport import Rapport, calculer
from pilotage_xlsx.socle.entree import EnMemoire
from tests.tableaux import AU, modele, registre

COMMUNE = """
commune | commune | annee | habitants | numero_ofs | referent_nom
        | {nom} | 2026 | {habitants} | {ofs} | Sylvie Montvernay
outils | nom | prestataire | domaine | criticite | echeance | delai_resiliation | mutualisation
       | Compta | ALPHA SA | Comptabilité et finances | Indispensable | 30.06.2027 | 3 |
       | Natel de Sylvie Montvernay | Beta SA | Téléphonie | Accessoire | 30.06.2027 | |
       | Impôts | Canton de Vaud | Autre | Indispensable | 30.06.2027 | | Fourni par le canton
"""


def _texte(nom: str, habitants: int = 100, ofs: int = 9999) -> str:
    return COMMUNE.format(nom=nom, habitants=habitants, ofs=ofs)


def _rapports(*noms: str) -> list[Rapport]:
    return [
        calculer(registre(_texte(nom)), modele(), annee=2026, au=AU, constats=Resume())
        for nom in noms
    ]


def test_ce_qui_traverse_les_communes_ne_nomme_personne_ni_le_canton() -> None:
    lus = [
        Lire(modele(), AU).rendre(registre(_texte(nom, habitants)))
        for nom, habitants in (("Roc", 100), ("Pré", 250))
    ]
    partages = partager([participer(lu, modele(), AU) for lu in lus], AU)
    premier = partages.prestataires[0]
    assert (premier.nom, premier.touchees, premier.indispensables, premier.habitants) == (
        "Alpha SA", ("Pré", "Roc"), 2, 350,
    )  # fmt: skip
    assert "Canton de Vaud" not in str(partages)
    assert "Montvernay" not in str(partages)
    fins = [(fin.commune, fin.outil, f"{fin.dernier_jour:%d.%m.%Y}") for fin in partages.fins]
    assert fins[:2] == [("Pré", "Compta", "30.03.2027"), ("Roc", "Compta", "30.03.2027")]
    assert partages.en_commun[0].communes == 2


def test_une_petite_region_nomme_aussi_le_prestataire_d_une_seule_commune() -> None:
    """Sans eux, la page de trois communes qui n'ont rien en commun serait vide."""
    textes = (_texte("Roc"), _texte("Pré").replace("ALPHA SA", "Gamma SA"))
    lus = [Lire(modele(), AU).rendre(registre(texte)) for texte in textes]
    premiers = partager([participer(lu, modele(), AU) for lu in lus], AU).prestataires
    touchees = {p.nom: p.touchees for p in premiers if p.indispensables}
    assert touchees == {"Alpha SA": ("Roc",), "Gamma SA": ("Pré",)}


@pytest.mark.parametrize(
    ("contenu", "manquantes", "en_plus"),
    [
        ("Commune;N° OFS\nRoc;1\nMontval;2\n", ("Montval",), ("Pré",)),
        ("N° OFS,Nom de la commune\n9999,Ancien nom du Roc\n", (), ()),
        ("roc\nPRÉ\nMontval\n", ("Montval",), ()),
        ("District\tCommune\nNord\tRoc\n\t\nNord\tPre\n", (), ()),
    ],
)
@pytest.mark.parametrize("encodage", ["utf-8", "cp1252", "utf-16"])
def test_qui_n_a_pas_envoye_son_classeur(
    contenu: str,
    manquantes: tuple[str, ...],
    en_plus: tuple[str, ...],
    encodage: str,
    tmp_path: Path,
) -> None:
    liste = tmp_path / "attendues.csv"
    liste.write_bytes(contenu.encode(encodage))
    trouvees = attendre(liste, _rapports("Roc", "Pré"))
    assert (trouvees.manquantes, trouvees.en_plus) == (manquantes, en_plus)


def test_la_liste_des_attendues_peut_etre_un_classeur(tmp_path: Path) -> None:
    liste = openpyxl.Workbook()
    for ligne in (["District", "Commune"], ["Nord", "Roc"], ["Sud", "Val"]):
        liste.active.append(ligne)
    liste.save(tmp_path / "attendues.xlsx")
    octets = (tmp_path / "attendues.xlsx").read_bytes()
    trouvees = attendre(EnMemoire("attendues.xlsx", octets), _rapports("Roc", "Pré"))
    assert (trouvees.manquantes, trouvees.en_plus) == (("Val",), ("Pré",))


@pytest.mark.parametrize("contenu", [b"", b"Commune;N\xc2\xb0 OFS\n", b"PK\x03\x04\x00\x00"])
def test_une_liste_qui_ne_nomme_personne_se_refuse(contenu: bytes, tmp_path: Path) -> None:
    liste = tmp_path / "attendues.csv"
    liste.write_bytes(contenu)
    with pytest.raises(GesteImpossible, match=r"attendues\.csv"):
        attendre(liste, _rapports("Roc"))
