import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createPrivateKey, webcrypto, type KeyObject } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface Issued {
  der: Buffer;
  pem: string;
  key: KeyObject;
  name: string;
  pair: CryptoKeyPair;
}

/** A certificate for tests; of an authority where nobody issues it. */
export async function issue(options: {
  name: string;
  by?: Issued;
  isAuthority?: boolean;
  pathLength?: number;
  from?: string;
  to?: string;
  usages?: KeyUsageFlags;
  extended?: string[];
  /** An extension that nobody knows and that is essential. */
  odd?: boolean;
}): Promise<Issued> {
  const { name, by, isAuthority = !by } = options;
  const pair = (await webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const usages =
    options.usages ??
    (isAuthority ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature);
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: '01',
      subject: `CN=${name}`,
      issuer: `CN=${by?.name ?? name}`,
      notBefore: new Date(options.from ?? '2020-01-01'),
      notAfter: new Date(options.to ?? '2036-01-01'),
      signingAlgorithm: ALGORITHM,
      publicKey: pair.publicKey,
      signingKey: (by ?? { pair }).pair.privateKey,
      extensions: [
        new BasicConstraintsExtension(isAuthority, options.pathLength, true),
        new KeyUsagesExtension(usages, true),
        ...(isAuthority
          ? []
          : [
              new ExtendedKeyUsageExtension(
                options.extended ?? [ExtendedKeyUsage.codeSigning],
              ),
            ]),
        ...(options.odd
          ? [new Extension('1.2.3.4.5', true, new Uint8Array([5, 0]))]
          : []),
      ],
    },
    webcrypto as Crypto,
  );
  const der = await webcrypto.subtle.exportKey('pkcs8', pair.privateKey);
  return {
    der: Buffer.from(certificate.rawData),
    pem: certificate.toString('pem'),
    key: createPrivateKey({
      key: Buffer.from(der),
      format: 'der',
      type: 'pkcs8',
    }),
    name,
    pair,
  };
}
