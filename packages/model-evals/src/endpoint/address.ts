/** What is wrong with a base URL, or nothing. */
export function endpointProblem(endpoint: string): string | undefined {
  return /^https?:/i.test(endpoint) && URL.canParse(endpoint)
    ? undefined
    : `'${endpoint}' is no endpoint; give its base URL, for example http://localhost:8000/v1`;
}

/** An address without a name and a password. */
export function shownAddress(endpoint: string): string {
  const url = new URL(endpoint);
  url.username = '';
  url.password = '';
  url.search = '';
  return url.toString().replace(/\/$/, '');
}
