import { useApi } from '@backstage/core-plugin-api';
import type {
  PolicyReplay,
  ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Replayed {
  value?: PolicyReplay;
  error?: unknown;
  busy: boolean;
  run: () => Promise<PolicyReplay | undefined>;
}

/** What these files would do to what is live; forgotten when they change. */
export function useReplay(files: ProposedPolicyFile[]): Replayed {
  const api = useApi(modelGovernanceApiRef);
  const [state, setState] = useState<Omit<Replayed, 'run'>>({ busy: false });
  const asked = useRef<object>();

  useEffect(() => {
    asked.current = undefined;
    setState({ busy: false });
  }, [files]);

  const run = useCallback(async () => {
    const question = {};
    asked.current = question;
    setState({ busy: true });
    try {
      const value = await api.replayPolicies({ body: { files } });
      if (asked.current !== question) return undefined;
      setState({ value, busy: false });
      return value;
    } catch (error) {
      if (asked.current === question) setState({ error, busy: false });
      return undefined;
    }
  }, [api, files]);

  return { ...state, run };
}
