export interface Config {
  scaffolder?: {
    models?: {
      /**
       * Folder in which `model:publish:folder` makes repositories. Without it
       * the action refuses.
       */
      publishFolder?: string;
    };
  };
}
