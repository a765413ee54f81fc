import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import { SliceSource, type ByteSource } from '../../source';

const at = (head: Buffer, start: number, mark: string) =>
  head.toString('latin1', start, start + mark.length) === mark;

/** Pictures, sounds, films, fonts, documents and tables, by their marks. */
const KINDS: Array<
  [
    id: string,
    title: string,
    extensions: string,
    test: (head: Buffer, size: number) => boolean,
  ]
> = [
  [
    'gif',
    'a picture (GIF)',
    'gif',
    head => /^GIF8[79]a$/.test(head.toString('latin1', 0, 6)),
  ],
  [
    'jpeg',
    'a picture (JPEG)',
    'jpg jpeg jpe jfif',
    head => at(head, 0, '\xff\xd8\xff'),
  ],
  [
    'webp',
    'a picture (WebP)',
    'webp',
    head => at(head, 0, 'RIFF') && at(head, 8, 'WEBP'),
  ],
  [
    'bmp',
    'a picture (BMP)',
    'bmp',
    (head, size) =>
      at(head, 0, 'BM') &&
      head.length > 26 &&
      head.readUInt32LE(2) === size &&
      head.readUInt32LE(6) === 0,
  ],
  [
    'tiff',
    'a picture (TIFF)',
    'tif tiff',
    head => at(head, 0, 'II*\0') || at(head, 0, 'MM\0*'),
  ],
  [
    'ico',
    'a picture (icon)',
    'ico',
    head =>
      at(head, 0, '\0\0\x01\0') &&
      head.length > 22 &&
      head[4] > 0 &&
      head[5] === 0 &&
      head[9] === 0,
  ],
  [
    'iso-media',
    'a film, sound or picture (MP4 family)',
    'mp4 m4a m4v mov avif heic 3gp',
    head => at(head, 4, 'ftyp'),
  ],
  [
    'wav',
    'a sound (WAV)',
    'wav',
    head => at(head, 0, 'RIFF') && at(head, 8, 'WAVE'),
  ],
  [
    'avi',
    'a film (AVI)',
    'avi',
    head => at(head, 0, 'RIFF') && at(head, 8, 'AVI '),
  ],
  ['flac', 'a sound (FLAC)', 'flac', head => at(head, 0, 'fLaC')],
  [
    'ogg',
    'a sound or film (Ogg)',
    'ogg oga ogv opus',
    head => at(head, 0, 'OggS\0'),
  ],
  [
    'mp3',
    'a sound (MP3)',
    'mp3',
    head => at(head, 0, 'ID3') && head.length > 10 && head[3] < 5,
  ],
  [
    'matroska',
    'a film (Matroska)',
    'mkv webm',
    head => at(head, 0, '\x1aE\xdf\xa3'),
  ],
  [
    'font',
    'a font',
    'woff woff2 ttf otf',
    head =>
      ['wOFF', 'wOF2', 'OTTO', '\0\x01\0\0\0'].some(mark =>
        at(head, 0, mark),
      ) &&
      head.length > 12 &&
      // A font has tables; the length before a header of safetensors has not.
      head.readUInt16BE(4) > 0,
  ],
  ['parquet', 'a table (Parquet)', 'parquet', head => at(head, 0, 'PAR1')],
  [
    'arrow',
    'a table (Arrow)',
    'arrow feather',
    head => at(head, 0, 'ARROW1\0\0'),
  ],
  [
    'sqlite',
    'a database (SQLite)',
    'sqlite sqlite3 db',
    head => at(head, 0, 'SQLite format 3\0'),
  ],
];

/** Known by its mark, of a kind that loaders of models do not run. */
export const mediaReaders: FormatReader[] = KINDS.map(
  ([id, title, extensions, test]) => ({
    id,
    title,
    extensions: extensions.split(' '),
    matches: ({ head, size }) => test(head, size),
    read: async () => {},
    readStream: async stream => {
      const all = stream[Symbol.asyncIterator]();
      while (!(await all.next()).done);
    },
  }),
);

const PNG = '\x89PNG\r\n\x1a\n';
const MOST_CHUNKS = 100_000;

/** Pictures of PNG, to their last chunk and what follows it. */
export const pngReader: FormatReader = {
  id: 'png',
  title: 'a picture (PNG)',
  extensions: ['png', 'apng'],
  matches: ({ head }) => at(head, 0, PNG),
  read: async (source, context) => {
    let next = PNG.length;
    for (let chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      const head = await source.read(next, 8);
      if (head.length < 8) return;
      next += 12 + head.readUInt32BE(0);
      if (at(head, 4, 'IEND')) break;
    }
    await judgeRest(source, next, context);
  },
};

/** Documents, which may hold scripts of their own. */
export const pdfReader: FormatReader = {
  id: 'pdf',
  title: 'a document (PDF)',
  extensions: ['pdf'],
  matches: ({ head }) => at(head, 0, '%PDF-'),
  read: async (source, context) => {
    let rest = '';
    for await (const chunk of source.stream()) {
      const text = rest + chunk.toString('latin1');
      const found =
        /\/(JavaScript|JS|Launch|OpenAction|EmbeddedFile|RichMedia)\b/.exec(
          text,
        );
      if (found && found[1] !== 'OpenAction') {
        context.report('markup-script', `holds ${found[0]}`);
        return;
      }
      rest = text.slice(-32);
    }
  },
};

async function judgeRest(
  source: ByteSource,
  end: number,
  context: ScanContext,
): Promise<void> {
  if (end >= source.size) return;
  const size = source.size - end;
  context.report('trailing-data', `${size} bytes follow the picture`, {
    offset: end,
  });
  await context.scanPart(
    new SliceSource(`hidden@${end}`, source, { start: end, size }),
  );
}
