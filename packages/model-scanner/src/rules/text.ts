import { define } from './define';

/** What texts, scripts, pictures and programs beside the weights can be found with. */
export const textRules = define({
  secret: {
    severity: 'high',
    title: 'A secret is published with the model',
    explanation:
      'The file holds what looks like a key, token or password. Whoever can read the model can use it. Revoke it and take it out of the history as well.',
  },
  'network-address': {
    severity: 'low',
    title: 'Names an address on the network',
    explanation:
      'Text that leads somewhere. Hosts of documentation are noted only; addresses that collect what is sent to them, or that are bare numbers, weigh more.',
  },
  'text-binary': {
    severity: 'medium',
    title: 'Text that turns into something else',
    explanation:
      'The file begins as text and goes on with bytes that are none. The rest was not judged; it may be another file behind the text.',
  },
  'text-encoding': {
    severity: 'low',
    title: 'Text in an unusual encoding',
    explanation:
      'It is not UTF-8, so programs differ in what they read. It was judged in the encoding that it shows.',
  },
  'text-hidden-characters': {
    severity: 'medium',
    title: 'Characters that nobody sees',
    explanation:
      'Marks that turn the direction of text around or carry hidden letters make people read something else than programs do.',
  },
  'lfs-pointer': {
    severity: 'high',
    title: 'Only a pointer to the file is here',
    explanation:
      'Git LFS keeps the content elsewhere and this is its address, so nothing was judged. Fetch the file and scan that.',
    unreadable: true,
  },
  'script-file': {
    severity: 'low',
    title: 'A script lies beside the weights',
    explanation:
      'No loader runs it by itself; people might. Read it before you do.',
  },
  'script-dangerous': {
    severity: 'high',
    title: 'Script fetches and runs, or destroys',
    explanation:
      'It runs what it downloads or decodes, opens a way in, or deletes without asking. Do not run it.',
  },
  'markup-script': {
    severity: 'medium',
    title: 'Markup that runs code when it is shown',
    explanation:
      'The picture or page holds a script, which browsers run. Pictures of models need none.',
  },
  'requirements-source': {
    severity: 'medium',
    title: 'Packages come from an unusual place',
    explanation:
      'The list of requirements names an index, repository or file of its own, so whoever installs it runs code from there.',
  },
  'executable-content': {
    severity: 'high',
    title: 'A program or library of machine code',
    explanation:
      'The file is compiled code, which runs when it is started or loaded and which the scanner does not judge. Weights need none; build it from source that was reviewed.',
  },
  'trailing-data': {
    severity: 'medium',
    title: 'Bytes after the end of the file’s format',
    explanation:
      'The format ends before the file does. The rest was judged as a file of its own; it is where a second file hides.',
  },
  'data-corrupt': {
    severity: 'high',
    title: 'Data is corrupt',
    explanation:
      'It is not what its format prescribes or ends too soon, so the rest was not judged. Get the file again.',
    unreadable: true,
  },
  'opaque-data': {
    severity: 'info',
    title: 'Plain numbers of a known layout',
    explanation:
      'The name is one under which a framework keeps raw numbers without a mark. Nothing in them is run; they were summed up, not read.',
  },
});
