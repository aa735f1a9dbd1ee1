/** The Palette simulator of the lab. */
export { startPaletteSimulator } from "./simulator";
export type { PaletteSeed, PaletteSimulator, PaletteSimulatorOptions } from "./options";
export type { HabitName, HabitView } from "./habits";
export type { Fault, FaultInput, Faults } from "./faults";
export type { LoggedRequest, RequestLog } from "./observation/request-log";
export type { Exchange, ExchangeLog } from "./observation/exchange-log";
