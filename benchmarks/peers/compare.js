// Runs ours and the peers in turn, for several rounds, and prints the ratio of their speeds.
// Usage: node compare.js MODEL [--threads 2] [--batch 16] [--seconds 3] [--rounds 5] [--size 224] [--peers onnxruntime,pytorch]
// Above 1, ours is faster. As they take turns, the machine's noise affects all of them; the minima are disturbed the least.
import { parseArgs } from 'node:util';
import { alternate, build, median, minimum } from './contestants.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '224' },
    peers: { type: 'string', default: 'onnxruntime' },
  },
});
if (positionals.length !== 1) {
  console.error('usage: node compare.js MODEL [--threads 2] [--batch 16] [--seconds 3] [--rounds 5] [--size 224] [--peers onnxruntime,pytorch]');
  process.exit(1);
}

build();
const peers = options.peers.split(',');
const work = { ...options, model: positionals[0], rounds: Number(options.rounds) };
const times = alternate(['ours', ...peers], work, (round, line) => {
  const texts = Object.entries(line).map(([name, all]) => `${name} min ${minimum(all).toFixed(2)} ms, median ${median(all).toFixed(2)} ms`);
  console.log(`round ${round}: ${texts.join('; ')}`);
});

const batch = Number(options.batch);
for (const [name, all] of Object.entries(times)) {
  console.log(`${name}: ${((batch / minimum(all)) * 1e3).toFixed(1)} images/s at the minimum, ${((batch / median(all)) * 1e3).toFixed(1)} at the median`);
}
for (const peer of peers) {
  console.log(`speed of ours over ${peer}: ${(minimum(times[peer]) / minimum(times.ours)).toFixed(3)} (minima), `
    + `${(median(times[peer]) / median(times.ours)).toFixed(3)} (medians)`);
}
