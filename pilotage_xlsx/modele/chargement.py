"""Charger un modèle : un dossier de fichiers TOML → un `Modele` figé, ou `ModeleInvalide`.

Chaque faute nomme le fichier, la feuille ou la liste, et la clé, pour qui adapte le modèle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from pilotage_xlsx.modele import Colonne, Feuille, Kit, Modele
from pilotage_xlsx.modele.coherence import incoherences
from pilotage_xlsx.modele.condition import Condition, lire_condition, traduire
from pilotage_xlsx.modele.decode import retrouver
from pilotage_xlsx.modele.identite import Identite, Note, Seuils
from pilotage_xlsx.modele.porte import Porte, PorteInvalide, deballer, emballer
from pilotage_xlsx.modele.touche import ToucheInvalide, superposer
from pilotage_xlsx.modele.versions import cles_d_avant
from pilotage_xlsx.modele.vocabulaire import Liste
from pilotage_xlsx.socle.entree import KIO, EntreeRefusee, Raison, lire
from pilotage_xlsx.socle.motifs import motif

T = TypeVar("T")


_TOTAL_MAX, _POINTS_MAX = 512 * KIO, 2_000
"""Sept fois le modèle communal, en octets pour tous ses fichiers ; et les points d'un fichier, car
chacun de ceux d'une clé ouvre une table dans la précédente."""

_VERSIONS_MAX, _ENDROITS_MAX = 50, 500
"""L'histoire d'un modèle : ses versions, et les endroits qu'elles nomment en tout."""

_NOM_DE_FEUILLE = motif(r"[a-z][a-z0-9_]{0,60}")
"""Le nom d'un fichier de ``feuilles/`` : jamais un chemin."""


class ModeleInvalide(Exception):
    """Un fichier du modèle est fautif ; chaque faute nomme le fichier, la feuille et la clé."""

    def __init__(self, *fautes: str) -> None:
        super().__init__("\n".join(fautes))
        self.fautes = fautes


def dossier_livre(nom: str) -> Path:
    """Un dossier de données livré : à côté du paquet dans la roue, à la racine dans les sources."""
    paquet = Path(__file__).resolve().parent.parent
    livre = paquet / nom
    return livre if livre.is_dir() else paquet.parent / nom


def charger(dossier: Path | None = None) -> Modele:
    """Charge un modèle (``communal`` par défaut) ; `ModeleInvalide` dit toutes ses fautes.

    Un nom sans dossier est celui d'un modèle livré. La cohérence du modèle livré ne se vérifie pas
    à chaque fois : les essais le font.
    """
    if dossier is None:
        return replace(_composer(_source_livree()), est_par_defaut=True)
    source = _Dossier(_trouver(dossier))
    modele = _composer(source)
    _exiger_coherent(modele, source)
    return replace(modele, porte=_porter(source, modele))


def exiger_une_colonne(feuille: str, colonne: str, connues: Mapping[str, Colonne]) -> None:
    """`KeyError` si ni ``connues``, les colonnes d'un modèle, ni le modèle livré ne l'ont."""
    if feuille not in (livre := _livre_une_fois()) or colonne not in livre[feuille].par_id:
        _ = connues[colonne]


@cache
def _livre_une_fois() -> Mapping[str, Feuille]:
    return charger().par_id


def charger_le_porte(texte: str) -> Modele:
    """Le modèle que porte un classeur, contrôlé comme celui d'un dossier ; ou `ModeleInvalide`."""
    try:
        source = _Emporte(deballer(texte))
    except PorteInvalide as faute:
        raise ModeleInvalide(f"{faute}.") from None
    modele = _composer(source)
    _exiger_coherent(modele, source)
    return replace(modele, porte=Porte(modele.nom, texte))


def porter_une_touche(touche: Mapping[str, Any], livre: Modele) -> Porte | None:
    """Ce que porte un classeur de cette touche, donnée par fichiers et posée sur le modèle livré.

    Rien si elle ne s'y pose pas, ou si ce qui en sortirait ne se relirait pas.
    """
    fichiers = _tous(_source_livree(), livre)
    try:
        poses = {nom: superposer(donnee, touche.get(nom, {})) for nom, donnee in fichiers.items()}
        return charger_le_porte(emballer(poses)).porte
    except (ToucheInvalide, PorteInvalide, ModeleInvalide):
        return None


