import type { Evidence, StreamEvent } from './judge';
import type { Program } from './Program';

/** What a caller asks a gateway. */
export interface Ask {
  model: string;
  secret: string;
  /** Name of the secret, as permits call it. */
  credential: string;
}

/** A control plane whose programs are killed, and people who decide there. */
export interface Plane {
  readonly programs: readonly Program[];
  readonly urls: readonly string[];
  readonly enrolmentTokens: Readonly<Record<string, string>>;
  /** Which models the first upstream serves, and which the second. */
  readonly providers: readonly string[];
  /** How soon a revocation holds at a gateway that follows the control plane. */
  readonly revocationMs: number;
  /** A snapshot is too old to decide by after so long. */
  readonly maxAgeMs: number;
  /** Starts its programs and does what a run needs to begin. */
  start(): Promise<void>;
  /** Whether a program can be killed without the run being nothing but start-ups. */
  mayKill(program: Program): Promise<boolean>;
  /** Approves, revokes, … until a moment. @returns how often */
  act(end: number, random: () => number): Promise<number>;
  ask(): Ask;
  /** What does not work when everything is there again. */
  settle(gateways: readonly Program[]): Promise<string[]>;
  /** What it wrote down; asked for when its programs have ended. */
  evidence(): Promise<
    Pick<Evidence, 'permits' | 'ingested'> & {
      /** As it saw them itself. */
      streams?: StreamEvent[];
    }
  >;
  /** What is wrong in what was written down, beyond what every run looks at. */
  findings(evidence: Evidence): Promise<string[]>;
  close(): Promise<void>;
}
