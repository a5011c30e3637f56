"""ENS : le même prestataire, le même outil, chez plusieurs communes."""

from __future__ import annotations

import pytest

from pilotage_xlsx.metier.constats import Constat
from pilotage_xlsx.metier.ensemble import Ensemble
from pilotage_xlsx.verification import verifier_ensemble
from pilotage_xlsx.verification.regles.ens import alleger
from tests.tableaux import modele, registre


def _constats(*registres: str, **correspondances: str) -> list[Constat]:
    """Les constats de communes qui ne diffèrent que par ces registres."""
    lus = [
        registre(
            f"commune | commune | numero_ofs | annee\n | Commune {rang} | {9990 + rang} | 2026\n"
            + texte,
            fichier=f"{rang}.xlsx",
        )
        for rang, texte in enumerate(registres)
    ]
    entier = verifier_ensemble(Ensemble(modele(), tuple(lus), correspondances), modele())
    allege = verifier_ensemble(
        Ensemble(modele(), tuple(map(alleger, lus)), correspondances), modele()
    )
    assert [c.message for c in entier] == [c.message for c in allege]
    return list(entier)


def _codes(*registres: str, **correspondances: str) -> list[str]:
    return [constat.regle for constat in _constats(*registres, **correspondances)]


def _prestataire(nom: str, ide: str = "", telephone: str = "") -> str:
    return f"prestataires | nom | ide | telephone_urgence\n | {nom} | {ide} | {telephone}"


def test_un_prestataire_ecrit_de_deux_facons_se_dit_avec_la_confiance() -> None:
    (constat,) = _constats(_prestataire("Alpha Info. SA"), _prestataire("Alpha Informatique SA"))
    assert constat.regle == "ENS-004"
    assert "confiance 92" in constat.message
    assert (constat.lieu.fichier, [lieu.fichier for lieu in constat.aussi]) == (
        "1.xlsx",
        ["0.xlsx"],
    )


def test_la_casse_seule_n_est_pas_une_autre_facon() -> None:
    assert _codes(_prestataire("Alpha SA"), _prestataire("ALPHA SA")) == []


def test_deux_facons_dans_un_seul_classeur_ne_sont_pas_une_affaire_d_ensemble() -> None:
    assert _codes("prestataires | nom\n | Alpha SA\n | Alpha Sàrl", _prestataire("Beta SA")) == []


def test_un_nom_voisin_est_une_question() -> None:
    codes = _codes(_prestataire("Dupont Informatique"), _prestataire("Dupond Informatique"))
    assert codes == ["ENS-005"]


def test_une_correspondance_tranche_la_question() -> None:
    noms = ("Dupont Informatique", "Dupond Informatique")
    separes = dict(zip(noms, noms, strict=True))
    assert _codes(*map(_prestataire, noms), **separes) == []


@pytest.mark.parametrize(
    "autre", ["021 555 01 02", "0041 21 555 01 02", "+41 21 555 01 02", "Aucun"]
)
def test_le_meme_numero_ecrit_autrement_est_le_meme(autre: str) -> None:
    un = _prestataire("Alpha SA", telephone="+41 21 555 01 02")
    assert _codes(un, _prestataire("Alpha SA", telephone=autre)) == []


def test_deux_telephones_d_urgence_du_meme_prestataire_se_disent() -> None:
    (constat,) = _constats(
        _prestataire("Alpha SA", telephone="021 555 01 02"),
        _prestataire("Alpha", telephone="021 555 01 03"),
    )[:1]
    assert constat.regle in ("ENS-004", "ENS-006")
    codes = _codes(
        _prestataire("Alpha SA", telephone="021 555 01 02"),
        _prestataire("Alpha SA", telephone="021 555 01 03"),
    )
    assert codes == ["ENS-006"]


_GED = "outils | nom | prestataire\n | GED | Alpha SA\n" + _prestataire("Alpha SA")


@pytest.mark.parametrize(("communes", "codes"), [(2, []), (3, ["ENS-007"])])
def test_le_meme_outil_chez_trois_communes_se_dit(communes: int, codes: list[str]) -> None:
    assert _codes(*[_GED] * communes) == codes


def test_trois_communes_sur_sept_n_en_sont_pas_beaucoup() -> None:
    ailleurs = "outils | nom | prestataire\n | Salaires | Géré à l'interne"
    assert _codes(*[_GED] * 3, *[ailleurs] * 3) == ["ENS-007"]
    assert _codes(*[_GED] * 3, *[ailleurs] * 4) == []


@pytest.mark.parametrize(
    "de_droit",
    [
        "outils | nom | prestataire | mutualisation\n | GED | Alpha SA | Fourni par le canton\n"
        "prestataires | nom | contrat\n | Alpha SA | Signé",
        "outils | nom | prestataire\n | GED | Alpha SA\n"
        "prestataires | nom | contrat\n | Alpha SA | Base légale",
    ],
)
def test_ce_que_le_canton_fournit_ne_se_negocie_pas(de_droit: str) -> None:
    assert _codes(*[de_droit] * 3) == []


def test_un_nom_banal_chez_trois_prestataires_n_est_pas_le_meme_outil() -> None:
    textes = (
        f"outils | nom | prestataire\n | Site internet | {nom}\n" + _prestataire(nom)
        for nom in ("Orvalis SA", "Kantys SA", "Dorsia SA")
    )
    assert _codes(*textes) == []


@pytest.mark.parametrize("statut", ["Arrêté", "À confirmer"])
def test_un_outil_hors_vigueur_ne_compte_pas(statut: str) -> None:
    hors = f"outils | nom | prestataire | statut\n | GED | Alpha SA | {statut}\n"
    assert _codes(_GED, _GED, hors + _prestataire("Alpha SA")) == []


@pytest.mark.parametrize(
    ("nom", "cantons", "codes"),
    [
        ("Administration cantonale", ("VD", "VD"), ["ENS-006"]),
        ("Administration cantonale", ("VD", "JU"), []),
        ("Alpha SA", ("VD", "JU"), ["ENS-006"]),
    ],
)
def test_l_administration_cantonale_est_une_autre_par_canton(
    nom: str, cantons: tuple[str, str], codes: list[str]
) -> None:
    lus = tuple(
        registre(
            f"commune | commune | canton\n | Commune {rang} | {canton}\n"
            + _prestataire(nom, telephone=f"021 555 01 1{rang}"),
            fichier=f"{rang}.xlsx",
        )
        for rang, canton in enumerate(cantons)
    )
    assert [c.regle for c in verifier_ensemble(Ensemble(modele(), lus), modele())] == codes


@pytest.mark.parametrize(("combien", "fin"), [(7, "et Commune 6."), (8, "et 2 autres.")])
def test_une_longue_liste_de_communes_s_abrege_jamais_d_une_seule(combien: int, fin: str) -> None:
    outil = "\noutils | nom | prestataire\n | GED | Alpha SA"
    constats = _constats(*[_prestataire("Alpha SA") + outil] * combien)
    assert [c.message.endswith(fin) for c in constats if c.regle == "ENS-007"] == [True]
