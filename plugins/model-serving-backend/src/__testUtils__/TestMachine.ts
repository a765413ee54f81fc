import type { MachineClocks } from '../clock';

/** The clocks of a machine of the test. Time passes when the test says so. */
export class TestMachine implements MachineClocks {
  boot: string | undefined = 'boot-1';
  uptime = 1_000_000;
  wall = Date.parse('2026-11-25T09:00:00.000Z');

  uptimeMs(): number {
    return this.uptime;
  }

  wallMs(): number {
    return this.wall;
  }

  /** Time passes, and the clock with it. */
  pass(ms: number): void {
    this.uptime += ms;
    this.wall += ms;
  }
}
