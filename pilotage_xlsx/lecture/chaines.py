"""Les textes d'un classeur : échappements décodés, textes partagés, lecture phonétique écartée."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.parsers.expat import XMLParserType

from pilotage_xlsx.lecture.flux import ENCODAGE_AUTRE, Lecteur, a_du_xml_rare, alleger, parcourir
from pilotage_xlsx.registre import Cellule, CelluleCoupee, NatureDeCellule
from pilotage_xlsx.socle.longueur import TOUJOURS_COURT, couper, est_trop_long
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import Budget, Paquet, demesure
from pilotage_xlsx.socle.textes import Texte, TexteSaisi, en_clair

_OUVRE, _FERME = b"<si>", b"</si>"
_TEXTE = motif(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_COMMANDES = bytes((*range(9), *range(11, 32)))
_HORS_DU_XML = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_ESPERLUETTE = motif("&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITES = (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""L'esperluette en dernier. ``xml.sax.saxutils`` ferait de même, mais charge tout ``urllib``."""


def prendre_les_textes(
    morceaux: Iterable[bytes], ajouter: Callable[[Sequence[str]], None]
) -> Iterator[bytes]:
    """Ajoute les textes compris et rend, dans l'ordre, ce qui reste à donner à l'analyseur."""
    tampon, est_connu = b"", None
    for morceau in morceaux:
        tampon += morceau
        if est_connu is None:
            est_connu = b"<sst" in tampon and not ENCODAGE_AUTRE.match(tampon)
        est_connu = est_connu and not a_du_xml_rare(tampon)
        debut, fin = tampon.find(_OUVRE), tampon.rfind(_FERME) + len(_FERME)
        if not est_connu or debut < 0 or fin < debut:
            yield tampon
            tampon = b""
            continue
        yield tampon[:debut]
        textes = _lire(tampon[debut:fin])
        if textes is None:
            yield tampon[debut:fin]
        else:
            ajouter(textes)
        tampon = tampon[fin:]
    yield tampon


def _lire(octets: bytes) -> list[str] | None:
    """Les textes d'une suite comprise en entier, ou rien."""
    try:
        suite = octets.decode()
    except UnicodeDecodeError:
        return None
    if _est_douteuse(octets) or _ESPERLUETTE.search(suite) is not None:
        return None
    parties = _TEXTE.split(suite)
    if any(parties[::2]):
        return None
    textes = parties[1::2]
    return [*map(sans_entites, textes)] if "&" in suite else textes


def _est_douteuse(octets: bytes) -> bool:
    """Vrai s'il y a un signe que le XML n'admet pas ; en octets, bien plus vite qu'en signes."""
    if len(octets.translate(None, _COMMANDES)) < len(octets):
        return True
    return b"\xef" in octets and any(signe in octets for signe in _HORS_DU_XML)


def sans_entites(texte: Texte) -> str:
    """Le texte d'un XML compris, ses signes réservés rendus."""
    for entite, signe in _ENTITES if "&" in texte else ():
        texte = texte.replace(entite, signe)
    return texte


TEXTES_MAX = 500_000

_ECHAPPEMENT = motif(r"_x([0-9A-Fa-f]{4})_")
_DEMI_SIGNE = motif(r"[\ud800-\udfff]")


def decoder(texte: Texte) -> str:
    """Le texte sans ses échappements ``_xHHHH_``, toujours encodable en UTF-8 et en XML."""
    if "_x" not in texte:
        return texte
    decode = _ECHAPPEMENT.sub(lambda trouve: chr(int(trouve[1], 16)), texte)
    if _DEMI_SIGNE.search(decode) is not None:
        decode = decode.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return en_clair(decode)


def en_cellule(nature: NatureDeCellule, texte: Texte) -> Cellule:
    """La cellule de ce texte, ou de son début s'il est trop long pour une cellule."""
    if len(texte) > TOUJOURS_COURT and est_trop_long(texte):
        return CelluleCoupee(nature, TexteSaisi(couper(texte)))
    return Cellule(nature, TexteSaisi(texte))


def lire_textes(paquet: Paquet, partie: str) -> list[Cellule | str]:
    """Les textes partagés, dans l'ordre ; un texte court ne sera une cellule que s'il sert."""
    lecteur = _LecteurDeTextes(partie, paquet.budget)
    reste = prendre_les_textes(paquet.morceaux(partie), lecteur.ajouter)
    parcourir(paquet, partie, "sst", lecteur, reste)
    return lecteur.textes


class _LecteurDeTextes(Lecteur):
    """Les ``<t>`` d'un ``<si>`` mis bout à bout, sauf ceux d'un ``<rPh>``."""

    def __init__(self, partie: str, budget: Budget) -> None:
        super().__init__(partie)
        self.textes: list[Cellule | str] = []
        self._budget = budget
        self._parties: list[str] = []
        self._est_phonetique = False

    def commencer(self, espace: str, analyseur: XMLParserType) -> None:
        """Prend la main sur l'analyseur."""
        self._si, self._t, self._rph = f"{espace}si", f"{espace}t", f"{espace}rPh"
        analyseur.StartElementHandler = self._entrer
        analyseur.EndElementHandler = self._sortir
        analyseur.CharacterDataHandler = self.morceaux.append

    def _entrer(self, nom: str, _: Mapping[str, str]) -> None:
        self.descendre()
        if nom == self._t:
            self.morceaux.clear()
        elif nom == self._si:
            self._parties.clear()
        elif nom == self._rph:
            self._est_phonetique = True

    def _sortir(self, nom: str) -> None:
        self.profondeur -= 1
        if nom == self._t:
            if not self._est_phonetique:
                self._parties.append("".join(self.morceaux))
        elif nom == self._si:
            self.ajouter(("".join(self._parties),))
        elif nom == self._rph:
            self._est_phonetique = False

    def alleger(self) -> None:
        """D'un texte sans fin, ou fait de bouts sans nombre, seul le début se garde."""
        super().alleger()
        alleger(self._parties)

    def ajouter(self, textes: Sequence[str]) -> None:
        """Range des textes ; `Refus` s'ils sont trop nombreux, ou trop lourds ensemble."""
        if len(self.textes) + len(textes) > TEXTES_MAX:
            raise demesure("trop de textes")
        if max(map(len, textes)) <= TOUJOURS_COURT and "_x" not in "".join(textes):
            self._budget.garder_des_textes(textes)
            self.textes += textes
            return
        cellules = [t if len(t) <= TOUJOURS_COURT and "_x" not in t else _faire(t) for t in textes]
        self._budget.garder_des_textes([t if isinstance(t, str) else t.texte for t in cellules])
        self.textes += cellules


def _faire(texte: str) -> Cellule:
    return en_cellule(NatureDeCellule.TEXTE, decoder(texte))
