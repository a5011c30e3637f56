"""Le dossier d'un rapport, ou de simples fichiers : lus entiers, ou une phrase."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pilotage_xlsx.envoi import EnvoiRefuse, lire_contenu, phrase_des_erreurs

EcrireRapport = Callable[..., Path]


def test_un_rapport_sans_rien_a_joindre_ne_part_pas(ecrire_rapport: EcrireRapport) -> None:
    """Son texte dit que l'annexe est dans les fichiers joints."""
    with pytest.raises(EnvoiRefuse, match="toutes ses formes"):
        lire_contenu([ecrire_rapport(fichiers=[])])


def test_un_rapport_se_lit_avec_ses_fichiers(ecrire_rapport: EcrireRapport) -> None:
    contenu = lire_contenu([ecrire_rapport()])
    assert [piece.nom for piece in contenu.pieces] == [
        "rapport-valmarin-2026.html",
        "rapport-valmarin-2026.xlsx",
    ]
    assert contenu.html == "<p>À décider</p>\n"


def test_sans_page_de_courriel_le_texte_suffit(ecrire_rapport: EcrireRapport) -> None:
    assert lire_contenu([ecrire_rapport(courriel_html=None)]).html is None


@pytest.mark.parametrize("nom", ["rapport-valmarin-2026.xlsx", "rapport-valmarin-2026.txt"])
def test_un_fichier_change_depuis_le_rapport_ne_part_pas(
    ecrire_rapport: EcrireRapport, nom: str
) -> None:
    dossier = ecrire_rapport()
    empreintes = {
        f.name: sha256(f.read_bytes()).hexdigest() for f in dossier.iterdir() if f.suffix != ".json"
    }
    assert lire_contenu([ecrire_rapport(empreintes=empreintes)]).bordereau is not None
    (dossier / nom).write_bytes((dossier / nom).read_bytes() + b" ")
    with pytest.raises(EnvoiRefuse, match=f"{nom} a changé"):
        lire_contenu([dossier])


def test_avec_un_pdf_la_page_n_est_pas_jointe_deux_fois(ecrire_rapport: EcrireRapport) -> None:
    """La page est le corps du message ; le PDF et le classeur sont ce qui se garde."""
    noms = ["rapport-valmarin-2026.html", "rapport-valmarin-2026.pdf", "rapport-valmarin-2026.xlsx"]
    dossier = ecrire_rapport(fichiers=noms)
    (dossier / noms[1]).write_bytes(b"%PDF-1.7")
    contenu = lire_contenu([dossier])
    assert contenu.html == "<p>À décider</p>\n"
    assert [piece.nom for piece in contenu.pieces] == noms[1:]


def test_une_cle_inconnue_ne_gene_pas(ecrire_rapport: EcrireRapport) -> None:
    assert lire_contenu([ecrire_rapport(avenir={"a": 1})]).bordereau is not None


@pytest.mark.parametrize(
    ("changements", "phrase"),
    [
        ({"fichiers": ["absent.pdf"]}, "manque"),
        ({"texte": "absent.txt"}, "manque"),
        ({"texte": "rapport-valmarin-2026.xlsx/"}, "sort du dossier"),
        ({"fichiers": ["../secret.txt"]}, "sort du dossier"),
        ({"fichiers": ["/etc/passwd"]}, "sort du dossier"),
        ({"fichiers": ["C:secret.txt"]}, "sort du dossier"),
        ({"fichiers": [".."]}, "sort du dossier"),
        ({"fichiers": "tout"}, "abîmé"),
        ({"annee": "cette année"}, "abîmé"),
        ({"commune": None}, "abîmé"),
        ({"format": 2}, "mettez pilotage-xlsx à jour"),
        ({"format": 2, "fichiers": {"a": 1}}, "mettez pilotage-xlsx à jour"),
        ({"format": True}, "abîmé"),
        ({"fichiers": ["rapport-valmarin-2026.html"] * 51}, "abîmé"),
        ({"fichiers": ["x" * 5_000]}, "trop long"),
        ({"fichiers": ["rapport\0.html"]}, "sort du dossier"),
    ],
)
def test_un_rapport_fautif_se_refuse(
    ecrire_rapport: EcrireRapport, changements: dict[str, Any], phrase: str
) -> None:
    with pytest.raises(EnvoiRefuse, match=phrase):
        lire_contenu([ecrire_rapport(**changements)])


