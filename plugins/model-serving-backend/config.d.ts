export interface Config {
  modelServing?: {};
}
