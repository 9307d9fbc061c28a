// Pixel values in -1..1 from a fixed seed, [batch, 3, size, size]. Any values but zeros give the same time.
export function seededImages(batch, size) {
  const values = new Float32Array(batch * 3 * size * size);
  let state = 1;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2147483648 - 1;
  }
  return values;
}