def _composer(source: _Source) -> Modele:
    identite = _identifier(source)
    _borner_l_histoire(source, identite)
    noms = _noms_des_feuilles(source, identite)
    avant = cles_d_avant(identite)
    recues = source.decoder_chaque("listes.toml", Liste)
    listes = {nom: _reconnaitre(nom, liste, avant) for nom, liste in recues.items()}
    feuilles = {
        nom: _retrouver(_resoudre(source.decoder(f"feuilles/{nom}.toml", Feuille), listes), avant)
        for nom in noms
    }
    return Modele(
        identite=identite,
        listes=listes,
        note=source.decoder("note.toml", Note),
        feuilles=tuple(feuilles[nom] for nom in identite.feuilles),
        acceptations=feuilles[identite.acceptations] if identite.acceptations else None,
        kit=source.decoder("kit.toml", Kit) if source.a("kit.toml") else None,
    )


def _identifier(source: _Source) -> Identite:
    """L'identité du modèle ; un seuil qu'il ne connaît pas encore vaut celui du modèle livré.

    Un classeur porte le modèle d'hier : un seuil neuf ne doit pas le rendre illisible.
    """
    chemin, donnee = source.trouver("modele.toml")
    seuils = donnee.get("seuils")
    if isinstance(seuils, dict) and not set(Seuils.__struct_fields__) <= seuils.keys():
        livres = _Dossier(_par_defaut()).trouver("modele.toml").donnee["seuils"]
        donnee = {**donnee, "seuils": {**livres, **seuils}}
    return _convertir(chemin, donnee, Identite)


def _exiger_coherent(modele: Modele, source: _Source) -> None:
    if fautes := [*map(source.situer, incoherences(modele, source.herites))]:
        raise ModeleInvalide(*fautes)


def _porter(source: _Source, modele: Modele) -> Porte | None:
    """Ce que les classeurs de ce modèle portent de lui ; rien si c'est, mot pour mot, le livré."""
    fichiers = _tous(source, modele)
    if fichiers == _tous(_Dossier(_par_defaut()), modele):
        return None
    try:
        return Porte(modele.nom, emballer(fichiers))
    except PorteInvalide as faute:
        raise ModeleInvalide(f"{source.chemin('modele.toml')} : {faute} : allégez-le.") from None


def _tous(source: _Source, modele: Modele) -> dict[str, Any]:
    """Les fichiers du modèle, par nom ; sans ceux que cette source n'a pas."""
    feuilles = (f"feuilles/{feuille.id}.toml" for feuille in modele.a_lire)
    noms = ("modele.toml", "listes.toml", "note.toml", "kit.toml", *feuilles)
    return {nom: source.trouver(nom).donnee for nom in noms if source.a(nom)}


class Fichier(NamedTuple):
    """Un fichier du modèle : celui que nomme une faute, et son contenu décodé du TOML."""

    chemin: Path
    donnee: Any


class _Source:
    """D'où viennent les fichiers d'un modèle."""

    def trouver(self, nom: str) -> Fichier:
        """Un fichier du modèle ; `ModeleInvalide` s'il manque ou est fautif."""
        raise NotImplementedError

    def a(self, nom: str) -> bool:
        """Vrai si la source a ce fichier."""
        raise NotImplementedError

    def chemin(self, nom: str) -> Path:
        """Le nom d'un fichier dans une faute."""
        raise NotImplementedError

    @property
    def herites(self) -> frozenset[str]:
        """Les endroits que nomme l'histoire de la base ; la touche n'a pas à en répondre."""
        raise NotImplementedError

    def decoder(self, nom: str, genre: type[T]) -> T:
        """Le contenu d'un fichier du modèle ; `ModeleInvalide` s'il manque ou est fautif."""
        fichier = self.trouver(nom)
        return _convertir(fichier.chemin, fichier.donnee, genre)

    def decoder_chaque(self, nom: str, genre: type[T]) -> dict[str, T]:
        """Les tables d'un fichier, chacune convertie pour elle-même : la faute nomme la sienne."""
        chemin, donnee = self.trouver(nom)
        return {cle: _convertir(chemin, valeur, genre, cle) for cle, valeur in donnee.items()}

    def situer(self, faute: str) -> str:
        """La faute « fichier : clé : … », le fichier nommé avec son dossier."""
        nom, _, suite = faute.partition(" : ")
        return f"{self.chemin(nom)} : {suite}"


