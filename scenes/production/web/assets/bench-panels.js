// What stands beside the ground of a bench: the loss curve, the code that ran, and why somebody misjudged.
"use strict";
const benchPanels = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  function element(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    return made;
  }
  // Three digits, as people write them.
  function three(value) {
    if (value === Infinity) return "more than 1e38";
    if (value === null || !Number.isFinite(value)) return "no longer a number";
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size >= 1e5 || size < 1e-4) return value.toExponential(2).replace("e+", "e");
    return String(Number(value.toPrecision(3)));
  }
  // Beside an axis there is less room.
  const short = (value) => (value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3) ? value.toExponential(0).replace("e+", "e") : three(value));
  const scaled = (low, high, from, to) => (value) => from + ((value - low) / (high - low || 1)) * (to - from);

  // The loss so far. What comes is not drawn: it is what the viewer is asked.
  function curve(svg, losses, progress, steps) {
    const shown = Array.from(losses).slice(0, Math.floor(progress) + 1).filter(Number.isFinite);
    svg.replaceChildren();
    const finite = [...losses].filter(Number.isFinite), low = Math.min(...finite), high = Math.max(...finite);
    const tall = low > 0 && high / low > 1000, height = (loss) => (tall ? Math.log10(loss) : loss);
    const x = scaled(0, steps, 46, 350), y = scaled(height(tall ? low : Math.min(0, low)), height(high), 108, 12);
    for (const [value, label] of [[high, short(high)], [tall ? low : Math.min(0, low), short(tall ? low : Math.min(0, low))]]) {
      svg.append(element("line", { x1: 46, x2: 350, y1: y(height(value)), y2: y(height(value)), class: "rule" }));
      svg.append(element("text", { x: 40, y: y(height(value)) + 4, "text-anchor": "end" }, label));
    }
    for (const row of [0, steps]) svg.append(element("text", { x: x(row), y: 127, "text-anchor": row ? "end" : "start" }, row ? row + " steps" : "0"));
    svg.append(element("path", { class: "line", d: shown.map((loss, row) => (row ? "L" : "M") + x(row).toFixed(1) + " " + y(height(loss)).toFixed(1)).join("") }));
    const last = shown.length - 1;
    if (last >= 0) svg.append(element("circle", { class: "dot", r: 5, cx: x(last), cy: y(height(shown[last])) }));
  }

  // The update that ran, line by line; the line that can be left out is struck.
  function code(box, { optimizer, wiped, lr }) {
    const strike = wiped ? (text) => text : (text) => "<s>" + text + "</s>";
    const rate = "<b>" + three(lr) + "</b>";
    const lines = optimizer
      ? ["optimizer = " + escaped(optimizer) + "([coeffs], lr=" + rate + ")", strike("optimizer.zero_grad()"), "loss_of(coeffs).backward()", "optimizer.step()"]
      : ["loss_of(coeffs).backward()", "coeffs.sub_(coeffs.grad * " + rate + ")", strike("coeffs.grad.zero_()")];
    box.innerHTML = lines.map((line) => "<code>" + line + "</code>").join("");
  }
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  // Why he ended there: the curvature at the bottom, and 2/λ.
  function reason(data, { fate, valley, lr, wiped, optimizer, predicted }) {
    const home = data.valleys[0], name = data.home;
    if (!wiped) {
      return "Nobody wiped .grad, so it holds the sum of all slopes since the start. Each step repeats all the steps before it, like a ball without friction: " +
        (fate === 3 ? "it flings him off the ground." : fate === 2 ? "he swings to and fro, and no learning rate brings that to rest." : "where he seems at rest, that is luck.");
    }
    if (optimizer) return "2/λ is the limit of plain descent. " + optimizer.replace("torch.optim.", "") + " makes steps of its own length, so the curvature does not decide alone.";
    if (home.sharpest === null) return "No run came to rest here, so no curvature is known where home would be.";
    const bend = three(home.sharpest), limit = three(2 / home.sharpest), times = lr * home.sharpest;
    const parts = ["At " + name + " the ground bends by λ = " + bend + ", so a step is stable there below lr = 2/λ = " + limit + "."];
    if (times > 2) parts.push("His lr, " + three(lr) + ", is above that: near " + name + " each step ends " + three(times - 1) + " times as far out as it began, on the other side.");
    else if (times > 1) parts.push("With lr " + three(lr) + " each step leaps over the bottom, and ends " + three(times - 1) + " times as far from it.");
    else parts.push("With lr " + three(lr) + " a step leaves " + three(1 - times) + " of the way there, in the direction that bends most.");
    const there = data.valleys[valley];
    if (fate === 1 && there && there.sharpest) {
      parts.push("The valley where he rests bends by " + three(there.sharpest) + " only: 2/λ = " + three(2 / there.sharpest) + " there, so it holds him" + (times > 2 ? "." : "; and the slope under his boots led that way."));
    } else if (fate === 2 && times < 0.3) parts.push("Such small steps would get there, but not in " + data.steps + ".");
    else if (fate === 3 && times <= 2) parts.push("But 2/λ only speaks of the bottom: from here the slope led off the ground.");
    return parts.join(" ");
  }

  // The valley cut along the line on which it bends most: the loss as torch sampled it, the parabola of λ, and the
  // recorded rows, each at the place that it has along that line.
  function bend(svg, words, valley, points, lr) {
    const profile = valley && valley.profile;
    svg.replaceChildren();
    svg.closest(".bench-why").classList.toggle("worded", !profile);
    if (!profile) return;
    const along = profile.along, low = Math.min(...profile.losses), high = Math.max(...profile.losses);
    const x = scaled(along[0], along[along.length - 1], 16, 704), y = scaled(low - 0.06 * (high - low), high + 0.12 * (high - low), 214, 10);
    const drawn = (pairs) => pairs.map(([a, loss], i) => (i ? "L" : "M") + x(a).toFixed(1) + " " + y(loss).toFixed(1)).join("");
    const parabola = along.map((a) => [a, valley.loss + (valley.sharpest * a * a) / 2]).filter(([, loss]) => loss < high * 1.1);
    svg.append(element("path", { class: "ground", d: drawn(along.map((a, i) => [a, profile.losses[i]])) + "L704 222L16 222Z" }));
    svg.append(element("path", { class: "parabola", d: drawn(parabola) }));
    const inside = [];
    for (const point of points) {
      const a = (point.at[0] - profile.at[0]) * profile.axis[0] + (point.at[1] - profile.at[1]) * profile.axis[1];
      const shown = Number.isFinite(a) && Number.isFinite(point.loss) && a >= along[0] && a <= along[along.length - 1] && point.loss <= high * 1.1;
      if (shown || inside.length) inside.push(shown ? [a, point.loss] : null);
    }
    inside.slice(1, 25).forEach((to, i) => {
      const from = inside[i];
      if (!from || !to) return; // beyond the picture
      const middle = (x(from[0]) + x(to[0])) / 2, lift = Math.min(70, Math.abs(x(to[0]) - x(from[0])) * 0.35);
      svg.append(element("path", { class: "leap", d: "M" + x(from[0]).toFixed(1) + " " + y(from[1]).toFixed(1) + "Q" + middle.toFixed(1) + " " + (Math.min(y(from[1]), y(to[1])) - lift).toFixed(1) + " " + x(to[0]).toFixed(1) + " " + y(to[1]).toFixed(1) }));
    });
    inside.slice(0, 25).forEach((point, i) => {
      if (point) svg.append(element("circle", { class: i ? "print" : "print first", r: i ? 4 : 6, cx: x(point[0]), cy: y(point[1]) }));
    });
    words.textContent = "The loss along the line that bends most, with the recorded steps on it; dashed: the parabola of λ = " + three(valley.sharpest) + ", for which 2/λ = " + three(2 / valley.sharpest) + ".";
    svg.setAttribute("aria-label", "The valley in profile, with the recorded steps on it. Its curvature is " + three(valley.sharpest) + ", so the limit is " + three(2 / valley.sharpest) + "; the learning rate was " + three(lr) + ".");
  }

  // A gradient is kept with three digits of the largest: one that is far smaller is nought here.
  const pull = (value) => (value === 0 ? "≈ 0" : three(value));

  return { curve, code, reason, bend, three, pull };
})();
