import { useApi } from '@backstage/core-plugin-api';
import type {
  PolicyCheck,
  ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import { useEffect, useState } from 'react';

const PAUSE_MS = 500;

export interface Checked {
  /** Of the files before, while the next are looked at. */
  value?: PolicyCheck;
  error?: unknown;
  busy: boolean;
  again: () => void;
}

/** What the hub says about these files, a moment after the last key. */
export function useCheck(files: ProposedPolicyFile[]): Checked {
  const api = useApi(modelGovernanceApiRef);
  const [state, setState] = useState<Omit<Checked, 'again'>>({ busy: true });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setState(previous => ({ ...previous, busy: true }));
    const timer = setTimeout(() => {
      api.checkPolicies({ body: { files } }, { signal }).then(
        value => !signal.aborted && setState({ value, busy: false }),
        error => !signal.aborted && setState({ error, busy: false }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, files, attempt]);

  return { ...state, again: () => setAttempt(n => n + 1) };
}
