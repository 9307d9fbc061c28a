// Times ours, ONNX Runtime and PyTorch on the same networks, in turn, and writes ../reports/runtime.md, or another file there.
// Usage: node report.js [NETWORK...] [--seconds 1] [--rounds 5] [--report runtime.md]
// With names, only those networks are timed; the figures of the others are kept from the last run, in artifacts/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { alternate, benchmarks, build, median, minimum } from './contestants.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '1' }, rounds: { type: 'string', default: '5' }, report: { type: 'string', default: 'runtime.md' } },
});

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const artifacts = path.join(root, 'artifacts');
const networks = path.join(artifacts, 'networks');
const figuresFile = path.join(artifacts, options.report.replace(/\.md$/, '.json'));
const pretrained = path.join(root, '..', 'shared', 'models', 'onnx', 'mobilenet_v2_1.0_224.onnx');
const all = ['mobilenet_v1', 'mobilenet_v2', 'efficientnet_lite', 'efficientnet_b0', 'squeezenet', 'googlenet', 'resnet18', 'resnet50', 'resnext50'];
const peers = ['onnxruntime', 'pytorch'];
const narrower = 'ours without AVX-512';

const chosen = positionals.length > 0 ? positionals : all;
const unknown = chosen.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no network ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(1);
}

build();
mkdirSync(networks, { recursive: true });
benchmarks('write-networks', networks);
const figures = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, 'utf8')) : {};
for (const name of chosen) {
  const model = name === 'mobilenet_v2' && existsSync(pretrained) ? pretrained : path.join(networks, `${name}.onnx`);
  figures[name] = [];
  for (const [batch, threads] of [[16, 2], [16, 1], [1, 2], [1, 1]]) {
    const work = { model, threads, batch, seconds: options.seconds, rounds: Number(options.rounds), size: 224 };
    const times = alternate(['ours', ...peers, narrower], work);
    const speed = Object.fromEntries(Object.entries(times).map(([who, ms]) => [who, { fastest: (1e3 * batch) / minimum(ms), median: (1e3 * batch) / median(ms) }]));
    figures[name].push({ batch, threads, speed });
    console.log(name, batch, threads, JSON.stringify(speed));
    writeFileSync(figuresFile, JSON.stringify(figures));
  }
}

writeFileSync(path.join(root, 'benchmarks', 'reports', options.report), report());

function report() {
  const version = (...command) => execFileSync(command[0], command.slice(1)).toString().trim();
  const packages = readFileSync(path.join(root, 'Directory.Packages.props'), 'utf8');
  const [, onnxruntime] = packages.match(/Include="Microsoft.ML.OnnxRuntime" Version="([^"]+)"/);
  const rows = all.filter((name) => name in figures).flatMap((name) => figures[name].map((s) => row(name, s)));
  return `# The runtime compared with ONNX Runtime and PyTorch

Whole networks at 224 x 224 pixels, float32, on the same ONNX files: MobileNetV2 with its ImageNet weights, the others with random weights written by
this project. All take turns in separate processes, ${options.rounds} rounds of ${options.seconds} s, PyTorch only in the first two. The figures are images per second of the fastest
run, and the ratio of our speed to a peer's for the fastest and for the median run. Above 1, ours is faster. The last column is our speed without
AVX-512, divided by that with it.

- ${os.cpus()[0].model}, ${os.cpus().length} cores of a shared machine, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB; ${os.type()} ${os.arch()}
- .NET ${version('dotnet', '--version')}; Microsoft.ML.OnnxRuntime ${onnxruntime}; PyTorch ${version('/usr/bin/python3', '-c', 'import torch; print(torch.__version__)')}, traced, frozen and optimized for inference

| network | batch | threads | ours | ONNX Runtime | PyTorch | to ONNX Runtime: fastest / median | to PyTorch: fastest / median | without AVX-512 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Made by \`node report.js\` in benchmarks/peers (see its README). \`profile-network MODEL 4\` of the benchmark program prints the time of each step.
`;
}

function row(name, { batch, threads, speed }) {
  const ratio = (to, of = 'ours') => `${(speed[of].fastest / speed[to].fastest).toFixed(2)} / ${(speed[of].median / speed[to].median).toFixed(2)}`;
  const cells = [
    name, batch, threads,
    ...['ours', ...peers].map((who) => speed[who].fastest.toFixed(1)),
    ...peers.map((peer) => ratio(peer)),
    (speed[narrower].fastest / speed.ours.fastest).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}
