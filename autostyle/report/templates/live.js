"use strict";
(() => {
  const EVERY = 1000;
  const section = document.querySelector("#live");
  const [told, bar, works] = section.children;
  const title = document.title;
  let stamp = section.dataset.stamp;
  let held = false;
  addEventListener("pointerdown", () => (held = true));
  addEventListener("pointerup", () => (held = false));

  // What is under way: words, how far it is, and the pictures as they come.
  function show(state) {
    section.hidden = !state.running;
    document.title = state.running && state.total ? `${state.far}/${state.total} · ${title}` : title;
    told.textContent = state.told;
    if (state.total) bar.value = state.far / state.total;
    else bar.removeAttribute("value");
    const before = new Map([...works.children].map((figure) => [figure.dataset.trial, figure]));
    works.replaceChildren(...state.working.map((work) => shown(work, before.get(String(work.trial)))));
  }

  function shown(work, before) {
    const figure = before || document.createElement("figure");
    if (!before) {
      figure.dataset.trial = work.trial;
      const caption = document.createElement("figcaption");
      caption.textContent = `${section.dataset.work.replace("#", work.trial)}, ${work.method}`;
      figure.append(new Image(), caption);
      figure.firstChild.alt = caption.textContent;
    }
    const image = figure.firstChild;
    image.hidden = !work.picture;
    if (work.picture && image.getAttribute("src") !== work.picture) image.src = work.picture;
    return figure;
  }

  // The page anew, with what the person looks at left as it is.
  async function renew() {
    const answer = await fetch("./", { cache: "no-store" });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = document.querySelector("main");
    const fresh = next.querySelector("main");
    const viewer = document.querySelector("#viewer");
    const best = document.querySelector(".scatter .best");
    const chosen = viewer && best && viewer.dataset.trial !== best.dataset.trial ? viewer.dataset.trial : undefined;
    if (chosen && fresh.querySelector("#viewer")) fresh.querySelector("#viewer").dataset.trial = chosen;
    const open = new Map([...main.querySelectorAll("details")].map((one) => [one.textContent.slice(0, 40), one.open]));
    for (const one of fresh.querySelectorAll("details")) one.open = open.get(one.textContent.slice(0, 40)) ?? one.open;
    const wiped = main.querySelector("#wipe input");
    const wipe = fresh.querySelector("#wipe input");
    if (wiped && wipe) wipe.setAttribute("value", wiped.value);
    const top = scrollY;
    main.replaceWith(document.adoptNode(fresh));
    document.dispatchEvent(new Event("replaced"));
    scrollTo(0, top);
    stamp = next.querySelector("#live").dataset.stamp;
  }

  async function look() {
    if (!document.hidden) {
      try {
        const answer = await fetch(`state?language=${document.documentElement.lang}`, { cache: "no-store" });
        if (answer.ok) {
          const state = await answer.json();
          show(state);
          if (state.stamp !== stamp && !held) await renew();
        } else if (answer.status === 404) {
          show({ running: true, told: section.dataset.gone, total: 0, working: [] });
        }
      } catch {
        show({ running: true, told: section.dataset.ended, total: 0, working: [] });
      }
    }
    setTimeout(look, EVERY);
  }
  look();
})();