class _Dossier(_Source):
    """Le dossier d'un modèle, posé sur celui de sa base s'il n'est qu'une touche.

    Une seule borne vaut pour tous les fichiers qui s'y lisent.
    """

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier
        self._reste = _TOTAL_MAX
        self._lus: dict[str, Fichier] = {}
        self._base = _base_de(self._lire("modele.toml"))

    def trouver(self, nom: str) -> Fichier:
        """Un fichier ; celui d'une touche, posé sur celui de sa base."""
        if self._base is None or not self._base.a(nom):
            return self._lire(nom)
        de_base = self._base.trouver(nom)
        if not self._est_ici(nom):
            return de_base
        chemin, donnee = self._lire(nom)
        try:
            return Fichier(chemin, superposer(de_base.donnee, donnee))
        except ToucheInvalide as faute:
            raise ModeleInvalide(f"{chemin} : {faute}.") from None

    @property
    def herites(self) -> frozenset[str]:
        return _endroits_de(self._base)

    def a(self, nom: str) -> bool:
        return self._est_ici(nom) or (self._base is not None and self._base.a(nom))

    def chemin(self, nom: str) -> Path:
        if self._base is None or self._est_ici(nom):
            return self._dossier / nom
        return self._base.chemin(nom)

    def _est_ici(self, nom: str) -> bool:
        return (self._dossier / nom).exists()

    def _lire(self, nom: str) -> Fichier:
        if nom not in self._lus:
            chemin = self._dossier / nom
            self._lus[nom] = Fichier(chemin, _analyser(chemin, self._prendre(chemin)))
        return self._lus[nom]

    def _prendre(self, chemin: Path) -> bytes:
        try:
            octets = lire(chemin, self._reste)
        except EntreeRefusee as faute:
            raise ModeleInvalide(_expliquer(chemin, faute)) from None
        self._reste -= len(octets)
        return octets


class _Emporte(_Source):
    """Les fichiers d'un modèle porté, déjà posés sur ceux de leur base."""

    def __init__(self, fichiers: Mapping[str, dict[str, Any]]) -> None:
        self._fichiers = fichiers
        self._base = _base_de(self.trouver("modele.toml"))

    def trouver(self, nom: str) -> Fichier:
        if nom not in self._fichiers:
            raise ModeleInvalide(f"{nom} : ce fichier du modèle manque.")
        return Fichier(Path(nom), self._fichiers[nom])

    @property
    def herites(self) -> frozenset[str]:
        return _endroits_de(self._base)

    def a(self, nom: str) -> bool:
        return nom in self._fichiers

    def chemin(self, nom: str) -> Path:
        return Path(nom)


def _source_livree() -> _Source:
    """Le modèle livré, déjà décodé s'il est à jour."""
    decode = retrouver(_par_defaut())
    return _Dossier(_par_defaut()) if decode is None else _Emporte(decode)


def _base_de(identite: Fichier) -> _Dossier | None:
    base = identite.donnee.get("base")
    return None if base is None else _Dossier(_livre(identite.chemin, base))


def _endroits_de(base: _Dossier | None) -> frozenset[str]:
    """Ceux que nomme l'histoire de la base, s'il y en a une."""
    if base is None:
        return frozenset()
    suite = base.decoder("modele.toml", Identite).depuis
    return frozenset(nom for une in suite for nom in (*une.departs(), *une.arrivees()))


def _borner_l_histoire(source: _Source, identite: Identite) -> None:
    """Chaque version se compose avec toutes celles d'après : leur nombre se borne avant cela."""
    suite = identite.depuis
    endroits = sum(len(une.departs()) + len(une.arrivees()) for une in suite)
    if len(suite) > _VERSIONS_MAX or endroits > _ENDROITS_MAX:
        borne = f"plus de {_VERSIONS_MAX} versions, ou de {_ENDROITS_MAX} endroits"
        raise ModeleInvalide(f"{source.chemin('modele.toml')} : depuis : {borne}.")


