const bytes = (text: string) => new TextEncoder().encode(text).buffer;

/**
 * An authenticator that confirms everything, or fails with an error. jsdom has
 * none of its own.
 */
export function stubAuthenticator(error?: Error): {
  asked: CredentialRequestOptions[];
} {
  const asked: CredentialRequestOptions[] = [];
  Object.defineProperty(window, 'PublicKeyCredential', {
    configurable: true,
    value: class {},
  });
  Object.defineProperty(navigator, 'credentials', {
    configurable: true,
    value: {
      get: async (options: CredentialRequestOptions) => {
        asked.push(options);
        if (error) throw error;
        return {
          id: 'credential-1',
          rawId: bytes('credential-1'),
          type: 'public-key',
          response: {
            authenticatorData: bytes('data'),
            clientDataJSON: bytes('client'),
            signature: bytes('signature'),
          },
          getClientExtensionResults: () => ({}),
        };
      },
    },
  });
  return { asked };
}
