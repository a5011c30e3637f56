"use strict";
// Garde la page et ses pièces, pour qu'elle marche sans réseau ; ne connaît aucune autre adresse.
const GARDE = "pilotage-@@empreinte@@";
const PIECES = @@liste@@;
const A_LA_DEMANDE = "@@typst@@";

self.addEventListener("install", (evenement) => {
  evenement.waitUntil(
    caches.open(GARDE).then((garde) => garde.addAll(PIECES)).then(() => self.skipWaiting()),
  );
});
self.addEventListener("activate", (evenement) => {
  const oublier = (noms) => Promise.all(noms.filter((nom) => nom.startsWith("pilotage-") && nom !== GARDE).map((nom) => caches.delete(nom)));
  evenement.waitUntil(caches.keys().then(oublier).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (evenement) => {
  evenement.respondWith(repondre(evenement.request));
});
async function repondre(demande) {
  const garde = await caches.open(GARDE);
  const connue = await garde.match(demande, { ignoreSearch: true });
  if (connue) return connue;
  if (new URL(demande.url).pathname.endsWith(`/${A_LA_DEMANDE}`)) {
    const reponse = await fetch(demande);
    if (reponse.ok) await garde.put(demande, reponse.clone());
    return reponse;
  }
  return Response.error();
}
