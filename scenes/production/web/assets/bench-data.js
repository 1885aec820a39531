// Unpacks what was recorded: the other half of scenes/bench/packing.py. Nothing is computed here that torch did not.
"use strict";
const benchData = (() => {
  const WIDTHS = { scaled: 2, float: 3, half: 2, byte: 1, short: 2 };
  const TOP = 65534;

  async function inflated(text) {
    const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // Whole numbers of a field: the bytes of all of them plane by plane, each the difference to the one before in its row.
  function whole(content, at, count, row, width) {
    const found = new Uint32Array(count), mask = 2 ** (8 * width) - 1;
    for (let start = 0; start < count; start += row) {
      let last = 0;
      for (let i = start; i < start + row; i++) {
        let change = 0;
        for (let plane = 0; plane < width; plane++) change += content[at + plane * count + i] * 2 ** (8 * plane);
        last = (last + change) & mask;
        found[i] = last;
      }
    }
    return found;
  }

  function half(bits) {
    const sign = bits & 0x8000 ? -1 : 1, power = (bits >> 10) & 31, rest = bits & 1023;
    return sign * (power ? 2 ** (power - 15) * (1 + rest / 1024) : 2 ** -14 * (rest / 1024));
  }

  function read(found, field) {
    if (field.kind === "scaled") return Float64Array.from(found, (n) => (n > TOP ? NaN : field.low + n * field.step));
    if (field.kind === "float") return Float64Array.from(new Float32Array(Uint32Array.from(found, (n) => n << 8).buffer));
    if (field.kind === "half") return Float64Array.from(found, (bits) => half(bits) * field.step);
    return found;
  }

  async function unpacked(fields, text) {
    const content = await inflated(text), arrays = {};
    let at = 0;
    for (const field of fields) {
      const count = field.shape.reduce((a, b) => a * b, 1), width = WIDTHS[field.kind];
      arrays[field.name] = read(whole(content, at, count, field.shape[field.shape.length - 1], width), field);
      at += width * count;
    }
    return arrays;
  }

  return { unpacked, can: typeof DecompressionStream === "function" };
})();
