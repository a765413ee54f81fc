export interface Config {
  catalog?: {
    models?: {
      /**
       * How the kinds Model and EvaluationPack are registered: as a catalog
       * model layer, or as a classic processor where layers cannot be used.
       * Default: layer.
       */
      registration?: 'layer' | 'processor';
    };
  };
}
