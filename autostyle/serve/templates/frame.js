"use strict";
(() => {
  const EVERY = 2000;
  const pictures = document.querySelector("#pictures");
  const alone = document.querySelector("#alone");
  const buttons = [...document.querySelectorAll("[data-view]")];
  let shown = null;

  function see(view) {
    document.body.classList.remove("app", "both", "pictures");
    document.body.classList.add(view);
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.view === view);
  }
  for (const button of buttons) button.addEventListener("click", () => see(button.dataset.view));
  see("both");
  pictures.addEventListener("load", () => document.body.classList.toggle("shown", pictures.hasAttribute("src")));

  // Whoever comes in can type at once.
  const app = document.querySelector("#app");
  app.addEventListener("load", () => app.contentDocument.querySelector(".xterm-helper-textarea")?.focus());

  // The study that something happens in is the one that is shown.
  async function look() {
    try {
      const { study } = document.hidden ? { study: shown } : await (await fetch("latest", { cache: "no-store" })).json();
      if (study && study !== shown) {
        shown = study;
        pictures.src = alone.href = `studies/${encodeURIComponent(study)}/`;
      }
    } catch {
      // The server has ended; both frames say so.
    }
    setTimeout(look, EVERY);
  }
  addEventListener("load", look); // the page itself waits for no report
})();
