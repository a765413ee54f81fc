#!/usr/bin/env node
/**
 * Makes Acme's two tiny GGUF models from the tickets of the ticket router and
 * the sentences in replies.txt: the same bytes each time. Needs nothing but
 * Node.
 *
 *   node catalog-info/artifacts/acme/tiny-models/make.mjs          writes the files
 *   node catalog-info/artifacts/acme/tiny-models/make.mjs --check  ends with 1 where they differ
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gguf } from './gguf.mjs';
import { learnEvidence, learnFollowing } from './learn.mjs';
import { CONTEXT, ropeBase, tensorsOf } from './transformer.mjs';
import { SPACE, Vocabulary } from './vocabulary.mjs';

const FOLDER = import.meta.dirname;
const QUEUES = ['billing', 'delivery', 'returns', 'account', 'other'];
const CODE_WIDTH = 13;
/** Of each queue the writer knows the first texts, and the sorter all. */
const WRITER_TEXTS = 24;
const TEMPLATE =
  "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

const linesOf = file =>
  fs
    .readFileSync(path.join(FOLDER, file), 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => {
      const [queue, text] = line.split(' | ');
      return { of: QUEUES.indexOf(queue), text };
    });

const tickets = linesOf('../ticket-router/training.txt');
const replies = linesOf('replies.txt');

/** Two words at a time: single ones would lead from one sentence into the next. */
function piecesOf(text) {
  const pairs = text.match(/[^ ]+( [^ ]+)?/g) ?? [];
  return pairs.map(pair => SPACE + pair.replace(' ', SPACE));
}

const textsOf = lines => lines.map(({ text }) => text);

function evidenceOf(vocabulary, known) {
  const examples = known.map(({ of, text }) => ({
    of,
    ids: vocabulary.cut(text).map(id => vocabulary.meaningOf(id)),
  }));
  return learnEvidence(examples, {
    size: vocabulary.size,
    classes: QUEUES.length,
    steps: 100,
    decay: 3e-5,
  });
}

function sorter() {
  const width = 32;
  const vocabulary = new Vocabulary(textsOf(tickets), QUEUES);
  const answers = QUEUES.map(queue => vocabulary.idOf(queue));
  const evidence = evidenceOf(vocabulary, tickets);
  return { width, vocabulary, ...tensorsOf({ width, vocabulary, answers, evidence }) };
}

function writer() {
  const width = 40;
  const known = QUEUES.flatMap((_, of) =>
    tickets.filter(it => it.of === of).slice(0, WRITER_TEXTS),
  );
  const sentences = replies.map(({ of, text }) => ({
    of,
    words: [':', ...piecesOf(text)],
  }));
  const words = [...new Set(sentences.flatMap(it => it.words))].sort();
  const vocabulary = new Vocabulary(textsOf(known), [
    ...QUEUES,
    ...words,
  ]);
  const answers = QUEUES.map(queue => vocabulary.idOf(queue));
  const pieces = ['</s>', ...QUEUES, ...words].map(it => vocabulary.idOf(it));
  const at = new Map(pieces.map((id, index) => [id, index]));
  const pairs = sentences.flatMap(({ of, words: said }) => {
    const ids = [answers[of], ...said.map(word => vocabulary.idOf(word))];
    return ids.map((id, index) => ({
      piece: at.get(id),
      topic: of,
      next: at.get(ids[index + 1] ?? vocabulary.idOf('</s>')),
    }));
  });
  const learned = learnFollowing(pairs, {
    pieces: pieces.length,
    topics: QUEUES.length,
    width: CODE_WIDTH,
    gain: Math.sqrt(width) / Math.sqrt(2),
    steps: 400,
  });
  const evidence = evidenceOf(vocabulary, known);
  const following = { pieces, codeWidth: CODE_WIDTH, ...learned };
  return {
    width,
    vocabulary,
    ...tensorsOf({ width, vocabulary, answers, evidence, following }),
  };
}

function fileOf(name, { width, vocabulary, layers, feedForward, tensors }) {
  const { tokens } = vocabulary;
  return gguf(
    {
      'general.architecture': { text: 'llama' },
      'general.name': { text: name },
      'general.organization': { text: 'Acme' },
      'general.license': { text: 'apache-2.0' },
      'general.file_type': { u32: 1 },
      'llama.vocab_size': { u32: tokens.length },
      'llama.context_length': { u32: CONTEXT },
      'llama.embedding_length': { u32: width },
      'llama.block_count': { u32: layers },
      'llama.feed_forward_length': { u32: feedForward },
      'llama.attention.head_count': { u32: 1 },
      'llama.attention.layer_norm_rms_epsilon': { f32: 1e-6 },
      'llama.rope.dimension_count': { u32: width },
      'llama.rope.freq_base': { f32: ropeBase(width) },
      'tokenizer.ggml.model': { text: 't5' },
      'tokenizer.ggml.tokens': { text: tokens.map(it => it.text) },
      'tokenizer.ggml.scores': { f32: tokens.map(it => it.score) },
      'tokenizer.ggml.token_type': { i32: tokens.map(it => it.type) },
      'tokenizer.ggml.unknown_token_id': { u32: 0 },
      'tokenizer.ggml.bos_token_id': { u32: 1 },
      'tokenizer.ggml.eos_token_id': { u32: 2 },
      'tokenizer.ggml.add_bos_token': { bool: true },
      'tokenizer.ggml.add_eos_token': { bool: false },
      'tokenizer.ggml.add_space_prefix': { bool: true },
      'tokenizer.ggml.remove_extra_whitespaces': { bool: true },
      'tokenizer.chat_template': { text: TEMPLATE },
    },
    tensors,
  );
}

const isCheck = process.argv.includes('--check');
for (const [name, make] of [
  ['tiny-sorter', sorter],
  ['tiny-writer', writer],
]) {
  const model = make();
  const bytes = fileOf(name, model);
  const file = path.join(FOLDER, '..', name, '1.0', `${name}.gguf`);
  if (!isCheck) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    const numbers = model.tensors.reduce((sum, it) => sum + it.numbers.length, 0);
    const digest = createHash('sha256').update(bytes).digest('hex');
    console.log(
      `${name}: ${model.vocabulary.size} pieces, ${numbers} weights, ${bytes.length} bytes, sha256:${digest}`,
    );
  } else if (!bytes.equals(fs.readFileSync(file))) {
    console.error(`${file} is not what make.mjs gives; run it`);
    process.exitCode = 1;
  }
}
