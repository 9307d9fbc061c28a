// Writes golden.json: the outputs of ONNX Runtime for the four shared networks on a seeded input, with which the tests compare theirs.
//
//   npm install --ignore-scripts onnxruntime-node      (in a separate folder, not in the repository)
//   NODE_PATH=<that folder>/node_modules node make-golden.mjs <folder of the .onnx files>
//
// The input is computed from a sequence of integers, so that any language gives the same bits: see SeededInput.cs.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ort = createRequire(import.meta.url)('onnxruntime-node');
const networks = [
  { file: 'mobilenet_v2_1.0_224.onnx', size: 224, seed: 1 },
  { file: 'mobilenet_v1_0.5_160.onnx', size: 160, seed: 2 },
  { file: 'mobilenet_v1_0.25_128.onnx', size: 128, seed: 3 },
  { file: 'compact_v0.onnx', size: 128, seed: 4 },
];

// state' = 1664525 state + 1013904223 mod 2^32; the upper 24 bits, as a multiple of 2^-23 less 1, fit a float32 exactly.
function seededInput(length, seed) {
  const values = new Float32Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state >>> 8) / 8388608 - 1;
  }
  return values;
}

const golden = {};
for (const { file, size, seed } of networks) {
  const session = await ort.InferenceSession.create(join(process.argv[2], file), { intraOpNumThreads: 2 });
  const input = new ort.Tensor('float32', seededInput(3 * size * size, seed), [1, 3, size, size]);
  const outputs = await session.run({ [session.inputNames[0]]: input }, ['features', 'logits']);
  const decimals = (tensor) => Array.from(tensor.data, (v) => Number(v.toPrecision(9)));
  golden[file] = { size, seed, features: decimals(outputs.features), logits: decimals(outputs.logits) };
}

const entries = Object.entries(golden).map(([file, values]) => `  ${JSON.stringify(file)}: ${JSON.stringify(values)}`);
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), 'golden.json'), `{\n${entries.join(',\n')}\n}\n`);
