import type { SnapshotContent } from '@modelhub/governance-protocol';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Gateway } from '../Gateway';
import { GatewayConfig, parseConfig } from '../config';
import { DemoUpstream } from '../demo-upstream/DemoUpstream';
import { TestControlPlane, someContent } from './TestControlPlane';

/** Waits until something holds; fails with its name when it does not in time. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 8_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`It did not come to pass: ${what}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
}

/** What a refused call is told. */
export interface Answer {
  error: {
    code: string;
    type: string;
    message: string;
    reason?: string;
    model?: string;
  };
  /** Which of several scripted providers answered. */
  by?: string;
}

/** What `/readyz` says. */
export interface Readiness {
  ready: boolean;
  connected: boolean;
  epoch: number;
  version: number;
  notAfter: string;
  lastAlarm?: { code: string };
  usage: { budgetsKnown: boolean };
}

/** A gateway with a control plane and an upstream, all real, on free ports. */
export class Rig {
  readonly plane: TestControlPlane;
  readonly upstream: DemoUpstream;
  readonly stateDir: string;
  readonly logs: string[] = [];
  readonly #limits: object;
  readonly #urls: string[];
  readonly #providers: object[];
  readonly #settings: object;
  readonly #env: Record<string, string>;
  /** Ids of the snapshot keys that the configuration pins. */
  pinnedKeyIds: string[] | undefined;
  gateway!: Gateway;
  /** Added to the clock of the gateway, in milliseconds. */
  ahead = 0;
  /** Added to its wall clock alone, as by somebody who sets it. */
  jump = 0;

  private constructor(options: {
    plane: TestControlPlane;
    upstream: DemoUpstream;
    limits: object;
    urls: string[];
    providers: object[];
    settings: object;
    env: Record<string, string>;
  }) {
    this.plane = options.plane;
    this.upstream = options.upstream;
    this.#limits = options.limits;
    this.#urls = options.urls;
    this.#providers = options.providers;
    this.#settings = options.settings;
    this.#env = options.env;
    this.stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-'));
  }

  static async create(
    options: {
      content?: SnapshotContent;
      limits?: object;
      providers?: object[];
      /** More of the configuration file. */
      settings?: object;
      env?: Record<string, string>;
      extraUrls?: string[];
      ready?: boolean;
      pin?: (plane: TestControlPlane) => string[];
    } = {},
  ): Promise<Rig> {
    const plane = await TestControlPlane.create(
      options.content ?? someContent(),
    );
    const upstream = await DemoUpstream.create({ port: 0, delayMs: 2 });
    const baseUrl = `http://127.0.0.1:${upstream.port}/v1`;
    const rig = new Rig({
      plane,
      upstream,
      limits: options.limits ?? {},
      settings: options.settings ?? {},
      env: options.env ?? {},
      urls: [...(options.extraUrls ?? []), plane.url],
      providers: options.providers ?? [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl,
          stripPrefix: true,
          apiKeyEnv: 'ACME_KEY',
          models: { 'acme/embed': 'demo-embedding' },
        },
        { name: 'hosted', match: 'hosted/*', baseUrl },
      ],
    });
    rig.pinnedKeyIds = options.pin?.(plane);
    await rig.start(options.ready ?? true);
    return rig;
  }

  /** As the configuration file says, with other settings in place of its own. */
  config(settings: object = {}): GatewayConfig {
    return parseConfig(
      JSON.stringify({
        listen: { port: 0 },
        controlPlane: {
          url: this.#urls,
          enrolmentToken: 'invitation',
          stateDir: this.stateDir,
          pinnedKeyIds: this.pinnedKeyIds,
        },
        portalUrl: 'https://portal.example',
        providers: this.#providers,
        limits: this.#limits,
        ...this.#settings,
        ...settings,
      }),
      { ACME_KEY: 'provider-secret', ...this.#env },
      '/',
    );
  }

  async start(ready = true): Promise<void> {
    const config = this.config();
    const log = (message: string, fields?: object) => {
      this.logs.push(JSON.stringify({ message, ...fields }));
    };
    this.gateway = await Gateway.create(config, {
      logger: { info: log, warn: log, error: log },
      now: () => new Date(Date.now() + this.ahead + this.jump),
      monotonic: () => performance.now() + this.ahead,
    });
    if (ready) {
      await eventually('the gateway follows', () => this.plane.streams > 0);
      await eventually(
        'the gateway knows which budgets there are',
        async () => (await this.ready()).usage.budgetsKnown,
      );
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.gateway.port}`;
  }

  async ready(): Promise<Readiness> {
    return (await fetch(`${this.url}/readyz`)).json();
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  /** Posts a chat call and reads the answer. */
  async chat(
    secret: string,
    fields: object,
  ): Promise<{ status: number; headers: Headers; body: Answer }> {
    const answer = await fetch(`${this.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        messages: [{ role: 'user', content: 'Hello there' }],
        ...fields,
      }),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: await answer.json(),
    };
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.plane.close();
    await this.upstream.stop();
    fs.rmSync(this.stateDir, { recursive: true, force: true });
  }
}
