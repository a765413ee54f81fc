import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as Parsed,
} from '@peculiar/x509';
import type { X509Certificate } from 'node:crypto';
import { SignatureProblem } from './SignatureProblem';
import type { TrustedCertificate } from './Trust';

/** Certificates between the signer's and the authority's. */
const MOST_BETWEEN = 8;

const ANY_USAGE = '2.5.29.37.0';

/** Extensions that are looked at here, or that limit nothing. */
const KNOWN = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.35', // authority key identifier
  '2.5.29.37', // extended key usage
]);

const parsed = (certificate: X509Certificate) =>
  new Parsed(new Uint8Array(certificate.raw));

/** Object ids of a certificate's extensions. */
export const extensionTypes = (certificate: X509Certificate): string[] =>
  parsed(certificate).extensions.map(({ type }) => type);

const isValidAt = ({ validFrom, validTo }: X509Certificate, at: Date) =>
  Date.parse(validFrom) <= at.getTime() && at.getTime() <= Date.parse(validTo);

/** What nobody here understands and the certificate says is essential. */
const hasUnknown = (certificate: X509Certificate) =>
  parsed(certificate).extensions.some(
    ({ critical, type }) => critical && !KNOWN.has(type),
  );

const isIssuedBy = (certificate: X509Certificate, by: X509Certificate) =>
  certificate.checkIssued(by) && certificate.verify(by.publicKey);

/** Flags are sums of powers of two. */
const hasFlag = (flags: number, flag: number) =>
  Math.floor(flags / flag) % 2 === 1;

/** Whether it may issue certificates with so many others between it and the signer's. */
function mayIssue(certificate: X509Certificate, below: number): boolean {
  const it = parsed(certificate);
  const constraints = it.getExtension(BasicConstraintsExtension);
  const usages = it.getExtension(KeyUsagesExtension)?.usages;
  return (
    constraints?.ca === true &&
    (constraints.pathLength === undefined || below <= constraints.pathLength) &&
    (usages === undefined || hasFlag(usages, KeyUsageFlags.keyCertSign)) &&
    !hasUnknown(certificate)
  );
}

/** Whether a certificate is meant for signatures on what is published. */
export function maySign(certificate: X509Certificate): boolean {
  const it = parsed(certificate);
  const usages = it.getExtension(KeyUsagesExtension)?.usages;
  const extended = it.getExtension(ExtendedKeyUsageExtension)?.usages;
  if (usages === undefined && extended === undefined) return false;
  return (
    (usages === undefined || hasFlag(usages, KeyUsageFlags.digitalSignature)) &&
    (extended === undefined ||
      extended.some(
        usage => usage === ExtendedKeyUsage.codeSigning || usage === ANY_USAGE,
      ))
  );
}

/**
 * The trusted authority that a signer's certificate leads to at a moment, over
 * certificates that came with the signature.
 */
export function authorityOf(
  leaf: X509Certificate,
  between: X509Certificate[],
  trusted: TrustedCertificate[],
  at: Date,
): TrustedCertificate | undefined {
  const climb = (
    from: X509Certificate,
    left: X509Certificate[],
    below: number,
  ): TrustedCertificate | undefined => {
    const root = trusted.find(
      ({ certificate }) =>
        isValidAt(certificate, at) &&
        (certificate.fingerprint256 === from.fingerprint256 ||
          (mayIssue(certificate, below) && isIssuedBy(from, certificate))),
    );
    if (root || below >= MOST_BETWEEN) return root;
    for (const next of left) {
      if (
        isValidAt(next, at) &&
        mayIssue(next, below) &&
        isIssuedBy(from, next)
      ) {
        const others = left.filter(it => it !== next);
        const found = climb(next, others, below + 1);
        if (found) return found;
      }
    }
    return undefined;
  };
  return climb(leaf, between.slice(0, MOST_BETWEEN), 0);
}

/**
 * Checks a certificate of an authority of one's own at the moments that trusted
 * clocks have confirmed; at this moment where there are none.
 *
 * @throws SignatureProblem
 */
export function checkChain(options: {
  leaf: X509Certificate;
  between: X509Certificate[];
  trusted: TrustedCertificate[];
  signedAt: Date[];
  now: Date;
}): TrustedCertificate {
  const { leaf, between, trusted, signedAt, now } = options;
  const whose = leaf.subject.replaceAll('\n', ', ');
  const moments = signedAt.length > 0 ? signedAt : [now];
  const authorities = moments.map(at =>
    isValidAt(leaf, at) ? authorityOf(leaf, between, trusted, at) : undefined,
  );
  const [authority] = authorities;
  if (authority && authorities.every(it => it?.name === authority.name)) {
    if (!maySign(leaf) || hasUnknown(leaf)) {
      throw new SignatureProblem(
        'certificate-not-for-signing',
        `The certificate of ${whose} is not meant for signing.`,
        'Sign with a certificate that has the key usage digitalSignature, and codeSigning where it has an extended one.',
      );
    }
    return authority;
  }
  // At any moment of its life: then only its time is wrong.
  const once = authorityOf(leaf, between, trusted, new Date(leaf.validFrom));
  if (once) {
    throw new SignatureProblem(
      'certificate-expired',
      expiredText(whose, leaf, options),
      'Sign again with a certificate that counts, or have signatures timestamped by an authority in the trusted root.',
    );
  }
  throw new SignatureProblem(
    'certificate-untrusted',
    `The certificate of ${whose} was issued by ${leaf.issuer.replaceAll(
      '\n',
      ', ',
    )}, which is not trusted here.`,
    'Sign with a certificate of a trusted authority; or an administrator who trusts this one adds it to modelGovernance.signatures.certificates.',
  );
}

function expiredText(
  whose: string,
  { validFrom, validTo }: X509Certificate,
  { signedAt, now }: { signedAt: Date[]; now: Date },
): string {
  if (signedAt.length > 0) {
    return `The certificate of ${whose} did not count when it signed.`;
  }
  return now < new Date(validFrom)
    ? `The certificate of ${whose} counts only from ${validFrom} on.`
    : `The certificate of ${whose} or of its authority ended (its own on ${validTo}), and no trusted timestamp says that the signature is older.`;
}