def test_un_lien_vers_l_exterieur_n_est_pas_joint(
    ecrire_rapport: EcrireRapport, tmp_path: Path
) -> None:
    dossier = ecrire_rapport(fichiers=["lien.txt"])
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    try:
        (dossier / "lien.txt").symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("ce poste ne permet pas les liens symboliques")
    with pytest.raises(EnvoiRefuse, match="sort du dossier"):
        lire_contenu([dossier])


@pytest.mark.parametrize("octets", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b"[" * 99_999])
def test_un_rapport_json_abime(ecrire_rapport: EcrireRapport, octets: bytes) -> None:
    dossier = ecrire_rapport()
    (dossier / "rapport.json").write_bytes(octets)
    with pytest.raises(EnvoiRefuse, match="abîmé"):
        lire_contenu([dossier])


def test_des_pieces_trop_lourdes_ne_se_joignent_pas(
    ecrire_rapport: EcrireRapport, tmp_path: Path
) -> None:
    """Chacune tient, ensemble non ; un serveur les refuserait après de longues minutes."""
    dossier = ecrire_rapport(fichiers=["a.pdf", "b.pdf"])
    for nom in ("a.pdf", "b.pdf"):
        (dossier / nom).write_bytes(b"x" * (10 << 20))
    for chemins in ([dossier], [dossier / "a.pdf", dossier / "b.pdf"]):
        with pytest.raises(EnvoiRefuse, match=r"Avec .*b\.pdf.* dépassent 18 Mo"):
            lire_contenu(chemins)


def test_un_lien_que_la_personne_nomme_se_suit(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "a.pdf").write_bytes(b"%PDF")
    try:
        (tmp_path / "lien.pdf").symlink_to(tmp_path / "ailleurs" / "a.pdf")
    except OSError:
        pytest.skip("ce poste ne permet pas les liens symboliques")
    [piece] = lire_contenu([tmp_path / "lien.pdf"]).pieces
    assert (piece.nom, piece.octets) == ("lien.pdf", b"%PDF")


def test_un_dossier_sans_rapport(tmp_path: Path) -> None:
    with pytest.raises(EnvoiRefuse, match="n'est pas le dossier d'un rapport"):
        lire_contenu([tmp_path])


def test_de_simples_fichiers_se_joignent(tmp_path: Path) -> None:
    chemins = [tmp_path / "é.txt", tmp_path / "b.pdf"]
    for chemin in chemins:
        chemin.write_bytes(b"contenu")
    contenu = lire_contenu(chemins)
    assert contenu.sujet == "Documents du pilotage numérique"
    assert [piece.nom for piece in contenu.pieces] == ["é.txt", "b.pdf"]
    assert "- b.pdf" in contenu.texte


def test_un_dossier_ne_se_mele_pas_a_des_fichiers(ecrire_rapport: EcrireRapport) -> None:
    dossier = ecrire_rapport()
    with pytest.raises(EnvoiRefuse, match="un seul dossier"):
        lire_contenu([dossier / "rapport.json", dossier])


def test_un_fichier_absent(tmp_path: Path) -> None:
    with pytest.raises(EnvoiRefuse, match="manque"):
        lire_contenu([tmp_path / "absent.pdf"])


def test_rien_a_envoyer() -> None:
    with pytest.raises(EnvoiRefuse, match="Rien à envoyer"):
        lire_contenu([])


@pytest.mark.parametrize(("erreurs", "dit"), [(1, "une erreur"), (3, "3 erreurs")])
def test_un_classeur_fautif_demande_confirmation(
    ecrire_rapport: EcrireRapport, erreurs: int, dit: str
) -> None:
    contenu = lire_contenu([ecrire_rapport(resume={"erreurs": erreurs})])
    assert dit in str(phrase_des_erreurs(contenu))


def test_un_classeur_sain_part_sans_question(ecrire_rapport: EcrireRapport) -> None:
    assert phrase_des_erreurs(lire_contenu([ecrire_rapport()])) is None
