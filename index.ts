import { datacenterProgram } from "./stacks/program/datacenter";

/** The engine exports what this resolves to as the stack's outputs (stacks/program/outputs.ts documents them). */
export = datacenterProgram;
