#!/usr/bin/env node
/**
 * Trains the ticket router: multinomial logistic regression over hashed words,
 * by full-batch gradient descent from zero, so that the same texts always give
 * the same bytes. What a version looks at is in its config.json. Needs nothing
 * but Node.
 *
 *   node catalog-info/artifacts/acme/ticket-router/train.mjs          writes the weights of all versions
 *   node catalog-info/artifacts/acme/ticket-router/train.mjs --check  ends with 1 where they differ
 */
import fs from 'node:fs';
import path from 'node:path';

const FOLDER = import.meta.dirname;
const STEPS = 300;
const RATE = 2;
const DECAY = 0.001;

/** Texts of each queue that a version learns from. */
const VERSIONS = { 1.1: 8, 1.2: Infinity };

const isCheck = process.argv.includes('--check');
const texts = fs
  .readFileSync(path.join(FOLDER, 'training.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
  .map(line => {
    const [label, text] = line.split(' | ');
    return { label, text };
  });

/** 32-bit FNV-1a over UTF-16 code units. */
function hashOf(word) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Words, and where the version has it, so many letters in a row of `<word>`. */
function tokensOf(text, { character_grams: length }) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!length) return words;
  return words.flatMap(word => {
    const whole = `<${word}>`;
    const starts = Math.max(0, whole.length - length + 1);
    return [
      whole,
      ...Array.from({ length: starts }, (_, at) => whole.slice(at, at + length)),
    ];
  });
}

/** The buckets of a text's tokens, each once; all weigh the same, together 1 (L2). */
function featuresOf(text, config) {
  const hashes = tokensOf(text, config).map(hashOf);
  const buckets = [...new Set(hashes.map(hash => hash % config.hash_buckets))];
  return { buckets, value: 1 / Math.sqrt(buckets.length || 1) };
}

function train(examples, labels, size) {
  const weights = new Float64Array(labels.length * size);
  const bias = new Float64Array(labels.length);
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map(weight => DECAY * weight);
    const biasSlopes = new Float64Array(labels.length);
    for (const { label, buckets, value } of examples) {
      const scores = labels.map((_, row) =>
        buckets.reduce(
          (sum, bucket) => sum + weights[row * size + bucket] * value,
          bias[row],
        ),
      );
      const most = Math.max(...scores);
      const shares = scores.map(score => Math.exp(score - most));
      const total = shares.reduce((sum, share) => sum + share, 0);
      shares.forEach((share, row) => {
        const error = share / total - (row === label ? 1 : 0);
        biasSlopes[row] += error / examples.length;
        for (const bucket of buckets) {
          slopes[row * size + bucket] += (error * value) / examples.length;
        }
      });
    }
    for (let index = 0; index < weights.length; index++) {
      weights[index] -= RATE * slopes[index];
    }
    for (let row = 0; row < bias.length; row++) {
      bias[row] -= RATE * biasSlopes[row];
    }
  }
  return { weights, bias };
}

/** https://huggingface.co/docs/safetensors: header length, header, numbers. */
function safetensors({ weights, bias }, labels, size) {
  // Digits that differ between machines are rounded away.
  const numbers = [...weights, ...bias].map(number => Number(number.toFixed(4)));
  const data = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => data.writeFloatLE(number, index * 4));
  const end = weights.length * 4;
  const header = JSON.stringify({
    weight: {
      dtype: 'F32',
      shape: [labels.length, size],
      data_offsets: [0, end],
    },
    bias: {
      dtype: 'F32',
      shape: [labels.length],
      data_offsets: [end, data.length],
    },
  });
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, Buffer.from(padded), data]);
}

for (const [version, most] of Object.entries(VERSIONS)) {
  const folder = path.join(FOLDER, version);
  const file = path.join(folder, 'model.safetensors');
  const config = JSON.parse(
    fs.readFileSync(path.join(folder, 'config.json'), 'utf8'),
  );
  const labels = Object.values(config.id2label);
  const examples = labels.flatMap((label, row) =>
    texts
      .filter(it => it.label === label)
      .slice(0, most)
      .map(({ text }) => ({ label: row, ...featuresOf(text, config) })),
  );
  const bytes = safetensors(
    train(examples, labels, config.hash_buckets),
    labels,
    config.hash_buckets,
  );
  if (!isCheck) {
    fs.writeFileSync(file, bytes);
    console.log(`${version}: ${examples.length} texts, ${file}`);
  } else if (!bytes.equals(fs.readFileSync(file))) {
    console.error(`${file} is not what the training texts give; run train.mjs`);
    process.exitCode = 1;
  }
}
