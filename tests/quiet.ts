/**
 * Keeps what the providers tell an operator about their progress out of the tests' own output: thousands of lines that the engine shows in its
 * place, and that bury a failure here. `VMO_METAL_TEST_PROGRESS=1` shows them.
 */
const progress = /^(?:maas|palette|virtualization|kubernetes):[A-Z]\w* /;

const print = console.log;

function printUnlessProgress(...values: unknown[]): void {
  const [first] = values;
  if (typeof first !== "string" || !progress.test(first)) print(...values);
}

/** Mocha calls these around all tests of a run. */
export const mochaHooks = {
  beforeAll(): void {
    if (process.env["VMO_METAL_TEST_PROGRESS"] === undefined) console.log = printUnlessProgress;
  },
  afterAll(): void {
    console.log = print;
  },
};
