// The programs that are timed. Each run is a separate process, and all take turns.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '..', 'TransferLearning.Benchmarks');
const program = path.join(project, 'bin', 'Release', 'net10.0', 'TransferLearning.Benchmarks.dll');
const peer = path.join(here, 'onnxruntime-network');
const peerProgram = path.join(peer, 'bin', 'Release', 'net10.0', 'TransferLearning.Peers.OnnxRuntimeNetwork.dll');

/** Builds the benchmark program that runs ours, and the one that runs ONNX Runtime. */
export function build() {
  for (const built of [project, peer]) {
    execFileSync('dotnet', ['build', built, '-c', 'Release', '--nologo', '-v', 'quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** Runs a verb of the benchmark program and returns its output. */
export function benchmarks(...words) {
  return execFileSync('dotnet', ['exec', program, ...words]).toString();
}

const ours = (environment) => (work, size) =>
  execFileSync('dotnet', ['exec', program, 'time-network', ...work, size], { env: { ...process.env, ...environment } });
const runners = {
  ours: ours({}),
  'ours without AVX-512': ours({ DOTNET_EnableAVX512: '0' }),
  onnxruntime: (work, size) => execFileSync('dotnet', ['exec', peerProgram, ...work, size]),
  pytorch: (work, size) => execFileSync('/usr/bin/python3', [path.join(here, 'pytorch.py'), ...work, size]),
};

/**
 * Times a network with several contestants in turn, and returns the milliseconds of all their runs.
 * A different one runs first in each round, so that a slow drift of the machine favors none. PyTorch, which is several times slower, runs only in
 * the first two rounds.
 */
export function alternate(names, { model, threads, batch, seconds, rounds, size }, onRound = () => {}) {
  const work = [path.resolve(model), threads, batch, seconds].map(String);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const line = {};
    const running = names.filter((name) => name !== 'pytorch' || round < 2);
    for (let i = 0; i < running.length; i++) {
      const name = running[(i + round) % running.length];
      const { milliseconds } = JSON.parse(runners[name](work, String(size)).toString());
      times[name].push(...milliseconds);
      line[name] = milliseconds;
    }
    onRound(round + 1, line);
  }
  return times;
}

export function minimum(values) {
  return values.reduce((a, b) => Math.min(a, b));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
