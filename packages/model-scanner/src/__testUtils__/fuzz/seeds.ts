import {
  deflateSync,
  gzipSync,
  inflateSync,
  zstdCompressSync,
} from 'node:zlib';
import { CHAT_TEMPLATES } from '../chatTemplates';
import { gguf } from '../gguf';
import { pickle, uint32, uint64 } from '../pickles';
import {
  externalTensor,
  message,
  node,
  onnx,
  textAttribute,
} from '../protobufs';
import { H5, OLD_H5 } from './hdf5';
import { oneTensor, safetensors } from '../safetensors';
import { harmless, payload } from '../scans';
import { pax, tar } from '../tars';
import { zip } from '../zips';
import { TEXTS } from './texts';

/** A file of a format as the format wants it. */
export interface Seed {
  name: string;
  bytes: Buffer;
}

const array = (type: string, shape: string, data: Buffer) => {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = `${header.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([padded.length, 0]),
    Buffer.from(padded),
    data,
  ]);
};

const joblib = () =>
  pickle(4)
    .stackGlobal('joblib.numpy_pickle', 'NumpyArrayWrapper')
    .raw(')', 0x81, '}', '(')
    .text('shape')
    .raw('K', 4, 0x85)
    .text('dtype')
    .stackGlobal('numpy', 'dtype')
    .text('f8')
    .raw(0x89, 0x88, 0x87, 'R')
    .text('numpy_array_alignment_bytes')
    .raw('K', 16, 'u', 'b', 3, Buffer.alloc(3, 0xff), Buffer.alloc(32, 0x4e))
    .stop();

const oldTorch = () =>
  Buffer.concat([
    Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'),
    pickle(2).raw('M', 0xe9, 0x03).stop(),
    pickle(2).raw('}', 'q', 0).longText('little_endian').raw(0x88, 's').stop(),
    pickle(2)
      .global('torch._utils', '_rebuild_tensor_v2')
      .raw('((')
      .longText('storage')
      .global('torch', 'FloatStorage')
      .longText('0')
      .longText('cpu')
      .raw('K', 4, 'N', 't', 'Q', 'K', 0, 'K', 4, 0x85, 'K', 1, 0x85, 0x89)
      .raw('N', 't', 'R')
      .stop(),
    pickle(2).raw(']', 'q', 0).longText('0').raw('a').stop(),
    uint64(4),
    Buffer.alloc(16, 1),
  ]);

const data = () =>
  pickle(4)
    .raw(0x95, uint64(40), ']', 0x94, '(', '}', 0x94, '(')
    .text('a')
    .raw(0x94, 'K', 1)
    .text('b')
    .raw(0x94, 'G', Buffer.alloc(8), 'u', 'h', 1, 'e')
    .stop();

const old = Buffer.from(
  "(dp0\nS'a'\np1\n(lp2\nI1\naI2\nasS'b'\ncos\nsystem\n(S'id'\ntRs.",
);
const members = [
  { name: 'm/data.pkl', data: harmless() },
  { name: 'm/data/0', data: Buffer.alloc(64, 7) },
  { name: 'm/version', data: '3\n' },
  { name: 'm/x.pkl', data: payload(), deflate: true },
  { name: 'm/a.zip', data: zip([{ name: 'b', data: payload() }]) },
];
const keras = [
  { name: 'metadata.json', data: '{"keras_version": "3.0.0"}' },
  { name: 'config.json', data: TEXTS['config.json'] },
  {
    name: 'model.weights.h5',
    data: Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'),
  },
];
const weights = () => safetensors(oneTensor(64), Buffer.alloc(64));
const packed = (method: number, bytes: Buffer) =>
  zip([{ name: 'a.pkl', data: payload(), method, packed: bytes }]);

const NAMED: Record<string, Buffer> = {
  'data.pkl': data(),
  'payload.pkl': payload(),
  'old.pkl': old,
  'nested.pkl': pickle(3)
    .bytes(payload())
    .raw('q', 1, '0')
    .global('os', 'system')
    .stop(),
  'hidden.pkl': pickle(4)
    .longText(gzipSync(payload()).toString('base64'))
    .stop(),
  'long.pkl': pickle(2).raw('T', uint32(9000), Buffer.alloc(9000, 'x')).stop(),
  'a.joblib': joblib(),
  'old.pth': oldTorch(),
  'model.pt': zip(members),
  'after.pt': zip(members.map(it => ({ ...it, isDescribedAfter: true }))),
  'script.pt': zip([
    ...members,
    {
      name: 'm/code/__torch__/a.py',
      data: 'def forward(self, x):\n  return x\n',
    },
    { name: 'm/constants.pkl', data: harmless() },
  ]),
  'model.keras': zip(keras),
  'a.npz': zip([
    {
      name: 'a.npy',
      data: array('<f8', '(4,)', Buffer.alloc(32)),
      deflate: true,
    },
  ]),
  'zstd.zip': packed(93, zstdCompressSync(payload())),
  'a.npy': array('<f8', '(4,)', Buffer.alloc(32)),
  'o.npy': array('|O', '(1,)', payload()),
  'a.tar': tar([
    { name: 'a', data: payload() },
    { name: 'pax', type: 'x', data: pax('path', '../b') },
    { name: 'b', data: zip(members) },
    { name: 'c', type: '2', link: '/etc/passwd' },
  ]),
  'a.tgz': gzipSync(tar([{ name: 'a', data: zip(members) }])),
  'a.pkl.z': deflateSync(payload()),
  'a.zst': zstdCompressSync(zip(members)),
  'a.bz2': Buffer.from(
    'QlpoOTFBWSZTWUUf7OoAAArTwFAQAAEQQA4ijCBCACAAIiaA9Rp6npChppgAd2woIkArnipEMp+LuSKcKEgij/Z1AA==',
    'base64',
  ),
  'a.xz': Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAWgAJjb3MKc3lzdGVtClgCAAAAaWSFUi4AAKkv8K7IcPy4AAEvF4EISbEftvN9AQAAAAAEWVo=',
    'base64',
  ),
  'a.lz4': Buffer.from(
    'BCJNGGRApxcAAICAAmNvcwpzeXN0ZW0KWAIAAABpZIVSLgAAAABuvD8d',
    'base64',
  ),
  'model.safetensors': weights(),
  'both.safetensors': Buffer.concat([weights(), zip(members)]),
  'model.gguf': gguf({
    values: [
      ['general.name', { text: 'x' }],
      ['tokenizer.chat_template', { text: '{{ messages }}' }],
      ['tokenizer.ggml.tokens', { texts: ['a', 'b'] }],
    ],
    tensors: [{ name: 'w', shape: [4], offset: 0 }],
    data: Buffer.alloc(32),
  }),
  'model.onnx': onnx([
    [1, node('Relu', '', [5, textAttribute('a', 'b')])],
    [5, externalTensor({ location: '../w' })],
  ]),
  'saved_model.pb': message(
    [1, 1],
    [2, message([2, message([1, node('ReadFile')])])],
  ),
  'model.h5': inflateSync(Buffer.from(H5, 'base64')),
  'weights.h5': inflateSync(Buffer.from(OLD_H5, 'base64')),
};

/** Files of every format, and texts of every kind. */
export const SEEDS: Seed[] = [
  ...Object.entries(NAMED).map(([name, bytes]) => ({ name, bytes })),
  ...Object.entries(TEXTS).map(([name, text]) => ({
    name,
    bytes: Buffer.from(text),
  })),
  ...Object.entries(CHAT_TEMPLATES).map(([name, text]) => ({
    name: `${name}.jinja`,
    bytes: Buffer.from(text),
  })),
];
