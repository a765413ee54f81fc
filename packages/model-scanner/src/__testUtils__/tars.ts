/** A member of a tar; what is not told is what an honest writer would put. */
export interface TarMember {
  name: string;
  data?: Buffer | string;
  type?: string;
  link?: string;
  size?: number;
  hasBadChecksum?: boolean;
}

/** Writes a tar byte by byte. */
export function tar(
  members: TarMember[],
  options: { after?: Buffer; hasNoEnd?: boolean } = {},
): Buffer {
  return Buffer.concat([
    ...members.map(member),
    ...(options.hasNoEnd ? [] : [Buffer.alloc(1024)]),
    options.after ?? Buffer.alloc(0),
  ]);
}

function member(options: TarMember): Buffer {
  const data = Buffer.from((options.data ?? '') as string);
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, width: number) =>
    header.write(value.toString(8).padStart(width - 1, '0'), at, 'latin1');
  header.write(options.name, 0);
  octal(0o644, 100, 8);
  octal(options.size ?? data.length, 124, 12);
  header.write(options.type ?? '0', 156);
  header.write(options.link ?? '', 157);
  header.write('ustar\x0000', 257, 'latin1');
  header.fill(0x20, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  octal(options.hasBadChecksum ? sum + 1 : sum, 148, 7);
  header[154] = 0;
  return Buffer.concat([
    header,
    data,
    Buffer.alloc((512 - (data.length % 512)) % 512),
  ]);
}

/** A record of an extended header. */
export function pax(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (`${length}${rest}`.length !== length) length += 1;
  return `${length}${rest}`;
}
