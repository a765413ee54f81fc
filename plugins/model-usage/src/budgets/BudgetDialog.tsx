import { configApiRef, useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import type {
  Budget,
  Spending,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  modelUsageApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { callsText, moneyText } from '../lib/money';
import type { Names } from '../lib/useNames';
import {
  type BudgetForm,
  formOf,
  inputOf,
  isComplete,
  problemsOf,
} from './budgetForm';
import { subjectText } from './SubjectName';
import { SubjectFields } from './SubjectFields';

/** Sets what may be spent in each month, or changes it. */
export function BudgetDialog(props: {
  /** Whose budget; without it one chooses. */
  of?: Pick<Spending, 'kind' | 'subject' | 'budget' | 'costs'>;
  names: Names | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const { of, names, onClose, onDone } = props;
  const classes = useFieldStyles();
  const api = useApi(modelUsageApiRef);
  const config = useApi(configApiRef);
  const submission = useSubmission<Budget>();
  const [form, setForm] = useState(() =>
    formOf(of, config.getOptionalString('modelHub.currency') ?? 'USD'),
  );
  const set = (changes: Partial<BudgetForm>) =>
    setForm(before => ({ ...before, ...changes }));
  const problems = problemsOf(form);
  const name = of && subjectText(of.kind, of.subject, names);
  const spent = of?.costs.find(({ currency }) => currency === form.currency);
  const others = of?.costs.filter(({ currency }) => currency !== form.currency);

  const confirm = async () => {
    const saved = await submission.submit({
      body: inputOf(form),
      send: ({ kind, subject, budget }, idempotencyKey) =>
        api.putBudget({ kind, subject, body: budget, idempotencyKey }),
    });
    if (saved) onDone();
  };

  return (
    <ActionDialog
      title={
        name
          ? `${of.budget ? 'Change' : 'Set'} the budget of ${name}`
          : 'Set a budget'
      }
      confirm="Save"
      disabled={!isComplete(form)}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>
        The owner is told when 50, 80 and 100 % are spent. At 100 % gateways
        refuse further calls until the month ends in UTC, or the budget is
        raised.
        {spent &&
          ` ${moneyText(spent.amount, spent.currency)} were spent this month.`}
      </p>
      <div className={classes.fields}>
        {!of && (
          <SubjectFields
            form={form}
            names={names}
            problem={problems.subject}
            onChange={set}
          />
        )}
        <TextField
          id="budget-amount"
          label="Amount a month"
          required
          variant="outlined"
          size="small"
          value={form.amount}
          onChange={event => set({ amount: event.target.value })}
          error={problems.amount !== undefined}
          helperText={
            problems.amount ??
            'In units of the currency; 0 lets nothing pass that costs something.'
          }
          inputProps={{ inputMode: 'decimal' }}
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          id="budget-currency"
          label="Currency"
          required
          variant="outlined"
          size="small"
          value={form.currency}
          onChange={event =>
            set({ currency: event.target.value.trim().toUpperCase() })
          }
          error={problems.currency !== undefined}
          helperText={
            problems.currency ??
            (others?.length
              ? `Calls with prices in ${others
                  .map(({ currency }) => currency)
                  .join(' and ')} (${callsText(
                  others.reduce((sum, { calls }) => sum + calls, 0),
                )} this month) do not count for it.`
              : 'Only calls of models with prices in it count.')
          }
          inputProps={{ maxLength: 3 }}
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          id="budget-notify"
          label="Also tell"
          multiline
          minRows={2}
          variant="outlined"
          size="small"
          placeholder="group:default/finance"
          value={form.notify}
          onChange={event => set({ notify: event.target.value })}
          error={problems.notify !== undefined}
          helperText={
            problems.notify ?? 'Groups and users besides the owner, one a line.'
          }
          InputLabelProps={{ shrink: true }}
        />
      </div>
    </ActionDialog>
  );
}
