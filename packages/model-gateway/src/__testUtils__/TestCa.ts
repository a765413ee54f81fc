import * as x509 from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 3_600_000;

const newKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as Promise<CryptoKeyPair>;

/** A certificate authority that lives as long as its test. */
export class TestCa {
  readonly #folder: string;
  readonly #keys: CryptoKeyPair;
  readonly #certificate: x509.X509Certificate;
  /** PEM of its own certificate. */
  readonly file: string;

  private constructor(
    folder: string,
    name: string,
    keys: CryptoKeyPair,
    certificate: x509.X509Certificate,
  ) {
    this.#folder = folder;
    this.#keys = keys;
    this.#certificate = certificate;
    this.file = path.join(folder, `${name}.pem`);
    fs.writeFileSync(this.file, certificate.toString('pem'));
  }

  static async create(folder: string, name = 'ca'): Promise<TestCa> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      ...dates(),
      name: `CN=${name}`,
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestCa(folder, name, keys, certificate);
  }

  /** A certificate for 127.0.0.1, with its key, in files of this name. */
  async issue(
    name: string,
  ): Promise<{ certFile: string; keyFile: string; serial: string }> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...dates(),
      subject: `CN=${name}`,
      issuer: this.#certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    const certFile = path.join(this.#folder, `${name}.crt`);
    const keyFile = path.join(this.#folder, `${name}.key`);
    fs.writeFileSync(keyFile, x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), {
      mode: 0o600,
    });
    fs.writeFileSync(certFile, certificate.toString('pem'));
    return { certFile, keyFile, serial: certificate.serialNumber };
  }
}

function dates() {
  const now = Date.now();
  return {
    serialNumber: `01${randomBytes(8).toString('hex')}`,
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(now + HOUR_MS),
  };
}
