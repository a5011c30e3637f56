{
    demarrer() {
      if ("serviceWorker" in navigator) navigator.serviceWorker.register("service.js").catch(() => {});
    },
    pieces: async () => {
      const noms = @@adresses@@;
      const octets = await Promise.all(Object.values(noms).map(demanderLaPiece));
      return Object.fromEntries(Object.keys(noms).map((nom, place) => [nom, octets[place]]));
    },
    pdf: () => demanderLaPiece("@@typst@@"),
  }
