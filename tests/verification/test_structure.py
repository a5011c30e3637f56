"""STR : les feuilles et les colonnes, et FIC : le classeur qu'on n'a pas pu lire."""

from __future__ import annotations

from msgspec.structs import replace

from pilotage_xlsx.metier.constats import Gravite, cellule
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.paquet import abime
from pilotage_xlsx.socle.paquet.refus import VIDE
from pilotage_xlsx.verification import fiche, verifier
from tests.tableaux import AU, LIGNE_ENTETE, constats, modele, registre


def _verifier(lu: Registre, famille: str) -> list[str]:
    return [c.regle for c in verifier(lu, modele(), AU) if c.regle.startswith(famille)]


def test_un_classeur_entier_n_a_aucun_constat_de_structure() -> None:
    assert _verifier(registre(), "STR") == []


def test_une_feuille_absente_se_dit_par_son_nom_attendu() -> None:
    (absente,) = (c for c in constats(sans=("echanges",)) if c.regle == "STR-001")
    assert (absente.lieu.feuille, absente.lieu.ligne, absente.registre) == (
        "Échanges",
        None,
        "echanges",
    )


def test_une_colonne_essentielle_absente_est_une_erreur_a_l_en_tete() -> None:
    (absente,) = (c for c in constats(sans=("outils.domaine",)) if c.regle.startswith("STR"))
    assert (absente.regle, absente.gravite) == ("STR-002", Gravite.ERREUR)
    assert absente.lieu.ligne == LIGNE_ENTETE
    assert cellule(absente.lieu) is None
    assert absente.colonne == "domaine"


def test_une_colonne_utile_absente_est_un_avertissement() -> None:
    (absente,) = (c for c in constats(sans=("outils.licence",)) if c.regle.startswith("STR"))
    assert (absente.regle, absente.gravite) == ("STR-003", Gravite.AVERTISSEMENT)


def test_une_colonne_calculee_absente_n_est_rien() -> None:
    assert not any(c.regle.startswith("STR") for c in constats(sans=("outils.dernier_jour",)))


def test_une_reponse_absente_de_la_fiche_est_une_colonne_absente() -> None:
    codes = [c.regle for c in constats(sans=("commune.canton",)) if c.colonne == "canton"]
    assert codes == ["STR-002"]


def test_la_feuille_des_listes_supprimee_se_dit() -> None:
    lu = replace(registre(), sans_listes=True)
    (perdue,) = (c for c in verifier(lu, modele(), AU) if c.regle.startswith("STR"))
    assert (perdue.regle, perdue.gravite) == ("STR-009", Gravite.AVERTISSEMENT)
    assert perdue.lieu.feuille == "Listes"


def test_deux_feuilles_pour_un_registre() -> None:
    lu = replace(registre(), en_double=(("outils", "Outils (2)"),))
    (double,) = (c for c in verifier(lu, modele(), AU) if c.regle == "STR-004")
    assert double.lieu.feuille == "Outils (2)"


def test_deux_colonnes_pour_une_reponse() -> None:
    lu = registre()
    outils = replace(lu.feuilles["outils"], en_double=(("nom", 9),))
    lu = replace(lu, feuilles={**lu.feuilles, "outils": outils})
    (double,) = (c for c in verifier(lu, modele(), AU) if c.regle == "STR-005")
    assert cellule(double.lieu) == "I5"


def test_une_autre_version_du_modele() -> None:
    identite = modele().identite
    meme = replace(registre(), version=(identite.id, identite.version))
    assert _verifier(meme, "STR") == []
    assert _verifier(replace(meme, version=("communal", "0.9")), "STR") == ["STR-006"]


def test_un_verrou_voisin() -> None:
    assert _verifier(replace(registre(), a_un_verrou=True), "STR") == ["STR-007"]


def test_un_classeur_refuse_n_a_qu_un_constat() -> None:
    (seul,) = verifier(replace(registre(), refus=VIDE.refuser(), feuilles={}), modele(), AU)
    assert (seul.regle, seul.gravite) == ("FIC-002", Gravite.ERREUR)
    assert seul.message == "Le fichier est vide."
    assert seul.corriger == "Reprendre une sauvegarde du classeur."


def test_un_refus_precise_le_fait_de_sa_fiche_et_en_garde_le_remede() -> None:
    refus = abime("la feuille Outils. Suite")
    (seul,) = verifier(replace(registre(), refus=refus), modele(), AU)
    sa_fiche = fiche("FIC-004")
    assert sa_fiche is not None
    assert seul.message == f"{sa_fiche.message.rstrip('.')} (la feuille Outils. Suite)."
    assert seul.corriger == sa_fiche.corriger
