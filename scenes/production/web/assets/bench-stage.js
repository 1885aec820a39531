// The ground of a bench: where a recorded point is in the picture, what a touch means, and what is drawn over it.
"use strict";
const benchStage = (() => {
  // World heights above the ground of the trail, and of the arrow, which is held level as a compass is.
  const ABOVE = 0.05, HELD = 0.5;
  // A step of more pixels than this is leapt, not walked; how high a leap is drawn, as a fraction of its length.
  const LEAP = 46, HIGH = 0.22;

  function make(data, arrays, elements) {
    const camera = data.camera, [width, height] = camera.size;
    const over = elements.over.getContext("2d"), map = elements.map.getContext("2d");
    const rows = data.steps + 1;
    const colours = getComputedStyle(document.documentElement);
    const colour = (name) => colours.getPropertyValue("--" + name).trim();

    // World (east, north, up) to the picture's pixels, as scenes/engine/terrain/camera.py does it.
    function project(world) {
      const x = world[0] - camera.eye[0], y = world[1] - camera.eye[1], z = world[2] - camera.eye[2];
      const depth = x * camera.forward[0] + y * camera.forward[1];
      const across = x * camera.right[0] + y * camera.right[1];
      return [width / 2 + (camera.focal * across) / depth, camera.horizon - (camera.focal * z) / depth, depth];
    }
    function world(run, row) {
      const i = run * rows + row;
      return [arrays.east[i] * camera.scale[0], arrays.north[i] * camera.scale[1], arrays.up[i]];
    }
    const spot = (run, row, lift = 0) => {
      const at = world(run, row);
      return project([at[0], at[1], at[2] + lift]);
    };
    const startSpots = data.startsUp.map((at) => project(at));

    // The ground under a pixel of the picture; null in the sky.
    const [tableRows, tableColumns] = data.fields.find((field) => field.name === "table0").shape;
    function groundAt(column, row) {
      const i = Math.floor((row / height) * tableRows) * tableColumns + Math.floor((column / width) * tableColumns);
      const east = arrays.table0[i];
      return Number.isNaN(east) || east === undefined ? null : [east, arrays.table1[i]];
    }
    function nearestStart(column, row) {
      const ground = groundAt(column, row);
      if (!ground) return null;
      let best = null, least = Infinity;
      data.startsUp.forEach((at, index) => {
        const far = Math.hypot(at[0] / camera.scale[0] - ground[0], at[1] / camera.scale[1] - ground[1]);
        if (far < least) [best, least] = [index, far];
      });
      return best;
    }

    // Where somebody is between two rows: on a straight way, or in a leap. Between them nothing is recorded.
    function between(from, to, share) {
      const far = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const lift = far > LEAP ? HIGH * Math.min(far, 420) * 4 * share * (1 - share) : 0;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share - lift, from[2] + (to[2] - from[2]) * share];
    }

    function fit() {
      const box = elements.stage.getBoundingClientRect(), dense = Math.min(devicePixelRatio || 1, 2);
      const across = Math.max(1, Math.round(box.width * dense));
      if (elements.over.width !== across) {
        elements.over.width = across;
        elements.over.height = Math.round((across * height) / width);
      }
      return across / width;
    }

    function path(run, last, share) {
      over.beginPath();
      let before = null;
      for (let row = 0; row <= last; row++) {
        const known = arrays.seen[run * rows + row] > 0, at = known ? spot(run, row, ABOVE) : null;
        if (at && before) {
          const far = Math.hypot(at[0] - before[0], at[1] - before[1]);
          if (far > LEAP) over.quadraticCurveTo((at[0] + before[0]) / 2, (at[1] + before[1]) / 2 - 2 * HIGH * Math.min(far, 420), at[0], at[1]);
          else over.lineTo(at[0], at[1]);
        } else if (at) over.moveTo(at[0], at[1]);
        before = at;
      }
      if (share > 0 && before && arrays.seen[run * rows + last + 1] > 0) {
        const to = spot(run, last + 1, ABOVE);
        for (let part = 1; part <= 12; part++) {
          const at = between(before, to, (share * part) / 12);
          over.lineTo(at[0], at[1]);
        }
      }
    }

    function dot(at, radius, fill, ring) {
      over.beginPath();
      over.ellipse(at[0], at[1], radius, radius * 0.66, 0, 0, 2 * Math.PI);
      over.fillStyle = fill;
      over.fill();
      if (ring) {
        over.lineWidth = 3;
        over.strokeStyle = ring;
        over.stroke();
      }
    }

    // The size of things over the picture: on a small screen they are larger beside it.
    const grown = () => Math.min(2.1, Math.max(1, 900 / elements.stage.getBoundingClientRect().width));

    function arrow(run, row, wiped) {
      const i = run * (rows - 1) + row, east = -arrays.slope0[i] * data.stretch[0], north = -arrays.slope1[i] * data.stretch[1];
      const steep = Math.hypot(east, north);
      if (!(steep > 0)) return;
      const at = world(run, row), long = 0.45 + 1.1 * Math.sqrt(Math.min(steep, 2.5)) * Math.sqrt(grown());
      const from = project([at[0], at[1], at[2] + HELD]);
      const to = project([at[0] + (east / steep) * long * camera.scale[0], at[1] + (north / steep) * long * camera.scale[1], at[2] + HELD]);
      const turn = Math.atan2(to[1] - from[1], to[0] - from[0]), size = 13 * grown();
      for (const [ink, thick] of [[colour("page"), 11], [colour(wiped ? "downhill" : "stale"), 6]]) {
        over.strokeStyle = over.fillStyle = ink;
        over.lineWidth = thick * Math.sqrt(grown());
        over.lineCap = over.lineJoin = "round";
        over.beginPath();
        over.moveTo(from[0], from[1]);
        over.lineTo(to[0], to[1]);
        over.moveTo(to[0] - size * Math.cos(turn - 0.6), to[1] - size * Math.sin(turn - 0.6));
        over.lineTo(to[0], to[1]);
        over.lineTo(to[0] - size * Math.cos(turn + 0.6), to[1] - size * Math.sin(turn + 0.6));
        over.stroke();
      }
    }

    function hiker(at, hidden, turned) {
      const picture = elements.hiker, tall = ((data.hiker.tall * camera.focal) / at[2]) * Math.sqrt(grown());
      const wide = (tall * picture.naturalWidth) / picture.naturalHeight;
      over.save();
      over.translate(at[0], at[1]);
      if (turned) over.scale(-1, 1);
      over.globalAlpha = hidden ? 0.3 : 1;
      over.drawImage(picture, -wide * data.hiker.stands[0], -tall * data.hiker.stands[1], wide, tall);
      over.restore();
    }

    // All that is over the picture now: progress is a row and a share of the way to the next.
    function draw({ run, start, progress, wiped, ended }) {
      const scale = fit(), last = Math.floor(progress), share = progress - last, big = grown();
      over.setTransform(scale, 0, 0, scale, 0, 0);
      over.clearRect(0, 0, width, height);
      startSpots.forEach((at, index) => {
        if (index !== start) dot(at, 7 * big, colour("page"), colour("quiet"));
      });
      dot(startSpots[start], 9 * big, colour("home"), colour("page"));
      over.lineJoin = over.lineCap = "round";
      path(run, last, share);
      over.strokeStyle = colour("page");
      over.globalAlpha = 0.75;
      over.lineWidth = 7 * Math.sqrt(big);
      over.stroke();
      over.strokeStyle = colour("trail");
      over.globalAlpha = 1;
      over.lineWidth = 3.2 * Math.sqrt(big);
      over.stroke();
      for (let row = 0; row <= last; row++) {
        if (arrays.seen[run * rows + row] > 0) dot(spot(run, row, ABOVE), 4.2 * Math.sqrt(big), colour("trail"));
      }
      const here = arrays.seen[run * rows + last], there = share > 0 ? arrays.seen[run * rows + last + 1] : here;
      if (here === 0) return;
      if (share > 0 && there === 0) return; // he leaves the picture
      const from = spot(run, last), to = share > 0 ? spot(run, last + 1) : from;
      if (!ended && share === 0) arrow(run, last, wiped);
      const next = last + 1 < rows && !ended ? spot(run, last + 1) : last > 0 ? from : to;
      const before = last > 0 ? spot(run, last - 1) : from;
      const turned = ended ? from[0] < before[0] - 1 : next[0] < from[0] - 1;
      hiker(share > 0 ? between(from, to, share) : from, here === 1 && there === 1, turned);
    }

    // The map of fates over the ground: each pixel of the table is a place, and has the colour of the nearest start.
    const inks = {};
    const rgb = (code) => (inks[code] ||= [1, 3, 5].map((at) => parseInt(code.slice(at, at + 2), 16)));
    const fateColour = (code) => {
      if (code === 254) return colour("walking");
      if (code === 255) return colour("gone");
      return colour(code === 0 ? "home" : "valley" + (1 + ((code - 1) % 4)));
    };
    function drawMap(number) {
      elements.map.hidden = number === null;
      if (number === null) return;
      elements.map.width = tableColumns;
      elements.map.height = tableRows;
      const [, across, along] = data.fields.find((field) => field.name === "map").shape;
      const [west, east, south, north] = data.map.edges, picture = map.createImageData(tableColumns, tableRows);
      for (let i = 0; i < tableColumns * tableRows; i++) {
        const x = arrays.table0[i], y = arrays.table1[i];
        if (Number.isNaN(x)) continue;
        const a = Math.round(((x - west) / (east - west)) * (across - 1));
        const b = along > 1 ? Math.round(((y - south) / (north - south)) * (along - 1)) : 0;
        if (a < 0 || b < 0 || a >= across || b >= along) continue;
        const at = (number * across + a) * along + b, code = arrays.map[at], ink = rgb(fateColour(code));
        const shade = code < 254 ? 1 - (0.45 * arrays.shade[at]) / 15 : 1;
        for (let channel = 0; channel < 3; channel++) picture.data[4 * i + channel] = ink[channel] * shade;
        picture.data[4 * i + 3] = code === 254 ? 70 : code === 255 ? 120 : 165;
      }
      map.putImageData(picture, 0, 0);
    }

    function touched(event) {
      const box = elements.stage.getBoundingClientRect();
      return nearestStart(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
    }

    return { draw, drawMap, touched, spot, project, nearestStart, fateColour, startSpots, colour };
  }

  return { make };
})();
