// Lays the model files into target/files. Each is taken out of a published package, pinned by package-lock.json, and
// must have the hash that files.sha256 says. When all are there and right, nothing is fetched: no network is needed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const files = join(here, 'target', 'files');
const work = join(here, 'target', 'npm');

const moonshine = '@usefulsensors/moonshine-js/dist/model';
const sources = {
  'llama_vocabulary.txt': ['llama-tokenizer-js/llama-tokenizer.js', vocabulary],
  'moonshine_base_decoder.onnx': [`${moonshine}/base/quantized/decoder_model_merged.onnx`, same],
  'moonshine_base_encoder.onnx': [`${moonshine}/base/quantized/encoder_model.onnx`, same],
  'moonshine_tiny_decoder.onnx': [`${moonshine}/tiny/quantized/decoder_model_merged.onnx`, same],
  'moonshine_tiny_encoder.onnx': [`${moonshine}/tiny/quantized/encoder_model.onnx`, same],
  'silero_vad_v6.onnx': ['@ricky0123/vad-web/dist/silero_vad_v6.onnx', same],
};

function same(bytes) {
  return bytes;
}

/** The tokens, one a line, that the script carries as a base64 string. */
function vocabulary(bytes) {
  const found = /llama_vocab_base64\s*=\s*"([A-Za-z0-9+/=]+)"/.exec(bytes.toString('utf8'));
  if (found === null) {
    fail('llama-tokenizer-js carries no vocabulary where it used to');
  }
  return Buffer.from(found[1], 'base64');
}

function fail(message) {
  console.error(`weights: ${message}`);
  process.exit(1);
}

function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function manifest() {
  const lines = readFileSync(join(here, 'files.sha256'), 'utf8').split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => line.split(/\s+/).reverse()));
}

function present(expected) {
  return Object.keys(sources).every((name) => {
    const file = join(files, name);
    return existsSync(file) && hash(readFileSync(file)) === expected.get(name);
  });
}

/** Installs in a folder of its own below target: the sources stay clean, and an interrupted run leaves nothing half done. */
function install() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'stub']) {
    cpSync(join(here, name), join(work, name), { recursive: true });
  }
  console.log('weights: fetching the model files');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: work,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.error) {
    fail(`npm cannot be started (${npm.error.code}): Node 20 or newer with npm is needed`);
  }
  if (npm.status !== 0) {
    fail(`npm ci ended with ${npm.status}: is the package registry reachable?`);
  }
}

function lay(expected) {
  mkdirSync(files, { recursive: true });
  const wrong = [];
  for (const [name, [source, convert]] of Object.entries(sources)) {
    const bytes = convert(readFileSync(join(work, 'node_modules', source)));
    const actual = hash(bytes);
    if (actual !== expected.get(name)) {
      wrong.push(`${name} has sha256 ${actual}, files.sha256 says ${expected.get(name) ?? 'nothing'}`);
      continue;
    }
    const part = join(files, `${name}.part`);
    writeFileSync(part, bytes);
    renameSync(part, join(files, name));
  }
  if (wrong.length > 0) {
    fail(`not the expected files:\n  ${wrong.join('\n  ')}`);
  }
}

const expected = manifest();
if (!present(expected)) {
  install();
  lay(expected);
  rmSync(work, { recursive: true, force: true });
  console.log(`weights: ${Object.keys(sources).length} files in ${files}`);
}
