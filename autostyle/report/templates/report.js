"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  const theme = $("#theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = dark ? "light" : "dark";
  });

  // What stands in main; once more whenever it was replaced.
  function begin() {
    // Plates of one height, whatever their shapes, as long as a row has room for them.
    for (const plate of $$(".plate[data-ratio]")) plate.style.flex = `${plate.dataset.ratio} 1 ${9 * plate.dataset.ratio}rem`;

    const wipe = $("#wipe");
    const before = $(".triptych .plate:first-child img");
    const after = $(".triptych .result img");
    if (wipe && before && after) {
      $(".under", wipe).src = before.src;
      $(".over", wipe).src = after.src;
      const stage = $(".stage", wipe);
      const range = $("input", wipe);
      wipe.style.setProperty("--ratio", after.getAttribute("width") / after.getAttribute("height"));
      wipe.style.setProperty("--most", `${1.6 * after.getAttribute("width")}px`);
      const show = () => stage.style.setProperty("--at", `${range.value}%`);
      const drag = (event) => {
        const box = stage.getBoundingClientRect();
        range.value = (100 * (event.clientX - box.left)) / box.width;
        show();
      };
      range.addEventListener("input", show);
      stage.addEventListener("pointermove", (event) => (event.pointerType === "mouse" || event.buttons) && drag(event));
      stage.addEventListener("pointerdown", drag);
      show();
      wipe.hidden = false;
    }

    const viewer = $("#viewer");
    if (!viewer) return;
    const marks = $$(".scatter .point").sort((a, b) => centre(a) - centre(b));
    const links = [...marks, ...$$(".strip a")];
    let shown = null;

    function centre(mark) {
      return Number($(".reach", mark).getAttribute("cx"));
    }

    function show(number) {
      const card = document.getElementById(`trial-${number}`);
      if (!card || number === shown) return;
      shown = viewer.dataset.trial = number;
      const copy = card.cloneNode(true);
      copy.removeAttribute("id");
      copy.querySelector("img")?.removeAttribute("loading");
      viewer.replaceChildren(copy);
      for (const link of links) {
        const active = link.dataset.trial === number;
        link.classList.toggle("active", active);
        if (marks.includes(link)) link.setAttribute("tabindex", active ? "0" : "-1");
      }
    }

    for (const link of links) {
      for (const kind of ["pointerenter", "focus"]) link.addEventListener(kind, () => show(link.dataset.trial));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show(link.dataset.trial);
      });
    }
    for (const [index, mark] of marks.entries()) {
      mark.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        const next = { Home: 0, End: marks.length - 1 }[event.key] ?? (step && (index + step + marks.length) % marks.length);
        if (next === undefined) return;
        event.preventDefault();
        marks[next].focus();
      });
    }
    const first = $(`.scatter [data-trial="${viewer.dataset.trial}"]`) || $(".scatter .best") || marks[0];
    if (first) show(first.dataset.trial);
  }

  document.addEventListener("replaced", begin);
  begin();
})();
