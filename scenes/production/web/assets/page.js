// Plays the film beside this page. Everything works from a disk: no request leaves the page but for its own files.
"use strict";
(() => {
  const film = JSON.parse(document.getElementById("film").textContent);
  const at = (id) => document.getElementById(id);
  const video = at("video"), player = at("player"), position = at("position"), seekBar = at("seek"), hint = at("hint");
  const chapterLinks = [...document.querySelectorAll("#chapters a")];
  const lines = [...document.querySelectorAll("a.said")];
  const lineStarts = lines.map((line) => Number(line.dataset.t));
  const chapterStarts = film.chapters.map((chapter) => chapter[0]);
  const paces = [0.5, 0.75, 1, 1.25, 1.5, 2];
  // A seek may land a hair before the moment that was meant.
  const HAIR = 0.12;

  const length = () => (Number.isFinite(video.duration) && video.duration > 0 ? video.duration : film.length);
  const within = (value, low, high) => Math.min(high, Math.max(low, value));
  const lastBefore = (starts, time) => starts.reduce((found, start, index) => (start <= time + HAIR ? index : found), -1);
  const two = (number) => String(number).padStart(2, "0");
  const clock = (seconds) => {
    const s = Math.floor(seconds), m = Math.floor(s / 60);
    return m >= 60 ? Math.floor(m / 60) + ":" + two(m % 60) + ":" + two(s % 60) : m + ":" + two(s % 60);
  };

  let begun = false;
  // Where the film stands. Before its data are there, a wish is kept until they are.
  let wished = null;
  const time = () => (wished === null ? video.currentTime : wished);

  function seek(seconds) {
    const target = within(seconds, 0, length());
    if (video.readyState > 0) video.currentTime = target;
    else wished = target;
    show();
    remember(target);
  }
  video.addEventListener("loadedmetadata", () => {
    if (wished !== null) video.currentTime = within(wished, 0, length());
    wished = null;
    show();
  });

  function start() {
    const playing = video.play();
    if (playing) playing.catch(() => {}); // a browser that wants a click first shows the button still
  }
  const toggle = () => (video.paused ? start() : video.pause());
  const chapterAt = (seconds) => Math.max(0, lastBefore(chapterStarts, seconds));

  function byChapter(step) {
    const here = chapterAt(time());
    // Back means: to the start of this chapter, or, from there, to the one before.
    const back = step < 0 && time() - chapterStarts[here] > 3 ? here : here + step;
    const to = within(back, 0, chapterStarts.length - 1), over = step > 0 && to === here;
    seek(over ? length() : chapterStarts[to]);
    say(over ? "The end" : film.chapters[to][1]);
  }

  // What the page shows of it.
  let shownChapter = -1, shownLine = -1;
  function mark(list, was, now) {
    if (list[was]) list[was].removeAttribute("aria-current");
    if (list[now]) list[now].setAttribute("aria-current", "true");
  }
  function show() {
    const now = time(), whole = length(), chapter = chapterAt(now), line = lastBefore(lineStarts, now);
    position.max = whole;
    position.value = now;
    position.setAttribute("aria-valuetext", clock(now) + " of " + clock(whole) + ", " + film.chapters[chapter][1]);
    seekBar.style.setProperty("--at", whole ? now / whole : 0);
    at("clock").textContent = clock(now) + " / " + clock(whole);
    if (chapter !== shownChapter) {
      mark(chapterLinks, shownChapter, chapter);
      at("now").textContent = film.chapters[chapter][1];
      const list = at("chapters"), link = chapterLinks[chapter];
      // Only the list itself is scrolled, never the page under the reader.
      if (list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.offsetTop - list.clientHeight / 3;
      shownChapter = chapter;
    }
    if (line !== shownLine) {
      mark(lines, shownLine, line);
      shownLine = line;
    }
  }
  function showState() {
    const on = !video.paused;
    if (on && !begun) {
      begun = true;
      showCaption();
    }
    at("play").dataset.on = on;
    at("play").setAttribute("aria-label", on ? "Pause" : "Play");
    at("begin").hidden = begun;
    wake();
  }
  video.addEventListener("timeupdate", show);
  video.addEventListener("seeked", show);
  video.addEventListener("play", showState);
  video.addEventListener("pause", () => { showState(); remember(time()); });
  video.addEventListener("error", () => {
    at("trouble").textContent = "The film could not be played. It should lie beside this page as " + film.video + ".";
    at("trouble").hidden = false;
    at("begin").hidden = true;
  });

  let quiet = 0;
  function say(words) {
    const toast = at("toast");
    toast.textContent = words;
    toast.classList.add("shown");
    clearTimeout(quiet);
    quiet = setTimeout(() => toast.classList.remove("shown"), 1400);
  }

  // The moment, in the address: #t=73.
  const wanted = () => {
    const found = /[#&]t=(\d+(?:\.\d+)?)/.exec(location.hash);
    return found ? Number(found[1]) : null;
  };
  // What else is in it stays: a bench below the film keeps its knobs there.
  const besides = () => location.hash.slice(1).split("&").filter((part) => part.includes("=") && !part.startsWith("t=")).map((part) => "&" + part).join("");
  const moment = (seconds) => "#t=" + Number((Math.ceil(seconds * 10 - 0.01) / 10).toFixed(1)) + besides();
  let later = 0;
  function remember(seconds) {
    clearTimeout(later); // browsers allow only so many changes a second
    if (seconds === 0 && wanted() === null) return;
    later = setTimeout(() => history.replaceState(null, "", moment(seconds)), 250);
  }
  addEventListener("hashchange", () => { if (wanted() !== null) seek(wanted()); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seek(Number(link.dataset.t));
    start();
  });
  at("link").addEventListener("click", async () => {
    clearTimeout(later);
    history.replaceState(null, "", moment(time()));
    const label = at("link").querySelector("span"), before = "Link to this moment";
    try {
      await navigator.clipboard.writeText(location.href);
      label.textContent = "Copied: " + clock(time());
    } catch {
      label.textContent = "It is in the address bar now";
    }
    setTimeout(() => { label.textContent = before; }, 2500);
  });

  // Captions are made here: a page opened from a disk gets none from a file.
  const track = video.addTextTrack("captions", "English", "en");
  for (const [begin, end, text] of film.captions) {
    track.addCue(new VTTCue(begin, end, text.replace(/&/g, "&amp;").replace(/</g, "&lt;")));
  }
  const texts = new Map(film.captions.map((caption) => [caption[0], caption[2]]));
  let captioned = true;
  try { captioned = localStorage.getItem("captions") !== "off"; } catch { /* a browser that keeps nothing */ }
  function showCaption() {
    if (!begun && !(track.activeCues && track.activeCues.length)) return; // what waits there stays
    at("caption").classList.remove("waiting");
    const active = captioned && track.activeCues ? [...track.activeCues] : [];
    at("caption").textContent = active.map((cue) => texts.get(cue.startTime)).join("\n");
  }
  function setCaptions(on) {
    captioned = on;
    // Hidden, not showing: the page draws them itself, large enough on a phone and clear of the picture.
    track.mode = on ? "hidden" : "disabled";
    at("captions").setAttribute("aria-pressed", String(on));
    at("caption").hidden = !on;
    try { localStorage.setItem("captions", on ? "on" : "off"); } catch { /* then not */ }
    showCaption();
  }
  track.addEventListener("cuechange", showCaption);
  // A phone that plays full screen in its own player draws them itself.
  video.addEventListener("webkitbeginfullscreen", () => { if (captioned) track.mode = "showing"; });
  video.addEventListener("webkitendfullscreen", () => setCaptions(captioned));
  const toggleCaptions = () => { setCaptions(!captioned); say(captioned ? "Captions on" : "Captions off"); };

  // Sound and speed.
  function setVolume(volume) {
    if (!film.sound) return;
    video.volume = within(volume, 0, 1);
    video.muted = video.volume === 0;
  }
  function louder(by) {
    setVolume(Math.round(((video.muted ? 0 : video.volume) + by) * 20) / 20);
    if (film.sound) say("Volume " + Math.round(video.volume * 100) + " %");
  }
  function setPace(pace) {
    video.playbackRate = pace;
    at("pace").textContent = pace + "×";
    at("pace").setAttribute("aria-label", "Speed: " + (pace === 1 ? "normal" : pace + " times"));
  }
  function byPace(step) {
    setPace(paces[within(paces.indexOf(video.playbackRate) + step, 0, paces.length - 1)]);
    say("Speed " + video.playbackRate + "×");
  }
  if (film.sound) {
    at("volume").addEventListener("input", () => setVolume(Number(at("volume").value)));
    at("mute").addEventListener("click", () => { video.muted = !video.muted; });
    video.addEventListener("volumechange", () => {
      const heard = video.muted ? 0 : video.volume;
      at("volume").value = heard;
      at("volume").style.setProperty("--at", heard);
      at("mute").setAttribute("aria-pressed", String(video.muted));
    });
  }

  // The whole screen.
  const isWhole = () => (document.fullscreenElement || document.webkitFullscreenElement) === player;
  function toggleWhole() {
    if (isWhole()) (document.exitFullscreen || document.webkitExitFullscreen).call(document);
    else if (player.requestFullscreen) player.requestFullscreen().catch(() => {});
    else if (player.webkitRequestFullscreen) player.webkitRequestFullscreen();
    else if (video.webkitEnterFullscreen) video.webkitEnterFullscreen();
  }
  function showWhole() {
    at("whole").dataset.on = isWhole();
    at("whole").setAttribute("aria-label", isWhole() ? "Leave the full screen" : "Full screen");
    if (isWhole()) player.classList.remove("docked");
    wake();
  }
  document.addEventListener("fullscreenchange", showWhole);
  document.addEventListener("webkitfullscreenchange", showWhole);
  let sleep = 0;
  function wake() {
    player.classList.remove("idle");
    clearTimeout(sleep);
    if (!video.paused) sleep = setTimeout(() => player.classList.add("idle"), 2600);
  }
  for (const sign of ["pointermove", "pointerdown", "keydown", "focusin"]) player.addEventListener(sign, wake);

  // While one reads further down, a film that was begun goes on in the corner of a wide window.
  const place = at("place"), wide = matchMedia("(min-width: 900px)");
  function dock(away) {
    const docked = away && wide.matches && !isWhole() && time() > 0;
    place.style.minHeight = docked ? place.offsetHeight + "px" : "";
    player.classList.toggle("docked", docked);
  }
  let away = false;
  new IntersectionObserver((seen) => {
    away = !seen[seen.length - 1].isIntersecting;
    dock(away);
  }).observe(place);
  wide.addEventListener("change", () => dock(away));
  video.addEventListener("play", () => dock(away));
  at("back").addEventListener("click", () => { scrollTo({ top: 0 }); player.focus({ preventScroll: true }); });

  // The bar.
  position.addEventListener("input", () => seek(Number(position.value)));
  seekBar.addEventListener("pointermove", (event) => {
    const box = seekBar.getBoundingClientRect(), share = within((event.clientX - box.left - 8) / (box.width - 16), 0, 1);
    const there = share * length();
    hint.textContent = clock(there) + "  " + film.chapters[chapterAt(there)][1];
    hint.hidden = false;
    const half = hint.offsetWidth / 2;
    hint.style.left = within(event.clientX - box.left, half, Math.max(half, box.width - half)) + "px";
  });
  seekBar.addEventListener("pointerleave", () => { hint.hidden = true; });
  for (const start of chapterStarts.slice(1)) {
    const notch = document.createElement("i");
    notch.style.setProperty("--p", start / film.length);
    seekBar.append(notch);
  }
  video.addEventListener("click", () => { toggle(); player.focus({ preventScroll: true }); });
  video.addEventListener("dblclick", toggleWhole);
  at("begin").addEventListener("click", () => { start(); player.focus({ preventScroll: true }); });
  at("play").addEventListener("click", toggle);
  at("before").addEventListener("click", () => byChapter(-1));
  at("after").addEventListener("click", () => byChapter(1));
  at("pace").addEventListener("click", () => {
    if (video.playbackRate >= 2) setPace(paces[0]);
    else byPace(1);
  });
  at("captions").addEventListener("click", toggleCaptions);
  at("whole").addEventListener("click", toggleWhole);

  // Help.
  const help = at("help");
  function toggleHelp() {
    if (help.open) return help.close();
    if (isWhole()) toggleWhole(); // the help lies outside of the player
    help.showModal();
  }
  at("keys").addEventListener("click", toggleHelp);
  at("close").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => { if (event.target === help) help.close(); });

  // Keys.
  const keys = {
    " ": toggle, k: toggle,
    arrowleft: () => seek(time() - 5), arrowright: () => seek(time() + 5),
    j: () => seek(time() - 10), l: () => seek(time() + 10),
    n: () => byChapter(1), p: () => byChapter(-1),
    c: toggleCaptions, f: toggleWhole, "?": toggleHelp,
    "<": () => byPace(-1), ">": () => byPace(1),
  };
  for (let digit = 0; digit < 10; digit++) keys[digit] = () => seek((length() * digit) / 10);
  // These scroll the page; they are the film's only while it has the focus, or the screen.
  const ofThePlayer = { arrowup: () => louder(0.05), arrowdown: () => louder(-0.05) };
  const ofTheScreen = { pageup: () => byChapter(-1), pagedown: () => byChapter(1) };
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase(), on = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (help.open && key !== "?") return;
    if (on.closest("#bench")) return; // it has knobs of its own
    if (key === " " && on.closest("button")) return; // it presses that button
    if (on.id === "volume" && key.startsWith("arrow")) return;
    const action = keys[key] || (player.contains(on) && ofThePlayer[key]) || (isWhole() && { ...ofThePlayer, ...ofTheScreen }[key]);
    if (!action) return;
    event.preventDefault();
    action();
  }, true);
  // A press of the mouse leaves the focus on its button, where the next space would press it again.
  document.addEventListener("click", (event) => {
    if (event.detail > 0 && event.target.closest(".bar button, .bar input")) player.focus({ preventScroll: true });
  });

  video.controls = false;
  at("bar").hidden = false;
  setCaptions(captioned);
  if (wanted() !== null) seek(wanted());
  show();
  showState();
  if (video.error) video.dispatchEvent(new Event("error")); // it failed before anybody listened
})();
