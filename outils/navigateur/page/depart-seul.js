{
    demarrer() {},
    pieces: async () => Object.fromEntries(@@noms@@.map((nom) => [nom, enOctets($(`piece-${nom}`))])),
    // Le moteur des PDF, une fois demandé, quitte le document pour un Blob, que le navigateur garde ailleurs.
    pdf: $("piece-typst") && (() => {
      let roue = null;
      return async () => {
        if (!roue) {
          roue = new Blob([enOctets($("piece-typst"))]);
          $("piece-typst").remove();
        }
        return roue;
      };
    })(),
  }
