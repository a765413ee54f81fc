import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const uint = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** What is signed of a certificate: the first part of its sequence. */
function signedPart(certificate: Buffer): Buffer {
  const header = (at: number) => {
    const first = certificate[at + 1];
    if (first < 0x80) return { length: first, size: 2 };
    const bytes = first - 0x80;
    return {
      length: certificate.readUIntBE(at + 2, bytes),
      size: 2 + bytes,
    };
  };
  const from = header(0).size;
  const { length, size } = header(from);
  return certificate.subarray(from, from + size + length);
}

/**
 * A certificate log, by RFC 6962: signs that it has seen certificates. (That of
 * the mock does not go together with the releases of pkijs that it asks for.)
 */
export function certificateLog(at: Date) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
  });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const logID = createHash('sha256').update(der).digest();
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at.getTime()));
  return {
    publicKey: der,
    logID,
    async log(certificate: ArrayBuffer, issuerId: ArrayBuffer) {
      const tbs = signedPart(Buffer.from(certificate));
      const noExtensions = uint(0, 2);
      const signature = sign(
        'sha256',
        Buffer.concat([
          // Version 1, a timestamp of a certificate; an entry before its issue.
          uint(0, 2),
          time,
          uint(1, 2),
          Buffer.from(issuerId),
          uint(tbs.length, 3),
          tbs,
          noExtensions,
        ]),
        privateKey,
      );
      const entry = Buffer.concat([
        uint(0, 1),
        logID,
        time,
        noExtensions,
        // SHA-256 and ECDSA.
        Buffer.from([4, 3]),
        uint(signature.length, 2),
        signature,
      ]);
      const bytes = Buffer.concat([uint(entry.length, 2), entry]);
      return new Uint8Array(bytes).buffer;
    },
  };
}
