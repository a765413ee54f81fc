import type { FormatReader } from '../../engine/FormatReader';

/** Names under which frameworks keep raw numbers without a mark. */
const NAMES =
  /^(.+\.data-\d{5}-of-\d{5}|group\d+-shard\d+of\d+(\.bin)?|.+\.onnx[._]data(_\d+)?|params_shard_\d+\.bin|weights\.\d+\.bin)$/;

/** Raw numbers of a framework, beside the file that describes them. */
export const opaqueReader: FormatReader = {
  id: 'tensors',
  title: 'raw numbers',
  extensions: [],
  isFallback: true,
  matches: ({ name }) => NAMES.test(name),
  read: async (_, context) =>
    context.report('opaque-data', 'is raw numbers by its name'),
};
