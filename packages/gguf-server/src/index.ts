/**
 * An OpenAI-compatible server for GGUF files on this machine.
 *
 * @packageDocumentation
 */
export { runGgufServer } from './program/runGgufServer';