def _noms_des_feuilles(source: _Source, identite: Identite) -> tuple[str, ...]:
    """Les fichiers de ``feuilles/`` que le modèle nomme, à lire chacun."""
    noms = (*identite.feuilles, *filter(None, [identite.acceptations]))
    for nom in noms:
        if not _NOM_DE_FEUILLE.fullmatch(nom):
            ou = f"{source.chemin('modele.toml')} : feuilles, acceptations"
            raise ModeleInvalide(f"{ou} : minuscules ASCII, chiffres et « _ », lu : {nom!r:.60}.")
    return noms


def _par_defaut() -> Path:
    return dossier_livre("modeles") / "communal"


def _livres() -> dict[str, Path]:
    """Les dossiers des modèles livrés, par nom."""
    trouves = dossier_livre("modeles").glob("*/modele.toml")
    return {chemin.parent.name: chemin.parent for chemin in trouves}


def _trouver(dossier: Path) -> Path:
    """Ce dossier ; ou, s'il n'existe pas, celui du modèle livré qui porte ce nom."""
    return dossier if dossier.exists() else _livres().get(str(dossier), dossier)


def _livre(fichier: Path, nom: Any) -> Path:
    """Le dossier d'un modèle livré ; une touche ne se pose pas sur une autre touche."""
    livres = _livres()
    if not isinstance(nom, str) or nom not in livres or livres[nom] == fichier.parent:
        permis = ", ".join(f"« {livre} »" for livre in sorted(livres))
        raise ModeleInvalide(f"{fichier} : base : un modèle livré ({permis}), lu : {nom!r}.")
    return livres[nom]


def _resoudre(feuille: Feuille, listes: Mapping[str, Liste]) -> Feuille:
    """La feuille dont les conditions et les valeurs tacites sont des libellés."""

    def libelles(identifiant: str, nom: str) -> tuple[str, ...]:
        colonne = feuille.par_id.get(identifiant)
        liste = listes.get(colonne.liste or "") if colonne else None
        mots = (*(liste.mots if liste else ()), *(colonne.mots if colonne else ()))
        return tuple(mot.libelle for mot in mots if mot.repond_a(nom))

    def resoudre_une(colonne: Colonne) -> Colonne:
        vide = colonne.si_vide
        return replace(
            colonne,
            si_vide=next(iter(libelles(colonne.id, vide)), vide) if vide else None,
            obligatoire_si=_en_libelles(colonne.obligatoire_si, libelles),
            passe_si=_en_libelles(colonne.passe_si, libelles),
            suppose=_en_libelles(colonne.suppose, libelles),
        )

    hors, proposee = feuille.hors_vigueur, feuille.a_confirmer
    return replace(
        feuille,
        colonnes=tuple(map(resoudre_une, feuille.colonnes)),
        hors_vigueur=_en_libelles(hors, libelles),
        a_confirmer=_en_libelles(proposee, libelles),
    )


def _en_libelles(
    condition: Condition | None, libelles: Callable[[str, str], tuple[str, ...]]
) -> Condition | None:
    return traduire(condition, libelles) if condition else None


def _retrouver(feuille: Feuille, avant: Mapping[str, str]) -> Feuille:
    """La feuille qui sait les clés cachées qu'elle et ses colonnes ont portées."""
    noms = [nom for nom, endroit in avant.items() if endroit == feuille.id]
    cles = {f"{nom}.{colonne.id}": colonne.id for nom in noms for colonne in feuille.colonnes}
    colonnes = {cle: endroit.split(".")[1] for cle, endroit in avant.items() if "." in endroit}
    cles |= {
        cle: colonne for cle, colonne in colonnes.items() if avant[cle].split(".")[0] == feuille.id
    }
    return replace(feuille, cles_d_avant=cles) if cles else feuille


def _reconnaitre(nom: str, liste: Liste, avant: Mapping[str, str]) -> Liste:
    """La liste dont chaque valeur répond aussi à la clé que d'autres versions lui donnaient."""
    cles: dict[str, list[str]] = {}
    for endroit, arrivee in avant.items():
        cles.setdefault(arrivee, []).append(endroit.split(".")[-1])
    valeurs = (
        replace(mot, synonymes=(*mot.synonymes, *cles.get(f"listes.{nom}.{mot.cle}", ())))
        for mot in liste.valeurs
    )
    return replace(liste, valeurs=tuple(valeurs))


