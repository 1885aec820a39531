"use strict";
// The page asks for what there is to see, waits until it changes, and shows it.
const at = (id) => document.getElementById(id);
const made = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const wish = (what, name) => fetch("/wish", { method: "POST", body: JSON.stringify({ what, name }) });
let playing = null; // the beat whose film is wanted
let shown = {};

function show(view) {
  shown = view;
  document.title = `${view.trouble ? "✗ " : ""}${view.title || "descent watch"}`;
  at("title").textContent = view.title || "descent watch";
  showState(view);
  showScenes(view);
  showTrouble(view.trouble);
  showNow(view);
  showStrip(view);
}

function showState(view) {
  const state = at("state");
  const wrong = view.beats.reduce((sum, beat) => sum + beat.marks.length, 0);
  state.className = `state ${view.busy ? "busy" : ""} ${view.trouble || (wrong && !view.busy) ? "wrong" : ""}`;
  const doing = { drawing: "drawing…", checking: "pictures are there, checking…" }[view.busy];
  const faults = wrong ? `${wrong} fault${wrong > 1 ? "s" : ""}` : view.checked ? "no faults" : "up to date";
  const took = view.seconds === null ? "" : ` · ${view.seconds.toFixed(1)} s`;
  state.textContent = (view.trouble ? "not drawn" : doing || faults) + took;
}

function showScenes(view) {
  const nav = at("scenes");
  nav.hidden = view.scenes.length < 2;
  nav.replaceChildren(...view.scenes.map(([slug, title]) => {
    const button = made("button", title, { type: "button" });
    if (slug === view.scene) button.setAttribute("aria-current", "page");
    button.onclick = () => { stop(); wish("scene", slug); };
    return button;
  }));
}

function showTrouble(trouble) {
  const box = at("trouble");
  box.hidden = !trouble;
  if (!trouble) return;
  box.querySelector(".message").textContent = trouble.message;
  box.querySelector(".where").textContent = trouble.file ? `${trouble.file}, line ${trouble.line}` : "";
  box.querySelector("pre").textContent = trouble.source;
  box.querySelector("pre").hidden = !trouble.source;
}

function showNow(view) {
  const index = view.beats.findIndex((beat) => beat.name === view.beat);
  const beat = view.beats[index];
  const picture = at("picture");
  at("waiting").hidden = Boolean(beat && beat.picture) || Boolean(view.trouble);
  picture.hidden = !(beat && beat.picture);
  at("play").hidden = picture.hidden;
  if (!beat || !beat.picture) return;
  const source = `/pictures/${beat.picture}`;
  if (picture.getAttribute("src") !== source) picture.src = source;
  picture.alt = `The last picture of ${beat.name}`;
  picture.classList.toggle("stale", !beat.fresh);
  at("number").textContent = `Beat ${index + 1} of ${view.beats.length} · ${clock(beat.time)}`;
  at("beat").textContent = beat.name || "the whole scene";
  at("lines").replaceChildren(...beat.lines.map((line) => made("p", line)));
  showMarks(beat, view.checked);
  showFilm(beat);
}

function showMarks(beat, checked) {
  const boxed = beat.marks.map((mark, index) => [mark.box, index + 1]).filter(([box]) => box);
  at("marks").replaceChildren(...boxed.map(([[left, top, right, bottom], number]) => {
    const mark = made("div", "", { class: top < 0.06 ? "mark low" : "mark" });
    mark.style.cssText = `left:${left * 100}%;top:${top * 100}%;width:${(right - left) * 100}%;height:${(bottom - top) * 100}%`;
    mark.append(made("b", String(number)));
    return mark;
  }));
  const items = beat.marks.map((mark, index) => {
    const item = made("li");
    item.append(made("b", String(index + 1)), made("span", `${clock(mark.time)}  ${mark.words}: ${mark.found}`));
    return item;
  });
  if (!items.length && checked) items.push(made("li", "No faults in this beat.", { class: "good" }));
  at("faults").replaceChildren(...items);
}

function showFilm(beat) {
  const film = at("film");
  if (playing !== beat.name) stop();
  else if (beat.film && film.dataset.file !== beat.film) {
    film.dataset.file = beat.film;
    film.src = `/pictures/${beat.film}`;
    film.hidden = at("marks").hidden = false;
    at("marks").hidden = true;
    film.play().catch(() => {});
  }
  const button = at("play");
  const waits = playing === beat.name && !beat.film;
  button.disabled = waits;
  button.querySelector("span").textContent = waits ? "Drawing it…" : "Play this beat";
}

function play(name) {
  stop();
  playing = name;
  const beat = shown.beats.find((each) => each.name === name);
  wish("film", name);
  shown.beat = name;
  if (beat) show(shown);
}

function stop() {
  const film = at("film");
  playing = null;
  film.pause();
  film.removeAttribute("src");
  delete film.dataset.file;
  film.hidden = true;
  at("marks").hidden = false;
}

function showStrip(view) {
  at("strip").replaceChildren(...view.beats.map((beat) => {
    const item = made("li", "", { class: beat.fresh ? "" : "stale" });
    const button = made("button", "", { type: "button", title: `Play ${beat.name}` });
    if (beat.name === view.beat) button.setAttribute("aria-current", "true");
    const thumb = made("span", "", { class: "thumb" });
    if (beat.picture) thumb.append(made("img", "", { src: `/pictures/${beat.picture}`, alt: "" }));
    thumb.append(made("i", clock(beat.start)));
    if (beat.marks.length) thumb.append(made("em", String(beat.marks.length)));
    button.append(thumb, made("strong", beat.name || "the whole scene"), made("span", beat.lines.join(" "), { class: "said" }));
    button.onclick = () => play(beat.name);
    item.append(button);
    return item;
  }));
}

at("film").onended = () => { stop(); show(shown); };
at("play").onclick = () => play(shown.beat);

async function follow() {
  let version = -1;
  for (;;) {
    try {
      const answer = await fetch(`/view?after=${version}`);
      const told = await answer.json();
      if (told.version !== version) { version = told.version; show(told.view); }
    } catch {
      at("state").className = "state gone";
      at("state").textContent = "descent watch has ended";
      version = -1;
      await new Promise((wait) => setTimeout(wait, 1000));
    }
  }
}
follow();
