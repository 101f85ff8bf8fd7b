// The player: chapters jump, and the words that are heard are shown in the text. Without it all of this is links.
"use strict";
(() => {
  const audio = document.querySelector(".listen audio");
  const knobs = document.querySelector(".listen .knobs");
  const chapters = [...document.querySelectorAll(".listen .chapters a")];
  const { targets, clips } = JSON.parse(document.querySelector(".follow-data").textContent);
  const paints = typeof Highlight === "function" && CSS.highlights;
  let shown = -1;
  let marked = null;

  knobs.hidden = false;
  document.documentElement.classList.add("playable");

  // The last one that has begun: both lists are in the order of time.
  const last = (length, begins, time) => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (begins(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const element = ([id, inside]) => {
    const node = document.getElementById(id);
    return node && inside ? node.querySelector(inside) : node;
  };

  // Characters of an element's textContent as a range.
  const range = (node, from, to) => {
    const found = new Range();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let begun = false;
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const end = passed + text.length;
      if (!begun && from < end) {
        found.setStart(text, from - passed);
        begun = true;
      }
      if (begun && to <= end) {
        found.setEnd(text, to - passed);
        return found;
      }
      passed = end;
    }
    return null;
  };

  const clear = () => {
    if (marked) {
      marked.classList.remove("heard-now");
      marked.removeAttribute("aria-current");
    }
    marked = null;
    if (paints) CSS.highlights.delete("heard");
  };

  const follows = () => knobs.querySelector(".follow").getAttribute("aria-pressed") === "true";

  const bring = (box) => {
    const room = innerHeight - document.querySelector(".player").getBoundingClientRect().height;
    if (box.top >= 0 && box.bottom <= room) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: box.top - room / 4, behavior: calm ? "instant" : "smooth" });
  };

  const show = (number) => {
    if (number === shown) return;
    shown = number;
    clear();
    if (number < 0) return;
    const [target, , , from, to] = clips[number];
    const node = element(targets[target]);
    if (!node) return;
    // What is heard has to be seen.
    for (let outer = node.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    const words = to > from ? range(node, from, to) : null;
    node.setAttribute("aria-current", "true");
    if (words && paints) CSS.highlights.set("heard", new Highlight(words));
    else node.classList.add("heard-now");
    marked = node;
    if (follows()) bring((words || node).getBoundingClientRect());
  };

  const tell = () => {
    const time = audio.currentTime + 0.05;
    const number = last(clips.length, (at) => clips[at][1], time);
    // Between two utterances the one before stays, so that nothing flickers; a long pause ends it.
    const stays = number >= 0 && time < clips[number][2] + 1;
    show(stays && (time > 0.1 || !audio.paused) ? number : -1);
    const chapter = last(chapters.length, (at) => Number(chapters[at].dataset.at), time);
    chapters.forEach((link, at) => {
      if (at === chapter) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };

  const run = () => {
    tell();
    if (!audio.paused) requestAnimationFrame(run);
  };

  chapters.forEach((link) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      audio.currentTime = Number(link.dataset.at);
      audio.play();
    });
  });
  knobs.querySelector(".follow")?.addEventListener("click", (event) => {
    event.currentTarget.setAttribute("aria-pressed", String(!follows()));
    if (marked && follows()) bring(marked.getBoundingClientRect());
  });
  knobs.querySelector(".speed").addEventListener("change", (event) => {
    audio.playbackRate = Number(event.currentTarget.value);
  });
  audio.addEventListener("play", () => {
    document.documentElement.classList.add("playing");
    run();
  });
  audio.addEventListener("ended", () => show(-1));
  // Where the window is hidden there are no frames, and a recording can be moved while it stands still.
  audio.addEventListener("timeupdate", tell);
  audio.addEventListener("seeked", tell);
})();
