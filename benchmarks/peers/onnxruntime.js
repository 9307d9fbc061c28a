// Times ONNX Runtime on one network and prints a line of JSON: { "name", "batch", "threads", "milliseconds": [one number per run] }.
// Usage: node onnxruntime.js MODEL THREADS BATCH SECONDS
import ort from 'onnxruntime-node';
import { seededImages } from './images.js';

const [model, threads, batch, seconds] = [process.argv[2], ...process.argv.slice(3, 6).map(Number)];
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
});

const size = Number(process.env.SIZE ?? 224);
const input = new ort.Tensor('float32', seededImages(batch, size), [batch, 3, size, size]);
const feeds = { [session.inputNames[0]]: input };
for (let i = 0; i < 3; i++) {
  await session.run(feeds);
}

const milliseconds = [];
const start = process.hrtime.bigint();
while (milliseconds.length < 3 || process.hrtime.bigint() - start < BigInt(Math.round(seconds * 1e9))) {
  const before = process.hrtime.bigint();
  await session.run(feeds);
  milliseconds.push(Number(process.hrtime.bigint() - before) / 1e6);
}

console.log(JSON.stringify({ name: 'onnxruntime', batch, threads, milliseconds }));