def _expliquer(fichier: Path, faute: EntreeRefusee) -> str:
    if faute.cause is Raison.DEMESUREE:
        total = _TOTAL_MAX // KIO
        return f"{fichier} : avec ce fichier, le modèle dépasse {total} ko : allégez-le."
    return f"{fichier} : ce fichier du modèle manque ou ne se lit pas."


def _analyser(fichier: Path, octets: bytes) -> dict[str, Any]:
    """Le TOML de ces octets, avec ou sans marque ; `ModeleInvalide` s'il est mal formé."""
    import tomllib  # noqa: PLC0415  # le modèle livré est déjà décodé

    try:
        texte = octets.decode("utf-8-sig")
        if texte.count(".") <= _POINTS_MAX:
            return tomllib.loads(texte)
        faute = f"plus de {_POINTS_MAX} points"
    except UnicodeDecodeError:
        faute = "il n'est pas en UTF-8, enregistrez-le dans cet encodage"
    except RecursionError:
        faute = "trop de crochets ou d'accolades l'un dans l'autre"
    except tomllib.TOMLDecodeError as anglais:
        faute = str(anglais)
    except ValueError:  # un entier de milliers de chiffres, que Python refuse de lire
        faute = "un nombre y est trop long"
    raise ModeleInvalide(f"{fichier} : le TOML est mal formé ({faute}).")


def _convertir(chemin: Path, donnee: Any, genre: type[T], dans: str = "") -> T:
    """La donnée typée ; ``dans`` dit de quelle liste elle est, si ce n'est pas tout le fichier."""
    try:
        return msgspec.convert(donnee, genre, dec_hook=_decoder_condition)
    except msgspec.ValidationError as faute:
        raise ModeleInvalide(f"{chemin} : {_en_francais(str(faute), donnee, dans)}") from None


def _decoder_condition(genre: type, donnee: Any) -> Any:
    if genre is Condition:
        return lire_condition(donnee)
    raise NotImplementedError(genre)


_TYPES = {
    "array": "une liste",
    "object": "une table",
    "str": "un texte",
    "int": "un nombre entier",
    "float": "un nombre",
    "bool": "« true » ou « false »",
    "date": "une date",
    "datetime": "une date et une heure",
    "null": "rien",
}
_FAUTES = (
    (r"Object missing required field `([^`]+)`", r"la clé « \1 » manque"),
    (r"Object contains unknown field `([^`]+)`", r"la clé « \1 » est inconnue"),
    (r"Invalid enum value '([^']+)'", r"la valeur « \1 » n'est pas admise"),
    (r"Expected `([^`]+)`, got `([^`]+)`", r"attendu : \1, lu : \2"),
)


def _en_francais(faute: str, donnee: Any, dans: str) -> str:
    """La faute de msgspec, avec l'identifiant de la colonne plutôt que son rang."""
    message, _, chemin = faute.partition(" - at `")
    for anglais, francais in _FAUTES:
        message = re.sub(anglais, francais, message)
    if message.startswith("attendu"):
        message = re.sub(r"\b\w+\b", lambda mot: _TYPES.get(mot[0], mot[0]), message)
        message = message.replace(" | ", " ou ")
    ou = f"{dans} {_nommer(chemin.rstrip('`'), donnee)}".strip() or "fichier"
    return f"{ou} : {message}."


def _nommer(chemin: str, donnee: Any) -> str:
    noms = []
    for cle, rang in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", chemin.removeprefix("$")):
        donnee = _descendre(donnee, cle or rang)
        identifiant = donnee.get("id") if isinstance(donnee, dict) else None
        noms.append(cle or (f"« {identifiant} »" if identifiant else f"n° {rang}"))
    return " ".join(noms)


def _descendre(donnee: Any, pas: str) -> Any:
    match donnee:
        case dict():
            return donnee.get(pas)
        case list() if pas.isdigit() and int(pas) < len(donnee):
            return donnee[int(pas)]
        case _:
            return None
