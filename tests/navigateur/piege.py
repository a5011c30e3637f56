"""Un ouvrier qui écoute aussi l'essai : le vrai, à l'octet, précédé de quelques lignes.

Aucun des deux navigateurs ne laisse conduire un ouvrier du dehors : la page, une fois piégée, en
embauche un qui joue, en plus de son travail, ce que l'essai lui demande.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_EN_TETE = """
const _essais = { ...@@portes@@,
  python: (texte) => { py.runPython(texte); },
  jeter: () => { setTimeout(() => { throw new Error("mort"); }); },
};
self.addEventListener("message", async (recu) => {
  if (!("essai" in recu.data)) return;
  recu.stopImmediatePropagation();
  const { essai, donnee } = recu.data;
  const rendu = await (async () => _essais[essai](donnee))().then(() => "ouverte", () => "fermée");
  recu.ports[0].postMessage(rendu);
});
"""
_PIEGE = """
self.VraiOuvrier = self.Worker;
self.Worker = function () {
  const texte = @@tete@@ + document.getElementById("ouvrier").textContent;
  const source = URL.createObjectURL(new Blob([texte], { type: "text/javascript" }));
  const ouvrier = new self.VraiOuvrier(source);
  self.essayer = (essai, donnee) => new Promise((oui) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => oui(data);
    ouvrier.postMessage({ essai, donnee }, [port2]);
  });
  return ouvrier;
};
"""


def pieger(page: Any, portes: Mapping[str, str]) -> None:
    """Le prochain ouvrier de la page écoutera l'essai ; ``portes`` : du script, par nom."""
    fonctions = (f"{json.dumps(nom)}: async (A) => {{ {p} }}" for nom, p in portes.items())
    en_tete = _EN_TETE.replace("@@portes@@", f"{{ {', '.join(fonctions)} }}")
    piege = _PIEGE.replace("@@tete@@", json.dumps(en_tete))
    page.evaluer(f"(() => {{ {piege} }})();")


def dans_l_ouvrier(page: Any, essai: str, donnee: str = "") -> str:
    """Joue cet essai dans l'ouvrier piégé : « ouverte » s'il passe, « fermée » s'il lève."""
    rendu: str = page.evaluer(f"self.essayer({json.dumps(essai)}, {json.dumps(donnee)})")
    return rendu


def liberer(page: Any) -> None:
    """Le prochain ouvrier de la page sera le sien."""
    page.evaluer("(() => { self.Worker = self.VraiOuvrier; })();")
