import { monthOf } from '@modelhub/governance-protocol';
import { leasesOf } from './__testUtils__/leasesOf';
import { secretOf, someContent } from './__testUtils__/TestControlPlane';
import { Rig, eventually } from './__testUtils__/rig';

describe('what is left of budgets', () => {
  it('is at /metrics, as the control plane says it, for all gateways together', async () => {
    const content = someContent();
    const pricing = { currency: 'EUR', inputPerMTok: 10, outputPerMTok: 10 };
    const models = content.models.map(model => ({ ...model, pricing }));
    const rig = await Rig.create({
      content: { ...content, models },
      settings: { usage: { leaseMs: 100 } },
    });
    try {
      let left = 40.5;
      rig.plane.more = call => leasesOf(call, () => left);
      const labels = `{budget="profile:strict",month="${monthOf(
        new Date(),
      )}",currency="EUR"}`;
      const shows = (value: number) =>
        eventually(`${value} are left`, async () =>
          (await rig.metrics()).includes(
            `modelhub_gateway_budget_left${labels} ${value}\n`,
          ),
        );
      // Budgets of others came with the first call.
      await eventually(
        'a call is charged',
        async () =>
          (
            await rig.chat(secretOf('strict'), { model: 'acme/chat' })
          ).status === 200 && /budget_left{/.test(await rig.metrics()),
      );
      await shows(40.5);
      expect(await rig.metrics()).toContain(
        `modelhub_gateway_budget_amount${labels} 100\n`,
      );
      left = 0;
      await rig.chat(secretOf('strict'), { model: 'acme/chat' });
      await shows(0);
    } finally {
      await rig.stop();
    }
  });
});
