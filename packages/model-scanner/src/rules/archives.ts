import { define } from './define';

/** What archives and compressed files can be found with. */
export const archiveRules = define({
  'archive-corrupt': {
    severity: 'high',
    title: 'Archive is corrupt',
    explanation:
      'The archive or one of its members ends too soon or is not what its format prescribes. Loaders differ in what they make of it. Get the file again.',
    unreadable: true,
  },
  'archive-unsupported': {
    severity: 'high',
    title: 'Archive cannot be read',
    explanation:
      'The format or the method of compression is recognised but not read, so the content was not judged. Publish the content itself, or in a zip, tar or gzip.',
    unreadable: true,
  },
  'archive-encrypted': {
    severity: 'high',
    title: 'Member is marked as encrypted',
    explanation:
      'Encrypted content cannot be judged. Some loaders ignore the mark and read the member all the same, which is how a payload is hidden from scanners.',
    unreadable: true,
  },
  'archive-bad-checksum': {
    severity: 'high',
    title: 'Checksum does not fit the content',
    explanation:
      'Some loaders refuse such a member, others load it. The content was judged as it is, but it is not what the publisher wrote.',
    unreadable: true,
  },
  'archive-disagreement': {
    severity: 'high',
    title: 'Two places of the archive say different things',
    explanation:
      'Programs differ in which of the two they believe, so what is loaded is not what is shown. Archives as frameworks write them agree.',
  },
  'archive-duplicate-name': {
    severity: 'high',
    title: 'Two members have the same name',
    explanation:
      'Which of them is loaded depends on the program. Both were judged.',
  },
  'archive-overlap': {
    severity: 'high',
    title: 'Members of the archive overlap',
    explanation:
      'The same bytes belong to several members, which makes archives that unpack without end or read differently in different programs.',
    unreadable: true,
  },
  'archive-hidden-data': {
    severity: 'high',
    title: 'Bytes that belong to no member',
    explanation:
      'Data before, between or after the members is not listed. It was searched too; it is where a second archive or a payload hides.',
  },
  'archive-bomb': {
    severity: 'high',
    title: 'Archive unpacks out of all proportion',
    explanation:
      'A few bytes become very many. Nothing honest is compressed that far; unpacking it fills memory or disk.',
    unreadable: true,
  },
  'archive-climbs-out': {
    severity: 'critical',
    title: 'Member leaves its folder',
    explanation:
      'Its name or the target of its link is absolute or climbs above the folder it is unpacked to, so unpacking overwrites files of the system. Do not unpack it.',
  },
  'archive-link': {
    severity: 'medium',
    title: 'Archive holds a link',
    explanation:
      'A link makes the content of one name that of another when the archive is unpacked. Model files need none.',
  },
  'archive-odd-member': {
    severity: 'high',
    title: 'Member that is no plain file',
    explanation:
      'Devices, pipes, sparse files or names with control characters have no place in a model archive and are read differently by different programs.',
  },
  'torchscript-code': {
    severity: 'medium',
    title: 'TorchScript holds code',
    explanation:
      'The archive holds a compiled program, not only weights; it runs in torch’s interpreter when the model is loaded or called. Prefer weights in safetensors with code that was reviewed.',
  },
  'torchscript-dangerous-code': {
    severity: 'critical',
    title: 'TorchScript reads, writes or calls outside of itself',
    explanation:
      'The code uses operators that open or write files, reach other machines or call back into Python, or hides which ones it uses. A model needs none of them to compute.',
  },
  'torchscript-foreign-code': {
    severity: 'high',
    title: 'TorchScript needs operators of others',
    explanation:
      'The operator or class is not part of torch: the model runs only with a library of native code from elsewhere. Review and pin that library.',
  },
  'torch-package-code': {
    severity: 'high',
    title: 'torch.package holds Python',
    explanation:
      'Python modules of the archive are imported when the model is loaded. Review them, or ask for the weights alone.',
  },
  'skops-unknown-type': {
    severity: 'high',
    title: 'skops names a type that is not known to be safe',
    explanation:
      'Loading imports the type when it is trusted. It is not one that the common frameworks need; look at what it does first.',
  },
  'skops-dangerous-type': {
    severity: 'critical',
    title: 'skops names a type that runs code',
    explanation:
      'The schema names a function or class that runs commands, code or opens files. Do not load it.',
  },
  'numpy-object-array': {
    severity: 'medium',
    title: 'Array of Python objects',
    explanation:
      'The array is a pickle and loads only with allow_pickle. It was read by the rules for pickles; store numbers instead.',
  },
  'numpy-corrupt': {
    severity: 'high',
    title: 'Array is corrupt',
    explanation:
      'Its header is not what numpy writes, or its data is not as long as the header says.',
    unreadable: true,
  },
});
