import { archiveRules } from './archives';
import { artifactRules } from './artifacts';
import { configRules } from './config';
import { define } from './define';
import { ggufRules } from './gguf';
import { kerasRules } from './keras';
import { onnxRules } from './onnx';
import { pythonRules } from './python';
import { safetensorsRules } from './safetensors';
import { tensorflowRules } from './savedmodel';
import { templateRules } from './templates';
import { textRules } from './text';

export type { Rule } from './define';

/**
 * Every rule by its id. Ids are stable: baselines and policies name them.
 *
 * @public
 */
export const rules = {
  ...archiveRules,
  ...artifactRules,
  ...templateRules,
  ...configRules,
  ...ggufRules,
  ...kerasRules,
  ...onnxRules,
  ...pythonRules,
  ...safetensorsRules,
  ...tensorflowRules,
  ...textRules,
  ...define({
    'pickle-dangerous-import': {
      severity: 'critical',
      title: 'Pickle imports what runs code',
      explanation:
        'Loading the file imports and usually calls a function that runs commands, code or opens files and connections. Do not load it. Ask the publisher for a safetensors file.',
    },
    'pickle-unknown-import': {
      severity: 'high',
      title: 'Pickle imports what is not known to be safe',
      explanation:
        'Only constructors that the common frameworks need are let through. This import is none of them; look at what it does before the file is loaded, or convert the file to safetensors.',
    },
    'pickle-computed-import': {
      severity: 'critical',
      title: 'Pickle imports a name that it computes',
      explanation:
        'Module or name of an import come out of a call or are not a text. Frameworks never write that; it is how a payload hides its name.',
    },
    'pickle-extension-code': {
      severity: 'high',
      title: 'Pickle uses the extension registry',
      explanation:
        'The code stands for whatever class the loading program has registered, which the file does not tell.',
    },
    'pickle-persistent-id': {
      severity: 'medium',
      title: 'Pickle asks its loader for an object',
      explanation:
        'A persistent id outside a format that defines them is resolved by code that the scanner does not see.',
    },
    'pickle-frame-mismatch': {
      severity: 'high',
      title: 'Frames of the pickle disagree with its content',
      explanation:
        'Python has two unpicklers, which read such a file differently; that is a way to show a scanner something else than what is loaded.',
    },
    'pickle-trailing-data': {
      severity: 'medium',
      title: 'Bytes after the end of the pickle',
      explanation:
        'The format does not explain these bytes. They were searched too; ask the publisher what they are.',
    },
    'pickle-nested': {
      severity: 'medium',
      title: 'A pickle within a value of the pickle',
      explanation:
        'Data holds a pickle of its own, which a later step may load. It was read by the same rules.',
    },
    'pickle-truncated': {
      severity: 'high',
      title: 'Pickle ends too soon',
      explanation:
        'A loader runs what stands before the break, so a payload may come first and fail later. Get the file again.',
      unreadable: true,
    },
    'pickle-corrupt': {
      severity: 'high',
      title: 'Pickle is corrupt',
      explanation:
        'The bytes are no pickle from here on. What came before would still have run.',
      unreadable: true,
    },
    'pickle-too-complex': {
      severity: 'high',
      title: 'Pickle is too large to follow',
      explanation:
        'It keeps more objects than the scanner follows in bounded memory, so the rest is not judged.',
      unreadable: true,
    },
    'unknown-format': {
      severity: 'medium',
      title: 'Nobody knows this format',
      explanation:
        'The content is none of the formats that the scanner reads. It was not judged; say what it is or leave it out.',
    },
    'extension-mismatch': {
      severity: 'medium',
      title: 'The name says something else than the content',
      explanation:
        'Loaders go by the content, people and simple scanners by the name.',
    },
    'several-formats': {
      severity: 'high',
      title: 'The file is several formats at once',
      explanation:
        'Which one is loaded depends on the program. It is a way to show a scanner something else than what is loaded.',
    },
    'too-deep': {
      severity: 'high',
      title: 'Archives within archives',
      explanation: 'There are more levels than the scanner follows.',
      unreadable: true,
    },
    'too-large': {
      severity: 'high',
      title: 'Too large to be held',
      explanation:
        'A compressed part is larger than what the scanner holds in memory, so it was not judged.',
      unreadable: true,
    },
    unreadable: {
      severity: 'high',
      title: 'The file could not be read',
      explanation: 'Reading failed; nothing is known of the rest.',
      unreadable: true,
    },
  }),
};

/**
 * Id of a rule.
 *
 * @public
 */
export type RuleId = keyof typeof rules;
