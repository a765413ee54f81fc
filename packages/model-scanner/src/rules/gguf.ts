import { define } from './define';

/** What GGUF files can be found with. */
export const ggufRules = define({
  'gguf-corrupt': {
    severity: 'high',
    title: 'GGUF file is corrupt',
    explanation:
      'A count, length, type or place in the header is not what the format allows or does not fit the bytes behind it. Such values have overflowed the memory of loaders before. Get the file again.',
    unreadable: true,
  },
  'gguf-duplicate-key': {
    severity: 'high',
    title: 'A name stands twice in the header',
    explanation:
      'Which of the two counts depends on the program, so what is shown may not be what is loaded.',
  },
  'gguf-overlap': {
    severity: 'high',
    title: 'Tensors share bytes',
    explanation:
      'No writer does that. It makes tensors that change one another, or files that are read differently.',
  },
  'gguf-gap': {
    severity: 'high',
    title: 'Bytes that belong to no tensor',
    explanation:
      'Writers leave none but the few that align tensors. They were searched too; it is where a second file hides.',
  },
  'gguf-odd-header': {
    severity: 'medium',
    title: 'The header holds what no writer puts there',
    explanation:
      'Names, nesting or dimensions are beyond what the format describes, and programs differ in what they make of them.',
  },
  'gguf-unsupported': {
    severity: 'high',
    title: 'A format before GGUF',
    explanation:
      'GGML, GGMF and GGJT are recognised but not read, and no longer loaded by llama.cpp. Convert the file to GGUF.',
    unreadable: true,
  },
});
