import { define } from './define';

/** What safetensors files can be found with. */
export const safetensorsRules = define({
  'safetensors-corrupt': {
    severity: 'high',
    title: 'safetensors file is corrupt',
    explanation:
      'The header is not what the format prescribes, or does not fit the bytes behind it. Strict loaders refuse the file, others read what nobody meant. Get the file again.',
    unreadable: true,
  },
  'safetensors-duplicate-key': {
    severity: 'high',
    title: 'A name stands twice in the header',
    explanation:
      'Which of the two is loaded depends on the program, so what is shown may not be what is loaded.',
  },
  'safetensors-overlap': {
    severity: 'high',
    title: 'Tensors share bytes',
    explanation:
      'The format forbids it. It makes small files that become very large, and tensors that change one another.',
  },
  'safetensors-gap': {
    severity: 'high',
    title: 'Bytes that belong to no tensor',
    explanation:
      'The format allows none between or after the tensors. They were searched too; it is where a second file hides.',
  },
  'safetensors-odd-header': {
    severity: 'medium',
    title: 'The header holds what no writer puts there',
    explanation:
      'Fields, names or padding in it have no meaning in the format. Ask the publisher what they are for.',
  },
});
