import { define } from './define';

/** What chat templates can be found with. */
export const templateRules = define({
  'template-dangerous-name': {
    severity: 'critical',
    title: 'Chat template reaches into Python',
    explanation:
      'The template names attributes or functions by which a Jinja template leaves its place and runs code. Loaders render it for every prompt, some without a sandbox. Do not load it; replace the template.',
  },
  'template-computed-name': {
    severity: 'high',
    title: 'Chat template computes the name of an attribute',
    explanation:
      'The name of an attribute or filter is put together from pieces, which is how a payload hides what it reaches for. Templates of models name what they use.',
  },
  'template-disguised-text': {
    severity: 'high',
    title: 'Chat template disguises letters',
    explanation:
      'Plain letters are written as escapes, or characters are in it that nobody sees. Honest templates have no need of either.',
  },
  'template-unknown-call': {
    severity: 'medium',
    title: 'Chat template calls what is not known to be safe',
    explanation:
      'Only the functions, filters and methods that templates of models need are let through. Look at what this one does before the model is served.',
  },
  'template-includes-files': {
    severity: 'high',
    title: 'Chat template takes in other files',
    explanation:
      'Import, include and extends read further templates from wherever the loader looks for them. A chat template stands on its own.',
  },
  'template-exhausts': {
    severity: 'medium',
    title: 'Chat template makes very much of little',
    explanation:
      'A loop or repetition in it is large enough to fill the memory of the server that renders it.',
  },
  'template-web-content': {
    severity: 'medium',
    title: 'Chat template puts web content or orders into prompts',
    explanation:
      'The template adds markup that a browser would run, or text that overrides instructions, to what people write. Whoever reads the answers is the target.',
  },
  'template-address': {
    severity: 'low',
    title: 'Chat template holds a network address',
    explanation:
      'The address becomes a part of prompts and so of answers. See whether it belongs there.',
  },
  'template-unreadable': {
    severity: 'high',
    title: 'Chat template cannot be read',
    explanation:
      'It is no Jinja that the scanner can follow to its end, so the rest was not judged.',
    unreadable: true,
  },
});
