import {
  AnnouncedKey,
  SignedSnapshot,
  TrustedKeys,
  followKeySuccessions,
} from '@modelhub/governance-protocol';
import { createParser } from 'eventsource-parser';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Allowlist, Taken } from '../allowlist/Allowlist';
import type { StateFolder } from '../allowlist/StateFolder';
import type { GatewayConfig } from '../config';
import type { GatewayLogger } from '../telemetry/Logger';
import type { Connector } from '../tls';
import { GatewayIdentity } from './GatewayIdentity';

const API = '/api/model-governance';

/** What this gateway knows beyond the first format; older control planes do not ask. */
const FEATURES = 'experiments endpoint-keys';

/** What this gateway knew when it last took a full snapshot. */
const FEATURES_FILE = 'features.json';

/** Three heartbeats without a word mean that the line is dead. */
const SILENCE_MS = 45_000;

/** How long to wait between attempts, in milliseconds. */
const BACKOFF = { least: 200, most: 10_000 };

/** Answers of more bytes than this are not read. */
const LONGEST_ANSWER = 256 * 1024 * 1024;

const isFull = (signed: unknown) =>
  (signed as Partial<SignedSnapshot>).payload?.kind === 'full';

/** Follows the control plane: enrols once, then takes every snapshot. */
export class ControlPlaneClient {
  readonly #config: GatewayConfig;
  readonly #folder: StateFolder;
  readonly #allowlist: Allowlist;
  readonly #logger: GatewayLogger;
  readonly #now: () => Date;
  readonly #agent: Agent;
  readonly #stopping = new AbortController();
  #identity: GatewayIdentity | undefined;
  #trusted: TrustedKeys = new Map();
  #running: Promise<void> | undefined;
  #needsFull = false;
  #connected = false;
  /** Whether the present attempt brought anything good. */
  #progress = false;

