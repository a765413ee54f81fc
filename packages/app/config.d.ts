export interface Config {
  auth?: {
    providers?: {
      persona?: {
        /**
         * Offers sign-in as any of the demo's people, without a password.
         * Set by app-config.demo.yaml only.
         * @visibility frontend
         */
        enabled?: boolean;
      };
    };
  };
}
