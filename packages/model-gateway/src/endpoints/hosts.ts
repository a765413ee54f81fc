import { BlockList, isIP } from 'node:net';

/** Hosts that endpoints may run at. */
export interface HostPattern {
  /** Compares a host as a URL parser writes it. */
  matches(host: string): boolean;
  /** Any without. */
  port?: string;
}

/** Where machines find out about themselves: never a model, always a secret. */
const METADATA_NAMES = new Set([
  'instance-data',
  'instance-data.ec2.internal',
  'metadata',
  'metadata.azure.internal',
  'metadata.goog',
  'metadata.google.internal',
]);

const METADATA = new BlockList();
// Link-local, with the metadata services of most clouds.
METADATA.addSubnet('169.254.0.0', 16, 'ipv4');
METADATA.addSubnet('fe80::', 10, 'ipv6');
// Those of AWS, Alibaba, Oracle and Azure that are elsewhere.
METADATA.addSubnet('fd00:ec2::', 32, 'ipv6');
METADATA.addAddress('100.100.100.200', 'ipv4');
METADATA.addAddress('192.0.0.192', 'ipv4');
METADATA.addAddress('168.63.129.16', 'ipv4');
// No machine at all, or many.
METADATA.addSubnet('0.0.0.0', 8, 'ipv4');
METADATA.addAddress('::', 'ipv6');
METADATA.addSubnet('224.0.0.0', 3, 'ipv4');
METADATA.addSubnet('ff00::', 8, 'ipv6');
// An IPv4 address behind a translator could be any of these.
METADATA.addSubnet('64:ff9b::', 96, 'ipv6');
METADATA.addSubnet('2002::', 16, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const LABELS = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_-]+$/;

const isIn = (list: BlockList, address: string) =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether no endpoint is ever called at an address, whoever allows it. */
export const isForbiddenAddress = (address: string): boolean =>
  isIP(address) === 0 || isIn(METADATA, address);

export const isLoopback = (address: string): boolean => isIn(LOOPBACK, address);

/** `[::1]` → `::1`. */
const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1');

function isForbiddenName(host: string): boolean {
  const name = bare(host);
  return isIP(name) === 0 ? METADATA_NAMES.has(name) : isForbiddenAddress(name);
}

/** A `*` that leads stands for labels, one or more; any other for part of a label. */
function domainPattern(host: string): RegExp {
  const labels = host.split('.').map((label, index) => {
    return index === 0 && label === '*'
      ? '[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*'
      : label.replaceAll('*', '[a-z0-9_-]*');
  });
  return new RegExp(`^${labels.join('\\.')}$`);
}

/**
 * Reads a host of the configuration: `127.0.0.1`, `[::1]:8080`,
 * `models.example`, `*.models-*.svc.cluster.local`. The last two labels of a
 * domain are written out.
 *
 * @throws Error when it is no host, or one that is never called
 */
export function hostPatternOf(text: string): HostPattern {
  const unclear = new Error(
    `endpoints.allowedHosts '${text}' is not a host: write an address, a name, or a domain such as *.models.example, with or without a port`,
  );
  // A parser takes no `*`: a letter stands for it meanwhile.
  const plain = text.replaceAll('*', 'x');
  if (/[/@?#\s\\]/.test(text) || !URL.canParse(`http://${plain}`)) {
    throw unclear;
  }
  const { hostname } = new URL(`http://${plain}`);
  const port = /:(\d+)$/.exec(text)?.[1];
  const isAddress = isIP(bare(hostname)) !== 0;
  if (!isAddress && !LABELS.test(hostname)) {
    throw unclear;
  }
  if (isForbiddenName(hostname)) {
    throw new Error(
      `endpoints.allowedHosts '${text}' is where machines find out about themselves, and is never called`,
    );
  }
  const at = port === undefined ? {} : { port: String(Number(port)) };
  if (!text.includes('*')) {
    return { matches: host => host === hostname, ...at };
  }
  const domain = text.replace(/:\d+$/, '').toLowerCase();
  const labels = domain.split('.');
  if (
    isAddress ||
    labels.length < 3 ||
    labels.slice(-2).some(label => label.includes('*'))
  ) {
    throw unclear;
  }
  const pattern = domainPattern(domain);
  return { matches: host => pattern.test(host), ...at };
}

const DEFAULT_PORTS: Record<string, string> = {
  'http:': '80',
  'https:': '443',
};

/**
 * Whether the host of a URL is allowed. Compares what the parser made of the
 * URL, which is where a connection goes: no user name, no other spelling of an
 * address, no trailing dot gets around it.
 */
export function isAllowedHost(
  { hostname, port, protocol }: URL,
  patterns: readonly HostPattern[],
): boolean {
  const isName = isIP(bare(hostname)) === 0;
  if (isForbiddenName(hostname) || (isName && !LABELS.test(hostname))) {
    return false;
  }
  const at = port === '' ? DEFAULT_PORTS[protocol] : port;
  return patterns.some(
    pattern =>
      (pattern.port === undefined || pattern.port === at) &&
      pattern.matches(hostname),
  );
}