  constructor(options: {
    config: GatewayConfig;
    folder: StateFolder;
    allowlist: Allowlist;
    logger: GatewayLogger;
    now: () => Date;
    /** How connections are opened. */
    connect: Connector['connect'];
  }) {
    this.#agent = new Agent({
      headersTimeout: 10_000,
      bodyTimeout: SILENCE_MS,
      connect: options.connect,
    });
    this.#config = options.config;
    this.#folder = options.folder;
    this.#allowlist = options.allowlist;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Who this gateway is, once it is enrolled. */
  get identity(): GatewayIdentity | undefined {
    return this.#identity;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Takes over identity and snapshot from disk, then follows in the background. */
  async start(): Promise<void> {
    this.#identity = await GatewayIdentity.load(this.#folder);
    if (this.#identity) {
      this.#trust(this.#identity);
      await this.#allowlist.load();
      // The control plane left out what the version before did not know.
      const known = await this.#folder.read(FEATURES_FILE);
      this.#needsFull = known !== FEATURES;
    }
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#agent.destroy();
  }

  async #follow(): Promise<void> {
    const { urls } = this.#config.controlPlane;
    const { signal } = this.#stopping;
    let failures = 0;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const url = urls[attempt % urls.length];
      this.#progress = false;
      try {
        await this.#followOne(url);
      } catch (error) {
        if (!signal.aborted) {
          this.#logger.warn('Lost the control plane', {
            url,
            reason: (error as Error).message,
          });
        }
      }
      this.#connected = false;
      failures = this.#progress ? 0 : failures + 1;
      const ceiling = Math.min(BACKOFF.most, BACKOFF.least * 2 ** failures);
      await delay(ceiling * (0.5 + Math.random() / 2), undefined, {
        signal,
      }).catch(() => {});
    }
  }

  async #followOne(url: string): Promise<void> {
    this.#identity ??= await this.#enrol(url);
    if (this.#needsFull || !this.#allowlist.held) {
      const answer = await this.#send(url, 'GET', '/allowlist/snapshot');
      await this.#take(url, await answer.body.json());
      await this.#noteFeatures();
      if (!this.#allowlist.held) {
        throw new Error('It has no snapshot that can be trusted');
      }
      this.#needsFull = false;
    }
    const { epoch, version } = this.#allowlist.held!;
    const stream = await this.#send(
      url,
      'GET',
      `/allowlist/stream?after=${version}&epoch=${epoch}`,
    );
    this.#connected = true;
    await this.#read(url, stream.body);
  }

  async #read(url: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const events: string[] = [];
    const parser = createParser({ onEvent: ({ data }) => events.push(data) });
    const decoder = new TextDecoder();
    let pending = 0;
    for await (const chunk of body) {
      pending += chunk.byteLength;
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (pending > LONGEST_ANSWER) {
        throw new Error('It sent an event that does not end');
      }
      for (const data of events.splice(0)) {
        pending = 0;
        await this.#take(url, parseEvent(data));
        if (this.#needsFull) {
          return;
        }
      }
    }
    throw new Error('It ended the stream');
  }

  async #take(url: string, signed: unknown): Promise<void> {
    let taken = await this.#allowlist.take(signed);
    if (taken === 'unknown-key') {
      const learned = await this.#learnKeys(url);
      taken = learned ? await this.#allowlist.take(signed) : taken;
      if (taken === 'unknown-key') {
        this.#allowlist.alarm(
          'unknown-key',
          'A snapshot was not taken: it is signed with a key that is not trusted, and that no trusted key vouches for',
        );
      } else {
        // What is on disk shall not need a key that is forgotten one day.
        this.#needsFull = taken !== 'applied' || !isFull(signed);
      }
    }
    this.#note(url, taken);
    if (taken === 'needs-full') {
      this.#needsFull = true;
    }
  }

  /** Asks for the keys of the control plane and trusts those that it has reason to. */
  async #learnKeys(url: string): Promise<boolean> {
    const answer = await this.#send(url, 'GET', '/signing-keys');
    const { items } = (await answer.body.json()) as { items: AnnouncedKey[] };
    const { trusted, learned, refused } = followKeySuccessions(
      this.#trusted,
      items,
      { use: 'snapshot', pinned: this.#config.controlPlane.pinnedKeyIds },
    );
    if (refused.length > 0) {
      this.#allowlist.alarm(
        'key-refused',
        `The control plane announced snapshot keys that are not trusted, because they are not among controlPlane.pinnedKeyIds or the voucher is forged: ${refused.join(
          ', ',
        )}`,
      );
    }
    if (learned.length === 0 || !this.#identity) {
      return false;
    }
    this.#identity = await this.#identity.trusting(trusted, this.#folder);
    this.#trust(this.#identity);
    this.#logger.info('Trusts new snapshot keys', {
      keyIds: learned.join(', '),
    });
    return true;
  }

  /** Without it the next start fetches a full snapshot once more. */
  async #noteFeatures(): Promise<void> {
    try {
      await this.#folder.write(FEATURES_FILE, FEATURES);
    } catch (error) {
      this.#logger.warn('The state folder cannot be written', {
        reason: (error as Error).message,
      });
    }
  }

  #note(url: string, taken: Taken): void {
    if (taken === 'applied' || taken === 'prolonged') {
      this.#progress = true;
    }
    const { held, lastAlarm } = this.#allowlist;
    if (taken !== 'applied' || !held) {
      return;
    }
    this.#logger.info('Took a snapshot', {
      epoch: held.epoch,
      version: held.version,
    });
    this.#report(url, {
      epoch: held.epoch,
      version: held.version,
      alarms: lastAlarm ? [`${lastAlarm.at} ${lastAlarm.code}`] : [],
    });
  }

  /** Best effort: the portal shows who is behind, nothing depends on it. */
  #report(url: string, status: object): void {
    this.#send(url, 'POST', '/gateways/status', status)
      .then(({ body }) => body.dump())
      .catch(error => {
        if (!this.#stopping.signal.aborted) {
          this.#logger.warn('The status was not reported', {
            reason: (error as Error).message,
          });
        }
      });
  }

  async #enrol(url: string): Promise<GatewayIdentity> {
    const { enrolmentToken } = this.#config.controlPlane;
    if (!enrolmentToken) {
      throw new Error(
        'This gateway is not enrolled: invite it in the portal and set MODELHUB_ENROLMENT_TOKEN to the token',
      );
    }
    const key = await GatewayIdentity.draftKey(this.#folder);
    const answer = await this.#send(url, 'POST', '/gateways/enrol', {
      token: enrolmentToken,
      name: this.#config.name,
      publicKey: key.publicKey,
    });
    const { gatewayId, signingKeys } = (await answer.body.json()) as {
      gatewayId: string;
      signingKeys: Array<{ publicKey: string; use?: string }>;
    };
    const identity = await GatewayIdentity.save(this.#folder, {
      gatewayId,
      privateKey: key.privateKey,
      signingKeys: signingKeys
        .filter(({ use }) => use === undefined || use === 'snapshot')
        .map(({ publicKey }) => publicKey),
    });
    this.#logger.info('Enrolled', { gatewayId });
    this.#trust(identity);
    await this.#allowlist.load();
    return identity;
  }

  #trust({ signingKeys }: GatewayIdentity): void {
    const pinned = this.#config.controlPlane.pinnedKeyIds;
    const trusted = new Map(
      [...signingKeys].filter(([keyId]) => !pinned || pinned.includes(keyId)),
    );
    if (trusted.size === 0) {
      this.#allowlist.alarm(
        'no-trusted-key',
        'None of the control plane’s snapshot keys is among controlPlane.pinnedKeyIds: no snapshot will be taken',
      );
    }
    this.#trusted = trusted;
    this.#allowlist.trust(trusted);
  }

  async #send(
    url: string,
    method: 'GET' | 'POST',
    route: string,
    body?: object,
  ) {
    const path = `${API}${route}`;
    const answer = await request(`${url}${path}`, {
      method,
      dispatcher: this.#agent,
      signal: this.#stopping.signal,
      headers: {
        accept: route.startsWith('/allowlist/stream')
          ? 'text/event-stream'
          : 'application/json',
        'x-modelhub-gateway-features': FEATURES,
        ...(body && { 'content-type': 'application/json' }),
        ...(this.#identity && {
          authorization: this.#identity.authorization(
            method,
            path,
            this.#now(),
          ),
        }),
      },
      body: body && JSON.stringify(body),
    });
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      return answer;
    }
    const words = (await answer.body.text()).slice(0, 300);
    if (answer.statusCode === 410) {
      this.#needsFull = true;
    } else if (answer.statusCode === 401 || answer.statusCode === 403) {
      this.#allowlist.alarm(
        this.#identity ? 'identity-refused' : 'enrolment-refused',
        `The control plane refused ${method} ${path}: ${words}`,
      );
    }
    throw new Error(
      `${method} ${path} was answered ${answer.statusCode}: ${words}`,
    );
  }
}

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
