import type { Spending } from '@modelhub/backstage-plugin-models-common';
import { callsText, moneyText } from '../lib/money';

/** What was spent, one currency a line, and what has no price. */
export function Costs(props: {
  costs: Spending['costs'];
  unpricedCalls: number;
}) {
  const { costs, unpricedCalls } = props;
  if (costs.length === 0 && unpricedCalls === 0) return <>Nothing</>;
  return (
    <>
      {costs.map(({ currency, amount }) => (
        <div key={currency}>{moneyText(amount, currency)}</div>
      ))}
      {unpricedCalls > 0 && (
        <div>{callsText(unpricedCalls)} without a price</div>
      )}
    </>
  );
}
