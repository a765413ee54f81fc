/** How patient a client is. */
export interface KubernetesApiTimes {
  /** Milliseconds for one request; streams are exempt. */
  requestTimeout: number;
  /** Milliseconds before the first retry, doubled with each. */
  retryDelay: number;
  /** Milliseconds at most that a `Retry-After` is waited for. */
  longestRetryAfter: number;
  /** Milliseconds for which credentials and connections are used. */
  credentialsAge: number;
}

/** As they are without configuration. */
export const defaultApiTimes: KubernetesApiTimes = {
  requestTimeout: 15_000,
  retryDelay: 200,
  longestRetryAfter: 10_000,
  credentialsAge: 60_000,
};
