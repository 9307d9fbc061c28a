// Runs ours and ONNX Runtime in turn, several rounds, and prints the ratio of their speeds.
// Usage: node compare.js MODEL [--threads 2] [--batch 16] [--seconds 3] [--rounds 5] [--size 224]
// Above 1, ours is faster. The machine's own noise hits both, as they alternate; the minima are what it disturbs the least.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '224' },
  },
});
if (positionals.length !== 1) {
  console.error('usage: node compare.js MODEL [--threads 2] [--batch 16] [--seconds 3] [--rounds 5] [--size 224]');
  process.exit(1);
}

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '..', 'TransferLearning.Benchmarks');
const model = path.resolve(positionals[0]);
const work = [model, options.threads, options.batch, options.seconds];
const ours = path.join(project, 'bin', 'Release', 'net10.0', 'TransferLearning.Benchmarks.dll');

execFileSync('dotnet', ['build', project, '-c', 'Release', '--nologo', '-v', 'quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
const contestants = {
  ours: () => execFileSync('dotnet', ['exec', ours, 'time-network', ...work, options.size]),
  onnxruntime: () => execFileSync(process.execPath, [path.join(here, 'onnxruntime.js'), ...work], { env: { ...process.env, SIZE: options.size } }),
};

const times = { ours: [], onnxruntime: [] };
for (let round = 1; round <= Number(options.rounds); round++) {
  // Who goes first changes from round to round, so that a slow drift of the machine favours neither.
  const order = round % 2 === 1 ? ['ours', 'onnxruntime'] : ['onnxruntime', 'ours'];
  const line = {};
  for (const name of order) {
    const { milliseconds } = JSON.parse(contestants[name]().toString());
    times[name].push(...milliseconds);
    line[name] = `min ${minimum(milliseconds).toFixed(2)} ms, median ${median(milliseconds).toFixed(2)} ms`;
  }
  console.log(`round ${round}: ours ${line.ours}; onnxruntime ${line.onnxruntime}`);
}

const batch = Number(options.batch);
for (const [name, all] of Object.entries(times)) {
  console.log(`${name}: ${((batch / minimum(all)) * 1e3).toFixed(1)} images/s at the minimum, ${((batch / median(all)) * 1e3).toFixed(1)} at the median`);
}
console.log(`speed of ours over onnxruntime: ${(minimum(times.onnxruntime) / minimum(times.ours)).toFixed(3)} (minima), `
  + `${(median(times.onnxruntime) / median(times.ours)).toFixed(3)} (medians)`);

function minimum(values) {
  return values.reduce((a, b) => Math.min(a, b));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
