// The bench: which recorded run is shown, how far it is walked, and what the viewer was asked. It asks no network.
"use strict";
(async () => {
  const at = (id) => document.getElementById("bench-" + id);
  const bench = document.getElementById("bench");
  const trouble = (words) => {
    at("trouble").textContent = words;
    at("trouble").hidden = false;
    at("body").hidden = true;
  };
  if (!benchData.can) return trouble("This browser is too old to unpack what was recorded. Open the page in one of the last three years.");
  const data = JSON.parse(at("data").textContent);
  let arrays;
  try {
    arrays = await benchData.unpacked(data.fields, at("packed").textContent);
    await Promise.all([at("hiker").decode(), at("stage").querySelector("img").decode()]);
  } catch {
    return trouble("What was recorded cannot be read: this page is damaged or was cut short. Make it anew.");
  }
  const { three, ...panels } = benchPanels;
  const stage = benchStage.make(data, arrays, { stage: at("stage"), map: at("map"), over: at("over"), hiker: at("hiker") });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const rows = data.steps + 1, count = data.lrs.length, starts = data.starts.length;

  // What is set, what was answered for which run, and how far the run is walked.
  const set = { optimizer: 0, wiped: 0, lr: data.lr, start: data.start, map: false };
  const answered = new Map(), won = new Set();
  let progress = 0, playing = 0, told = false, score = [0, 0];

  const runOf = ({ optimizer, wiped, lr, start }) => ((optimizer * data.wiped.length + wiped) * count + lr) * starts + start;
  const run = () => runOf(set);
  const last = () => arrays.rows[run()] - 1;
  const ended = () => progress >= last();

  function nearest(rate, rates = data.lrs) {
    let best = 0;
    rates.forEach((lr, index) => {
      if (Math.abs(Math.log(lr / rate)) < Math.abs(Math.log(rates[best] / rate))) best = index;
    });
    return best;
  }

  // Drawing, all of it in step.
  function show() {
    const now = run(), row = Math.floor(progress), base = now * rows, wiped = data.wiped[set.wiped];
    stage.draw({ run: now, start: set.start, progress, wiped, ended: ended() && told });
    panels.curve(at("curve"), arrays.loss.subarray(base, base + rows), progress, data.steps);
    const pull = now * (rows - 1) + row, more = row < last();
    at("numbers").textContent = "step " + row + " of " + data.steps + " · loss " + three(arrays.loss[base + row]) +
      (more ? " · .grad (" + panels.pull(arrays.slope0[pull]) + (data.knobs[1] ? ", " + panels.pull(arrays.slope1[pull]) : "") + ")" : "") +
      (arrays.seen[base + row] === 0 ? " · off the picture" : "");
    at("play").classList.toggle("playing", playing !== 0);
    at("play").querySelector("span").textContent = playing ? "Stop" : "Let him go";
    at("step").disabled = ended();
    at("again").disabled = progress === 0;
    bench.dataset.row = row;
  }

  function showSettings() {
    const lr = data.lrs[set.lr], optimizer = data.optimizers[set.optimizer], wiped = data.wiped[set.wiped], known = answered.get(run());
    at("lr").max = count - 1;
    at("lr").value = set.lr;
    at("lr").setAttribute("aria-valuetext", "lr " + three(lr) + (data.names[set.lr] ? ", " + data.names[set.lr] + " in the film" : ""));
    at("typed").value = three(lr);
    at("name").textContent = data.names[set.lr] ? data.names[set.lr] + " in the film" : "";
    at("start").textContent = "start " + (set.start + 1) + " of " + starts;
    panels.code(at("code"), { optimizer, wiped, lr });
    for (const button of at("options").children) {
      const on = button.dataset.kind === "wiped" ? wiped : Number(button.dataset.value) === set.optimizer;
      button.setAttribute("aria-pressed", String(on));
    }
    for (const button of at("ask").querySelectorAll("button")) button.setAttribute("aria-pressed", String(known === Number(button.dataset.answer)));
    at("ask").classList.toggle("answered", known !== undefined);
    strip();
    tasks();
    layer();
    bench.dataset.run = run();
    show();
  }

  // Below the slider: what is known by now of each learning rate from here.
  function strip() {
    at("strip").replaceChildren(...data.lrs.map((_, lr) => {
      const tick = document.createElement("i"), which = runOf({ ...set, lr });
      if (told && which === run() ? true : answered.has(which) && which !== run()) tick.className = "fate" + arrays.fate[which];
      return tick;
    }));
  }

  function layer() {
    const number = nearest(data.lrs[set.lr], data.map.lrs);
    at("layer").setAttribute("aria-pressed", String(set.map));
    stage.drawMap(set.map ? number : null);
    at("key").hidden = !set.map;
    if (!set.map) return;
    const swatch = (name, ...codes) => "<span>" + codes.map((code) => "<i style='background:" + stage.fateColour(code) + "'></i>").join("") + name + "</span>";
    const others = data.map.valleys.slice(1, 5).map((_, index) => index + 1);
    at("key").innerHTML = "<b>Where a walk ends, from every start</b><span>lr " + three(data.map.lrs[number]) + ", with zero_(), the nearest of " + data.map.lrs.length + " maps</span>" +
      swatch("home", 0) + (others.length ? swatch("another valley", ...others) : "") + swatch("still walking", 254) + swatch("gone", 255);
  }

  // The state is in the address; what else is there stays.
  let later = 0;
  function remember() {
    clearTimeout(later); // browsers allow only so many changes a second
    later = setTimeout(() => {
      const others = location.hash.slice(1).split("&").filter((part) => part && !/^(lr|zero|start|optimizer|map)=/.test(part));
      const own = ["lr=" + data.lrs[set.lr], "zero=" + Number(data.wiped[set.wiped]), "start=" + (set.start + 1)];
      if (data.optimizers.length > 1) own.push("optimizer=" + set.optimizer);
      if (set.map) own.push("map=1");
      history.replaceState(null, "", "#" + [...others, ...own].join("&"));
    }, 200);
  }
  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1)), number = (name) => Number(asked.get(name));
    if (!asked.has("lr") && !asked.has("start") && !asked.has("zero")) return false;
    if (number("lr") > 0) set.lr = nearest(number("lr"));
    const wiped = data.wiped.indexOf(asked.get("zero") !== "0");
    if (asked.has("zero") && wiped >= 0) set.wiped = wiped;
    if (number("start") >= 1 && number("start") <= starts) set.start = Math.floor(number("start")) - 1;
    if (data.optimizers[number("optimizer")] !== undefined) set.optimizer = number("optimizer");
    set.map = asked.get("map") === "1";
    return true;
  }

  function change(what) {
    stop();
    Object.assign(set, what);
    progress = 0;
    told = false;
    at("why").hidden = true;
    say(answered.has(run()) ? "You said: " + data.answers[answered.get(run())] + "." : "Choose an answer, and he sets out.");
    bench.classList.remove("told");
    showSettings();
    remember();
  }

  // Walking.
  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
  }
  const ease = (share) => share * share * (3 - 2 * share);
  function walk(to) {
    stop();
    if (still.matches) {
      progress = to;
      return arrive();
    }
    let from = Math.floor(progress), begun = performance.now();
    const single = to - from === 1;
    const spell = (row) => (single ? 520 : Math.max(34, 560 * 0.86 ** row));
    const tick = (now) => {
      while (now - begun >= spell(from) && from < to) {
        begun += spell(from);
        from += 1;
      }
      progress = from >= to ? to : from + ease(Math.min(1, Math.max(0, (now - begun) / spell(from))));
      if (from >= to) {
        stop();
        return arrive();
      }
      show();
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
    show();
  }
  function arrive() {
    if (ended() && !told) tell();
    show();
  }
  function mayGo() {
    if (answered.has(run())) return true;
    at("ask").classList.remove("nudge");
    void at("ask").offsetWidth; // so that it is seen again
    at("ask").classList.add("nudge");
    say("First say where he will end.");
    at("ask").querySelector("button").focus();
    return false;
  }
  function say(words) {
    const line = document.createElement("p");
    line.textContent = words;
    line.className = "quiet";
    at("said").replaceChildren(line);
  }

  // He has ended: in words, against what was foreseen, and why where that was wrong.
  function tell() {
    told = true;
    const which = run(), fate = arrays.fate[which], foreseen = answered.get(which), right = foreseen === fate;
    const first = document.createElement("p"), second = document.createElement("p");
    first.className = "verdict fate" + fate;
    first.textContent = data.sentences[arrays.said[which]];
    if (foreseen !== undefined && !counted.has(which)) {
      counted.add(which);
      score = [score[0] + Number(right), score[1] + 1];
    }
    second.className = "quiet";
    second.textContent = foreseen === undefined ? "" : (right ? "As you foresaw." : "You said: " + data.answers[foreseen] + ".") + " Foreseen so far: " + score[0] + " of " + score[1] + ".";
    at("said").replaceChildren(first, second);
    bench.classList.add("told");
    const valley = arrays.valley[which] < 254 ? arrays.valley[which] : 0;
    if (!right) {
      at("reason").textContent = panels.reason(data, { fate, valley, lr: data.lrs[set.lr], wiped: data.wiped[set.wiped], optimizer: data.optimizers[set.optimizer] });
      panels.bend(at("bend"), at("bend-words"), data.valleys[0], points(which), data.lrs[set.lr]);
    }
    at("why").hidden = right;
    const own = data.challenges[set.start];
    for (const task of own) {
      if (data.wiped[set.wiped] && set.optimizer === 0 && task.lrs.includes(set.lr)) won.add(set.start + task.key);
    }
    strip();
    tasks();
  }
  const counted = new Set();
  const points = (which) => Array.from({ length: arrays.rows[which] }, (_, row) => {
    const i = which * rows + row;
    return { at: arrays.seen[i] ? [arrays.east[i], arrays.north[i]].map((value, axis) => (value - data.origin[axis]) / data.stretch[axis]) : [NaN, NaN], loss: arrays.loss[i] };
  });

  function tasks() {
    const own = data.challenges[set.start], where = "start " + (set.start + 1);
    at("tasks-note").textContent = own.length
      ? "From " + where + ", with zero_()" + (data.optimizers.length > 1 ? " and plain descent" : "") + ". The answers are in the recorded runs."
      : "No recorded run gets from " + where + " to " + data.home + ": choose another start for the challenges.";
    at("tasks").replaceChildren(...own.map((task) => {
      const item = document.createElement("li"), words = document.createElement("p"), button = document.createElement("button");
      const done = won.has(set.start + task.key), open = done || shown.has(set.start + task.key);
      words.textContent = task.task;
      item.className = done ? "won" : "";
      item.append(words);
      if (open) {
        const answer = document.createElement("p"), theory = document.createElement("p");
        answer.className = "answer";
        answer.textContent = (done ? "Won. " : "") + task.answer;
        theory.className = "quiet";
        theory.textContent = task.theory;
        item.append(answer, theory);
      } else {
        button.type = "button";
        button.textContent = "Show the answer";
        button.addEventListener("click", () => {
          shown.add(set.start + task.key);
          tasks();
        });
        item.append(button);
      }
      return item;
    }));
  }
  const shown = new Set();

  // What the viewer does.
  at("lr").addEventListener("input", () => {
    change({ lr: Number(at("lr").value) });
    at("snap").textContent = snaps;
  });
  const snaps = "The slider snaps to " + count + " learning rates, from " + three(data.lrs[0]) + " to " + three(data.lrs[count - 1]) + ": between two of them nothing was recorded.";
  at("snap").textContent = snaps;
  at("typed").addEventListener("change", () => {
    const wanted = Number(at("typed").value.replace(",", "."));
    if (!(wanted > 0) || !Number.isFinite(wanted)) {
      at("snap").textContent = "A learning rate is a number more than 0; found “" + at("typed").value + "”. It stays at " + three(data.lrs[set.lr]) + ".";
      at("typed").value = three(data.lrs[set.lr]);
      return;
    }
    const found = nearest(wanted);
    if (found !== set.lr) change({ lr: found });
    else at("typed").value = three(data.lrs[found]);
    at("snap").textContent = Math.abs(Math.log(data.lrs[found] / wanted)) < 0.004 ? snaps : three(wanted) + " was not recorded: this is the nearest that was, " + three(data.lrs[found]) + ".";
  });
  for (const button of at("ask").querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (!answered.has(run())) answered.set(run(), Number(button.dataset.answer));
      showSettings();
      walk(last());
    });
  }
  at("play").addEventListener("click", () => {
    if (playing) {
      stop();
      progress = Math.floor(progress);
      return show();
    }
    if (!mayGo()) return;
    if (ended()) progress = 0;
    walk(last());
  });
  at("step").addEventListener("click", () => { if (mayGo() && !ended()) walk(Math.floor(progress) + 1); });
  at("again").addEventListener("click", () => {
    stop();
    progress = 0;
    show();
  });
  const turn = (by) => change({ start: (set.start + by + starts) % starts });
  at("back").addEventListener("click", () => turn(-1));
  at("on").addEventListener("click", () => turn(1));
  at("stage").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    turn(event.key === "ArrowLeft" ? -1 : 1);
    at("where").textContent = "Start " + (set.start + 1) + " of " + starts + ".";
  });
  at("stage").addEventListener("click", (event) => {
    const found = stage.touched(event);
    if (found === null) {
      at("where").textContent = "That is the sky. Touch the ground.";
      return;
    }
    change({ start: found });
    at("where").textContent = "Start " + (found + 1) + " of " + starts + ": the nearest that was recorded.";
  });
  at("layer").addEventListener("click", () => {
    set.map = !set.map;
    layer();
    remember();
  });
  function option(text, kind, value) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    Object.assign(button.dataset, { kind, value });
    button.addEventListener("click", () => change(kind === "wiped" ? { wiped: (set.wiped + 1) % data.wiped.length } : { optimizer: value }));
    at("options").append(button);
  }
  option("zero_()", "wiped", 0);
  if (data.optimizers.length > 1) data.optimizers.forEach((name, index) => option(name.replace("torch.optim.", "") || "plain descent", "optimizer", index));
  // As a slide of a talk it gives back the keys that turn slides.
  if (top !== self) {
    document.documentElement.classList.add("slide");
    const handed = { PageUp: "bench: back", PageDown: "bench: on", Escape: "bench: keys" };
    addEventListener("keydown", (event) => { if (handed[event.key]) parent.postMessage(handed[event.key], "*"); });
  }
  addEventListener("hashchange", () => {
    if (recall()) change({});
  });
  new ResizeObserver(show).observe(at("stage"));

  if (recall() && !document.querySelector(".bench-alone")) bench.scrollIntoView();
  at("where").textContent = "Touch the ground: he sets out from the nearest of " + starts + " starts.";
  say("Choose an answer, and he sets out.");
  showSettings();
  bench.dataset.ready = "true";
  // For whoever holds the page's numbers to torch.
  bench.unpacked = { data, arrays, stage, runOf, set };
})();
