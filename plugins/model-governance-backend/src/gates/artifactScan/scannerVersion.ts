import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { rules } from '@modelhub/scanner';
import { version } from '@modelhub/scanner/package.json';

/** The scanner with its rules: another one may give another answer. */
export const scannerVersion = `${version}+${sha256Hex(
  canonicalJson(rules),
).slice(0, 8)}`;
