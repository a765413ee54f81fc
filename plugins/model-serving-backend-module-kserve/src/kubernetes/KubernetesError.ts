/** The body that the API server sends with a failure. */
export interface KubernetesStatus {
  kind?: string;
  status?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    name?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes?: Array<{ reason?: string; message?: string; field?: string }>;
  };
}

/** A failure that the API server told. */
export class KubernetesError extends Error {
  readonly status: number;
  /** One word of the server's, for example `AlreadyExists`. */
  readonly reason: string | undefined;
  readonly causes: ReadonlyArray<{
    reason?: string;
    message?: string;
    field?: string;
  }>;

  constructor(status: number, body: KubernetesStatus) {
    super(body.message ?? `The API server answered ${status}`);
    this.name = 'KubernetesError';
    this.status = status;
    this.reason = body.reason;
    this.causes = body.details?.causes ?? [];
  }

  /** Managers of fields that an apply would have had to take away. */
  get conflictingManagers(): string[] {
    const managers = this.causes
      .filter(({ reason }) => reason === 'FieldManagerConflict')
      .map(({ message }) => /conflict with "([^"]+)"/.exec(message ?? '')?.[1])
      .filter(manager => manager !== undefined);
    return [...new Set(managers)];
  }

  /** Another write was first: read again and try again. */
  get isStale(): boolean {
    return this.status === 409 && this.conflictingManagers.length === 0;
  }
}

/** Whether a watch began at a version that the server has forgotten. */
export const isGone = (error: unknown): boolean =>
  error instanceof KubernetesError && error.status === 410;
