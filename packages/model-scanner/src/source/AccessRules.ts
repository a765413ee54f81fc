import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ArtifactError } from './ArtifactSource';

/**
 * Where an artifact lies.
 *
 * @public
 */
export type ArtifactScheme = 'path' | 'https' | 'hf' | 'oci' | 's3';

/**
 * What a scan may reach. A service that scans URIs which others wrote lists the
 * schemes and hosts that it means to reach; addresses that are not public are
 * refused whatever a name resolves to.
 *
 * Hosts are written `example.com`, `example.com:8443` or `*.example.com`, which
 * stands for every host below it.
 *
 * @public
 */
export interface AccessRules {
  /** What may be read at all; `path` is the file system. */
  schemes: readonly ArtifactScheme[];
  /** Hosts that may be contacted, also by redirect. Without it, every public one. */
  hosts?: readonly string[];
  /** Hosts that may have addresses which are not public. */
  privateHosts?: readonly string[];
  /** Hosts that may be spoken to without TLS. */
  plainHosts?: readonly string[];
}

/** Decides what a scan may reach. */
export class Access {
  readonly #rules: AccessRules;

  constructor(rules: AccessRules) {
    this.#rules = rules;
  }

  /** @throws ArtifactError when artifacts of this kind are not read */
  checkScheme(scheme: ArtifactScheme): void {
    if (!this.#rules.schemes.includes(scheme)) {
      throw new ArtifactError(
        'not-allowed',
        `Artifacts of the kind '${scheme}' are not read here; allowed are: ${
          this.#rules.schemes.join(', ') || 'none'
        }`,
      );
    }
  }

  /** @throws ArtifactError when a request may not go there */
  checkUrl(url: URL): void {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new ArtifactError(
        'not-allowed',
        `${url.protocol} is not spoken; give an https: address`,
      );
    }
    if (url.protocol === 'http:' && !this.mayBePlain(url.host)) {
      throw new ArtifactError(
        'not-allowed',
        `${url.host} is not to be spoken to without TLS; give an https: address or allow plain HTTP for this host`,
      );
    }
    this.checkHost(url.hostname, url.host);
  }

  /** @throws ArtifactError when the host may not be contacted */
  checkHost(hostname: string, host = hostname): void {
    const { hosts } = this.#rules;
    if (hosts && !isListed(host, hosts)) {
      throw new ArtifactError(
        'not-allowed',
        `${host} is not among the hosts that may be contacted`,
      );
    }
    const address = hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(address) && !this.#mayHave(hostname, host, address)) {
      throw refusedAddress(hostname);
    }
  }

  mayBePlain(host: string): boolean {
    return isListed(host, this.#rules.plainHosts ?? []);
  }

  /**
   * Resolves names, and leaves out addresses that are refused: what is checked
   * is what is connected to.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookup(
      hostname,
      { ...options, all: true },
      (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
        if (error) {
          callback(error, '');
          return;
        }
        const kept = addresses.filter(({ address }) =>
          this.#mayHave(hostname, undefined, address),
        );
        if (kept.length === 0) callback(refusedAddress(hostname), '');
        else if (options.all) callback(null, kept);
        else callback(null, kept[0].address, kept[0].family);
      },
    );
  };

  #mayHave(hostname: string, host: string | undefined, address: string) {
    const listed = this.#rules.privateHosts ?? [];
    if (host === undefined) {
      // The port is not known any more; the URL was checked with it.
      const names = listed.map(it => it.replace(/:\d+$/, ''));
      return isPublic(address) || isListed(hostname, names);
    }
    return isPublic(address) || isListed(host, listed);
  }
}

function refusedAddress(hostname: string): ArtifactError {
  return new ArtifactError(
    'not-allowed',
    `${hostname} has an address that is not public; allow it as a private host if it is meant`,
  );
}

function isPublic(address: string): boolean {
  return ipaddr.process(address.replace(/%.*$/, '')).range() === 'unicast';
}

function isListed(host: string, patterns: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/\.(?=:\d+$|$)/, '');
  const bare = name.replace(/:\d+$/, '');
  return patterns.some(it => {
    const pattern = it.toLowerCase();
    return [name, bare].some(candidate =>
      pattern.startsWith('*.')
        ? candidate.endsWith(pattern.slice(1))
        : candidate === pattern,
    );
  });
}
