export interface Config {
  modelHub?: {
    gateway?: {
      /**
       * Where callers reach the model gateway, for the snippets that are shown
       * with a new key. Without `/v1`.
       * @visibility frontend
       */
      publicUrl?: string;
    };
  };
}
