"""STR : les feuilles et les colonnes du classeur. Une absence se dit une fois, sans cascade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import LISTES, Colonne, Feuille
from pilotage_xlsx.modele.versions import Parente, changements, situer
from pilotage_xlsx.registre import Emplacement, FeuilleLue
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.verification.apports import dire_les_ajouts
from pilotage_xlsx.verification.phrases import citer
from pilotage_xlsx.verification.regle import Fait, dans, regle, sur

_GESTES = {
    Parente.ANCIENNE: "Rien ne presse : ce classeur reste valable. Pour les nouvelles colonnes, "
    "le classeur de l'année suivante reprend tout ce qui est en vigueur dans un classeur neuf.",
    Parente.RECENTE: "Mettre le programme à jour avant de s'en servir sur ce classeur : il ne "
    "connaît pas encore ce que cette version du modèle a changé.",
}
"""Que faire d'un classeur d'une autre version connue ; de tout autre, la fiche le dit."""


@regle(
    "STR-001",
    Gravite.ERREUR,
    "2",
    message="La feuille « {feuille} » est absente du classeur.",
    pourquoi="Chaque feuille répond à une exigence de la note ; sans elle, rien ne s'y contrôle.",
    corriger="Remettre la feuille « {feuille} », depuis une copie du classeur ou un classeur neuf.",
    doute=(
        "La feuille a été renommée ou déplacée.",
        "Elle se reconnaît encore à sa table, à ses clés ou à ses en-têtes ; seule une "
        "feuille supprimée manque.",
    ),
)
def feuille_absente(liens: Liens) -> Iterator[Fait]:
    for feuille in () if liens.registre.partage else liens.modele.feuilles:
        if feuille.id not in liens.registre.feuilles and feuille.id not in _ajoutes(liens):
            lieu = Emplacement(liens.registre.nom_du_fichier, feuille.libelle, None, None)
            yield dans(lieu, feuille.id, feuille=feuille.libelle)


@regle(
    "STR-002",
    Gravite.ERREUR,
    "2",
    message="La colonne {colonne} est absente ; elle fait partie de l'essentiel.",
    pourquoi="Une colonne essentielle porte ce que la commune doit savoir de chaque ligne.",
    corriger="Remettre une colonne dont l'en-tête est {colonne}, ou redonner ce nom à la vôtre.",
    doute=(
        "La colonne a été renommée ou déplacée.",
        "La clé cachée au-dessus, l'en-tête ou un de ses synonymes suffisent à la retrouver ; ce "
        "qu'une version plus récente du modèle ajoute ne manque pas à un classeur plus ancien.",
    ),
)
def colonne_essentielle_absente(liens: Liens) -> Iterator[Fait]:
    for feuille, lue in () if liens.registre.partage else _feuilles_lues(liens):
        yield from _absentes(feuille.essentielles, lue, _ajoutes(liens))


@regle(
    "STR-003",
    Gravite.AVERTISSEMENT,
    "2",
    message="La colonne {colonne} est absente.",
    pourquoi="Une colonne utile reste vide sans dommage ; absente, ses contrôles ne se font plus.",
    corriger="Remettre une colonne dont l'en-tête est {colonne}, même vide.",
    doute=(
        "Une colonne repliée ou masquée.",
        "Une colonne cachée est lue comme les autres ; seule une colonne supprimée manque, et "
        "jamais celle qu'une version plus récente du modèle ajoute.",
    ),
)
def colonne_utile_absente(liens: Liens) -> Iterator[Fait]:
    for feuille, lue in () if liens.registre.partage else _feuilles_lues(liens):
        utiles = (c for c in feuille.saisies if not c.est_essentielle)
        yield from _absentes(utiles, lue, _ajoutes(liens))


@regle(
    "STR-004",
    Gravite.ERREUR,
    "2",
    message="La feuille « {feuille} » tient les mêmes choses qu'une autre : {role}.",
    pourquoi="Deux feuilles pour un même registre ne disent pas laquelle fait foi ; une est lue.",
    corriger="Garder une seule feuille : recopier dans l'une ce que l'autre a de plus, "
    "puis supprimer celle-ci.",
    doute=(
        "La commune garde une copie de la feuille, de l'an passé.",
        "C'est bien ce qu'il faut dire : une seule est lue. Une feuille d'un autre nom et "
        "sans nos en-têtes est à la commune, et n'est jamais un constat.",
    ),
)
def feuille_en_double(liens: Liens) -> Iterator[Fait]:
    for identifiant, nom in liens.registre.en_double:
        lieu = Emplacement(liens.registre.nom_du_fichier, nom, None, None)
        role = citer(liens.modele.par_id[identifiant].libelle)
        yield dans(lieu, identifiant, feuille=nom, role=role)


@regle(
    "STR-005",
    Gravite.ERREUR,
    "2",
    message="La colonne {colonne} se trouve deux fois.",
    pourquoi="Deux colonnes pour une même réponse peuvent se contredire ; la première est lue.",
    corriger="Garder une seule colonne {colonne} ; renommer l'autre si elle dit autre chose.",
    doute=(
        "La commune ajoute une colonne à elle, « Remarques du service ».",
        "Une colonne propre ne compte pas ; il faut le même en-tête, ou la même clé, deux fois.",
    ),
)
def colonne_en_double(liens: Liens) -> Iterator[Fait]:
    for feuille, lue in _feuilles_lues(liens):
        for identifiant, numero in lue.en_double:
            lieu = lue.lieu
            ou = Emplacement(lieu.fichier, lieu.feuille, lieu.ligne_entete, numero)
            yield dans(ou, feuille.id, colonne=citer(feuille.libelle_de(identifiant)))


@regle(
    "STR-006",
    Gravite.AVERTISSEMENT,
    "7",
    message="Le classeur suit le modèle « {trouve} » ; le contrôle suit « {attendu} »{apports}.",
    pourquoi="D'une version à l'autre, une colonne ou une liste peut changer de sens.",
    corriger="Lire le journal des versions, puis recopier les données dans un classeur neuf.",
    doute=(
        "Le classeur a été préparé l'an passé.",
        "C'est la version du modèle qui est comparée, pas l'année. Le classeur est lu quand même, "
        "et ce qu'une version plus récente ajoute ne lui manque pas.",
    ),
)
def autre_version_du_modele(liens: Liens) -> Iterator[Fait]:
    trouve, identite = liens.registre.version, liens.modele.identite
    parente = Parente.MEME if trouve is None else situer(identite, trouve)
    if trouve is not None and parente is not Parente.MEME:
        mots = {"trouve": " ".join(trouve), "attendu": f"{identite.id} {identite.version}"}
        mots |= {"corriger": remede} if (remede := _GESTES.get(parente)) else {}
        apports = dire_les_ajouts(liens.modele, _ajoutes(liens))
        mots["apports"] = f", qui ajoute {apports}" if apports else ""
        yield dans(Emplacement(liens.registre.nom_du_fichier, "", None, None), **mots)


@regle(
    "STR-007",
    Gravite.AVERTISSEMENT,
    "2",
    message="Le classeur est ouvert quelque part : un fichier de verrou est à côté de lui.",
    pourquoi="Ce qui n'est pas encore enregistré n'est pas contrôlé.",
    corriger="Enregistrer et fermer le classeur, puis recommencer. Si personne ne l'a ouvert, "
    "supprimer le fichier de verrou.",
    doute=(
        "Un tableur a planté et a laissé son fichier de verrou.",
        "Le constat parle du fichier de verrou, et dit de le supprimer si personne n'a "
        "ouvert le classeur.",
    ),
)
def verrou_voisin(liens: Liens) -> Iterator[Fait]:
    if liens.registre.a_un_verrou:
        yield dans(Emplacement(liens.registre.nom_du_fichier, "", None, None))


@regle(
    "STR-008",
    Gravite.AVERTISSEMENT,
    "2",
    message="« {libelle} » contient plus de 32'767 signes : le contrôle n'en a lu que le début.",
    pourquoi="Une cellule d'Excel n'en tient pas davantage : enregistrée, elle perdrait la fin.",
    corriger="Mettre ce texte dans un document, et n'écrire ici qu'un résumé et son lien.",
    doute=(
        "Un long procès-verbal collé dans les remarques.",
        "Douze pages tiennent dans une cellule ; au-delà, le texte s'affiche mal partout, et Excel "
        "le coupe sans le dire.",
    ),
)
def texte_trop_long(liens: Liens) -> Iterator[Fait]:
    for feuille, lue in _feuilles_lues(liens):
        lignes = {ligne.numero: ligne for ligne in lue.lignes} if lue.coupees else {}
        for lieu, nom in lue.coupees:
            ligne = lue.lignes[0] if lue.lieu.cases else lignes.get(lieu.ligne or 0)
            if ligne is not None and nom in ligne.valeurs:
                yield sur(ligne, nom)
                continue
            libelle = feuille.libelle_de(nom) if nom in feuille.par_id else nom
            valeur = afficher(ligne.propres.get(nom)) if ligne else ""
            yield dans(lieu, feuille.id, libelle=libelle, valeur=valeur)


@regle(
    "STR-009",
    Gravite.AVERTISSEMENT,
    "2",
    message="La feuille « {feuille} » a été supprimée : les menus ne proposent plus rien.",
    pourquoi="Sans ses menus, chacun tape à sa façon, et les mêmes réponses ne se comptent plus.",
    corriger="Reprendre la copie d'avant, ou faire le classeur de l'année suivante, neuf, qui "
    "reprend celui-ci.",
    doute=(
        "La feuille a été renommée ou déplacée.",
        "Elle se reconnaît encore à son titre, et ses menus vivent ; seule une feuille "
        "supprimée manque.",
    ),
)
def listes_absentes(liens: Liens) -> Iterator[Fait]:
    if liens.registre.sans_listes and not liens.registre.partage:
        yield dans(Emplacement(liens.registre.nom_du_fichier, LISTES, None, None), feuille=LISTES)


def _feuilles_lues(liens: Liens) -> Iterator[tuple[Feuille, FeuilleLue]]:
    for feuille in liens.modele.feuilles:
        if lue := liens.registre.feuilles.get(feuille.id):
            yield feuille, lue


def _ajoutes(liens: Liens) -> Set[str]:
    """Ce que la version du classeur n'avait pas : son absence n'est pas un constat."""
    return changements(liens.modele.identite, liens.registre.version).ajoutes


def _absentes(colonnes: Iterable[Colonne], lue: FeuilleLue, ajoutes: Set[str]) -> Iterator[Fait]:
    lieu = lue.lieu
    entete = Emplacement(lieu.fichier, lieu.feuille, lieu.ligne_entete, None)
    for colonne in colonnes:
        if not lieu.a(colonne.id) and f"{lieu.registre}.{colonne.id}" not in ajoutes:
            fait = dans(entete, lieu.registre, colonne=citer(colonne.libelle))
            yield Fait(fait.lieu, fait.registre, colonne=colonne.id, mots=fait.mots)
