import type { FormatReader } from '../../engine/FormatReader';

/** Archives that are known by their marks and not read. */
const MARKS: Array<[id: string, mark: string, extensions: string]> = [
  ['7z', '7z\xbc\xaf\x27\x1c', '7z'],
  ['rar', 'Rar!\x1a\x07', 'rar'],
  ['cab', 'MSCF\0\0\0\0', 'cab'],
  ['xar', 'xar!\0', 'xar pkg'],
  ['lzip', 'LZIP\x01', 'lz'],
  ['compress', '\x1f\x9d', 'Z'],
  ['ar', '!<arch>\n', 'a deb ar'],
  ['cpio', '070701', 'cpio'],
  ['lz4 of old', '\x02!L\x18', 'lz4'],
  ['squashfs', 'hsqs', 'squashfs sqsh'],
  ['lrzip', 'LRZI', 'lrz'],
  ['lzop', '\x89LZO\0\r\n\x1a\n', 'lzo'],
  ['snappy', '\xff\x06\0\0sNaPpY', 'sz'],
];

export const unreadReaders: FormatReader[] = MARKS.map(
  ([id, mark, extensions]) => ({
    id,
    title: `an archive of ${id}`,
    extensions: extensions.split(' '),
    matches: ({ head }) => head.toString('latin1', 0, mark.length) === mark,
    read: async (_, context) =>
      context.report('archive-unsupported', `${id} is not read`),
  }),
);
