"""Ce que le programme demande au modèle : tenu par le modèle livré, dit d'un modèle adapté."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pilotage_xlsx.gestes.exigences import (
    charger_et_exiger,
    marques_de,
    muettes,
    privees,
    rassembler,
)
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide, dossier_livre
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Marque
from pilotage_xlsx.verification.catalogue import fonctions
from tests.commandes.ligne import jouer
from tests.tableaux import modele

PAQUET = Path(__file__).resolve().parents[2] / "pilotage_xlsx"
_APPELS = {"_vaut", "_repond", "get", "startswith", "endswith", "index", "count"}
"""Ce qui cherche un texte dans un autre, dans une table, ou l'écrit dans une formule."""


def _adapter(dossier: Path, avant: str, apres: str) -> Path:
    copie = dossier / "essai"
    shutil.copytree(dossier_livre("modeles") / "communal", copie)
    listes = copie / "listes.toml"
    assert avant in listes.read_text("utf-8")
    listes.write_text(listes.read_text("utf-8").replace(avant, apres, 1), "utf-8")
    return copie


def _renommer_partout(adapte: Path, avant: str, apres: str) -> None:
    """La clé d'une valeur, dans le kit et les feuilles qui la nomment."""
    for fichier in (adapte / "kit.toml", *(adapte / "feuilles").glob("*.toml")):
        fichier.write_text(fichier.read_text("utf-8").replace(f'"{avant}"', f'"{apres}"'), "utf-8")


def test_le_modele_livre_repond_a_tout_ce_qu_on_lui_demande() -> None:
    assert [marque for marque in rassembler() if not modele().libelles(marque)] == []
    assert muettes(modele(), fonctions()) == {}


def test_une_regle_nomme_ses_marques_et_celles_de_ses_voisines() -> None:
    toutes = fonctions()
    assert Marque("outils", "lieu_donnees", "sans_donnees") in marques_de(toutes["OUT-014"])
    assert Marque("outils", "renouvellement", "tacite") in marques_de(toutes["OUT-008"])


def test_un_jugement_commun_sans_son_mot_refuse_le_modele(tmp_path: Path) -> None:
    adapte = _adapter(tmp_path, 'cle = "indispensable"', 'cle = "vital"')
    _renommer_partout(adapte, "indispensable", "vital")
    with pytest.raises(ModeleInvalide, match=r"listes\.toml : criticite : .*« indispensable »"):
        charger_et_exiger(adapte)


def test_une_regle_seule_sans_son_mot_est_annoncee(tmp_path: Path) -> None:
    adapte = _adapter(tmp_path, 'cle = "absentes"', 'cle = "muettes"')
    _renommer_partout(adapte, "absentes", "muettes")
    assert list(muettes(charger_et_exiger(adapte), fonctions())) == ["PRE-004"]
    sortie = jouer("regles", "PRE-004", "--modele", adapte)
    assert sortie.code == 0
    assert "PRE-004 se tait avec ce modèle" in sortie.erreur
    assert "absentes" in sortie.erreur
    assert "(prestataires, clauses)" in sortie.erreur


@pytest.mark.parametrize(
    ("feuille", "colonne", "annoncees"),
    [
        ("outils", "repli", ["OUT-023"]),
        ("outils", "sauvegarde", ["OUT-003", "OUT-004"]),
        ("incidents", "ofcs_le", ["INC-007", "INC-012", "INC-014"]),
        ("decisions", "a_revoir_le", ["DEC-004", "DEC-012"]),
        ("echanges", "sujet", []),
    ],
)
def test_une_colonne_retiree_annonce_les_regles_qui_en_parlent(
    feuille: str, colonne: str, annoncees: list[str]
) -> None:
    assert list(privees(_sans(feuille, colonne), fonctions())) == annoncees


def test_regles_dit_la_colonne_que_le_modele_n_a_pas(tmp_path: Path) -> None:
    adapte = tmp_path / "essai"
    shutil.copytree(dossier_livre("modeles") / "communal", adapte)
    outils = adapte / "feuilles" / "outils.toml"
    blocs = outils.read_text("utf-8").split("\n[[colonnes]]\n")
    gardes = [bloc for bloc in blocs if 'id = "repli"' not in bloc]
    assert len(gardes) == len(blocs) - 1
    outils.write_text("\n[[colonnes]]\n".join(gardes), "utf-8")
    sortie = jouer("regles", "OUT-023", "--modele", adapte)
    assert "OUT-023 se tait, ou dit moins" in sortie.erreur
    assert "repli" in sortie.erreur
    (regle,) = jouer("regles", "OUT-023", "--format", "json", "--modele", adapte).json["regles"]
    assert regle["dit_moins_sans"] == ["outils.repli"]


def _sans(feuille: str, colonne: str) -> Modele:
    entiere = modele().par_id[feuille]
    gardees = tuple(c for c in entiere.colonnes if c.id != colonne)
    feuilles = [f if f.id != feuille else replace(f, colonnes=gardees) for f in modele().feuilles]
    return replace(modele(), feuilles=tuple(feuilles))


def test_aucun_libelle_de_liste_ne_decide_de_rien() -> None:
    """Ni comparaison, ni appartenance, ni clé, ni ``match``, ni morceau de formule."""
    libelles = {m.libelle for liste in modele().listes.values() for m in liste.mots} | {A_CLARIFIER}
    for feuille in modele().a_lire:
        libelles |= {mention for colonne in feuille.colonnes for mention in colonne.mentions}
    fautes = [
        f"{chemin.relative_to(PAQUET)}:{constante.lineno} : {constante.value!r}"
        for chemin in sorted(PAQUET.rglob("*.py"))
        for constante in _qui_decident(ast.parse(chemin.read_text("utf-8")))
        if constante.value in libelles
    ]
    assert fautes == []


def _qui_decident(arbre: ast.AST) -> list[ast.Constant]:
    """Les textes d'une épreuve, d'une clé ou d'un ensemble, et ceux d'un nom qu'une épreuve lit."""
    noeuds = list(ast.walk(arbre))
    eprouves = {
        nom.id
        for noeud in noeuds
        if isinstance(noeud, ast.Compare)
        for nom in ast.walk(noeud)
        if isinstance(nom, ast.Name)
    }
    trouves: list[ast.Constant] = []
    for noeud in noeuds:
        match noeud:
            case ast.Compare() | ast.MatchValue() | ast.Set():
                trouves += _textes(noeud)
            case ast.Subscript(slice=cle):
                trouves += _textes(cle)
            case ast.Call(func=ast.Attribute(attr=nom), args=arguments) if nom in _APPELS:
                trouves += [c for argument in arguments for c in _textes(argument)]
            case ast.Call(func=ast.Name(id="frozenset" | "set"), args=arguments):
                trouves += [c for argument in arguments for c in _textes(argument)]
            case ast.Assign(targets=[ast.Name(id=nom)], value=valeur) if nom in eprouves:
                trouves += _textes(valeur)
    return trouves


def _textes(noeud: ast.AST) -> list[ast.Constant]:
    return [n for n in ast.walk(noeud) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
