r"""Un texte séparé (CSV) de tout séparateur et de tout encodage → une grille, et comment il fut lu.

Rien n'y dit ni l'un ni l'autre : l'encodage est celui qui donne le plus de lettres françaises, le
séparateur celui qui coupe le plus de lignes en autant de colonnes.

>>> decoder("Éditeur;Coût".encode("cp1252")), decoder(b"\xff\xfea\x00")
(('Éditeur;Coût', 'Windows (cp1252)'), ('a', 'UTF-16'))
>>> separateur_de("nom;prix\nGED;1,5\nSIT;2,5")
';'
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice, pairwise

from pilotage_xlsx.lecture.feuilletage import CELLULES_MAX
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.registre.tableaux import ListeRecue, TableauRecu
from pilotage_xlsx.socle.adresses import COLONNES_MAX
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import Refus, demesure, liste_abimee
from pilotage_xlsx.socle.textes import TexteSaisi, en_clair, est_vide

_SEPARATEURS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_ANNONCE = "sep="
"""La première ligne d'un CSV fait pour Excel : « sep=; »."""

_MINUSCULES, _MAJUSCULES = frozenset("éèêëàâäçîïôöùûüœæ"), frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ")
_PONCTUATION = frozenset("«»’“”°€–—…\u00a0")
_ENCODAGES = (
    ("cp1252", "Windows (cp1252)"),
    ("mac_roman", "Mac (Roman)"),
    ("cp850", "DOS (cp850)"),
)
_ECHANTILLON = 64 << 10
_LIGNES_ESSAYEES = 60
_TEXTE_MAX = 32_767
_A_LA_LIGNE = motif(r"\r\n?")


def lire_separes(octets: bytes, nom: str, limite: int) -> ListeRecue:
    """Les ``limite`` premières lignes remplies du texte ; `Refus` s'il ne peut pas en être un."""
    texte, encodage = decoder(octets)
    if "\0" in texte:
        raise liste_abimee("des signes nuls au milieu du texte")
    annonce, texte = _ecouter_l_annonce(texte)
    separateur = annonce or separateur_de(texte)
    lignes: dict[int, dict[int, Cellule]] = {}
    est_entier = True
    for numero, champs in _rangs(texte, separateur, 2 if annonce else 1):
        if len(lignes) == limite:
            est_entier = False
            break
        if rangee := _ranger(champs):
            lignes[numero] = rangee
    dit = f"Texte lu en {encodage}, séparé par {_SEPARATEURS.get(separateur, separateur)}."
    return ListeRecue((TableauRecu(nom, lignes, est_entier=est_entier),), (dit,))


def decoder(octets: bytes) -> tuple[str, str]:
    """Le texte, et le nom de l'encodage où il se lit."""
    if octets.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return octets.decode("utf-16", "replace"), "UTF-16"
    try:
        return octets.removeprefix(BOM_UTF8).decode(), "UTF-8"
    except UnicodeDecodeError:
        essais = [(octets.decode(code, "replace"), dit) for code, dit in _ENCODAGES]
    return max(essais, key=lambda essai: _vraisemblance(essai[0][:_ECHANTILLON]))


def _vraisemblance(texte: str) -> int:
    """Les lettres d'ici, moins les signes que personne ne tape, ni une majuscule dans un mot."""
    points = 0
    for avant, signe in pairwise(f" {texte}"):
        if signe in _MINUSCULES:
            points += 2
        elif signe in _PONCTUATION or (signe in _MAJUSCULES and not avant.islower()):
            points += 1
        elif not signe.isascii():
            points -= 2
    return points


def separateur_de(texte: str) -> str:
    """Le séparateur qui coupe le plus de lignes en autant de colonnes, deux au moins."""
    debut = texte[:_ECHANTILLON]
    return max(_SEPARATEURS, key=lambda signe: _regularite(debut, signe))


def _regularite(texte: str, separateur: str) -> tuple[float, int]:
    largeurs = Counter[int]()
    with suppress(Refus):  # un séparateur qui n'est pas le bon coupe au milieu d'un guillemet
        for _, champs in islice(_rangs(texte, separateur), _LIGNES_ESSAYEES):
            largeurs[len(champs)] += any(champs)
    coupees = {largeur: fois for largeur, fois in largeurs.items() if largeur > 1}
    largeur, fois = max(coupees.items(), key=lambda paire: paire[1], default=(1, 0))
    return fois / max(largeurs.total(), 1), largeur


def _rangs(texte: str, separateur: str, premier: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Les lignes, numérotées comme un tableur les montre ; `Refus` si l'une n'en finit pas."""
    lecteur = csv.reader(StringIO(texte, newline=""), delimiter=separateur, strict=True)
    cellules = 0
    try:
        for numero, champs in enumerate(lecteur, premier):
            cellules += len(champs)
            if cellules > CELLULES_MAX or len(champs) > COLONNES_MAX:
                raise demesure("cellules du texte")
            yield numero, champs
    except csv.Error as faute:
        raise liste_abimee(f"un guillemet de trop, vers la ligne {lecteur.line_num}") from faute


def _ecouter_l_annonce(texte: str) -> tuple[str, str]:
    """Le séparateur que dit la première ligne, s'il y en a un, et le texte qui la suit."""
    premiere, _, suite = texte.partition("\n")
    dit = premiere.strip("\r\"' ")
    if dit.lower().startswith(_ANNONCE) and len(dit) == len(_ANNONCE) + 1:
        return dit[-1], suite
    return ("\t", suite) if premiere.lower().rstrip("\r") == "sep=\t" else ("", texte)


def _ranger(champs: list[str]) -> dict[int, Cellule]:
    """Les cellules remplies d'une ligne ; un texte trop long pour un tableur se refuse."""
    if any(len(champ) > _TEXTE_MAX for champ in champs):
        raise demesure("un texte de plus de 32'767 signes")
    return {
        place: Cellule(NatureDeCellule.TEXTE, TexteSaisi(en_clair(_A_LA_LIGNE.sub("\n", champ))))
        for place, champ in enumerate(champs, 1)
        if not est_vide(champ)
    }
