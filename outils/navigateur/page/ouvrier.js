"use strict";
// L'ouvrier : Python et le paquet, tout en mémoire. Il ne demande aucune adresse : ce que Pyodide
// croit aller chercher est dans sa réserve.
const reserve = new Map();
self.fetch = async (demande) => {
  const nom = String(demande.url || demande).split("/").pop();
  if (!reserve.has(nom)) throw new TypeError(`aucun réseau : ${nom}`);
  const genre = nom.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(reserve.get(nom), { headers: { "content-type": genre } });
};
for (const porte of ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"]) {
  delete self[porte];
}
// Le moteur des PDF demande ainsi le fuseau du poste, et rien d'autre ; la page interdit d'évaluer.
self.eval = (texte) => {
  if (String(texte).includes("Intl.DateTimeFormat()")) return "UTC";
  throw new EvalError("refusé");
};

const AILLEURS = "https://interne.invalid/";
const VERROU = '@@verrou@@';
let py = null;
let guichet = null;

const dire = (part, mots) => postMessage({ part, mots });
const mourir = (faute) => postMessage({ mort: String((faute && faute.message) || faute) });
self.addEventListener("unhandledrejection", (evenement) => mourir(evenement.reason));

const deplier = (piece) => new Response(new Response(piece).body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

// Les lots : la longueur d'une table (nom, taille), la table, puis les fichiers bout à bout.
function ranger(octets, dossier) {
  const debut = 4 + new DataView(octets).getUint32(0, true);
  const table = JSON.parse(new TextDecoder().decode(new Uint8Array(octets, 4, debut - 4)));
  const faits = new Set();
  let place = debut;
  for (const [nom, taille] of table) {
    const chemin = `${dossier}/${nom}`;
    const sous = chemin.slice(0, chemin.lastIndexOf("/"));
    if (!faits.has(sous)) py.FS.mkdirTree(sous);
    faits.add(sous);
    py.FS.writeFile(chemin, new Uint8Array(octets, place, taille), { canOwn: true });
    place += taille;
  }
}

// Un fichier qui ne sert plus rend sa mémoire aussitôt, sans attendre que le navigateur y pense.
function effacer(chemin) {
  const { buffer } = py.FS.lookupPath(chemin).node.contents;
  py.FS.unlink(chemin);
  if (buffer.transfer) buffer.transfer(0);
}

const enModule = (octets) => URL.createObjectURL(new Blob([octets], { type: "text/javascript" }));

const travaux = {
  async demarrer({ pieces }) {
    dire(0.05, "Préparation…");
    const noms = Object.keys(pieces);
    const octets = await Promise.all(noms.map((nom) => deplier(pieces[nom])));
    const deplies = Object.fromEntries(noms.map((nom, rang) => [nom, octets[rang]]));
    dire(0.25, "Préparation…");
    reserve.set("pyodide.asm.wasm", deplies.wasm);
    reserve.set("python_stdlib.zip", deplies.standard);
    const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
      import(enModule(deplies.chargeur)),
      import(enModule(deplies.moteur)),
    ]);
    py = await loadPyodide({
      indexURL: AILLEURS,
      packageBaseUrl: AILLEURS,
      createPyodideModule,
      lockFileContents: VERROU,
      env: { HOME: "/home/pyodide", LANG: "fr_CH.UTF-8", NO_COLOR: "1" },
    });
    py._api.on_fatal = mourir;
    reserve.clear();
    dire(0.6, "Préparation…");
    ranger(deplies.lots, "/lots");
    py.runPython('import sys; sys.path.insert(0, "/lots")');
    dire(0.75, "Préparation…");
    guichet = py.pyimport("guichet");
    return enJs(guichet.annoncer());
  },
  async brancherLePdf({ piece }) {
    py.FS.writeFile("/typst.whl", new Uint8Array(await piece.arrayBuffer()), { canOwn: true });
    guichet.deplier_le_pdf("/typst.whl", "/lots");
    py.FS.unlink("/typst.whl");
    effacer(guichet.charger_le_pdf());
  },
  jouer({ geste, classeurs, reponses, au, instant, apercu }) {
    const recus = py.toPy(classeurs);
    const dites = py.toPy(reponses);
    try {
      return enJs(guichet.jouer.callKwargs(geste, recus, dites, au, instant, { apercu }));
    } finally {
      recus.destroy();
      dites.destroy();
    }
  },
};

function enJs(rendu) {
  const valeur = rendu.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false });
  rendu.destroy();
  return valeur;
}

self.onmessage = async ({ data: { rang, travail, donnees } }) => {
  try {
    postMessage({ rang, valeur: await travaux[travail](donnees) });
  } catch (faute) {
    mourir(faute);
  }
};
