"""Ce qui sort de la commune, et rien d'autre : cherché dans chaque octet de chaque partie."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.consolider import consolider
from pilotage_xlsx.gestes.generer import generer
from pilotage_xlsx.gestes.lire import lire
from pilotage_xlsx.gestes.mutualiser import mutualiser
from pilotage_xlsx.gestes.partager import partager
from pilotage_xlsx.gestes.verifier import verifier
from pilotage_xlsx.modele import Forme, Genre, Partage
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.entree import EnMemoire
from tests.commandes.ligne import classeur, jouer
from tests.petites_tables import petites_tables
from tests.tableaux import AU, modele

NIVEAUX = [niveau.value for niveau in Partage]
_SECRET = "Sekret"
"""Ce qui est écrit dans chaque cellule fermée, et ne doit se trouver nulle part."""

_JOUR = date(2031, 7, 23)
"""De même, pour les dates ; et 987654 pour les nombres."""


def _ferme(niveau: Partage) -> EnMemoire:
    """Un classeur où tout ce qui est fermé à ce niveau porte un secret, jusque dans ses marges."""
    donnees: dict[str, object] = {}
    for feuille in modele().feuilles:
        ligne = {
            colonne.id: _reponse(colonne.genre, est_ouverte=niveau in colonne.partage)
            for colonne in feuille.saisies
            if colonne.genre is not Genre.LISTE
        }
        ligne |= {"annee": 2026} if feuille.forme is Forme.FICHE else {}
        ligne["propres"] = {f"{_SECRET} colonne": f"{_SECRET} propre"}
        donnees[feuille.id] = ligne if feuille.forme is Forme.FICHE else [ligne]
    with petites_tables():
        octets = generer(donnees=donnees, au=AU, modele=modele()).octets
    livre = load_workbook(BytesIO(octets))
    livre.create_sheet(f"{_SECRET} feuille")["A1"] = f"{_SECRET} cellule"
    livre["Outils"]["C7"].comment = Comment(f"{_SECRET} note", f"{_SECRET} auteur")
    livre.defined_names.add(DefinedName(f"{_SECRET}_nom", attr_text="Outils!$A$1"))
    livre.properties.creator = livre.properties.lastModifiedBy = f"{_SECRET} auteur"
    livre.properties.description = f"{_SECRET} description"
    sortie = BytesIO()
    livre.save(sortie)
    return EnMemoire("commune.xlsx", sortie.getvalue())


def _reponse(genre: Genre, *, est_ouverte: bool) -> object:
    if genre in (Genre.DATE, Genre.DATE_HEURE):
        return "2027-03-04" if est_ouverte else _JOUR.isoformat()
    if genre in (Genre.ENTIER, Genre.MONTANT):
        return 12 if est_ouverte else 987654
    return "Ouvert" if est_ouverte else f"{_SECRET} {genre}"


def _tout(octets: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        noms = "\n".join(archive.namelist()).encode()
        return noms + archive.comment + b"".join(map(archive.read, archive.namelist()))


@pytest.mark.parametrize("niveau", Partage)
def test_rien_de_ferme_n_est_dans_aucun_octet(niveau: Partage) -> None:
    recu = _ferme(niveau)
    serie = str((_JOUR - date(1899, 12, 30)).days).encode()
    traces = (_SECRET.encode(), _SECRET.lower().encode(), serie, b"987654")
    assert all(trace in _tout(recu.octets) for trace in traces if trace != traces[1])
    partage = _tout(partager(recu, niveau.value, au=AU).octets)
    assert [trace for trace in traces if trace in partage] == []


@pytest.mark.parametrize("niveau", Partage)
def test_tout_ce_qui_peut_sortir_est_la(niveau: Partage, tmp_path: Path) -> None:
    entier = lire(classeur(tmp_path))
    fait = partager(entier, niveau.value, au=AU)
    relu = lire(EnMemoire("p.xlsx", fait.octets))
    assert relu.partage == niveau.value
    sorties = 0
    for feuille in modele().feuilles:
        ouvertes = [c.id for c in feuille.saisies if niveau in c.partage]
        voulues = [_valeurs(ligne.valeurs, ouvertes) for ligne in entier.lignes(feuille.id)]
        trouvees = [_valeurs(ligne.valeurs, ouvertes) for ligne in relu.lignes(feuille.id)]
        assert {*map(frozenset, trouvees)} <= {*map(frozenset, voulues)}
        sorties += sum(map(len, trouvees))
        assert all(set(ligne.valeurs) <= set(ouvertes) for ligne in relu.lignes(feuille.id))
    assert sorties == fait.bilan.parties


def _valeurs(valeurs: object, colonnes: list[str]) -> list[tuple[str, str]]:
    assert hasattr(valeurs, "items")
    return [(nom, afficher(valeur)) for nom, valeur in valeurs.items() if nom in colonnes]


@pytest.mark.parametrize("niveau", NIVEAUX)
def test_les_comptes_se_reconcilient(niveau: str, tmp_path: Path) -> None:
    entier = lire(classeur(tmp_path))
    bilan = partager(entier, niveau, au=AU).bilan
    remplies = sum(
        len(ligne.valeurs) + len(ligne.propres)
        for nom in modele().par_id
        for ligne in entier.lignes(nom)
    )
    calculees = sum("dernier_jour" in ligne.valeurs for ligne in entier.lignes("outils"))
    assert bilan.parties + bilan.restees == remplies - calculees


def test_la_premiere_feuille_dit_ce_qui_est_reste(tmp_path: Path) -> None:
    fait = partager(classeur(tmp_path), "region", au=AU)
    feuille = load_workbook(BytesIO(fait.octets)).worksheets[0]
    lignes = {r[0]: r[1:] for r in feuille.iter_rows(values_only=True, max_col=3)}
    assert "Domaine (29)" in lignes["Outils"][0]
    assert "Criticité" in lignes["Outils"][1].split(", ")
    assert lignes["Incidents"][0] == "Rien"


def test_la_premiere_feuille_ne_compte_rien_de_ce_qui_reste(tmp_path: Path) -> None:
    """Le nombre des incidents est déjà une faiblesse : avec ou sans eux, la page est la même."""
    entier = lire(classeur(tmp_path))
    vide = replace(
        entier,
        feuilles={n: f for n, f in entier.feuilles.items() if n not in ("incidents", "acceptes")},
    )
    assert partager(entier, "region", au=AU).octets == partager(vide, "region", au=AU).octets


@pytest.mark.parametrize("niveau", ["region", "canton"])
def test_consolider_et_mutualiser_y_comptent_pareil(niveau: str, tmp_path: Path) -> None:
    entiers = [classeur(tmp_path), classeur(tmp_path, "belcombe-2026")]
    partages = [
        EnMemoire(chemin.name, partager(chemin, niveau, au=AU).octets) for chemin in entiers
    ]
    for registre in ("outils", "prestataires"):
        avant, apres = (
            consolider(x, au=AU).registres[registre].hauteur for x in (entiers, partages)
        )
        assert avant == apres > 20
    avant_, apres_ = (mutualiser(x, au=AU).trouvee for x in (entiers, partages))
    assert [p.nom for p in avant_.participantes] == [p.nom for p in apres_.participantes]
    assert len(apres_.occasions) > 3


def test_une_ligne_arretee_ne_passe_pas_pour_vivante() -> None:
    """Le public ne reçoit pas le statut : un outil arrêté y compterait comme en service."""
    with petites_tables():
        recu = generer(
            donnees={
                "commune": {"commune": "Valmarin", "annee": 2026},
                "outils": [
                    {"nom": "A", "domaine": "site"},
                    {"nom": "B", "domaine": "site", "statut": "arrete"},
                ],
            },
            au=AU,
        ).octets
    lus = {n: lire(partager(recu, n, au=AU).octets).lignes("outils") for n in NIVEAUX}
    assert {n: len(lignes) for n, lignes in lus.items()} == {"region": 2, "canton": 2, "public": 1}


def test_un_secret_est_masque_et_une_personne_retenue() -> None:
    with petites_tables():
        recu = generer(
            donnees={
                "commune": {"commune": "Valmarin", "annee": 2026, "referent_nom": "Anne Exemple"},
                "prestataires": [
                    {"nom": "Alpha SA", "prestation": "Dépannage, mdp : Lac2026!"},
                    {"nom": "Beta SA", "prestation": "Voir Anne Exemple"},
                    {"nom": "Gamma SA", "prestation": "Appeler le 021 555 01 01"},
                ],
            },
            au=AU,
        ).octets
    fait = partager(recu, "region", au=AU)
    lues = [ligne.texte("prestation") for ligne in lire(fait.octets).lignes("prestataires")]
    assert lues[0] == "Dépannage, mdp : ••••••"
    assert lues[1] == lues[2] == "(retenu par la commune)"
    tout = _tout(fait.octets).decode("utf-8", "replace")
    assert not any(mot in tout for mot in ("Lac2026", "Anne Exemple", "555 01 01"))


@pytest.mark.parametrize(
    "commande",
    [
        ("verifier",), ("corriger",), ("rapport", "--annee", "2026", "--sortie", "r"),
        ("fiche", "urgence", "--sortie", "f.pdf"), ("comparer",),
        ("partager", "--avec", "public", "--sortie", "q.xlsx"),
    ],
    ids=lambda commande: commande[0],
)  # fmt: skip
def test_un_partage_pris_pour_un_classeur_entier_se_dit(
    commande: tuple[str, ...], tmp_path: Path
) -> None:
    partage = tmp_path / "partage.xlsx"
    partage.write_bytes(partager(classeur(tmp_path), "region", au=AU).octets)
    avant = partage.read_bytes()
    entrees = [partage, partage] if commande[0] == "comparer" else [partage]
    suite = [*commande[1:2], *entrees, *commande[2:]] if commande[0] == "fiche" else [
        *entrees, *commande[1:],
    ]  # fmt: skip
    fait = jouer(commande[0], *suite, dans=tmp_path)
    assert (fait.code, "classeur de partage" in fait.texte + fait.erreur) == (2, True)
    assert partage.read_bytes() == avant


def test_la_bibliotheque_lit_un_partage_et_ne_le_controle_pas(tmp_path: Path) -> None:
    lu = lire(EnMemoire("p.xlsx", partager(classeur(tmp_path), "canton", au=AU).octets))
    assert isinstance(lu, Registre)
    assert len(lu.lignes("outils")) == 29
    assert verifier(lu, au=AU)[0].regle == "FIC-013"


def test_rien_a_partager_se_dit() -> None:
    with petites_tables():
        vierge = generer(au=AU).octets
    assert partager(vierge, "public", au=AU).bilan.parties == 1
    with pytest.raises(GesteImpossible, match="destinataire"):
        partager(vierge, "presse", au=AU)


def test_l_essai_montre_et_n_ecrit_rien(tmp_path: Path) -> None:
    commune = classeur(tmp_path)
    fait = jouer("partager", commune, "--avec", "region", "--essai", "--au", "24.11.2026")
    assert fait.code == 0
    assert "reste : Criticité (29)" in fait.texte.replace("\u202f", " ")
    assert sorted(tmp_path.iterdir()) == [commune]
    sans = jouer("partager", commune, "--avec", "region")
    assert (sans.code, "--sortie" in sans.erreur) == (2, True)


_NE_SORT_PAS = """
Dépannage par Luc Favre
Dépannage par Favre Luc
Blanc Anne-Marie répond
Marc Blondel
Contact : Mme Rey
Poste de M. Dupond
support 021-555-01-01
+41 (0)21 555 01 01
Hébergement, client n° 44012
client V-4471
jean.rey (at) valmarin.example
voir /partage/contrats/alpha
https://intranet.valmarin.example/x?jeton=abc123
Clé API sk_live_88aa77bb
code Wi-Fi 8841-2290
Administrateur : admin / Soleil99
Licence 4F2K-99QX-7TTA-0PLM
support dès le 01.01.2025 au 079 555 01 03
Contrat V-4471, maintenance
Code d'accès 2025
Code alarme du collège 4417
code PIN : 12 34
Clé wifi Lac2026
Login : secretaire2
identifiants commune / Valmarin2026
jeton ghp_1a2b3c4d
Clé de licence ABCD1234
client VD12345
Intervention chez la famille Müller
Dr Bovet, médecin-conseil
Maintenance (P. Henchoz)
MME REY s'en occupe
DUPONT Jean, technicien
Concierge : Luigi Bianchi
Support par Ahmed Ben Salah
secretariat arobase valmarin point example
jean.rey＠valmarin.example
support au ０２１ ５５５ ０１ ０１
support au 021\u200b555\u200b01\u200b01
\\\\srv01\\compta
C:\\Users\\rochat\\Bureau
VPN vpn.valmarin.example:8443
user: admin pass: 1234
PW=abc123
PIN 4417
code porte 1234
Rue du Lac 12, 1999 Rivebelle
né le 12.03.1980
Poste de Gilliéron
"""
_SORT = """
Logiciel de comptabilité
Microsoft 365
Portail clients 24h/24
Site internet valmarin.example
Gestion des mots de passe
Support et maintenance 2e niveau
Contrôle d'accès du collège
Hébergement du site (www.valmarin.example)
Hébergement du serveur de fichiers
Support informatique
Licences Office 2021
Windows Server 2022
Plan d'archives 2026
Reprise V-44712
Client O365
Client SQL2019
Portail client numérique 2
Portail client 2024
Code d'urbanisme 2025
Login SwissID 2
Login OAuth2
Identifiants SwissID niveau 2
Identifiants de 2ème niveau
Clé de produit Office 2019
Jetons RSA 2
Gestion des codes d'accès, support 24h/24
Administration : Office 2021
Licences 2024-2027
Contrat du 01.01.2025 - 31.12.2026
Salle Saint Martin
Solution Marie-Claire
Portail Jura Bernois
Hébergement chez Infomaniak
SAP Business One
Logiciel S.A. Informatique
Abacus G4
"""
_RANGEMENTS = ("Serveur", "Informatique", "Archives", "Archives 2026", "Microsoft 365")
_PAS_DES_NUMEROS = ("2021", "Office", "aucun")


@pytest.fixture(scope="module")
def parlant() -> Registre:
    """Des outils et des prestations dont le texte dit ce qui ne sort pas, ou n'en dit rien."""
    textes = [*_NE_SORT_PAS.strip().splitlines(), *_SORT.strip().splitlines()]
    prestataires = [{"nom": f"P{n} SA", "prestation": texte} for n, texte in enumerate(textes)]
    prestataires[0] |= {"contact": "Luc Favre - technicien", "dossier": "/partage/contrats/alpha"}
    prestataires[1] |= {"contact": "Anne-Marie Blanc 079 555 01 02", "numero_client": "V-4471"}
    prestataires[2] |= {"contact": "M. Marc Blondel : support"}
    for n, range_dans in enumerate(_RANGEMENTS, 3):
        prestataires[n] |= {"dossier": range_dans, "numero_client": _PAS_DES_NUMEROS[n % 3]}
    prestataires[3]["nom"] = "Informatique Conseil SA"
    outils = [{"nom": f"{texte} {n}", "domaine": "Autre"} for n, texte in enumerate(textes)]
    fiche = {"commune": "Valmarin", "referent_nom": "Aude Gilliéron"}
    donnees = {"commune": fiche, "prestataires": prestataires, "outils": outils}
    with petites_tables():
        return lire(EnMemoire("c.xlsx", generer(donnees=donnees, au=AU, modele=modele()).octets))


@pytest.mark.parametrize("niveau", ["region", "canton", "public"])
def test_un_texte_libre_ne_dit_ni_personne_ni_numero_ni_code(
    parlant: Registre, niveau: str
) -> None:
    fait = partager(parlant, niveau, au=AU)
    octets = _tout(fait.octets).decode("utf-8", "replace").replace("&apos;", "'")
    for texte in _NE_SORT_PAS.strip().splitlines():
        assert texte not in octets, texte
    relu = lire(EnMemoire("p.xlsx", fait.octets))
    sortis = {str(ligne.valeurs.get("prestation")) for ligne in relu.lignes("prestataires")}
    if niveau != "public":
        assert set(_SORT.strip().splitlines()) <= sortis
        assert "Informatique Conseil SA" in {une["nom"] for une in relu.lignes("prestataires")}
